"""What a worker does: plays some replications of an exercise and gives back small rows, or the logs where they are asked for."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import pickle
import signal
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache
from multiprocessing import connection
from multiprocessing.synchronize import Event
from typing import TYPE_CHECKING, Any, TypeAlias

from sim import later, shelves
from sim.errors import NavdrillError
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    from sim.log import Log
    from sim.runs import Run

KEYED = ("lateness", "score", "finish_lateness", "slack", "criticality", "pushes")

Play: TypeAlias = "Callable[[Scenario, int, int], Run]"


@dataclass(slots=True)  # not frozen: a study reads a hundred thousand of them at once
class Row:
    """What one replication gives back, or why it gives nothing.

    measures: by name with its unit; a number, or numbers by serial, unit or area. outcomes: result and reason by
    serial. fault: the sentence of what broke, and then the rest is empty. log: when it was asked for, and then there is neither
    measure nor outcome, which follow from it.
    """

    replication: int
    fingerprint: str = ""
    measures: dict[str, Any] = field(default_factory=dict)
    outcomes: dict[str, tuple[str, str]] = field(default_factory=dict)
    fault: str | None = None
    log: Log | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker needs besides the numbers. plan: packed; None where `enter` has brought it.

    limit: s that one replication may take. place: of which point of a study, as faults say it. logs: give them back.
    """

    plan: bytes | None
    seed: int
    measures: tuple[str, ...]
    play: Play | None
    kinds: tuple[str, ...] = ()  # folders from outside: a lent executor's process may not have inherited them
    limit: float | None = None
    place: str = ""
    logs: bool = False

    def where(self, number: int) -> str:
        """One of its replications, as faults name it."""
        return f"({self.place}seed {self.seed}, replication {number})"


class Given:
    """What `enter` brings to a worker: the packed plan, and whether to stop."""

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


def packed(plan: Scenario) -> bytes:
    """A plan as it is sent to workers."""
    return zlib.compress(pickle.dumps(plan), 1)


@lru_cache(maxsize=1)
def _plan(sent: bytes) -> Scenario:
    plan: Scenario = pickle.loads(zlib.decompress(sent))
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
        with at_most(task.limit):
            run = (task.play or play)(plan, task.seed, number)
        if task.logs:
            return Row(number, run.fingerprint, log=run.log)
        outcomes = {
            serial: (record.details["result"], record.details["reason"] or "")
            for serial, record in run.outcomes.items()
        }
        asked = task.measures or _usual()
        measures = {with_unit(name): value for name, value in run.measures(*asked).items()}
        return Row(number, run.fingerprint, measures, outcomes)
    except TooLong:
        return Row(number, fault=f"took more than {task.limit:g} s and was ended {task.where(number)}")
    except NavdrillError as broken:
        return Row(number, fault=str(broken))
    except Exception as broken:  # whatever it is, the other replications go on
        return Row(number, fault=f"broke {task.where(number)}: {type(broken).__name__}: {broken}")


class TooLong(BaseException):
    """A replication has had its time. Not an Exception: nothing in a run may take it for one of its own."""


@contextmanager
def at_most(seconds: float | None) -> Iterator[None]:
    """Ends what is inside by TooLong after so long, in whatever thread it runs; None is without end.

    Python raises it between two of its own instructions, so a call that never comes back is not ended.
    """
    if seconds is None:
        yield
        return
    thread, turn, over = threading.get_ident(), threading.Lock(), False

    def end() -> None:
        with turn:
            if not over:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(TooLong))

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with turn:
            over = True
        timer.cancel()


@cache
def _usual() -> tuple[str, ...]:
    names = shelves.names("measures")
    whole = [name for name in names if shelves.module("measures", name).OF == "exercise"]
    return tuple(name.replace("-", "_") for name in (*whole, *KEYED))


@cache
def with_unit(measure: str) -> str:
    """The name of a measure with its unit, unless it says that already."""
    unit = shelves.module("measures", measure.replace("_", "-")).UNIT.replace(" ", "_")
    return measure if unit in measure else f"{measure}_{unit}"
