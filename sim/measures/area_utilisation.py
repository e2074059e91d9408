"""Share of the exercise in which each area had a serial under way."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "area", "share"


def measure(run: Run) -> dict[str, float]:
    """Time from COMEX to FINEX in each area, over the length of the exercise; serials at once count once."""
    ends = {record.serial: record.time for record in run.log.of("finex")}
    spans: dict[str, list[tuple[float, float]]] = {name: [] for name in run.plan.areas}
    for record in run.log.of("comex"):
        if record.details["area"] is not None:
            spans[record.details["area"]].append((record.time, ends.get(record.serial, run.plan.length)))
    return {area: _union(sorted(each)) / run.plan.length for area, each in spans.items()}


def _union(spans: list[tuple[float, float]]) -> float:
    total, until = 0.0, float("-inf")
    for began, ended in spans:
        total += max(0.0, ended - max(began, until))
        until = max(until, ended)
    return total
