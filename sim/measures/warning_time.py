"""How long before they entered a zone tracks were detected, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import mean_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "s"


def measure(run: Run) -> dict[str, float]:
    """The mean over entries; less than nothing for one found inside."""
    return mean_by_serial(run, "zone-entry", "warning_s")
