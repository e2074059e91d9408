"""Share of drill signals that reached the whole formation within the standard time, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import share_within

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "share"
STANDARD = 0.8  # full marks; own rubric


def measure(run: Run) -> dict[str, float]:
    """Signals in time over signals sent."""
    return share_within(run, "signal", "taken_s", "standard")
