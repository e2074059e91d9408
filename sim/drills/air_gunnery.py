"""Anti-air gunnery: close-in guns fire bursts at a target in the air that passes in presentations.

The target crosses on a straight track; while it is within the guns' reach a ship fires burst after burst,
looks, and fires again until it is hit or gone (shoot-look-shoot). All rounds of a burst share one error of
aim; a round hits with the non-central circular chance of that error. Source: A. R. Washburn, Notes on
Firing Theory, NPS 2002; seeds artillery-air, aa-shoot.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import hypot
from typing import TYPE_CHECKING, ClassVar

from sim.drills._drill import Drill, Process, Role, assumed
from sim.geometry import crossing_times
from sim.log import kind
from sim.scenario.numbers import Angle, Delay, Duration, Length, Number, Plain, Some, Speed, Time
from sim.scenario.rules import Safety
from sim.scenario.schema import Scenario, Serial
from sim.scenario.sheets import Limits
from sim.variates import binomial, chance, exponential, normal
from sim.weapons.dispersion import chance_in_disc_offset
from sim.weapons.gun import Gun, roughening

if TYPE_CHECKING:
    from sim.serial import LiveSerial
    from sim.units.ship import Ship
    from sim.units.target import Target

BURST = kind("burst", "A burst at an air target.", gun="text", rounds="count", hits="count", range_m="number",
             aim_error_m="number", presentation="count")  # fmt: skip
PRESENTATION = kind("presentation", "An air target has passed or been hit.", presentation="count", bursts="count",
                    rounds="count", hit="count")  # fmt: skip
INBOUND = kind("inbound", "An air target begins its pass.", presentation="count")
JAM = kind("jam", "A close-in gun stops.", gun="text", stopped_s="number")


class AirGunnery(Drill):
    """Ships take turns at an air target that passes several times."""

    class Parameters(Drill.Parameters):
        """Target, geometry, bursts and errors."""

        target: str = "air-target"
        presentations: Some = assumed("3 (2 .. 4)", "Passes of the target for each ship.")
        target_speed: Speed = assumed(
            "60 m/s (5 .. 100 m/s)", "A slow drone or towed sleeve; a parachute is slower."
        )
        crossing: Length = assumed("1000 m (700 .. 1500 m)", "Least distance of the track from the ship.")
        open_fire: Length = assumed("2000 m (1500 .. 2500 m)", "Guns open fire when it is this near.")
        burst: Time = assumed("1.0 s (0.5 .. 2 s)", "Length of one burst.")
        look: Duration = assumed("8 s (5 .. 12 s)", "From one burst to the next: cease, look, lay again.")
        most_bursts: Some = assumed(
            "2 (1 .. 4)", "Bursts allowed on one presentation; ammunition is counted out."
        )
        aim_error: Angle = assumed(
            "6.5 mrad (4 .. 10 mrad)", "Standard deviation of the aim of a burst on each axis."
        )
        spread: Angle = assumed("3 mrad (2 .. 4 mrad)", "Standard deviation of single rounds about the aim.")
        interval: Delay = {"low": "2 min", "mode": "4 min", "high": "8 min", "basis": "assumed",
                           "why": "From one presentation to the next."}  # type: ignore[assignment] # fmt: skip
        stopped: Delay = {"value": "5 min", "low": "2 min", "high": "15 min", "basis": "assumed",
                          "why": "Mean time to clear a jam; drawn from an exponential."}  # type: ignore[assignment] # fmt: skip
        roughness: Plain = assumed(
            "0.15 (0.05 .. 0.3)", "Wider aim error for each sea state above 2, as a share."
        )

    roles: ClassVar[dict[str, Role]] = {
        "firing": Role("ships that fire, in this order", family=("ship",), carries=("close-in-gun",)),
        "target-ship": Role("ship that launches the targets", family=("ship",), least=0, optional=True),
    }
    limits: ClassVar[Limits] = Limits.model_validate(
        {"sea_state": "5 (4 .. 5)", "visibility": "3 nmi (2 .. 5 nmi)", "daylight": "required", "basis": "assumed",
         "why": "By day, with the danger area and the air above it seen to be clear."}
    )  # fmt: skip
    live_fire: ClassVar[bool] = True
    technical: ClassVar[str | None] = "presentations-hit"
    measures: ClassVar[tuple[str, ...]] = ("rounds", "ammunition-left")
    safety: ClassVar[Safety] = Safety.model_validate(
        {
            "danger_arc": "0 deg (0 .. 5 deg)",
            "why": "Guns point at the sky; what is kept clear of their line is aircraft.",
        }
    )
    targets: ClassVar[tuple[str, ...]] = ("target",)

    @classmethod
    def check(cls, serial: Serial, scenario: Scenario) -> Iterator[tuple[str, str]]:
        """Live fire needs an area, a target with a radius, and a track that comes within reach."""
        if serial.area is None:
            yield "area", "live firing needs an area"
        parameters = serial.parameters
        sheet = scenario.platforms.get(parameters.target)  # type: ignore[attr-defined]
        if sheet is not None and sheet.radius is None:
            yield "target", f"{sheet.platform!r} has no radius to be hit"
        crossing: Number = parameters.crossing  # type: ignore[attr-defined]
        opens: Number = parameters.open_fire  # type: ignore[attr-defined]
        if crossing.value >= opens.value:
            yield "crossing", "the target never comes within the range at which the guns open fire"

    def conduct(self, serial: LiveSerial) -> Process:
        """Ship after ship, presentation after presentation."""
        firing = serial.ships("firing")
        yield from serial.order(serial.units(), "guns to repel aircraft")
        done = 0.0
        for ship in firing:
            passes = max(1, round(serial.parameters.presentations.draw(serial.draws("passes", ship.name))))
            for presentation in range(1, passes + 1):
                if not (yield from serial.mend(ship, "firing")):
                    break
                yield from serial.gate()
                if not (yield from self._present(serial, ship, presentation)):
                    break  # nothing left to fire
                done += 1 / passes / len(firing)
                serial.achieved(done)
                yield from serial.spend(serial.parameters.interval.draw(serial.draws("interval")))

    def _present(self, serial: LiveSerial, ship: Ship, presentation: int) -> Process:
        """One pass: the target crosses, bursts are fired while it is in reach and not hit.

        Gives whether it was presented: not to guns without rounds.
        """
        parameters, draws = serial.parameters, serial.draws("bursts", ship.name)
        guns = [gun for gun in ship.guns_of("close-in") if gun.rounds]
        if not guns:
            return False
        gun, opens = guns[0], min(parameters.open_fire.value, guns[0].sheet.max_range.value)
        speed, crossing = parameters.target_speed.value, parameters.crossing.value
        x, y = ship.position
        start = -2.0 * opens
        target = serial.target(parameters.target, (x + start, y + crossing))
        target.fly(speed, 0.0)
        inside = crossing_times(start, crossing, speed - ship.motion.vx, -ship.motion.vy, opens)
        if inside is None:
            serial.take_in(target)
            return False
        first = serial.write(INBOUND, ship, target, presentation=presentation)
        entered = serial.now
        with serial.lines.lay(ship, target, gun.sheet.max_range.value):
            yield serial.exercise.env.timeout(max(inside[0], 0.001))
            bursts = fired = hit = 0
            while serial.now < entered + inside[1] and bursts < parameters.most_bursts.whole and not hit:
                yield from serial.gate()
                if serial.now >= entered + inside[1] or not gun.rounds or not serial.fit(ship, "firing"):
                    break
                if chance(draws, gun.sheet.stoppage.value / parameters.most_bursts.value):
                    stopped = exponential(draws, parameters.stopped.value)
                    serial.write(JAM, ship, gun=gun.sheet.gun, stopped_s=stopped, cause=first)
                    yield from serial.spend(stopped)
                    continue
                bursts += 1
                rounds, hits = self._burst(serial, ship, gun, target, presentation, first)
                fired += rounds
                hit = int(hits > 0)
                yield serial.exercise.env.timeout(parameters.burst.value + parameters.look.draw(draws))
        serial.write(PRESENTATION, ship, target, cause=first, presentation=presentation, bursts=bursts, rounds=fired,
                     hit=hit)  # fmt: skip
        serial.take_in(target)
        return True

    def _burst(self, serial: LiveSerial, ship: Ship, gun: Gun, target: Target, presentation: int,
               cause: int) -> tuple[int, int]:  # fmt: skip
        """Rounds and hits of one burst: one common aim error, then a binomial number of hits."""
        parameters, draws = serial.parameters, serial.draws("bursts", ship.name)
        distance = serial.exercise.referee.distance(ship, target)
        rough = roughening(serial.exercise.weather.sea_state, parameters.roughness.value)
        sd = parameters.aim_error.value * distance * rough
        error = hypot(normal(draws, 0.0, sd), normal(draws, 0.0, sd))
        rounds = gun.fire(max(1, round(gun.sheet.rate_of_fire.value * parameters.burst.value)))
        radius = target.platform.radius
        assert radius is not None  # checked with the scenario
        single = chance_in_disc_offset(radius.value, parameters.spread.value * distance, error)
        hits = binomial(draws, rounds, single)
        serial.write(BURST, ship, target, cause=cause, gun=gun.sheet.gun, rounds=rounds, hits=hits, range_m=distance,
                     aim_error_m=error, presentation=presentation)  # fmt: skip
        return rounds, hits
