"""How often all hunters had lost the submarine, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import mean_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "times"


def measure(run: Run) -> dict[str, float]:
    """Intervals without contact after one with."""
    return mean_by_serial(run, "prosecuted", "lost")
