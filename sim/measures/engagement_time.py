"""Mean time from the assignment of a raider to its splash, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import mean_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "s"


def measure(run: Run) -> dict[str, float]:
    """Of raiders splashed."""
    return mean_by_serial(run, "splash", "took_s")
