"""Passing traffic: merchant ships and fishing boats on straight tracks, drawn anew in each replication.

Ships uniform over a disc with courses in all directions stay uniform when they enter at a rate of
2 R v density, at points uniform on the rim and with a course whose angle to the inward normal has a
uniform sine (the equilibrium of an isotropic gas; the same flow as in Koopman's random encounters).
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from math import asin, cos, pi, sin, sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

import simpy

from sim.geometry import Point, course_of, crossing_times, velocity
from sim.log import kind
from sim.setting import SHORTEST, when
from sim.units.vessel import Vessel
from sim.variates import chance, exponential, poisson, uniform

if TYPE_CHECKING:
    from numpy.random import Generator as Draws

    from sim.scenario.schema import Traffic as Declaration

SIGHTED = kind(
    "sighted", "A ship passing by enters the waters around the exercise.", trade="text", heeds="count"
)
GONE = kind("gone", "A ship passing by leaves the waters around the exercise.")


class Passage(NamedTuple):
    """One ship's straight way through the disc. appears, leaves: s. x, y: m where she appears."""

    appears: float
    leaves: float
    x: float
    y: float
    vx: float
    vy: float
    heeds: bool


def passages(
    draws: Draws, centre: Point, radius: float, density: float, speed: float, heed: float, length: float
) -> Iterator[Passage]:
    """The ships of one trade during an exercise of this length, s, those already there first.

    radius: m. density: ships per m2. speed: m/s. heed: share keeping clear of warned areas.
    """
    for _ in range(poisson(draws, density * pi * radius * radius)):
        away, around = radius * sqrt(uniform(draws, 0, 1)), uniform(draws, 0, 2 * pi)
        course = uniform(draws, 0, 2 * pi)
        yield _passage(
            0.0, away * sin(around), away * cos(around), course, speed, centre, radius, chance(draws, heed)
        )
    rate = 2 * radius * speed * density
    if rate <= 0:
        return
    time = exponential(draws, 1 / rate)
    while time < length:
        around = uniform(draws, 0, 2 * pi)
        course = around + pi + asin(uniform(draws, -1, 1))
        x, y = radius * sin(around), radius * cos(around)
        yield _passage(time, x, y, course, speed, centre, radius, chance(draws, heed))
        time += exponential(draws, 1 / rate)


def _passage(
    appears: float, x: float, y: float, course: float, speed: float, centre: Point, radius: float, heeds: bool
) -> Passage:
    east, north = sin(course), cos(course)
    inward = -(x * east + y * north)
    way = inward + sqrt(max(0.0, radius * radius - (x * x + y * y - inward * inward)))
    leaves = appears + max(way / speed, SHORTEST)
    return Passage(appears, leaves, centre[0] + x, centre[1] + y, speed * east, speed * north, heeds)


class Traffic:
    """All ships passing by: those here now, as agents, and those still to come."""

    def __init__(
        self, exercise: Any, declared: dict[str, Declaration], discs: dict[str, tuple[Point, float]]
    ) -> None:
        self._exercise = exercise
        self.present: list[Vessel] = []
        self._discs = discs
        self._coming: list[tuple[float, str, Passage]] = []
        for trade, each in declared.items():
            centre, radius = discs[trade]
            draws = exercise.streams("traffic", trade)
            speed = exercise.plan.platforms[each.platform].cruise_speed.value
            ways = passages(
                draws, centre, radius, each.density.value, speed, each.heed.value, exercise.plan.length
            )
            self._coming.extend((way.appears, trade, way) for way in ways)
        self._coming.sort(key=lambda coming: coming[0])

    def pass_by(self) -> Generator[simpy.Event, Any, None]:
        """The process in which ships appear; each leaves by itself."""
        env = self._exercise.env
        for number, (appears, trade, way) in enumerate(self._coming, 1):
            if appears > env.now:
                yield when(env, appears)
            env.process(self._pass(f"{trade} {number}", trade, way))

    def _pass(self, name: str, trade: str, way: Passage) -> Generator[simpy.Event, Any, None]:
        """One ship from rim to rim, on another course after she was asked to alter."""
        exercise = self._exercise
        platform = exercise.plan.platforms[exercise.plan.traffic[trade].platform]
        vessel = Vessel(exercise, name, platform, None, (way.x, way.y))
        vessel.trade, vessel.heeds = trade, way.heeds
        self.present.append(vessel)
        cause = exercise.log.write(
            SIGHTED, vessel.now, unit=name, at=(way.x, way.y), trade=trade, heeds=int(way.heeds)
        )
        vessel.sighted = cause
        vessel.steer(way.vx, way.vy, cause)
        exercise.news.ring()
        leaves = way.leaves
        while leaves - vessel.now > SHORTEST:
            vessel.altered = exercise.env.event()
            yield exercise.env.any_of([when(exercise.env, leaves), vessel.altered])
            if vessel.altered.triggered:
                leaves = vessel.now + self._way_out(trade, vessel)
        self.present.remove(vessel)
        exercise.log.write(GONE, vessel.now, unit=name, at=vessel.position, cause=cause)
        vessel.remove()
        exercise.news.ring()

    def _way_out(self, trade: str, vessel: Vessel) -> float:
        """Time to the rim on her present course, s."""
        centre, radius = self._discs[trade]
        x, y = vessel.position
        crossing = crossing_times(centre[0] - x, centre[1] - y, -vessel.motion.vx, -vessel.motion.vy, radius)
        return crossing[1] if crossing is not None else 0.0

    def ask_to_clear(self, vessel: Vessel, centre: Point, cause: int) -> None:
        """A range guard calls: after her answering time she runs straight away from the centre of the range."""
        if not vessel.asked:
            vessel.asked = True
            self._exercise.env.process(self._clear(vessel, centre, cause))

    def _clear(self, vessel: Vessel, centre: Point, cause: int) -> Generator[simpy.Event, Any, None]:
        answer = self._exercise.plan.traffic[vessel.trade].answer
        yield self._exercise.env.timeout(
            max(SHORTEST, answer.draw(self._exercise.streams("answers", vessel.name)))
        )
        if vessel not in self.present:
            return
        x, y = vessel.position
        course = course_of(x - centre[0], y - centre[1])
        vessel.steer(*velocity(course, vessel.max_speed), cause)
        vessel.asked = False
        vessel.altered.succeed()
        self._exercise.news.ring()
