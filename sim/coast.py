"""The coast: land polygons of the north-west Pacific, for drawing.

Natural Earth land at 1:10m, public domain, by way of the npm package world-atlas 2.0.2, cut to 110-155E and 15-60N.
Islets under some hundred metres are missing; one that matters is an area in the scenario.
"""

from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

WEST, SOUTH, EAST, NORTH = 110.0, 15.0, 155.0, 60.0  # deg; where the data end
STEPS = 10_000  # per deg; the grid on which the packed corners lie, 11 m


def land(west: float, south: float, east: float, north: float) -> list[NDArray[np.float64]]:
    """The land polygons that may show in a frame, whole, in the order of the file.

    west, east: deg, longitude. south, north: deg, latitude.
    Returns read-only arrays (n, 2) of longitude and latitude in deg, the last corner repeating the first. A polygon
    comes along when its bounding box meets the frame. Outside WEST to EAST and SOUTH to NORTH there is no land known,
    and land that runs on is closed by straight edges along that border.
    Raises ValueError for a frame turned inside out; one across the date line is not understood.
    """
    if not (west <= east and south <= north):
        raise ValueError(
            f"a frame runs west to east and south to north, got {west}..{east} and {south}..{north}"
        )
    rings, boxes = _load()
    return [
        ring
        for ring, (left, bottom, right, top) in zip(rings, boxes, strict=True)
        if left <= east and right >= west and bottom <= north and top >= south
    ]


@cache
def _load() -> tuple[tuple[NDArray[np.float64], ...], tuple[tuple[float, ...], ...]]:
    """Every ring, and its west, south, east and north."""
    with files("sim").joinpath("library", "coast.npz").open("rb") as source, np.load(source) as packed:
        counts, first, steps = packed["counts"], packed["first"], packed["steps"]
    rings = []
    ends = np.cumsum(counts - 1)
    for corner, end, count in zip(first, ends, counts, strict=True):
        moves = steps[:, end - count + 1 : end].T
        grid = np.concatenate([[corner], corner + np.cumsum(moves, axis=0), [corner]])
        ring = grid / STEPS
        ring.setflags(write=False)
        rings.append(ring)
    boxes = tuple((*map(float, ring.min(axis=0)), *map(float, ring.max(axis=0))) for ring in rings)
    return tuple(rings), boxes
