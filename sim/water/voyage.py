"""Ways over an ocean: a geodesic where no land is near it, which needs no chart, else the shortest way by sea."""

from __future__ import annotations

from itertools import pairwise
from math import asin, atan2, cos, fsum, radians, sin

from sim.errors import RouteError
from sim.geodesy import direct, inverse
from sim.quantities import NAUTICAL_MILE
from sim.water.land import land_within
from sim.water.route import Place, sea_route

STRIDE = 60 * NAUTICAL_MILE  # m along the geodesic from one look for land to the next
ROOM = (
    36 * NAUTICAL_MILE
)  # m around each; circles so near each other leave no land within 19 miles of the geodesic unseen

BESIDE = 150.0  # m off a leg within which a ship is on it: what ways keep off the coast at the least
RADIUS = 6_371_000.0  # m, of a sphere like the earth


def voyage(start: Place, end: Place) -> tuple[Place, ...]:
    """The places to steer for, both ends included; between them lie geodesics. start, end: latitude and longitude, deg.

    Raises RouteError where no way leads by sea.
    """
    return (start, end) if is_open(start, end) else sea_route(start, end).places


def rest(way: tuple[Place, ...], here: Place) -> tuple[Place, ...] | None:
    """What is left of a way for one who is on it, where she is first; None for one who is not.

    A way for thousands of miles is sought once and not again whenever her pace changes. Her distance from a leg is that on a sphere: by the
    angle between it and the geodesic to her, which is nothing for one on the leg.
    """
    for number in range(len(way) - 2, -1, -1):  # the last first: she does not turn back at a corner
        leg, own = inverse(*way[number], *way[number + 1]), inverse(*way[number], *here)
        turn, arc = radians(own.azimuth1 - leg.azimuth1), own.metres / RADIUS
        beside = RADIUS * asin(sin(arc) * sin(turn))
        along = RADIUS * atan2(sin(arc) * cos(turn), cos(arc))
        if abs(beside) <= BESIDE and -BESIDE <= along <= leg.metres + BESIDE:
            return (here, *way[number + 1 :])
    return None


def length(places: tuple[Place, ...]) -> float:
    """Of a way of geodesics, m."""
    return fsum(inverse(*one, *other).metres for one, other in pairwise(places))


def way_of(start: Place, end: Place) -> tuple[Place, ...]:
    """As `voyage`; nothing where no way leads by sea."""
    try:
        return voyage(start, end)
    except RouteError:
        return ()


def is_open(start: Place, end: Place) -> bool:
    """Whether no land is near the geodesic between two places."""
    line = inverse(*start, *end)
    looks = int(line.metres / STRIDE) + 1
    return not any(
        land_within(*direct(*start, line.azimuth1, line.metres * look / looks)[:2], ROOM)
        for look in range(looks + 1)
    )
