"""Share of its aircraft that air stations had over the time, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import share_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "share"
STANDARD = 0.9  # full marks; own rubric


def measure(run: Run) -> dict[str, float]:
    """Time on station of aircraft over what was wanted, all stations together; nothing without stations."""
    return share_by_serial(run, "covered", "manned_s", "wanted_s")
