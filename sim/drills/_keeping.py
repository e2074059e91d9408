"""How well a ship keeps her station on another: her mean square distance from it, exactly, from the legs of both.

On a leg of relative motion the distance from the station is |r + v t|, so the integral of its square over T is
|r|^2 T + r.v T^2 + |v|^2 T^3 / 3: the mean over any number of legs needs no samples.

A ship corrects once in a while and steers for her station so as to be there at the next correction. With independent errors of course,
sc rad, and of speed, ss as a share, the ends of these spells lie V T sqrt(sc^2 + ss^2) off; along a spell the error goes straight from one end
to the next, and the mean square is two thirds of that at the ends.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from sim.setting import SHORTEST

if TYPE_CHECKING:
    from sim.geometry import Point
    from sim.units._agent import Unit


def squared(x: float, y: float, vx: float, vy: float, seconds: float) -> float:
    """Integral of the square of a distance, m2 s, that begins at (x, y) m and alters by (vx, vy) m/s."""
    ends = x * x + y * y, x * vx + y * vy, vx * vx + vy * vy
    return seconds * (ends[0] + seconds * (ends[1] + seconds * ends[2] / 3.0))


def keeping_error(speed: float, course_error: float, speed_error: float, seconds: float) -> float:
    """Root-mean-square distance from a station, m, of a ship that corrects every so many seconds."""
    return speed * seconds * sqrt((course_error**2 + speed_error**2) * 2.0 / 3.0)


class Keeping:
    """One ship's distance from her station from now on. offset: m east and north of the guide.

    Notes each new leg of either; `end` stops that, and has to be called.
    """

    def __init__(self, ship: Unit, guide: Unit, offset: Point) -> None:
        self._ship, self._guide, self._offset = ship, guide, offset
        self._began = self._since = ship.now
        self._sum = 0.0
        self._look()
        ship.watchers.append(self._turned)
        guide.watchers.append(self._turned)

    @property
    def seconds(self) -> float:
        """How long so far, s."""
        return self._since - self._began

    @property
    def rms(self) -> float:
        """Root-mean-square distance from the station up to the last leg, m."""
        return sqrt(self._sum / self.seconds) if self.seconds > SHORTEST else 0.0

    def end(self) -> None:
        """Counts up to now and looks no more."""
        self._turned(self._ship)
        self._ship.watchers.remove(self._turned)
        self._guide.watchers.remove(self._turned)

    def _turned(self, _: Unit) -> None:
        self._sum += max(0.0, squared(*self._from, *self._drift, self._ship.now - self._since))
        self._look()

    def _look(self) -> None:
        (x, y), (u, v), (dx, dy) = self._ship.position, self._guide.position, self._offset
        ours, theirs = self._ship.motion, self._guide.motion
        self._since = self._ship.now
        self._from = x - u - dx, y - v - dy
        self._drift = ours.vx - theirs.vx, ours.vy - theirs.vy
