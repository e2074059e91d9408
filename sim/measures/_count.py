"""Counting in records: shares by serial, the form of most technical measures."""

from __future__ import annotations

from math import fsum, isnan
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


def values_by_serial(run: Run, kind: str, column: str) -> dict[str, list[float]]:
    """One column of all records of a kind, by serial, in order."""
    found: dict[str, list[float]] = {}
    for record in run.log.of(kind):
        found.setdefault(record.serial or "", []).append(record.details[column])
    return found


def mean_by_serial(run: Run, kind: str, column: str) -> dict[str, float]:
    """The mean of one column, by serial, where there is any."""
    return {serial: fsum(each) / len(each) for serial, each in values_by_serial(run, kind, column).items()}


def count_by_serial(run: Run, kind: str, drills: tuple[str, ...]) -> dict[str, float]:
    """How many records of a kind each serial of some drills has that was carried out, 0 where it has none."""
    found = {
        serial: 0.0 for serial in run.outcomes if run.serial(serial).drill in drills and began(run, serial)
    }
    for record in run.log.of(kind):
        if record.serial in found:
            found[record.serial] += 1
    return found


def began(run: Run, serial: str) -> bool:
    """Whether a serial had its COMEX."""
    return not isnan(run.outcomes[serial].details["comex_s"])
