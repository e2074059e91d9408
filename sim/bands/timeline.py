"""When serials began and ended in many runs, under what was planned: bars of quantiles, and how often each was carried out."""

from __future__ import annotations

from collections.abc import Sequence
from math import nan
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from sim.bands._bands import Spread, legend, nothing, sheet, spread, timed
from sim.plots._clock import Span
from sim.plots._rows import rows
from sim.plots._style import DIM, FAINT, FORCES, INK, NIGHT, PAPER, SMALL, shortened, styled
from sim.quantities import HOUR
from sim.runs import Run

WIDTH, ROW, LEAST = 14.0, 0.36, 5  # inches, inches, rows at least
LEFT, RIGHT, TOP, BOTTOM = 3.2, 0.8, 0.95, 0.95  # inches
BEGIN, END = FORCES[0], FORCES[3]
PLANNED, DEEP = -0.38, 0.2  # of a row: top and depth of the planned bar
LANES = {"begin": 0.0, "end": 0.24}  # of a row, below its middle
LETTERS = 38


class Course(NamedTuple):
    """What became of one serial in all runs. begin, end: s. carried: the share of runs in which it was completed or shortened."""

    serial: str
    title: str
    planned: Span
    begin: Spread | None
    end: Spread | None
    carried: float


def courses(runs: Sequence[Run]) -> list[Course]:
    """Every serial in the order of the plan."""
    told = [{row.serial: row for row in rows(run)} for run in runs]
    found = []
    for serial in runs[0].plan.serials:
        mine = [each[serial.serial] for each in told if serial.serial in each]
        if mine:
            actual = [row.actual for row in mine]
            done = sum(row.result in ("completed", "shortened") for row in mine) / len(mine)
            found.append(Course(serial.serial, serial.title, mine[0].planned, spread(nan if each is None else each.start for each in actual),
                                spread(nan if each is None else each.end for each in actual), done))  # fmt: skip
    return found


@styled
def draw(runs: Sequence[Run]) -> Figure:
    """A row for each serial: planned above; below when it began, and when it ended."""
    found = courses(runs)
    if not found:
        return nothing(runs, "planned and actual", "No serial is planned in this exercise.")
    count = max(LEAST, len(found))
    height = TOP + ROW * count + BOTTOM
    made = sheet(runs, "planned and actual", WIDTH, height)
    axes = made.add_axes(
        (LEFT / WIDTH, BOTTOM / height, (WIDTH - LEFT - RIGHT) / WIDTH, ROW * count / height), label="serials"
    )
    axes.set(ylim=(max(1, len(found)) - 0.5, -0.5))
    timed(axes, runs[0])
    axes.grid(visible=False, axis="y")
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.annotate(
        "carried\nout",
        (1, 1),
        (8, 2),
        xycoords="axes fraction",
        textcoords="offset points",
        fontsize=SMALL,
        color=DIM,
    )
    for place, each in enumerate(found):
        if place:
            axes.axhline(place - 0.5, color=FAINT, linewidth=0.4, zorder=0.8)
        _row(axes, place, each)
    shown = {"planned": Patch(facecolor=PAPER, edgecolor=DIM, linewidth=0.8)}
    legend(made, shown | {
        "began (COMEX)": Line2D([], [], color=BEGIN, marker=">", markersize=5, linewidth=4, alpha=0.9),
        "ended (FINEX)": Line2D([], [], color=END, marker="s", markersize=4.5, linewidth=4, alpha=0.9),
        "mark: half of the runs earlier": Line2D([], [], color=DIM, marker="d", markersize=4, linestyle="none"),
        "thick: the middle half": Line2D([], [], color=DIM, linewidth=4, alpha=0.6),
        "thin: nine in ten": Line2D([], [], color=DIM, linewidth=1.2),
        "night": Patch(facecolor=NIGHT),
    }, 0.15, LEFT)  # fmt: skip
    return made


def _row(axes: Axes, place: int, each: Course) -> None:
    axes.annotate(each.serial, (0, place), (40 - LEFT * 72, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
                  ha="right", va="center_baseline", weight="bold")  # fmt: skip
    axes.annotate(shortened(each.title, LETTERS), (0, place), (46 - LEFT * 72, 0), xycoords=("axes fraction", "data"),
                  textcoords="offset points", va="center_baseline")  # fmt: skip
    axes.annotate(f"{each.carried:.0%}", (1, place), (8, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
                  va="center_baseline", fontsize=SMALL, color=INK, gid=f"carried {each.serial}")  # fmt: skip
    start, end = each.planned
    axes.add_patch(Rectangle((start / HOUR, place + PLANNED), (end - start) / HOUR, DEEP, facecolor=PAPER, edgecolor=DIM, linewidth=0.8,
                             zorder=2, gid=f"planned {each.serial}"))  # fmt: skip
    for name, found, colour, mark in (("begin", each.begin, BEGIN, ">"), ("end", each.end, END, "s")):
        if found is None:
            continue
        at = place + LANES[name]
        axes.plot(
            [found.least / HOUR, found.most / HOUR],
            [at, at],
            color=colour,
            linewidth=1.2,
            zorder=3,
            gid=f"{name} outer {each.serial}",
        )
        axes.plot([found.low / HOUR, found.high / HOUR], [at, at], color=colour, linewidth=4, alpha=0.6, zorder=3, solid_capstyle="butt",
                  gid=f"{name} inner {each.serial}")  # fmt: skip
        axes.plot([found.middle / HOUR], [at], marker=mark, color=colour, markersize=5, markeredgecolor=PAPER, markeredgewidth=0.5, zorder=4,
                  linestyle="none", gid=f"{name} middle {each.serial}")  # fmt: skip
