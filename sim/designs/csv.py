"""The user's own points: one row each, a column for each factor.

Any design from a book, a spreadsheet or another program. The study reads the file, in the factors' own words.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.designs._design import LAST, Design, Levels, check, made


def design(
    levels: Levels, points: int | None, seed: int, rows: Sequence[Sequence[float]] | None = None
) -> Design:
    """levels: how many each factor has, None for a range. points: None, or as many as rows. seed: changes nothing.

    rows: of a factor with levels the number of the level, from 0; of a range the share of the way from low to high,
    0 .. 1.
    Raises ValueError, with the row's number from 1, for what is no level or outside its range.
    """
    check(levels)
    if not rows:
        raise ValueError("a design of one's own wants at least one row of points")
    if points not in (None, len(rows)):
        raise ValueError(f"there are {len(rows)} rows of points, not {points}; leave points out")
    found = np.array([_row(number, row, levels) for number, row in enumerate(rows, 1)])
    return made("as given", found)


def _row(number: int, row: Sequence[float], levels: Levels) -> list[float]:
    if len(row) != len(levels):
        raise ValueError(f"row {number} has {len(row)} values; there are {len(levels)} factors")
    found = []
    for place, (value, each) in enumerate(zip(row, levels, strict=True), 1):
        if each is None:
            if not 0 <= value <= 1:
                raise ValueError(
                    f"row {number}: factor {place} is outside its range, at {value:g} of the way"
                )
            found.append(min(float(value), LAST))
        else:
            if value not in range(each):
                raise ValueError(
                    f"row {number}: factor {place} has no level {value:g}; it has 0 to {each - 1}"
                )
            found.append((value + 0.5) / each)
    return found
