"""Rounds of direct fire at targets in sight, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import values_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "rounds"


def measure(run: Run) -> dict[str, float]:
    """All rounds."""
    return {serial: sum(rounds) for serial, rounds in values_by_serial(run, "shots", "rounds").items()}
