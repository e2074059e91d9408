"""What a report says happened, against what happened in many runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from math import isnan
from typing import NamedTuple

from sim import shelves
from sim.errors import UnknownKind
from sim.estimates import Estimate, mean, quantile
from sim.quantities import parse, parse_instant
from sim.scenario.facts import Fact
from sim.scenario.schema import Scenario, Serial
from sim.worker import Row, with_unit

USUAL = (0.05, 0.95)  # shares of the runs between which a run usually falls
MOMENTS = {"lateness": 0, "finish_lateness": 1}  # measures in minutes after the plan: of COMEX, of FINEX
DIMENSIONS = {"s": "time", "min": "time", "m": "length", "share": "share"}
IN_UNIT = {"min": 60.0}  # SI in one of the measure's unit


class Reported(NamedTuple):
    """One reported quantity and what the runs show of it, in the measure's unit; moments are s after the beginning.

    usual: where nine runs in ten fall. is_moment: to be read on the clock of the exercise.
    """

    fact: str
    what: str
    value: float
    low: float
    high: float
    runs: int
    simulated: Estimate
    usual: tuple[float, float]
    unit: str
    is_moment: bool

    @property
    def verdict(self) -> str:
        """Whether what is reported is among what usually happens in the runs."""
        if not self.runs:
            return "never happened"
        if self.high < self.usual[0]:
            return "runs show more" if not self.is_moment else "runs are later"
        if self.low > self.usual[1]:
            return "runs show less" if not self.is_moment else "runs are earlier"
        return "agrees"

    def shown(self, amount: float, plan: Scenario) -> str:
        """An amount in words; a moment by the clock."""
        if isnan(amount):
            return ""
        if self.is_moment:
            return f"{plan.begins + timedelta(seconds=amount):%d %b %H:%M}"
        return f"{100 * amount:.3g} %" if self.unit == "share" else f"{amount:.4g}"


def reported(plan: Scenario, facts: Mapping[str, Fact], rows: Sequence[Row]) -> Iterator[Reported]:
    """Every fact that names a measure which shows it, with what some replications of a scenario say.

    A fact `of` a drill is compared with the scenario's last serial of it; without one it is not told.
    """
    good = [row for row in rows if row.fault is None]
    for name, fact in facts.items():
        try:
            kind = shelves.module("measures", fact.measure) if fact.measure else None
        except UnknownKind:
            kind = None
        serial = next((each for each in reversed(plan.serials) if each.drill == fact.of), None)
        if kind is None or fact.value is None or (fact.of and serial is None):
            continue
        key = fact.measure.replace("-", "_")
        is_moment = serial is not None and key in MOMENTS
        said = [
            _amount(text or fact.value, kind.UNIT, plan, is_moment)
            for text in (fact.value, fact.low, fact.high)
        ]
        values = [_moment(each, serial, key) if is_moment and serial is not None else each
                  for row in good if not isnan(each := _value(row, with_unit(key), serial))]  # fmt: skip
        usual = (quantile(values, USUAL[0]), quantile(values, USUAL[1])) if values else (float("nan"),) * 2
        what = shelves.summary("measures", fact.measure).rstrip(".").removesuffix(", by serial")
        if serial is not None:
            what = f"{('COMEX', 'FINEX')[MOMENTS[key]] if is_moment else what} of serial {serial.serial}, {serial.title}"
        yield Reported(
            name, what, said[0], said[1], said[2], len(values), mean(values), usual, kind.UNIT, is_moment
        )


def _value(row: Row, column: str, serial: Serial | None) -> float:
    found = row.measures.get(column, float("nan"))
    if isinstance(found, dict):
        return float(found.get(serial.serial if serial is not None else "", float("nan")))
    return float(found) if serial is None else float("nan")


def _moment(minutes: float, serial: Serial, key: str) -> float:
    """s from the beginning of the exercise."""
    planned = serial.planned_finex if MOMENTS[key] else serial.comex.value
    return planned + 60.0 * minutes


def _amount(text: str, unit: str, plan: Scenario, is_moment: bool) -> float:
    """What a fact says, in the unit of the measure; a moment as s from the beginning."""
    if is_moment:
        return (parse_instant(text) - plan.begins).total_seconds()
    return parse(text, DIMENSIONS.get(unit, "number")) / IN_UNIT.get(unit, 1.0)
