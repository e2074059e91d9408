"""The track chart: who went where on the real coast, where serials began and what went wrong there."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Patch, Polygon, Rectangle
from numpy.typing import NDArray

from sim.geodesy import Plane
from sim.plots._chart import Frame, chart, coast
from sim.plots._paths import PASSING, Path, paths
from sim.plots._style import (
    DIM,
    HALO,
    INK,
    LAND,
    PAPER,
    SHORE,
    SMALL,
    TEXT,
    figure,
    force_colours,
    headline,
    styled,
)
from sim.quantities import NAUTICAL_MILE
from sim.runs import Run
from sim.scenario.schema import Area

WIDTH, HEIGHT = 15.0, 8.9  # inches
BOTTOM, DEEP = 0.95, 7.05  # inches; both panels
REGION, ZOOM = (0.45, 4.7), (5.75, 7.3)  # inches from the left, and width
SURROUNDINGS = 200 * NAUTICAL_MILE  # the region shows at least so much north and south of the datum
MARGIN = 0.06  # of the size of what is shown, to spare around it
NAMES = 0.30  # of the width of the zoom, at its left, where the names of the areas stand
SAME = NAUTICAL_MILE  # places nearer than this are one on the chart
GROUPS = {"warship": "o", "auxiliary": "s", "helicopter": "^", "aircraft": ">"}  # mark where it was last
SHIPS = ("warship", "auxiliary")
DASHES: dict[str, Any] = {"helicopter": (0, (1, 1.2)), "aircraft": (0, (4, 2))}
TROUBLES = {"fouled": ("D", "#e8a317"), "casualty": ("X", "#8c4fa0")}


class Place(NamedTuple):
    """Where serials began, m, in the order they began."""

    x: float
    y: float
    serials: tuple[str, ...]


class Trouble(NamedTuple):
    """What went wrong where, m. kind: fouled or casualty."""

    kind: str
    x: float
    y: float
    words: str


# --------------------------------------------------------------------- what the log says


def beginnings(run: Run) -> list[Place]:
    """The places of COMEX, each with its serials."""
    found: list[Place] = []
    for record in run.log.of("comex"):
        if record.at is None or record.serial is None:
            continue
        x, y = record.at
        near = next((i for i, each in enumerate(found) if np.hypot(each.x - x, each.y - y) < SAME), None)
        if near is None:
            found.append(Place(x, y, (record.serial,)))
        else:
            found[near] = found[near]._replace(serials=(*found[near].serials, record.serial))
    return found


def troubles(run: Run) -> list[Trouble]:
    """Fouled ranges and casualties, as they came."""
    found = []
    for record in run.log.of(*TROUBLES):
        if record.at is not None:
            words = f"serial {record.serial}" if record.kind == "fouled" else f"{record.details['equipment']}"
            found.append(Trouble(record.kind, *record.at, words))
    return found


def outline(area: Area, plane: Plane) -> tuple[NDArray[np.float64], float | None]:
    """The corners (n, 2) of an area, m; or its centre (1, 2) and its radius."""
    if area.centre is not None and area.radius is not None:
        return np.array([plane.to_plane(area.centre.latitude, area.centre.longitude)]), area.radius.value
    if area.box is not None:
        (west, south), (east, north) = (plane.to_plane(each.latitude, each.longitude) for each in area.box)
        return np.array([(west, south), (east, south), (east, north), (west, north)]), None
    return np.array([plane.to_plane(each.latitude, each.longitude) for each in area.corners or ()]), None


# --------------------------------------------------------------------- the picture


@styled
def draw(run: Run) -> Figure:
    """The whole region at the left, the exercise areas and the ships in them at the right."""
    plane = Plane(run.plan.datum.latitude, run.plan.datum.longitude)
    found, shapes = paths(run), {name: outline(area, plane) for name, area in run.plan.areas.items()}
    bases = {
        name: plane.to_plane(base.at.latitude, base.at.longitude) for name, base in run.plan.bases.items()
    }
    near, far = frames(found, shapes, bases)
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
        for path in found:
            _path(axes, path, colours)
    region.add_patch(Rectangle(near[:2], near.east - near.west, near.north - near.south, facecolor="none",
                               edgecolor=INK, linewidth=0.9, zorder=6))  # fmt: skip
    region.annotate("right panel", (near.west, near.north), (0, 3), textcoords="offset points", fontsize=SMALL,
                    path_effects=HALO, zorder=9)  # fmt: skip
    _bases(region, run, bases)
    _troubles(zoom, troubles(run))
    _names(zoom, run, shapes, beginnings(run))
    _ends(zoom, [path for path in found if path.group in SHIPS], colours)
    _legend(made, run, found)
    headline(made, run, "tracks")
    return made


def frames(
    found: list[Path], shapes: dict[str, tuple[NDArray[np.float64], float | None]], bases: dict[str, Any]
) -> tuple[Frame, Frame]:
    """What the two panels show: the areas with all ships, and those with all aircraft, bases and the sea around."""
    corners = [points + np.array(side) * (radius or 0.0) for points, radius in shapes.values()
               for side in ((-1, -1), (1, 1))]  # fmt: skip
    at_sea = [piece[:, 1:] for path in found if path.group in SHIPS for piece in path.pieces]
    near = Frame.around(np.concatenate([*corners, *at_sea, np.zeros((1, 2))]), MARGIN)
    wide = near.east - near.west
    near = near._replace(west=near.west - wide * NAMES / (1 - NAMES)).shaped(ZOOM[1] / DEEP)
    flown = [piece[:, 1:] for path in found if path.group != PASSING for piece in path.pieces]
    sky = np.array([(0.0, SURROUNDINGS), (0.0, -SURROUNDINGS), *bases.values()])
    far = Frame.around(np.concatenate([*corners, *flown, sky]), MARGIN).shaped(REGION[1] / DEEP)
    return near, far


def _area(axes: Axes, points: NDArray[np.float64], radius: float | None) -> None:
    look: dict[str, Any] = {
        "facecolor": "#0b5fa50a",
        "edgecolor": DIM,
        "linewidth": 0.8,
        "zorder": 2,
        "gid": "area",
    }
    axes.add_patch(Polygon(points, **look) if radius is None else Circle(tuple(points[0]), radius, **look))


def _path(axes: Axes, path: Path, colours: dict[str, str]) -> None:
    colour = colours.get(path.force or "", "#9aa2ad")
    look: dict[str, Any] = {"linewidth": 0.4, "zorder": 3, "alpha": 0.6}
    if path.group in SHIPS:
        look = {"linewidth": 1.0, "zorder": 5, "alpha": 0.75}
    elif path.group in DASHES:
        look = {"linewidth": 0.7, "zorder": 4, "alpha": 0.8, "linestyle": DASHES[path.group]}
    for piece in path.pieces:
        axes.plot(
            piece[:, 1], piece[:, 2], color=colour, gid=f"track {path.unit}", solid_joinstyle="round", **look
        )


def _bases(axes: Axes, run: Run, bases: dict[str, tuple[float, float]]) -> None:
    for name, (x, y) in bases.items():
        axes.plot(
            [x], [y], marker="P", color=INK, markeredgecolor=PAPER, markersize=8, linestyle="none", zorder=8
        )
        axes.annotate(run.plan.bases[name].name or name, (x, y), (0, 8), textcoords="offset points", ha="center",
                      fontsize=SMALL, path_effects=HALO, zorder=9)  # fmt: skip


def _troubles(axes: Axes, found: list[Trouble]) -> None:
    for trouble in found:
        mark, colour = TROUBLES[trouble.kind]
        axes.plot([trouble.x], [trouble.y], marker=mark, color=colour, markersize=7, markeredgecolor=INK,
                  markeredgewidth=0.7, linestyle="none", zorder=7, gid=trouble.kind)  # fmt: skip


def _names(
    axes: Axes, run: Run, shapes: dict[str, tuple[NDArray[np.float64], float | None]], begun: list[Place]
) -> None:
    """The areas and the serials begun there in a column at the left, each with a line to its place."""
    entries: list[tuple[float, float, str]] = []
    left = list(begun)
    for name, (points, _) in shapes.items():
        x, y = points.mean(axis=0)
        here = [each for each in left if np.hypot(each.x - x, each.y - y) < SAME]
        left = [each for each in left if each not in here]
        serials = [serial for each in here for serial in each.serials]
        entries.append(
            (x, y, (run.plan.areas[name].title or name) + (f"\n{listed(serials, run)}" if serials else ""))
        )
    entries += [(each.x, each.y, listed(list(each.serials), run)) for each in left]
    entries.sort(key=lambda each: -each[1])
    for place, (x, y, words) in zip(
        _spread([_height(axes, y) for _, y, _ in entries], 0.085, 0.16, 0.97), entries, strict=True
    ):
        title, *more = words.split("\n")
        axes.annotate(words, (x, y), (0.015, place), textcoords="axes fraction", va="center", fontsize=SMALL,
                      linespacing=1.3, zorder=10, path_effects=HALO, gid="area name",
                      arrowprops={"arrowstyle": "-", "color": INK, "linewidth": 0.6, "relpos": (1, 0.5), "shrinkA": 2,
                                  "shrinkB": 3})  # fmt: skip
        if more or title.startswith("COMEX"):
            axes.plot([x], [y], marker="o", markerfacecolor=PAPER, markeredgecolor=INK, markersize=6, zorder=8,
                      linestyle="none", gid="comex")  # fmt: skip
            axes.plot([x], [y], marker=".", color=INK, markersize=2.5, zorder=8.1, linestyle="none")


def listed(serials: list[str], run: Run) -> str:
    """COMEX of the serials, neighbours in the plan drawn together: COMEX 1-4, 7, 9."""
    order = {each.serial: place for place, each in enumerate(run.plan.serials)}
    runs: list[list[str]] = []
    for serial in sorted(serials, key=order.__getitem__):
        if runs and order[serial] == order[runs[-1][-1]] + 1:
            runs[-1].append(serial)
        else:
            runs.append([serial])
    parts = [", ".join(each) if len(each) < 3 else f"{each[0]}–{each[-1]}" for each in runs]
    return "COMEX " + ", ".join(parts)


def _ends(axes: Axes, ships: list[Path], colours: dict[str, str]) -> None:
    """A mark where each ship was last and her name in a column at the right, with a line between."""
    axes.annotate(
        "Ships at the end", (1.03, 1), xycoords="axes fraction", va="top", fontsize=SMALL, color=DIM
    )
    ordered = sorted(ships, key=lambda path: -path.end[1])
    places = _spread([_height(axes, path.end[1]) for path in ordered], 0.036, 0.02, 0.95)
    for place, path in zip(places, ordered, strict=True):
        colour = colours[path.force or ""]
        look = {"marker": GROUPS[path.group], "color": colour, "markeredgecolor": PAPER, "markeredgewidth": 0.6,
                "linestyle": "none"}  # fmt: skip
        axes.plot(*path.end, markersize=6.5, zorder=8, gid=f"end {path.unit}", **look)
        axes.plot([1.045], [place], transform=axes.transAxes, clip_on=False, markersize=6.5, **look)
        axes.annotate(path.unit, path.end, (1.06, place), textcoords="axes fraction", va="center_baseline",
                      fontsize=TEXT, color=colour, annotation_clip=False, gid=f"name {path.unit}")  # fmt: skip
        axes.annotate("", path.end, (1.035, place), textcoords="axes fraction", annotation_clip=False, zorder=6,
                      arrowprops={"arrowstyle": "-", "color": colour, "linewidth": 0.5, "alpha": 0.7, "shrinkA": 0,
                                  "shrinkB": 0})  # fmt: skip


def _height(axes: Axes, y: float) -> float:
    south, north = axes.get_ylim()
    return (y - south) / (north - south)


def _spread(wanted: list[float], apart: float, low: float, high: float) -> list[float]:
    """Heights from the top down, near those wanted but at least so far apart, closer only where the column is full."""
    if not wanted:
        return []
    apart = min(apart, (high - low) / max(1, len(wanted) - 1))
    places: list[float] = []
    for place in wanted:
        places.append(min(place, high if not places else places[-1] - apart))
    floor = low
    for i in reversed(range(len(places))):
        places[i] = max(places[i], floor)
        floor = places[i] + apart
    return places


def _legend(made: Figure, run: Run, found: list[Path]) -> None:
    """Every line and mark that occurs, in two rows."""
    groups = {path.group for path in found}
    lines: dict[str, Artist] = {}
    for name, colour in force_colours(run).items():
        lines[run.plan.forces[name].name] = Line2D([], [], color=colour, linewidth=2)
    for group, dashes in DASHES.items():
        if group in groups:
            lines[f"{group} in flight"] = Line2D([], [], color=INK, linewidth=0.9, linestyle=dashes)
    if PASSING in groups:
        lines["ship passing by"] = Line2D([], [], color="#9aa2ad", linewidth=0.8)
    marks: dict[str, Artist] = {}
    for group in SHIPS:
        if group in groups:
            marks[f"{group} at the end"] = _mark(GROUPS[group], DIM, PAPER)
    marks["COMEX (serials by number)"] = _mark("o", PAPER, INK)
    for word, mark, colour in (("range fouled", *TROUBLES["fouled"]), ("casualty", *TROUBLES["casualty"])):
        marks[word] = _mark(mark, colour, INK)
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
