"""Chance of detection reached by the search by the time it found, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import mean_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "share"


def measure(run: Run) -> dict[str, float]:
    """1 - exp(-C) of the area swept by then."""
    return mean_by_serial(run, "survivor-found", "pod")
