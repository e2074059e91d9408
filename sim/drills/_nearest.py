"""How near units come to each other, exactly: the least distance so far, and the moment they are within one."""

from __future__ import annotations

from math import hypot, inf
from typing import TYPE_CHECKING, Any

from sim.geometry import closest_approach, crossing_times
from sim.setting import SHORTEST, first_of, when

if TYPE_CHECKING:
    from collections.abc import Sequence

    import simpy

    from sim.drills._drill import Process
    from sim.serial import LiveSerial
    from sim.setting import Bell
    from sim.units._agent import Unit


class Nearest:
    """Watches two units of a serial from now on until `close`, or FINEX at the latest."""

    def __init__(self, serial: LiveSerial, one: Unit, other: Unit) -> None:
        self._one, self._other = one, other
        self._least, self._is_over = inf, False
        serial.keep(self)
        self._note()
        for unit in (one, other):
            unit.watchers.append(self._altered)

    @property
    def least(self) -> float:
        """The least distance so far, m."""
        return self._least if self._is_over else min(self._least, self._on_stretch())

    def close(self) -> None:
        """Looks no longer; what was found stays."""
        self._least, self._is_over = self.least, True
        for unit in (self._one, self._other):
            if self._altered in unit.watchers:
                unit.watchers.remove(self._altered)

    def _altered(self, _: Any) -> None:
        self._least = self.least
        self._note()

    def _note(self) -> None:
        """The present stretch, as it begins."""
        one, other = self._one.motion, self._other.motion
        self._since = self._one.now
        (x, y), (u, v) = self._one.position, self._other.position
        self._stretch = u - x, v - y, other.vx - one.vx, other.vy - one.vy

    def _on_stretch(self) -> float:
        """Least distance on the present stretch so far, m."""
        dx, dy, vx, vy = self._stretch
        elapsed = self._one.now - self._since
        time = min(elapsed, closest_approach(dx, dy, vx, vy)[0])
        return hypot(dx + vx * time, dy + vy * time)


def least_of(watched: Sequence[Nearest]) -> float:
    """Ends the watch of several pairs; gives the least distance of all, m."""
    for each in watched:
        each.close()
    return min(each.least for each in watched)


def until_within(
    serial: LiveSerial, one: Unit, other: Unit, distance: float, over: Bell | None = None
) -> Process:
    """Waits until two are no farther apart than a distance, m; gives whether they are: not when one is gone, or `over` rings.

    The moment is solved from the present legs, and anew whenever one of them alters.
    """
    env = serial.exercise.env
    while not (one.is_gone or other.is_gone):
        wait = time_within(one, other, distance)
        if wait <= SHORTEST:
            return True
        turns: list[simpy.Event] = [one.helm.rung, other.helm.rung]
        if over is not None:
            turns.append(over.rung)
        if wait < inf:
            turns.append(when(env, serial.now + wait))
        yield first_of(env, *turns)
        if over is not None and turns[2].triggered:
            break
    return False


def time_within(one: Unit, other: Unit, distance: float) -> float:
    """How long until two are within a distance, m, on the present legs, s: 0 when they are, infinite when they will not be."""
    (x, y), (u, v), own, its = one.position, other.position, one.motion, other.motion
    times = crossing_times(u - x, v - y, its.vx - own.vx, its.vy - own.vy, distance)
    if times is None or times[1] <= SHORTEST:
        return inf
    return max(0.0, times[0])
