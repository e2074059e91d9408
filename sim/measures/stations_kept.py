"""Share of changes of station that ended within the tolerance, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import share_within

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "share"
STANDARD = 0.85  # full marks; own rubric


def measure(run: Run) -> dict[str, float]:
    """Stations taken within the drill's tolerance over all changes of station."""
    return share_within(run, "station", "error_m", "tolerance")
