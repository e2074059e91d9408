"""How near raiders, boats or an intruder came to the ships they made for, or ships to a mine, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import values_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "m"


def measure(run: Run) -> dict[str, float]:
    """The least distance of all of them."""
    found: dict[str, float] = {}
    for kind in ("run-ended", "raid-over", "expelled", "mine-drill-over"):
        for serial, least in values_by_serial(run, kind, "closest_m").items():
            found[serial] = min(least)
    return found
