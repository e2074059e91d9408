"""Raiders: targets that run in on a ship from a bearing, until they are dealt with or through."""

from __future__ import annotations

from math import degrees
from typing import TYPE_CHECKING

from sim.drills._nearest import Nearest
from sim.geometry import crossing_times, velocity
from sim.log import kind
from sim.setting import SHORTEST, Bell, first_of, when

if TYPE_CHECKING:
    import simpy

    from sim.drills._drill import Process
    from sim.serial import LiveSerial
    from sim.units._agent import Unit
    from sim.units.target import Target
    from sim.vigil import Vigil

RAID = kind(
    "raid",
    "A raider begins to run in.",
    raider="count",
    bearing_deg="number",
    range_m="number",
    height_m="number",
)
RAID_OVER = kind("raid-over", "A raider has been dealt with, or is through.", raider="count", dealt_with="count",
                 closest_m="number", held_s="number")  # fmt: skip


class Raid:
    """One raider on its way in. is_over: dealt with or through. over: rings then. cause: record of its beginning."""

    def __init__(self, serial: LiveSerial, vigil: Vigil, number: int, platform: str, guide: Unit, bearing: float,
                 away: float, height: float | None = None) -> None:  # fmt: skip
        self._serial, self._vigil, self.number, self.guide = serial, vigil, number, guide
        (x, y), (dx, dy) = guide.position, velocity(bearing, away)
        self.raider: Target = serial.target(platform, (x + dx, y + dy))
        if height is not None:
            self.raider.height = height
        self._running: simpy.Process | None = None
        self.is_over, self.over = False, Bell(serial.exercise.env)
        self.cause = serial.write(RAID, self.raider, guide, raider=number, range_m=away, height_m=self.raider.height or 0.0,
                                  bearing_deg=serial.exercise.plane.true_course(x, y, degrees(bearing)))  # fmt: skip
        self._nearest = Nearest(serial, self.raider, guide)
        vigil.add(self.raider)

    def run(self, speed: float, release: float) -> Process:
        """Runs straight in until dealt with, or within the release distance of its mark, m; gives whether it is through."""
        self._running = self._serial.start(self.raider.intercept(self.guide, speed, self.cause))
        env = self._serial.exercise.env
        while not self.is_over:
            (x, y), (u, v) = self.guide.position, self.raider.position
            own, its = self.guide.motion, self.raider.motion
            times = crossing_times(u - x, v - y, its.vx - own.vx, its.vy - own.vy, release)
            if times is not None and times[0] <= SHORTEST < times[1]:
                self.end(dealt_with=False)
                return True
            turns = [self.over.rung, self.raider.helm.rung, self.guide.helm.rung]
            if times is not None and times[0] > 0.0:
                turns.append(when(env, self._serial.now + times[0]))
            yield first_of(env, *turns)
        return False

    def end(self, dealt_with: bool) -> None:
        """It is over; the raider is taken in."""
        if self.is_over:
            return
        self.is_over = True
        self._nearest.close()
        if self._running is not None and self._running.is_alive:
            self._running.interrupt("over")
        self._serial.write(RAID_OVER, self.raider, self.guide, cause=self.cause, raider=self.number, dealt_with=int(dealt_with),
                           closest_m=self._nearest.least, held_s=self._vigil.held(self.raider))  # fmt: skip
        self._vigil.drop(self.raider)
        self._serial.take_in(self.raider)
        self.over.ring()
