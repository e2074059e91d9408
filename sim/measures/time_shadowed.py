"""How long tracks were shadowed by fighters, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import mean_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "s"


def measure(run: Run) -> dict[str, float]:
    """The mean over tracks that fighters were sent to."""
    return mean_by_serial(run, "shadowed", "shadowed_s")
