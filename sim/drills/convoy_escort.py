"""Convoy escort: a screen round a main body under way; boats, drones and submarines come, and are met or not.

The body steams, escorts keep sectors of a screen. Threats come by a plan of how many and at times and bearings drawn, boats and drones from
anywhere, submarines only from within the limiting lines of submerged approach, asin(u / v) either side of the bow: from
farther aft a submarine of speed u never comes up with a body of speed v. Who holds a threat is reported; the nearest free escort, or the
helicopter, is sent, meets it and goes back to her station.
Sources: Washburn, Search and Detection, 4th edition (2002); Wagner, Mylander and Sanders, Naval Operations Analysis, for the limiting lines.
"""

from __future__ import annotations

from math import pi
from typing import TYPE_CHECKING, ClassVar

from sim.drills._company import InCompany
from sim.drills._drill import Process, Role, assumed
from sim.drills._raids import Raid
from sim.geometry import crossing_times, intercept
from sim.log import kind
from sim.reach import limiting_lines
from sim.scenario.numbers import Delay, Length, Some, Speed
from sim.scenario.sheets import Limits
from sim.setting import SHORTEST, first_of, when
from sim.stations import Station
from sim.variates import uniform

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.scenario.schema import Scenario, Serial
    from sim.serial import LiveSerial
    from sim.units._craft import Craft
    from sim.vigil import Vigil

SECTOR = kind(
    "sector", "An escort takes her sector of the screen.", sector="count", from_deg="number", to_deg="number"
)
INVESTIGATES = kind(
    "investigates", "An escort or a helicopter is sent to a threat.", raider="count", reaction_s="number"
)
MET_THREAT = kind(
    "threat-met",
    "A threat is met before it reaches the body.",
    raider="count",
    off_m="number",
    took_s="number",
)

FAMILIES = ("boats", "drones", "submarines")


class ConvoyEscort(InCompany):
    """Escorts screen a body of ships against what comes."""

    class Parameters(InCompany.Parameters):
        """Threats, screen and reactions."""

        boat: str = "fast-boat"
        drone: str = "raider-drone"
        submarine: str = "submarine-target"
        boats: Some = assumed("2 (0 .. 6)", "Runs in the serial.")
        drones: Some = assumed("2 (0 .. 6)", "Runs in the serial.")
        submarines: Some = assumed("1 (0 .. 2)", "Approaches in the serial.")
        begins: Length = assumed("10 nmi (6 .. 15 nmi)", "From where boats and submarines come.")
        air_begins: Length = assumed("20 nmi (10 .. 40 nmi)", "From where drones come.")
        boat_speed: Speed = assumed("25 kn (15 .. 35 kn)", "Of a boat that runs in.")
        drone_speed: Speed = assumed("45 m/s (30 .. 80 m/s)", "Of a small drone.")
        submarine_speed: Speed = assumed("6 kn (4 .. 8 kn)", "Of a submarine that approaches submerged.")
        screen: Length = assumed("3 nmi (2 .. 5 nmi)", "Distance of the escorts from the middle of the body.")
        reaches: Length = assumed("1 nmi (0.5 .. 2 nmi)", "A threat so near has reached the body.")
        met_at: Length = assumed("1000 m (500 .. 2000 m)", "An escort so near has met a threat.")
        reaction: Delay = {"low": "20 s", "mode": "45 s", "high": "2 min", "basis": "assumed",
                           "why": "From the contact to a course to meet it, when staffs know each other."}  # type: ignore[assignment] # fmt: skip
        interval: Delay = {"low": "8 min", "mode": "15 min", "high": "30 min", "basis": "assumed",
                           "why": "From the beginning of one approach to the next."}  # type: ignore[assignment] # fmt: skip

    roles: ClassVar[dict[str, Role]] = {
        "body": Role("ships that are escorted", family=("ship",)),
        "screen": Role("escorts", family=("ship",)),
        "aircraft": Role(
            "aircraft over the convoy", family=("helicopter", "aircraft"), least=0, optional=True
        ),
    }
    limits: ClassVar[Limits] = Limits.model_validate(
        {"sea_state": "5 (4 .. 6)", "visibility": "1 nmi (0.5 .. 3 nmi)", "basis": "assumed",
         "why": "Ships in close company, aircraft and boats about them."}
    )  # fmt: skip
    technical: ClassVar[str | None] = "raiders-stopped"
    measures: ClassVar[tuple[str, ...]] = (
        "leakers",
        "closest-approach",
        "raid-detection-range",
        "reaction-time",
        "sectors-covered",
    )
    targets: ClassVar[tuple[str, ...]] = ("boat", "drone", "submarine")

    @classmethod
    def check(cls, serial: Serial, scenario: Scenario) -> Iterator[tuple[str, str]]:
        """Threats begin outside the screen, and the screen stands outside what it protects."""
        parameters = serial.parameters
        if parameters.begins.value <= parameters.screen.value:  # type: ignore[attr-defined]
            yield "begins", "threats begin inside the screen"
        if parameters.reaches.value >= parameters.screen.value:  # type: ignore[attr-defined]
            yield "reaches", "threats have reached the body before they come to the screen"

    def conduct(self, serial: LiveSerial) -> Process:
        """Form the screen, steam, meet what comes; until the time is up."""
        parameters = serial.parameters
        ordered = yield from serial.order(serial.units(), "form screen, proceed in convoy")
        serial.start(self.steam(serial, "body"))
        self._form_screen(serial, ordered)
        yield from serial.spend(min(600.0, serial.duration / 6))
        vigil = serial.watch(serial.units(), cause=ordered)
        coming = self._plan(serial)
        busy: set[str] = set()
        raids = []
        for number, (family, bearing) in enumerate(coming, 1):
            yield from serial.gate()
            raids.append(serial.start(self._threat(serial, vigil, number, family, bearing, busy)))
            serial.achieved(0.9 * number / len(coming))
            yield from serial.spend(parameters.interval.draw(serial.draws("interval")))
            if serial.on_task > serial.duration:
                break
        yield from serial.spend(serial.duration - serial.on_task)
        serial.achieved(1.0)

    def _plan(self, serial: LiveSerial) -> list[tuple[str, float]]:
        """Who comes, in an order at random, and from which bearing on the bow of the body, rad."""
        parameters, draws = serial.parameters, serial.draws("threats")
        coming = [family for family in FAMILIES for _ in range(getattr(parameters, family).whole)]
        found = []
        while coming:
            family = coming.pop(min(len(coming) - 1, int(uniform(draws, 0.0, 1.0) * len(coming))))
            limit = (
                limiting_lines(parameters.submarine_speed.value, parameters.speed.value)
                if family == "submarines"
                else pi
            )
            found.append((family, uniform(draws, -limit, limit)))
        return found

    def _form_screen(self, serial: LiveSerial, cause: int) -> None:
        """Escorts share the circle ahead and on both beams, a sector each, and keep its middle."""
        guide, screen = serial.ships("body")[0], serial.ships("screen")
        width = 2 * pi * 0.75 / max(1, len(screen))
        for place, ship in enumerate(screen):
            middle = (place - (len(screen) - 1) / 2) * width
            serial.write(SECTOR, ship, guide, cause=cause, sector=place + 1, from_deg=(middle - width / 2) * 180 / pi,
                         to_deg=(middle + width / 2) * 180 / pi)  # fmt: skip
            serial.start(
                ship.keep_station(
                    guide, Station.on(middle, serial.parameters.screen.value, turns=True), cause=cause
                )
            )

    def _threat(
        self, serial: LiveSerial, vigil: Vigil, number: int, family: str, bow: float, busy: set[str]
    ) -> Process:
        """One threat, from its beginning until it is met or has reached the body."""
        parameters, guide = serial.parameters, serial.ships("body")[0]
        platform, speed, away = {
            "boats": (parameters.boat, parameters.boat_speed.value, parameters.begins.value),
            "drones": (parameters.drone, parameters.drone_speed.value, parameters.air_begins.value),
            "submarines": (parameters.submarine, parameters.submarine_speed.value, parameters.begins.value),
        }[family]
        raid = Raid(serial, vigil, number, platform, guide, guide.heading + bow, away)
        escorting = serial.start(self._meet(serial, vigil, raid, busy))
        yield from raid.run(speed, parameters.reaches.value)
        if escorting.is_alive:
            escorting.interrupt("over")

    def _meet(self, serial: LiveSerial, vigil: Vigil, raid: Raid, busy: set[str]) -> Process:
        """Who can meet it first and is free goes, meets it, and goes back."""
        parameters, env = serial.parameters, serial.exercise.env
        contact = yield from vigil.await_contact(raid.raider)
        yield env.timeout(max(SHORTEST, parameters.reaction.draw(serial.draws("reaction"))))
        while (unit := self._nearest(serial, raid, busy)) is None:
            yield first_of(env, raid.over.rung, env.timeout(60.0))
            if raid.is_over:
                return
        busy.add(unit.name)
        began = serial.now
        cause = serial.write(
            INVESTIGATES,
            unit,
            raid.raider,
            cause=contact.record,
            raider=raid.number,
            reaction_s=began - contact.since,
        )
        chase = serial.start(unit.intercept(raid.raider, unit.max_speed, cause))
        try:
            while not raid.is_over:
                (x, y), (u, v) = unit.position, raid.raider.position
                own, its = unit.motion, raid.raider.motion
                times = crossing_times(
                    u - x, v - y, its.vx - own.vx, its.vy - own.vy, parameters.met_at.value
                )
                if times is not None and times[0] <= SHORTEST < times[1]:
                    serial.write(MET_THREAT, unit, raid.raider, cause=cause, raider=raid.number, took_s=serial.now - contact.since,
                                 off_m=serial.exercise.referee.distance(raid.raider, raid.guide))  # fmt: skip
                    raid.end(dealt_with=True)
                    break
                turns = [raid.over.rung, unit.helm.rung, raid.raider.helm.rung]
                if times is not None and times[0] > SHORTEST:
                    turns.append(when(env, serial.now + times[0]))
                yield first_of(env, *turns)
        finally:
            if chase.is_alive:
                chase.interrupt("over")
            busy.discard(unit.name)
            self._back(serial, unit, cause)

    def _nearest(self, serial: LiveSerial, raid: Raid, busy: set[str]) -> Craft | None:
        """Who can meet it soonest, of those not busy: helicopters on task and escorts."""
        best: tuple[float, Craft] | None = None
        helicopters = [
            unit
            for unit in serial.units("aircraft")
            if unit.is_on_task and unit.platform.family == "helicopter"
        ]
        for unit in (*helicopters, *serial.ships("screen")):
            (x, y), (u, v), motion = unit.position, raid.raider.position, raid.raider.motion
            found = intercept(u - x, v - y, motion.vx, motion.vy, unit.max_speed)
            if unit.name not in busy and found is not None and (best is None or found.time < best[0]):
                best = found.time, unit
        return None if best is None else best[1]

    def _back(self, serial: LiveSerial, unit: Craft, cause: int) -> None:
        """To her station again, if she is an escort."""
        screen = serial.ships("screen")
        if unit in screen and serial.result is None:
            width, place = 2 * pi * 0.75 / len(screen), [ship.name for ship in screen].index(unit.name)
            middle = (place - (len(screen) - 1) / 2) * width
            station = Station.on(middle, serial.parameters.screen.value, turns=True)
            serial.start(unit.keep_station(serial.ships("body")[0], station, cause=cause))
