"""Motion in straight legs: position is computed when asked for, never stepped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import hypot
from typing import Protocol, TypeVar

from sim.geometry import Point

ROUGHLY = 1.0  # m; far above the rounding of a rough look


@dataclass(slots=True)
class Motion:
    """Where something is and how it moves on its present leg; equations, not events.

    x, y: m at `since`, east and north on the exercise plane. vx, vy: m/s. since: s.
    run: m steamed on the legs before this one.
    """

    x: float
    y: float
    vx: float = 0.0
    vy: float = 0.0
    since: float = 0.0
    run: float = 0.0

    def at(self, now: float) -> Point:
        """Position at a time of the present leg."""
        elapsed = now - self.since
        return self.x + self.vx * elapsed, self.y + self.vy * elapsed

    @property
    def speed(self) -> float:
        """Speed over the ground, m/s."""
        return hypot(self.vx, self.vy)

    def distance(self, now: float) -> float:
        """All the way run up to now, m."""
        return self.run + hypot(self.vx, self.vy) * (now - self.since)

    def steer(self, now: float, vx: float, vy: float) -> None:
        """Begins a new leg here and now."""
        self.run = self.distance(now)
        self.x, self.y = self.at(now)
        self.vx, self.vy, self.since = vx, vy, now

    def place(self, now: float, x: float, y: float, vx: float = 0.0, vy: float = 0.0) -> None:
        """Begins a new leg, or stops, at an exact place: the end of a leg without the last bit of rounding."""
        self.run = self.distance(now)
        self.x, self.y, self.vx, self.vy, self.since = x, y, vx, vy, now


class Moving(Protocol):
    """Whatever moves in legs."""

    motion: Motion


Mover = TypeVar("Mover", bound=Moving)


def nearing(own: Motion, others: Iterable[Mover], now: float, distance: float) -> Iterator[Mover]:
    """Those who may come nearer than a distance, m, on the present legs: a rough look that spares most exact solutions.

    It looks at all time to come, since an answer stands until somebody alters.
    """
    (x, y), vx, vy = own.at(now), own.vx, own.vy
    reach = (distance + ROUGHLY) * (distance + ROUGHLY)
    for other in others:
        her = other.motion
        elapsed, wx, wy = now - her.since, her.vx, her.vy
        dx, dy = her.x + wx * elapsed - x, her.y + wy * elapsed - y
        wx, wy = wx - vx, wy - vy
        if dx * dx + dy * dy > reach:
            if dx * wx + dy * wy >= 0.0:  # opening
                continue
            across = dx * wy - dy * wx
            if across * across > reach * (wx * wx + wy * wy):
                continue
        yield other
