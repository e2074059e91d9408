"""How far a group has come along its route, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import mean_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "m"


def measure(run: Run) -> dict[str, float]:
    """True lengths by sea; nothing without a voyage."""
    return mean_by_serial(run, "sailed", "sailed_m")
