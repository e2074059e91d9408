"""Mean distance of ships from their stations when they should have been there, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import mean_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "m"


def measure(run: Run) -> dict[str, float]:
    """The mean over all changes of station."""
    return mean_by_serial(run, "station", "error_m")
