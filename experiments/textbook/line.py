"""A line of a lesson's table, and what several lessons read off their runs and plans."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from sim import shelves
from sim.log import Record
from sim.runs import Run
from sim.scenario.numbers import Number
from sim.scenario.schema import Scenario

MINUTE = 60.0  # s


class Line(NamedTuple):
    """One quantity. values: one of each run that says something. holds: whether it should come out as the textbook has it."""

    what: str
    textbook: float
    values: list[float]
    holds: bool = True


Answer = Callable[[Scenario, Sequence[Run]], Iterator[Line]]


Answer = Callable[[Scenario, Sequence[Run]], Iterator[Line]]


def measured(runs: Sequence[Run], measure: str) -> list[float]:
    """A measure of serial 1, of the runs that have it."""
    given = (shelves.module("measures", measure).measure(run).get("1") for run in runs)
    return [value for value in given if value is not None]


def at(legs: Sequence[Record], time: float) -> tuple[float, float, float, float]:
    leg = [each for each in legs if each.time <= time][-1]
    assert leg.at is not None
    vx, vy = leg.details["vx_m_per_s"], leg.details["vy_m_per_s"]
    return leg.at[0] + vx * (time - leg.time), leg.at[1] + vy * (time - leg.time), vx, vy


def below(law: Number, time: float) -> float:
    """Chance that a triangular law gives no more than a time."""
    low, mode, high = law.low or 0.0, law.value, law.high or law.value
    if time <= mode:
        return max(0.0, time - low) ** 2 / ((high - low) * (mode - low))
    return 1.0 - max(0.0, high - time) ** 2 / ((high - low) * (high - mode))
