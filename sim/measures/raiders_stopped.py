"""Share of raiders dealt with before they were through, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import mean_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "share"
STANDARD = 0.8  # full marks; own rubric


def measure(run: Run) -> dict[str, float]:
    """Raiders met or splashed over all whose run is over."""
    return mean_by_serial(run, "raid-over", "dealt_with")
