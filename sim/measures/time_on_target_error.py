"""Mean error of the time on target, by serial."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from sim.measures._count import values_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "s"


def measure(run: Run) -> dict[str, float]:
    """The mean of what each is early or late; nothing where no launch was played."""
    return {
        serial: fsum(abs(error) for error in errors) / len(errors)
        for serial, errors in values_by_serial(run, "arrived", "error_s").items()
    }
