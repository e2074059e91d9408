"""Coverage of a submarine search: area swept by the ships over the area, by serial."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from sim.measures._count import values_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "times"


def measure(run: Run) -> dict[str, float]:
    """W v t / A, added up over the ships."""
    return {serial: fsum(each) for serial, each in values_by_serial(run, "swept", "coverage").items()}
