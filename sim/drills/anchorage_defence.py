"""Anchorage defence: ships at anchor, guards on a ring about them, pickets farther out, boats that run in and divers that swim in.

A boat runs straight in for a ship at anchor from a bearing at random; a guard goes to meet it (`_ring`), and it counts as met outside the protected radius
only. One guard somewhere on a ring of rho meets a raider of speed v_t that runs in from D with chance acos((rho^2 + R^2 - L^2) / 2 rho R) / pi, L = v_p (D - R)
/ v_t (`sim.reach.guard_chance`). Pickets lie farther out and report. A diver begins near a ship at anchor and is found by her diver sonar at a few hundred
metres; she sends a boat. Aircraft keep the air picture, and see boats too. Anchoring itself is notional: ships lie still.
Sources: derived from the meeting of two straight tracks; the ring and the sonar against divers are those of an exercise of 2013 (fact anchorage-ring-2013).
"""

from __future__ import annotations

from math import pi
from typing import TYPE_CHECKING, ClassVar

from sim.drills._drill import Drill, Process, Role, assumed
from sim.drills._raids import Raid
from sim.drills._ring import MET, SENT, Ring
from sim.geometry import Point, velocity
from sim.scenario.numbers import Count, Delay, Depth, Duration, Length, Several, Speed
from sim.scenario.sheets import Limits
from sim.setting import SHORTEST, first_of
from sim.variates import uniform

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.scenario.schema import Scenario, Serial
    from sim.serial import LiveSerial
    from sim.units._agent import Unit
    from sim.units.ship import Ship
    from sim.vigil import Vigil

SPACE = 500.0  # m between ships at anchor


class AnchorageDefence(Drill):
    """Guards round an anchorage meet boats that run in; ships at anchor find divers."""

    class Parameters(Drill.Parameters):
        """Ring, raiders and reactions."""

        target: str = "fast-boat"
        diver: str = "diver"
        boat: str = "work-boat"
        ring: Length = assumed("3 nmi (2 .. 5 nmi)", "Radius of the ring the guards lie on.")
        pickets_at: Length = assumed(
            "5 nmi (4 .. 8 nmi)", "Radius of the ring of pickets, who see farther out."
        )
        protected: Length = assumed("1 nmi (0.5 .. 2 nmi)", "Radius of the waters no boat may come into.")
        raiders: Several = assumed("6 (2 .. 12)", "Boats that run in, in one serial.")
        at_once: Several = assumed("1 (1 .. 3)", "Boats at once, each from a bearing of its own.")
        begins: Length = assumed("8 nmi (6 .. 12 nmi)", "From where boats run in.")
        raid_speed: Speed = assumed("25 kn (15 .. 35 kn)", "Of a boat that runs in.")
        divers: Count = assumed("2 (0 .. 4)", "Divers in one serial.")
        diver_begins: Length = assumed(
            "700 m (400 .. 1500 m)", "From a ship at anchor, where a diver begins."
        )
        diver_speed: Speed = assumed("1 kn (0.7 .. 1.5 kn)", "Of a swimmer with a small tow.")
        diver_reaches: Length = assumed("30 m (10 .. 50 m)", "A diver so near a ship has reached her.")
        guard_speed: Speed = assumed(
            "25 kn (18 .. 30 kn)", "Of guards that run to meet it; less where a ship cannot."
        )
        met_at: Length = assumed("500 m (200 .. 1000 m)", "A guard so near has met the raider.")
        reaction: Delay = {"low": "30 s", "mode": "60 s", "high": "3 min", "basis": "assumed",
                           "why": "From the order, or her own contact, until a guard is on her way."}  # type: ignore[assignment] # fmt: skip
        boat_away: Delay = {"low": "1 min", "mode": "2 min", "high": "5 min", "basis": "assumed",
                            "why": "From the contact with a diver until the ship's boat is away."}  # type: ignore[assignment] # fmt: skip
        interval: Delay = {"low": "5 min", "mode": "10 min", "high": "20 min", "basis": "assumed",
                           "why": "From the end of one run to the next."}  # type: ignore[assignment] # fmt: skip
        form_up: Duration = assumed(
            "30 min (15 .. 60 min)", "Given to anchor and to take stations on the ring."
        )
        stand_off: Depth = assumed("0.5 nmi (0.2 .. 1 nmi)", "Who hardly moves need not keep others far off.")

    roles: ClassVar[dict[str, Role]] = {
        "anchored": Role("ships at anchor", family=("ship",)),
        "guards": Role("ships on the ring", family=("ship",)),
        "pickets": Role("ships farther out that watch and report", family=("ship",), least=0, optional=True),
        "aircraft": Role(
            "aircraft that keep the air picture", family=("helicopter", "aircraft"), least=0, optional=True
        ),
    }
    limits: ClassVar[Limits] = Limits.model_validate(
        {"sea_state": "4 (3 .. 5)", "wind": "10 m/s (8 .. 12 m/s)", "basis": "assumed", "why": "Ships lie at anchor and boats run."}
    )  # fmt: skip
    technical: ClassVar[str | None] = "raiders-stopped"
    measures: ClassVar[tuple[str, ...]] = (
        "leakers",
        "closest-approach",
        "raid-detection-range",
        "reaction-time",
    )
    targets: ClassVar[tuple[str, ...]] = ("target", "diver", "boat")

    @classmethod
    def check(cls, serial: Serial, scenario: Scenario) -> Iterator[tuple[str, str]]:
        """Protected waters inside the ring, raiders from outside it."""
        parameters = serial.parameters
        if parameters.protected.value >= parameters.ring.value:  # type: ignore[attr-defined]
            yield "protected", "the guards lie inside the waters they protect"
        if parameters.begins.value <= parameters.ring.value:  # type: ignore[attr-defined]
            yield "begins", "raiders begin inside the ring of guards"
        if parameters.diver_begins.value <= parameters.diver_reaches.value:  # type: ignore[attr-defined]
            yield "diver_begins", "divers begin where they have reached a ship"

    def conduct(self, serial: LiveSerial) -> Process:
        """Anchor and form the ring; one wave of boats, or one diver, after another."""
        parameters, draws = serial.parameters, serial.draws("raid")
        ordered = yield from serial.order(serial.units(), "defence of the anchorage")
        vigil = serial.watch(serial.units(), cause=ordered)
        ring = Ring(serial, vigil, serial.centre, parameters.ring.value)
        yield from self._form(serial, ring, ordered)
        coming, begun = self._plan(serial), 0
        for number, (family, wave) in enumerate(coming, 1):
            yield from serial.gate()
            lying = [
                ship for ship in serial.ships("anchored") if serial.fit(ship, "anchored")
            ] or serial.ships("anchored")
            runs = []
            for _ in range(wave):
                begun += 1
                bearing, chosen = uniform(draws, 0.0, 2 * pi), uniform(draws, 0.0, 1.0)
                ship = lying[min(len(lying) - 1, int(chosen * len(lying)))] if family == "diver" else lying[0]
                run = self._swim if family == "diver" else self._run
                runs.append(run(serial, vigil, ring, begun, ship, bearing))
            yield from serial.together(runs)
            serial.achieved(number / len(coming))
            yield from serial.spend(parameters.interval.draw(draws))

    def _plan(self, serial: LiveSerial) -> list[tuple[str, int]]:
        """What comes, in an order at random: divers one by one, boats so many at once."""
        parameters, draws = serial.parameters, serial.draws("plan")
        boats, at_once = parameters.raiders.whole, parameters.at_once.whole
        coming = [("boat", min(at_once, boats - first)) for first in range(0, boats, at_once)]
        for _ in range(parameters.divers.whole):
            coming.insert(int(uniform(draws, 0.0, 1.0) * (len(coming) + 1)), ("diver", 1))
        return coming

    def _form(self, serial: LiveSerial, ring: Ring, cause: int) -> Process:
        """Ships anchor in the middle, guards go to the ring and pickets beyond it."""
        (x, y), pickets = serial.centre, serial.ships("pickets")
        seconds, began = serial.parameters.form_up.draw(serial.draws("form up")), serial.on_task
        places: list[tuple[Ship, Point]] = [
            (ship, (x + place * SPACE, y)) for place, ship in enumerate(serial.ships("anchored"))
        ]
        places += [(ship, ring.station(ship)) for ship in serial.ships("guards")]
        for place, ship in enumerate(pickets):
            dx, dy = velocity(2 * pi * (place + 0.5) / len(pickets), serial.parameters.pickets_at.value)
            places.append((ship, (x + dx, y + dy)))
        for ship, place_of in places:
            serial.start(ship.transit(place_of, ship.cruise_speed, cause))
        yield from serial.spend(seconds - (serial.on_task - began))

    def _run(
        self, serial: LiveSerial, vigil: Vigil, ring: Ring, number: int, ship: Ship, bearing: float
    ) -> Process:
        """One boat, from its beginning until it is met or in the protected waters."""
        parameters = serial.parameters
        raid = Raid(serial, vigil, number, parameters.target, ship, bearing, parameters.begins.value)
        ring.watch_for(raid)
        yield from raid.run(parameters.raid_speed.value, parameters.protected.value)

    def _swim(
        self, serial: LiveSerial, vigil: Vigil, ring: Ring, number: int, ship: Ship, bearing: float
    ) -> Process:
        """One diver, until a boat is upon him or he has reached the ship."""
        parameters = serial.parameters
        raid = Raid(serial, vigil, number, parameters.diver, ship, bearing, parameters.diver_begins.value)
        serial.start(self._send_boat(serial, vigil, ship, raid))
        yield from raid.run(parameters.diver_speed.value, parameters.diver_reaches.value)

    def _send_boat(self, serial: LiveSerial, vigil: Vigil, ship: Unit, raid: Raid) -> Process:
        """The ship he swims for sends her boat once somebody has him, and it is over him before he is there, or not."""
        parameters, env = serial.parameters, serial.exercise.env
        while not (held := vigil.holders(raid.raider)):
            if raid.is_over:
                return
            yield first_of(env, vigil.found.rung, raid.over.rung)
        contact = held[0]
        away = parameters.boat_away.draw(serial.draws("boat away", ship.name))
        yield first_of(env, env.timeout(max(SHORTEST, away)), raid.over.rung)
        if raid.is_over:
            return
        boat, began = serial.target(parameters.boat, ship.position), serial.now
        distance = boat.distance_to(raid.raider.position)
        cause = serial.write(SENT, ship, raid.raider, cause=contact.record, raider=raid.number, by_order=0,
                             reaction_s=began - contact.since, meets_in_s=distance / boat.cruise_speed)  # fmt: skip
        run = serial.start(boat.intercept(raid.raider, boat.cruise_speed, cause))
        if (yield from raid.within(boat, parameters.diver_reaches.value)):
            serial.write(MET, ship, raid.raider, cause=cause, raider=raid.number, took_s=serial.now - began,
                         off_m=raid.raider.distance_to(raid.guide.position))  # fmt: skip
            raid.end(dealt_with=True)
        if run.is_alive:
            run.interrupt("over")
        serial.take_in(boat)
