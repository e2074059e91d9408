"""Who plays replications: this process, processes of our own, or somebody else's executor."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, Protocol

from sim.errors import NavdrillError
from sim.worker import Row, Task, enter, work

AHEAD = 2  # pieces a worker has been sent, so that it never waits for the next
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")


class Crew(Protocol):
    """Whoever plays. room: how many pieces it is sent at once."""

    room: int

    def submit(self, task: Task, numbers: tuple[int, ...]) -> Future[list[Row]]: ...

    def mend(self) -> None: ...

    def leave(self) -> None: ...


class InTurn(Executor):
    """An executor that does each thing at once, in this process."""

    def submit(self, work, /, *given, **named):  # type: ignore[no-untyped-def]  # as Executor has it
        """The future of a piece of work that is done already."""
        future: Future[Any] = Future()
        try:
            future.set_result(work(*given, **named))
        except Exception as broken:
            future.set_exception(broken)
        return future


class Lent:
    """An executor that is somebody else's: not to be mended, nor to be closed."""

    def __init__(self, executor: Executor, room: int) -> None:
        self.executor, self.room = executor, room

    def submit(self, task: Task, numbers: tuple[int, ...]) -> Future[list[Row]]:
        return self.executor.submit(work, task, numbers)

    def mend(self) -> None:
        raise NavdrillError(f"the executor broke: {type(self.executor).__name__}")

    def leave(self) -> None:
        pass


class Processes:
    """Processes of our own, that get the scenario once and end with the process that started them."""

    def __init__(self, plan: bytes, workers: int) -> None:
        self.room, self._plan, self._workers = AHEAD * workers, plan, workers
        self._context = multiprocessing.get_context("spawn")  # fork copies locks and threads as they are
        self._stop = self._context.Event()
        self._start()

    def _start(self) -> None:
        self._executor = ProcessPoolExecutor(
            self._workers, self._context, initializer=enter, initargs=(self._plan, self._stop)
        )

    def submit(self, task: Task, numbers: tuple[int, ...]) -> Future[list[Row]]:
        with _one_thread(), _deaf():  # a process may be started here
            return self._executor.submit(work, task, numbers)

    def mend(self) -> None:
        self._executor.shutdown()
        self._start()

    def leave(self) -> None:
        self._stop.set()
        self._executor.shutdown(cancel_futures=True)


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _one_thread() -> Iterator[None]:
    """Processes started inside count on one processor each, unless the environment says otherwise."""
    added = [name for name in THREADS if name not in os.environ]
    os.environ.update(dict.fromkeys(added, "1"))
    try:
        yield
    finally:
        for name in added:
            del os.environ[name]


@contextmanager
def _deaf() -> Iterator[None]:
    """Processes started inside do not hear Ctrl-C: it is for the one who started them. Later, it is heard here."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
