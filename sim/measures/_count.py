"""Counting in records: shares by serial, the form of most technical measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.runs import Run


def share_by_serial(run: Run, kind: str, good: str, of: str | None = None) -> dict[str, float]:
    """Sum of one column over the sum of another (or over the records), by serial, where there is any."""
    totals: dict[str, list[float]] = {}
    for record in run.log.of(kind):
        total = totals.setdefault(record.serial or "", [0.0, 0.0])
        total[0] += record.details[good]
        total[1] += record.details[of] if of else 1
    return {serial: done / whole for serial, (done, whole) in totals.items() if whole}


def share_within(run: Run, kind: str, column: str, parameter: str) -> dict[str, float]:
    """Share of records whose column is at most a parameter of their serial, by serial."""
    within: dict[str, list[bool]] = {}
    for record in run.log.of(kind):
        limit = getattr(run.serial(record.serial or "").parameters, parameter).value
        within.setdefault(record.serial or "", []).append(record.details[column] <= limit)
    return {serial: sum(each) / len(each) for serial, each in within.items()}
