"""Share of the launches ordered that arrive in time and near the mark, by serial."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from sim.measures._count import values_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "share"
STANDARD = 0.85  # full marks; own rubric


def measure(run: Run) -> dict[str, float]:
    """Those within the window and the basket over all, launches withheld included; nothing where none was ordered."""
    good, withheld = (
        values_by_serial(run, "arrived", "coordinated"),
        values_by_serial(run, "launch-withheld", "strike"),
    )
    serials = dict.fromkeys([*good, *withheld])
    return {
        serial: fsum(good.get(serial, ())) / (len(good.get(serial, ())) + len(withheld.get(serial, ())))
        for serial in serials
    }
