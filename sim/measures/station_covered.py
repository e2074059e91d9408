"""Share of its time in which an air station was covered, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import share_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "share"
STANDARD = 0.9  # full marks; own rubric


def measure(run: Run) -> dict[str, float]:
    """Time covered over the time from COMEX to FINEX."""
    return share_by_serial(run, "covered", "covered_s", "planned_s")
