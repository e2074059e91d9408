"""How late the first photograph of a formation was taken, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import values_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "s"


def measure(run: Run) -> dict[str, float]:
    """Of the first one."""
    return {serial: late[0] for serial, late in values_by_serial(run, "photograph", "late_s").items()}
