"""Sobol' sequence, scrambled: points that fill the space evenly in all factors together.

A power of two of points has in each half, quarter and so on of each factor equally many of them; other counts lose
that. Scrambling by the seed keeps it, and makes repeats of the design independent.
Sources: Sobol' (1967), USSR Computational Mathematics and Mathematical Physics 7, 86-112; direction numbers Joe and
Kuo (2008), SIAM Journal on Scientific Computing 30, 2635-2654; scrambling Matousek (1998), Journal of Complexity 14,
527-556; all points from the first Owen (2022), in Monte Carlo and Quasi-Monte Carlo Methods 2020, 71-86.
"""

from __future__ import annotations

from sim.designs._design import Design, Levels, made, size, snapped
from sim.streams import Streams

EACH = 10  # usual points a factor, at least


def design(levels: Levels, points: int | None, seed: int) -> Design:
    """levels: how many each factor has, None for a range. points: usually a power of two, ten a factor or more.

    Warns of a number of points that is no power of two. Raises ValueError.
    """
    from scipy.stats import qmc  # noqa: PLC0415  # it takes a second to load

    count = size(levels, points, 2 ** (EACH * len(levels) - 1).bit_length(), 2)
    power = (count - 1).bit_length()
    draws = Streams(seed)("design", "sobol")
    found = qmc.Sobol(len(levels), scramble=True, seed=draws).random_base2(power)[:count]
    warning = ""
    if count != 2**power:
        warning = (
            f"{count} points are no power of two and lose the balance of the sequence; "
            f"take {2 ** (power - 1)} or {2**power}"
        )
    return made("scrambled Sobol' sequence", snapped(found, levels), warning=warning)
