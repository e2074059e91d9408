"""How often a raider was assigned that somebody else had already, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import values_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "assignments"


def measure(run: Run) -> dict[str, float]:
    """Assignments that were one too many."""
    return {
        serial: sum(double) for serial, double in values_by_serial(run, "raider-assigned", "double").items()
    }
