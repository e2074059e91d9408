"""Ways over an ocean: a geodesic where no land is near it, which needs no chart, else the shortest way by sea."""

from __future__ import annotations

from itertools import pairwise
from math import fsum

from sim.errors import RouteError
from sim.geodesy import direct, inverse
from sim.quantities import NAUTICAL_MILE
from sim.water.land import land_within
from sim.water.route import Place, sea_route

STRIDE = 60 * NAUTICAL_MILE  # m along the geodesic from one look for land to the next
ROOM = (
    36 * NAUTICAL_MILE
)  # m around each; circles so near each other leave no land within 19 miles of the geodesic unseen


def voyage(start: Place, end: Place) -> tuple[Place, ...]:
    """The places to steer for, both ends included; between them lie geodesics. start, end: latitude and longitude, deg.

    Raises RouteError where no way leads by sea.
    """
    return (start, end) if is_open(start, end) else sea_route(start, end).places


def length(places: tuple[Place, ...]) -> float:
    """Of a way of geodesics, m."""
    return fsum(inverse(*one, *other).metres for one, other in pairwise(places))


def distance_by_sea(start: Place, end: Place) -> float:
    """Length of the voyage between two places, m; of the geodesic over land where no way leads by sea."""
    try:
        return length(voyage(start, end))
    except RouteError:
        return length((start, end))


def is_open(start: Place, end: Place) -> bool:
    """Whether no land is near the geodesic between two places."""
    line = inverse(*start, *end)
    looks = int(line.metres / STRIDE) + 1
    return not any(
        land_within(*direct(*start, line.azimuth1, line.metres * look / looks)[:2], ROOM)
        for look in range(looks + 1)
    )
