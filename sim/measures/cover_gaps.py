"""Gaps in the cover of air stations, by serial."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from sim.measures._count import values_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "gaps"


def measure(run: Run) -> dict[str, float]:
    """Spells in which a station had fewer aircraft than it should, all stations together; nothing without stations."""
    return {serial: fsum(each) for serial, each in values_by_serial(run, "covered", "gaps").items()}
