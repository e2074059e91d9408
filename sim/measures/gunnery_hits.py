"""Share of rounds fired for effect that hit the surface target, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import share_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "share"
STANDARD = 0.45  # full marks: the middle of the 0.3 to 0.6 proposed for 5 km in slight seas


def measure(run: Run) -> dict[str, float]:
    """Hits over rounds for effect in each surface shoot."""
    return share_by_serial(run, "string", "hits", "fired")
