"""The longest time a track in the zone was not shadowed once it had been, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import mean_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "s"


def measure(run: Run) -> dict[str, float]:
    """The mean over tracks that fighters were sent to."""
    return mean_by_serial(run, "shadowed", "longest_s")
