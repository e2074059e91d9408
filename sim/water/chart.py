"""Charts for finding a way: land with water kept clear around it, and the corners a shortest way may turn at.

Shapely grows the land and tests whether a line is clear. Corners are put on a grid of a ten-thousandth of a degree, 11 m,
before anything is chosen or measured.
"""

from __future__ import annotations

from math import cos, radians, tan
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from sim.coast import COARSE, Scale
from sim.geodesy import SPHERE
from sim.water.directions import Array, View, away, direction, directions, dots, points, straightened, stretch
from sim.water.polygons import polygons

SIMPLER = 0.25  # of a clearance given up at most, to make its outline simple
SIMPLER_INSHORE = 0.5  # the same of what is kept inshore
NARROW = 4e6  # m2; smaller narrows are for those who come from or go to a place near them
TOUCH = 0.05  # of a clearance by which a line may cut into it: one along an outline or past a corner is clear
LEAST_TOUCH = 20.0  # m; a corner may be moved by 8 m when it is put on the grid
ROUND = 2  # sides of the quarter circle around a headland at the clearance
CORNERED = (
    1.2  # times what is kept inshore, where a quarter circle has one side alone, so as to have few corners
)
GRID = 4  # digits of a degree on which corners lie
BORDER = 0.05  # deg; corners nearer than this to where the data end are cuts through land and no capes
RIM = 0.5  # deg; likewise from the rim of a chart, more than any clearance
FRAME = 500.0  # m; half the width of the line around data that end
SHEET = 64  # sides of a quarter of its rim
EDGE = 40_000.0  # m; longer edges are cut, since the two flat pictures bend them differently

LONGEST_INSHORE = 60_000.0  # m; longer legs keep the clearance all along
NEXT_TO = 5.0 / SPHERE  # earth radii; a place on an outline is in the water outside it
TINY = 1e-12  # earth radii; no way is shorter

Mask = NDArray[np.bool_]


class Corners(NamedTuple):
    """Where ways may turn.

    places: (n, 2) latitude and longitude, deg. points: (n, 3) in space. here: (n, 2) on the gnomonic picture; before, after:
    likewise their neighbours on the outline of what lies inside the turn. off: m from where the clearance is kept.
    is_main: whether ways from afar may turn there: at the clearance, or in or next to a narrow of some size.
    """

    places: Array
    points: Array
    here: Array
    before: Array
    after: Array
    off: Array
    is_main: Mask


class Chart:
    """One scale around one place, with a clearance, m.

    inshore: m kept in narrow waters, where the clearance would close the way, and off the coast near a port.
    corners: of the land with the clearance around it, and with `inshore` around it.
    reach: deg shown around its middle.
    """

    def __init__(
        self, scale: Scale, lat: float, lon: float, reach: float, clearance: float, inshore: float
    ) -> None:
        self.scale, self.middle, self.reach, self.view = scale, (lat, lon), reach, View(lat, lon)
        land = polygons(scale, lat, lon, reach)
        wide = clearance * (1.0 + stretch(reach)) / 2.0  # right halfway out, a little less at the edge
        grown = _grown(land, wide, ROUND)
        self._kept = shapely.simplify(grown, SIMPLER * wide)
        self._inshore = shapely.simplify(_grown(land, CORNERED * inshore, 1), SIMPLER_INSHORE * inshore)
        self._rim = shapely.STRtree(_segments(self._kept))
        closed = grown.buffer(
            -wide * (1.0 - TOUCH), quad_segs=ROUND
        )  # also water no circle of the clearance fits in
        narrows = shapely.get_parts(shapely.difference(closed, self._inshore))
        self.corners = self._corners(narrows[shapely.area(narrows) > NARROW], clearance / 2.0)
        self._barred = self._bar(self._kept, clearance)
        self._barred_inshore = self._bar(self._inshore, inshore)
        self._waters = shapely.get_parts(shapely.difference(self._sheet(), self._barred_inshore))

    def shows(self, *places: tuple[float, float]) -> bool:
        """Whether places, (latitude, longitude) in deg, lie on this chart."""
        return all(self.scale.covers(*each) and away(self.middle, each) < self.reach for each in places)

    def gnomonic(self, lat: float, lon: float) -> Array:
        """A place on the gnomonic picture."""
        return self.view.gnomonic(np.array(direction(lat, lon)))

    def clear(self, here: Array, there: Array, off_here: float, off_there: Array) -> tuple[Mask, Mask]:
        """Which straight ways from a place (2,) to others (n, 2), on the gnomonic picture, keep the clearance.

        off_here, off_there: m at their beginning and end where they need only keep `inshore`.
        Returns that, and which keep `inshore` all along; no way longer than LONGEST_INSHORE is among them but the clear.
        """
        start, along = np.broadcast_to(here, there.shape), there - here
        length = np.maximum(np.sqrt(along[:, 0] * along[:, 0] + along[:, 1] * along[:, 1]), TINY)
        first, last = off_here / SPHERE / length, 1.0 - off_there / SPHERE / length
        sea = np.flatnonzero(first <= last)  # there is something between the two ends
        whole = _lines(start, there)
        clear = np.zeros(len(there), dtype=bool)
        middle = _lines(here + along[sea] * first[sea, None], here + along[sea] * last[sea, None])
        clear[sea] = ~shapely.intersects(self._barred, middle)
        afloat = clear | (length < LONGEST_INSHORE / SPHERE)
        unsure = np.flatnonzero(afloat & ~(clear & (first <= 0.0) & (last >= 1.0)))
        afloat[unsure] = ~shapely.intersects(self._barred_inshore, whole[unsure])
        return clear & afloat, afloat

    def joined(self, start: tuple[float, float], end: tuple[float, float]) -> bool:
        """Whether some way leads between two places, deg, that keep `inshore`."""
        ends = [shapely.Point(*self.gnomonic(*place)) for place in (start, end)]
        near = [shapely.dwithin(self._waters, each, NEXT_TO) for each in ends]
        return bool((near[0] & near[1]).any())

    def way_off(self, lat: float, lon: float) -> float:
        """How far it is from a place to where the clearance is kept, m; 0 at sea."""
        return float(self._ways_off(self._shown(lat, lon))[0])

    def _ways_off(self, places: NDArray[np.object_]) -> Array:
        """The same of many places, points on the stereographic picture."""
        off = np.zeros(len(places))
        near = np.flatnonzero(shapely.intersects(self._kept, places))
        if near.size:
            rim = self._rim.geometries[self._rim.nearest(places[near])]
            off[near] = shapely.distance(rim, places[near])
        return off

    def way_out(self, lat: float, lon: float) -> tuple[float, float]:
        """The nearest place that keeps `inshore` off the coast, deg; the place itself when it does."""
        place = self._shown(lat, lon)[0]
        if not shapely.intersects(self._inshore, place):
            return lat, lon
        nearest = shapely.shortest_line(place, shapely.boundary(self._inshore))
        x, y = shapely.get_coordinates(nearest)[1]
        north, east = self.view.from_stereographic(float(x), float(y))
        return round(north, GRID), round(east, GRID)

    def _shown(self, lat: float, lon: float) -> NDArray[np.object_]:
        """One point on the stereographic picture, as an array."""
        return np.asarray(shapely.points(self.view.stereographic(directions([(lat, lon)]))))

    def _bar(self, grown: shapely.Geometry, clearance: float) -> shapely.Geometry:
        """What no way may enter, on the gnomonic picture."""
        touch = max(TOUCH * clearance, LEAST_TOUCH)
        inner = shapely.union(grown.buffer(-touch, quad_segs=1), self._frame())
        shown = shapely.transform(shapely.segmentize(inner, EDGE), straightened)
        shapely.prepare(shown)
        return shown

    def _sheet(self) -> shapely.Geometry:
        """All that is shown, on the gnomonic picture."""
        radius = tan(radians(self.reach - RIM))
        return shapely.Point(0.0, 0.0).buffer(radius, quad_segs=SHEET)

    def _frame(self) -> shapely.Geometry:
        """The border of data that end at sea: nobody knows what lies beyond."""
        if self.scale is COARSE:
            return shapely.Polygon()
        ring = shapely.segmentize(shapely.box(*self.scale.box).exterior, BORDER)
        places = shapely.get_coordinates(ring)[:, ::-1]
        return shapely.LineString(self.view.stereographic(directions(places))).buffer(FRAME, quad_segs=1)

    def _corners(self, narrows: NDArray[np.object_], next_to: float) -> Corners:
        rows = [self._turns(ring) for ring in _outlines(self._kept)]
        outer = sum(len(places) for places, *_ in rows)
        rows += [self._turns(ring) for ring in _outlines(self._inshore)]
        places, vectors, here, before, after = (np.concatenate(column) for column in zip(*rows, strict=True))
        shown = shapely.points(self.view.stereographic(vectors))
        off = np.zeros(len(places))
        off[outer:] = self._ways_off(shown[outer:])
        is_main = off == 0.0
        is_main[shapely.STRtree(narrows).query(shown, predicate="dwithin", distance=next_to)[0]] = True
        return Corners(places, points(places.tolist()), here, before, after, off, is_main)

    def _turns(self, ring: Array) -> tuple[Array, Array, Array, Array, Array]:
        """The corners of a closed outline, (n, 2) m with the land at its left, that stick out into the water.

        Their places, directions, and where they and their neighbours are on the gnomonic picture.
        """
        rounded = [(round(lat, GRID), round(lon, GRID)) for lat, lon in self.view.places(ring[:-1])]
        places, vectors = np.array(rounded), directions(rounded)
        here = self.view.gnomonic(vectors)
        before, after = np.roll(here, 1, axis=0), np.roll(here, -1, axis=0)
        west, south, east, north = self.scale.box
        lat, lon = places.T
        chosen = (_turn(before, here, after) > 0.0) & (lat > south + BORDER) & (lat < north - BORDER)
        if self.scale is not COARSE:  # which goes round
            chosen &= (lon > west + BORDER) & (lon < east - BORDER)
        chosen &= dots(vectors, self.view.middle) > cos(radians(self.reach - RIM))
        return places[chosen], vectors[chosen], here[chosen], before[chosen], after[chosen]


def _grown(land: NDArray[np.object_], by: float, sides: int) -> shapely.Geometry:
    return shapely.union_all(shapely.buffer(land, by, quad_segs=sides))


def _lines(start: Array, end: Array) -> NDArray[np.object_]:
    return np.asarray(shapely.linestrings(np.stack([start, end], axis=1)))


def _segments(grown: shapely.Geometry) -> NDArray[np.object_]:
    """Every edge of the outlines as a line."""
    rings = _outlines(grown)
    if not rings:
        return np.array([], dtype=object)
    return np.concatenate([_lines(ring[:-1], ring[1:]) for ring in rings])


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
