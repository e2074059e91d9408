"""The shortest way by sea between two places: geodesic legs from cape to cape, clear of the coast.

Nothing is kept on disk: a chart takes about half a second to make and serves all ways on it while the program runs. Ties
go to the corner that comes first in the coast's own order, and what is measured are places on a grid, with arithmetic of
our own, so every process finds the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import fsum

from sim.coast import COARSE, FINE, Scale, scale_of
from sim.errors import RouteError
from sim.geodesy import Geodesic, distance, format_position, inverse, refuse_place
from sim.quantities import NAUTICAL_MILE
from sim.water.chart import Chart
from sim.water.directions import away, directions, place_of
from sim.water.land import on_land
from sim.water.search import Search
from sim.water.shore import crosses_land, nearest_water_said

CLEARANCE = 4000.0  # m kept off the coast: outside most headlands' rocks, and still in sight of their marks
INSHORE = (500.0, 150.0)  # m kept in narrow waters and near a port; the less where the more leaves no way
WIDEST = 30_000.0  # m; more would close seas, not straits
COARSE_REACH = 45.0  # deg that a chart of the world shows; beyond, lengths are stretched too much
COARSE_STEP = 5.0  # deg between the middles of such charts, so that near places share one
FINE_CHART = (37.5, 132.5, 33.0)  # deg: the middle of the north-west Pacific, and how far off its corners are
CHARTS = 4  # kept in memory, some 30 MB each
WAYS = 4096  # likewise, a kB each
NEAR = 100  # corners looked at to get out of a harbour

Place = tuple[float, float]  # latitude, longitude, deg


@dataclass(frozen=True, slots=True)
class Route:
    """A way by sea. places: from the start to the end, latitude and longitude in deg. scale: of the coast it goes round."""

    places: tuple[Place, ...]
    scale: str
    clearance: float

    @property
    def legs(self) -> tuple[Geodesic, ...]:
        """The geodesic from each place to the next."""
        return tuple(inverse(*a, *b) for a, b in pairwise(self.places))

    @property
    def metres(self) -> float:
        """Length of it all."""
        return fsum(leg.metres for leg in self.legs)


def sea_route(start: Place, end: Place, clearance: float = CLEARANCE) -> Route:
    """The shortest way by sea, the two ends first and last; an end alone when they are one place.

    start, end: latitude and longitude, deg. clearance: m kept off the coast, of which a quarter may be lost to make its
    outline simple. In waters too narrow for it, and on the way out of a port that lies nearer the coast, 500 m are kept, or
    150 where that is the only way; a mile there counts four times, so that straits are taken where they save that. No
    way leads through canals or past where the data end.
    The coast is at 1:10m when both ends and the way lie in the north-west Pacific, at 1:50m anywhere else.
    Raises RouteError for an end on land, and when there is no way.
    """
    for lat, lon in (start, end):
        refuse_place(lat, lon)
        if on_land(lat, lon):
            raise RouteError(f"{format_position(lat, lon)} is on land; {nearest_water_said(lat, lon)}")
    if not INSHORE[0] <= clearance <= WIDEST:
        raise RouteError(f"a clearance is from {INSHORE[0]:g} to {WIDEST:g} m, got {clearance:g}")
    return _route((float(start[0]), float(start[1])), (float(end[0]), float(end[1])), float(clearance))


@lru_cache(WAYS)
def _route(start: Place, end: Place, clearance: float) -> Route:
    scale = scale_of(start, end)
    if start == end:
        return Route((start,), scale.name, clearance)
    for each in dict.fromkeys(
        (scale, COARSE)
    ):  # a way out of the region and in again is on the coarse one only
        for inshore in INSHORE:
            found = _way(each, start, end, clearance, inshore)
            if found is not None and (
                each is scale or not any(crosses_land(*a, *b) for a, b in pairwise(found))
            ):
                return Route(found, each.name, clearance)
    raise RouteError(
        f"no way by sea from {format_position(*start)} to {format_position(*end)} on the coast at {scale.name}"
    )


def _way(
    scale: Scale, start: Place, end: Place, clearance: float, inshore: float
) -> tuple[Place, ...] | None:
    """The turning points between the two ends, and these; None when there is no way on this scale."""
    search = _search(scale, *_middle(scale, start, end), clearance, inshore)
    if not search.chart.shows(start, end):
        raise RouteError(
            f"{format_position(*start)} and {format_position(*end)} are too far apart for a sea route: "
            f"{distance(*start, *end) / NAUTICAL_MILE:.0f} nmi"
        )
    out, back = _way_out(search.chart, start), _way_out(search.chart, end)
    if out is None or back is None or not search.chart.joined(out, back):
        return None
    found = search.way(out, back)
    if found is None:
        return None
    whole = (start, *found, end)
    return tuple(place for place, after in zip(whole, (*whole[1:], None), strict=True) if place != after)


def _middle(scale: Scale, start: Place, end: Place) -> tuple[float, float, float]:
    """Middle and reach of the chart for a way, deg."""
    if scale is FINE:
        return FINE_CHART
    x, y, z = directions((start, end)).sum(axis=0)
    lat, lon = place_of(float(x), float(y), float(z))
    return COARSE_STEP * round(lat / COARSE_STEP), COARSE_STEP * round(lon / COARSE_STEP), COARSE_REACH


@lru_cache(CHARTS)
def _search(scale: Scale, lat: float, lon: float, reach: float, clearance: float, inshore: float) -> Search:
    return Search(Chart(scale, lat, lon, reach, clearance, inshore))


def _way_out(chart: Chart, place: Place) -> Place | None:
    """Where a ship from a place next to the coast is clear of it; the place itself when it is; None when shut in."""
    out = chart.way_out(*place)
    if out == place or not crosses_land(*place, *out):
        return out
    corners = [(float(lat), float(lon)) for lat, lon in chart.corners.places]
    corners.sort(key=lambda corner: away(place, corner))
    return next((corner for corner in corners[:NEAR] if not crosses_land(*place, *corner)), None)


__all__ = ["CLEARANCE", "Place", "Route", "RouteError", "sea_route"]
