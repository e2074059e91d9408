"""Latin hypercube: as many cells of each factor as points, each cell once, spread evenly by exchanges.

Each factor alone is covered as well as so many points can; elements of a column change places while that lowers
the centred L2 discrepancy (up to 4096 points). A point is anywhere in its cell. Levels come equally often, or once
more or less.
Sources: McKay, Beckman and Conover (1979), Technometrics 21, 239-245; the exchanges Fang, Ma and Winker (2002),
Mathematics of Computation 71, 275-296; ten points a factor Loeppky, Sacks and Welch (2009), Technometrics 51, 366-376.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from sim.designs._design import Design, Levels, Points, balanced, cells, made, size
from sim.streams import Streams

EACH = 10  # usual points a factor
EXCHANGED = 4096  # points; exchanges in more take minutes


def design(levels: Levels, points: int | None, seed: int) -> Design:
    """levels: how many each factor has, None for a range. points: usually ten a factor. Raises ValueError."""
    count = size(levels, points, EACH * len(levels), 2)
    found = sample(count, len(levels), Streams(seed)("design", "latin-hypercube"))
    even = cells(balanced(ranks(found), levels), levels)
    for place, each in enumerate(levels):
        if each is not None:
            found[:, place] = even[:, place]
    how = "Latin hypercube" if count > EXCHANGED else "Latin hypercube spread by exchanges"
    return made(how, found)


def sample(count: int, width: int, draws: Generator) -> Points:
    """A Latin hypercube of ranges."""
    from scipy.stats import qmc  # noqa: PLC0415  # it takes a second to load

    exchanges = "random-cd" if count <= EXCHANGED and width > 1 else None
    found: Points = qmc.LatinHypercube(width, optimization=exchanges, seed=draws).random(count)
    return found


def ranks(points: Points) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """The ranks 0 .. n-1 of each column's values."""
    return np.argsort(np.argsort(points, axis=0, kind="stable"), axis=0, kind="stable")
