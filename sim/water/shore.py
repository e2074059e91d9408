"""The shore: how far it is, whether a leg crosses it, and the nearest water to a place on land."""

from __future__ import annotations

from functools import cache
from math import degrees, radians
from typing import NamedTuple

import numpy as np

from sim.coast import Scale, coast, scale_of
from sim.geodesy import SPHERE, distance, format_position, inverse
from sim.quantities import NAUTICAL_MILE
from sim.water.directions import Array, View, crosses, direction, directions, dots, lengths, metres
from sim.water.land import on_border, on_land

OFFING = 1000.0  # m off the coast at which a ship is put that would be on land; a few lengths and some depth
SNAP = 6  # digits of a degree, a tenth of a metre, to which a place found by shapely is rounded: it may reach a record
FARTHEST = 40.0  # deg; no place on earth is half as far from the sea
INNER = 0.95  # of a search's reach; beyond it the land is cut off and its edge is no coast
ARC = 6  # sides of a quarter circle around the corners of a coast

POINTS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")


class Shore(NamedTuple):
    """The edges of a coast as pairs of directions (n, 3), without those where the data end."""

    a: Array
    b: Array


@cache
def shore(scale: Scale) -> Shore:
    """The whole shore of a scale."""
    found = coast(scale)
    vectors = directions(zip(found.lats, found.lons, strict=True))
    here, there = np.arange(len(vectors)), np.arange(1, len(vectors) + 1)
    for start, end in zip(found.starts, found.starts[1:], strict=False):
        there[end - 1] = start
    real = [
        not on_border(scale, found.lons[i], found.lats[i], found.lons[j], found.lats[j])
        for i, j in zip(here.tolist(), there.tolist(), strict=True)
    ]
    return Shore(vectors[here[real]], vectors[there[real]])


def distance_to_coast(lat: float, lon: float) -> float:
    """From a place, on land or at sea, to the nearest coast, m; within 0.3 %.

    lat, lon: deg. Where the north-west Pacific's data end it is the coast within them.
    """
    edges = shore(scale_of((lat, lon)))
    place = np.array(direction(lat, lon))
    along = edges.b - edges.a
    share = np.clip(dots(place - edges.a, along) / np.maximum(dots(along, along), 1e-30), 0.0, 1.0)
    return metres(float(lengths(edges.a + share[:, None] * along - place).min()))


def crosses_land(lat1: float, lon1: float, lat2: float, lon2: float) -> bool:
    """Whether the direct way between two places touches land, its ends too. deg."""
    if on_land(lat1, lon1) or on_land(lat2, lon2):
        return True
    edges = shore(scale_of((lat1, lon1), (lat2, lon2)))
    p, q = np.array(direction(lat1, lon1)), np.array(direction(lat2, lon2))
    plane = crosses(p, q)
    side_a, side_b = dots(edges.a, plane), dots(edges.b, plane)
    cut = np.flatnonzero((side_a > 0.0) != (side_b > 0.0))
    a, b = edges.a[cut], edges.b[cut]
    normal = crosses(a, b)
    side_p, side_q = dots(normal, p), dots(normal, q)
    apart = (side_p > 0.0) != (side_q > 0.0)
    near = dots(a + b, p + q) > 0.0  # else it is the other side of the earth where the two planes meet
    return bool((apart & near).any())


def nearest_water(lat: float, lon: float, offing: float = OFFING) -> tuple[float, float, float]:
    """The nearest place afloat: latitude, longitude, and how far it is, m. A place at sea is its own.

    lat, lon: deg. offing: m, how far off every coast it lies. The place is rounded to a tenth of a metre, since what
    shapely finds may differ from one build to the next in its last bits.
    """
    if not on_land(lat, lon):
        return lat, lon, 0.0
    import shapely  # noqa: PLC0415  # a tenth of a second, and only where something is on land

    from sim.water.polygons import polygons  # noqa: PLC0415

    scale, view, here = scale_of((lat, lon)), View(lat, lon), shapely.Point(0.0, 0.0)
    reach = max(4.0 * offing, 1.5 * distance_to_coast(lat, lon)) / SPHERE
    while True:
        reach = min(reach, radians(FARTHEST))
        land = shapely.union_all(
            shapely.buffer(polygons(scale, lat, lon, degrees(reach)), offing, quad_segs=ARC)
        )
        if not land.is_empty:
            x, y = shapely.get_coordinates(shapely.shortest_line(here, land.boundary))[1]
            north, east = view.from_stereographic(float(x), float(y))
            found = (round(north, SNAP), round(east, SNAP))
            gone = distance(lat, lon, *found)
            if gone + offing < reach * SPHERE * INNER and not on_land(*found):
                return *found, gone
        if reach >= radians(FARTHEST):
            raise ValueError(f"no water within {FARTHEST:g} degrees of {format_position(lat, lon)}")
        reach *= 2.0


def nearest_water_said(lat: float, lon: float) -> str:
    """The nearest water to a place on land in words: where, how far, which way."""
    north, east, gone = nearest_water(lat, lon)
    bearing = inverse(lat, lon, north, east).azimuth1
    way = POINTS[round(bearing / 45.0) % len(POINTS)]
    return f"nearest water {format_position(north, east)}, {gone / NAUTICAL_MILE:.1f} nmi {way}"
