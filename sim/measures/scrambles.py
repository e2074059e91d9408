"""Fighters sent up from alert, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import count_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "sorties"


def measure(run: Run) -> dict[str, float]:
    """Take-offs; nothing where no zone was watched."""
    return count_by_serial(run, "launched", ("scramble",))
