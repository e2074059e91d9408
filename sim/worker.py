"""What a worker does: plays some replications of an exercise and gives back small rows, not logs."""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from multiprocessing import connection
from multiprocessing.synchronize import Event
from typing import TYPE_CHECKING, Any, TypeAlias

from sim import later, shelves
from sim.errors import NavdrillError
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    from sim.runs import Run

KEYED = ("lateness", "score")  # measures of each serial that are asked for when none are named

Play: TypeAlias = "Callable[[Scenario, int, int], Run]"


@dataclass(frozen=True, slots=True)
class Row:
    """What one replication gives back, or why it gives nothing.

    measures: by name with its unit; a number, or numbers by serial, unit or area. outcomes: result and reason by
    serial. fault: the sentence of what broke, and then the rest is empty.
    """

    replication: int
    fingerprint: str = ""
    measures: dict[str, Any] = field(default_factory=dict)
    outcomes: dict[str, tuple[str, str]] = field(default_factory=dict)
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker needs besides the numbers. plan: pickled; None where `enter` has brought it."""

    plan: bytes | None
    seed: int
    measures: tuple[str, ...]
    play: Play | None
    kinds: tuple[str, ...] = ()  # folders from outside: a lent executor's process may not have inherited them


class Given:
    """What `enter` brings to a worker: the pickled plan, and whether to stop."""

    plan: bytes = b""
    stop: Event | None = None


def enter(plan: bytes, stop: Event) -> None:
    """A worker begins."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, daemon=True).start()
    later.put_off()
    Given.plan, Given.stop = plan, stop


def _follow() -> None:
    """Ends this process with the one that started it, however that ended."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


@lru_cache(maxsize=1)
def _plan(pickled: bytes) -> Scenario:
    plan: Scenario = pickle.loads(pickled)
    if (
        multiprocessing.parent_process() is not None
    ):  # a worker's own process: what stays is not searched again and again
        gc.collect()
        gc.freeze()
    return plan


def work(task: Task, numbers: tuple[int, ...]) -> list[Row]:
    """Plays some replications, in a worker; fewer when told to stop."""
    if task.kinds:
        shelves.use(*task.kinds)
    plan, rows = _plan(Given.plan if task.plan is None else task.plan), []
    for number in numbers:
        if Given.stop is not None and Given.stop.is_set():
            break
        rows.append(_row(plan, task, number))
    return rows


def _row(plan: Scenario, task: Task, number: int) -> Row:
    from sim.runs import play  # noqa: PLC0415  # with Mesa, which whoever only hands out work does not need

    try:
        run = (task.play or play)(plan, task.seed, number)
        outcomes = {
            serial: (record.details["result"], record.details["reason"] or "")
            for serial, record in run.outcomes.items()
        }
        asked = task.measures or _usual()
        measures = {_with_unit(name): value for name, value in run.measures(*asked).items()}
        return Row(number, run.fingerprint, measures, outcomes)
    except NavdrillError as broken:
        return Row(number, fault=str(broken))
    except Exception as broken:  # whatever it is, the other replications go on
        place = f"(seed {task.seed}, replication {number})"
        return Row(number, fault=f"broke {place}: {type(broken).__name__}: {broken}")


@cache
def _usual() -> tuple[str, ...]:
    names = shelves.names("measures")
    whole = [name for name in names if shelves.module("measures", name).OF == "exercise"]
    return tuple(name.replace("-", "_") for name in (*whole, *KEYED))


@cache
def _with_unit(measure: str) -> str:
    """The name of a measure with its unit, unless it says that already."""
    unit = shelves.module("measures", measure.replace("_", "-")).UNIT.replace(" ", "_")
    return measure if unit in measure else f"{measure}_{unit}"
