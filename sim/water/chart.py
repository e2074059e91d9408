"""Charts for finding a way: land with water kept clear around it, and the corners a shortest way may turn at.

Shapely grows the land and tests whether a line is clear. Corners are put on a grid of a ten-thousandth of a degree, 11 m,
before anything is chosen or measured.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from sim.coast import COARSE, Scale
from sim.geodesy import SPHERE
from sim.water.directions import Array, View, away, direction, directions, points, straightened, stretch
from sim.water.polygons import polygons

INSHORE = 500.0  # m kept in narrow waters, and off the coast near a port
SIMPLER = 0.25  # of a clearance given up at most, to make its outline simple
TOUCH = 0.05  # of a clearance by which a line may cut into it: one along an outline or past a corner is clear
ROUND = 2  # sides of the quarter circle around a headland
GRID = 4  # digits of a degree on which corners lie
BORDER = 0.05  # deg; corners nearer than this to where the data end are cuts through land and no capes
EDGE = 40_000.0  # m; longer edges are cut, since the two flat pictures bend them differently

LONGEST_INSHORE = 60_000.0  # m; longer legs keep the clearance all along
TINY = 1e-12  # earth radii; no way is shorter

Mask = NDArray[np.bool_]


class Corners(NamedTuple):
    """Where ways may turn.

    places: (n, 2) latitude and longitude, deg. points: (n, 3) in space. here: (n, 2) on the gnomonic picture; before, after:
    likewise their neighbours on the outline of what lies inside the turn.
    """

    places: Array
    points: Array
    here: Array
    before: Array
    after: Array


class Chart:
    """One scale around one place, with a clearance, m.

    corners: of the land with the clearance around it; in narrow waters, where the clearance would close the way, of
    the land with INSHORE around it. reach: deg shown around its middle.
    """

    def __init__(self, scale: Scale, lat: float, lon: float, reach: float, clearance: float) -> None:
        self.scale, self.middle, self.reach, self.view = scale, (lat, lon), reach, View(lat, lon)
        land = polygons(scale, lat, lon, reach)
        wide = clearance * (1.0 + stretch(reach)) / 2.0  # right halfway out, a little less at the edge
        grown = _grown(land, wide)
        self._kept = shapely.simplify(grown, SIMPLER * wide)
        self._inshore = shapely.simplify(_grown(land, INSHORE), SIMPLER * INSHORE)
        narrows = grown.buffer(
            -wide * (1.0 - TOUCH), quad_segs=ROUND
        )  # also water no circle of the clearance fits in
        self.corners = self._corners(narrows)
        self._barred = self._bar(self._kept, clearance)
        self._barred_inshore = self._bar(self._inshore, INSHORE)

    def shows(self, *places: tuple[float, float]) -> bool:
        """Whether places, (latitude, longitude) in deg, lie on this chart."""
        return all(self.scale.covers(*each) and away(self.middle, each) < self.reach for each in places)

    def gnomonic(self, lat: float, lon: float) -> Array:
        """A place on the gnomonic picture."""
        return self.view.gnomonic(np.array(direction(lat, lon)))

    def clear(self, here: Array, there: Array, let_off: float = 0.0) -> tuple[Mask, Mask]:
        """Which straight ways from a place (2,) to others (n, 2), on the gnomonic picture, keep the clearance.

        let_off: how much of each, at its beginning, need only keep INSHORE, in earth radii.
        Returns that, and which keep INSHORE all along; no way longer than LONGEST_INSHORE is among them but the clear.
        """
        start = np.broadcast_to(here, there.shape)
        along = there - here
        length = np.sqrt(along[:, 0] * along[:, 0] + along[:, 1] * along[:, 1])
        further = here + along * np.minimum(let_off / np.maximum(length, TINY), 1.0)[:, None]
        clear = ~shapely.intersects(self._barred, shapely.linestrings(np.stack([further, there], axis=1)))
        if let_off > 0.0:
            lines = shapely.linestrings(np.stack([start, further], axis=1)[clear])
            clear[clear] = ~shapely.intersects(self._barred_inshore, lines)
        afloat = clear.copy()
        short = ~clear & (length < LONGEST_INSHORE / SPHERE)
        lines = shapely.linestrings(np.stack([start, there], axis=1)[short])
        afloat[short] = ~shapely.intersects(self._barred_inshore, lines)
        return clear, afloat

    def way_off(self, lat: float, lon: float) -> float:
        """How far it is from a place to where the clearance is kept, m; 0 at sea."""
        place = self._shown(lat, lon)
        if not shapely.intersects(self._kept, place):
            return 0.0
        return float(shapely.distance(shapely.boundary(self._kept), place))

    def way_out(self, lat: float, lon: float) -> tuple[float, float]:
        """The nearest place that keeps INSHORE off the coast, deg; the place itself when it does."""
        place = self._shown(lat, lon)
        if not shapely.intersects(self._inshore, place):
            return lat, lon
        nearest = shapely.shortest_line(place, shapely.boundary(self._inshore))
        x, y = shapely.get_coordinates(nearest)[1]
        north, east = self.view.from_stereographic(float(x), float(y))
        return round(north, GRID), round(east, GRID)

    def _shown(self, lat: float, lon: float) -> shapely.Point:
        x, y = self.view.stereographic(np.array(direction(lat, lon)))
        return shapely.Point(x, y)

    def _bar(self, grown: shapely.Geometry, clearance: float) -> shapely.Geometry:
        """What no way may enter, on the gnomonic picture."""
        inner = shapely.union(grown.buffer(-TOUCH * clearance, quad_segs=1), self._frame())
        shown = shapely.transform(shapely.segmentize(inner, EDGE), straightened)
        shapely.prepare(shown)
        return shown

    def _frame(self) -> shapely.Geometry:
        """The border of data that end at sea: nobody knows what lies beyond."""
        if self.scale is COARSE:
            return shapely.Polygon()
        ring = shapely.segmentize(shapely.box(*self.scale.box).exterior, BORDER)
        places = shapely.get_coordinates(ring)[:, ::-1]
        return shapely.LineString(self.view.stereographic(directions(places))).buffer(INSHORE, quad_segs=1)

    def _corners(self, narrows: shapely.Geometry) -> Corners:
        rows = [self._turns(ring) for ring in _outlines(self._kept)]
        shapely.prepare(narrows)
        for ring in _outlines(self._inshore):
            inside = shapely.intersects_xy(narrows, ring[:-1, 0], ring[:-1, 1])
            if inside.any():
                rows.append(self._turns(ring, inside))
        places, here, before, after = (np.concatenate(column) for column in zip(*rows, strict=True))
        return Corners(places, points(places), here, before, after)

    def _turns(self, ring: Array, wanted: Mask | None = None) -> tuple[Array, Array, Array, Array]:
        """The corners of a closed outline, (n, 2) m with the land at its left, that stick out into the water."""
        found = [self.view.from_stereographic(float(x), float(y)) for x, y in ring[:-1]]
        places = np.array([(round(lat, GRID), round(lon, GRID)) for lat, lon in found])
        here = self.view.gnomonic(directions(places))
        before, after = np.roll(here, 1, axis=0), np.roll(here, -1, axis=0)
        chosen = _turn(before, here, after) > 0.0
        chosen &= np.array([self._is_inner(lat, lon) for lat, lon in found])
        if wanted is not None:
            chosen &= wanted
        return places[chosen], here[chosen], before[chosen], after[chosen]

    def _is_inner(self, lat: float, lon: float) -> bool:
        if self.scale is COARSE:
            return away(self.middle, (lat, lon)) < self.reach - 1.0
        west, south, east, north = self.scale.box
        return south + BORDER < lat < north - BORDER and west + BORDER < lon < east - BORDER


def _grown(land: NDArray[np.object_], by: float) -> shapely.Geometry:
    return shapely.union_all(shapely.buffer(land, by, quad_segs=ROUND))


def _outlines(grown: shapely.Geometry) -> list[Array]:
    """Every ring around land and around water enclosed by it, (n, 2), with the land at its left."""
    rings = []
    for part in shapely.get_parts(grown):
        for ring, wanted in ((part.exterior, True), *((hole, False) for hole in part.interiors)):
            corners = shapely.get_coordinates(ring)
            rings.append(corners if bool(shapely.is_ccw(ring)) == wanted else corners[::-1])
    return rings


def _turn(before: Array, here: Array, after: Array) -> Array:
    """Positive where an outline turns to the left."""
    a, b = here - before, after - here
    return np.asarray(a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0])
