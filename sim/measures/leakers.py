"""Raiders that came through, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import values_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "raiders"


def measure(run: Run) -> dict[str, float]:
    """Those nobody dealt with in time."""
    return {
        serial: float(done.count(0))
        for serial, done in values_by_serial(run, "raid-over", "dealt_with").items()
    }
