"""Mean time by which ships missed their moment abeam of the reviewing ship, by serial."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from sim.measures._count import values_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "s"


def measure(run: Run) -> dict[str, float]:
    """The mean of what each was early or late."""
    return {
        serial: fsum(abs(each) for each in late) / len(late)
        for serial, late in values_by_serial(run, "passed", "late_s").items()
    }
