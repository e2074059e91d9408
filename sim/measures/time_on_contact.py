"""How long a submarine was held by at least one hunter, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import mean_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "s"


def measure(run: Run) -> dict[str, float]:
    """Added up over all intervals."""
    return mean_by_serial(run, "prosecuted", "held_s")
