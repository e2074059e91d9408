"""Serials by the thousand that come to an exercise's own board, want something scarce, wait on hold, use it and leave."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from math import fsum
from typing import Any

from sim.cases._played import exercise, go
from sim.scenario.numbers import Number
from sim.serial import LiveSerial
from sim.setting import when

PATTERN = "Pattern"  # the serial of the scenario that all are like
WARM = 0.1  # share of those first to come, and of the time, that is not counted

Process = Generator[Any, Any, None]
Draw = Callable[[], float]


class Level:
    """A number that goes up and down, and its mean over a time."""

    def __init__(self) -> None:
        self.marks = [(0.0, 0)]

    def change(self, time: float, by: int) -> None:
        """One more or one fewer from a time on; times must not go back."""
        self.marks.append((time, self.marks[-1][1] + by))

    def mean(self, start: float, end: float) -> float:
        """Its mean from start to end, s."""
        return fsum(count * length for count, length in self._stays(start, end)) / (end - start)

    def share(self, start: float, end: float, least: int, most: int) -> float:
        """Share of that time on which it is from least to most."""
        stays = self._stays(start, end)
        return fsum(length for count, length in stays if least <= count <= most) / (end - start)

    def _stays(self, start: float, end: float) -> Iterator[tuple[int, float]]:
        ends = [*(time for time, _ in self.marks[1:]), end]
        for (since, count), until in zip(self.marks, ends, strict=True):
            yield count, max(0.0, min(until, end) - max(since, start))


class Customers:
    """The customers of one exercise of the pier. All arrays are in the order in which they came.

    waits, stays: s, of whoever has been granted and has left, by number. waiting, served, there: how many at each time,
    and both together. turned_away: numbers of those who would not wait. ranks: the priority of each.
    """

    def __init__(self, seed: int) -> None:
        self.played = exercise("pier", seed)
        self.waits: dict[int, float] = {}
        self.stays: dict[int, float] = {}
        self.turned_away: list[int] = []
        self.ranks: dict[int, str] = {}
        self.waiting, self.served, self.there = Level(), Level(), Level()
        self.asked = 0

    def come(self, service: float, patient: bool = True, **wanted: Any) -> Process:
        """One of them, from now on. patient: waits; else leaves when not granted at once.

        wanted: area, resources and priority of the serial.
        """
        env, board, number = self.played.env, self.played.board, self.asked
        self.asked += 1
        like = {"serial": f"{number}", "comex": Number(env.now, "moment"), "roles": {}, "area": None} | wanted
        live = LiveSerial(self.played, self.played.plan.serial(PATTERN).model_copy(update=like), {}, {})
        live.area = live.plan.area
        self.ranks[number] = live.plan.priority
        came = env.now
        request = board.post(live, number, (), with_area=True)
        if not request.granted.triggered:
            if not patient:
                board.withdraw(request)
                self.turned_away.append(number)
                return
            live.hold("over-run", request.blocked[1])
            self.there.change(came, 1)
            self.waiting.change(env.now, 1)
            yield request.granted
            self.waiting.change(env.now, -1)
            live.resume("over-run")
        else:
            self.there.change(came, 1)
        self.waits[number] = env.now - came
        self.served.change(env.now, 1)
        yield env.timeout(service)
        self.served.change(env.now, -1)
        self.there.change(env.now, -1)
        board.release(live)
        self.stays[number] = env.now - came

    def stream(self, count: int, gap: Draw, service: Draw, **wanted: Any) -> Process:
        """So many come one after another; over when the last has left. gap: draws the time to the next."""
        env, due, begun = self.played.env, self.played.env.now, []
        for _ in range(count):
            due += gap()
            yield when(env, due)
            begun.append(env.process(self.come(service(), **wanted)))
        yield env.all_of(begun)

    def circle(self, away: Draw, service: Draw, **wanted: Any) -> Process:
        """One who comes again and again without end, each time after having been away."""
        while True:
            yield self.played.env.timeout(away())
            yield from self.come(service(), **wanted)

    def play(self, *streams: Process, until: float | None = None) -> tuple[float, float]:
        """Runs until all are over, or to a time; gives from when to when to count, s."""
        env = self.played.env
        begun = [env.process(stream) for stream in streams]
        go(self.played, env.all_of(begun) if until is None else until)
        return WARM * float(env.now), float(env.now)

    def counted(self, values: Mapping[int, float], rank: str | None = None) -> list[float]:
        """Values of all but those first to come; of one priority, or of all."""
        late = WARM * self.asked
        return [
            value
            for number, value in sorted(values.items())
            if number >= late and rank in (None, self.ranks[number])
        ]


def one(resource: str) -> dict[str, Number]:
    """One of a scarce thing, as a serial asks for it."""
    return {resource: Number(1.0, "count")}
