"""Air defence: raiders come in on a group of ships of two navies, are found, assigned and engaged by simulated launches.

Raiders fly straight in, high or low, in waves from one bearing: drones, and own aircraft that play raiders. Low ones come over the radar horizon late and stand in the
clutter of the sea. Radar finds by paints (two of three make a track); the first detection goes to the staffs, to the own one soon and across the boundary
later. Raiders are assigned over that picture, by the officer conducting for all ships or by each staff for its own (`_assignment`); a ship fires
once a raider she holds is in her reach, by shoot-look-shoot or salvo, as far as channels and shots that are ready go (`_battery`). Nothing is launched: shots are simulated,
each counting as a hit with a declared chance. A raider that comes within the release distance is a leaker.
Sources: Washburn, Notes on Firing Theory (NPS, 2002); fact uav-drill. Jamming, decoys and hits on ships are left out.
"""

from __future__ import annotations

from math import pi
from typing import TYPE_CHECKING, ClassVar, Literal

from sim.drills._assignment import Assignment
from sim.drills._battery import Battery
from sim.drills._company import InCompany
from sim.drills._drill import Process, Role, assumed
from sim.drills._raids import Raid
from sim.geometry import velocity
from sim.scenario.numbers import Count, Delay, Depth, Duration, Length, Several, Share, Speed
from sim.scenario.sheets import Limits
from sim.variates import chance, uniform

if TYPE_CHECKING:
    from collections.abc import Iterator

    import simpy

    from sim.scenario.schema import Scenario, Serial
    from sim.serial import LiveSerial
    from sim.units._agent import Unit
    from sim.units.aircraft import Aircraft
    from sim.vigil import Vigil


class AirDefence(InCompany):
    """A group of ships against raiders in the air."""

    class Parameters(InCompany.Parameters):
        """Raid, control, and simulated fire."""

        target: str = "raider-drone"
        raiders: Several = assumed("8 (2 .. 20)", "Drones in one serial; their number is not public.")
        runs: Count = assumed("1 (0 .. 3)", "Runs of each aircraft that plays a raider, before the drones.")
        at_once: Several = assumed("2 (1 .. 4)", "In one wave, from one bearing.")
        begins: Length = assumed("25 nmi (10 .. 60 nmi)", "From where raiders run in.")
        height: Length = assumed("300 m (100 .. 3000 m)", "Drones fly so high that do not come low.")
        low: Share = assumed("25 % (0 .. 100 %)", "Chance that a raider comes low.")
        low_height: Length = assumed("30 m (10 .. 100 m)", "Who comes low flies at so much.")
        raid_speed: Speed = assumed(
            "50 m/s (40 .. 250 m/s)", "Of a small drone; aircraft run in at their cruising speed."
        )
        interval: Delay = {"low": "15 min", "mode": "20 min", "high": "30 min", "basis": "assumed",
                           "why": "From the beginning of one wave to that of the next, dealt with or not."}  # type: ignore[assignment] # fmt: skip
        release: Length = assumed("2 km (1 .. 5 km)", "A raider that comes so near is a leaker.")
        control: Literal["joint", "national"] = "joint"
        reach: Length = assumed(
            "12 km (8 .. 30 km)", "Of the simulated missiles of short range; generic, of no named system."
        )
        own_defence: Depth = assumed(
            "5 km (0 .. 8 km)", "Nearer than this a ship engages whom she holds without being told."
        )
        shot_speed: Speed = assumed("700 m/s (500 .. 900 m/s)", "Mean speed of a simulated shot.")
        reaction: Delay = {"low": "8 s", "mode": "15 s", "high": "40 s", "basis": "assumed",
                           "why": "From the assignment to ready."}  # type: ignore[assignment] # fmt: skip
        single_shot: Share = assumed(
            "70 % (40 .. 90 %)", "Chance that one simulated shot counts as a hit, by umpire's table."
        )
        doctrine: Literal["shoot-look-shoot", "salvo"] = "shoot-look-shoot"
        shots: Several = assumed("3 (1 .. 4)", "At most at one raider, by one ship on one order.")
        look: Duration = assumed("6 s (3 .. 12 s)", "To judge a shot before the next.")
        channels: Several = assumed("2 (1 .. 4)", "Raiders one ship takes on at once.")
        ready: Several = assumed("8 (4 .. 16)", "Shots a ship has ready before she plays a reload.")
        reload: Duration = assumed("15 min (5 .. 30 min)", "Played, until as many are ready again.")

    roles: ClassVar[dict[str, Role]] = {
        "defenders": Role("ships of the group", family=("ship",), carries=("radar",)),
        "aircraft": Role(
            "aircraft that keep the air picture", family=("helicopter", "aircraft"), least=0, optional=True
        ),
        "raiders": Role(
            "aircraft that play raiders", family=("aircraft",), least=0, optional=True, plays="hostile"
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
        "raid-detection-range",
        "shots-per-raider",
        "engagement-time",
        "raid-detection-range",
        "shots-per-raider",
        "double-assignments",
        "raid-detection-range",
        "shots-per-raider",
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
        vigil = serial.watch(serial.units("defenders") + serial.units("aircraft"), cause=ordered)
        assignment = Assignment(serial, vigil, [Battery(serial, ship) for ship in serial.ships("defenders")])
        waves, begun = self._waves(serial), 0
        coming: list[simpy.Process] = []
        flown: dict[str | Aircraft, simpy.Process] = {}  # the last run of each aircraft
        for number, wave in enumerate(waves, 1):
            yield from serial.gate()
            guide = next((ship for ship in serial.ships("defenders") if ship.max_speed > 0.0), None)
            if guide is None:
                return
            bearing = uniform(draws, 0.0, 2 * pi)
            for place, comes in enumerate(wave):
                begun += 1
                away = parameters.begins.value * (1.0 + 0.01 * place)  # one behind the other
                run = self._come(
                    serial, vigil, assignment, begun, comes, guide, bearing, away, flown.get(comes)
                )
                coming.append(serial.start(run))
                if not isinstance(comes, str):
                    flown[comes] = coming[-1]
            if number < len(waves):
                yield from serial.spend(parameters.interval.draw(draws))
            else:
                yield serial.exercise.env.all_of(coming)
            serial.achieved(number / len(waves))

    def _waves(self, serial: LiveSerial) -> list[list[str | Aircraft]]:
        """Who comes together: aircraft, as often as each is to run in, then drones."""
        parameters, at_once = serial.parameters, serial.parameters.at_once.whole
        coming: list[list[str | Aircraft]] = []
        for crew in [serial.aircraft("raiders")] * parameters.runs.whole:
            coming += [list(crew[first : first + at_once]) for first in range(0, len(crew), at_once)]
        drones: list[str | Aircraft] = [parameters.target] * parameters.raiders.whole
        return coming + [drones[first : first + at_once] for first in range(0, len(drones), at_once)]

    def _come(self, serial: LiveSerial, vigil: Vigil, assignment: Assignment, number: int, comes: str | Aircraft, guide: Unit,
              bearing: float, away: float, before: simpy.Process | None) -> Process:  # fmt: skip
        """One raider, from where it begins until it is dealt with, through, or has had to leave. before: the same aircraft's last run."""
        parameters, speed = serial.parameters, serial.parameters.raid_speed.value
        height: float | None = parameters.height.value
        if chance(serial.draws("low"), parameters.low.value):
            height = parameters.low_height.value
        elif not isinstance(comes, str):
            height = None
        if before is not None and before.is_alive:
            yield before
        if not isinstance(comes, str):
            speed, usual = comes.cruise_speed, comes.height
            (x, y), (dx, dy) = guide.position, velocity(bearing, away)
            yield from comes.transit((x + dx, y + dy), speed, serial.last)
            if not comes.is_on_task or not serial.has(comes):
                return
        raid = Raid(serial, vigil, number, comes, guide, bearing, away, height)
        assignment.add(raid)
        try:
            yield from raid.run(speed, parameters.release.value)
        finally:
            if not isinstance(comes, str) and usual is not None:
                comes.height = usual
