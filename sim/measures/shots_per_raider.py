"""Simulated launches for each raider whose run is over, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import values_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "shots"


def measure(run: Run) -> dict[str, float]:
    """All launches over all raiders; nothing where nobody engages by simulation."""
    raiders = values_by_serial(run, "raid-over", "raider")
    return {
        serial: len(shots) / len(raiders[serial])
        for serial, shots in values_by_serial(run, "simulated-launch", "shot").items()
        if serial in raiders
    }
