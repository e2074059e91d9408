"""Planned against actual: every serial of a run on one clock, with its holds, the night and the weather."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Patch, Rectangle

from sim.outcomes import RESULTS
from sim.plots._clock import Span, clock, nights, shade, sight, spells, weather
from sim.plots._rows import Row, note, rows
from sim.plots._style import (
    DIM,
    FACES,
    FAINT,
    FOG,
    HALO,
    INK,
    NIGHT,
    PAPER,
    SMALL,
    figure,
    force_colours,
    force_marks,
    headline,
    shortened,
    styled,
    width_of,
)
from sim.quantities import HOUR
from sim.runs import Run

WIDTH, ROW, LEAST = 14.0, 0.31, 5  # inches, inches, rows at least
# Inches around the rows; STRIP is the weather's.
LEFT, RIGHT, TOP, BOTTOM, STRIP = 3.2, 0.25, 0.72, 1.05, 0.46
LETTERS = 38  # of a serial's title; what LEFT holds
# Rows: top of either bar below the middle of its row, and the depth of both.
PLANNED, ACTUAL, THICK = -0.36, 0.03, 0.33
GAP = 5  # points between a bar and its note
WAIT = "||||"  # hatch of a hold


@styled
def draw(run: Run) -> Figure:
    """Planned bars above actual ones, serial by serial, under a strip of weather."""
    found = rows(run)
    count = max(LEAST, len(found))
    height = TOP + STRIP + ROW * count + BOTTOM
    across, deep = (WIDTH - LEFT - RIGHT) / WIDTH, ROW * count / height
    made = figure(WIDTH, height)
    axes = made.add_axes((LEFT / WIDTH, BOTTOM / height, across, deep), label="serials")
    strip = made.add_axes(
        (LEFT / WIDTH, BOTTOM / height + deep + 0.005, across, STRIP / height), label="weather"
    )
    axes.set(ylim=(max(1, len(found)) - 0.5, -0.5), yticks=[])
    axes.spines[["top", "right", "left"]].set_visible(False)
    clock(axes, run)
    shade(axes, run)
    weather(strip, run)
    colours = force_colours(run)
    marks = force_marks(run)
    for place, row in enumerate(found):
        if place:
            axes.axhline(place - 0.5, color=FAINT, linewidth=0.4, zorder=0.8)
        _label(axes, place, row, colours[row.force], marks[row.force])
        _bars(axes, place, row)
        _note(axes, place, row, note(row, run.plan.begins))
    _legend(made, run, found)
    headline(made, run, "planned and actual")
    return made


def _label(axes: Axes, place: int, row: Row, colour: str, mark: str) -> None:
    """Number and title at the left, with the colour of the force that conducts."""
    points: dict[str, Any] = {
        "xycoords": ("axes fraction", "data"),
        "textcoords": "offset points",
        "va": "center_baseline",
    }
    axes.annotate(row.serial, (0, place), (6 - LEFT * 72 + 34, 0), ha="right", weight="bold", **points)
    axes.annotate(shortened(row.title, LETTERS), (0, place), (12 - LEFT * 72 + 34, 0), ha="left", **points)
    axes.plot([-0.012], [place], marker=mark, color=colour, markersize=5, clip_on=False, linestyle="none",
              transform=axes.get_yaxis_transform())  # fmt: skip


def _bars(axes: Axes, place: int, row: Row) -> None:
    """Planned above, actual below, with its holds; a cross where a cancelled serial should have begun."""
    box = {"linewidth": 0.8, "edgecolor": DIM, "facecolor": PAPER}
    for planned in row.attempts:
        _bar(axes, planned, place + PLANNED, f"planned {row.serial}", zorder=2,
             linestyle="-" if planned is row.planned else (0, (2, 1.5)), **box)  # fmt: skip
    for before, after in pairwise(row.attempts):
        lane = place + PLANNED + THICK / 2
        axes.add_patch(FancyArrowPatch((before.end / HOUR, lane), (after.start / HOUR, lane), arrowstyle="->",
                                       mutation_scale=7, shrinkA=1, shrinkB=0, linewidth=0.7, color=DIM,
                                       linestyle=(0, (2, 1.5)), zorder=1.5))  # fmt: skip
    face, hatch = FACES[row.result]
    if row.actual is not None:
        _bar(axes, row.actual, place + ACTUAL, f"actual {row.serial}", zorder=3, facecolor=face, hatch=hatch,
             edgecolor=PAPER if hatch else face, linewidth=0)  # fmt: skip
    for hold in row.holds:
        _bar(axes, Span(hold.start, hold.end), place + ACTUAL, f"hold {row.serial}", zorder=4, facecolor=PAPER,
             edgecolor=INK, linewidth=0.8, hatch=WAIT)  # fmt: skip
    if row.result == "cancelled":
        axes.plot([row.planned.start / HOUR], [place + ACTUAL + THICK / 2], marker="X", color=INK, markersize=7,
                  markeredgecolor=PAPER, markeredgewidth=0.6, linestyle="none", zorder=5,
                  gid=f"cancelled {row.serial}")  # fmt: skip


def _bar(axes: Axes, when: Span, top: float, name: str, **look: Any) -> None:
    axes.add_patch(
        Rectangle((when.start / HOUR, top), (when.end - when.start) / HOUR, THICK, gid=name, **look)
    )


def _note(axes: Axes, place: int, row: Row, words: str) -> None:
    """Right of everything in the row where there is room, else left of it."""
    if not words:
        return
    spans = [*row.attempts, *(Span(hold.start, hold.end) for hold in row.holds), row.actual or row.planned]
    first, last = min(each.start for each in spans) / HOUR, max(each.end for each in spans) / HOUR
    start, end = axes.get_xlim()
    long = (width_of(words, SMALL) + 2 * GAP) / (72 * (WIDTH - LEFT - RIGHT)) * (end - start)
    right = last + long <= end or end - last > first - start
    room = end - last if right else first - start
    words = shortened(words, max(1, int(len(words) * min(1.0, room / long))))
    axes.annotate(words, (last if right else first, place), (GAP if right else -GAP, 0), textcoords="offset points",
                  ha="left" if right else "right", va="center_baseline", fontsize=SMALL, zorder=6,
                  path_effects=HALO, gid=f"note {row.serial}")  # fmt: skip


def _legend(made: Figure, run: Run, found: list[Row]) -> None:
    """What the marks mean, of those that occur; below it who conducts."""
    shown: dict[str, Artist] = {"planned": Patch(facecolor=PAPER, edgecolor=DIM, linewidth=0.8)}
    if any(row.alternates for row in found):
        shown["put off to"] = Patch(facecolor=PAPER, edgecolor=DIM, linewidth=0.8, linestyle=(0, (2, 1.5)))
    for word in RESULTS:
        face, hatch = FACES[word]
        if any(row.result == word and row.actual for row in found):
            shown[word] = Patch(facecolor=face, hatch=hatch, edgecolor=PAPER if hatch else face, linewidth=0)
    if any(row.result == "cancelled" for row in found):
        shown["cancelled"] = Line2D([], [], marker="X", color=INK, markersize=7, linestyle="none")
    if any(row.holds for row in found):
        shown["on hold"] = Patch(facecolor=PAPER, edgecolor=INK, linewidth=0.8, hatch=WAIT)
    if nights(run):
        shown["night"] = Patch(facecolor=NIGHT)
    if any(sight(spell.visibility) == "fog" for spell in spells(run)):
        shown["fog"] = Patch(facecolor=PAPER, edgecolor=FOG, hatch="....", linewidth=0)
    colours, marks = force_colours(run), force_marks(run)
    forces = {
        f"conducted by {run.plan.forces[name].name}": Line2D([], [], marker=marks[name], color=colours[name], markersize=5, linestyle="none")
        for name in colours
        if any(row.force == name for row in found)
    }  # fmt: skip
    for entries, up in ((shown, 0.38), (forces, 0.12)):
        made.legend(list(entries.values()), list(entries), loc="lower left", ncols=len(entries), fontsize=SMALL,
                    bbox_to_anchor=(LEFT / WIDTH, up / made.get_figheight()), borderaxespad=0, borderpad=0,
                    handlelength=2.2, columnspacing=1.6)  # fmt: skip
