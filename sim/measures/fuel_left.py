"""Share of her bunkers each ship has left at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "unit", "share"


def measure(run: Run) -> dict[str, float]:
    """Fuel over capacity when last logged."""
    found: dict[str, float] = {}
    for record in run.log.of("fuel"):
        if record.details["capacity_t"] > 0:
            found[record.unit or ""] = record.details["fuel_t"] / record.details["capacity_t"]
    return found
