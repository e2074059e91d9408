"""Share of its route that a group in company has sailed, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import share_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "share"
STANDARD = 0.95  # full marks; own rubric


def measure(run: Run) -> dict[str, float]:
    """Length sailed over length planned, both on the earth; nothing without a voyage."""
    return share_by_serial(run, "sailed", "sailed_m", "planned_m")
