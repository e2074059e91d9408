"""How far apart in time the played missiles of one strike arrive, by serial."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "s"


def measure(run: Run) -> dict[str, float]:
    """From the first to the last of a strike, the mean of all strikes of two or more; nothing without any."""
    strikes: dict[tuple[str, float], list[float]] = {}
    for record in run.log.of("arrived"):
        strikes.setdefault((record.serial or "", record.details["strike"]), []).append(record.time)
    spreads: dict[str, list[float]] = {}
    for (serial, _), times in strikes.items():
        if len(times) > 1:
            spreads.setdefault(serial, []).append(max(times) - min(times))
    return {serial: fsum(each) / len(each) for serial, each in spreads.items()}
