"""A chart of each serial: who went where between COMEX and FINEX, and what happened at which place."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Polygon
from numpy.typing import NDArray

from sim.affiliation import players, signs
from sim.geodesy import Plane
from sim.log import Record
from sim.plots._chart import Frame, chart, coast, thin
from sim.plots._columns import beside
from sim.plots._paths import FLIERS, PASSING, Path, clipped, paths, target_path
from sim.plots._places import Outline, outline
from sim.plots._style import (
    DIM,
    INK,
    PAPER,
    SMALL,
    TEXT,
    figure,
    force_colours,
    headline,
    shortened,
    styled,
)
from sim.plots._symbols import SMALLER, legend_of, symbol
from sim.runs import Run
from sim.scenario.roles import muster
from sim.symbols import Sign

FEW = 4  # charts up to which each is large, and names its units
LARGE, MANY = (7.4, 5.9), (4.3, 3.7)  # inches, width and height of one chart with its words
TOP, WORDS = 1.12, 0.85  # inches: headline; title above and legend beneath each chart
NAMES = 1.75  # inches at the right of a large chart
UNDER = 0.22  # inches from a chart to its legend; names of meridians stand between
MARGIN = 0.08
STROKES = {"helicopter": (0, (1.5, 1.5)), "aircraft": (0, (5.0, 5.0)), "target": (0, (4.0, 1.5, 1.0, 1.5))}
WIDTHS = {"target": 1.3}
# Shapes and colours go together, so that neither is needed alone; after Okabe and Ito.
EVENTS = (("o", "#e69f00"), ("^", "#009e73"), ("X", "#d55e00"), ("s", "#56b4e9"), ("D", "#cc79a7"), ("v", "#0072b2"),
          ("P", "#1f2328"), ("*", "#b8a400"))  # fmt: skip
# What happens in every serial and is told elsewhere: motion, orders, the conductor's own records.
ELSEWHERE = frozenset(
    [
        "leg",
        "order",
        "acknowledged",
        "repeated",
        "comex",
        "finex",
        "hold",
        "resume",
        "target",
        "launched",
        "on-task",
        "off-task",
        "landed",
        "fuel",
        "granted",
        "called",
        "released",
        "delayed",
        "grounded",
        "faded",
        "reported",
        "met",
        "outcome",
        "dropped-out",
        "postponed",
        "casualty",
        "repaired",
        "substituted",
        "assembled",
        "diverted",
        "unserviceable",
        "practised",
        "hauled-off",
        "no-intercept",
    ]
)


class Chart(NamedTuple):
    """What is drawn of one serial. begin, end: s. tracks: clipped to that. events: by kind, the places (n, 2), m.

    signs: of all units on the tracks, as what they are in this serial.
    """

    number: str
    begin: float
    end: float
    result: str
    tracks: tuple[Path, ...]
    events: dict[str, NDArray[np.float64]]
    signs: dict[str, Sign]


@styled
def draw(run: Run) -> Figure:
    """One chart for each serial that began, in the order of the schedule."""
    found = charts(run)
    large = len(found) <= FEW
    wide, high = LARGE if large else MANY
    columns = min(len(found), 2) or 1 if large else ceil(len(found) ** 0.5)
    rows = ceil(len(found) / columns) or 1
    width, height = wide * columns, high * rows + TOP
    made = figure(width, height)
    headline(made, run, "serials")
    plane, colours = Plane(run.plan.datum.latitude, run.plan.datum.longitude), force_colours(run)
    room = wide - 0.55 - (NAMES if large else 0.15), high - WORDS - 0.45
    frames = [_frame(run, plane, each, room[0] / room[1]) for each in found]
    shores = coast(plane, Frame.over(frames)) if frames else []
    for place, (each, frame) in enumerate(zip(found, frames, strict=True)):
        row, column = divmod(place, columns)
        left, low = column * wide + 0.5, height - TOP - (row + 1) * high + WORDS
        axes = made.add_axes(
            (left / width, low / height, room[0] / width, room[1] / height), label=each.number
        )
        _chart(axes, run, plane, each, frame, shores, colours)
        if large:
            beside(axes, each.tracks, colours)
    _legend(made, run, found, colours)
    return made


def charts(run: Run) -> list[Chart]:
    """What there is to draw: tracks and events of each serial that began."""
    begun = {record.serial: record for record in run.log.of("comex")}
    ended = {record.serial: record.time for record in run.log.of("finex")}
    ways = {path.unit: path for path in paths(run) if path.group != PASSING}
    took_part: dict[str, dict[str, None]] = {}
    happened: dict[str, dict[str, list[tuple[float, float]]]] = {}
    targets: dict[str, dict[str, list[Record]]] = {}
    put_out: dict[str, str] = {}
    for record in run.log:
        serial = record.serial or ""
        if record.kind == "assigned" and record.unit in ways:
            took_part.setdefault(serial, {})[record.unit or ""] = None
        if record.kind == "target":
            put_out[record.unit or ""] = serial
        for name in (record.unit or "", record.other or ""):
            if name in put_out and record.at is not None and (record.unit == name or record.kind != "leg"):
                targets.setdefault(put_out[name], {}).setdefault(name, []).append(record)
        if serial not in begun or not begun[serial].time <= record.time <= ended.get(serial, run.plan.length):
            continue
        if record.kind not in ELSEWHERE and record.at is not None:
            happened.setdefault(serial, {}).setdefault(record.kind, []).append(record.at)
    found = []
    usual, played = signs(run), players(run)
    for each in run.plan.serials:
        comex = begun.get(each.serial)
        if comex is None:
            continue
        begin, end = comex.time, ended.get(each.serial, run.plan.length)
        members = [clipped(ways[name], begin, end) for name in took_part.get(each.serial, ())]
        strangers = [target_path(name, rows, end) for name, rows in targets.get(each.serial, {}).items()]
        events = {kind: np.array(places) for kind, places in happened.get(each.serial, {}).items()}
        result = run.outcomes[each.serial].details["result"]
        tracks = tuple(path for path in [*members, *strangers] if path.pieces)
        parts = played.get(each.serial, {})
        mine = {
            path.unit: usual[path.unit]._replace(
                affiliation=parts.get(path.unit, usual[path.unit].affiliation)
            )
            for path in tracks
        }
        found.append(
            Chart(
                each.serial,
                begin,
                end,
                result,
                tracks,
                events,
                mine,
            )
        )
    return found


def _frame(run: Run, plane: Plane, each: Chart, aspect: float) -> Frame:
    """Where a serial took place; flights come from far away and do not count when there is anything else."""
    near = [path for path in each.tracks if path.group not in FLIERS] or each.tracks
    places = [piece[:, 1:] for path in near for piece in path.pieces] + list(each.events.values())
    return Frame.around(np.concatenate(places or [_area(run, plane, each)[0]]), MARGIN).shaped(aspect)


def _area(run: Run, plane: Plane, each: Chart) -> Outline:
    """The outline of a serial's area; the datum when it has none."""
    area = run.serial(each.number).area
    return outline(run.plan.areas[area], plane) if area else (np.zeros((1, 2)), None)


def _chart(
    axes: Axes,
    run: Run,
    plane: Plane,
    each: Chart,
    frame: Frame,
    shores: list[NDArray[np.float64]],
    colours: dict[str, str],
) -> None:
    plan = run.serial(each.number)
    points, radius = _area(run, plane, each)
    chart(axes, plane, frame, shores)
    thin(axes)
    if plan.area:
        look: dict[str, Any] = {
            "facecolor": "none",
            "edgecolor": DIM,
            "linewidth": 0.8,
            "linestyle": (0, (6, 3)),
            "zorder": 2,
        }
        axes.add_patch(
            Polygon(points, **look) if radius is None else Circle(tuple(points[0]), radius, **look)
        )
    for path in each.tracks:
        for piece in path.pieces:
            axes.plot(piece[:, 1], piece[:, 2], color=colours.get(path.force or "", INK), zorder=5, alpha=0.85,
                      linestyle=STROKES.get(path.group, "-"), linewidth=WIDTHS.get(path.group, 0.9),
                      gid=f"track {path.unit}")  # fmt: skip
        symbol(axes, *path.end, each.signs[path.unit], colours.get(path.force or "", INK), f"end {path.unit}", SMALLER,
               zorder=7.5)  # fmt: skip
    handles: list[Line2D] = []
    for (mark, colour), (kind, at) in zip(EVENTS, sorted(each.events.items(), key=lambda item: -len(item[1])),
                                          strict=False):  # fmt: skip
        (drawn,) = axes.plot(at[:, 0], at[:, 1], marker=mark, color=colour, markeredgecolor=PAPER, markeredgewidth=0.5,
                             markersize=7.5 - 0.35 * len(handles), linestyle="none", zorder=7, gid=f"event {kind}", label=f"{kind} ({len(at)})")  # fmt: skip
        handles.append(drawn)
    when = [f"{run.plan.begins + timedelta(seconds=time):%d %b %H:%M}" for time in (each.begin, each.end)]
    long = f"{each.number} {plan.title or plan.drill}"
    axes.set_title(f"{shortened(long, 46)}\n{when[0]} to {when[1][-5:]}, {each.result}", fontsize=TEXT, loc="left",
                   linespacing=1.25, pad=4)  # fmt: skip
    if handles:
        beneath = -UNDER * axes.figure.dpi / axes.get_window_extent().height
        axes.legend(handles=handles, loc="upper left", bbox_to_anchor=(-0.02, beneath), ncols=3 if len(handles) > 2 else 2,
                    fontsize=SMALL - 1, borderaxespad=0, columnspacing=1.0, handletextpad=0.2)  # fmt: skip


def _legend(made: Figure, run: Run, found: list[Chart], colours: dict[str, str]) -> None:
    """Colours of the forces and strokes of the families, at the foot."""
    groups = {path.group for each in found for path in each.tracks}
    forces = {path.force for each in found for path in each.tracks}
    entries: list[tuple[str, Any]] = [(run.plan.forces[name].name, Line2D([], [], color=colour, linewidth=2))
               for name, colour in colours.items() if name in forces]  # fmt: skip
    families = {unit.platform.family for unit in muster(run.plan)} | {"target"}
    entries += [(name, Line2D([], [], color=INK, linewidth=WIDTHS.get(name, 0.9), linestyle=stroke))
                for name, stroke in STROKES.items() if name in groups and name in families]  # fmt: skip
    symbols: list[tuple[str, Any]] = list(
        legend_of(sign for each in found for sign in each.signs.values()).items()
    )
    width, height = made.get_size_inches()
    for row, down in ((entries, 0.68), (symbols, 0.86)):
        made.legend([line for _, line in row], [name for name, _ in row], loc="upper left", ncols=len(row) or 1,
                    bbox_to_anchor=(0.2 / width, 1 - down / height), fontsize=SMALL, borderaxespad=0, borderpad=0,
                    handlelength=2.6, columnspacing=1.4)  # fmt: skip
