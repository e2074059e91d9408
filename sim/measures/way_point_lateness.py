"""How late a group passed the places of its route, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import mean_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "s"


def measure(run: Run) -> dict[str, float]:
    """The mean over places, against the speed of advance from the start; less than nothing when early."""
    return mean_by_serial(run, "way-point", "late_s")
