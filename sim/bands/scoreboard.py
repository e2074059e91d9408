"""The scoreboard of many runs: the mean score of each unit in each drill, and how much it spreads from run to run."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, isnan, nan, sqrt
from typing import NamedTuple

import numpy as np
from matplotlib import colormaps
from matplotlib.figure import Figure

from sim.bands._bands import foot, nothing, sheet
from sim.plots._style import (
    INK,
    PAPER,
    SMALL,
    TEXT,
    force_colours,
    force_marks,
    forces_legend,
    shortened,
    styled,
)
from sim.plots.scoreboard import DARK, SHADES, board, scale
from sim.runs import Run
from sim.scenario.roles import Enlisted, muster

CELL, ROW = 0.62, 0.3  # inches, width and height of a cell
LEFT, RIGHT, TOP, BOTTOM = 2.0, 1.6, 2.15, 0.85  # inches


class Cell(NamedTuple):
    """A unit in a drill over the runs in which it took part. spread: the standard deviation of its scores; not a number of a single one."""

    mean: float
    spread: float
    runs: int


class Boards(NamedTuple):
    """All cells, units in the order of the file, drills in that of the schedule."""

    units: tuple[Enlisted, ...]
    drills: tuple[str, ...]
    cells: dict[tuple[str, str], Cell]


def boards(runs: Sequence[Run]) -> Boards:
    """The cells of many runs."""
    scores: dict[tuple[str, str], list[float]] = {}
    for run in runs:
        for key, score in board(run).scores.items():
            if not isnan(score):
                scores.setdefault(key, []).append(score)
    known, drills = {name for name, _ in scores}, {drill for _, drill in scores}
    plan = runs[0].plan
    return Boards(tuple(unit for unit in muster(plan) if unit.name in known),
                  tuple(dict.fromkeys(each.drill for each in plan.serials if each.drill in drills)),
                  {key: _cell(each) for key, each in scores.items()})  # fmt: skip


def _said(cell: Cell) -> str:
    return f"{cell.mean:.2f}\n" + ("1 run" if cell.runs == 1 else f"± {cell.spread:.2f}")


def _cell(values: list[float]) -> Cell:
    mean = fsum(values) / len(values)
    if len(values) < 2:
        return Cell(mean, nan, len(values))
    return Cell(mean, sqrt(fsum((value - mean) ** 2 for value in values) / (len(values) - 1)), len(values))


@styled
def draw(runs: Sequence[Run]) -> Figure:
    """Units down, drills across; shade and upper number are the mean, the lower number is the spread."""
    found = boards(runs)
    if not found.cells:
        return nothing(runs, "scoreboard", "No unit took part in a serial of these runs.")
    wide, high = CELL * len(found.drills), ROW * len(found.units)
    width, height = max(9.0, LEFT + wide + RIGHT), TOP + high + BOTTOM
    made = sheet(runs, "scoreboard", width, height)
    axes = made.add_axes((LEFT / width, BOTTOM / height, wide / width, high / height), label="scoreboard")
    means = np.full((len(found.units), len(found.drills)), np.nan)
    colours, marks = force_colours(runs[0]), force_marks(runs[0])
    for row, unit in enumerate(found.units):
        for column, drill in enumerate(found.drills):
            cell = found.cells.get((unit.name, drill))
            if cell is not None:
                means[row, column] = cell.mean
                axes.text(column + 0.5, row + 0.5, _said(cell), ha="center", va="center", fontsize=SMALL - 1.5,
                          linespacing=1.05, color=PAPER if cell.mean <= DARK else INK, gid=f"cell {unit.name} {drill}")  # fmt: skip
        axes.plot(
            [-0.15],
            [row + 0.5],
            marker=marks[unit.force],
            color=colours[unit.force],
            markersize=4.5,
            clip_on=False,
        )
    axes.pcolormesh(np.arange(len(found.drills) + 1), np.arange(len(found.units) + 1), np.ma.masked_invalid(means), cmap=colormaps[SHADES],
                    vmin=0, vmax=1, edgecolors=PAPER, linewidth=1.0, gid="scores")  # fmt: skip
    axes.set(xlim=(0, len(found.drills)), ylim=(len(found.units), 0))
    axes.xaxis.tick_top()
    axes.set_xticks(np.arange(len(found.drills)) + 0.5, [drill.replace("-", " ") for drill in found.drills], rotation=55, ha="left",
                    rotation_mode="anchor", fontsize=TEXT)  # fmt: skip
    axes.set_yticks(
        np.arange(len(found.units)) + 0.5, [shortened(unit.name, 22) for unit in found.units], fontsize=TEXT
    )
    axes.tick_params(length=0, pad=4)
    axes.tick_params(axis="y", pad=14)
    for unit, label in zip(found.units, axes.get_yticklabels(), strict=True):
        label.set_color(colours[unit.force])
    axes.spines[:].set_visible(False)
    scale(made, (LEFT + wide + 0.25, BOTTOM), min(high, 3.2))
    forces_legend(made, runs[0], (0.2, 0.42), marks)
    foot(
        made,
        "Above: mean score over the runs in which the unit took part, also the shade. Below: standard deviation from run to run, where there is more than one.",
    )
    return made
