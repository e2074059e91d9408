"""Search theory in closed form: what planners reckon with, and what drills are held against.

Lengths in metres, times in seconds, speeds in metres a second; only ratios matter, so any one set of units will do.
Sources: Koopman, Search and Screening, OEG Report 56 (1946); Washburn, Search and Detection, 4th edition (2002);
Danskin, Operations Research 16 (1968); Ben Yoash, Atkinson and Kress, Where to Dip? (NPS, 2018); IAMSAR Manual, volume II.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import asin, erf, exp, fsum, inf, log, pi, sqrt


def random_search(width: float, speed: float, time: float, area: float) -> float:
    """Chance of finding by looks placed anyhow: 1 - exp(-W v t / A). width: the sweep width."""
    return 1.0 - exp(-width * speed * time / area)


def mean_time(width: float, speed: float, area: float) -> float:
    """Mean time to find by random search: A / (W v)."""
    return area / (width * speed)


def parallel_sweeps(width: float, spacing: float, law: str = "definite") -> float:
    """Chance of finding between parallel tracks that go on for ever.

    law: definite, W/S up to 1; inverse-cube, erf(sqrt(pi) W / 2S); random, 1 - exp(-W/S). Raises ValueError for another.
    """
    coverage = width / spacing
    if law == "definite":
        return min(1.0, coverage)
    if law == "inverse-cube":
        return erf(sqrt(pi) * coverage / 2.0)
    if law == "random":
        return 1.0 - exp(-coverage)
    raise ValueError(f"parallel sweeps: law {law!r}, want definite, inverse-cube or random")


def spacing_for(width: float, chance: float) -> float:
    """The spacing of tracks that finds by a chance when they are swept as at random. Raises ValueError unless 0 < chance < 1."""
    if not 0.0 < chance < 1.0:
        raise ValueError(f"spacing: a chance of {chance}, want more than 0 and less than 1")
    return -width / log(1.0 - chance)


def barrier(channel: float, reach: float, searcher: float, target: float) -> float:
    """Chance that a back and forth patrol across a channel meets who runs through it at a random place and phase.

    1 - [1 - (R/L) sqrt(1 + v^2/u^2)]^2, at most 1; of a searcher that lies still in the middle, 2R/L.
    """
    if searcher == 0.0:
        return min(1.0, 2.0 * reach / channel)
    missed = max(0.0, 1.0 - reach / channel * sqrt(1.0 + (searcher / target) ** 2))
    return 1.0 - missed * missed


def datum_search(width: float, searcher: float, target: float, late: float, until: float = inf) -> float:
    """Chance of finding by random search from a datum, in the circle a target may have reached meanwhile.

    1 - exp(-(W v / pi u^2)(1/tau - 1/t)). late: tau, after the datum, above 0. until: t, at least that; never 1 for ever.
    """
    return 1.0 - exp(
        -width * searcher / (pi * target * target) * (1.0 / late - (0.0 if until == inf else 1.0 / until))
    )


def dips_on_the_circle(reach: float, target: float, times: Sequence[float]) -> float:
    """Chance that one of some dips on the circle a target has reached finds it: the sum of (2/pi) asin(R / 2ut).

    The speed of the target is known, its course uniform, and the dips at some times cover arcs apart from each other: a dip
    centred on the circle covers an arc of 4 asin(R / 2ut) out of 2 pi.
    """
    return min(1.0, fsum(2.0 / pi * asin(min(1.0, reach / (2.0 * target * time))) for time in times))


def random_dips(reach: float, area: float, dips: int) -> float:
    """Chance that some dips at random find a target in an area: 1 - (1 - pi R^2 / A)^n."""
    return 1.0 - (1.0 - pi * reach * reach / area) ** dips


def containment(spread: float, half_side: float) -> float:
    """POC: chance that a normal error of a datum leaves the target inside a square about it: erf(a / s sqrt 2)^2."""
    return erf(half_side / (spread * sqrt(2.0))) ** 2


def detection(coverage: float) -> float:
    """POD of a coverage factor swept as at random: 1 - exp(-C)."""
    return 1.0 - exp(-coverage)


def success(spread: float, half_side: float, coverage: float) -> float:
    """POS = POC times POD."""
    return containment(spread, half_side) * detection(coverage)
