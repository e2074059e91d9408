"""Gaps in the cover of an air station, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import mean_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "gaps"


def measure(run: Run) -> dict[str, float]:
    """Times without anybody on station."""
    return mean_by_serial(run, "covered", "gaps")
