"""Sea patrol: ships in company sail a route over hundreds or thousands of miles, and take fuel on the way when somebody falls low.

One leads from place to place by the shortest way by sea, round land and through straits, at the pace of the group; the others keep station in column.
Lengths are those of the earth, not of the plane. Times at the places are the lengths over the speed of advance; sea, defects of the leader and
replenishment make late. When a ship's bunkers fall to a threshold, all slow down, an auxiliary with cargo leads and the others come alongside, the lowest
first; one who cannot be helped is detached before she is empty. Source: distances and days of such patrols (seeds/sea_patrols.yaml); the rest is derived.
"""

from __future__ import annotations

from itertools import pairwise
from math import fsum, inf
from typing import TYPE_CHECKING, ClassVar

import simpy

from sim.drills._alongside import SEAS, TRANSFER, Alongside, transfer
from sim.drills._drill import Process, Role, assumed
from sim.geodesy import distance
from sim.log import kind
from sim.quantities import HOUR
from sim.scenario.declared import Words
from sim.scenario.numbers import Length, Plain, Share, Speed
from sim.scenario.places import OCEAN, Where
from sim.setting import SHORTEST, Bell, first_of
from sim.stations import Station

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.scenario.schema import Scenario, Serial
    from sim.serial import LiveSerial
    from sim.units.ship import Ship

WAY_POINT = kind("way-point", "A group passes a place of its route: how late, how far it has come, how many are in company, and the lowest bunkers.", place="count",
                 late_s="number", run_m="number", near="count", ships="count", lowest="number")  # fmt: skip
RAS = kind("ras", "A group begins to take fuel under way, or is done: the lowest bunkers, and how many were served.", begins="count", lowest="number",
           served="count")  # fmt: skip
SAILED = kind("sailed", "What came of a group's voyage.", planned_m="number", sailed_m="number", taken_s="number", together_s="number", replenishments="count",
              lowest="number", detached="count")  # fmt: skip

GLANCE = 6 * HOUR  # s after which fuel is looked at again at the latest: the sea changes what is burnt
SOON = 600.0  # s; nor sooner


class SeaPatrol(Alongside):
    """A group sails a route in company."""

    class Parameters(Alongside.Parameters):
        """Route, pace, stations and when to take fuel."""

        route: tuple[Where, ...] = ()
        straits: Words = ()
        speed: Speed = assumed(
            "12 kn (10 .. 14 kn)", "Of advance; joint patrols made good 10 to 14 kn, with all their stops."
        )
        spacing: Length = assumed("1 nmi (0.5 .. 1.5 nmi)", "From one ship of the column to the next.")
        catch_up: Plain = assumed(
            "1.2 (1.1 .. 1.4)", "Times the speed of the group, of a ship out of her station."
        )
        company: Length = assumed("20 nmi (12 .. 30 nmi)", "Within this of the leader a ship is in company.")
        take_fuel_at: Share = assumed(
            "60 % (50 .. 70 %)", "Bunkers at which the group takes fuel; navies stay well above half."
        )
        take_below: Share = assumed("85 % (75 .. 90 %)", "Ships with less than this then come alongside too.")
        detach_at: Share = assumed(
            "15 % (10 .. 25 %)", "Bunkers at which a ship that nobody can help makes for port."
        )
        ras_speed: Speed = {"value": "12 kn", "low": "12 kn", "high": "14 kn", "source": ["X07", "X10"],
                            "confidence": "typical"}  # type: ignore[assignment] # fmt: skip

    roles: ClassVar[dict[str, Role]] = {
        "ships": Role("ships of the group, the leader first; those with a rig give fuel", family=("ship",)),
    }
    technical: ClassVar[str | None] = "route-sailed"
    measures: ClassVar[tuple[str, ...]] = ("distance-made-good", "way-point-lateness", "time-in-company", "time-in-straits", "replenishments",
                                           "fuel-delivered", "lowest-bunkers")  # fmt: skip
    close: ClassVar[tuple[tuple[str, str], ...]] = (("ships", "ships"),)

    @classmethod
    def check(cls, serial: Serial, scenario: Scenario) -> Iterator[tuple[str, str]]:
        """It needs a route the plane can show, straits that are areas, and shares in their order."""
        parameters, datum = serial.parameters, scenario.datum
        if not parameters.route:  # type: ignore[attr-defined]
            yield "drill", "needs a 'route:' of at least one place"
        for place in parameters.route:  # type: ignore[attr-defined]
            away = distance(datum.latitude, datum.longitude, place.latitude, place.longitude)
            if away > OCEAN:
                yield "route", f"{away / 1852:.0f} nmi from the datum; at most {OCEAN / 1852:.0f} nmi"
        for name in parameters.straits:  # type: ignore[attr-defined]
            if name not in scenario.areas:
                yield "straits", f"no area is called {name!r}; there are: {', '.join(scenario.areas)}"
        shares = [getattr(parameters, key).value for key in ("detach_at", "take_fuel_at", "take_below")]
        if shares != sorted(shares):
            yield "take_fuel_at", "lies between 'detach_at' and 'take_below'"

    def conduct(self, serial: LiveSerial) -> Process:
        """The route, place by place, to its end."""
        ordered = yield from serial.order(serial.units(), "proceed in company")
        group = _Group(self, serial, ordered)
        serial.keep(group)
        minding = [serial.start(group.mind_fuel()), serial.start(group.mind_stragglers())]
        yield from group.sail()
        for process in minding:
            if process.is_alive:
                process.interrupt("over")


class _Group:
    """Ships in company. What has been sailed is counted by the legs of the leader, on the earth."""

    def __init__(self, drill: SeaPatrol, serial: LiveSerial, ordered: int | None) -> None:
        from sim.water.voyage import length, way_of  # noqa: PLC0415  # loads shapely, only when ships go far

        self._drill, self._serial, self._ordered = drill, serial, ordered
        parameters = serial.parameters
        self._route = [(each.latitude, each.longitude) for each in parameters.route]
        self._speed = parameters.speed.value
        self._leader: Ship | None = serial.ships()[0]
        self._helm = Bell(serial.exercise.env)
        self._began = self._last = serial.now
        start = serial.exercise.plane.to_earth(*self._leader.position)
        self._ways = [way_of(one, other) for one, other in pairwise([start, *self._route])]
        ends = pairwise([start, *self._route])
        self._legs = [length(way or each) for way, each in zip(self._ways, ends, strict=True)]
        self._passed, self._together, self._fills, self._detached, self._lowest = 0, 0.0, 0, 0, 1.0
        self._is_closed = False
        self._serving: tuple[Ship, ...] = ()  # those at the giver, who keep no place in the column

    # ----------------------------------------------------------------- the way

    def sail(self) -> Process:
        """From place to place; again from where they are when the leader, the speed or a defect changes."""
        serial, env = self._serial, self._serial.exercise.env
        while self._passed < len(self._route) and self._ships():
            leader = self._lead()
            leader.guide = None  # she follows nobody from now on
            to, way = self._route[self._passed], self._ways[self._passed]
            sailing = serial.start(leader.voyage(to, self._speed, self._ordered, way))
            self._form(leader)
            yield first_of(env, sailing, self._helm.rung)
            if sailing.is_alive:
                sailing.interrupt("helm")
                yield sailing
            elif sailing.value:
                self._pass(leader)
            else:
                yield first_of(env, self._helm.rung, serial.exercise.news.rung, env.timeout(GLANCE))

    def _ships(self) -> list[Ship]:
        return self._serial.ships("ships")

    def _lead(self) -> Ship:
        ships = self._ships()
        if self._leader not in ships:
            self._leader = ships[0]
        assert self._leader is not None
        return self._leader

    def _form(self, leader: Ship) -> None:
        """Whoever does not follow the leader yet takes a place in her column."""
        serial, parameters = self._serial, self._serial.parameters
        for place, ship in enumerate((each for each in self._ships() if each is not leader), 1):
            if ship.guide is not leader and not self._busy(ship):
                station = Station(0.0, -place * parameters.spacing.value, turns=True)
                pace = max(parameters.catch_up.value * self._speed, ship.platform.cruise_speed.value)
                serial.start(ship.keep_station(leader, station, pace, self._ordered))

    def mind_stragglers(self) -> Process:
        """Whoever has lain still with a defect follows again once it is mended: her leader's helm may be quiet for a day."""
        still: dict[Ship, None] = {}
        while True:
            yield self._serial.exercise.news.rung
            for ship in self._ships():
                if ship.max_speed <= 0.0:
                    still[ship] = None
                elif ship in still:
                    del still[ship]
                    if ship is not self._leader and not self._busy(ship):
                        ship.guide = None
                        self._form(self._lead())

    def _pass(self, leader: Ship) -> None:
        serial = self._serial
        self._passed += 1
        run = fsum(self._legs[: self._passed])
        near = self._near(leader)
        if near == len(self._ships()):
            self._together += serial.now - self._last
        self._last = serial.now
        due = self._began + run / serial.parameters.speed.value
        self._ordered = serial.write(WAY_POINT, leader, cause=self._ordered, place=self._passed, late_s=serial.now - due, run_m=run, near=near,
                                     ships=len(self._ships()), lowest=self._low())  # fmt: skip
        serial.achieved(run / fsum(self._legs))

    def _near(self, leader: Ship) -> int:
        within = self._serial.parameters.company.value
        return len([ship for ship in self._ships() if ship.distance_to(leader.position) <= within])

    # ----------------------------------------------------------------- the fuel

    def _busy(self, ship: Ship) -> bool:
        return ship in self._serving

    def _share(self, ship: Ship) -> float:
        ship.settle()
        return ship.bunkers / ship.capacity if ship.capacity else 1.0

    def _low(self) -> float:
        """The least of their bunkers now, as a share; notes it."""
        least = min((self._share(ship) for ship in self._ships()), default=1.0)
        self._lowest = min(self._lowest, least)
        return least

    def mind_fuel(self) -> Process:
        """Looks when the first could fall to the threshold, and has fuel taken then, or detaches whom nobody can help."""
        env = self._serial.exercise.env
        while self._ships():
            if self._until_low() <= SHORTEST:
                helped = yield from self._replenish()
                self._detach()
                yield env.timeout(SOON if helped else GLANCE)
                continue
            yield env.timeout(min(GLANCE, max(SOON, self._until_low())))

    def _until_low(self) -> float:
        """Until the first has come down to the threshold at her present burn, s."""
        limit, soonest = self._serial.parameters.take_fuel_at.value, inf
        for ship in self._ships():
            share = self._share(ship)
            if share <= limit:
                return 0.0
            if ship.burn is not None:
                soonest = min(
                    soonest, (share - limit) * ship.capacity / max(1e-9, ship.burn.rate(ship.motion.speed))
                )
        return soonest

    def _replenish(self) -> Process:
        """Slow down, an auxiliary leads, the low come alongside; gives whether anybody was served."""
        serial, parameters = self._serial, self._serial.parameters
        givers = [
            ship for ship in self._ships() if ship.platform.replenishment is not None and ship.cargo > 0.0
        ]
        if not givers or serial.exercise.weather.sea_state > SEAS[-1]:
            return False
        for ship in givers:
            self._fill_up(ship)
        giver, before, speed = max(givers, key=lambda ship: ship.cargo), self._leader, self._speed
        below = parameters.take_below.value
        thirsty = sorted(
            (ship for ship in self._ships() if ship is not giver and self._share(ship) < below),
            key=self._share,
        )
        if not thirsty:
            return True
        begun = serial.write(RAS, giver, cause=self._ordered, begins=1, lowest=self._low(), served=0)
        self._leader, self._speed, self._serving = (
            giver,
            min(speed, parameters.ras_speed.value),
            tuple(thirsty),
        )
        self._helm.ring()
        sheet = giver.platform.replenishment
        assert sheet is not None
        rigs = simpy.Resource(serial.exercise.env, sheet.stations.whole)
        yield from serial.order([giver, *thirsty], "replenish", begun)
        served = [
            serial.start(self._drill.serve(serial, giver, ship, rigs, place))
            for place, ship in enumerate(thirsty)
        ]
        yield serial.exercise.env.all_of(served)
        good = len([each for each in served if each.value])
        self._fills += good
        serial.write(RAS, giver, cause=begun, begins=0, lowest=self._low(), served=good)
        for ship in thirsty:
            ship.guide = None
        self._leader, self._speed, self._serving = before, speed, ()
        self._helm.ring()
        return good > 0

    def _fill_up(self, ship: Ship) -> None:
        """An auxiliary takes for herself of what she carries for others."""
        wanted = (self._serial.parameters.top_up_to.value - self._share(ship)) * ship.capacity
        if self._share(ship) < self._serial.parameters.take_below.value:
            moved = transfer(ship, ship, wanted) / 1e3
            self._serial.write(
                TRANSFER, ship, ship, cause=self._ordered, fuel_t=moved, wanted_t=wanted / 1e3, minutes=0.0
            )

    def _detach(self) -> None:
        for ship in self._ships():
            if self._share(ship) <= self._serial.parameters.detach_at.value and len(self._ships()) > 1:
                self._detached += 1
                self._serial.drop_out(ship, "ships", "fuel", self._ordered)
                self._helm.ring()

    def close(self) -> None:
        """FINEX: what came of it, also when it was broken off."""
        if self._is_closed:
            return
        self._is_closed = True
        serial, planned = self._serial, fsum(self._legs)
        done = fsum(self._legs[: self._passed])
        if self._passed < len(self._route) and self._leader is not None:
            from sim.water.voyage import length, rest, way_of  # noqa: PLC0415

            here = serial.exercise.plane.to_earth(*self._leader.position)
            to, way = self._route[self._passed], self._ways[self._passed]
            left = rest(way, here) or way_of(here, to) or (here, to)
            done += max(0.0, self._legs[self._passed] - length(left))
            if self._near(self._leader) == len(self._ships()):
                self._together += serial.now - self._last
        self._low()
        serial.achieved(done / planned if planned else 1.0)
        serial.write(SAILED, self._leader, cause=self._ordered, planned_m=planned, sailed_m=done, taken_s=serial.now - self._began, together_s=self._together,
                     replenishments=self._fills, lowest=self._lowest, detached=self._detached)  # fmt: skip
