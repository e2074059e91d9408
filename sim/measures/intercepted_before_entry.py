"""Share of tracks identified by sight before they entered the zone, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import share_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "share"


def measure(run: Run) -> dict[str, float]:
    """Of those that entered it, or were identified and never did; nothing where there were none."""
    return share_by_serial(run, "shadowed", "in_time", "counted")
