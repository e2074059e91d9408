"""Formation manoeuvres (DIVTACS, officer-of-the-watch manoeuvres): stations taken on a guide by signal.

Every few minutes a formation is signalled and executed. Each ship works out her course to the new station
as on a manoeuvring board (relative motion at a chosen speed), steers it with a small error of course and
speed, and the distance to her true station is measured when she should have arrived.
"""

from __future__ import annotations

from math import hypot, pi
from typing import TYPE_CHECKING, ClassVar

from sim.drills._company import STATION, station
from sim.drills._drill import Drill, Process, Role, assumed
from sim.geometry import Point, course_of, velocity
from sim.scenario.numbers import Angle, Delay, Depth, Duration, Length, Share, Speed
from sim.scenario.rules import Safety
from sim.scenario.sheets import Limits
from sim.stations import Aim, Station
from sim.variates import choose, normal

if TYPE_CHECKING:
    from sim.serial import LiveSerial
    from sim.units.ship import Ship

FORMATIONS = ("column", "line-abreast", "line-of-bearing", "diamond")


class FormationManoeuvres(Drill):
    """Ships change formation round a guide by signal, one evolution after another."""

    class Parameters(Drill.Parameters):
        """Pace, spacing and how well ships are handled."""

        interval: Duration = assumed(
            "6 min (5 .. 8 min)", "Between executes, when ships practise.", source=["X31"]
        )
        speed: Speed = assumed("12 kn (10 .. 15 kn)", "Speed of the guide.")
        stationing_speed: Speed = assumed(
            "18 kn (15 .. 22 kn)", "Speed to a new station; less where a ship cannot."
        )
        spacing: Length = assumed("1000 yd (500 .. 2000 yd)", "Between neighbours in the formation.")
        reaction: Delay = {  # type: ignore[assignment]
            "low": "5 s", "mode": "15 s", "high": "60 s", "basis": "assumed",
            "why": "From the executive signal to the wheel going over.",
        }  # fmt: skip
        course_error: Angle = assumed("2 deg (1 .. 4 deg)", "Standard deviation of the course steered.")
        speed_error: Share = assumed("3 % (1 .. 6 %)", "Standard deviation of the speed made, as a share.")
        tolerance: Length = assumed("200 m (100 .. 300 m)", "Within this of her station a ship has taken it.")

        stand_off: Depth = assumed(
            "1 nmi (0.5 .. 2 nmi)",
            "Closer than this to a ship passing by, ships in company stand fast until she is clear.",
        )

    roles: ClassVar[dict[str, Role]] = {
        "guide": Role("ship the others take station on", family=("ship",)),
        "ships": Role("ships that change station", family=("ship",), least=2),
    }
    limits: ClassVar[Limits] = Limits.model_validate(
        {"sea_state": "5 (4 .. 6)", "visibility": "2 nmi (1 .. 3 nmi)", "basis": "assumed",
         "why": "Ships at a thousand yards need to see each other, and a seaway they can steer in."}
    )  # fmt: skip
    safety: ClassVar[Safety] = Safety.model_validate(
        {
            "company_cpa": "100 yd (50 .. 200 yd)",
            "why": "Stations are a thousand yards apart, and a ship on her way to hers passes no other so close.",
        }
    )
    technical: ClassVar[str | None] = "stations-kept"
    measures: ClassVar[tuple[str, ...]] = ("station-error",)

    def conduct(self, serial: LiveSerial) -> Process:
        """Signal, acknowledge, execute, take station; until the time of the serial is up."""
        guide = serial.ships("guide")[0]
        draws, parameters = serial.draws("formation"), serial.parameters
        course, began, number = serial.on_plane(0.0), serial.on_task, 0
        while serial.on_task - began < serial.duration and serial.fit(guide, "guide"):
            yield from serial.gate()
            number += 1
            formation = FORMATIONS[choose(draws, [1.0] * len(FORMATIONS))]
            course = self._course(serial, guide, course, choose(draws, [1.0, 1.0, 1.0]) - 1)
            executed = yield from serial.order(serial.units(), f"formation {formation}")
            guide.steer(*velocity(course, parameters.speed.value), executed)
            ships = [ship for ship in serial.ships("ships") if serial.fit(ship, "ships")]
            interval = parameters.interval.draw(serial.draws("interval"))
            for place, ship in enumerate(ships, 1):
                offset = station(formation, place, course, parameters.spacing.value)
                serial.start(
                    self._take_station(serial, ship, guide, offset, number, formation, executed, interval)
                )
            yield from serial.spend(interval)
            serial.achieved((serial.on_task - began) / serial.duration)
        if serial.fit(guide, "guide"):
            serial.achieved(1.0)

    def _course(self, serial: LiveSerial, guide: Ship, course: float, turn: int) -> float:
        """The guide's next course: 60 degrees to either side, or home when the edge is near."""
        (x, y), (u, v) = guide.position, serial.centre
        reach = serial.shape.reach if serial.shape is not None else float("inf")
        if hypot(x - u, y - v) > reach / 2:
            return course_of(u - x, v - y)
        return course + turn * pi / 3

    def _take_station(self, serial: LiveSerial, ship: Ship, guide: Ship, offset: Point, number: int, formation: str,
                      cause: int, interval: float) -> Process:  # fmt: skip
        """One ship's way to her station, and how far off it she ends. interval: until the next execute, s."""
        parameters, draws = serial.parameters, serial.draws("handling", ship.name)
        began = serial.now
        course_error = normal(draws, 0.0, parameters.course_error.value)
        aim = Aim(course_error, normal(draws, 0.0, parameters.speed_error.value))
        yield serial.exercise.env.timeout(parameters.reaction.draw(draws))
        speed = min(ship.max_speed, max(parameters.stationing_speed.value, guide.motion.speed))
        if serial.now < began + interval:  # on hold too: ships do not stand still
            yield from ship.take_station(guide, Station(*offset), speed, cause, aim, began + interval)
        (x, y), (gx, gy) = ship.position, guide.position
        error = hypot(x - gx - offset[0], y - gy - offset[1])
        serial.write(STATION, ship, guide, cause=cause, evolution=number, formation=formation, error_m=error,
                     taken_s=serial.now - began)  # fmt: skip
