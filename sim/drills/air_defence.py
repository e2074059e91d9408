"""Air defence: raiders come in on a group of ships of two navies, are found, assigned and engaged by simulated launches.

Raiders fly straight in at a height: low ones come over the radar horizon late. The first detection is reported to the staffs, to the own one
soon and across the boundary later. Each staff assigns its own free ships to what it knows of, unless it has heard that the other has done so: in the
time the news takes both may take the same raider (a double assignment). A ship fires when the raider is in range, looks after
each shot and fires again up to so many times (shoot-look-shoot). Nothing is launched: shots are simulated.
Source: Washburn, Notes on Firing Theory (NPS, 2002).
"""

from __future__ import annotations

from functools import partial
from math import pi
from typing import TYPE_CHECKING, ClassVar

from sim.drills._company import InCompany
from sim.drills._drill import Process, Role, assumed
from sim.drills._raids import Raid
from sim.geometry import crossing_times
from sim.log import kind
from sim.scenario.numbers import Delay, Duration, Length, Several, Share, Speed
from sim.scenario.sheets import Limits
from sim.setting import SHORTEST, Agenda, Bell, first_of, when
from sim.variates import chance, uniform

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.scenario.schema import Scenario, Serial
    from sim.serial import LiveSerial
    from sim.units.ship import Ship
    from sim.vigil import Vigil

ASSIGNED = kind(
    "raider-assigned", "A ship is assigned to a raider.", force="text", raider="count", double="count"
)
LAUNCH = kind(
    "simulated-launch",
    "A launch is simulated at a raider.",
    shot="count",
    range_m="number",
    flight_s="number",
)
SPLASH = kind("splash", "A simulated shot counts as a hit.", shots="count", took_s="number", range_m="number")


class AirDefence(InCompany):
    """A group of ships against raiders in the air."""

    class Parameters(InCompany.Parameters):
        """Raid, reactions and simulated fire."""

        target: str = "raider-drone"
        raiders: Several = assumed("8 (2 .. 20)", "In one serial; the number of drones is not public.")
        at_once: Several = assumed("2 (1 .. 4)", "In one wave, from one bearing.")
        begins: Length = assumed("25 nmi (10 .. 60 nmi)", "From where raiders run in.")
        height: Length = assumed("300 m (10 .. 3000 m)", "They fly so high.")
        raid_speed: Speed = assumed(
            "50 m/s (40 .. 250 m/s)", "Of a small drone; aircraft are five times as fast."
        )
        interval: Delay = {"low": "6 min", "mode": "12 min", "high": "20 min", "basis": "assumed",
                           "why": "From one wave to the next."}  # type: ignore[assignment] # fmt: skip
        release: Length = assumed("2 km (1 .. 5 km)", "A raider that comes so near is a leaker.")
        reach: Length = assumed(
            "12 km (8 .. 30 km)", "Of the simulated missiles of short range; generic, of no named system."
        )
        shot_speed: Speed = assumed("700 m/s (500 .. 900 m/s)", "Mean speed of a simulated shot.")
        reaction: Delay = {"low": "8 s", "mode": "15 s", "high": "40 s", "basis": "assumed",
                           "why": "From the assignment to ready."}  # type: ignore[assignment] # fmt: skip
        single_shot: Share = assumed(
            "70 % (40 .. 90 %)", "Chance that one simulated shot counts as a hit, by umpire's table."
        )
        shots: Several = assumed("3 (1 .. 4)", "At most at one raider, by one ship.")
        look: Duration = assumed("6 s (3 .. 12 s)", "To judge a shot before the next.")
        channels: Several = assumed("2 (1 .. 4)", "Raiders one ship takes on at once.")

    roles: ClassVar[dict[str, Role]] = {
        "defenders": Role("ships of the group", family=("ship",), carries=("radar",)),
        "aircraft": Role(
            "aircraft that keep the air picture", family=("helicopter", "aircraft"), least=0, optional=True
        ),
    }
    limits: ClassVar[Limits] = Limits.model_validate(
        {"sea_state": "5 (4 .. 6)", "visibility": "1 nmi (0.5 .. 3 nmi)", "wind": "12 m/s (10 .. 15 m/s)", "basis": "assumed",
         "why": "Small drones are the first that wind and sea keep on deck."}
    )  # fmt: skip
    technical: ClassVar[str | None] = "raiders-stopped"
    measures: ClassVar[tuple[str, ...]] = (
        "leakers",
        "closest-approach",
        "engagement-time",
        "double-assignments",
    )
    targets: ClassVar[tuple[str, ...]] = ("target",)

    @classmethod
    def check(cls, serial: Serial, scenario: Scenario) -> Iterator[tuple[str, str]]:
        """Raiders begin outside the range of fire, and that is wider than where they are through."""
        parameters = serial.parameters
        if parameters.begins.value <= parameters.reach.value:  # type: ignore[attr-defined]
            yield "begins", "raiders begin within the range of the simulated missiles"
        if parameters.release.value >= parameters.reach.value:  # type: ignore[attr-defined]
            yield "release", "raiders are through before anybody can fire"

    def conduct(self, serial: LiveSerial) -> Process:
        """Steam in company; wave after wave."""
        parameters, draws = serial.parameters, serial.draws("raid")
        ordered = yield from serial.order(serial.units(), "air defence exercise")
        serial.start(self.steam(serial, "defenders"))
        vigil = serial.watch(serial.units(), cause=ordered)
        staffs = _Staffs(serial, vigil)
        for force in staffs.forces:
            serial.start(staffs.assign(force))
        begun = 0
        while begun < parameters.raiders.whole:
            yield from serial.gate()
            bearing = uniform(draws, 0.0, 2 * pi)
            wave = min(parameters.at_once.whole, parameters.raiders.whole - begun)
            guide = serial.ships("defenders")[0]
            raids = []
            for place in range(wave):
                away = parameters.begins.value * (1.0 + 0.01 * place)  # one behind the other
                raids.append(
                    Raid(
                        serial,
                        vigil,
                        begun + place + 1,
                        parameters.target,
                        guide,
                        bearing,
                        away,
                        parameters.height.value,
                    )
                )
            begun += wave
            staffs.raids += raids
            yield from serial.together(
                [raid.run(parameters.raid_speed.value, parameters.release.value) for raid in raids]
            )
            serial.achieved(begun / parameters.raiders.whole)
            yield from serial.spend(parameters.interval.draw(draws))


class _Staffs:
    """The staffs of the forces in the serial: what each knows of, and whom it has assigned."""

    def __init__(self, serial: LiveSerial, vigil: Vigil) -> None:
        self._serial, self._vigil = serial, vigil
        self.raids: list[Raid] = []
        self.forces = list(
            dict.fromkeys(ship.force for ship in serial.ships("defenders") if ship.force is not None)
        )
        self._taken: dict[str, set[int]] = {
            force: set() for force in self.forces
        }  # as far as each staff knows
        self._assigned: dict[int, int] = {}
        self._busy: dict[str, int] = {}
        self._free = Bell(serial.exercise.env)
        self._agenda = Agenda(serial.exercise.env)

    def assign(self, force: str) -> Process:
        """One staff: looks at what it knows whenever a report comes in or a ship is free."""
        while True:
            for raid in [
                each for each in self.raids if not each.is_over and each.number not in self._taken[force]
            ]:
                if (
                    self._vigil.known_to(force, raid.raider) is not None
                    and (ship := self._free_ship(force, raid)) is not None
                ):
                    self._take(force, raid, ship)
            yield first_of(self._serial.exercise.env, self._vigil.reported.rung, self._free.rung)

    def _free_ship(self, force: str, raid: Raid) -> Ship | None:
        """Its nearest ship with a channel to spare."""
        most = self._serial.parameters.channels.whole
        ships = [
            ship
            for ship in self._serial.ships("defenders")
            if ship.force == force and self._busy.get(ship.name, 0) < most
        ]
        return min(
            ships, key=lambda ship: self._serial.exercise.referee.distance(ship, raid.raider), default=None
        )

    def _take(self, force: str, raid: Raid, ship: Ship) -> None:
        first = self._vigil.first(raid.raider)
        double = int(raid.number in self._assigned)
        record = self._serial.write(ASSIGNED, ship, raid.raider, cause=first.record if first else raid.cause, force=force,
                                    raider=raid.number, double=double)  # fmt: skip
        self._taken[force].add(raid.number)
        self._assigned[raid.number] = self._assigned.get(raid.number, 0) + 1
        self._busy[ship.name] = self._busy.get(ship.name, 0) + 1
        for other in self.forces:  # who hears of it leaves the raider to them
            if other != force:
                staff = self._serial.exercise.commanders[other]
                heard = self._serial.now + staff.report_delay(ship, self._serial.number)
                self._agenda.add(heard, partial(self._taken[other].add, raid.number))
        self._serial.start(self._engage(ship, raid, record))

    def _engage(self, ship: Ship, raid: Raid, cause: int) -> Process:
        """Shoot, look, shoot; the channel is free again after the last."""
        serial, parameters, env = self._serial, self._serial.parameters, self._serial.exercise.env
        began, shots = serial.now, 0
        try:
            yield env.timeout(max(SHORTEST, parameters.reaction.draw(serial.draws("reaction", ship.name))))
            while not raid.is_over and shots < parameters.shots.whole:
                if not (yield from self._in_reach(ship, raid)):
                    break
                yield from serial.gate()
                shots += 1
                distance = serial.exercise.referee.distance(ship, raid.raider)
                flight = distance / parameters.shot_speed.value
                cause = serial.write(
                    LAUNCH, ship, raid.raider, cause=cause, shot=shots, range_m=distance, flight_s=flight
                )
                yield env.timeout(max(SHORTEST, flight))
                hit = chance(serial.draws("kill", raid.raider.name), parameters.single_shot.value)
                if raid.is_over:
                    break
                if hit:
                    serial.write(SPLASH, ship, raid.raider, cause=cause, shots=shots, took_s=serial.now - began,
                                 range_m=serial.exercise.referee.distance(ship, raid.raider))  # fmt: skip
                    raid.end(dealt_with=True)
                    break
                yield env.timeout(parameters.look.value)
        finally:
            self._busy[ship.name] -= 1
            self._free.ring()

    def _in_reach(self, ship: Ship, raid: Raid) -> Process:
        """Waits until the raider is in reach of the ship and held by somebody; gives False when it is over before."""
        env, reach = self._serial.exercise.env, self._serial.parameters.reach.value
        while not raid.is_over:
            (x, y), (u, v) = ship.position, raid.raider.position
            own, its = ship.motion, raid.raider.motion
            times = crossing_times(u - x, v - y, its.vx - own.vx, its.vy - own.vy, reach)
            if times is not None and times[0] <= SHORTEST < times[1] and self._vigil.holders(raid.raider):
                return True
            turns = [raid.over.rung, ship.helm.rung, raid.raider.helm.rung, self._vigil.found.rung]
            if times is not None and times[0] > SHORTEST:
                turns.append(when(env, self._serial.now + times[0]))
            yield first_of(env, *turns)
        return False
