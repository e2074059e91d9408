"""How late each serial began."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "min"


def measure(run: Run) -> dict[str, float]:
    """Minutes from planned to actual COMEX, for the serials that began."""
    return {
        serial: (record.details["comex_s"] - record.details["planned_s"]) / 60
        for serial, record in run.outcomes.items()
        if not isnan(record.details["comex_s"])
    }
