"""Share of the exercise each unit spent assigned to a serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "unit", "share"


def measure(run: Run) -> dict[str, float]:
    """Time from assignment to release or dropping out, over the length of the exercise."""
    busy: dict[str, float] = {}
    since: dict[str, float] = {}
    for record in run.log.of("assigned", "released", "dropped-out"):
        unit = record.unit or ""
        busy.setdefault(unit, 0.0)
        if record.kind == "assigned":
            since[unit] = record.time
        elif unit in since:
            busy[unit] += record.time - since.pop(unit)
    for unit, began in since.items():
        busy[unit] += run.plan.length - began
    return {unit: time / run.plan.length for unit, time in busy.items()}
