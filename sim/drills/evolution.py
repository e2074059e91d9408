"""A generic evolution: assemble, proceed in company, time passes, disperse.

An honest stand-in for a serial whose own drill is not modelled: it occupies units, area and hours, burns
fuel and is subject to weather, casualties and orders, but nothing happens in it that could be scored.
"""

from __future__ import annotations

from math import hypot, pi
from typing import TYPE_CHECKING, ClassVar

from sim.drills._drill import Drill, Process, Role, assumed
from sim.geometry import course_of, velocity
from sim.quantities import NAUTICAL_MILE
from sim.scenario.numbers import Depth, Duration, Share, Speed
from sim.variates import uniform

if TYPE_CHECKING:
    from sim.serial import LiveSerial

OFFING = NAUTICAL_MILE  # to be left off a coast at the end of a leg
TURNS = tuple(
    side * steps * pi / 6 for steps in range(7) for side in (1, -1)
)  # rad, alternately to either side


class Evolution(Drill):
    """Ships steam in company inside the area, altering course now and then, for the time of the serial."""

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

    roles: ClassVar[dict[str, Role]] = {
        "units": Role("ships that take part", family=("ship",)),
        "aircraft": Role(
            "aircraft that take part", family=("helicopter", "aircraft"), least=0, optional=True
        ),
    }

    def conduct(self, serial: LiveSerial) -> Process:
        """Legs of steaming in company until the time on task is up."""
        duration = serial.duration
        try:
            yield from serial.order(serial.ships("units"), "proceed in company")
            serial.start(self._steam(serial))
            yield from serial.spend(duration - serial.on_task)
        finally:
            serial.achieved(serial.on_task / duration)

    def _steam(self, serial: LiveSerial) -> Process:
        """A new course every leg, on hold too: or a long one would take the ships out of their area."""
        while True:
            self._alter_course(serial)
            yield serial.exercise.env.timeout(serial.parameters.leg.value)

    def _off_shore(self, serial: LiveSerial, course: float, room: float) -> float:
        """The nearest course to one wanted, rad, on which no ship comes to a coast within room, m; or has the most."""
        shores, best = serial.exercise.shores, (0.0, course)
        if shores.is_open:
            return course
        for turn in TURNS:
            towards = velocity(course + turn, 1.0)
            clear = min(shores.run_off(ship.position, *towards) for ship in serial.ships("units"))
            if clear >= room:
                return course + turn
            best = max(best, (clear, course + turn))
        return best[1]

    def _alter_course(self, serial: LiveSerial) -> None:
        """A new course for all: back towards the middle when far out, anywhere otherwise."""
        ships = serial.ships("units")
        if not ships:
            return
        (x, y), (u, v) = ships[0].position, serial.centre
        reach = serial.shape.reach if serial.shape is not None else float("inf")
        course = uniform(serial.draws("course"), 0.0, 2 * pi)
        if hypot(x - u, y - v) > serial.parameters.turn_back_at.value * reach:
            course = course_of(u - x, v - y)
        speed = min(
            [serial.parameters.speed.value, *(ship.max_speed for ship in ships if ship.max_speed > 0)]
        )
        course = self._off_shore(serial, course, speed * serial.parameters.leg.value + OFFING)
        for ship in ships:
            ship.steer(*velocity(course, speed), serial.last)
