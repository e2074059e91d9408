"""Mean of how far ships passed nearer or farther from the reviewing ship than ordered, by serial.

A run without a ceremony gives nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import mean_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "m"


def measure(run: Run) -> dict[str, float]:
    """Over all ships that passed."""
    return mean_by_serial(run, "passed", "error_m")
