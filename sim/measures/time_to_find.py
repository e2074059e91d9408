"""How long it took to find who or what was searched for, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import mean_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "s"


def measure(run: Run) -> dict[str, float]:
    """From the beginning of the search; nothing where it was not found."""
    return {
        serial: seconds
        for kind in ("mine-found", "survivor-found", "mark-found")
        for serial, seconds in mean_by_serial(run, kind, "searched_s").items()
    }
