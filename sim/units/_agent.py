"""Agents and units: the one place where the components of an exercise become Mesa agents."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from math import degrees, hypot, radians
from typing import TYPE_CHECKING, Any

import mesa
import simpy

from sim.geometry import Point, course_of
from sim.log import kind
from sim.motion import Motion
from sim.sensors._sensor import Shown, height
from sim.setting import SHORTEST, Bell, Setting, first_of, when
from sim.variates import chance
from sim.ways import Mark, length

if TYPE_CHECKING:
    from sim.scenario.sheets import Platform
    from sim.setting import Presence

LEG = kind("leg", "A unit takes a new course and speed, or stops.", vx_m_per_s="number", vy_m_per_s="number")
Process = Generator[simpy.Event, Any, Any]

ARRIVED, ORDERED, SLOWED, OTHERS = "arrived", "ordered", "slowed", "others"  # how a leg ends
HIGHEST = 9  # WMO sea state; there is none above
WORKED_BY = {"close-in-gun": "close-in", "replenishment-rig": "rig"}  # equipment behind what a unit carries


class Agent(mesa.Agent):
    """Anyone who decides: a unit, a staff, the conductor. `exercise` is the model it lives in."""

    def __init__(self, exercise: Any) -> None:
        super().__init__(exercise)
        self.exercise: Setting = exercise

    @property
    def now(self) -> float:
        """The time of the exercise's clock, s."""
        return self.exercise.env.now


class Unit(Agent):
    """One named unit at sea or in the air.

    Moves in straight legs, each logged; never faster than its platform can. booked: the number of the
    serial it is granted to. down: equipment that does not work, with the record of its failure. helm: rings
    when it takes a new course or speed, or is gone. orders: how often it was told to steer. leg: record of its
    present leg. watchers: called with the unit at each new leg.
    """

    def __init__(self, exercise: Any, name: str, platform: Platform, force: str | None, at: Point) -> None:
        super().__init__(exercise)
        self.name, self.platform, self.force = name, platform, force
        self.motion = Motion(*at, since=self.now)
        self.carries: tuple[str, ...] = ()
        self.booked: str | None = None
        self.down: dict[str, int] = {}
        self.helm = Bell(self.exercise.env)
        self.orders = 0
        self.is_gone = False
        self.leg: int | None = None
        self._ordered = (0.0, 0.0)
        self._headed = (0.0, 0.0)
        self._speeds = [platform.speed_in(state) for state in range(HIGHEST + 1)]
        self._best = self.max_speed
        self.watchers: list[Callable[[Any], None]] = []
        self.presence: Presence | None = None
        self._height = height(platform)
        self._radiates = True
        if self.is_out:
            self.appear()

    @property
    def is_out(self) -> bool:
        """Whether it is out at sea or in the air, where others can see it."""
        return True

    @property
    def height(self) -> float | None:
        """How high it shows above the water now, m; None when its sheet does not say."""
        return self._height

    @height.setter
    def height(self, above: float) -> None:
        self._height = above
        self.tell()

    @property
    def radiates(self) -> bool:
        """Whether its radars and radios are on; off under emission control."""
        return self._radiates

    @radiates.setter
    def radiates(self, on: bool) -> None:
        if on != self._radiates:
            self._radiates = on
            if self.presence is not None:
                self.exercise.contacts.hush(self.presence)
            self.tell()

    @property
    def shown(self) -> Shown:
        """What of it matters to sensors now."""
        return Shown(self.platform, self._height, self.motion.speed, self._radiates)

    def appear(self) -> None:
        """It is out from now on."""
        self.presence = self.exercise.contacts.appear(self)
        self.tell()

    def vanish(self) -> None:
        """It is out no more: home, gone from these waters, or recovered."""
        if self.presence is not None:
            self.exercise.contacts.vanish(self.presence)
            self.presence = None
        self.tell()

    @property
    def position(self) -> Point:
        """Where it is now, m."""
        return self.motion.at(self.exercise.env.now)

    @property
    def max_speed(self) -> float:
        """Most it can do now, in the present sea, m/s."""
        if "propulsion" in self.down:
            return 0.0
        sea_state = self.exercise.weather.sea_state
        return self._speeds[sea_state if sea_state < HIGHEST else HIGHEST]

    @property
    def cruise_speed(self) -> float:
        """What it does when nobody hurries, m/s."""
        return min(self.platform.cruise_speed.value, self.max_speed)

    @property
    def heading(self) -> float:
        """The course it steers, rad on the plane, or steered last; north when it never did."""
        return course_of(*self._headed)

    def on_plane(self, course: float) -> float:
        """A true course, rad, as a course on the exercise plane at its place."""
        return radians(self.exercise.plane.grid_course(*self.position, degrees(course)))

    def broken(self, wanted: Sequence[str]) -> int | None:
        """The failure that leaves it immobile, or with none working of the things wanted that it carries."""
        if "propulsion" in self.down:
            return self.down["propulsion"]
        if not self.down:
            return None
        fitted = [thing for thing in wanted if thing in self.carries]
        failures = [self.down.get(thing, self.down.get(WORKED_BY.get(thing, thing))) for thing in fitted]
        return failures[0] if failures and None not in failures else None

    @property
    def is_on_task(self) -> bool:
        """Whether it is in the air over its task; only aircraft ever are."""
        return False

    def distance_to(self, place: Point) -> float:
        """From here to a place, m."""
        x, y = self.position
        return hypot(place[0] - x, place[1] - y)

    def steer(self, vx: float, vy: float, cause: int | None = None, at: Point | None = None) -> None:
        """Takes a new course and speed; beyond its best speed it keeps the course at that.

        at: where exactly the new leg begins, m, when that is known without the rounding of the leg before.
        """
        self.orders += 1
        self._ordered = vx, vy
        self._apply(cause, at)

    def stop(self, cause: int | None = None) -> None:
        """Lies still where it is."""
        self.steer(0.0, 0.0, cause)

    def reconsider(self, cause: int | None = None) -> None:
        """Slows down, or speeds up to what was ordered, when its best speed is another now: the sea has changed."""
        if self.max_speed != self._best:
            self._apply(cause, None)
            self.helm.ring()  # also when it kept its speed: it may have wanted more

    def _apply(self, cause: int | None, at: Point | None) -> None:
        """Begins the leg that was ordered, as far as its best speed allows; every leg begins here."""
        (vx, vy), motion, exercise = self._ordered, self.motion, self.exercise
        now, speed, best = exercise.env.now, hypot(vx, vy), self.max_speed
        self._best = best
        if speed > best:
            vx, vy = (vx * best / speed, vy * best / speed) if best else (0.0, 0.0)
        if at is None:
            if vx == motion.vx and vy == motion.vy:
                return
            at = motion.at(now)
        if speed:
            self._headed = self._ordered
        motion.place(now, *at, vx, vy)
        if self.presence is not None:
            exercise.contacts.turn(self.presence)
        self.leg = exercise.log.write(
            LEG, now, serial=self.booked, unit=self.name, at=at, cause=cause, vx_m_per_s=vx, vy_m_per_s=vy
        )
        self.helm.ring()
        if self.watchers:
            self.tell()

    def remove(self) -> None:
        """Leaves the exercise; whoever follows it is told."""
        self.is_gone = True
        self.vanish()
        super().remove()
        self.helm.ring()

    def transit(self, to: Point, speed: float, cause: int | None = None) -> Process:
        """Goes to a place and stops there exactly; when interrupted, stops where it then is.

        After another order it does no more, not even stop, and ends when it would have arrived. Slower on the way for
        the sea, it arrives later.
        """
        yield from self._go([Mark(*to, self.distance_to(to))], speed, cause)

    def _go(self, marks: Sequence[Mark], speed: float, cause: int | None) -> Process:
        """Sails to the last of some marks, and after another order waits until it would have been there."""
        pace, away = min(speed, self.max_speed), length(marks)
        if pace <= 0 or away / pace < SHORTEST:
            return
        due = self.now + away / pace
        if not (yield from self._sail(marks, speed, cause)) and due - self.now > SHORTEST:
            yield when(self.exercise.env, due)

    def _sail(
        self, marks: Iterable[Mark], speed: float, cause: int | None, to_stop: bool = True, to_mend: bool = False
    ) -> Process:  # fmt: skip
        """Passes marks in turn and stops at the last, each at its exact place and time; gives whether it came there.

        Times are counted along the way from where the present pace began, not leg by leg. Another order ends it; a
        defect of its propulsion too, unless it is to wait until that is mended. When interrupted, it stops.
        """
        pace, since, gone = 0.0, self.now, 0.0  # m/s; since when; m of the way made by then
        ahead, turned, order = (
            0.0,
            self.position,
            self.orders,
        )  # m of the way to the mark; where the leg to it begins
        for mark in marks:
            to, ahead, is_new = (mark.x, mark.y), ahead + mark.way, True
            away = hypot(to[0] - turned[0], to[1] - turned[1])
            if away == 0.0:
                continue
            while True:
                best = min(speed, self.max_speed * min(1.0, mark.way / away))
                if best <= 0.0:
                    if not (to_mend and self.orders == order and (yield from self._mended(order))):
                        return False
                    pace = 0.0  # begins anew from here and now
                    continue
                is_on = not is_new and best == pace
                if best != pace:
                    left = 1.0 if is_new else self.distance_to(to) / away
                    pace, since, gone = best, self.now, ahead - mark.way * left
                arrival = max(since + (ahead - gone) / pace, self.now + SHORTEST)
                ended = yield from self._leg(to, arrival, cause, turned if is_new else None, is_on=is_on)
                is_new, order = False, self.orders
                if ended == ARRIVED:
                    turned = to
                    break
                if ended == ORDERED and not (to_mend and self.max_speed == 0.0):
                    return False
        if to_stop:
            self.steer(0.0, 0.0, cause, at=turned)
        return True

    def _leg(
        self, to: Point, arrival: float, cause: int | None, at: Point | None = None, other: Unit | None = None,
        is_on: bool = False,
    ) -> Process:  # fmt: skip
        """One straight leg; gives how it ended.

        arrival: when it is to be there, s. at: where exactly it begins, m. other: one whose alterations end it.
        is_on: goes on with the leg it is on.
        Waits for the arrival, which it leaves to the caller to act on, or for someone to alter. Stops when interrupted.
        """
        env, before = self.exercise.env, self.orders
        if not is_on:
            x, y = self.position if at is None else at
            seconds = arrival - self.now
            self.steer((to[0] - x) / seconds, (to[1] - y) / seconds, cause, at)
            if self.orders == before:  # it does not obey
                return ORDERED
        order = self.orders
        turns: list[simpy.Event] = [when(env, arrival), self.helm.rung]
        if other is not None:
            turns.append(other.helm.rung)
        try:
            yield first_of(env, *turns)
        except simpy.Interrupt:
            if self.orders == order:  # else it has been told something else since, and does that
                self.stop(cause)
            raise
        if self.orders != order:
            return ORDERED
        if turns[0].processed or self.now >= arrival:  # the clock may miss a time by its last bit
            return ARRIVED
        return SLOWED if turns[1].triggered else OTHERS

    def _mended(self, order: int) -> Process:
        """Waits without propulsion until it can move again; gives whether nobody has given it another order."""
        while self.max_speed <= 0.0:
            yield self.exercise.news.rung
        return self.orders == order

    def breakdowns(self) -> Iterator[Process]:
        """The lives of its equipment, as processes; most units have none."""
        return iter(())

    def unfit(self, wanted: Sequence[str], place: Point) -> tuple[str, int | None] | None:
        """Why it cannot take part in something now and the record behind that; None when it can.

        wanted: what its role needs of the things it carries, one of them in order. place: where, m.
        """
        failure = self.broken(wanted)
        return None if failure is None else ("casualty", failure)

    def draw(self, purpose: str, probability: float) -> bool:
        """Whether something of a given chance happens to this unit, from its own stream."""
        return chance(self.exercise.streams(purpose, self.name), probability)

    def tell(self) -> None:
        """Whoever watches it looks again."""
        for watcher in list(self.watchers):
            watcher(self)
