"""Small craft defence: fast boats run in on a group of ships, which see them, and open fire by range band.

Boats come from bearings and at times that are drawn, straight at the guide. Who holds a boat and has a gun that reaches it fires
bursts, looks, and fires again (shoot-look-shoot); nearer, more guns reach. A boat that has been hit often enough stops; one that
comes within the release distance has got through. Ranges of guns, their spread and the boat's size make the chances.
Source: Washburn, Notes on Firing Theory (NPS, 2002).
"""

from __future__ import annotations

from math import pi
from typing import TYPE_CHECKING, ClassVar

from sim.drills._company import InCompany
from sim.drills._drill import Process, Role, assumed
from sim.drills._fire import best_gun, fire_at
from sim.drills._nearest import Nearest
from sim.geometry import crossing_times, velocity
from sim.log import kind
from sim.scenario.numbers import Angle, Delay, Duration, Length, Plain, Several, Time
from sim.scenario.sheets import Limits
from sim.setting import SHORTEST, first_of, when
from sim.variates import uniform

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.scenario.schema import Scenario, Serial
    from sim.serial import LiveSerial
    from sim.units.ship import Ship
    from sim.units.target import Target
    from sim.vigil import Vigil

RUN_IN = kind("run-in", "A fast boat begins its run.", boat="count", bearing_deg="number", range_m="number")
STOPPED = kind("stopped", "A fast boat has been hit often enough and stops.", boat="count", range_m="number")
THROUGH = kind("through", "A fast boat has come within its release distance.", boat="count")
ENDED = kind("run-ended", "A fast boat's run is over.", boat="count", stopped="count", closest_m="number")
BANDS = ("main", "close-in", "machine-gun")


class SmallCraftDefence(InCompany):
    """Ships in company drive off fast boats."""

    class Parameters(InCompany.Parameters):
        """Boats, ranges and fire."""

        target: str = "fast-boat"
        boats: Several = assumed("3 (1 .. 6)", "Runs in one serial; the report speaks of one target.")
        run_in: Length = assumed("8 nmi (5 .. 12 nmi)", "From where boats begin their runs.")
        interval: Delay = {"low": "4 min", "mode": "8 min", "high": "15 min", "basis": "assumed",
                           "why": "From one run to the next."}  # type: ignore[assignment] # fmt: skip
        release: Length = assumed("500 m (300 .. 1000 m)", "A boat that comes so near has got through.")
        main_from: Length = assumed("5 km (3 .. 8 km)", "Main guns open fire at this range.")
        close_in_from: Length = assumed("2.5 km (2 .. 4 km)", "Close-in guns open fire at this range.")
        hits_to_stop: Several = assumed(
            "3 (1 .. 6)", "Hits that stop a boat; a shell of a main gun counts for all."
        )
        main_rounds: Several = assumed("2 (1 .. 4)", "Rounds of a main gun in one burst.")
        close_in_burst: Time = assumed("0.5 s (0.3 .. 1 s)", "Of a close-in gun.")
        look: Duration = assumed("8 s (5 .. 15 s)", "From one burst to the next.")
        aim_error: Angle = assumed(
            "3 mrad (2 .. 5 mrad)", "Standard deviation of the aim of a burst on each axis."
        )
        roughness: Plain = assumed("0.2 (0.1 .. 0.4)", "Wider for each sea state above 2, as a share.")

    roles: ClassVar[dict[str, Role]] = {
        "defenders": Role(
            "ships that are attacked", family=("ship",), carries=("main-gun", "close-in-gun", "machine-gun")
        ),
        "aircraft": Role("aircraft that look out", family=("helicopter", "aircraft"), least=0, optional=True),
    }
    limits: ClassVar[Limits] = Limits.model_validate(
        {"sea_state": "4 (3 .. 4)", "visibility": "3 nmi (2 .. 5 nmi)", "daylight": "required", "basis": "assumed",
         "why": "Boats cannot run in a seaway, and fire wants a clear view of what is beyond."}
    )  # fmt: skip
    live_fire: ClassVar[bool] = True
    technical: ClassVar[str | None] = "boats-stopped"
    measures: ClassVar[tuple[str, ...]] = ("closest-approach", "shots-fired")
    targets: ClassVar[tuple[str, ...]] = ("target",)

    @classmethod
    def check(cls, serial: Serial, scenario: Scenario) -> Iterator[tuple[str, str]]:
        """Boats must begin outside the ranges, and be fired at before they are through."""
        parameters = serial.parameters
        if parameters.run_in.value <= parameters.main_from.value:  # type: ignore[attr-defined]
            yield "run_in", "boats begin within the range of the main guns"
        if parameters.release.value >= parameters.main_from.value:  # type: ignore[attr-defined]
            yield "release", "boats are through before anybody fires"

    def conduct(self, serial: LiveSerial) -> Process:
        """Steam in company; one boat after another."""
        parameters, draws = serial.parameters, serial.draws("boats")
        ordered = yield from serial.order(serial.units(), "repel small craft")
        serial.start(self.steam(serial, "defenders"))
        vigil = serial.watch(serial.units(), cause=ordered)
        count = parameters.boats.whole
        for boat in range(1, count + 1):
            bearing = uniform(draws, 0.0, 2 * pi)
            yield from serial.gate()
            yield from self._run(serial, vigil, boat, bearing)
            serial.achieved(boat / count)
            yield from serial.spend(parameters.interval.draw(draws))

    def _run(self, serial: LiveSerial, vigil: Vigil, number: int, bearing: float) -> Process:
        """One boat, from its beginning until it is stopped or through."""
        parameters, guide = serial.parameters, serial.ships("defenders")[0]
        (x, y), (dx, dy) = guide.position, velocity(bearing, parameters.run_in.value)
        boat = serial.target(parameters.target, (x + dx, y + dy))
        began = serial.write(RUN_IN, boat, guide, boat=number, range_m=parameters.run_in.value,
                             bearing_deg=serial.exercise.plane.true_course(x, y, bearing * 180 / pi))  # fmt: skip
        vigil.add(boat)
        nearest = Nearest(serial, boat, guide)
        chase = serial.start(boat.intercept(guide, cause=began))
        hits = {"taken": 0}
        fires = [
            serial.start(self._defend(serial, vigil, ship, boat, hits)) for ship in serial.ships("defenders")
        ]
        stopped = yield from self._until_over(serial, boat, guide, hits)
        for process in (*fires, chase):
            if process.is_alive:
                process.interrupt("over")
        if stopped:
            serial.write(STOPPED, boat, guide, cause=began, boat=number,
                         range_m=serial.exercise.referee.distance(boat, guide))  # fmt: skip
        else:
            serial.write(THROUGH, boat, guide, cause=began, boat=number)
        nearest.close()
        serial.write(
            ENDED, boat, guide, cause=began, boat=number, stopped=int(stopped), closest_m=nearest.least
        )
        vigil.drop(boat)
        serial.take_in(boat)

    def _until_over(self, serial: LiveSerial, boat: Target, guide: Ship, hits: dict[str, int]) -> Process:
        """Waits until the boat has been stopped or is through; gives whether it was stopped."""
        env, parameters = serial.exercise.env, serial.parameters
        while hits["taken"] < parameters.hits_to_stop.whole:
            (x, y), (u, v) = guide.position, boat.position
            times = crossing_times(u - x, v - y, boat.motion.vx - guide.motion.vx, boat.motion.vy - guide.motion.vy,
                                   parameters.release.value)  # fmt: skip
            if times is not None and times[0] <= SHORTEST < times[1]:
                return False
            turns = [boat.helm.rung, guide.helm.rung]
            if times is not None and times[0] > 0.0:
                turns.append(when(env, serial.now + times[0]))
            yield first_of(env, *turns)
        return True

    def _defend(
        self, serial: LiveSerial, vigil: Vigil, ship: Ship, boat: Target, hits: dict[str, int]
    ) -> Process:
        """One ship's fire: as long as somebody holds the boat and one of her guns bears."""
        parameters, env = serial.parameters, serial.exercise.env
        rates = {"main": parameters.main_rounds.whole}
        bands = {"main": parameters.main_from.value, "close-in": parameters.close_in_from.value}
        while hits["taken"] < parameters.hits_to_stop.whole:
            if (yield from vigil.await_contact(boat)) is None or not serial.fit(ship, "defenders"):
                return
            distance = serial.exercise.referee.distance(ship, boat)
            usable = tuple(band for band in reversed(BANDS) if distance <= bands.get(band, distance))
            gun = best_gun(ship, distance, usable)
            if gun is None or serial.holds:
                yield env.timeout(
                    self._until_in_band(ship, boat, distance, bands)
                    if not serial.holds
                    else parameters.look.value
                )
                continue
            burst = round(gun.sheet.rate_of_fire.value * parameters.close_in_burst.value)
            rounds = rates.get(gun.sheet.kind, max(1, burst))
            taken = yield from fire_at(serial, ship, gun, boat, rounds, parameters.aim_error.value, parameters.roughness.value,
                            vigil.holders(boat)[0].record)  # fmt: skip
            hits["taken"] += taken * (parameters.hits_to_stop.whole if gun.sheet.kind == "main" else 1)
            if hits["taken"] >= parameters.hits_to_stop.whole:
                boat.stop()
                return
            yield env.timeout(parameters.look.draw(serial.draws("look", ship.name)))

    def _until_in_band(self, ship: Ship, boat: Target, distance: float, bands: dict[str, float]) -> float:
        """Until the boat may have come within the next band of the ship's guns, s, at the speed it closes now; at most a minute."""
        (x, y), (u, v) = ship.position, boat.position
        waits = [60.0]
        for gun in ship.guns:
            reach = min(gun.sheet.max_range.value, bands.get(gun.sheet.kind, distance))
            times = crossing_times(
                u - x, v - y, boat.motion.vx - ship.motion.vx, boat.motion.vy - ship.motion.vy, reach
            )
            if times is not None and times[0] > SHORTEST:
                waits.append(times[0] + SHORTEST)
        return min(waits)
