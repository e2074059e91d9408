"""What ships had left in bunkers and magazines as time went on, in many runs: a panel for each ship."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.bands._bands import band, band_legend, grid, legend, nothing, sheet, slopes, stairs, timed
from sim.plots._clock import zone
from sim.plots._style import DIM, FORCES, SMALL, force_colours, styled
from sim.plots.fuel_and_ammunition import bunkers, magazines
from sim.runs import Run
from sim.scenario.roles import muster

ACROSS, WIDE, HIGH = 3, 4.6, 2.15  # panels abreast; inches of a panel with its words
LEFT, TOP, BOTTOM = 0.62, 0.95, 0.5  # inches
FUEL, ROUNDS = FORCES[0], FORCES[3]
DASHED = (0, (4, 1.5))

Courses = dict[str, list[NDArray[np.float64]]]


def courses(runs: Sequence[Run]) -> tuple[Courses, Courses]:
    """The shares of fuel and of rounds left of each ship at the times of the grid, one row a run; of rounds where any run fired some."""
    times = grid(runs[0])
    fuel: Courses = {}
    fired = dict.fromkeys(stock.unit for run in runs for stock in magazines(run))
    rounds: Courses = {name: [] for name in fired}
    for run in runs:
        for stock in bunkers(run):
            fuel.setdefault(stock.unit, []).append(slopes(stock.course, times))
        left = {stock.unit: stairs(stock.course, times) for stock in magazines(run)}
        for name in fired:
            rounds[name].append(left.get(name, np.ones_like(times)))  # who fired nothing has all
    return fuel, rounds


@styled
def draw(runs: Sequence[Run]) -> Figure:
    """A panel for each ship, forces in the order of the file: fuel solid, ammunition dashed."""
    fuel, rounds = courses(runs)
    shown = [unit for unit in muster(runs[0].plan) if unit.name in fuel or unit.name in rounds]
    if not shown:
        return nothing(
            runs,
            "fuel and ammunition",
            "No unit of these runs keeps account of fuel, and none fired a round.",
        )
    columns = min(ACROSS, len(shown))
    lines = ceil(len(shown) / columns)
    width, height = max(9.0, WIDE * columns + 0.2), TOP + HIGH * lines + BOTTOM
    made = sheet(runs, "fuel and ammunition", width, height)
    colours, times = force_colours(runs[0]), grid(runs[0])
    for place, unit in enumerate(shown):
        row, column = divmod(place, columns)
        left, low = column * WIDE + LEFT, height - TOP - (row + 1) * HIGH + 0.55
        axes = made.add_axes(
            (left / width, low / height, (WIDE - LEFT - 0.1) / width, (HIGH - 0.8) / height), label=unit.name
        )
        timed(axes, runs[0], unit="% left", named=False)
        axes.set_ylim(0, 103)
        axes.set_title(
            unit.name, loc="left", fontsize=SMALL + 1, weight="bold", color=colours[unit.force], pad=3
        )
        for name, found, colour, stroke in (
            ("fuel", fuel, FUEL, "-"),
            ("ammunition", rounds, ROUNDS, DASHED),
        ):
            if unit.name in found:
                cuts = band(
                    axes,
                    times,
                    [100 * each for each in found[unit.name]],
                    colour,
                    f"{name} {unit.name}",
                    linestyle=stroke,
                )
                axes.annotate(f"{cuts[2, -1]:.0f}", (1, cuts[2, -1]), (2, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
                              fontsize=SMALL - 1, color=colour, va="center_baseline")  # fmt: skip
    entries = {f"fuel: {key}": each for key, each in band_legend(FUEL).items()}
    if rounds:
        entries |= {f"ammunition: {key}": each for key, each in band_legend(ROUNDS, linestyle=DASHED).items()}
    legend(made, entries, 0.16)
    made.text(0.2 / width, 1 - 0.68 / height, f"Bunkers in % of capacity, magazines in % of rounds carried, by {zone(runs[0])}; the number at the right is the middle at the end.",
              fontsize=SMALL, color=DIM, va="top")  # fmt: skip
    return made
