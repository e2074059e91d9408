"""Sorties flown by each aircraft."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "unit", "sorties"


def measure(run: Run) -> dict[str, int]:
    """Take-offs by aircraft."""
    found: dict[str, int] = {}
    for record in run.log.of("launched"):
        found[record.unit or ""] = found.get(record.unit or "", 0) + 1
    return found
