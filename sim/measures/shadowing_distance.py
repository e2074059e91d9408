"""How near those who shadowed a group came to the ship they followed, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import values_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "m"


def measure(run: Run) -> dict[str, float]:
    """The least distance of all of them; nothing where nobody came up with a group."""
    return {serial: min(each) for serial, each in values_by_serial(run, "parted", "closest_m").items()}
