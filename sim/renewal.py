"""Equipment that works, fails, is mended and works again: an alternating renewal process.

Source: R. Barlow and F. Proschan, Mathematical Theory of Reliability, Wiley 1965
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from sim.variates import chance, exponential, lognormal, uniform

if TYPE_CHECKING:
    from numpy.random import Generator

REPAIR_CV = 1.0  # sd over mean of a lognormal repair unless given: as spread as the exponential


class Spell(NamedTuple):
    """One stay, up or down. is_up: works. duration: s."""

    is_up: bool
    duration: float


def alternation(
    rng: Generator,
    mean_up: float,
    mean_down: float,
    *,
    start: Literal["new", "steady"] = "new",
    repair: Literal["exponential", "lognormal"] = "exponential",
    repair_cv: float = REPAIR_CV,
) -> Iterator[Spell]:
    """Spells up and down in turn, without end: exponential up, exponential or lognormal down.

    mean_up: s, above 0, inf for what never fails. mean_down: s, 0 or more, 0 for instant renewal.
    start: "new" begins with a fresh spell up. "steady" looks in at a time long after: up with chance
    `availability`, and the first spell is what remains of the one under way; it takes three draws whatever
    it finds, so that later spells keep theirs.
    repair_cv: sd over mean, for lognormal.
    Raises ValueError out of bounds, at the call and not at the first spell.
    """
    if not (mean_up > 0 and 0 <= mean_down < math.inf):
        raise ValueError(
            f"alternation: mean_up is {mean_up}, mean_down is {mean_down}, want up > 0, down 0 or more"
        )
    if start not in ("new", "steady"):
        raise ValueError(f"alternation: start is {start!r}, want 'new' or 'steady'")
    if repair not in ("exponential", "lognormal"):
        raise ValueError(f"alternation: repair is {repair!r}, want 'exponential' or 'lognormal'")
    if not 0 <= repair_cv < math.inf:
        raise ValueError(f"alternation: repair_cv is {repair_cv}, want 0 or more")
    return _spells(rng, mean_up, mean_down, start == "steady", repair_cv if repair == "lognormal" else None)


def availability(mean_up: float, mean_down: float) -> float:
    """Long-run share of time up, whatever the laws. mean_up, mean_down: the same unit."""
    if not (mean_up > 0 and 0 <= mean_down < math.inf):
        raise ValueError(
            f"availability: mean_up is {mean_up}, mean_down is {mean_down}, want up > 0, down 0 or more"
        )
    return 1.0 / (1.0 + mean_down / mean_up)


def series(*availabilities: float) -> float:
    """Availability of independent items that are all needed."""
    return math.prod(_checked(availabilities))


def parallel(*availabilities: float) -> float:
    """Availability of independent items of which one is enough."""
    return 1.0 - math.prod(1.0 - a for a in _checked(availabilities))


def reliability(mean_up: float, duration: float) -> float:
    """Chance of a whole duration without failure from any moment up. mean_up, duration: the same unit."""
    return chance_of_failures(0, mean_up, duration)


def chance_of_failures(failures: int, mean_up: float, duration: float) -> float:
    """Chance of exactly so many failures in a duration when renewal is instant: Poisson."""
    if not (failures >= 0 and mean_up > 0 and 0 <= duration < math.inf):
        raise ValueError(
            f"chance_of_failures: failures is {failures}, mean_up is {mean_up}, duration is {duration}, "
            "want failures and duration 0 or more, mean_up > 0"
        )
    mean = duration / mean_up
    if mean == 0:
        return float(failures == 0)
    # By logarithms: mean^failures and the factorial overflow long before their ratio does.
    return math.exp(failures * math.log(mean) - mean - math.lgamma(failures + 1))


def _spells(
    rng: Generator, mean_up: float, mean_down: float, is_steady: bool, cv: float | None
) -> Iterator[Spell]:
    is_up = True
    if is_steady:
        is_up = chance(rng, availability(mean_up, mean_down))
        yield Spell(is_up, _remainder(rng, mean_up if is_up else mean_down, None if is_up else cv))
        is_up = not is_up
    while True:
        if is_up:
            yield Spell(True, exponential(rng, mean_up))
        else:
            yield Spell(False, _repair(rng, mean_down, cv))
        is_up = not is_up


def _repair(rng: Generator, mean: float, cv: float | None) -> float:
    return exponential(rng, mean) if cv is None else lognormal(rng, mean, cv)


def _remainder(rng: Generator, mean: float, cv: float | None) -> float:
    """What is left of a spell found under way; two draws.

    A spell is found in proportion to its length, and a lognormal so weighted is a lognormal again, of the
    same cv and 1 + cv^2 times the mean; the moment of looking in is anywhere within it alike.
    """
    share = uniform(rng, 0.0, 1.0)
    if cv is None:
        return exponential(rng, mean)  # no memory: the share is drawn only to keep step
    return share * lognormal(rng, mean * (1.0 + cv * cv), cv)


def _checked(availabilities: tuple[float, ...]) -> tuple[float, ...]:
    for a in availabilities:
        if not 0 <= a <= 1:
            raise ValueError(f"availability is {a}, want 0 to 1")
    if not availabilities:
        raise ValueError("no availabilities, want at least one")
    return availabilities
