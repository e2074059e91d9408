"""Root-mean-square distance of ships from the stations they kept, weighted by time, by serial.

Exact: the drills integrate the square of the distance along the legs. A run without such a serial gives nothing.
"""

from __future__ import annotations

from math import fsum, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "m"


def measure(run: Run) -> dict[str, float]:
    """Over all ships and all stations of a serial."""
    parts: dict[str, list[tuple[float, float]]] = {}
    for record in run.log.of("station-kept"):
        rms, seconds = record.details["rms_m"], record.details["kept_s"]
        parts.setdefault(record.serial or "", []).append((rms * rms * seconds, seconds))
    return {
        serial: sqrt(fsum(square for square, _ in found) / whole)
        for serial, found in parts.items()
        if (whole := fsum(seconds for _, seconds in found)) > 0.0
    }
