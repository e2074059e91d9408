"""Share of ships that passed the reviewing ship within the tolerance of their distance, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import share_within

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "share"
STANDARD = 0.85  # full marks; own rubric


def measure(run: Run) -> dict[str, float]:
    """Passes within the tolerance over all passes."""
    return share_within(run, "passed", "error_m", "tolerance")
