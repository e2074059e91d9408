"""Ceremony: ships form a column and steam past a reviewing ship, each saluting as she comes abeam.

The reviewing ship holds a steady course at slow speed; the column forms up astern on her quarter and overtakes her at a
chosen distance. When and how far off each ship is abeam follows from the two straight tracks in closed form; errors of
handling make it differ from what was ordered. Used for opening and closing ceremonies, whose forms are not public.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import hypot
from typing import TYPE_CHECKING, Any, ClassVar

from sim.drills._company import Handled
from sim.drills._drill import Process, Role, assumed
from sim.geometry import closest_approach, velocity
from sim.log import kind
from sim.scenario.numbers import Angle, Course, Duration, Length, Speed
from sim.scenario.schema import Scenario, Serial
from sim.scenario.sheets import Limits
from sim.setting import SHORTEST
from sim.stations import Station
from sim.variates import normal

if TYPE_CHECKING:
    from sim.serial import LiveSerial
    from sim.units.ship import Ship

FORMED = kind(
    "formed-up", "A ship is in her place of the column, or should be.", error_m="number", place="count"
)
PASSED = kind("passed", "A ship comes abeam of the reviewing ship and salutes.", abeam_m="number", error_m="number",
              late_s="number", place="count")  # fmt: skip


class Ceremony(Handled):
    """A sail-past: form column, steam past, salute, disperse."""

    class Parameters(Handled.Parameters):
        """Course, speeds and distances."""

        speed: Speed = assumed("6 kn (4 .. 8 kn)", "Of the reviewing ship: steerage way, little spray.")
        pass_speed: Speed = assumed("12 kn (10 .. 14 kn)", "Of the column.")
        course: Course = assumed(
            "0 deg (0 .. 360 deg)", "Any; into the sun for photographers, if there is one."
        )
        abeam: Length = assumed(
            "300 yd (200 .. 600 yd)", "Distance at which ships pass: near enough to salute."
        )
        spacing: Length = assumed("500 yd (400 .. 1000 yd)", "Between ships in the column.")
        run_up: Length = assumed("1 nmi (0.5 .. 2 nmi)", "From the lead ship's place to abeam, once formed.")
        tolerance: Length = assumed(
            "75 m (40 .. 150 m)", "Within this of the ordered distance a ship has passed well."
        )
        punctual: Duration = assumed("30 s (15 .. 60 s)", "Within this of her time a ship is on time.")
        course_error: Angle = assumed(
            "0.5 deg (0.2 .. 1 deg)", "Standard deviation of the course steered, with care."
        )

    roles: ClassVar[dict[str, Role]] = {
        "reviewing": Role("ship that takes the salute", family=("ship",)),
        "column": Role("ships that steam past, in this order", family=("ship",), least=2),
        "aircraft": Role("aircraft that fly past", family=("helicopter", "aircraft"), least=0, optional=True),
    }
    limits: ClassVar[Limits] = Limits.model_validate(
        {"sea_state": "6 (5 .. 6)", "visibility": "1 nmi (0.5 .. 2 nmi)", "basis": "assumed",
         "why": "Who takes the salute must see who gives it."}
    )  # fmt: skip
    technical: ClassVar[str | None] = "passes-kept"
    measures: ClassVar[tuple[str, ...]] = ("pass-error", "abeam-error")

    @classmethod
    def check(cls, serial: Serial, scenario: Scenario) -> Iterator[tuple[str, str]]:
        """Who steams past is faster."""
        parameters: Any = serial.parameters
        if parameters.pass_speed.value <= parameters.speed.value:
            yield "pass_speed", "the column is no faster than the reviewing ship, so it never passes her"

    def conduct(self, serial: LiveSerial) -> Process:
        """Form up, steam past, salute; then remain in company until the time is up."""
        reviewing, duration = serial.ships("reviewing")[0], serial.duration
        parameters = serial.parameters
        ordered = yield from serial.order(serial.ships(), "form column for the review")
        reviewing.steer(
            *velocity(reviewing.on_plane(parameters.course.value), parameters.speed.value), ordered
        )
        ships = [ship for ship in serial.ships("column") if serial.fit(ship, "column")]
        half = max(600.0, duration / 2 - serial.on_task)
        yield from serial.together(
            [self._form_up(serial, reviewing, ship, place, half) for place, ship in enumerate(ships)]
        )
        yield from serial.gate()
        serial.achieved(0.4)
        ordered = yield from serial.order(ships, "steam past")
        began, lead = serial.now, self._lead(serial)
        yield from serial.together(
            [self._steam_past(serial, reviewing, ship, place, began + (parameters.run_up.value + place * parameters.spacing.value) / lead)
             for place, ship in enumerate(ships)]
        )  # fmt: skip
        serial.achieved(1.0)

    def _lead(self, serial: LiveSerial) -> float:
        """How much faster than the reviewing ship the column is, m/s; never nothing."""
        return max(0.5, float(serial.parameters.pass_speed.value - serial.parameters.speed.value))

    def _place(self, serial: LiveSerial, place: int) -> Station:
        """A ship's place before the pass: on the reviewing ship's starboard quarter, one behind the other."""
        parameters = serial.parameters
        return Station(
            parameters.abeam.value, -parameters.run_up.value - place * parameters.spacing.value, turns=True
        )

    def _form_up(
        self, serial: LiveSerial, reviewing: Ship, ship: Ship, place: int, seconds: float
    ) -> Process:
        where, cause = self._place(serial, place), serial.last
        speed = min(ship.max_speed, serial.parameters.stationing_speed.value)
        yield from ship.take_station(reviewing, where, speed, cause, until=serial.now + seconds)
        (x, y), (u, v), (dx, dy) = ship.position, reviewing.position, where.offset(reviewing.heading)
        serial.write(
            FORMED, ship, reviewing, cause=cause, error_m=hypot(x - u - dx, y - v - dy), place=place + 1
        )

    def _steam_past(self, serial: LiveSerial, reviewing: Ship, ship: Ship, place: int, due: float) -> Process:
        """One ship's pass. due: when she should be abeam, s."""
        parameters, draws = serial.parameters, serial.draws("handling", ship.name)
        course = reviewing.heading + normal(draws, 0.0, parameters.course_error.value)
        speed = min(
            ship.max_speed,
            parameters.pass_speed.value * (1.0 + normal(draws, 0.0, parameters.speed_error.value)),
        )
        ship.steer(*velocity(course, speed), serial.last)
        (x, y), (u, v) = reviewing.position, ship.position
        away = (u - x, v - y, ship.motion.vx - reviewing.motion.vx, ship.motion.vy - reviewing.motion.vy)
        seconds, abeam = closest_approach(*away)
        yield serial.exercise.env.timeout(max(SHORTEST, seconds))
        serial.write(PASSED, ship, reviewing, abeam_m=abeam, error_m=abs(abeam - parameters.abeam.value),
                     late_s=serial.now - due, place=place + 1)  # fmt: skip
        yield serial.exercise.env.timeout(
            parameters.run_up.value / self._lead(serial)
        )  # clear ahead before she turns away
