"""As many replications as a measure takes to be known well enough: played wave by wave, judged one by one in their order.

Where it stops does not hang on how many play at once: what was played beyond is kept in the folder, and not counted.
"""

from __future__ import annotations

from collections.abc import Callable
from math import nan
from pathlib import Path
from typing import Any

from sim import shelves
from sim.archive import resume
from sim.errors import UnknownKind
from sim.scenario.schema import Scenario
from sim.stopping import Precision, Stopping, read
from sim.worker import Row, with_unit

LEAST = 20  # replications before an interval is believed; with fewer it covers too seldom


def asked(text: str) -> tuple[str, Precision]:
    """A measure of the exercise and how well it is to be known, from `serials_completed ±2%`. Raises UnknownKind."""
    whole = [
        name.replace("-", "_")
        for name in shelves.names("measures")
        if shelves.module("measures", name).OF == "exercise"
    ]
    sign = next((each for each in ("±", "+/-", "+-") if each in text), "")
    name, _, size = text.partition(sign) if sign else (text, "", "")
    try:
        measure, precision = read(f"{name.replace('-', '_')}{sign}{size}", whole)
    except ValueError as wrong:
        raise UnknownKind(f"--until: {wrong}") from None
    return measure, precision


def resume_until(plan: Scenario, seed: int, measure: str, precision: Precision, most: int, folder: str | Path, *,
                 finished: Callable[[int], None] | None = None, **how: Any) -> tuple[list[Row], Stopping]:  # fmt: skip
    """Plays replications until a measure is known well enough, or most are played; gives those that count, and the reason.

    how: as `sim.archive.resume` takes it. Raises what that raises.
    """
    count = min(most, LEAST)
    while True:
        rows = resume(plan, seed, count, folder, finished=finished, **how)
        stopping = Stopping(precision, least=min(LEAST, most), most=most)
        for row in rows:
            if stopping.feed(value_of(row, measure)):
                return rows[: stopping.spent], stopping
        count = min(most, max(count + 1, stopping.forecast or 2 * count))


def value_of(row: Row, measure: str) -> float:
    """A measure of the exercise in a row, named without its unit; not a number where it has none."""
    for name in (measure, with_unit(measure)):
        value = row.measures.get(name)
        if value is not None and not isinstance(value, dict):
            return float(value)
    return nan
