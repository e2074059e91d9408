"""Share of the time of an air patrol's route that both nations flew it together, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import share_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "share"
STANDARD = 0.95  # full marks; own rubric


def measure(run: Run) -> dict[str, float]:
    """Time together over the time the route takes, at most all of it; nothing without a patrol."""
    return {
        serial: min(1.0, share)
        for serial, share in share_by_serial(run, "patrolled", "together_s", "planned_s").items()
    }
