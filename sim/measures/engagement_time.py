"""Mean time from the order to engage a raider to its splash, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import mean_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "s"


def measure(run: Run) -> dict[str, float]:
    """Of raiders splashed, from when the ship had the order or took the raider on herself; nothing without any."""
    return mean_by_serial(run, "splash", "took_s")
