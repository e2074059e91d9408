"""How late the aircraft of a patrol set out from their rendezvous, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import mean_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "s"


def measure(run: Run) -> dict[str, float]:
    """From the planned time until they do; nothing when they never met."""
    return mean_by_serial(run, "rendezvous", "late_s")
