"""Rows of a timeline: what was planned for each serial, what became of it, and that in words."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import isnan
from typing import NamedTuple

from sim.log import Record
from sim.outcomes import PUNCTUAL
from sim.plots._clock import Span
from sim.plots._style import span
from sim.runs import Run
from sim.scenario.roles import muster

BRIEF = 5 * 60.0  # s; shorter holds are drawn but not told in words


class Hold(NamedTuple):
    """A wait of one serial and its reason. start, end: s since the exercise begins."""

    start: float
    end: float
    reason: str


class Alternate(NamedTuple):
    """When a serial was put off to, and why. start, end: s since the exercise begins."""

    start: float
    end: float
    reason: str


class Row(NamedTuple):
    """One serial: what was planned, what became of it. actual: COMEX to FINEX, None when it never began."""

    serial: str
    title: str
    force: str
    planned: Span
    alternates: tuple[Alternate, ...]
    actual: Span | None
    holds: tuple[Hold, ...]
    result: str
    reason: str
    share: float

    @property
    def attempts(self) -> tuple[Span, ...]:
        """When it was planned, and then each time it was put off to."""
        return (self.planned, *(Span(each.start, each.end) for each in self.alternates))


def rows(run: Run) -> list[Row]:
    """Every serial of the run in the order of the plan."""
    held = holds(run)
    officer = next(
        each.force for each in muster(run.plan) if each.name == run.plan.command.officer_conducting
    )
    put_off: dict[str | None, list[Record]] = {}
    for record in run.log.of("postponed"):
        put_off.setdefault(record.serial, []).append(record)
    found = []
    for number, outcome in run.outcomes.items():
        plan, told = run.serial(number), outcome.details
        length = plan.duration.value
        found.append(
            Row(
                number, plan.title, plan.command or officer, Span(plan.comex.value, plan.planned_finex),
                tuple(Alternate(each.details["comex_s"], each.details["comex_s"] + length, each.details["reason"])
                      for each in put_off.get(number, ())),
                None if isnan(told["comex_s"]) else Span(told["comex_s"], told["finex_s"]),
                held.get(number, ()), told["result"], told["reason"] or "", told["share"],
            )
        )  # fmt: skip
    return found


def holds(run: Run) -> dict[str, tuple[Hold, ...]]:
    """The holds of each serial; one that is never lifted ends with the attempt it stopped."""
    open_: dict[tuple[str, str], float] = {}
    found: dict[str, list[Hold]] = {}
    for record in run.log.of("hold", "resume", "postponed", "finex", "outcome"):
        serial, reason = record.serial or "", record.details.get("reason") or ""
        if record.kind == "hold":
            open_[serial, reason] = record.time
            continue
        ended = (
            [(serial, reason)] if record.kind == "resume" else [each for each in open_ if each[0] == serial]
        )
        for key in ended:
            found.setdefault(serial, []).append(Hold(open_.pop(key), record.time, key[1]))
    return {serial: tuple(sorted(each)) for serial, each in found.items()}


def note(row: Row, begins: datetime) -> str:
    """What went otherwise than planned, in the words of the log; nothing when all went well."""
    said = {row.reason, *(alternate.reason for alternate in row.alternates)}
    parts = [
        f"put off to {begins + timedelta(seconds=alternate.start):%d %b %H:%M}: {alternate.reason}"
        for alternate in row.alternates
    ]
    late = row.actual.start - row.planned.start if row.actual else 0.0
    if late > PUNCTUAL and not row.alternates:
        why = f": {row.reason}" if row.result == "completed" and row.reason not in ("", "time") else ""
        parts.append(f"{span(late)} late{why}")
    if row.result == "cancelled":
        parts.append(f"cancelled: {row.reason}")
    elif row.result != "completed" or row.reason == "time":
        parts.append(f"{row.result} at {row.share:.0%}: {row.reason}")
    waits: dict[str, float] = {}
    for hold in row.holds:
        waits[hold.reason] = waits.get(hold.reason, 0.0) + hold.end - hold.start
    parts += [
        f"held {span(wait)}: {reason}"
        for reason, wait in waits.items()
        if wait >= BRIEF and reason not in said
    ]
    return ", ".join(parts)
