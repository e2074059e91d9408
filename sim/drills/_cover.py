"""Stations in the air: places that aircraft hold one after another, each relieved on task before its fuel is out.

A relief is told so that it is there when the one before has to leave: its start and its way as its sheet says, and a margin. Delays of
orders, late starts, aircraft that fail their checks and turnarounds then make gaps, or do not.
"""

from __future__ import annotations

from math import hypot, inf
from typing import TYPE_CHECKING, NamedTuple

from sim.geometry import Point
from sim.log import kind
from sim.setting import RESERVE, SHORTEST, first_of, when

if TYPE_CHECKING:
    from collections.abc import Sequence

    import simpy

    from sim.drills._drill import Process
    from sim.serial import LiveSerial
    from sim.units.aircraft import Aircraft

HANDED_OVER = kind("handed-over", "An aircraft takes over a place on a station; what the one before had left, and how long nobody held it.",
                   station="text", left_s="number", gap_s="number")  # fmt: skip
UNCOVERED = kind("uncovered", "A station was held by fewer aircraft than it should be, from then until now.",
                 station="text", gap_s="number", fewest="count")  # fmt: skip
COVERED = kind("covered", "How a station was held: all the time of its aircraft, and what was wanted.", station="text",
               planned_s="number", wanted_s="number", manned_s="number", empty_s="number", gaps="count",
               longest_s="number")  # fmt: skip


class Track(NamedTuple):
    """Where a station is and what is flown there: a racetrack. start: m. course: rad. straight, width: m."""

    start: Point
    course: float
    straight: float
    width: float


class Cover:
    """One station: so many places, and the aircraft that may hold them.

    margin: s, by which a relief is to be there before the other leaves. Nobody is sent who would come after the end of the serial.
    """

    def __init__(self, serial: LiveSerial, name: str, track: Track, wanted: int, margin: float) -> None:
        self._serial, self.name, self._track, self.wanted = serial, name, track, wanted
        self._margin = margin
        self._pool: Sequence[str] = ()
        self._sent: dict[Aircraft, None] = {}  # told, and holding no place yet
        self._held = wanted  # places, as if by those who go there now
        self._began = self._since = self._low_since = 0.0
        self._manned = self._empty = self._longest = 0.0
        self._gaps, self._fewest = 0, wanted

    def keep(self, first: Sequence[Aircraft], pool: Sequence[str], cause: int | None) -> Process:
        """The first take their places, then all places are held until FINEX; time counts from when the first are there.

        pool: roles whose aircraft may relieve them, in that order.
        """
        serial, holders = self._serial, list(first[: self.wanted])
        self._pool = pool
        yield from serial.together(
            [unit.transit(self._track.start, unit.cruise_speed, cause) for unit in holders]
        )
        self._began = self._since = serial.now
        self._held = self.wanted
        serial.keep(self)
        for unit in holders:
            self._circle(unit)
        places: list[Aircraft | None] = [*holders, *[None] * (self.wanted - len(holders))]
        for holder in places:
            if holder is None:
                self._change(-1)
        yield from serial.together([self._hold(holder, serial.now) for holder in places])

    def _hold(self, holder: Aircraft | None, empty_since: float) -> Process:
        """One place: whoever holds it, then his relief, and so on."""
        serial, env = self._serial, self._serial.exercise.env
        coming: Aircraft | None = None
        sent: simpy.Process | None = None
        while True:
            if holder is not None and not holder.is_on_task:
                holder, empty_since = None, serial.now
                self._change(-1)
            if coming is not None and coming.is_on_task:
                self._hand_over(holder, coming, serial.now - empty_since if holder is None else 0.0)
                holder, coming = coming, None
            elif coming is not None and sent is not None and not sent.is_alive:
                self._sent.pop(coming, None)
                coming = None  # never got there
            wait = self._until_due(holder) if coming is None else inf
            if wait <= SHORTEST:
                coming = self._next(checked=True)
                if coming is not None:
                    self._sent[coming] = None
                    sent = serial.start(self._send(coming, self._leaves(holder) - self._margin))
                    continue
                wait = inf  # somebody has failed his checks; he, or another, will be news
            turns = [serial.exercise.news.rung]
            if wait < inf:
                turns.append(when(env, serial.now + wait))
            yield first_of(env, *turns)

    def _send(self, relief: Aircraft, wanted: float) -> Process:
        """The order, by the staff's own way, and the sortie."""
        serial = self._serial
        told = yield from serial.order([relief], f"relief on task, {self.name}")
        if relief.phase == "home" and serial.has(relief):
            yield from relief.sortie(self._track.start, wanted, serial.number, told)
        serial.exercise.news.ring()

    def _hand_over(self, before: Aircraft | None, relief: Aircraft, gap: float) -> None:
        self._sent.pop(relief, None)
        self._serial.write(HANDED_OVER, relief, before, cause=relief.why, station=self.name, gap_s=gap,
                           left_s=max(0.0, before.time_on_task()) if before is not None else 0.0)  # fmt: skip
        if before is None:
            self._change(1)
        self._circle(relief)

    def _circle(self, unit: Aircraft) -> None:
        start, course, straight, width = self._track
        self._serial.start(unit.racetrack(start, course, straight, width, unit.cruise_speed, unit.why))

    def _leaves(self, holder: Aircraft | None) -> float:
        """When fuel sends the holder of a place home from there, s; now, when nobody holds it."""
        if holder is None:
            return self._serial.now
        (x, y), (u, v) = self._track.start, holder.home_position
        way = hypot(u - x, v - y) / holder.cruise_speed
        return self._serial.now + holder.endurance_left() - way - RESERVE

    @property
    def _end(self) -> float:
        """When the station is given up, s; later by what the serial is on hold."""
        return self._serial.now + self._serial.duration - self._serial.on_task

    def _until_due(self, holder: Aircraft | None) -> float:
        """Until a relief has to be told, s; without end when none is wanted, or none can be had now."""
        relief, now, leaves = self._next(), self._serial.now, self._leaves(holder)
        if relief is None or leaves >= self._end:
            return inf
        lead = relief.lead(self._track.start)
        if max(leaves, now + lead) >= self._end:
            return inf
        return max(0.0, leaves - lead - self._margin - now)

    def _next(self, checked: bool = False) -> Aircraft | None:
        """The next aircraft that can be sent; with its checks done, when it is to go."""
        serial = self._serial
        for role in self._pool:
            for unit in serial.aircraft(role):
                if (
                    unit in self._sent
                    or unit.limits_broken()
                    or unit.unfit((), self._track.start) is not None
                ):
                    continue
                if not checked or unit.check(serial.number, serial.last):
                    return unit
        return None

    def _change(self, by: int) -> None:
        """One place more is held, or one fewer."""
        self._count()
        was, self._held = self._held, self._held + by
        self._fewest = min(self._fewest, self._held)
        if was == self.wanted:
            self._low_since = self._serial.now
        elif self._held == self.wanted:
            self._end_gap()

    def _count(self) -> None:
        """The time since the last change."""
        passed = self._serial.now - self._since
        self._since = self._serial.now
        self._manned += self._held * passed
        self._empty += passed if self._held == 0 else 0.0

    def _end_gap(self) -> None:
        gap = self._serial.now - self._low_since
        if gap > SHORTEST:
            self._gaps, self._longest = self._gaps + 1, max(self._longest, gap)
            self._serial.write(UNCOVERED, station=self.name, gap_s=gap, fewest=self._fewest)
        self._fewest = self.wanted

    def close(self) -> None:
        """FINEX: what the station came to."""
        self._count()
        if self._held < self.wanted:
            self._end_gap()
        planned = self._serial.now - self._began
        self._serial.write(COVERED, station=self.name, planned_s=planned, wanted_s=self.wanted * planned, manned_s=self._manned,
                           empty_s=self._empty, gaps=self._gaps, longest_s=self._longest)  # fmt: skip
