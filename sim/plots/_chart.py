"""A piece of chart on the exercise plane: land, graticule, scale and north."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Polygon
from numpy.typing import NDArray

from sim.coast import land
from sim.geodesy import Plane
from sim.plots._style import FAINT, HALO, INK, LAND, PAPER, SHORE, SMALL
from sim.quantities import NAUTICAL_MILE

SEA = "#f5f9fc"
STEPS = (
    10.0,
    5.0,
    2.0,
    1.0,
    1 / 2,
    1 / 3,
    1 / 6,
    1 / 12,
    1 / 30,
    1 / 60,
)  # deg between lines of the graticule
LINES = 4  # at least so many parallels
BARS = (1, 2, 5, 10, 20, 50, 100, 200, 500)  # nmi; lengths of the scale
POINTS = 41  # along one line of the graticule; it is nearly straight
ACROSS, UP = 4, 4  # names of meridians and of parallels on a small chart
AROUND = (
    0.25  # of a frame's width in degrees; how far past it land is kept, for parallels are bent on the plane
)
CORNER = 0.05  # of a side; nearer to its lower end no line has a name
BEYOND = 0.02  # of the frame's width; how far past its edge land is drawn
SQUARE = 0.03  # of the frame's width; how far in the scale stands


class Frame(NamedTuple):
    """A rectangle of the exercise plane, m."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, places: NDArray[np.float64], margin: float) -> Frame:
        """The smallest frame with all places (n, 2) in it and this share of its size to spare on each side."""
        west, south = places.min(axis=0)
        east, north = places.max(axis=0)
        spare = margin * max(east - west, north - south, NAUTICAL_MILE)
        return cls(float(west - spare), float(south - spare), float(east + spare), float(north + spare))

    @classmethod
    def over(cls, frames: Sequence[Frame]) -> Frame:
        """The smallest frame with all of these in it."""
        west, south, east, north = zip(*frames, strict=True)
        return cls(min(west), min(south), max(east), max(north))

    def shaped(self, aspect: float) -> Frame:
        """The frame grown about its middle to a given width over height."""
        wide, high = self.east - self.west, self.north - self.south
        more, up = max(0.0, high * aspect - wide) / 2, max(0.0, wide / aspect - high) / 2
        return Frame(self.west - more, self.south - up, self.east + more, self.north + up)


def coast(plane: Plane, frame: Frame) -> list[NDArray[np.float64]]:
    """The land polygons in a frame and well beyond, (n, 2) m on the plane."""
    places = np.array([plane.to_earth(x, y) for x, y in _edge(frame)])
    (south, west), (north, east) = places.min(axis=0), places.max(axis=0)
    around = Frame(float(west), float(south), float(east), float(north))
    near = [within(ring, around, AROUND) for ring in land(west, south, east, north)]
    return [
        np.array([plane.to_plane(latitude, longitude) for longitude, latitude in ring])
        for ring in near
        if len(ring)
    ]


def _edge(frame: Frame) -> NDArray[np.float64]:
    """Places all along the edge of a frame."""
    x, y = np.linspace(frame.west, frame.east, POINTS), np.linspace(frame.south, frame.north, POINTS)
    sides = [(x, np.full_like(x, y0)) for y0 in (frame.south, frame.north)]
    sides += [(np.full_like(y, x0), y) for x0 in (frame.west, frame.east)]
    return np.concatenate([np.column_stack(side) for side in sides])


def chart(axes: Axes, plane: Plane, frame: Frame, shores: list[NDArray[np.float64]]) -> None:
    """Lays out the chart; what is drawn later on these axes is in m on the plane."""
    axes.set(xlim=(frame.west, frame.east), ylim=(frame.south, frame.north), facecolor=SEA)
    axes.set_aspect("equal")
    for shore in shores:
        near = within(shore, frame)
        if len(near):  # as an artist, for a patch would have all its corners measured to fit the limits
            axes.add_artist(
                Polygon(near, facecolor=LAND, edgecolor=SHORE, linewidth=0.5, zorder=1, gid="land")
            )
    _graticule(axes, plane, frame)
    _scale(axes, frame)


def within(ring: NDArray[np.float64], frame: Frame, beyond: float = BEYOND) -> NDArray[np.float64]:
    """The part of a polygon in a frame and a little beyond, so that the cut is not seen; (n, 2), none when it is outside.

    Cuts along one side after the other, as Sutherland and Hodgman do.
    """
    spare = beyond * max(frame.east - frame.west, frame.north - frame.south)
    for axis, sign, limit in ((0, 1, frame.east + spare), (0, -1, spare - frame.west),
                              (1, 1, frame.north + spare), (1, -1, spare - frame.south)):  # fmt: skip
        if not len(ring):
            return ring
        depth = limit - sign * ring[:, axis]  # inside where not negative
        inside, after = depth >= 0, np.roll(depth, -1)
        crosses = inside != (after >= 0)
        share = np.divide(depth, depth - after, out=np.zeros_like(depth), where=crosses)
        cuts = ring + share[:, None] * (np.roll(ring, -1, axis=0) - ring)
        both = np.stack([ring, cuts], axis=1).reshape(-1, 2)
        ring = both[np.stack([inside, crosses], axis=1).reshape(-1)]
    return ring


def _graticule(axes: Axes, plane: Plane, frame: Frame) -> None:
    """Meridians and parallels as they lie on the plane, named where they leave it at the bottom and the left."""
    x, y = np.linspace(frame.west, frame.east, POINTS), np.linspace(frame.south, frame.north, POINTS)
    along = np.array([plane.to_earth(each, frame.south)[1] for each in x])
    up = np.array([plane.to_earth(frame.west, each)[0] for each in y])
    edge = np.array([plane.to_earth(*each) for each in _edge(frame)])
    (south, west), (north, east) = edge.min(axis=0), edge.max(axis=0)
    step = stride(south, north)
    meridians, parallels = _multiples(west, east, step), _multiples(south, north, step)
    lines = [
        [plane.to_plane(each, longitude) for each in np.linspace(south, north, POINTS)]
        for longitude in meridians
    ]
    lines += [
        [plane.to_plane(latitude, each) for each in np.linspace(west, east, POINTS)] for latitude in parallels
    ]
    axes.add_collection(LineCollection(lines, colors=FAINT, linewidths=0.5, zorder=1.2), autolim=False)
    axes.set(xlim=(frame.west, frame.east), ylim=(frame.south, frame.north))
    named = [each for each in meridians if along[0] <= each <= along[-1]]
    axes.set_xticks(np.interp(named, along, x), [angle(each, "EW") for each in named], fontsize=SMALL)
    named = [each for each in parallels if up[0] <= each <= up[-1]]
    axes.set_yticks(np.interp(named, up, y), [angle(each, "NS") for each in named], fontsize=SMALL, rotation=90,
                    va="center")  # fmt: skip
    axes.tick_params(length=3, pad=2)


def stride(south: float, north: float) -> float:
    """Degrees between lines of the graticule, so that there are some between two latitudes."""
    return next((each for each in STEPS if (north - south) / each >= LINES), STEPS[-1])


def thin(axes: Axes) -> None:
    """Leaves names only at so many lines of the graticule as do not run into each other, and none in the corner."""
    for axis, most, (low, high) in ((axes.xaxis, ACROSS, axes.get_xlim()), (axes.yaxis, UP, axes.get_ylim())):
        named = [
            (place, label.get_text())
            for place, label in zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=True)
            if place - low > CORNER * (high - low)
        ]
        kept = named[:: ceil(len(named) / most) or 1]
        axis.set_ticks([place for place, _ in kept], [words for _, words in kept])


def _multiples(low: float, high: float, step: float) -> list[float]:
    return [number * step for number in range(ceil(low / step), floor(high / step) + 1)]


def angle(degrees: float, signs: str) -> str:
    """A latitude or longitude in words. signs: NS or EW."""
    whole, minutes = divmod(round(abs(degrees) * 60), 60)
    return f"{whole}\N{DEGREE SIGN}{f'{minutes:02d}′' if minutes else ''}{signs[degrees < 0]}"


def _scale(axes: Axes, frame: Frame) -> None:
    """A bar of nautical miles in two halves and an arrow to the north, at the lower left."""
    wide = frame.east - frame.west
    length = max((each for each in BARS if each * NAUTICAL_MILE <= wide / 4), default=BARS[0])
    x, y, half = frame.west + SQUARE * wide, frame.south + SQUARE * wide, length * NAUTICAL_MILE / 2
    for part, colour in ((0, INK), (1, PAPER)):
        axes.plot([x + part * half, x + (part + 1) * half], [y, y], color=INK, linewidth=4, zorder=9,
                  solid_capstyle="butt")  # fmt: skip
        axes.plot([x + part * half, x + (part + 1) * half], [y, y], color=colour, linewidth=2.6, zorder=9,
                  solid_capstyle="butt")  # fmt: skip
    axes.annotate(f"{length} nmi", (x + 2 * half, y), (5, 0), textcoords="offset points", va="center_baseline",
                  fontsize=SMALL, path_effects=HALO, zorder=9)  # fmt: skip
    axes.annotate("N", (x, y), (0, 36), textcoords="offset points", ha="center", va="center", fontsize=SMALL,
                  weight="bold", zorder=9, path_effects=HALO,
                  arrowprops={"arrowstyle": "<|-", "color": INK, "linewidth": 1.0, "shrinkA": 0, "shrinkB": 6})  # fmt: skip
