"""Serials that began within a quarter of an hour of their planned COMEX."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.outcomes import PUNCTUAL

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "exercise", "serials"


def measure(run: Run) -> int:
    """How many serials began on time."""
    return sum(
        record.details["comex_s"] - record.details["planned_s"] <= PUNCTUAL
        for record in run.outcomes.values()
    )
