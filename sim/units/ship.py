"""Ships: fuel by the cube of speed, guns and magazines, a flight deck, equipment that fails and is mended."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import hypot, inf
from typing import TYPE_CHECKING, Any

import simpy

from sim.errors import RouteError
from sim.fuel import FULL, CubicBurn
from sim.geometry import Point
from sim.log import kind
from sim.passages import Passage
from sim.renewal import alternation
from sim.setting import SHORTEST
from sim.units._agent import Process
from sim.units._craft import Craft
from sim.ways import through
from sim.weapons.gun import Gun

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario
    from sim.scenario.sheets import Platform

CASUALTY = kind("casualty", "A piece of equipment fails.", equipment="text")
REPAIRED = kind("repaired", "A piece of equipment works again.", equipment="text", down_s="number")
FUEL = kind("fuel", "What is in a ship's bunkers.", fuel_t="number", capacity_t="number")
DIVERTED = kind(
    "diverted", "A ship sent to a place on land makes for the nearest water, here.", off_m="number"
)
NO_WAY = kind("no-way", "No way by sea leads to where a ship is sent, here; she stays.")
HAULED_OFF = kind("hauled-off", "A ship stops short of a coast that her course led on to.")
OUT_OF_FUEL = kind("out-of-fuel", "A ship's bunkers are empty.")

EMPTY_HAND = 1e-6  # kg of rounding forgiven before a tank counts as empty
SEA_ROOM = 500.0  # m off a coast at which a ship stops whose course leads on to it


class Ship(Craft):
    """A surface ship.

    bunkers: kg of her own fuel. cargo: kg of fuel for others. received, delivered: kg alongside so far.
    """

    def __init__(
        self, exercise: Any, name: str, platform: Platform, force: str | None, at: Point, plan: Scenario,
        fuel: float = FULL,
    ) -> None:  # fmt: skip
        super().__init__(exercise, name, platform, force, at)
        sheet = platform.fuel
        self.burn = CubicBurn(sheet.idle.value, sheet.burn.value, sheet.burn_at.value) if sheet else None
        self.capacity = sheet.capacity.value if sheet else 0.0
        self.bunkers = self.capacity * fuel
        self.burnt = self.received = self.delivered = 0.0
        self.cargo = platform.replenishment.cargo.value if platform.replenishment else 0.0
        self._settled = self.now
        self._piloted = False  # on a way known to lead past every coast
        self._given_up: dict[Point, int] = {}  # places no way leads to, and the records that say so
        self.guns = [
            Gun(plan.guns[mounting.gun], mounting.mounts.whole, mounting.magazine.whole)
            for mounting in platform.guns
        ]
        deck = platform.deck
        spots = deck.spots.whole if deck is not None else 0
        self.deck = simpy.PriorityResource(exercise.env, spots) if spots else None

    def settle(self) -> None:
        """Takes from the bunkers what was burnt since the last change of speed."""
        now = self.now
        elapsed, self._settled = now - self._settled, now
        if self.burn is None or not elapsed:
            return
        wanted = self.burn.rate(self.motion.speed) * elapsed
        taken = min(wanted, self.bunkers)
        self.bunkers -= taken
        self.burnt += taken
        if wanted > taken + EMPTY_HAND and "propulsion" not in self.down:
            self.down["propulsion"] = self.exercise.log.write(
                OUT_OF_FUEL, self.now, unit=self.name, at=self.position
            )
            self.stop(self.down["propulsion"])
            self.exercise.news.ring()

    def _apply(self, cause: int | None, at: Point | None) -> None:
        """Begins a leg, and settles the fuel of the one before; without a pilot she looks for a coast ahead."""
        self.settle()
        super()._apply(cause, at)
        if not self._piloted:
            self._look_ahead(cause)

    def _look_ahead(self, cause: int | None) -> None:
        """Sees to it that she stops before she runs on to a coast."""
        if not self.exercise.shores.is_open:
            away = self.exercise.shores.run_off(self.position, self.motion.vx, self.motion.vy)
            if away < inf:
                self.exercise.env.process(self._keep_off(away, cause))

    def _keep_off(self, away: float, cause: int | None) -> Process:
        """Stops in time before a coast so far ahead, m, if she is still on the same leg then."""
        leg = self.motion.since, self.motion.vx, self.motion.vy
        yield self.exercise.env.timeout(max(SHORTEST, (away - min(SEA_ROOM, away / 2.0)) / self.motion.speed))
        if leg == (self.motion.since, self.motion.vx, self.motion.vy):
            off = self.exercise.log.write(
                HAULED_OFF, self.now, serial=self.booked, unit=self.name, at=self.position, cause=cause
            )
            self.stop(off)

    def transit(self, to: Point, speed: float, cause: int | None = None) -> Process:
        """Goes to a place by sea, round any land on the way.

        To the nearest water when the place is on land. Stays where she is when no way leads there.
        """
        if self.exercise.shores.is_open:
            yield from super().transit(to, speed, cause)
            return
        places = self.way(self.divert(to, cause), cause)
        self._piloted = True
        try:
            yield from self._go(list(through(self.position, places)), speed, cause)
        finally:
            self._piloted = False
        if self.motion.speed > 0.0:
            self._look_ahead(cause)  # somebody else has given her another course meanwhile

    def voyage(
        self,
        to: tuple[float, float],
        speed: float,
        cause: int | None = None,
        way: tuple[tuple[float, float], ...] = (),
    ) -> Process:
        """Goes by sea to a place on the earth, however far: the shortest sea route, in geodesics whose true lengths count.

        to: latitude and longitude, deg. way: one that leads there, whose rest she takes if she is on it. Gives whether she came there; a defect of her propulsion is waited for. An interrupt stops her.
        """
        from sim.water.voyage import rest, voyage  # noqa: PLC0415  # loads shapely, only for those who go far

        plane = self.exercise.plane
        try:
            here = plane.to_earth(*self.position)
            places = rest(way, here) or voyage(here, to)
        except RouteError:
            self._given_up[plane.to_plane(*to)] = self.exercise.log.write(
                NO_WAY, self.now, serial=self.booked, unit=self.name, at=plane.to_plane(*to), cause=cause
            )
            return False
        marks = (mark for one, other in pairwise(places) for mark in Passage(*one, *other).marks(plane))
        self._piloted = True
        try:
            return (yield from self._sail(marks, speed, cause, to_stop=False, to_mend=True))
        finally:
            self._piloted = False

    def divert(self, to: Point, cause: int | None = None) -> Point:
        """Where she goes when sent to a place: there, or to the nearest water when it is on land, which is logged."""
        if not self.exercise.shores.on_land(to):
            return to
        x, y = self.exercise.shores.afloat(to)
        self.exercise.log.write(
            DIVERTED, self.now, serial=self.booked, unit=self.name, at=(x, y), cause=cause,
            off_m=hypot(x - to[0], y - to[1]),
        )  # fmt: skip
        return x, y

    def way(self, to: Point, cause: int | None = None) -> list[Point]:
        """The places to steer for in turn to get to a place at sea; none, and once a record, when no way leads there."""
        found = self.exercise.shores.way(self.position, to)
        if found is None and to not in self._given_up:
            self._given_up[to] = self.exercise.log.write(
                NO_WAY, self.now, serial=self.booked, unit=self.name, at=to, cause=cause
            )
        return found or []

    def way_to(self, place: Point) -> float:
        """How far it is to a place by sea, m; infinite when no way leads there."""
        shores = self.exercise.shores
        return self.distance_to(place) if shores.is_open else shores.length(self.position, place)

    def guns_of(self, kind: str) -> list[Gun]:
        """Her guns of a kind: main, close-in, machine-gun."""
        return [gun for gun in self.guns if gun.sheet.kind == kind]

    def log_fuel(self, serial: str | None = None) -> int:
        """Records what is in the bunkers now."""
        self.settle()
        return self.exercise.log.write(
            FUEL, self.now, serial=serial, unit=self.name, at=self.position,
            fuel_t=self.bunkers / 1e3, capacity_t=self.capacity / 1e3,
        )  # fmt: skip

    def breakdowns(self) -> Iterator[Process]:
        """One life for each piece of equipment."""
        return (self._life(equipment) for equipment in self.platform.equipment)

    def _life(self, equipment: str) -> Process:
        """Up and down in turn, from a steady state: some ships sail with a defect."""
        sheet = self.platform.equipment[equipment]
        stream = self.exercise.streams("equipment", self.name, equipment)
        spells = alternation(stream, sheet.mtbf.value, sheet.mttr.value, start="steady", repair="lognormal")
        for spell in spells:
            if spell.is_up:
                yield self.exercise.env.timeout(spell.duration)
                continue
            failed = self.exercise.log.write(
                CASUALTY, self.now, serial=self.booked, unit=self.name, at=self.position, equipment=equipment
            )
            self.down[equipment] = failed
            self.tell()
            if equipment == "propulsion":
                self.stop(failed)
            self.exercise.news.ring()
            yield self.exercise.env.timeout(spell.duration)
            if self.down.get(equipment) == failed:
                del self.down[equipment]
                self.tell()
            self.exercise.log.write(
                REPAIRED, self.now, serial=self.booked, unit=self.name, at=self.position, cause=failed,
                equipment=equipment, down_s=spell.duration,
            )  # fmt: skip
            self.exercise.news.ring()
