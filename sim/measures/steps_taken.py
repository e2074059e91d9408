"""At which step an intruder complied, or how many were taken in vain, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import mean_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "steps"


def measure(run: Run) -> dict[str, float]:
    """Steps, the one that she heeded included."""
    return mean_by_serial(run, "expelled", "steps")
