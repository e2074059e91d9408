"""Stations: places kept on a guide, and how well a ship is handled on the way there."""

from __future__ import annotations

from typing import NamedTuple

from sim.geometry import Point, velocity


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
        if not self.turns:
            return self.x, self.y
        ex, ey = velocity(heading, 1.0)
        return self.y * ex + self.x * ey, self.y * ey - self.x * ex


ON_TOP = Station(0.0, 0.0)


class Aim(NamedTuple):
    """How far the helm and the engines are off what was worked out."""

    course: float = 0.0
    """rad, to starboard positive."""
    speed: float = 0.0
    """Share of the speed."""


EXACT = Aim()
