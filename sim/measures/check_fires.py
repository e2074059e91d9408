"""How often a serial was stopped because somebody was too near, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import began

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "times"


def measure(run: Run) -> dict[str, float]:
    """Check fires of every serial that had its COMEX."""
    found = {serial: 0.0 for serial in run.outcomes if began(run, serial)}
    for record in run.log.of("check-fire"):
        if record.serial in found:
            found[record.serial] += 1
    return found
