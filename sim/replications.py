"""Many replications of one exercise, by any executor: the same rows whoever plays them, in whatever order.

Replication k of many is replication k alone: it is part of the key of every random stream. Workers send back
small rows, and logs only when asked. One that fails is told, and the others go on; one that kills its worker again and again is
set aside.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ALL_COMPLETED, FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass
from typing import Any, TypeAlias

from sim import outside, shelves
from sim.crews import AHEAD, Crew, InTurn, Lent, Processes
from sim.errors import NavdrillError, UnknownKind, unknown
from sim.scenario.schema import Scenario
from sim.worker import Play, Row, Task, packed

LONGEST = 25  # replications a piece; a second or so of work, so that progress shows and little is lost
ROUNDS = 8  # pieces left for each worker, whatever is left, so that all end together
STRIKES = 2  # workers a replication may end, alone, before it is set aside
BARREN = 8  # times workers may end before any piece is done; then it is not the replications' fault


@dataclass(frozen=True, slots=True)
class Job:
    """Replications of one plan. plan: packed. place: the point of a study it is, as faults say it."""

    plan: bytes
    seed: int
    numbers: Sequence[int]
    place: str = ""


def replicate(plan: Scenario, seed: int, count: int, *, skip: Iterable[int] = (),
              finished: Callable[[list[Row]], None] | None = None, **how: Any) -> list[Row]:  # fmt: skip
    """Plays replications 0 to count - 1 and gives a row for each, in order.

    skip: replications not to play. finished: called here with the rows of each chunk as it comes. how: as `play_all`
    takes it. Raises UnknownKind for a measure nobody knows, NavdrillError when workers cannot even start.
    """
    found: list[Row] = []

    def keep(_: int, rows: list[Row]) -> None:
        found.extend(rows)
        if finished is not None:
            finished(rows)

    play_all([Job(packed(plan), seed, sorted(set(range(count)) - set(skip)))], keep, **how)
    return sorted(found, key=lambda row: row.replication)


def play_all(
    jobs: Sequence[Job],
    finished: Callable[[int, list[Row]], None],
    *,
    measures: Iterable[str] = (),
    executor: Executor | None = None,
    workers: int = 1,
    chunk: int | None = None,
    play: Play | None = None,
    limit: float | None = None,
    logs: bool = False,
) -> None:
    """Plays all replications of several plans. finished: called here with the place of a job and some of its rows, as they come.

    measures: names, as `Run.measures` takes them; without any, those of the exercise as a whole and KEYED.
    executor: who plays; without one this process for one worker, processes of their own for more. workers: how
    many there are. chunk: replications sent at once; without it as many as suits. play: plays one, in place of `sim.runs.play`.
    limit: s that one may take. logs: rows with their logs in place of measures. Raises UnknownKind for a measure nobody knows, NavdrillError when workers cannot even start.
    """
    asked = known_measures(measures)
    own = executor is None and workers > 1
    lone = jobs[0].plan if own and len(jobs) == 1 else None  # a worker gets it once, as it begins
    crew: Crew
    if own:
        crew = Processes(lone or b"", workers)
    else:
        crew = Lent(executor or InTurn(), 1 if executor is None else AHEAD * workers)
    kinds = outside.named()
    tasks = [
        Task(None if lone else job.plan, job.seed, asked, play, kinds, limit, job.place, logs) for job in jobs
    ]
    left = deque((place, number) for place, job in enumerate(jobs) for number in job.numbers)
    try:
        for place, rows in _Series(crew, tasks, left, workers, chunk).rows():
            finished(place, rows)
    finally:
        crew.leave()


def known_measures(names: Iterable[str]) -> tuple[str, ...]:
    """Names of measures as modules have them. Raises UnknownKind with the nearest name."""
    asked = tuple(name.replace("-", "_") for name in names)
    known = [name.replace("-", "_") for name in shelves.names("measures")]
    for name in asked:
        if name not in known:
            raise UnknownKind(unknown("measure", name, known))
    return asked


Piece: TypeAlias = tuple[int, tuple[int, ...]]
"""Replications of one job: its place, and their numbers."""


class _Series:
    """A series of replications under way.

    When a worker dies, all that had been sent is suspect, since nobody can say whose fault it was: each suspect is
    first played as a chunk of its own, then with nothing else under way, and so the culprit is found.

    left, suspects, alone: what has not been sent, in these three ways. sent: the pieces under way. watched: the
    replication that has been sent alone.
    """

    def __init__(
        self, crew: Crew, tasks: Sequence[Task], left: deque[tuple[int, int]], workers: int, chunk: int | None
    ) -> None:
        self.crew, self.tasks, self.left, self.workers, self.chunk = crew, tasks, left, workers, chunk
        self.suspects, self.alone = deque[tuple[int, int]](), deque[tuple[int, int]]()
        self.sent: dict[Future[list[Row]], Piece] = {}
        self.watched: tuple[int, int] | None = None
        self.strikes: Counter[tuple[int, int]] = Counter()
        self.breaks, self.fruitful = 0, False  # whether any piece ever came back

    def rows(self) -> Iterator[tuple[int, list[Row]]]:
        """The rows of each chunk as it comes, with the place of its job."""
        try:
            while self.left or self.suspects or self.alone or self.sent:
                whole = self._send()
                found, lost = self._receive(FIRST_COMPLETED)
                if lost or not whole:
                    more, last = self._receive(ALL_COMPLETED)  # what was under way ends with its workers
                    found += more + self._sift(lost + last)
                    self._mend()
                yield from found
        finally:
            for future in self.sent:
                future.cancel()

    def _send(self) -> bool:
        """Sends what there is room for; tells whether the workers were there to take it."""
        while (piece := self._next()) is not None:
            place, numbers = piece
            try:
                self.sent[self.crew.submit(self.tasks[place], numbers)] = piece
            except BrokenExecutor:
                again = [(place, number) for number in numbers]
                (self.alone if self.watched is not None else self.suspects).extend(again)
                self.watched = None
                return False
        return True

    def _next(self) -> Piece | None:
        """The next piece to send; none when there is no room for it, or nothing left."""
        if self.watched is not None or len(self.sent) >= (1 if self.alone else self.crew.room):
            return None
        if self.alone:
            self.watched = place, number = self.alone.popleft()
            return place, (number,)
        if self.suspects:
            place, number = self.suspects.popleft()
            return place, (number,)
        if not self.left:
            return None
        size = self.chunk or max(1, min(LONGEST, len(self.left) // (ROUNDS * self.workers)))
        place, numbers = self.left[0][0], list[int]()
        while self.left and len(numbers) < size and self.left[0][0] == place:
            numbers.append(self.left.popleft()[1])
        return place, tuple(numbers)

    def _receive(self, until: str) -> tuple[list[tuple[int, list[Row]]], list[Piece]]:
        """The rows of what has come back, and the pieces lost with their workers."""
        found, lost = [], []
        done = wait(self.sent, return_when=until).done
        for future in [
            each for each in self.sent if each in done
        ]:  # as they were sent, not as a set has them
            piece = self.sent.pop(future)
            try:
                found.append((piece[0], future.result()))
            except BrokenExecutor:
                lost.append(piece)
            else:
                self.watched, self.fruitful = None, True
        return found, lost

    def _sift(self, lost: list[Piece]) -> list[tuple[int, list[Row]]]:
        """Says how each lost replication is tried again; gives a row for one that is set aside."""
        found = []
        for place, numbers in lost:
            if len(numbers) > 1:
                self.suspects.extend((place, number) for number in numbers)
                continue
            which = place, numbers[0]
            self.strikes[which] += which == self.watched
            if self.strikes[which] < STRIKES:
                self.alone.append(which)
            else:
                sentence = f"ended its worker {STRIKES} times {self.tasks[place].where(numbers[0])}"
                found.append((place, [Row(numbers[0], fault=sentence)]))
        self.watched = None
        return found

    def _mend(self) -> None:
        self.breaks += 1
        if not self.fruitful and self.breaks >= BARREN:
            raise NavdrillError(
                f"{self.breaks} times the workers ended before one replication was played; a script that asks for "
                "workers does so under `if __name__ == '__main__':`, and each needs memory for an exercise"
            )
        self.crew.mend()
