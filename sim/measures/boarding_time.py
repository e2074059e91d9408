"""How long a boarding took from the order until the boat was back, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import mean_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "s"


def measure(run: Run) -> dict[str, float]:
    """Of those that came to their end."""
    return mean_by_serial(run, "boat-back", "taken_s")
