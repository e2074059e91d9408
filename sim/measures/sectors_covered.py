"""Share of the circle about a convoy that its screen covers, by serial."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from sim.measures._count import values_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "share"


def measure(run: Run) -> dict[str, float]:
    """Sectors of the escorts that took one, added up."""
    first, last = values_by_serial(run, "sector", "from_deg"), values_by_serial(run, "sector", "to_deg")
    return {serial: min(1.0, (fsum(last[serial]) - fsum(first[serial])) / 360.0) for serial in first}
