"""Landings on decks in drill, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import count_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "landings"


def measure(run: Run) -> dict[str, float]:
    """All landings."""
    return count_by_serial(run, "deck-landing", ("helicopter-operations",))
