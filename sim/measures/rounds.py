"""Rounds fired by each unit, all guns together."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "unit", "rounds"


def measure(run: Run) -> dict[str, int]:
    """Rounds by unit, in the order of first firing."""
    found: dict[str, int] = {}
    for record in run.log.of("round", "shore-round", "burst", "shots", "warning-shots"):
        found[record.unit or ""] = found.get(record.unit or "", 0) + record.details.get("rounds", 1)
    return found
