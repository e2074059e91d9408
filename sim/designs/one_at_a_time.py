"""A base row, then each factor moved alone through its other levels: what each does by itself, and no interactions.

A range goes to its two ends, or takes as many values as `points` says. The base is the first level, or the middle
of a range, unless the study says otherwise. Effects hold near the base only, where other factors matter less.
Source: Daniel (1973), One-at-a-time plans, Journal of the American Statistical Association 68, 353-360.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.designs._design import LAST, MOST, Design, Levels, made, snapped, values

ENDS = 2  # usual values of a range


def design(levels: Levels, points: int | None, seed: int, base: Sequence[float] | None = None) -> Design:
    """levels: how many each factor has, None for a range. points: values of each range. seed: changes nothing.

    base: u of each factor in the base row, 0 .. 1.
    structure: `base`, the base row's number; `moved`, for each row which factor was moved, None for the base.
    Raises ValueError for a base that does not fit the factors, and for more than a million points.
    """
    taken = values(levels, points, "one at a time", ENDS)
    if base is None:
        base = [0.5 if each is None else 0.0 for each in levels]
    if len(base) != len(levels):
        raise ValueError(f"the base has {len(base)} values; there are {len(levels)} factors")
    for place, value in enumerate(base, 1):
        if not 0 <= value <= 1:
            raise ValueError(f"the base of factor {place} is {value:g}; it wants 0 to 1")
    count = 1 + sum(len(each) for each in taken)
    if count > MOST:
        raise ValueError(
            f"one at a time of these factors has {count:,} points; a design has at most {MOST:,}"
        )
    first = snapped(np.array([[min(value, LAST) for value in base]]), levels)[0]
    rows, moved = [first], list[int | None]([None])
    for place, each in enumerate(taken):
        for value in each:
            if value != first[place]:
                row = first.copy()
                row[place] = value
                rows.append(row)
                moved.append(place)
    return made("one factor at a time from a base row", np.array(rows), {"base": 0, "moved": moved})
