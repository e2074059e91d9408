"""Latin hypercubes made nearly orthogonal by exchanges within columns.

From a well-spread Latin hypercube, column by column, that exchange of two elements is made that lowers the sum of the
column's squared correlations most. Whole numbers throughout, so that every machine makes the same exchanges.
Source: exchanges by column Li and Wu (1997), Technometrics 39, 171-179.
"""

from __future__ import annotations

from math import inf

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from sim.designs._design import Levels, balanced, cells, greatest_correlation, quality
from sim.designs.latin_hypercube import ranks, sample

Whole = NDArray[np.int64]

ENOUGH = 0.03  # |rho|; Cioppa and Lucas's own mark
STARTS = 4  # designs begun at most
EFFORT = 2000  # coordinates in all starts together; about a second
ROWS = 256  # looked at for one exchange; all, in a smaller design
ROUNDS = 100  # of exchanges in all columns, at most


def numbers(count: int, levels: Levels, draws: Generator) -> Whole:
    """The cells of each point (n, k): of `ENOUGH` small |rho| the least discrepancy, or else the least |rho|."""
    best, least = None, (inf, inf)
    for _ in range(max(1, min(STARTS, EFFORT // (count * len(levels))))):
        begun = balanced(ranks(sample(count, len(levels), draws)), levels)
        made = exchanged(begun, draws)
        reached, discrepancy = quality(cells(made, levels))
        rank = (max(reached, ENOUGH), discrepancy)
        if best is None or rank < least:
            best, least = made, rank
    assert best is not None
    return best


def exchanged(begun: Whole, draws: Generator) -> Whole:
    """Columns with elements exchanged until none correlate more than enough, or nothing helps."""
    columns, width = begun.copy(), begun.shape[1]
    for _ in range(ROUNDS):
        if greatest_correlation(columns) < ENOUGH:
            break
        helped = [_improved(columns, place, draws) for place in range(width)]
        if not any(helped):
            break
    return columns


def _improved(columns: Whole, place: int, draws: Generator) -> bool:
    """Makes the best exchange in a column, if any helps."""
    count, width = columns.shape
    rows = np.sort(draws.permutation(count)[:ROWS])
    own = columns[:, place]
    step = own[rows, None] - own[None, rows]
    cost, now = np.zeros(step.shape), 0.0
    for other in range(width):
        if other != place:
            column = columns[:, other]
            together = count * int((own * column).sum()) - int(own.sum()) * int(column.sum())
            spread = count * int((column * column).sum()) - int(column.sum()) ** 2
            after = together - count * step * (column[rows, None] - column[None, rows])
            cost += after.astype(np.float64) ** 2 / spread
            now += float(together) ** 2 / spread
    best = int(cost.argmin())
    if not cost.flat[best] < now * (1 - 1e-9):
        return False
    one, two = rows[best // len(rows)], rows[best % len(rows)]
    columns[[one, two], place] = columns[[two, one], place]
    return True
