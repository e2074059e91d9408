"""How near two units have come to each other, exactly: by the closest approach on each stretch that both keep."""

from __future__ import annotations

from math import hypot, inf
from typing import TYPE_CHECKING, Any

from sim.geometry import closest_approach

if TYPE_CHECKING:
    from sim.serial import LiveSerial
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
