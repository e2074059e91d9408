"""How often ships of a group on a voyage took fuel under way, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import mean_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "times"


def measure(run: Run) -> dict[str, float]:
    """Each ship served counts; nothing without a voyage."""
    return mean_by_serial(run, "sailed", "replenishments")
