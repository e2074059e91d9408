"""Stations: places kept on a guide, and how well a ship is handled on the way there."""

from __future__ import annotations

from typing import NamedTuple

from sim.geometry import Point, velocity


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


ON_TOP = Station(0.0, 0.0)


class Aim(NamedTuple):
    """How far the helm and the engines are off what was worked out."""

    course: float = 0.0
    """rad, to starboard positive."""
    speed: float = 0.0
    """Share of the speed."""


EXACT = Aim()
