"""Stations: places kept on a guide, and how well a ship is handled on the way there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import hypot
from typing import NamedTuple

from sim.geometry import Point, velocity

SPARED = 1e-3  # m; ways that differ by less are alike


def turned(across: float, ahead: float, course: float) -> Point:
    """East and north components of what lies across a course, to starboard, and ahead along it, in rad."""
    ex, ey = velocity(course, 1.0)
    return ahead * ex + across * ey, ahead * ey - across * ex


class Station(NamedTuple):
    """A place to keep on a guide: m east and north of her, or, when it turns with her, to starboard and ahead."""

    x: float
    y: float
    turns: bool = False

    @classmethod
    def on(cls, bearing: float, distance: float, turns: bool = False) -> Station:
        """By bearing, rad, from north or from her bow, and distance, m."""
        return cls(*velocity(bearing, distance), turns)

    def offset(self, heading: float) -> Point:
        """m east and north of a guide who heads so, rad."""
        return turned(self.x, self.y, heading) if self.turns else (self.x, self.y)


def uncrossed(starts: Sequence[Point], ends: Sequence[Point]) -> list[int]:
    """Which of as many ends each start goes to, by number, so that no two straight ways cross; as they come, where none do. m.

    Two exchange their ends as long as both ways together are shorter for it: by the triangle inequality two that cross are longer together
    than the two that do not.
    """

    def way(start: int, end: int) -> float:
        (x, y), (u, v) = starts[start], ends[end]
        return hypot(u - x, v - y)

    chosen = list(range(len(starts)))
    is_done = False
    while not is_done:
        is_done = True
        for one, two in combinations(range(len(starts)), 2):
            a, b = chosen[one], chosen[two]
            if way(one, b) + way(two, a) < way(one, a) + way(two, b) - SPARED:
                chosen[one], chosen[two], is_done = b, a, False
    return chosen


ON_TOP = Station(0.0, 0.0)


class Aim(NamedTuple):
    """How far the helm and the engines are off what was worked out."""

    course: float = 0.0
    """rad, to starboard positive."""
    speed: float = 0.0
    """Share of the speed."""


EXACT = Aim()
