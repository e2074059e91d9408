"""Directions from the middle of the earth: places as unit vectors, in which great ellipses are planes.

A leg between two places is taken as the arc in the plane through both and the middle of the earth; over a thousand
kilometres it stays within metres of the geodesic. Only + - * / and square roots, but for the sine and cosine of places,
which come from `math` one by one: the same to the last bit whatever NumPy was built for.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import asin, atan, atan2, cos, degrees, fsum, hypot, pi, radians, sin, sqrt, tan
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.geodesy import SPHERE, WGS84

Array: TypeAlias = NDArray[np.float64]
SHRUNK = (1.0 - WGS84.flattening) ** 2  # tangent of geocentric over tangent of geodetic latitude


def direction(lat: float, lon: float) -> tuple[float, float, float]:
    """The unit vector to a place, deg: towards 0N 0E, 0N 90E and the north pole."""
    up = atan(SHRUNK * tan(radians(lat))) if abs(lat) < 90.0 else radians(lat)
    along = radians(lon)
    return cos(up) * cos(along), cos(up) * sin(along), sin(up)


def directions(places: Iterable[tuple[float, float]]) -> Array:
    """The unit vectors (n, 3) to places, latitude and longitude in deg."""
    return np.array([direction(lat, lon) for lat, lon in places]).reshape(-1, 3)


def points(places: Iterable[tuple[float, float]]) -> Array:
    """Where places, latitude and longitude in deg, are in space, (n, 3) mean earth radii from its middle."""
    found = []
    for lat, lon in places:
        up, along = radians(lat), radians(lon)
        round_the_axis = WGS84.radius / sqrt(1.0 - (1.0 - SHRUNK) * sin(up) ** 2) / SPHERE
        flat = round_the_axis * cos(up)
        found.append((flat * cos(along), flat * sin(along), SHRUNK * round_the_axis * sin(up)))
    return np.array(found).reshape(-1, 3)


def place_of(x: float, y: float, z: float) -> tuple[float, float]:
    """Latitude and longitude of a direction of any length, deg."""
    return degrees(atan2(z, SHRUNK * hypot(x, y))), degrees(atan2(y, x))


def arc(chord: Array) -> Array:
    """Metres along the earth for straight lines through it, in mean earth radii.

    Between `points` it is the geodesic to 3e-5 up to a thousand nautical miles, between directions the arc on the sphere.
    Source: the series of the arc sine.
    """
    half = chord * chord / 4.0
    series = 1.0 + half * (1 / 6 + half * (3 / 40 + half * (15 / 336 + half * (105 / 3456 + half * 0.0224))))
    return np.asarray(SPHERE * chord * series)


def metres(chord: float) -> float:
    """The same for one chord, without the series."""
    return 2.0 * SPHERE * asin(min(1.0, chord / 2.0)) if chord < 2.0 else pi * SPHERE


def lengths(vectors: Array) -> Array:
    """The length of each of (n, 3) vectors."""
    x, y, z = vectors.T
    return np.asarray(np.sqrt(x * x + y * y + z * z))


def dots(a: Array, b: Array) -> Array:
    """Scalar products along the last axis of (n, 3) or (3,), without a matrix product."""
    return np.asarray(a[..., 0] * b[..., 0] + a[..., 1] * b[..., 1] + a[..., 2] * b[..., 2])


def crosses(a: Array, b: Array) -> Array:
    """Vector products along the last axis."""
    ax, ay, az = a[..., 0], a[..., 1], a[..., 2]
    bx, by, bz = b[..., 0], b[..., 1], b[..., 2]
    return np.stack([ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx], axis=-1)


class View:
    """The earth seen from a place: two flat pictures of the directions around it.

    `gnomonic` shows arcs as straight lines, within a quarter of the way round the earth. `stereographic` keeps angles and,
    near the middle, lengths in m. Both are x to the east and y to the north of the middle.
    """

    def __init__(self, lat: float, lon: float) -> None:
        along = radians(lon)
        self.middle = np.array(direction(lat, lon))
        self.east = np.array((-sin(along), cos(along), 0.0))
        self.north = crosses(self.middle, self.east)

    def gnomonic(self, vectors: Array) -> Array:
        """(n, 3) to (n, 2), in earth radii."""
        deep = dots(vectors, self.middle)
        return np.stack([dots(vectors, self.east) / deep, dots(vectors, self.north) / deep], axis=-1)

    def stereographic(self, vectors: Array) -> Array:
        """(n, 3) to (n, 2), m."""
        scale = 2.0 * SPHERE / (1.0 + dots(vectors, self.middle))
        return np.stack([dots(vectors, self.east) * scale, dots(vectors, self.north) * scale], axis=-1)

    def from_stereographic(self, x: float, y: float) -> tuple[float, float]:
        """The place, latitude and longitude in deg, shown at x and y, m."""
        return self.places(np.array([(x, y)]))[0]

    def places(self, shown: Array) -> list[tuple[float, float]]:
        """The places, latitude and longitude in deg, shown at (n, 2) x and y, m."""
        half = shown / (2.0 * SPHERE)
        u, v = half[:, 0], half[:, 1]
        square = u * u + v * v
        deep, wide = (1.0 - square) / (1.0 + square), 2.0 / (1.0 + square)
        x, y, z = (
            (deep * middle + wide * (u * east + v * north)).tolist()
            for middle, east, north in zip(self.middle, self.east, self.north, strict=True)
        )
        return [place_of(*vector) for vector in zip(x, y, z, strict=True)]


def straightened(shown: Array) -> Array:
    """Places (n, 2) on a stereographic picture, m, as they lie on the gnomonic one, earth radii."""
    half = shown / (2.0 * SPHERE)
    square = half[:, 0] * half[:, 0] + half[:, 1] * half[:, 1]
    return np.asarray(2.0 * half / (1.0 - square)[:, None])


def stretch(degrees_away: float) -> float:
    """How many times longer the stereographic picture shows a length this far from its middle."""
    return 2.0 / (1.0 + cos(radians(degrees_away)))


def away(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The angle between two places at the middle of the earth, deg."""
    u, v = direction(*a), direction(*b)
    return degrees(2.0 * asin(min(1.0, sqrt(fsum((p - q) ** 2 for p, q in zip(u, v, strict=True))) / 2.0)))
