"""Share of fast boats stopped before they were through, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import mean_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "share"
STANDARD = 0.8  # full marks; own rubric


def measure(run: Run) -> dict[str, float]:
    """Boats stopped over boats that ran in."""
    return mean_by_serial(run, "run-ended", "stopped")
