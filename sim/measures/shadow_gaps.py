"""Gaps in the shadowing of tracks in the zone, by serial."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from sim.measures._count import values_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "gaps"


def measure(run: Run) -> dict[str, float]:
    """Spells in the zone without fighters after the first had come, all tracks together; nothing without tracks."""
    return {serial: fsum(each) for serial, each in values_by_serial(run, "shadowed", "gaps").items()}
