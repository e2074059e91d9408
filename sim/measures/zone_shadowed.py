"""Share of their time in an identification zone that tracks were shadowed by fighters, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import share_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "share"
STANDARD = 0.8  # full marks; own rubric


def measure(run: Run) -> dict[str, float]:
    """All tracks together; nothing where none was in the zone."""
    return share_by_serial(run, "shadowed", "covered_s", "inside_s")
