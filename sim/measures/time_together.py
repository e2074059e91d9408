"""How long two nations flew together on an air patrol, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import mean_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "s"


def measure(run: Run) -> dict[str, float]:
    """From the rendezvous to the end of the route, while each has an aircraft there."""
    return mean_by_serial(run, "patrolled", "together_s")
