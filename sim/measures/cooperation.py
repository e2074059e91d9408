"""Share of the possible pairs of units of two navies that worked together: the density of the cooperation graph."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from sim.measures._pairs import pairs
from sim.scenario.roles import muster

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "exercise", "share"


def measure(run: Run) -> float:
    """Pairs with an interaction over all pairs of units of two forces; not a number with one force only."""
    possible = sum(one.force != other.force for one, other in combinations(muster(run.plan), 2))
    return len(run.once(pairs)) / possible if possible else float("nan")
