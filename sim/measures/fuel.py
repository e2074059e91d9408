"""Fuel burnt by each ship."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "unit", "t"


def measure(run: Run) -> dict[str, float]:
    """Tonnes burnt: what was in the bunkers at first, plus what was taken over, less what is left."""
    first: dict[str, float] = {}
    last: dict[str, float] = {}
    for record in run.log.of("fuel"):
        first.setdefault(record.unit or "", record.details["fuel_t"])
        last[record.unit or ""] = record.details["fuel_t"]
    for record in run.log.of("transfer"):
        first[record.unit or ""] += record.details["fuel_t"]
    return {unit: first[unit] - last[unit] for unit in first}
