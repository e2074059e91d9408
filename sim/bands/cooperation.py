"""How cooperation grew in many runs: the share of possible pairs across navies, new pairs by day, and the pairs that never fail to form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.bands._bands import WORDS, band, foot, grid, nothing, sheet, spread, stairs, timed
from sim.measures._pairs import Pair
from sim.plots._style import DIM, FAINT, INK, PAPER, SMALL, TEXT, shortened, styled
from sim.plots.cooperation import BRIDGE, growth, network, new_by_day
from sim.runs import Run

WIDTH, HEIGHT = 13.5, 7.2  # inches
PANEL, DAYS, PAIRS = (
    (1.55, 4.15, 6.4, 2.0),
    (1.55, 0.8, 6.4, 2.2),
    (10.75, 0.8, 2.45, 5.35),
)  # inches: left, bottom, width, height
MOST = 24  # pairs listed


def across(runs: Sequence[Run]) -> dict[Pair, float]:
    """In which share of the runs each pair of two navies worked together, the steadiest first."""
    counts = Counter(pair for run in runs for pair in sorted(network(run).across))
    ordered = sorted(counts, key=lambda pair: (-counts[pair], pair))
    return {pair: counts[pair] / len(runs) for pair in ordered}


@styled
def draw(runs: Sequence[Run]) -> Figure:
    """Growth above, days below, pairs at the right."""
    pairs = across(runs)
    if not pairs:
        return nothing(runs, "cooperation", "In none of these runs two units of two navies worked together.")
    made = sheet(runs, "cooperation", WIDTH, HEIGHT)
    axes = [made.add_axes((left / WIDTH, low / HEIGHT, wide / WIDTH, high / HEIGHT), label=name)
            for name, (left, low, wide, high) in (("growth", PANEL), ("new", DAYS), ("pairs", PAIRS))]  # fmt: skip
    _growth(axes[0], runs)
    _days(axes[1], runs)
    _pairs(axes[2], pairs)
    foot(made, f"{WORDS} Bars: the middle of the runs; whiskers: nine in ten.")
    return made


def _growth(axes: Axes, runs: Sequence[Run]) -> None:
    times = grid(runs[0])
    values = []
    for run in runs:
        found = growth(run)
        values.append(100 * stairs(np.array(found) if found else None, times))
    timed(axes, runs[0], "Pairs of two navies that have worked together", "% of possible pairs")
    cuts = band(axes, times, values, BRIDGE, "growth")
    axes.set_ylim(0, max(1.0, 1.15 * float(cuts[4].max())))
    axes.annotate(f"{cuts[2, -1]:.0f} %", (1, cuts[2, -1]), (4, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
                  va="center", fontsize=SMALL, color=BRIDGE, weight="bold")  # fmt: skip


def _days(axes: Axes, runs: Sequence[Run]) -> None:
    told = [new_by_day(run) for run in runs]
    days = list(told[0])
    for side, kind, colour, hatch in ((-0.2, "across", BRIDGE, ""), (0.2, "within", PAPER, "////")):
        for place, day in enumerate(days):
            found = spread(each[day][kind] for each in told)
            assert found is not None
            axes.bar([place + side], [found.middle], width=0.38, facecolor=colour, edgecolor=DIM if hatch else colour, hatch=hatch, zorder=3,
                     label={"across": "between navies", "within": "within a navy"}[kind] if not place else None, gid=f"new {kind}")  # fmt: skip
            axes.errorbar([place + side], [found.middle], yerr=[[found.middle - found.least], [found.most - found.middle]], ecolor=INK, capsize=3,
                          linewidth=1, fmt="none", zorder=4)  # fmt: skip
    axes.set_xticks(range(len(days)), days, fontsize=SMALL)
    axes.set_ylabel("pairs", fontsize=SMALL)
    axes.locator_params(axis="y", integer=True, nbins=6)
    axes.tick_params(axis="y", labelsize=SMALL)
    axes.tick_params(axis="x", length=0)
    axes.grid(axis="y", color=FAINT, linewidth=0.4)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_title(
        "Pairs that worked together for the first time, by day", fontsize=TEXT, loc="left", weight="bold"
    )
    axes.legend(fontsize=SMALL, loc="upper right")


def _pairs(axes: Axes, pairs: dict[Pair, float]) -> None:
    shown = list(pairs.items())[:MOST]
    axes.barh(range(len(shown)), [100 * share for _, share in shown], color=BRIDGE, height=0.7, gid="pairs")
    axes.set(ylim=(max(len(shown), 8) - 0.5, -0.5), xlim=(0, 100))
    axes.set_yticks(
        range(len(shown)),
        [f"{shortened(one, 18)} – {shortened(other, 18)}" for (one, other), _ in shown],
        fontsize=SMALL - 1,
    )
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", labelsize=SMALL)
    axes.set_xlabel("% of runs", fontsize=SMALL)
    axes.spines[["top", "right"]].set_visible(False)
    more = f", the first {MOST} of {len(pairs)}" if len(pairs) > MOST else ""
    axes.set_title(f"In how many runs a pair formed{more}", fontsize=TEXT, loc="right", weight="bold")
