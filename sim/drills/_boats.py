"""Fast boats that run in on ships: each from its beginning until it is stopped or through."""

from __future__ import annotations

from math import cos, degrees, inf
from typing import TYPE_CHECKING

from sim.drills._nearest import Nearest, least_of, time_within, until_within
from sim.geometry import course_of, intercept, velocity
from sim.log import kind
from sim.setting import SHORTEST, Bell, first_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.drills._drill import Process
    from sim.serial import LiveSerial
    from sim.units.ship import Ship
    from sim.vigil import Vigil

RUN_IN = kind("run-in", "A fast boat begins its run.", boat="count", bearing_deg="number", range_m="number")
STOPPED = kind("stopped", "A fast boat has been hit often enough and stops.", boat="count", range_m="number")
THROUGH = kind("through", "A fast boat has come within its release distance.", boat="count")
ENDED = kind("run-ended", "A fast boat's run is over; how near it came to any of the ships.", boat="count", stopped="count",
             closest_m="number")  # fmt: skip


class Run:
    """One boat on its way in on a ship. hits: so far. over: rings when it is stopped or through."""

    def __init__(self, serial: LiveSerial, vigil: Vigil, number: int, mark: Ship, bearing: float) -> None:
        self._serial, self._vigil, self.number, self.mark = serial, vigil, number, mark
        parameters, (x, y) = serial.parameters, mark.position
        dx, dy = velocity(bearing, parameters.run_in.value)
        self.boat = serial.target(parameters.target, (x + dx, y + dy))
        self.hits, self.is_over, self.over = 0, False, Bell(serial.exercise.env)
        self.cause = serial.write(RUN_IN, self.boat, mark, boat=number, range_m=parameters.run_in.value,
                                  bearing_deg=serial.exercise.plane.true_course(x, y, degrees(bearing)))  # fmt: skip
        self._nearest = [Nearest(serial, self.boat, ship) for ship in serial.ships("defenders")]
        vigil.add(self.boat)

    def hit(self, hits: int, enough: int) -> None:
        """Some more hits; with enough of them it stops."""
        self.hits += hits
        if self.hits >= enough and not self.is_over:
            self.is_over = True
            self.over.ring()

    def run(self, side: int) -> Process:
        """In on its mark, straight or weaving, until it is stopped or within its release distance. side: of the first leg, 1 or -1."""
        serial, parameters, boat = self._serial, self._serial.parameters, self.boat
        speed = min(parameters.boat_speed.value, boat.max_speed)
        running = serial.start(
            self._weave(speed, side)
            if parameters.weave.value
            else boat.intercept(self.mark, speed, self.cause)
        )
        through = yield from until_within(serial, self.mark, boat, parameters.release.value, self.over)
        self.is_over = True
        if running.is_alive:
            running.interrupt("over")
        if through:
            serial.write(THROUGH, boat, self.mark, cause=self.cause, boat=self.number)
        else:
            serial.write(STOPPED, boat, self.mark, cause=self.cause, boat=self.number,
                         range_m=serial.exercise.referee.distance(boat, self.mark))  # fmt: skip
        serial.write(ENDED, boat, self.mark, cause=self.cause, boat=self.number, stopped=int(not through),
                     closest_m=least_of(self._nearest))  # fmt: skip
        self._vigil.drop(boat)
        serial.take_in(boat)

    def _weave(self, speed: float, side: int) -> Process:
        """Legs to either side of the course on which it would meet its mark at the speed made good; the first half as long."""
        parameters, boat, mark = self._serial.parameters, self.boat, self.mark
        angle, seconds = parameters.weave.value, parameters.weave_leg.value / 2
        while True:
            (x, y), (u, v), motion = boat.position, mark.position, mark.motion
            found = intercept(u - x, v - y, motion.vx, motion.vy, speed * cos(angle))
            course = found.course if found is not None else course_of(u - x, v - y)
            boat.steer(*velocity(course + side * angle, speed), self.cause)
            yield self._serial.exercise.env.timeout(seconds)
            side, seconds = -side, parameters.weave_leg.value


class Runs:
    """All boats of a serial. begun: rings when another one begins."""

    def __init__(self, serial: LiveSerial) -> None:
        self._serial, self._all = serial, list[Run]()
        self.begun = Bell(serial.exercise.env)

    def add(self, run: Run) -> None:
        """Another boat begins."""
        self._all.append(run)
        self.begun.ring()

    @property
    def present(self) -> Sequence[Run]:
        """Those that are on their way in."""
        return [run for run in self._all if not run.is_over]

    def await_range(self, ship: Ship, distance: float, vigil: Vigil) -> Process:
        """Waits until something may have changed for a gun of a ship that fires from a distance, m.

        A boat within it, or there and found or lost; one begun, or on another course; the ship on another; a defect, or a hold.
        """
        env, runs = self._serial.exercise.env, self.present
        waits = [time_within(ship, run.boat, distance) for run in runs]
        soonest = min((wait for wait in waits if wait > SHORTEST), default=inf)
        bells = [self.begun, ship.helm, self._serial.exercise.news, *(run.boat.helm for run in runs)]
        if any(wait <= SHORTEST for wait in waits):
            bells.append(vigil.found)
        turns = [bell.rung for bell in bells]
        if soonest < inf:
            turns.append(env.timeout(max(SHORTEST, soonest)))
        yield first_of(env, *turns)
