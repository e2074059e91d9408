"""Every combination of the levels of all factors: all main effects and all interactions.

The points grow as the product of the levels. A range takes as many values as `points` says, from its low end to
its high end. The last factor changes fastest.
Source: Law, Simulation Modeling and Analysis, 5th ed., section 12.2.
"""

from __future__ import annotations

from math import prod

import numpy as np

from sim.designs._design import MOST, Design, Levels, made, values


def design(levels: Levels, points: int | None, seed: int) -> Design:
    """levels: how many each factor has, None for a range. points: values of each range. seed: changes nothing.

    Raises ValueError when a range has no points, and for more than a million combinations.
    """
    taken = values(levels, points, "a full factorial")
    count = prod(len(each) for each in taken)
    if count > MOST:
        raise ValueError(
            f"a full factorial of these factors has {count:,} points; a design has at most {MOST:,}"
        )
    grid = np.stack(np.meshgrid(*taken, indexing="ij"), axis=-1)
    times = " x ".join(str(len(each)) for each in taken)
    return made(f"full factorial {times}", grid.reshape(count, len(taken)))
