"""Bars of many replications: how often each serial drove the end, and how late it began."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib import style
from matplotlib.figure import Figure

from sim.estimates import quantile
from sim.plots._style import DIM, FAINT, FORCES, INK, LOOK, PAPER, SMALL, TITLE, figure

if TYPE_CHECKING:
    from collections.abc import Sequence


BLUE, RED = FORCES[:2]
CUTS = (0.05, 0.25, 0.5, 0.75, 0.95)


def draw(title: str, count: int, seed: int, serials: Sequence[Any]) -> Figure:
    """serials: as `sim.summary.serials` gives them. A line for each serial: criticality with its 95 % interval, and lateness at COMEX, half of the runs and nine in ten of them."""
    told = serials[::-1]
    with style.context(["default", LOOK]):
        made = figure(10.5, 1.6 + 0.27 * len(told))
        tall = float(made.get_size_inches()[1])
        made.suptitle(
            title,
            x=0.02,
            y=1 - 0.15 / tall,
            ha="left",
            va="top",
            fontsize=TITLE,
            fontweight="bold",
            color=INK,
        )
        made.text(0.02, 1 - 0.5 / tall, f"{count} replications, seed {seed}. Left: share of runs in which a serial drove the end of the exercise, by the "
                  "causes in the log, with its 95 % interval.\nRight: red, half of the runs are no later; box, the middle half; line, 5 to 95 %.", ha="left", va="top", fontsize=SMALL, color=DIM)  # fmt: skip
        left, right = made.subplots(1, 2, sharey=True)
        for at, each in enumerate(told):
            one = each.critical
            if one.count:
                left.barh(at, 100 * one.value, height=0.6, color=BLUE)
                left.errorbar(
                    [100 * one.value],
                    [at],
                    xerr=[[100 * (one.value - one.low)], [100 * (one.high - one.value)]],
                    fmt="none",
                    ecolor=INK,
                    capsize=2,
                )
        for at, each in enumerate(told):
            if each.lateness:
                least, low, middle, high, most = (quantile(each.lateness, share) for share in CUTS)
                right.hlines(at, least, most, color=BLUE, linewidth=1.2)
                right.barh(at, high - low, left=low, height=0.5, color=PAPER, edgecolor=BLUE, zorder=2)
                right.plot([middle, middle], [at - 0.25, at + 0.25], color=RED, linewidth=2.0, zorder=3)
        left.set_yticks(range(len(told)), [f"{each.number}  {each.title}" for each in told], fontsize=8)
        left.set_xlabel("critical, % of runs")
        right.set_xlabel("late at COMEX, min")
        right.set_xscale("symlog", linthresh=15)
        for axes in (left, right):
            axes.spines[["top", "right"]].set_visible(False)
            axes.grid(axis="x", color=FAINT, linewidth=0.6)
            axes.set_axisbelow(True)
        ticks = [0, 5, 15, 60, 240, 1440]
        right.set_xlim(
            left=min(-0.5, right.get_xlim()[0])
            if any(min(each.lateness, default=0.0) < 0.0 for each in told)
            else -0.5
        )
        right.set_xticks(ticks, [str(tick) for tick in ticks])
        made.subplots_adjust(left=0.3, right=0.98, top=1 - 1.05 / tall, bottom=0.55 / tall, wspace=0.08)
    return made
