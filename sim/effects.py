"""What the levels of factors do to a response: main effects, interactions of two factors, and changes of level.

A table of responses has a row for each point of the design and a column for each replication, nan where there is no
value; one value a point may stand for the row. Effects are told apart when each level of a factor meets those of the
others equally often; where they do not, `sim.metamodel` tells them apart.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from math import fsum, isnan, nan, sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.estimates import CONFIDENCE, Estimate, mean, student

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

WHOLE = 0.5  # share of the replications that must have all values for effects to be taken replication by replication


@dataclass(frozen=True, slots=True)
class Effect:
    """What a level does, or two levels of two factors do together.

    levels: one of a main effect, two of an interaction. mean: the response there. effect: how far that mean is above
    the mean of all levels; of an interaction, how far above what both main effects make of it.
    """

    levels: tuple[Hashable, ...]
    mean: Estimate
    effect: Estimate


def main_effects(
    levels: Sequence[Hashable], responses: ArrayLike, confidence: float = CONFIDENCE
) -> list[Effect]:
    """What each level of one factor does; numbers in order, other levels as they first appear.

    levels: of each point. Intervals: when at least half of the replications are whole, each of them has effects of
    its own, and Student's interval is of these: right also when points share their random numbers. Else what values of
    one point differ by is noise; and without replications, what points of one level differ by, other factors included.
    Raises ValueError when there are more or fewer levels than rows, or no values.
    Source: Law, Simulation Modeling and Analysis, 5th ed., section 12.2.
    """
    table, rows = _table(responses, levels)
    own = [levels[row] for row in rows]
    counts = {level: own.count(level) for level in _ordered(own)}
    found = []
    for level in counts:
        at = np.array([(each == level) / counts[each] for each in own])
        less = np.array([1 / (len(counts) * counts[each]) for each in own])
        found.append(
            Effect((level,), _sum(at, table, own, confidence), _sum(at - less, table, own, confidence))
        )
    return found


def change(
    levels: Sequence[Hashable],
    responses: ArrayLike,
    since: Hashable,
    to: Hashable,
    confidence: float = CONFIDENCE,
) -> Estimate:
    """How much a response rises from one level of a factor to another; intervals as of `main_effects`.

    Raises ValueError also when there are no values at one of the two.
    """
    table, rows = _table(responses, levels)
    own = [levels[row] for row in rows]
    for level in (since, to):
        if level not in own:
            raise ValueError(f"effects: no values at {level!r}")
    weights = [(each == to) / own.count(to) - (each == since) / own.count(since) for each in own]
    return _sum(np.array(weights), table, own, confidence)


def interactions(
    ones: Sequence[Hashable],
    others: Sequence[Hashable],
    responses: ArrayLike,
    confidence: float = CONFIDENCE,
) -> list[Effect]:
    """What each two levels of two factors do beyond their main effects; intervals as of `main_effects`.

    ones, others: the levels of each point. Of two levels each all four are alike but for their signs, half of what
    books on two-level designs call the interaction.
    Raises ValueError also when two levels never meet.
    Source: Montgomery, Design and Analysis of Experiments, 8th ed. (2013), section 5.3.
    """
    if len(ones) != len(others):
        raise ValueError(f"effects: {len(ones)} and {len(others)} levels do not make pairs")
    table, rows = _table(responses, ones)
    own = [(ones[row], others[row]) for row in rows]
    cells = {
        (one, other): own.count((one, other))
        for one in _ordered([each for each, _ in own])
        for other in _ordered([each for _, each in own])
    }
    for (one, other), count in cells.items():
        if not count:
            raise ValueError(f"effects: no values where {one!r} and {other!r} meet")
    height, width = (len(_ordered([cell[at] for cell in cells])) for at in (0, 1))
    found = []
    for one, other in cells:
        at = np.array([(cell == (one, other)) / cells[cell] for cell in own])
        beyond = np.array([((cell[0] == one) - 1 / height) * ((cell[1] == other) - 1 / width) / cells[cell]
                           for cell in own])  # fmt: skip
        found.append(
            Effect((one, other), _sum(at, table, own, confidence), _sum(beyond, table, own, confidence))
        )
    return found


def _table(responses: ArrayLike, levels: Sequence[Hashable]) -> tuple[NDArray[np.float64], list[int]]:
    """The rows that have values, and which these are."""
    table = np.asarray(responses, np.float64)
    table = table.reshape(len(table), -1)
    if len(table) != len(levels):
        raise ValueError(f"effects: {len(levels)} levels for {len(table)} points")
    rows = [row for row in range(len(table)) if not np.isnan(table[row]).all()]
    if not rows:
        raise ValueError("effects: no values")
    return table[rows], rows


def _ordered(levels: Sequence[Any]) -> list[Any]:
    """Each level once."""
    once = list(dict.fromkeys(levels))
    return sorted(once) if all(isinstance(each, int | float) for each in once) else once


def _sum(
    weights: NDArray[np.float64], table: NDArray[np.float64], cells: Sequence[Hashable], confidence: float
) -> Estimate:
    """A weighted sum of the means of points; count: the values in it. cells: points whose difference is noise."""
    used = np.flatnonzero(weights).tolist()
    weights, table, cells = weights[used], table[used], [cells[at] for at in used]
    whole = ~np.isnan(table).any(axis=0)
    columns = int(whole.sum())
    if columns >= max(2, WHOLE * table.shape[1]):
        sums = [fsum(column) for column in (table[:, whole] * weights[:, None]).T.tolist()]
        return replace(mean(sums, confidence), count=columns * len(table))
    points = [[each for each in row if not isnan(each)] for row in table.tolist()]
    if any(len(point) > 1 for point in points):
        cells = list(range(len(points)))
    value = fsum(
        weight * fsum(point) / len(point) for weight, point in zip(weights.tolist(), points, strict=True)
    )
    groups: dict[Hashable, list[float]] = {}
    for cell, point in zip(cells, points, strict=True):
        groups.setdefault(cell, []).extend(point)
    count = sum(map(len, points))
    freedom = count - len(groups)
    if not freedom:
        return Estimate(value, nan, nan, count)
    squares = fsum((each - fsum(group) / len(group)) ** 2 for group in groups.values() for each in group)
    share = fsum(weight**2 / len(point) for weight, point in zip(weights.tolist(), points, strict=True))
    half = student(freedom, confidence) * sqrt(squares / freedom * share)
    return Estimate(value, value - half, value + half, count)
