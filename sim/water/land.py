"""Land or water at a place, with the standard library alone: what checking a scenario needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from math import cos, floor, radians

from sim.coast import Coast, Scale, coast, may_be_land, scale_of
from sim.geodesy import SPHERE

ANTARCTIC = -89.9  # deg; from here south there is land alone, and the last edge of the data
DEGREE = radians(1.0) * SPHERE  # m; of latitude
Place = tuple[float, float]  # latitude, longitude, deg


def on_land(lat: float, lon: float) -> bool:
    """Whether a place is on land, by the finest coast that covers it; on the coast line itself it may be either.

    lat, lon: deg. Lakes are land at 1:10m; at 1:50m the Caspian Sea and some lagoons are water.
    """
    lon = (lon + 180.0) % 360.0 - 180.0 if not -180.0 <= lon <= 180.0 else lon
    if lat < ANTARCTIC or not may_be_land(lat, lon):
        return lat < ANTARCTIC
    scale, dry = scale_of((lat, lon)), False
    found = coast(scale)
    for number, (west, south, east, north) in enumerate(found.boxes):
        if west <= lon <= east and south <= lat <= north:
            band = _bands(scale, number).get(floor(lat), ())
            dry ^= _crossed_oddly(found, band, lat, lon)
    return dry


def all_on_land(outline: Sequence[Place]) -> bool:
    """Whether an area holds no water: its corners are on land and no coast runs through it.

    outline: (latitude, longitude) of its corners in deg, three at least; a circle is as good as a polygon of many.
    """
    if not all(on_land(lat, lon) for lat, lon in outline):
        return False
    lats, lons = [lat for lat, _ in outline], [lon for _, lon in outline]
    box = (min(lons), min(lats), max(lons), max(lats))
    sides = [*pairwise(outline), (outline[-1], outline[0])]
    for a, b in coast_edges(scale_of(*outline), box):
        if any(_meet(a, b, c, d) for c, d in sides) or _inside(sides, *a):
            return False
    return True


@lru_cache(64)
def land_within(lat: float, lon: float, reach: float) -> bool:
    """Whether any coast may be nearer to a place than this, m; never False when there is one.

    By the box around the circle, so that some land just beyond counts as well.
    """
    high = reach / DEGREE * 1.01  # the ellipsoid's degree of latitude is up to a hundredth shorter
    south, north = lat - high, lat + high
    if south < ANTARCTIC or max(abs(south), abs(north)) >= 90.0 or on_land(lat, lon):
        return True
    wide = high / cos(radians(max(abs(south), abs(north))))
    west, east = lon - wide, lon + wide
    if west < -180.0 or east > 180.0:
        return True
    degrees = ((row, column) for row in range(floor(south), floor(north) + 1)
               for column in range(floor(west), floor(east) + 1))  # fmt: skip
    if not any(may_be_land(*degree) for degree in degrees):
        return False
    scale = scale_of((south, west), (north, east))
    return next(coast_edges(scale, (west, south, east, north)), None) is not None


def coast_edges(scale: Scale, box: tuple[float, float, float, float]) -> Iterator[tuple[Place, Place]]:
    """The edges of the coast whose boxes meet a box, deg; without those where the data end."""
    west, south, east, north = box
    found = coast(scale)
    for number, (left, bottom, right, top) in enumerate(found.boxes):
        if left > east or right < west or bottom > north or top < south:
            continue
        bands, seen = _bands(scale, number), set[int]()
        for band in range(floor(south), floor(north) + 1):
            for at, after in bands.get(band, ()):
                ax, ay, bx, by = found.lons[at], found.lats[at], found.lons[after], found.lats[after]
                if (
                    at not in seen
                    and min(ax, bx) <= east
                    and max(ax, bx) >= west
                    and min(ay, by) <= north
                    and max(ay, by) >= south
                    and not on_border(scale, ax, ay, bx, by)
                ):
                    seen.add(at)
                    yield (ay, ax), (by, bx)


def on_border(scale: Scale, ax: float, ay: float, bx: float, by: float) -> bool:
    """Whether an edge lies on the border of the data: land goes on there, it is no coast. deg, longitude first."""
    west, south, east, north = scale.box
    south = max(south, ANTARCTIC)
    return (ax == bx and ax in (west, east)) or max(ay, by) <= south or min(ay, by) >= north


@cache
def _bands(scale: Scale, number: int) -> dict[int, list[tuple[int, int]]]:
    """The edges of a ring, by the numbers of their two corners, for each whole degree of latitude they touch."""
    found, bands = coast(scale), dict[int, list[tuple[int, int]]]()
    start, end = found.starts[number], found.starts[number + 1]
    before = end - 1
    for at in range(start, end):
        low, high = sorted((found.lats[before], found.lats[at]))
        for band in range(floor(low), floor(high) + 1):
            bands.setdefault(band, []).append((before, at))
        before = at
    return bands


def _crossed_oddly(found: Coast, band: Sequence[tuple[int, int]], lat: float, lon: float) -> bool:
    """Whether a line to the east crosses an odd number of edges."""
    lons, lats, odd = found.lons, found.lats, False
    for a, b in band:
        ay, by = lats[a], lats[b]
        if (ay > lat) != (by > lat) and lon < lons[a] + (lat - ay) / (by - ay) * (lons[b] - lons[a]):
            odd = not odd
    return odd


def _inside(sides: Sequence[tuple[Place, Place]], lat: float, lon: float) -> bool:
    odd = False
    for (ay, ax), (by, bx) in sides:
        if (ay > lat) != (by > lat) and lon < ax + (lat - ay) / (by - ay) * (bx - ax):
            odd = not odd
    return odd


def _meet(a: Place, b: Place, c: Place, d: Place) -> bool:
    """Whether two edges cross."""

    def left(p: Place, q: Place, r: Place) -> bool:
        return (q[1] - p[1]) * (r[0] - p[0]) - (q[0] - p[0]) * (r[1] - p[1]) > 0.0

    return left(a, b, c) != left(a, b, d) and left(c, d, a) != left(c, d, b)
