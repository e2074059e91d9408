"""One replication: against bare SimPy with as many events, and against its own stepped variant. P1 and P2."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import simpy
from measuring import NUMBA, SEED, SWITCH, Row, cpu, in_turn, scenario
from stepped import stepped

from sim.audit import Audit
from sim.exercise import Exercise
from sim.log import Log
from sim.runs import play
from sim.scenario.read import read
from sim.scenario.schema import Scenario

PROCESSES = 1000  # of the bare program; each waits again and again
TIMES = {"0": 3.0, "1": 2.0}  # P1: as many times bare SimPy without and with the compiled extra
NAMES = {"0": "NumPy", "1": "compiled"}
STEP, FASTER = 10.0, 25.0  # P2: s, times


@contextmanager
def switched(value: str) -> Iterator[None]:
    """With the compiled extra switched on or off."""
    before = os.environ.get(SWITCH)
    os.environ[SWITCH] = value
    try:
        yield
    finally:
        os.environ.pop(SWITCH)
        if before is not None:
            os.environ[SWITCH] = before


def events_of(plan: Scenario) -> tuple[int, int]:
    """How many SimPy events an exercise processes from beginning to end, and how many crossings."""
    exercise = Exercise(plan, SEED)
    count, step = 0, exercise.env.step

    def counted() -> None:
        nonlocal count
        count += 1
        step()

    exercise.env.step = counted  # type: ignore[method-assign]  # SimPy's own run asks for it each time
    exercise.run()
    return count, exercise.contacts.crossed


def bare(events: int) -> None:
    """A SimPy program that does nothing but wait, with as many events: what the kernel itself costs."""
    env = simpy.Environment()
    each = max(1, events // PROCESSES - 2)  # a process begins and ends with an event of its own

    def wait(delay: float) -> Iterator[simpy.Event]:
        for _ in range(each):
            yield env.timeout(delay)

    for number in range(min(PROCESSES, events)):
        env.process(wait(1.0 + number / PROCESSES))
    env.run()


def rows(quick: bool) -> Iterator[Row]:
    """The rows of one replication."""
    path, times = scenario(quick), 2 if quick else 15
    plan = read(path)
    run = play(plan, SEED)
    events, crossed = events_of(plan)
    yield Row("scenario", f"{path.stem}, seed {SEED}")
    yield Row("reading the scenario", f"{1e3 * cpu(lambda: read(path), min(times, 5)):.0f} ms CPU")
    yield Row("SimPy events, crossings and records in it", f"{events}, {crossed}, {len(run.log)}")
    for switch in ("0", "1") if NUMBA else ("0",):
        with switched(switch):
            play(plan, SEED)
            playing, kernel = in_turn(times, lambda: play(plan, SEED), lambda: bare(events + crossed))
        ratio = playing / kernel
        yield Row(
            f"one replication against bare SimPy with as many events, {NAMES[switch]}",
            f"{1e3 * playing:.1f} ms against {1e3 * kernel:.1f} ms: {ratio:.1f} times; "
            f"{len(run.log) / playing:,.0f} records a second, {plan.length / playing:,.0f} times the clock",
            "P1",
            f"at most {TIMES[switch]:.0f} times",
            ratio <= TIMES[switch],
        )
    yield from _stepped(plan, times)


def _stepped(plan: Scenario, times: int) -> Iterator[Row]:
    """Against the same exercise in which whoever watches for something looks at every step of the clock."""
    audit = Audit()
    found = _found(play(plan, SEED, audit=audit).log)
    looked = _found(stepped(plan, SEED, STEP).log)

    def step_by_step() -> None:
        stepped(plan, SEED, STEP)
        audit.stepped(STEP)

    playing, stepping = in_turn(min(times, 3), lambda: play(plan, SEED), step_by_step)
    yield Row(
        "one replication against its own 10-second-stepped variant",
        f"{1e3 * playing:.1f} ms against {1e3 * stepping:.0f} ms: {stepping / playing:.1f} times; in the steps' log "
        + ", ".join(f"{looked[word]} {word} of {found[word]}" for word in found),
        "P2",
        f"at least {FASTER:.0f} times",
        stepping / playing >= FASTER,
    )


def _found(log: Log) -> dict[str, int]:
    """How often somebody was found, and a serial stopped for safety."""
    return {word: sum(1 for _ in log.of(word)) for word in ("detected", "check-fire")}
