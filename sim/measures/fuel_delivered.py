"""Share of the fuel wanted by customers that was taken over, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import share_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "share"
STANDARD = 0.95  # full marks; own rubric


def measure(run: Run) -> dict[str, float]:
    """Fuel transferred over fuel wanted in each replenishment."""
    return share_by_serial(run, "transfer", "fuel_t", "wanted_t")
