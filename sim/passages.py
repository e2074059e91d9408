"""Geodesic passages: the shortest way over the earth, cut into pieces that are straight on the exercise plane."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import hypot

from sim.geodesy import Plane, direct, inverse
from sim.geometry import Point
from sim.quantities import NAUTICAL_MILE
from sim.ways import Mark

LONG = (
    200 * NAUTICAL_MILE
)  # m; a shorter way across the plane is never more than a tenth of a mile off the geodesic
DEVIATION = 50.0  # m; a piece is nowhere farther than this from the geodesic: less than a ship's length
MARGIN = 0.9  # share of the deviation allowed where it is looked at, a quarter, half and three quarters along
LOOKS = (0.25, 0.5, 0.75)
FEWEST = 2  # pieces looked at first, so that an S-shaped image is not taken for straight


@dataclass(frozen=True, slots=True)
class Passage:
    """A geodesic on WGS84 from one place to another, in degrees. Raises ValueError for nearly antipodal places."""

    latitude: float
    longitude: float
    to_latitude: float
    to_longitude: float
    metres: float = field(init=False)
    """Its length, m."""
    azimuth: float = field(init=False)
    """deg, the true course at its start."""

    def __post_init__(self) -> None:
        line = inverse(self.latitude, self.longitude, self.to_latitude, self.to_longitude)
        object.__setattr__(self, "metres", line.metres)
        object.__setattr__(self, "azimuth", line.azimuth1)

    def at(self, metres: float) -> tuple[float, float]:
        """Latitude and longitude after so much of the way, to a millimetre; at a steady speed, m/s times s."""
        latitude, longitude, _ = direct(self.latitude, self.longitude, self.azimuth, metres)
        return latitude, longitude

    def marks(self, plane: Plane, deviation: float = DEVIATION) -> list[Mark]:
        """Pieces straight on a plane, none farther than the deviation from the geodesic; ways are true lengths.

        Raises ValueError unless the deviation is above 0.
        """
        if deviation <= 0.0:
            raise ValueError(f"a deviation must be above 0, got {deviation}")
        marks: list[Mark] = []
        begun, place = 0.0, plane.to_plane(self.latitude, self.longitude)
        ahead = [(self.metres * number / FEWEST) for number in range(FEWEST, 0, -1)]
        while ahead:
            end = self._on(plane, ahead[-1])
            if self._is_straight(plane, begun, place, ahead[-1], end, MARGIN * deviation):
                marks.append(Mark(*end, ahead[-1] - begun))
                begun, place = ahead.pop(), end
            else:
                ahead.append((begun + ahead[-1]) / 2.0)
        return marks

    def _on(self, plane: Plane, metres: float) -> Point:
        if metres == self.metres:
            return plane.to_plane(self.to_latitude, self.to_longitude)
        return plane.to_plane(*self.at(metres))

    def _is_straight(
        self, plane: Plane, begun: float, start: Point, ended: float, end: Point, most: float
    ) -> bool:
        dx, dy = end[0] - start[0], end[1] - start[1]
        size = hypot(dx, dy)
        for look in LOOKS:
            x, y = self._on(plane, begun + look * (ended - begun))
            if abs((x - start[0]) * dy - (y - start[1]) * dx) > most * size:
                return False
        return True
