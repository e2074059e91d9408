"""Passing traffic: merchant ships, ferries and fishing boats, drawn anew in each replication, as agents when near.

What each ship will do is known beforehand, leg by leg. Only the parts inside the waters around the exercise are
played: a ship becomes an agent when she enters them and is none any more when she leaves. The clock has one event for
each moment at which one of them enters, turns or leaves, and none for those far away.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from functools import partial
from math import hypot
from typing import TYPE_CHECKING, Any

import simpy

from sim.fishing import Habits, boat, fleets
from sim.geometry import Circle, Point, course_of, crossing_times, velocity
from sim.log import kind
from sim.setting import SHORTEST, Agenda
from sim.units.vessel import Vessel
from sim.variates import chance, poisson
from sim.voyages import Leg, Voyage, ferry, gas, lane, near, slowness, within

if TYPE_CHECKING:
    from numpy.random import Generator as Draws

    from sim.scenario.numbers import Number
    from sim.scenario.traffic import Ferry, Fleet, Lane
    from sim.scenario.traffic import Traffic as Declaration

SIGHTED = kind(
    "sighted", "A ship passing by enters the waters around the exercise.", trade="text", heeds="count"
)
GONE = kind("gone", "A ship passing by leaves the waters around the exercise.")

Named = Iterator[tuple[str, Voyage]]


class Traffic:
    """All ships passing by: those here now, as agents by name, and those still to come.

    waters: where they are played. heedless: those of the present who do not heed warnings. watchers: each is told of a
    vessel that has come, altered or gone, and of no other.
    """

    def __init__(self, exercise: Any, waters: Circle) -> None:
        self._exercise, self.waters, self._length = exercise, waters, exercise.plan.length
        self.present: dict[str, Vessel] = {}
        self.heedless: dict[str, Vessel] = {}
        self.watchers: list[Callable[[Any], None]] = []
        self._agenda = Agenda(exercise.env)
        for trade, declared in exercise.plan.traffic.items():
            for name, voyage in self._drawn(trade, declared):
                self.expect(trade, f"{trade} {name}", voyage)

    def expect(self, trade: str, name: str, voyage: Voyage) -> None:
        """One more ship to come, if her way leads into the waters at all."""
        legs = within(voyage.legs, self.waters, self._length)
        first = next(legs, None)
        if first is not None:
            self._agenda.add(first.start, partial(self._appear, trade, name, voyage.heeds, first, legs))

    # ----------------------------------------------------------------- who comes

    def _drawn(self, trade: str, declared: Declaration) -> Named:
        """The ships of one trade by name, but for those that cannot come near."""
        if declared.lane is not None:
            yield from self._lane(trade, declared, declared.lane)
        elif declared.ferry is not None:
            yield from self._ferry(trade, declared, declared.ferry)
        elif declared.fleet is not None:
            yield from self._fleet(trade, declared, declared.fleet)
        elif declared.density is not None:
            exercise, waters = self._exercise, self.waters
            if declared.ground is not None:
                ground = exercise.areas[declared.ground]
                x, y = ground.centre
                waters = Circle(x, y, ground.reach)
            speed = exercise.plan.platforms[declared.platform].cruise_speed.value
            ships = gas(exercise.streams("traffic", trade), waters, declared.density.value, speed,
                        declared.heed.value, self._length)  # fmt: skip
            yield from ((str(number), ship) for number, ship in enumerate(ships, 1))

    def _lane(self, trade: str, declared: Declaration, plan: Lane) -> Named:
        exercise = self._exercise
        axis, half = (
            [exercise.plane.to_plane(at.latitude, at.longitude) for at in plan.along],
            plan.width.value / 2,
        )
        if not near(axis, half, self.waters):
            return
        low, mode, high, speed = self._pace(declared, plan.speed)
        rate = plan.rate.value if plan.rate is not None else 0.0
        if plan.density is not None:
            rate = plan.density.value * plan.width.value / slowness(low, mode, high)
        ships = lane(exercise.streams("traffic", trade), axis, half, plan.spread, rate, plan.forward.value, speed, low,
                     declared.heed.value, self._length)  # fmt: skip
        yield from ((str(number), ship) for number, ship in enumerate(ships, 1))

    def _ferry(self, trade: str, declared: Declaration, plan: Ferry) -> Named:
        exercise = self._exercise
        one, other = (exercise.plane.to_plane(at.latitude, at.longitude) for at in plan.ends)
        if near((one, other), 0.0, self.waters):
            _, speed, _, _ = self._pace(declared, plan.speed)
            ships = ferry(partial(exercise.streams, "traffic", trade), (one, other), plan.departs.value,
                          plan.every.value, speed, plan.turnaround.value, plan.delay.draw, declared.heed.value,
                          self._length)  # fmt: skip
            yield from ((str(number), ship) for number, ship in enumerate(ships, 1))

    def _fleet(self, trade: str, declared: Declaration, plan: Fleet) -> Named:
        exercise, waters = self._exercise, self.waters
        ground, draws = exercise.areas[plan.ground], exercise.streams("traffic", trade)
        if plan.density is not None:
            count = poisson(draws, plan.density.value * ground.size)
        else:
            count = round(plan.boats.draw(draws)) if plan.boats is not None else 0
        sheet = exercise.plan.platforms[declared.platform]
        habits = Habits(
            plan.leg.draw, self._pace(declared, plan.working)[3], plan.shift.value, sheet.cruise_speed.value
        )
        company = fleets(draws, ground, count, plan.size.draw, plan.radius.value)
        for number, (water, boats) in enumerate(company, 1):
            if hypot(water.x - waters.x, water.y - waters.y) > water.radius + waters.radius:
                continue
            for place in range(1, boats + 1):
                yours = exercise.streams("traffic", trade, number, place)
                heeds, nights = chance(yours, declared.heed.value), chance(yours, plan.night.value)
                watch = self._watch_by_night if nights else None
                yield (
                    f"{number}-{place}",
                    Voyage(heeds, boat(yours, water, ground, habits, watch, self._length)),
                )

    def _pace(
        self, declared: Declaration, stated: Number | None
    ) -> tuple[float, float, float, Callable[[Draws], float]]:
        """The lowest, likeliest and highest speed of a trade, and how it is drawn, m/s; no faster than she can."""
        sheet = self._exercise.plan.platforms[declared.platform]
        pace, best = stated if stated is not None else sheet.cruise_speed, sheet.max_speed.value
        low = high = pace.value
        if pace.drawn and pace.low is not None and pace.high is not None:
            low, high = pace.low, pace.high
        return (
            min(low, best),
            min(pace.value, best),
            min(high, best),
            lambda draws: min(best, pace.draw(draws)),
        )

    def _watch_by_night(self, time: float) -> tuple[bool, float]:
        """Whether a boat that fishes by lamps works at a time, and until when, s."""
        daylight = self._exercise.daylight
        if daylight.is_day(time):
            return False, daylight.dusk(time)
        morning = daylight.next_day(time)
        return True, float("inf") if morning is None else morning

    # ----------------------------------------------------------------- who is here

    def _appear(self, trade: str, name: str, heeds: bool, leg: Leg, legs: Iterator[Leg]) -> None:
        """A ship enters the waters on a leg; the others follow."""
        exercise = self._exercise
        platform = exercise.plan.platforms[exercise.plan.traffic[trade].platform]
        vessel = Vessel(exercise, name, platform, None, (leg.x, leg.y))
        vessel.trade, vessel.heeds = trade, heeds
        self.present[name] = vessel
        if not heeds:
            self.heedless[name] = vessel
        vessel.sighted = exercise.log.write(
            SIGHTED, vessel.now, unit=name, at=(leg.x, leg.y), trade=trade, heeds=int(heeds)
        )
        vessel.steer(leg.vx, leg.vy, vessel.sighted)
        vessel.watchers = self.watchers
        vessel.tell()
        self._follow(vessel, leg, legs)

    def _follow(self, vessel: Vessel, leg: Leg, legs: Iterator[Leg]) -> None:
        vessel.sailing = leg
        if leg.end < self._length:
            self._agenda.add(leg.end, partial(self._turn, vessel, leg, legs))

    def _turn(self, vessel: Vessel, leg: Leg, legs: Iterator[Leg]) -> None:
        """The end of a leg: another follows, or she leaves the waters, perhaps to come back."""
        if vessel.sailing is not leg:
            return  # she has altered since
        ahead = next(legs, None)
        if ahead is not None and ahead.start - leg.end <= SHORTEST:
            vessel.steer(ahead.vx, ahead.vy, vessel.sighted)
            self._follow(vessel, ahead, legs)
            return
        del self.present[vessel.name]
        self.heedless.pop(vessel.name, None)
        self._exercise.log.write(GONE, vessel.now, unit=vessel.name, at=vessel.position, cause=vessel.sighted)
        vessel.remove()
        vessel.tell()
        if ahead is not None:
            self._agenda.add(
                ahead.start, partial(self._appear, vessel.trade, vessel.name, vessel.heeds, ahead, legs)
            )

    def _way_out(self, vessel: Vessel) -> float:
        """Time to the rim of the waters on her present course, s."""
        (x, y), motion = vessel.position, vessel.motion
        crossing = crossing_times(
            self.waters.x - x, self.waters.y - y, -motion.vx, -motion.vy, self.waters.radius
        )
        return max(SHORTEST, crossing[1]) if crossing is not None else SHORTEST

    def ask_to_clear(self, vessel: Vessel, centre: Point, cause: int) -> None:
        """A range guard calls: after her answering time she runs straight away from the centre of the range."""
        if not vessel.asked:
            vessel.asked = True
            self._exercise.env.process(self._clear(vessel, centre, cause))

    def _clear(self, vessel: Vessel, centre: Point, cause: int) -> Generator[simpy.Event, Any, None]:
        """She alters, and runs until she is out of the waters; what she had in mind before is given up."""
        answer = self._exercise.plan.traffic[vessel.trade].answer
        yield self._exercise.env.timeout(
            max(SHORTEST, answer.draw(self._exercise.streams("answers", vessel.name)))
        )
        if self.present.get(vessel.name) is not vessel:
            return
        x, y = vessel.position
        course = course_of(x - centre[0], y - centre[1])
        vessel.asked = False
        vessel.steer(*velocity(course, vessel.max_speed), cause)
        motion, now = vessel.motion, vessel.now
        self._follow(vessel, Leg(now, now + self._way_out(vessel), x, y, motion.vx, motion.vy), iter(()))
