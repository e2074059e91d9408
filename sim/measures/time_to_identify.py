"""From the order to scramble to the identification by sight, by serial."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "s"


def measure(run: Run) -> dict[str, float]:
    """The mean over interceptions that came to it; those of reliefs, which are sent early, do not count."""
    found: dict[str, list[float]] = {}
    for record in run.log.of("intercepted"):
        if not record.details["relief"]:
            found.setdefault(record.serial or "", []).append(record.details["after_s"])
    return {serial: fsum(each) / len(each) for serial, each in found.items()}
