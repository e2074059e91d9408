"""How often ships under emission control radiated by a slip, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import count_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "emissions"


def measure(run: Run) -> dict[str, float]:
    """Slips, 0 for a silent night."""
    return count_by_serial(run, "emission", ("night-passage",))
