"""How long all ships of a group were in company, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import mean_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "s"


def measure(run: Run) -> dict[str, float]:
    """Legs at whose end none was farther from the leader than the drill allows; nothing without a voyage."""
    return mean_by_serial(run, "sailed", "together_s")
