"""Approaches to decks that were broken off, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import count_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "wave-offs"


def measure(run: Run) -> dict[str, float]:
    """All wave-offs."""
    return count_by_serial(run, "wave-off", ("helicopter-operations",))
