"""Landings on decks of the other navy, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import values_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "landings"


def measure(run: Run) -> dict[str, float]:
    """Those across the boundary."""
    return {serial: sum(across) for serial, across in values_by_serial(run, "deck-landing", "across").items()}
