"""The coast as it lies on the plane of an exercise: what ships must not run on, and their way around it."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from math import cos, fsum, hypot, inf, radians

import numpy as np
from numpy.typing import NDArray

from sim.coast import COARSE, FINE
from sim.errors import RouteError
from sim.geodesy import Plane, direct, inverse
from sim.geometry import Point
from sim.quantities import NAUTICAL_MILE
from sim.water.directions import Array
from sim.water.land import DEGREE, coast_edges, land_within, on_land
from sim.water.shore import nearest_water

ROOM = (
    60 * NAUTICAL_MILE
)  # m around where ships are placed and serials held; none goes further of its own accord
USUAL = 480 * NAUTICAL_MILE  # m; the farthest place from the datum where nobody says otherwise
BEYOND = 120 * NAUTICAL_MILE  # m past all places of an exercise, as far as which the coast is on the plane
STRAIGHT = (
    20 * NAUTICAL_MILE
)  # m; a geodesic cut this short lies on the plane as a straight line to some metres


class Shores:
    """The land around an exercise.

    is_open: whether there is none in reach of it; then nothing is ever looked up, and every way is straight.
    ways, coasts and places are on the plane, m.
    """

    def __init__(self, plane: Plane, discs: list[tuple[Point, float]], farthest: float = USUAL) -> None:
        """discs: centres and radii, m, within which ships are placed and serials held. farthest: m from the datum, of any place."""
        self._plane, self._shown = plane, farthest + BEYOND
        west, east = (side([x + sign * r for (x, _), r in discs]) for side, sign in ((min, -1), (max, 1)))
        south, north = (side([y + sign * r for (_, y), r in discs]) for side, sign in ((min, -1), (max, 1)))
        reach = hypot(east - west, north - south) / 2.0 + ROOM
        self.is_open = not land_within(*plane.to_earth((west + east) / 2.0, (south + north) / 2.0), reach)
        self._ways: dict[tuple[Point, Point], list[Point] | None] = {}

    def on_land(self, place: Point) -> bool:
        """Whether a place is on land."""
        return not self.is_open and on_land(*self._plane.to_earth(*place))

    def afloat(self, place: Point) -> Point:
        """The place itself when it is at sea; the nearest water when it is on land."""
        if not self.on_land(place):
            return place
        lat, lon, _ = nearest_water(*self._plane.to_earth(*place))
        return self._plane.to_plane(lat, lon)

    def crosses(self, start: Point, end: Point) -> bool:
        """Whether the straight way between two places touches the coast."""
        if self.is_open:
            return False
        (x, y), (u, v) = start, end
        edges = _edges(self._plane, self._shown)
        ax, ay, bx, by = edges[:, _meets(edges, min(x, u), min(y, v), max(x, u), max(y, v))]
        side_a, side_b = (u - x) * (ay - y) - (v - y) * (ax - x), (u - x) * (by - y) - (v - y) * (bx - x)
        side_p, side_q = (
            (bx - ax) * (y - ay) - (by - ay) * (x - ax),
            (bx - ax) * (v - ay) - (by - ay) * (u - ax),
        )
        return bool((((side_a > 0.0) != (side_b > 0.0)) & ((side_p > 0.0) != (side_q > 0.0))).any())

    def run_off(self, start: Point, vx: float, vy: float) -> float:
        """How far a course leads before it runs on to the coast, m; infinite when it does not, or only far away."""
        speed = hypot(vx, vy)
        if self.is_open or speed == 0.0:
            return inf
        x, y, ux, uy = *start, vx / speed, vy / speed
        far = (x + 2.0 * self._shown * ux, y + 2.0 * self._shown * uy)
        edges = _edges(self._plane, self._shown)
        ax, ay, bx, by = edges[
            :, _meets(edges, min(x, far[0]), min(y, far[1]), max(x, far[0]), max(y, far[1]))
        ]
        side_a, side_b = ux * (ay - y) - uy * (ax - x), ux * (by - y) - uy * (bx - x)
        cut = (side_a > 0.0) != (side_b > 0.0)
        ax, ay, bx, by, side_a, side_b = (each[cut] for each in (ax, ay, bx, by, side_a, side_b))
        along_a, along_b = ux * (ax - x) + uy * (ay - y), ux * (bx - x) + uy * (by - y)
        ahead = along_a + (along_b - along_a) * (side_a / (side_a - side_b))
        return float(ahead[ahead > 0.0].min(initial=inf))

    def way(self, start: Point, end: Point) -> list[Point] | None:
        """The places to steer for in turn, the end last; None when no way by sea leads there.

        Straight when that touches no land; else the shortest sea route. start, end: at sea.
        """
        if not self.crosses(start, end):
            return [end]
        if (start, end) not in self._ways:
            self._ways[start, end] = self._way_round(start, end)
        return self._ways[start, end]

    def length(self, start: Point, end: Point) -> float:
        """Of the way by sea to a place, or to the nearest water when it is on land, m; infinite when there is none."""
        way = self.way(start, self.afloat(end))
        return inf if way is None else fsum(hypot(v - y, u - x) for (x, y), (u, v) in pairwise([start, *way]))

    def _way_round(self, start: Point, end: Point) -> list[Point] | None:
        from sim.water.route import sea_route  # noqa: PLC0415  # loads shapely, only where there is land

        try:
            route = sea_route(self._plane.to_earth(*start), self._plane.to_earth(*end))
        except RouteError:
            return None
        way: list[Point] = []
        here = start
        for a, b in pairwise(route.places):
            there = end if b == route.places[-1] else self._plane.to_plane(*b)
            if self.crosses(here, there):
                way += self._along(a, b)
            way.append(there)
            here = there
        return way

    def _along(self, a: tuple[float, float], b: tuple[float, float]) -> list[Point]:
        """Places on the geodesic between two, (latitude, longitude) deg: on the plane a long one is no straight line."""
        line = inverse(*a, *b)
        pieces = int(line.metres / STRAIGHT) + 1
        places = (direct(*a, line.azimuth1, line.metres * number / pieces) for number in range(1, pieces))
        return [self._plane.to_plane(lat, lon) for lat, lon, _ in places]


def _meets(edges: Array, west: float, south: float, east: float, north: float) -> NDArray[np.int64]:
    """The edges whose boxes meet a box."""
    ax, ay, bx, by = edges
    return np.flatnonzero(
        (np.minimum(ax, bx) <= east) & (np.maximum(ax, bx) >= west)
        & (np.minimum(ay, by) <= north) & (np.maximum(ay, by) >= south)
    )  # fmt: skip


@lru_cache(8)
def _edges(plane: Plane, shown: float) -> Array:
    """The coast on a plane as far as so many m from its datum: (4, n) x and y of both ends of each edge, m."""
    high = shown / DEGREE
    south, north = max(-90.0, plane.latitude - high), min(90.0, plane.latitude + high)
    poleward = max(abs(south), abs(north))
    wide = (
        min(180.0, high / cos(radians(poleward))) if poleward < 89.0 else 180.0
    )  # deg; next to a pole all around
    found = []
    for shift in (-360.0, 0.0, 360.0):  # the date line
        box = (plane.longitude - wide + shift, south, plane.longitude + wide + shift, north)
        found += list(coast_edges(FINE, box))
        found += [edge for edge in coast_edges(COARSE, box) if not all(FINE.covers(*end) for end in edge)]
    at = {place: plane.to_plane(*place) for edge in found for place in edge}
    return np.array([(*at[a], *at[b]) for a, b in found]).reshape(-1, 4).T.copy()
