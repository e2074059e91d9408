"""Many replications of one exercise, by any executor: the same rows whoever plays them, in whatever order.

Replication k of many is replication k alone: it is part of the key of every random stream. Workers send back
small rows, not logs. One that fails is told, and the others go on; one that kills its worker again and again is
set aside.
"""

from __future__ import annotations

import pickle
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ALL_COMPLETED, FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait

from sim import outside, shelves
from sim.crews import AHEAD, Crew, InTurn, Lent, Processes
from sim.errors import NavdrillError, UnknownKind, unknown
from sim.scenario.schema import Scenario
from sim.worker import Play, Row, Task

LONGEST = 25  # replications a piece; a second or so of work, so that progress shows and little is lost
ROUNDS = 8  # pieces left for each worker, whatever is left, so that all end together
STRIKES = 2  # workers a replication may end, alone, before it is set aside
BARREN = 8  # times workers may end before any piece is done; then it is not the replications' fault


def replicate(
    plan: Scenario,
    seed: int,
    count: int,
    *,
    measures: Iterable[str] = (),
    executor: Executor | None = None,
    workers: int = 1,
    chunk: int | None = None,
    skip: Iterable[int] = (),
    finished: Callable[[list[Row]], None] | None = None,
    play: Play | None = None,
) -> list[Row]:
    """Plays replications 0 to count - 1 and gives a row for each, in order.

    measures: names, as `Run.measures` takes them; without any, those of the exercise as a whole and KEYED.
    executor: who plays; without one this process for one worker, processes of their own for more. workers: how
    many there are. chunk: replications sent at once; without it as many as suits. skip: replications not to play.
    finished: called here with the rows of each chunk as it comes. play: plays one, in place of `sim.runs.play`.
    Raises UnknownKind for a measure nobody knows, NavdrillError when workers cannot even start.
    """
    asked = tuple(name.replace("-", "_") for name in measures)
    known = [name.replace("-", "_") for name in shelves.names("measures")]
    for name in asked:
        if name not in known:
            raise UnknownKind(unknown("measure", name, known))
    pickled, own = pickle.dumps(plan), executor is None and workers > 1
    crew: Crew
    if own:
        crew = Processes(pickled, workers)
    else:
        crew = Lent(executor or InTurn(), 1 if executor is None else AHEAD * workers)
    task = Task(None if own else pickled, seed, asked, play, outside.named())
    left = deque(sorted(set(range(count)) - set(skip)))
    found: list[Row] = []
    try:
        for rows in _Series(crew, task, left, workers, chunk).rows():
            found += rows
            if finished is not None:
                finished(rows)
    finally:
        crew.leave()
    return sorted(found, key=lambda row: row.replication)


class _Series:
    """A series of replications under way.

    When a worker dies, all that had been sent is suspect, since nobody can say whose fault it was: each suspect is
    first played as a chunk of its own, then with nothing else under way, and so the culprit is found.

    left, suspects, alone: what has not been sent, in these three ways. sent: the pieces under way. watched: the
    replication that has been sent alone.
    """

    def __init__(self, crew: Crew, task: Task, left: deque[int], workers: int, chunk: int | None) -> None:
        self.crew, self.task, self.left, self.workers, self.chunk = crew, task, left, workers, chunk
        self.suspects, self.alone = deque[int](), deque[int]()
        self.sent: dict[Future[list[Row]], tuple[int, ...]] = {}
        self.watched: int | None = None
        self.strikes: Counter[int] = Counter()
        self.breaks, self.fruitful = 0, False  # whether any piece ever came back

    def rows(self) -> Iterator[list[Row]]:
        """The rows of each chunk as it comes."""
        try:
            while self.left or self.suspects or self.alone or self.sent:
                whole = self._send()
                rows, lost = self._receive(FIRST_COMPLETED)
                if lost or not whole:
                    more, last = self._receive(ALL_COMPLETED)  # what was under way ends with its workers
                    rows += more + self._sift(lost + last)
                    self._mend()
                if rows:
                    yield rows
        finally:
            for future in self.sent:
                future.cancel()

    def _send(self) -> bool:
        """Sends what there is room for; tells whether the workers were there to take it."""
        while piece := self._next():
            try:
                self.sent[self.crew.submit(self.task, piece)] = piece
            except BrokenExecutor:
                (self.alone if self.watched is not None else self.suspects).extend(piece)
                self.watched = None
                return False
        return True

    def _next(self) -> tuple[int, ...]:
        """The next piece to send; none when there is no room for it, or nothing left."""
        if self.watched is not None or len(self.sent) >= (1 if self.alone else self.crew.room):
            return ()
        if self.alone:
            self.watched = self.alone.popleft()
            return (self.watched,)
        if self.suspects:
            return (self.suspects.popleft(),)
        size = self.chunk or max(1, min(LONGEST, len(self.left) // (ROUNDS * self.workers)))
        return tuple(self.left.popleft() for _ in range(min(size, len(self.left))))

    def _receive(self, until: str) -> tuple[list[Row], list[tuple[int, ...]]]:
        """The rows of what has come back, and the pieces lost with their workers."""
        rows, lost = [], []
        for future in wait(self.sent, return_when=until).done:
            piece = self.sent.pop(future)
            try:
                rows += future.result()
            except BrokenExecutor:
                lost.append(piece)
            else:
                self.watched, self.fruitful = None, True
        return rows, lost

    def _sift(self, lost: list[tuple[int, ...]]) -> list[Row]:
        """Says how each lost replication is tried again; gives a row for one that is set aside."""
        rows = []
        for piece in lost:
            if len(piece) > 1:
                self.suspects.extend(piece)
                continue
            number, alone = piece[0], piece[0] == self.watched
            self.strikes[number] += alone
            if self.strikes[number] < STRIKES:
                self.alone.append(number)
            else:
                sentence = f"ended its worker {STRIKES} times (seed {self.task.seed}, replication {number})"
                rows.append(Row(number, fault=sentence))
        self.watched = None
        return rows

    def _mend(self) -> None:
        self.breaks += 1
        if not self.fruitful and self.breaks >= BARREN:
            raise NavdrillError(
                f"{self.breaks} times the workers ended before one replication was played; a script that asks for "
                "workers does so under `if __name__ == '__main__':`, and each needs memory for an exercise"
            )
        self.crew.mend()
