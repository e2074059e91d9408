"""Share of boardings that ended with a search, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import count_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "share"
STANDARD = 1.0  # full marks; own rubric


def measure(run: Run) -> dict[str, float]:
    """1 where the ship was searched, 0 where she was not."""
    return count_by_serial(run, "ship-searched", ("boarding",))
