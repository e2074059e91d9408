"""What became of each serial, as values: times, holds, causes, scores, who worked with whom; for every kind of report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import isnan
from typing import NamedTuple

from sim.log import Kind, Record
from sim.measures._pairs import edges
from sim.plots._rows import Hold, Row, rows
from sim.report._captions import QUIET, clock, lasting, said
from sim.runs import Run
from sim.scoreboard import REASONS
from sim.tables import measure_rows

WHOLE = 1000.0  # from here on a number needs no fraction


class Measured(NamedTuple):
    """One measure of one thing. of: what kind of thing; key: which."""

    measure: str
    of: str
    key: str
    value: float | None
    unit: str

    @property
    def name(self) -> str:
        """In words."""
        return self.measure.replace("_", " ")

    @property
    def shown(self) -> str:
        """The value with its unit."""
        if self.value is None:
            return "none"
        if self.unit == "share":
            return f"{100.0 * self.value:.1f} %"
        whole = float(self.value).is_integer() or abs(self.value) >= WHOLE
        number = f"{self.value:.0f}" if whole else f"{self.value:.4g}"
        return f"{number} {self.unit}".rstrip()


class Told(NamedTuple):
    """A record in words, with its place in time."""

    time: float
    kind: str
    words: str


class Account(NamedTuple):
    """All that is told of one serial. place: from 1, in the plan. pairs: interactions across the boundary."""

    place: int
    row: Row
    drill: str
    drill_title: str
    area: str
    units: tuple[tuple[str, str], ...]
    causes: tuple[Told, ...]
    measures: tuple[Measured, ...]
    pairs: tuple[tuple[str, str, int], ...]
    events: tuple[Told, ...]

    @property
    def manning(self) -> str:
        """Who took part, role by role."""
        roles: dict[str, list[str]] = {}
        for name, role in self.units:
            roles.setdefault(role, []).append(name)
        return "; ".join(f"{role}: {', '.join(names)}" for role, names in roles.items()) or "none"

    @property
    def link(self) -> str:
        """The name of its part of the page."""
        return f"serial-{self.place}"

    def measure(self, name: str) -> Measured | None:
        """One of its measures."""
        return next((each for each in self.measures if each.measure == name), None)


def measured(run: Run) -> list[Measured]:
    """Every measure of a run, as in its table."""
    return [Measured(**row) for row in measure_rows(run)]


def accounts(run: Run) -> list[Account]:
    """Every serial of a run, in the order of the plan."""
    kinds = {each.word: each for each in run.log.kinds()}
    told: dict[str, list[Told]] = {}
    roles: dict[str, dict[str, str]] = {}
    areas = {record.serial: record.details["area"] for record in run.log.of("comex")}
    pairs = interactions(run)
    for record in run.log:
        if record.serial is None:
            continue
        if record.kind == "assigned":
            roles.setdefault(record.serial, {})[record.unit or ""] = record.details["role"]
        if record.kind not in QUIET:
            told.setdefault(record.serial, []).append(_told(record, kinds))
    values: dict[str, list[Measured]] = {}
    for each in run.once(measured):
        if each.of == "serial":
            values.setdefault(each.key, []).append(each)
    found = []
    for place, row in enumerate(rows(run), 1):
        number, plan = row.serial, run.serial(row.serial)
        area = areas.get(number) or plan.area or ""
        found.append(
            Account(
                place, row, plan.drill, plan.drill.replace("-", " "),
                (run.plan.areas[area].title or area) if area in run.plan.areas else area,
                tuple(roles.get(number, {}).items()),
                tuple(_told(record, kinds, number) for record in run.why(number)),
                tuple(values.get(number, ())),
                tuple((*pair, count) for pair, count in pairs.get(number, {}).items()),
                tuple(told.get(number, ())),
            )
        )  # fmt: skip
    return found


def interactions(run: Run) -> Mapping[str | None, Counter[tuple[str, str]]]:
    """Records in which two units of different forces worked together, by serial and pair, the one first in the plan first."""
    found: dict[str | None, Counter[tuple[str, str]]] = {}
    for edge in run.once(edges):
        if edge.across:
            found.setdefault(edge.serial, Counter())[edge.pair] += 1
    return found


def _told(record: Record, kinds: dict[str, Kind], told_of: str | None = None) -> Told:
    """A record in words; one of another serial than is told of says so."""
    other = (
        f"Serial {record.serial}: " if told_of is not None and record.serial not in (None, told_of) else ""
    )
    return Told(record.time, record.kind, other + said(record, kinds[record.kind]))


def times(run: Run, row: Row) -> list[tuple[str, str, str]]:
    """(what, COMEX, FINEX) as planned, put off to, and as they were."""
    found = [("planned", clock(run, row.planned.start), clock(run, row.planned.end))]
    found += [("put off to", clock(run, each.start), clock(run, each.end)) for each in row.alternates]
    actual = row.actual
    nothing = float("nan")
    start, end = (nothing, nothing) if actual is None else (actual.start, actual.end)
    return [*found, ("actual", clock(run, start), clock(run, end))]


def outcome(row: Row) -> str:
    """The result in words with its reason: completed (poor visibility)."""
    reason = REASONS.get(row.reason, row.reason)
    share = "" if row.result in ("completed", "cancelled") or isnan(row.share) else f", {row.share:.0%} done"
    return f"{row.result}{share}" + (f" ({reason})" if reason else "")


def hold_words(run: Run, hold: Hold) -> str:
    """A hold: from when to when, how long, and why."""
    reason = REASONS.get(hold.reason, hold.reason)
    return f"{clock(run, hold.start)} to {clock(run, hold.end)}, {lasting(hold.end - hold.start)}: {reason}"


def late(row: Row) -> str:
    """How much later than planned a serial began."""
    if row.actual is None:
        return ""
    minutes = row.actual.start - row.planned.start
    return (
        "on the minute"
        if abs(minutes) < 30.0
        else f"{lasting(abs(minutes))} {'late' if minutes > 0 else 'early'}"
    )
