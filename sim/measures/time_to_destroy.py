"""How long a floating mine was shot at before it was hit, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import mean_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "s"


def measure(run: Run) -> dict[str, float]:
    """From the first burst to the hit."""
    return mean_by_serial(run, "mine-destroyed", "shooting_s")
