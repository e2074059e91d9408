"""Mean range at which raiders were first detected, by serial."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "m"


def measure(run: Run) -> dict[str, float]:
    """From whoever detected each first; those never detected are left out, and nothing comes of a serial without raiders."""
    coming: set[tuple[str | None, str | None]] = set()
    ranges: dict[str, list[float]] = {}
    for record in run.log.of("raid", "detected"):
        if record.kind == "raid":
            coming.add((record.serial, record.unit))
        elif (record.serial, record.other) in coming:
            coming.discard((record.serial, record.other))
            ranges.setdefault(record.serial or "", []).append(record.details["range_m"])
    return {serial: fsum(each) / len(each) for serial, each in ranges.items()}
