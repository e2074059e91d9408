"""What searchers covered: their tracks with the width they sweep, dips, buoys, and where the target was found."""

from __future__ import annotations

from math import ceil, expm1
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Patch, Polygon
from numpy.typing import NDArray

from sim.affiliation import signs
from sim.geodesy import Plane
from sim.plots._chart import Frame, chart, coast, thin
from sim.plots._columns import beside
from sim.plots._paths import PASSING, SHIPS, Path, clipped, paths
from sim.plots._places import Outline, outline
from sim.plots._style import (
    DIM,
    INK,
    SMALL,
    TEXT,
    figure,
    force_colours,
    forces_legend,
    headline,
    nothing,
    shortened,
    styled,
)
from sim.plots._symbols import SMALLER, legend_of, symbol
from sim.runs import Run
from sim.scenario.roles import muster

WIDE, HIGH, ACROSS = 7.4, 6.1, 2  # inches of a panel with its words, and panels abreast
TOP, BOTTOM, WORDS = 0.6, 0.85, 0.95  # inches
LEFT, RIGHT, MARGIN = 0.55, 1.5, 0.08  # inches, inches, of the frame
LOOKS = {
    "dip": ("D", "#56b4e9"),
    "buoy": ("s", "#009e73"),
    "datum": ("P", "#cc79a7"),
    "detected": ("*", "#e69f00"),
}
WORDS_OF = {
    "dip": "helicopter dips",
    "buoy": "sonobuoy dropped",
    "datum": "datum",
    "detected": "target detected",
}


class Sweep(NamedTuple):
    """What one hunter swept. track: (n, 2) m, to where the search ended. width: m."""

    unit: str
    force: str
    track: NDArray[np.float64]
    width: float


class Search(NamedTuple):
    """One serial's search. begin, end: s. marks: by kind of record, the places (n, 2), m."""

    serial: str
    begin: float
    end: float
    sweeps: tuple[Sweep, ...]
    searchers: tuple[Path, ...]
    marks: dict[str, NDArray[np.float64]]


def searches(run: Run) -> list[Search]:
    """The serials in which a hunter swept, dipped, dropped buoys or made for a datum, in the order of the plan."""
    begun = {record.serial: record.time for record in run.log.of("comex")}
    ended = {record.serial: record.time for record in run.log.of("finex")}
    ways = {path.unit: path for path in paths(run) if path.group != PASSING}
    forces = {unit.name: unit.force for unit in muster(run.plan)}
    hunted = {record.serial for record in run.log.of("swept", "dip", "buoy", "datum")}
    found = []
    for serial in run.outcomes:
        if serial not in hunted or serial not in begun:
            continue
        begin, end = begun[serial], ended.get(serial, run.plan.length)
        sweeps: list[Sweep] = []
        marks: dict[str, list[tuple[float, float]]] = {}
        members: dict[str, None] = {}
        for record in run.log.of("assigned", "swept", *LOOKS):
            if record.serial != serial:
                continue
            if record.kind == "assigned":
                members[record.unit or ""] = None
            elif record.kind == "swept" and record.unit in ways:
                track = _last(clipped(ways[record.unit], begin, record.time), record.details["track_m"])
                sweeps.append(Sweep(record.unit, forces[record.unit], track, record.details["width_m"]))
            elif record.kind in LOOKS and record.at is not None:
                marks.setdefault(record.kind, []).append(record.at)
        tracks = tuple(clipped(ways[name], begin, end) for name in members if name in ways)
        found.append(Search(serial, begin, end, tuple(sweeps), tuple(each for each in tracks if each.pieces),
                            {kind: np.array(places) for kind, places in marks.items()}))  # fmt: skip
    return found


def _last(path: Path, length: float) -> NDArray[np.float64]:
    """The last so many metres of a way, (n, 2) m; all of it when it is shorter."""
    places = path.pieces[-1][:, 1:]
    to_end = np.concatenate([np.cumsum(np.hypot(*np.diff(places[::-1], axis=0).T))[::-1], [0.0]])
    if to_end[0] <= length:
        return places
    begin = [np.interp(length, to_end[::-1], places[::-1, k]) for k in (0, 1)]
    return np.vstack([begin, places[to_end < length]])


@styled
def draw(run: Run) -> Figure:
    """A chart for each search; the swept strips are as wide as the sweep."""
    found = searches(run)
    if not found:
        return nothing(
            run, "search coverage", "No serial of this run searched for anything with sonar, dips or buoys."
        )
    columns = min(ACROSS, len(found))
    rows = ceil(len(found) / columns)
    width, height = max(9.0, WIDE * columns), TOP + HIGH * rows + BOTTOM
    made = figure(width, height)
    plane = Plane(run.plan.datum.latitude, run.plan.datum.longitude)
    measured = run.measures("search_coverage")["search_coverage"]
    wide, high = (width / columns) - LEFT - RIGHT, HIGH - WORDS
    frames = [_frame(search, wide / high) for search in found]
    shores = coast(plane, Frame.over(frames))
    for place, (search, frame) in enumerate(zip(found, frames, strict=True)):
        row, column = divmod(place, columns)
        left, low = column * width / columns + LEFT, height - TOP - (row + 1) * HIGH + 0.35
        axes = made.add_axes((left / width, low / height, wide / width, high / height), label=search.serial)
        _panel(axes, run, plane, search, frame, shores, wide)
        title = run.serial(search.serial).title or run.serial(search.serial).drill
        axes.set_title(f"{search.serial} {shortened(title, 60)}\n{_said(measured.get(search.serial))}", fontsize=TEXT, loc="left",
                       linespacing=1.3, pad=5)  # fmt: skip
    _legend(made, run, found)
    headline(made, run, "search coverage")
    return made


def _said(coverage: float | None) -> str:
    """Coverage in words, with what a search at random of that coverage finds: 1 - exp(-C), after Koopman."""
    if coverage is None:
        return "no ship swept"
    return (
        f"ships' coverage {coverage:.2f}: searched at random, that finds {-expm1(-coverage):.0%} of targets"
    )


def _area(run: Run, plane: Plane, search: Search) -> Outline | None:
    area = run.serial(search.serial).area
    return outline(run.plan.areas[area], plane) if area else None


def _frame(search: Search, aspect: float) -> Frame:
    """Where ships went, swept and found, and where aircraft dipped and dropped."""
    strips = [
        sweep.track + np.array(side) * sweep.width / 2
        for sweep in search.sweeps
        for side in ((-1, -1), (1, 1))
    ]
    ships = [piece[:, 1:] for path in search.searchers if path.group in SHIPS for piece in path.pieces]
    return Frame.around(np.concatenate([*strips, *ships, *search.marks.values()]), MARGIN).shaped(aspect)


def _panel(
    axes: Axes,
    run: Run,
    plane: Plane,
    search: Search,
    frame: Frame,
    shores: list[NDArray[np.float64]],
    wide: float,
) -> None:
    colours = force_colours(run)
    chart(axes, plane, frame, shores)
    thin(axes)
    shape = _area(run, plane, search)
    if shape is not None:
        points, radius = shape
        look: dict[str, Any] = {
            "facecolor": "none",
            "edgecolor": DIM,
            "linewidth": 0.9,
            "linestyle": (0, (6, 3)),
            "zorder": 2,
        }
        axes.add_patch(
            Polygon(points, **look) if radius is None else Circle(tuple(points[0]), radius, **look)
        )
    metre = wide * 72 / (frame.east - frame.west)  # points
    for sweep in search.sweeps:
        axes.plot(*sweep.track.T, color=colours[sweep.force], linewidth=sweep.width * metre, alpha=0.16, zorder=2.5,
                  solid_capstyle="butt", solid_joinstyle="round", gid=f"sweep {sweep.unit}")  # fmt: skip
        axes.plot(*sweep.track.T, color=colours[sweep.force], linewidth=1.8, zorder=5)
    known = signs(run)
    for path in search.searchers:
        x, y = path.end
        if frame.west <= x <= frame.east and frame.south <= y <= frame.north:
            symbol(
                axes, x, y, known[path.unit], colours[path.force or ""], f"end {path.unit}", SMALLER, zorder=8
            )
        colour = colours[path.force or ""]
        for piece in path.pieces:
            axes.plot(piece[:, 1], piece[:, 2], color=colour, linewidth=0.7, linestyle="-" if path.group in SHIPS
                      else (0, (3, 2)), zorder=4, gid=f"track {path.unit}")  # fmt: skip
    beside(axes, search.searchers, colours)
    for kind, places in search.marks.items():
        mark, colour = LOOKS[kind]
        axes.plot(*places.T, marker=mark, color=colour, markeredgecolor=INK, markeredgewidth=0.6, linestyle="none",
                  markersize=11 if mark == "*" else 7, zorder=7, gid=kind)  # fmt: skip


def _legend(made: Figure, run: Run, found: list[Search]) -> None:
    kinds = [kind for kind in LOOKS if any(kind in search.marks for search in found)]
    shown: dict[str, Any] = {
        WORDS_OF[kind]: Line2D([], [], marker=LOOKS[kind][0], color=LOOKS[kind][1], markeredgecolor=INK, markersize=7,
                               linestyle="none")
        for kind in kinds
    }  # fmt: skip
    if any(search.sweeps for search in found):
        shown["swept: track and sweep width"] = Patch(facecolor=DIM, alpha=0.3)
    shown["flight"] = Line2D([], [], color=INK, linewidth=0.7, linestyle=(0, (3, 2)))
    shown["area"] = Line2D([], [], color=DIM, linewidth=0.9, linestyle=(0, (6, 3)))
    known = signs(run)
    shown |= legend_of(known[path.unit] for search in found for path in search.searchers)
    width, height = made.get_size_inches()
    made.legend(list(shown.values()), list(shown), loc="lower left", ncols=len(shown) if width > 12 else 5, fontsize=SMALL, borderaxespad=0,
                bbox_to_anchor=(0.25 / width, 0.45 / height), borderpad=0, columnspacing=1.5)  # fmt: skip
    forces_legend(made, run, (0.25, 0.18), None)
