"""Land as polygons on a flat picture of the earth around a place."""

from __future__ import annotations

from functools import cache
from math import cos, radians
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from sim.coast import Box, Scale, coast
from sim.geodesy import SPHERE
from sim.water.directions import View, directions, stretch

FINEST = 0.25  # deg; longer edges are cut, so that one along a parallel shows as the curve it is
FLAT = 1e-9  # deg2; pieces smaller than this are nothing

Polygons = NDArray[Any]  # of shapely geometries


def polygons(scale: Scale, lat: float, lon: float, reach: float) -> Polygons:
    """The land within reach, deg of arc, of a place, deg, on its stereographic picture, m; cut off around there."""
    whole, view = _whole(scale), View(lat, lon)
    pieces = [
        piece
        for west, south, east, north in _boxes(lat, lon, reach)
        for piece in shapely.get_parts(shapely.clip_by_rect(whole, west, south, east, north))
        if shapely.get_type_id(piece) == shapely.GeometryType.POLYGON and shapely.area(piece) > FLAT
    ]
    if not pieces:
        return np.array([], dtype=object)
    shown = shapely.transform(
        shapely.segmentize(np.array(pieces, dtype=object), FINEST),
        lambda places: view.stereographic(directions(places[:, ::-1].tolist())),
    )
    rim = SPHERE * reach_of(reach)
    shown = shown[shapely.distance(shown, shapely.Point(0.0, 0.0)) < rim]
    cut = shapely.intersection(shapely.make_valid(shown), shapely.Point(0.0, 0.0).buffer(rim))
    return np.asarray(cut[~shapely.is_empty(cut)])


def reach_of(degrees_away: float) -> float:
    """How far from its middle the stereographic picture shows what is this far away, in earth radii."""
    half = radians(degrees_away)
    return (1.0 - cos(half) ** 2) ** 0.5 * stretch(degrees_away)


@cache
def _whole(scale: Scale) -> Polygons:
    """Every land polygon of a scale with its lakes, longitude and latitude in deg."""
    found, made = coast(scale), []
    places = np.column_stack([np.array(found.lons), np.array(found.lats)])
    rings = [places[start:end] for start, end in zip(found.starts, found.starts[1:], strict=False)]
    for number, ring in enumerate(rings):
        if not found.holes[number]:
            last = number + 1
            while last < len(rings) and found.holes[last]:
                last += 1
            made.append(shapely.Polygon(ring, rings[number + 1 : last]))
    return np.asarray(shapely.make_valid(np.array(made, dtype=object)))


def _boxes(lat: float, lon: float, reach: float) -> list[Box]:
    """West, south, east and north of one or two boxes around a place, deg; two when it lies near the date line."""
    south, north = max(-90.0, lat - reach), min(90.0, lat + reach)
    slim = cos(radians(max(abs(lat - reach), abs(lat + reach)))) if max(-south, north) < 90.0 else 0.0
    wide = min(180.0, reach / slim) if slim > 0.0 else 180.0
    west, east = lon - wide, lon + wide
    if wide >= 180.0:
        return [(-180.0, south, 180.0, north)]
    if west < -180.0:
        return [(west + 360.0, south, 180.0, north), (-180.0, south, east, north)]
    if east > 180.0:
        return [(west, south, 180.0, north), (-180.0, south, east - 360.0, north)]
    return [(west, south, east, north)]
