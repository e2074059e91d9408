"""The coast: land polygons of the north-west Pacific at 1:10m and of the whole world at 1:50m.

Natural Earth land, public domain, by way of the npm package world-atlas 2.0.2. Islets under some hundred metres are
missing; one that matters is an area in the scenario. Reading needs the standard library alone, so that a scenario can be
checked against the coast without loading NumPy.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Sequence
from functools import cache
from itertools import accumulate, pairwise
from math import floor
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LIBRARY = Path(__file__).parent / "library"
Box: TypeAlias = tuple[float, float, float, float]


class Scale(NamedTuple):
    """One set of land polygons."""

    name: str
    file: str
    steps: int
    """per deg; the grid on which the packed corners lie."""
    box: Box
    """deg, west, south, east and north: where the data end."""

    def covers(self, lat: float, lon: float) -> bool:
        """Whether a place, deg, lies where these data tell land from water."""
        west, south, east, north = self.box
        return south <= lat <= north and west <= lon <= east


FINE = Scale("1:10m", "land-10m.z", 10_000, (110.0, 15.0, 155.0, 60.0))
COARSE = Scale("1:50m", "land-50m.z", 1_000, (-180.0, -90.0, 180.0, 90.0))
WEST, SOUTH, EAST, NORTH = FINE.box


class Coast(NamedTuple):
    """The rings of a scale, one after the other.

    lons, lats: deg, the corners of all rings, a ring's first not repeated. starts: where each ring begins, and where
    the last one ends. holes: whether a ring is water inside the land before it. boxes: of each ring, deg.
    """

    lons: Sequence[float]
    lats: Sequence[float]
    starts: Sequence[int]
    holes: Sequence[bool]
    boxes: Sequence[Box]


def scale_of(*places: tuple[float, float]) -> Scale:
    """The finest scale that covers all places, (latitude, longitude) in deg."""
    return FINE if all(FINE.covers(lat, lon) for lat, lon in places) else COARSE


def may_be_land(lat: float, lon: float) -> bool:
    """Whether there is any land, at any scale, in the whole degree of latitude and longitude a place lies in.

    lat, lon: deg, -180 to 180. Most of the sea is told from land by this alone, without reading the coast.
    """
    cell = min(floor(lat) + 90, 179) * 360 + min(floor(lon) + 180, 359)
    return bool(_cells()[cell >> 3] >> (cell & 7) & 1)


@cache
def _cells() -> bytes:
    """A bit for each whole degree, from the south pole and the date line, eastward first."""
    return _unpacked("land-cells.z")


def _unpacked(file: str) -> bytes:
    return zlib.decompress((LIBRARY / file).read_bytes())


@cache
def coast(scale: Scale) -> Coast:
    """All rings of a scale; read once."""
    numbers = array("i")
    numbers.frombytes(_unpacked(scale.file))
    if sys.byteorder == "big":
        numbers.byteswap()
    counts = numbers[1 : 1 + numbers[0]]
    starts = [0, *accumulate(map(abs, counts))]
    moves = numbers[1 + numbers[0] :]
    lons = [step / scale.steps for step in accumulate(moves[: starts[-1]])]
    lats = [step / scale.steps for step in accumulate(moves[starts[-1] :])]
    boxes = []
    for start, end in pairwise(starts):
        x, y = lons[start:end], lats[start:end]
        boxes.append((min(x), min(y), max(x), max(y)))
    return Coast(lons, lats, starts, [count < 0 for count in counts], boxes)


def land(west: float, south: float, east: float, north: float) -> list[NDArray[np.float64]]:
    """The land polygons that may show in a frame, whole, in the order of the file; for drawing.

    west, east: deg, longitude. south, north: deg, latitude.
    Returns read-only arrays (n, 2) of longitude and latitude in deg, the last corner repeating the first; lakes are
    left out. A polygon comes along when its bounding box meets the frame. A frame that lies within the north-west Pacific
    is shown at 1:10m, and land that runs on is closed by straight edges along the border of the region; any other at 1:50m.
    Raises ValueError for a frame turned inside out; one across the date line is not understood.
    """
    if not (west <= east and south <= north):
        raise ValueError(
            f"a frame runs west to east and south to north, got {west}..{east} and {south}..{north}"
        )
    scale = scale_of((south, west), (north, east))
    return [
        ring
        for ring, (left, bottom, right, top) in zip(_rings(scale), _shells(scale), strict=True)
        if left <= east and right >= west and bottom <= north and top >= south
    ]


def _shells(scale: Scale) -> list[Box]:
    found = coast(scale)
    return [box for box, hole in zip(found.boxes, found.holes, strict=True) if not hole]


@cache
def _rings(scale: Scale) -> tuple[NDArray[np.float64], ...]:
    """Every ring that is land."""
    import numpy as np  # noqa: PLC0415  # checking a scenario reads the coast without it

    found, rings = coast(scale), []
    places = np.column_stack([np.array(found.lons), np.array(found.lats)])
    for start, end, hole in zip(found.starts, found.starts[1:], found.holes, strict=False):
        if not hole:
            ring = np.concatenate([places[start:end], places[start : start + 1]])
            ring.setflags(write=False)
            rings.append(ring)
    return tuple(rings)
