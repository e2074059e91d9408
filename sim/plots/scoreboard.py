"""The scoreboard as a heat map: how well the serials of each drill went in which a unit took part."""

from __future__ import annotations

from math import fsum, isnan
from typing import NamedTuple

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.measures.score import MARKS
from sim.plots._style import (
    DIM,
    FAINT,
    INK,
    PAPER,
    SMALL,
    TEXT,
    figure,
    force_colours,
    force_marks,
    forces_legend,
    headline,
    nothing,
    shortened,
    styled,
)
from sim.runs import Run
from sim.scenario.roles import Enlisted, muster

CELL, ROW = 0.46, 0.215  # inches, width and height of a cell
LEFT, RIGHT, TOP, BOTTOM = 2.0, 1.6, 2.15, 0.85  # inches around the cells
SHADES = "cividis"  # even in lightness, and alike to those who see no red or no green
DARK = 0.55  # score up to which a shade takes light letters
GONE = "\N{MULTIPLICATION SIGN}"  # told off for a drill, and dropped out


class Board(NamedTuple):
    """Mean score by unit and drill. gone: who was told off for a drill and never took part in it."""

    units: tuple[Enlisted, ...]
    drills: tuple[str, ...]
    scores: dict[tuple[str, str], float]
    gone: frozenset[tuple[str, str]]

    def of(self, unit: str) -> float:
        """The mean of a unit over its drills; not a number without any."""
        return _mean([score for (name, _), score in self.scores.items() if name == unit])


def board(run: Run) -> Board:
    """Who took part in what, and how it went; units in the order of the file, drills in that of the schedule."""
    scores = run.measures("score")["score"]
    found: dict[tuple[str, str], list[float]] = {}
    gone: set[tuple[str, str]] = set()
    taking: dict[tuple[str, str], None] = {}
    for record in run.log.of("assigned", "dropped-out"):
        key = record.unit or "", record.serial or ""
        if record.kind == "assigned":
            taking[key] = None
        elif key in taking:
            del taking[key]
            gone.add((key[0], run.serial(key[1]).drill))
    for unit, serial in taking:
        if serial in scores:
            found.setdefault((unit, run.serial(serial).drill), []).append(scores[serial])
    known = {name for name, _ in [*found, *gone]}
    drills = {drill for _, drill in [*found, *gone]}
    return Board(
        tuple(unit for unit in muster(run.plan) if unit.name in known),
        tuple(dict.fromkeys(each.drill for each in run.plan.serials if each.drill in drills)),
        {key: _mean(each) for key, each in found.items()},
        frozenset(gone - set(found)),
    )


@styled
def draw(run: Run) -> Figure:
    """Units down, drills across; shade and number are the mean score."""
    found = board(run)
    if not found.scores:
        return nothing(run, "scoreboard", "No unit took part in a serial of this run.")
    wide, high = CELL * (len(found.drills) + 1), ROW * len(found.units)
    width, height = max(9.0, LEFT + wide + RIGHT), TOP + high + BOTTOM
    made = figure(width, height)
    axes = made.add_axes((LEFT / width, BOTTOM / height, wide / width, high / height), label="scoreboard")
    _cells(axes, found)
    _names(axes, run, found)
    scale(made, (LEFT + wide + 0.25, BOTTOM), min(high, 3.2))
    forces_legend(made, run, (0.2, 0.42), force_marks(run))
    made.text(0.2 / width, 0.16 / height, f"Number and shade: mean score of the serials of a drill in which a unit took part. {GONE} told off for it and "
              "dropped out.", fontsize=SMALL, color=DIM)  # fmt: skip
    headline(made, run, "scoreboard")
    return made


def scale(made: Figure, place: tuple[float, float], high: float) -> None:
    """The bar of shades with the words of the rubric. place, high: inches from the lower left, and of height."""
    width, height = made.get_size_inches()
    bar = made.add_axes((place[0] / width, place[1] / height, 0.14 / width, high / height), label="scale")
    bar.imshow(
        np.linspace(0, 1, 128)[:, None], cmap=SHADES, origin="lower", extent=(0, 1, 0, 1), aspect="auto"
    )
    bar.set_xticks([])
    bar.yaxis.tick_right()
    bar.set_yticks([least for least, _ in MARKS], [f"{least:g} {word}" for least, word in MARKS],
                   fontsize=SMALL - 1)  # fmt: skip
    bar.tick_params(length=2, pad=2)


def _cells(axes: Axes, found: Board) -> None:
    down, across = len(found.units), len(found.drills)
    grid = np.full((down, across + 1), np.nan)
    for row, unit in enumerate(found.units):
        for column, drill in enumerate(found.drills):
            grid[row, column] = found.scores.get((unit.name, drill), np.nan)
            if (unit.name, drill) in found.gone:
                axes.text(column + 0.5, row + 0.52, GONE, ha="center", va="center_baseline", fontsize=SMALL, color=DIM,
                          gid="gone")  # fmt: skip
        grid[row, across] = found.of(unit.name)
    axes.pcolormesh(np.arange(across + 2), np.arange(down + 1), np.ma.masked_invalid(grid), cmap=colormaps[SHADES],
                    vmin=0, vmax=1, edgecolors=PAPER, linewidth=1.0, gid="scores")  # fmt: skip
    for row, column in np.argwhere(~np.isnan(grid)):
        score = grid[row, column]
        axes.text(column + 0.5, row + 0.5, f"{score:.2f}".replace("0.", "."), ha="center", va="center", fontsize=SMALL - 0.5,
                  color=PAPER if score <= DARK else INK, weight="bold" if column == across else "normal")  # fmt: skip
    axes.axvline(across, color=PAPER, linewidth=4)
    axes.set(xlim=(0, across + 1), ylim=(down, 0))
    axes.spines[:].set_visible(False)


def _names(axes: Axes, run: Run, found: Board) -> None:
    """Drills above, units at the left in the colour and with the mark of their force, forces parted by a line."""
    colours, marks = force_colours(run), force_marks(run)
    axes.xaxis.tick_top()
    names = [drill.replace("-", " ") for drill in found.drills] + ["mean"]
    axes.set_xticks(
        np.arange(len(names)) + 0.5, names, rotation=55, ha="left", rotation_mode="anchor", fontsize=TEXT
    )
    axes.set_yticks(
        np.arange(len(found.units)) + 0.5, [shortened(unit.name, 22) for unit in found.units], fontsize=TEXT
    )
    axes.tick_params(length=0, pad=4)
    axes.tick_params(axis="y", pad=14)
    for row, (unit, label) in enumerate(zip(found.units, axes.get_yticklabels(), strict=True)):
        label.set_color(colours[unit.force])
        axes.plot(
            [-0.2],
            [row + 0.5],
            marker=marks[unit.force],
            color=colours[unit.force],
            markersize=4.5,
            clip_on=False,
        )
        if row and found.units[row - 1].force != unit.force:
            axes.axhline(row, color=FAINT, linewidth=1.0)


def _mean(values: list[float]) -> float:
    real = [value for value in values if not isnan(value)]
    return fsum(real) / len(real) if real else float("nan")
