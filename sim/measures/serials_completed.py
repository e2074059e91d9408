"""Serials carried out: completed, or shortened with at least half their purpose achieved."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "exercise", "serials"


def measure(run: Run) -> int:
    """How many serials were carried out."""
    return sum(record.details["result"] in ("completed", "shortened") for record in run.outcomes.values())
