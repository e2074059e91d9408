"""Sorties flown to cover air stations, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import count_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "sorties"


def measure(run: Run) -> dict[str, float]:
    """Take-offs of fighters, reliefs and early warning together; nothing where no cover was flown."""
    return count_by_serial(run, "launched", ("air-patrol-cover",))
