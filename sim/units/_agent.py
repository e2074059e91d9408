"""Agents and units: the one place where the components of an exercise become Mesa agents."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from math import hypot
from typing import TYPE_CHECKING, Any

import mesa
import simpy

from sim.geometry import Point
from sim.log import kind
from sim.motion import Motion
from sim.setting import SHORTEST, Setting
from sim.variates import chance

if TYPE_CHECKING:
    from sim.scenario.sheets import Platform

LEG = kind("leg", "A unit takes a new course and speed, or stops.", vx_m_per_s="number", vy_m_per_s="number")
Process = Generator[simpy.Event, Any, Any]

WORKED_BY = {"close-in-gun": "close-in", "replenishment-rig": "rig"}  # equipment behind what a unit carries


class Agent(mesa.Agent):
    """Anyone who decides: a unit, a staff, the conductor. `exercise` is the model it lives in."""

    def __init__(self, exercise: Any) -> None:
        super().__init__(exercise)
        self.exercise: Setting = exercise

    @property
    def now(self) -> float:
        """The time of the exercise's clock, s."""
        return float(self.exercise.env.now)


class Unit(Agent):
    """One named unit at sea or in the air.

    Moves in straight legs, each logged; never faster than its platform can. booked: the number of the
    serial it is granted to. down: equipment that does not work, with the record of its failure. watchers:
    called with the unit at each new leg.
    """

    def __init__(self, exercise: Any, name: str, platform: Platform, force: str | None, at: Point) -> None:
        super().__init__(exercise)
        self.name, self.platform, self.force = name, platform, force
        self.motion = Motion(*at, since=self.now)
        self.carries: tuple[str, ...] = ()
        self.booked: str | None = None
        self.down: dict[str, int] = {}
        self.watchers: list[Callable[[Any], None]] = []

    @property
    def position(self) -> Point:
        """Where it is now, m."""
        return self.motion.at(self.now)

    @property
    def max_speed(self) -> float:
        """Most it can do now, m/s."""
        return 0.0 if "propulsion" in self.down else self.platform.max_speed.value

    @property
    def cruise_speed(self) -> float:
        """What it does when nobody hurries, m/s."""
        return min(self.platform.cruise_speed.value, self.max_speed)

    def broken(self, wanted: Sequence[str]) -> int | None:
        """The failure that leaves it immobile, or with none working of the things wanted that it carries."""
        if "propulsion" in self.down:
            return self.down["propulsion"]
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

    def steer(self, vx: float, vy: float, cause: int | None = None) -> None:
        """Takes a new course and speed; beyond its best speed it keeps the course at that."""
        speed, best = hypot(vx, vy), self.max_speed
        if speed > best:
            vx, vy = (vx * best / speed, vy * best / speed) if best else (0.0, 0.0)
        if (vx, vy) == (self.motion.vx, self.motion.vy):
            return
        self.motion.steer(self.now, vx, vy)
        self._log_leg(cause)

    def stop(self, cause: int | None = None) -> None:
        """Lies still where it is."""
        self.steer(0.0, 0.0, cause)

    def transit(self, to: Point, speed: float, cause: int | None = None) -> Process:
        """Goes to a place and stops there exactly; when interrupted, stops where it then is."""
        speed = min(speed, self.max_speed)
        away = self.distance_to(to)
        if speed <= 0 or away / speed < SHORTEST:
            return
        x, y = self.position
        self.steer((to[0] - x) * speed / away, (to[1] - y) * speed / away, cause)
        leg = self.motion.since
        try:
            yield self.exercise.env.timeout(away / speed)
        except simpy.Interrupt:
            self.stop(cause)
            raise
        if self.motion.since == leg:  # else another order has come meanwhile
            self.motion.place(self.now, *to)
            self._log_leg(cause)

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
        for watcher in list(self.watchers) if self.watchers else ():
            watcher(self)

    def _log_leg(self, cause: int | None) -> None:
        motion = self.motion
        self.exercise.log.write(
            LEG, self.now, serial=self.booked, unit=self.name, at=(motion.x, motion.y), cause=cause,
            vx_m_per_s=motion.vx, vy_m_per_s=motion.vy,
        )  # fmt: skip
        self.tell()
