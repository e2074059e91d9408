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
    from sim.units.aircraft import Aircraft
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
    """One raider on its way in. is_over: dealt with or through. over: rings then. cause: record of its beginning.

    What comes is a platform, put out as a target, or an own aircraft that is where it begins and plays the raider.
    """

    def __init__(self, serial: LiveSerial, vigil: Vigil, number: int, comes: str | Aircraft, guide: Unit, bearing: float,
                 away: float, height: float | None = None) -> None:  # fmt: skip
        self._serial, self._vigil, self.number, self.guide = serial, vigil, number, guide
        (x, y), (dx, dy) = guide.position, velocity(bearing, away)
        self._flown = None if isinstance(comes, str) else comes
        self._target = serial.target(comes, (x + dx, y + dy)) if isinstance(comes, str) else None
        raider = self._flown or self._target
        assert raider is not None
        self.raider: Target | Aircraft = raider
        if height is not None:
            self.raider.height = height
        self._running: simpy.Process | None = None
        self.is_over, self.over = False, Bell(serial.exercise.env)
        self.began = serial.now
        self.cause = serial.write(RAID, self.raider, guide, raider=number, range_m=self.raider.distance_to((x, y)),
                                  height_m=self.raider.height or 0.0,
                                  bearing_deg=serial.exercise.plane.true_course(x, y, degrees(bearing)))  # fmt: skip
        self._nearest = Nearest(serial, self.raider, guide)
        self._held_before = vigil.held(self.raider)
        vigil.forget(self.raider)
        vigil.add(self.raider)

    def run(self, speed: float, release: float) -> Process:
        """Runs straight in until dealt with, or within the release distance of its mark, m; gives whether it is through."""
        self._running = self._serial.start(self.raider.intercept(self.guide, speed, self.cause))
        came = yield from self.within(self.guide, release)
        if came:
            self.end(dealt_with=False)
        return came

    def within(self, unit: Unit, radius: float, is_held: bool = False) -> Process:
        """Waits until the raider is within a radius of a unit, m, and held by it if so wanted; False when it is over before."""
        env, raider = self._serial.exercise.env, self.raider
        while not self.is_over:
            if self._flown is not None and not self._flown.is_on_task:
                self.call_off()
                return False
            times = self.crossing(unit, radius)
            is_within = times is not None and times[0] <= SHORTEST < times[1]
            if is_within and (not is_held or self.is_held_by(unit)):
                return True
            turns = [self.over.rung, unit.helm.rung, raider.helm.rung]
            if self._flown is not None:
                turns.append(self._serial.exercise.news.rung)
            if is_within:
                turns.append(self._vigil.found.rung)
            elif times is not None and times[0] > SHORTEST:
                turns.append(when(env, self._serial.now + times[0]))
            yield first_of(env, *turns)
        return False

    def crossing(self, unit: Unit, radius: float) -> tuple[float, float] | None:
        """From when until when it is within a radius of a unit as both go now, s from now; None when it is never."""
        (x, y), (u, v) = unit.position, self.raider.position
        own, its = unit.motion, self.raider.motion
        return crossing_times(u - x, v - y, its.vx - own.vx, its.vy - own.vy, radius)

    def is_held_by(self, unit: Unit) -> bool:
        """Whether one unit itself holds it now."""
        return any(contact.observer is unit for contact in self._vigil.holders(self.raider))

    def end(self, dealt_with: bool) -> None:
        """It is over; a target is taken in, an own aircraft breaks off."""
        if self.is_over:
            return
        held = self._vigil.held(self.raider) - self._held_before
        self._serial.write(RAID_OVER, self.raider, self.guide, cause=self.cause, raider=self.number, dealt_with=int(dealt_with),
                           closest_m=self._nearest.least, held_s=held)  # fmt: skip
        self.call_off()

    def call_off(self) -> None:
        """It counts for nothing: an aircraft has had to leave. So ends, too, one that counts."""
        if self.is_over:
            return
        self.is_over = True
        self._nearest.close()
        self._vigil.drop(self.raider)
        if self._running is not None and self._running.is_alive:
            self._running.interrupt("over")
        if self._target is not None:
            self._serial.take_in(self._target)
        self.over.ring()
