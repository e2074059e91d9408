"""Accounts: why a serial, a unit or a moment of a run came to what it did, from the causes in its log.

An account goes back from a record through the causes of the log to where the story begins: the weather, traffic, a
casualty, a delay, or an order (the schedule's or an officer's).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

from sim import shelves
from sim.errors import AccountError, unknown
from sim.log import Record
from sim.measures import score
from sim.outcomes import PUNCTUAL
from sim.quantities import HOUR, parse_moment, spoken
from sim.runs import Run
from sim.scenario.roles import muster
from sim.wording import clock, hold_length, sentence, serial

Root: TypeAlias = Literal["weather", "traffic", "casualty", "delay", "order"]
ROOTS: tuple[Root, ...] = get_args(Root)

# Kinds of record that something begins with, and what that is.
BEGINNINGS: dict[str, Root] = {
    "weather": "weather", "sun": "weather", "grounded": "weather", "deck-closed": "weather", "no-boat": "weather",
    "sighted": "traffic", "fouled": "traffic", "close-quarters": "traffic",
    "casualty": "casualty", "out-of-fuel": "casualty", "unserviceable": "casualty",
    "delayed": "delay", "repeated": "delay",
    "check-fire": "order", "no-way": "order", "hauled-off": "order",
}  # fmt: skip
# What a serial waited for, when nothing in its chain is a beginning of its own.
WAITS: dict[str, Root] = {
    "fog": "weather", "sea": "weather", "wind": "weather", "daylight": "weather", "foul-range": "traffic",
    "traffic": "traffic", "casualty": "casualty", "transit": "delay", "aircraft": "delay", "over-run": "delay",
    "time": "delay", "postponed": "delay",
}  # fmt: skip
STEPS = ("comex", "granted", "call", "resume", "postponed", "outcome", "startex")  # of a serial's own course
COURSE = (
    "call",
    "granted",
    "dropped-out",
    "substituted",
    "comex",
    "hold",
    "finex",
    "outcome",
)  # of one that went as planned
WAITING = ("hold", "postponed", "outcome", "dropped-out")  # kinds that say why
TROUBLES = ("dropped-out", "unserviceable", "delayed", "grounded", "casualty", "out-of-fuel", "no-way")
_TIME = re.compile(r"\d{1,2}:\d{2}|^\+")
_HOUR = re.compile(r"^(\d{1,2}):(\d{2})$", re.ASCII)


@dataclass(frozen=True)
class Account:
    """One story: what it is of, the records back to where it begins, and a sentence for each.

    lines: (time, sentence), what happened first and its causes in turn, then remarks that no one record makes.
    root: what the story begins with.
    """

    of: str
    records: tuple[Record, ...]
    lines: tuple[tuple[str, str], ...]
    root: Root | None

    def __str__(self) -> str:
        return "\n".join(self.told())

    def told(self) -> Iterator[str]:
        """The account as lines for a terminal."""
        yield f"{self.of}:"
        width = max((len(time) for time, _ in self.lines), default=0)
        yield from (f"  {time:>{width}}  {said}." for time, said in self.lines)
        if self.root is not None:
            yield f"  {'root':>{width}}  {self.root}"

    def content(self) -> dict[str, Any]:
        """The account as JSON has it."""
        said = [{"record": each.number, "kind": each.kind, "time_s": each.time, "clock": time, "sentence": words}
                for each, (time, words) in zip(self.records, self.lines, strict=False)]  # fmt: skip
        remarks = [words for _, words in self.lines[len(self.records) :]]
        return {"of": self.of, "root": self.root, "chain": said, "remarks": remarks}


def why(run: Run, what: str) -> list[Account]:
    """The accounts of a serial by its number, a unit by its name, or a moment like '21 Jul 16:05' or '16:05'.

    Raises AccountError for what is none of these.
    """
    if what in run.outcomes:
        return [of_serial(run, what)]
    units = [each.name for each in muster(run.plan)]
    if what in units:
        return list(of_unit(run, what))
    if _TIME.search(what):
        return list(of_moment(run, moment(run, what)))
    names = [*run.outcomes, *units]
    raise AccountError(f"{unknown('serial or unit', what, names)}; a time is written like '21 Jul 16:05'")


def of_serial(run: Run, number: str) -> Account:
    """Why a serial came to what it did; of one that was completed on time, which has no root, what made it so."""
    record, title = run.outcomes[number], f"Serial {number}, {run.serial(number).title}"
    details = record.details
    late = details["comex_s"] - details["planned_s"] > PUNCTUAL
    if details["result"] == "completed" and not late:
        return _as_planned(run, number, title)
    return _account(run, title, run.log.chain(record.number))


def _as_planned(run: Run, number: str, title: str) -> Account:
    """A serial's own course back from its outcome to the call of its units; then what it waited for, and its score."""
    own = [each for each in run.log.of(*COURSE) if each.serial == number]
    calls = [each for each in own if each.kind == "call"]  # of the aircraft, which need longer, then of all
    course = [each for each in reversed(own) if each not in calls[1:]]
    lines = [(clock(run.plan, each.time), _step(run, each)) for each in course]
    if not any(each.kind == "hold" for each in course):
        lines.append(("", "It waited for nothing"))
    lines.append(("", _score(run, number)))
    return Account(title, tuple(course), tuple(lines), None)


def _step(run: Run, record: Record) -> str:
    """A step of a serial's course, with who took part and when it was to be over."""
    said, number = sentence(run, record), record.serial or ""
    if record.kind == "granted":
        return f"{said}: {_manned(run, record)}"
    if record.kind == "finex":
        planned = run.serial(number).planned_finex
        early, at = planned - record.time, clock(run.plan, planned, day=False)
        if abs(early) <= 60.0:
            return f"{said}, at the planned {at}"
        return f"{said}, {spoken(abs(early))} {'before' if early > 0.0 else 'after'} the planned {at}"
    return said


def _manned(run: Run, granted: Record) -> str:
    """Who is in a serial when it has its units, by role."""
    there: dict[str, str] = {}
    for each in run.log.of("assigned", "dropped-out"):
        if each.serial == granted.serial and each.number < granted.number:
            if each.kind == "assigned":
                there[each.unit or ""] = each.details["role"]
            else:
                there.pop(each.unit or "", None)
    roles = dict.fromkeys(there.values())
    return "; ".join(
        f"{role} {', '.join(name for name, its in there.items() if its == role)}" for role in roles
    )


def _score(run: Run, number: str) -> str:
    """The score of a serial, in a word and in its parts."""
    found = run.once(score.parts)[number]
    by = (shelves.kind("drills", run.serial(number).drill).technical or "its purpose").replace("-", " ")
    told = ", ".join(
        f"{name} {got:.2f} of {most:.2f}" + (f" ({by})" if name == "technique" else "")
        for name, got, most in zip(found._fields, found, score.WHOLE, strict=True)
    )
    return f"Its score is {found.total:.2f}, {score.mark(found.total)}: {told}"


def of_unit(run: Run, name: str) -> Iterator[Account]:
    """What befell a unit, each with its causes; when nothing did, where it took part."""
    befell = [each for each in run.log.of(*TROUBLES) if each.unit == name]
    chains = [run.log.chain(each.number) for each in befell]
    within = {each.number for chain in chains for each in chain[1:]}
    for record, chain in zip(befell, chains, strict=True):
        if record.number not in within:  # else it is told as the cause of another
            yield _account(run, f"{name}, {clock(run.plan, record.time)}", chain)
    if not befell:
        there = [each for each in run.log.of("assigned") if each.unit == name]
        lines = tuple(
            (clock(run.plan, each.time), f"{name} is given to {serial(each.serial)}") for each in there
        )
        yield Account(
            f"{name}: nothing befell", tuple(there), lines or (("", "takes part in nothing"),), None
        )


def of_moment(run: Run, time: float) -> Iterator[Account]:
    """What each serial did at a moment: those on hold or put off with the causes, then those that ran."""
    running: list[Record] = []
    for number in run.outcomes:
        last, holds = _state(run, number, time)
        title = f"Serial {number}, {run.serial(number).title}, at {clock(run.plan, time)}"
        if holds:
            yield from (_account(run, title, run.log.chain(each.number)) for each in holds)
        elif last is not None and last.kind == "postponed":
            yield _account(run, title, run.log.chain(last.number))
        elif last is not None and last.kind in ("comex", "resume"):
            running.append(last)
    lines = tuple((clock(run.plan, each.time), sentence(run, each)) for each in running)
    nothing = ((clock(run.plan, time), "No serial is under way"),)
    yield Account(f"Under way at {clock(run.plan, time)}", tuple(running), lines or nothing, None)


def _state(run: Run, number: str, time: float) -> tuple[Record | None, list[Record]]:
    """The last turn of a serial up to a time, and the holds it is on then."""
    last: Record | None = None
    holds: dict[str, Record] = {}
    began: Record | None = None
    for record in run.log.of("call", "comex", "hold", "resume", "postponed", "outcome"):
        if record.time > time:
            break
        if record.serial != number:
            continue
        last = record
        if record.kind == "hold":
            holds[record.details["reason"]] = record
        elif record.kind == "resume":
            holds.pop(record.details["reason"], None)
        elif record.kind == "outcome":
            holds.clear()
        elif record.kind == "comex":
            began = record
    return (began if last is not None and last.kind == "resume" else last), list(holds.values())


def moment(run: Run, text: str) -> float:
    """Seconds since the beginning of a moment; a bare hour is that of the first day of the exercise that has it."""
    hour = _HOUR.match(text.strip())
    begins = run.plan.begins
    try:
        if hour is not None:
            found = (
                (int(hour[1]) - begins.hour) * HOUR + (int(hour[2]) - begins.minute) * 60.0 - begins.second
            )
            found += 24 * HOUR if found < 0.0 else 0.0
        else:
            found = parse_moment(text, begins)
    except ValueError as wrong:
        raise AccountError(str(wrong)) from None
    if not 0.0 <= found <= run.plan.length:
        raise AccountError(
            f"{text!r} is outside the exercise, {clock(run.plan, 0.0)} to {clock(run.plan, run.plan.length)}"
        )
    return found


def _account(run: Run, of: str, chain: list[Record]) -> Account:
    story = list(_story(run, chain))
    root, remark = _root(run, story)
    lines = [(clock(run.plan, each.time), sentence(run, each)) for each in story]
    if remark:
        lines.append(("", remark))
    return Account(of, tuple(story), tuple(lines), root)


def _story(run: Run, chain: list[Record]) -> Iterator[Record]:
    """A chain down to where its story begins.

    It ends with the last of the beginnings that follow one another without a serial's own course in between, or with a
    COMEX at its planned time: what was before that has delayed nothing. A short hold in a serial ahead is no reason for
    a long wait behind it; then the story goes to the COMEX of the serial ahead.
    """
    begun, waited = False, 0.0
    for record in chain:
        if begun and record.kind in STEPS:
            return
        if record.kind == "resume" and record.details["held_s"] < waited / 2.0:
            ahead = [
                each
                for each in run.log.of("comex")
                if each.serial == record.serial and each.time <= record.time
            ]
            yield from ahead[-1:]
            return
        yield record
        if record.kind == "hold" and record.details["reason"] == "over-run":
            waited = hold_length(run, record)
        begun = begun or record.kind in BEGINNINGS
        if record.kind == "comex" and record.time - record.details["planned_s"] <= PUNCTUAL:
            return


def _root(run: Run, story: list[Record]) -> tuple[Root, str]:
    """What a story begins with, and a last sentence where its records leave that open."""
    for record in reversed(story):
        if record.kind in BEGINNINGS:
            return BEGINNINGS[record.kind], ""
    waited = [each.details["reason"] for each in story if each.kind in WAITING]
    behind = [each for each in story if each.kind == "hold" and each.details["reason"] == "over-run"]
    others = [each.serial for each in story if each.serial not in (None, behind[-1].serial)] if behind else []
    if others:
        return _ahead(run, others[-1] or "", behind[-1])
    word = next((each for each in reversed(waited) if each), "")
    if word == "transit":
        return "delay", "Its units were farther off than they could steam in the time they had"
    if word == "time":
        return "delay", "It took longer than the time there was"
    if word == "endex":
        return "order", "The exercise was over, and nothing else had stood in its way"
    return WAITS.get(word, "order"), ""


def _ahead(run: Run, number: str, hold: Record) -> tuple[Root, str]:
    """Whether a serial in the way took longer than planned, or the schedule left too little room after it."""
    plan, follower = run.serial(number), hold.serial or ""
    over, held = run.outcomes[number].details["finex_s"] - plan.planned_finex, hold_length(run, hold)
    said, gap = serial(number, capital=True), run.serial(follower).comex.value - plan.planned_finex
    if over > held / 2.0:
        return "delay", f"{said} ended {spoken(over)} after its planned FINEX"
    kept = f"ended {spoken(over)} after its planned FINEX" if over > PUNCTUAL / 3.0 else "kept to its time"
    left = (
        f"{spoken(gap)} between it and {serial(follower)}"
        if gap >= 0.0
        else f"no time before {serial(follower)}"
    )
    return "order", f"{said} {kept}; the schedule leaves {left}"
