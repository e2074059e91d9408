"""How late each serial ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "min"


def measure(run: Run) -> dict[str, float]:
    """Minutes from planned to actual FINEX, for the serials that began; below 0 for those that ended early."""
    planned = {serial.serial: serial.comex.value + serial.duration.value for serial in run.plan.serials}
    return {
        record.serial: (record.time - planned[record.serial]) / 60
        for record in run.log.of("finex")
        if record.serial is not None
    }
