"""Ships in company: what drills share in which ships proceed together, altering course now and then."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot, pi
from typing import TYPE_CHECKING

from sim.drills._drill import Drill, Process, assumed
from sim.drills._keeping import Keeping
from sim.geometry import Point, course_of, velocity
from sim.log import kind
from sim.quantities import NAUTICAL_MILE
from sim.scenario.numbers import Angle, Depth, Duration, Length, Share, Speed
from sim.setting import SHORTEST, first_of, when
from sim.stations import Aim, Station
from sim.variates import normal, uniform

if TYPE_CHECKING:
    from sim.serial import LiveSerial
    from sim.units.ship import Ship

OFFING = NAUTICAL_MILE  # to be left off a coast at the end of a leg
TURNS = tuple(
    side * steps * pi / 6 for steps in range(7) for side in (1, -1)
)  # rad, alternately to either side

STATION = kind("station", "A ship arrives, or should have, in a new station.", evolution="count", formation="text",
               error_m="number", taken_s="number")  # fmt: skip
KEPT = kind("station-kept", "A ship has kept a station for a time; the error is root mean square.", evolution="count",
            rms_m="number", kept_s="number")  # fmt: skip


class InCompany(Drill):
    """A drill whose ships proceed together."""

    class Parameters(Drill.Parameters):
        """How the units keep company."""

        speed: Speed = assumed(
            "12 kn (10 .. 15 kn)", "Joint patrols made good 10 to 14 kn; tankers allow 15."
        )
        leg: Duration = assumed(
            "30 min (20 .. 60 min)", "Between alterations of course that keep the units in the area."
        )
        turn_back_at: Share = assumed(
            "60 % (40 .. 80 %)", "Share of the area's reach beyond which they head back in."
        )
        stand_off: Depth = assumed(
            "1 nmi (0.5 .. 2 nmi)",
            "Closer than this to a ship passing by, ships in company stand fast until she is clear.",
        )

    def steam(self, serial: LiveSerial, *roles: str) -> Process:
        """A new course every leg, on hold too: or a long one would take the ships out of their area."""
        while True:
            alter_course(serial, [ship for role in roles for ship in serial.ships(role)])
            yield serial.exercise.env.timeout(serial.parameters.leg.value)


def alter_course(serial: LiveSerial, ships: Sequence[Ship], cause: int | None = None) -> None:
    """A new course for all: back towards the middle when far out, anywhere otherwise; never on to a coast."""
    if not ships:
        return
    (x, y), (u, v) = ships[0].position, serial.centre
    reach = serial.shape.reach if serial.shape is not None else float("inf")
    course = uniform(serial.draws("course"), 0.0, 2 * pi)
    if hypot(x - u, y - v) > serial.parameters.turn_back_at.value * reach:
        course = course_of(u - x, v - y)
    speed = min([serial.parameters.speed.value, *(ship.max_speed for ship in ships if ship.max_speed > 0)])
    course = _off_shore(serial, ships, course, speed * serial.parameters.leg.value + OFFING)
    for ship in ships:
        ship.steer(*velocity(course, speed), serial.last if cause is None else cause)


def _off_shore(serial: LiveSerial, ships: Sequence[Ship], course: float, room: float) -> float:
    """The nearest course to one wanted, rad, on which no ship comes to a coast within room, m; or has the most."""
    shores, best = serial.exercise.shores, (0.0, course)
    if shores.is_open:
        return course
    for turn in TURNS:
        towards = velocity(course + turn, 1.0)
        clear = min(shores.run_off(ship.position, *towards) for ship in ships)
        if clear >= room:
            return course + turn
        best = max(best, (clear, course + turn))
    return best[1]


class Handled(InCompany):
    """A drill in company whose ships keep stations, each handled a little off what was worked out."""

    class Parameters(InCompany.Parameters):
        """Stations and how well they are kept."""

        spacing: Length = assumed("1000 yd (500 .. 2000 yd)", "Between neighbours in the formation.")
        stationing_speed: Speed = assumed(
            "18 kn (15 .. 22 kn)", "Speed to a new station; less where a ship cannot."
        )
        course_error: Angle = assumed("2 deg (1 .. 4 deg)", "Standard deviation of the course steered.")
        speed_error: Share = assumed("3 % (1 .. 6 %)", "Standard deviation of the speed made, as a share.")
        tolerance: Length = assumed("200 m (100 .. 300 m)", "Within this of her station a ship has taken it.")
        correct: Duration = assumed(
            "3 min (1 .. 6 min)", "From one correction of course and speed in station to the next."
        )

    def form(self, serial: LiveSerial, guide: Ship, ships: Sequence[Ship], formation: str, number: int,
             seconds: float, worse: float = 1.0) -> Process:  # fmt: skip
        """All go to their stations on the guide at once, each measured when she is there, and keep them until time is up.

        seconds: until the next evolution. worse: factor on the errors of handling.
        """
        course = guide.heading
        yield from serial.together([
            self._take(serial, ship, guide, station(formation, place, course, serial.parameters.spacing.value), formation,
                       number, seconds, worse)
            for place, ship in enumerate(ships, 1)
        ])  # fmt: skip

    def _take(self, serial: LiveSerial, ship: Ship, guide: Ship, offset: tuple[float, float], formation: str, number: int,
              seconds: float, worse: float) -> Process:  # fmt: skip
        parameters, draws, began = serial.parameters, serial.draws("handling", ship.name), serial.now
        aim = Aim(worse * normal(draws, 0.0, parameters.course_error.value),
                  worse * normal(draws, 0.0, parameters.speed_error.value))  # fmt: skip
        speed = min(ship.max_speed, max(parameters.stationing_speed.value, guide.motion.speed))
        cause = serial.last
        yield from ship.take_station(guide, Station(*offset), speed, cause, aim, began + seconds)
        (x, y), (gx, gy) = ship.position, guide.position
        cause = serial.write(STATION, ship, guide, cause=cause, evolution=number, formation=formation,
                             error_m=hypot(x - gx - offset[0], y - gy - offset[1]), taken_s=serial.now - began)  # fmt: skip
        yield from self._keep(serial, ship, guide, offset, number, began + seconds, worse, cause)

    def _keep(self, serial: LiveSerial, ship: Ship, guide: Ship, offset: Point, number: int, until: float, worse: float,
              cause: int) -> Process:  # fmt: skip
        """Keeps a station until a time, correcting now and then, and at once when the guide alters."""
        parameters, draws = serial.parameters, serial.draws("keeping", ship.name)
        keeping = Keeping(ship, guide, offset)
        try:
            while until - serial.now > SHORTEST and serial.has(ship) and serial.has(guide):
                seconds = min(parameters.correct.value, until - serial.now)
                (x, y), (gx, gy), order = ship.position, guide.position, guide.orders
                vx = guide.motion.vx + (gx + offset[0] - x) / parameters.correct.value
                vy = guide.motion.vy + (gy + offset[1] - y) / parameters.correct.value
                ahead = 1.0 + worse * normal(draws, 0.0, parameters.speed_error.value)
                aside = worse * normal(draws, 0.0, parameters.course_error.value)
                ship.steer(*velocity(course_of(vx, vy) + aside, hypot(vx, vy) * ahead), cause)
                yield first_of(
                    serial.exercise.env, when(serial.exercise.env, serial.now + seconds), guide.helm.rung
                )
                if guide.orders != order:
                    cause = guide.leg if guide.leg is not None else cause
        finally:
            keeping.end()
            serial.write(
                KEPT, ship, guide, cause=cause, evolution=number, rms_m=keeping.rms, kept_s=keeping.seconds
            )


def station(formation: str, place: int, course: float, spacing: float) -> tuple[float, float]:
    """Where the ship of a place belongs, relative to the guide. course: rad. spacing: m. Gives (x, y) m."""
    side, rank = (1 if place % 2 else -1), (place + 1) // 2
    ahead, right = {
        "column": (-place * spacing, 0.0),
        "line-abreast": (0.0, side * rank * spacing),
        "line-of-bearing": (-place * spacing / 2**0.5, place * spacing / 2**0.5),
        "diamond": ((-rank * spacing, side * rank * spacing)),
        "screen": (rank * spacing / 2**0.5, side * rank * spacing / 2**0.5),
    }[formation]
    ex, ey = velocity(course, 1.0)
    return ahead * ex + right * ey, ahead * ey - right * ex
