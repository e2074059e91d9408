"""What designs have in common: what one is, how good it is, and what is asked of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import isnan, nan, nextafter, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

Levels = Sequence[int | None]
Points = NDArray[np.float64]

MOST = 1_000_000  # points; a study of more would never end
MEASURED = 8192  # points; the discrepancy takes their square, here a second
STILL = 1e-12  # variance of a column that never changes, but for rounding
LAST = nextafter(1.0, 0.0)  # the high end of a range, in [0, 1)


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """The points a study plays, one row each, one column a factor.

    points: (n, k) in [0, 1). Of a factor with levels, u is level floor(u * levels); of a range it is
    low + u * (high - low).
    note: one sentence, without a full stop, that says what was reached.
    structure: what the analysis needs to know, in plain lists and numbers; empty where any analysis will do.
    warning: what the user should hear of; empty when all is well.
    """

    points: Points
    note: str
    structure: Mapping[str, Any] = field(default_factory=dict)
    warning: str = ""


def quality(points: Points) -> tuple[float, float]:
    """The greatest |correlation| of two columns, and the centred L2 discrepancy.

    A column that never changes correlates with none. The discrepancy is the root, not the square, and not a
    number for more than 8192 points.
    Source: Hickernell (1998), Mathematics of Computation 67, 299-322, CL2.
    """
    from scipy.stats import qmc  # noqa: PLC0415  # it takes a second to load

    discrepancy = sqrt(qmc.discrepancy(points, method="CD")) if len(points) <= MEASURED else nan
    return greatest_correlation(points), discrepancy


def greatest_correlation(columns: NDArray[Any]) -> float:
    """The greatest |correlation| of two columns; exact sums, and so exact zeros, of whole numbers."""
    count, width = columns.shape
    totals = [columns[:, one].sum().item() for one in range(width)]

    def together(one: int, other: int) -> float:
        """n^2 times the covariance."""
        product = (columns[:, one] * columns[:, other]).sum().item()
        return float(count * product - totals[one] * totals[other])

    spreads = [together(one, one) for one in range(width)]
    moving = [one for one in range(width) if spreads[one] > STILL * count * count]
    return max(
        (
            abs(together(one, other)) / sqrt(spreads[one] * spreads[other])
            for one, other in combinations(moving, 2)
        ),
        default=0.0,
    )


def made(
    what: str,
    points: Points,
    structure: Mapping[str, Any] | None = None,
    warning: str = "",
    measured: Points | None = None,
) -> Design:
    """A design with its note: what it is, then how good its points, or those `measured` in their place, are."""
    correlation, discrepancy = quality(points if measured is None else measured)
    near = "" if isnan(discrepancy) else f" and centred L2 discrepancy {discrepancy:.3g}"
    whose = "with" if measured is None else "the first block with"
    note = f"{len(points)} points: {what}, {whose} max |rho| {correlation:.3f}{near}"
    return Design(points, note, structure or {}, warning)


def check(levels: Levels) -> None:
    """Raises ValueError for no factors, and for one that cannot be varied."""
    if not levels:
        raise ValueError("a design wants at least one factor")
    for place, each in enumerate(levels, 1):
        if each is not None and each < 2:
            raise ValueError(f"factor {place} has {each} level; a design wants at least two of each factor")
        if each is not None and each > MOST:
            raise ValueError(f"factor {place} has {each:,} levels; make it a range")


def size(levels: Levels, points: int | None, usual: int, least: int) -> int:
    """How many points: as many as asked for, or as usual. Raises ValueError for too few or too many."""
    check(levels)
    count = usual if points is None else points
    if count < least:
        raise ValueError(
            f"{count} points are too few for {len(levels)} factors; this design wants at least {least}"
        )
    if count > MOST:
        raise ValueError(f"{count:,} points are too many; a design has at most {MOST:,}")
    return count


def values(levels: Levels, points: int | None, name: str, usual: int | None = None) -> list[list[float]]:
    """The values each factor takes one by one: each level, and so many of each range as `points` says.

    Raises ValueError when a range has none to take, and when points are given to factors that all have levels.
    """
    check(levels)
    if None not in levels:
        if points is not None:
            raise ValueError(f"{name} takes each level of each factor; leave points out")
    elif (points := usual if points is None else points) is None:
        raise ValueError(f"{name} of a range wants points: how many values each range takes")
    elif not 2 <= points <= MOST:
        raise ValueError(
            f"{name} wants at least 2 values of each range, and at most {MOST:,}; not {points:,}"
        )
    ends = [min(each / (points - 1), LAST) for each in range(points)] if points else []
    return [ends if each is None else [(cell + 0.5) / each for cell in range(each)] for each in levels]


def snapped(points: Points, levels: Levels) -> Points:
    """Points with each factor that has levels at the middles of its cells."""
    moved = points.copy()
    for place, each in enumerate(levels):
        if each is not None:
            moved[:, place] = (np.floor(points[:, place] * each) + 0.5) / each
    return moved


def balanced(ranks: NDArray[np.int64], levels: Levels) -> NDArray[np.int64]:
    """Ranks 0 .. n-1 in each column, with those of a factor with levels shared out evenly among its levels.

    Every level comes as often as any other, or once more or less.
    """
    shared = ranks.copy()
    for place, each in enumerate(levels):
        if each is not None:
            shared[:, place] = (2 * ranks[:, place] + 1) * each // (2 * len(ranks))
    return shared


def cells(numbers: NDArray[np.int64], levels: Levels) -> Points:
    """The middles of numbered cells: of the levels of a factor, or of as many cells of a range as there are points."""
    return (numbers + 0.5) / np.array([each or len(numbers) for each in levels])
