"""What ships had in bunkers and magazines as the exercise went on, and who took fuel over when."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from sim.plots._clock import clock, shade
from sim.plots._columns import spread
from sim.plots._style import (
    DIM,
    FAINT,
    PAPER,
    SMALL,
    figure,
    force_colours,
    force_marks,
    forces_legend,
    headline,
    nothing,
    shortened,
    styled,
)
from sim.quantities import HOUR
from sim.runs import Run
from sim.scenario.roles import muster

WIDTH, PANEL = 13.0, 3.4  # inches
LEFT, RIGHT, TOP, BETWEEN, BOTTOM = 1.3, 2.1, 1.0, 0.7, 0.85  # inches
STROKES: tuple[Any, ...] = (
    "-",
    (0, (5, 1.5)),
    (0, (1.2, 1.2)),
    (0, (6, 1.5, 1.2, 1.5)),
    (0, (3, 1, 1, 1, 1, 1)),
)
TOLD = 6  # transfers told in words
APART = 0.05  # of a panel's height, between two names


class Stock(NamedTuple):
    """What a unit had left. course: (n, 2) of time s and share."""

    unit: str
    force: str
    course: NDArray[np.float64]


def bunkers(run: Run) -> list[Stock]:
    """Fuel over capacity at each record of it and while fuel is taken over, units in the order of the file."""
    found: dict[str, list[tuple[float, float]]] = {}
    taken: dict[str, tuple[float, float, float]] = {}
    for record in run.log.of("fuel", "transfer"):
        unit, told = record.unit or "", record.details
        if record.kind == "transfer":
            taken[unit] = record.time - 60 * told["minutes"], record.time, told["fuel_t"]
        elif told["capacity_t"] > 0:
            stop = record.time, told["fuel_t"] / told["capacity_t"]
            mine = found.setdefault(unit, [])
            if unit in taken and mine:
                begin, end, tonnes = taken.pop(unit)
                mine += _pumped(mine[-1], stop, begin, end, tonnes / told["capacity_t"])
            mine.append(stop)
    return [
        Stock(unit.name, unit.force, np.array(found[unit.name]))
        for unit in muster(run.plan)
        if unit.name in found
    ]


def _pumped(
    before: tuple[float, float], after: tuple[float, float], begin: float, end: float, taken: float
) -> list[tuple[float, float]]:
    """Where a ship stood when the hose was connected and when it was let go, if she burns evenly between two records."""
    began = max(begin, before[0])
    rate = (before[1] + taken - after[1]) / max(1.0, after[0] - before[0])
    return [
        (began, before[1] - rate * (began - before[0])),
        (end, before[1] + taken - rate * (end - before[0])),
    ]


def magazines(run: Run) -> list[Stock]:
    """Rounds left over rounds carried, all guns together, of every unit that fired; from the beginning to the end."""
    fired: dict[str, list[tuple[float, int]]] = {}
    for record in run.log.of("round", "shore-round", "burst", "shots", "warning-shots"):
        fired.setdefault(record.unit or "", []).append((record.time, record.details.get("rounds", 1)))
    found = []
    for unit in muster(run.plan):
        carried = sum(gun.mounts.whole * gun.magazine.whole for gun in unit.platform.guns)
        if unit.name in fired and carried:
            times, rounds = zip(*fired[unit.name], strict=True)
            left = 1 - np.concatenate([[0], np.cumsum(rounds)]) / carried
            course = np.column_stack([[0.0, *times], left])
            found.append(Stock(unit.name, unit.force, np.vstack([course, [run.plan.length, left[-1]]])))
    return found


@styled
def draw(run: Run) -> Figure:
    """Bunkers above, magazines below; each line ends in the ship's name."""
    fuel, rounds = bunkers(run), magazines(run)
    panels = [each for each in (("fuel", fuel), ("ammunition", rounds)) if each[1]]
    if not panels:
        return nothing(
            run, "fuel and ammunition", "No unit of this run keeps account of fuel, and none fired a round."
        )
    height = TOP + len(panels) * PANEL + (len(panels) - 1) * BETWEEN + BOTTOM
    made = figure(WIDTH, height)
    for place, (name, found) in enumerate(panels):
        low = height - TOP - (place + 1) * PANEL - place * BETWEEN
        axes = made.add_axes(
            (LEFT / WIDTH, low / height, (WIDTH - LEFT - RIGHT) / WIDTH, PANEL / height), label=name
        )
        clock(axes, run)
        shade(axes, run)
        _lines(axes, run, name, found)
        if name == "fuel":
            _transfers(axes, run, found)
    forces_legend(made, run, (LEFT, 0.2), force_marks(run))
    headline(made, run, "fuel and ammunition")
    return made


def _lines(axes: Axes, run: Run, name: str, found: list[Stock]) -> None:
    colours, marks = force_colours(run), force_marks(run)
    least = min(stock.course[:, 1].min() for stock in found)
    floor = 0.0 if least < 0.5 else np.floor(least * 10 - 0.2) / 10
    axes.set(ylim=(100 * floor, 103))
    drawn: dict[str, int] = {}
    for stock in found:
        stroke = STROKES[drawn.setdefault(stock.force, 0) % len(STROKES)]
        drawn[stock.force] += 1
        hours, share = stock.course[:, 0] / HOUR, 100 * stock.course[:, 1]
        axes.plot(hours, share, color=colours[stock.force], linestyle=stroke, linewidth=1.3, gid=f"{name} {stock.unit}",
                  drawstyle="steps-post" if name == "ammunition" else "default", zorder=3)  # fmt: skip
        axes.plot(hours[-1:], share[-1:], marker=marks[stock.force], color=colours[stock.force], markersize=4.5,
                  clip_on=False, zorder=4)  # fmt: skip
    ordered = sorted(found, key=lambda stock: -stock.course[-1, 1])
    low, high = axes.get_ylim()
    heights = [(100 * stock.course[-1, 1] - low) / (high - low) for stock in ordered]
    for stock, place in zip(ordered, spread(heights, APART, 0.0, 1.0), strict=True):
        end = stock.course[-1, 0] / HOUR, 100 * stock.course[-1, 1]
        axes.annotate(f"{shortened(stock.unit, 20)} {end[1]:.0f} %", end, (1.02, place), textcoords="axes fraction",
                      fontsize=SMALL, va="center_baseline", color=colours[stock.force], annotation_clip=False,
                      gid=f"name {stock.unit}", arrowprops={"arrowstyle": "-", "color": colours[stock.force],
                      "linewidth": 0.5, "alpha": 0.6, "relpos": (0, 0.5), "shrinkA": 1, "shrinkB": 3})  # fmt: skip
    axes.set_ylabel("bunkers, % of capacity" if name == "fuel" else "magazines, % of rounds carried")
    axes.tick_params(axis="y", labelsize=SMALL)
    axes.grid(axis="y", color=FAINT, linewidth=0.4)
    axes.spines[["top", "right"]].set_visible(False)


def _transfers(axes: Axes, run: Run, found: list[Stock]) -> None:
    """A ring on the line of whoever has taken fuel over, at the time; the amounts in words above."""
    courses = {stock.unit: stock.course for stock in found}
    told = []
    for record in run.log.of("transfer"):
        if record.unit in courses:
            course = courses[record.unit]
            share = 100 * float(np.interp(record.time, course[:, 0], course[:, 1]))
            axes.plot([record.time / HOUR], [share], marker="o", markersize=7, markerfacecolor=PAPER, markeredgecolor=DIM,
                      linestyle="none", zorder=5, gid="transfer")  # fmt: skip
            told.append(f"{record.unit} {record.details['fuel_t']:.0f} t")
    if told:
        more = f" and {len(told) - TOLD} more" if len(told) > TOLD else ""
        ring = Line2D(
            [], [], marker="o", markersize=7, markerfacecolor=PAPER, markeredgecolor=DIM, linestyle="none"
        )
        axes.legend([ring], [f"fuel taken over: {', '.join(told[:TOLD])}{more}"], loc="lower left", bbox_to_anchor=(0, 1.0),
                    fontsize=SMALL, borderaxespad=0, borderpad=0.2)  # fmt: skip
