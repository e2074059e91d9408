"""Share of presentations of an air target that ended with a hit, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import share_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "share"
STANDARD = 0.5  # full marks: the middle of the 0.3 to 0.7 proposed for one presentation


def measure(run: Run) -> dict[str, float]:
    """Presentations hit over presentations made."""
    return share_by_serial(run, "presentation", "hit")
