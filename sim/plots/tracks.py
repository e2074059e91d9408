"""The track chart: who went where on the real coast, where serials began and what went wrong there."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Patch, Polygon, Rectangle
from numpy.typing import NDArray

from sim.affiliation import signs
from sim.geodesy import Plane
from sim.plots._chart import Frame, chart, coast
from sim.plots._columns import TROUBLES, ends, names, wrongs
from sim.plots._paths import PASSING, SHIPS, Path, flights, paths
from sim.plots._places import Outline, beginnings, outline, troubles
from sim.plots._style import (
    DIM,
    HALO,
    INK,
    LAND,
    PAPER,
    SHORE,
    SMALL,
    figure,
    force_colours,
    headline,
    styled,
    width_of,
)
from sim.plots._symbols import SMALLER, legend_of, symbol
from sim.quantities import NAUTICAL_MILE
from sim.runs import Run
from sim.scenario.schema import Scenario
from sim.symbols import Sign

WIDTH, HEIGHT = 15.0, 8.9  # inches
BOTTOM, DEEP = 0.95, 7.2  # inches; both panels
REGION, ZOOM = (0.45, 4.7), (5.75, 7.3)  # inches from the left, and width
SURROUNDINGS = 200 * NAUTICAL_MILE  # the region shows at least so much north and south of the datum
MARGIN = 0.06  # of the size of what is shown, to spare around it
NAMES = 0.24  # of the width of the zoom, at its left, where the names of the areas stand
# Points drawn and left out; the second force on a route fills the gaps of the first.
DASHES = {"helicopter": (1.5, 1.5), "aircraft": (5.0, 5.0)}
STRANGER = "#c7ccd4"
CROWD, THIN, THINNEST = 300, 0.4, 0.3  # strangers beyond which their tracks are as thin as can be; points
GROUND = "#6b7480"  # names of areas that no serial uses


@styled
def draw(run: Run) -> Figure:
    """The whole region at the left, the exercise areas and the ships in them at the right."""
    plane = Plane(run.plan.datum.latitude, run.plan.datum.longitude)
    found, shapes = paths(run), {name: outline(area, plane) for name, area in run.plan.areas.items()}
    bases = {
        name: plane.to_plane(base.at.latitude, base.at.longitude) for name, base in run.plan.bases.items()
    }
    used = scheduled(run.plan)
    ranges = [shapes[name] for name, area in run.plan.areas.items() if area.exclusive and name in used]
    near, far = frames(
        found, list(shapes.values()), [shapes[name] for name in used], ranges, list(bases.values())
    )
    shores = coast(plane, far)
    made = figure(WIDTH, HEIGHT)
    region, zoom = (
        made.add_axes((left / WIDTH, BOTTOM / HEIGHT, wide / WIDTH, DEEP / HEIGHT), label=name)
        for name, (left, wide) in (("region", REGION), ("zoom", ZOOM))
    )
    colours = force_colours(run)
    for axes, frame in ((region, far), (zoom, near)):
        chart(axes, plane, frame, shores)
        for points, radius in shapes.values():
            _area(axes, points, radius)
        _strangers(axes, found)
        for path in found:
            if path.group in SHIPS:
                _path(axes, path, colours[path.force or ""])
        _flights(axes, flights(found), colours)
    region.add_patch(Rectangle(near[:2], near.east - near.west, near.north - near.south, facecolor="none",
                               edgecolor=INK, linewidth=0.9, zorder=6))  # fmt: skip
    region.annotate("right panel", (near.west, near.north), (0, 3), textcoords="offset points", fontsize=SMALL,
                    path_effects=HALO, zorder=9)  # fmt: skip
    _bases(region, run, bases)
    names(zoom, run, {name: shapes[name] for name in used}, beginnings(run))
    _grounds(region, run, {name: shape for name, shape in shapes.items() if name not in used})
    told = signs(run)
    ships = [path for path in found if path.group in SHIPS]
    sites = [path for path in found if path.group == "site"]
    for path in sites:
        symbol(
            region,
            *path.end,
            told[path.unit],
            colours[path.force or ""],
            f"site {path.unit}",
            SMALLER,
            zorder=8,
        )
    ends(zoom, ships, told, colours, wrongs(zoom, run, troubles(run)))
    _legend(made, run, found, [told[path.unit] for path in [*ships, *sites]])
    headline(made, run, "tracks")
    return made


def scheduled(plan: Scenario) -> list[str]:
    """The areas that serials use, in the order of the file; all of them when none is used."""
    used = [
        area for serial in plan.serials for area in (serial.area, *(each.area for each in serial.alternates))
    ]
    return [name for name in plan.areas if name in used] or list(plan.areas)


def frames(
    found: list[Path], shapes: list[Outline], used: list[Outline], ranges: list[Outline],
    bases: list[tuple[float, float]],
) -> tuple[Frame, Frame]:  # fmt: skip
    """What the two panels show: the ways of ships, the ranges and the middles of other areas used; and everything.

    Large areas run out of the near frame: they are whole in the far one, and it is ships one wants to see.
    """
    at_sea = [piece[:, 1:] for path in found if path.group in SHIPS for piece in path.pieces]
    middles = [points.mean(axis=0, keepdims=True) for points, _ in used]
    near = Frame.around(np.concatenate([np.zeros((1, 2)), *at_sea, *middles, *_corners(ranges)]), MARGIN)
    wide = near.east - near.west
    near = near._replace(west=near.west - wide * NAMES / (1 - NAMES)).shaped(ZOOM[1] / DEEP)
    flown = [piece[:, 1:] for path in found if path.group != PASSING for piece in path.pieces]
    sea = np.array([(0.0, SURROUNDINGS), (0.0, -SURROUNDINGS), *bases])
    far = Frame.around(np.concatenate([sea, *flown, *_corners(shapes)]), MARGIN).shaped(REGION[1] / DEEP)
    return near, far


def _corners(shapes: list[Outline]) -> list[NDArray[np.float64]]:
    return [
        points + np.array(side) * (radius or 0.0) for points, radius in shapes for side in ((-1, -1), (1, 1))
    ]


def _area(axes: Axes, points: NDArray[np.float64], radius: float | None) -> None:
    look: dict[str, Any] = {
        "facecolor": "#0b5fa50a",
        "edgecolor": DIM,
        "linewidth": 0.8,
        "zorder": 2,
        "gid": "area",
    }
    axes.add_patch(Polygon(points, **look) if radius is None else Circle(tuple(points[0]), radius, **look))


def _path(axes: Axes, path: Path, colour: str) -> None:
    for piece in path.pieces:
        axes.plot(piece[:, 1], piece[:, 2], gid=f"track {path.unit}", solid_joinstyle="round", color=colour,
                  linewidth=0.8, zorder=5, alpha=0.7)  # fmt: skip


def _strangers(axes: Axes, found: list[Path]) -> None:
    """The tracks of all ships passing by, the thinner the more there are, and never a name."""
    tracks = [piece[:, 1:] for path in found if path.group == PASSING for piece in path.pieces]
    if tracks:
        thick = max(THINNEST, THIN * min(1.0, CROWD / len(tracks)))
        axes.add_collection(LineCollection(tracks, colors=STRANGER, linewidths=thick, zorder=3, gid="strangers"),
                            autolim=False)  # fmt: skip


def _grounds(axes: Axes, run: Run, shapes: dict[str, Outline]) -> None:
    """Names of the areas no serial uses, like fishing grounds, in their middle."""
    for name, (points, _) in shapes.items():
        (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
        axes.annotate(run.plan.areas[name].title or name, ((west + east) / 2, (south + north) / 2), ha="center",
                      va="center", fontsize=SMALL - 1, color=GROUND, path_effects=HALO, zorder=9, gid="ground name")  # fmt: skip


def _flights(axes: Axes, found: dict[tuple[str, str], NDArray[np.float64]], colours: dict[str, str]) -> None:
    order = list(colours)
    for (group, force), legs in found.items():
        drawn, left_out = DASHES[group]
        dashes = (drawn * (order.index(force) % 2), (drawn, left_out))
        axes.add_collection(LineCollection(list(legs), colors=colours[force], linestyles=[dashes], linewidths=0.9,
                                           zorder=4, gid=f"flights {group} {force}"), autolim=False)  # fmt: skip


def _bases(axes: Axes, run: Run, bases: dict[str, tuple[float, float]]) -> None:
    """Names in the middle above their marks; near an edge they run inwards."""
    west, east = axes.get_xlim()
    for name, (x, y) in bases.items():
        axes.plot(
            [x], [y], marker="P", color=INK, markeredgecolor=PAPER, markersize=8, linestyle="none", zorder=8
        )
        words = run.plan.bases[name].name or name
        half = (width_of(words, SMALL) / 2 + SMALL) * (east - west) / (REGION[1] * 72)
        side = "left" if x - half < west else "right" if x + half > east else "center"
        axes.annotate(words, (x, y), (0, 8), textcoords="offset points", ha=side, fontsize=SMALL, path_effects=HALO,
                      zorder=9, gid="base name")  # fmt: skip


def _legend(made: Figure, run: Run, found: list[Path], shown: list[Sign]) -> None:
    """Every line and mark that occurs, in two rows. shown: the signs of all symbols."""
    groups = {path.group for path in found}
    lines: dict[str, Artist] = {}
    for name, colour in force_colours(run).items():
        lines[run.plan.forces[name].name] = Line2D([], [], color=colour, linewidth=2)
    for group, dashes in DASHES.items():
        if group in groups:
            lines[f"{group} in flight"] = Line2D([], [], color=INK, linewidth=0.9, linestyle=(0, dashes))
    if PASSING in groups:
        lines["ship passing by"] = Line2D([], [], color=STRANGER, linewidth=1.0)
    marks: dict[str, Any] = {**legend_of(shown)}
    marks["COMEX (serials by number)"] = _mark("o", PAPER, INK)
    wrong = {each.kind for each in troubles(run)}
    for kind, (mark, colour) in TROUBLES.items():
        if kind in wrong:
            marks[{"fouled": "range fouled"}.get(kind, kind)] = _mark(mark, colour, PAPER)
    if run.plan.bases:
        marks["airfield"] = _mark("P", INK, PAPER)
    marks["area"] = Patch(facecolor="#0b5fa50a", edgecolor=DIM, linewidth=0.8)
    marks["land"] = Patch(facecolor=LAND, edgecolor=SHORE, linewidth=0.5)
    for entries, up in ((lines, 0.36), (marks, 0.1)):
        made.legend(list(entries.values()), list(entries), loc="lower left", ncols=len(entries), fontsize=SMALL,
                    bbox_to_anchor=(REGION[0] / WIDTH, up / HEIGHT), borderaxespad=0, borderpad=0, handlelength=2.4,
                    columnspacing=1.6)  # fmt: skip


def _mark(mark: str, face: str, edge: str) -> Line2D:
    return Line2D([], [], marker=mark, color=face, markeredgecolor=edge, markersize=7, linestyle="none")
