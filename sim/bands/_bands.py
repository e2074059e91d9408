"""What pictures of many runs have in common: courses on one grid of time, bands of quantiles, headline and legend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import isnan
from typing import Any, NamedTuple

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from numpy.typing import NDArray

from sim.estimates import quantile
from sim.plots._clock import clock, nights
from sim.plots._style import DIM, FAINT, NIGHT, SMALL, TEXT, TITLE, figure
from sim.quantities import HOUR
from sim.runs import Run

CUTS = (0.05, 0.25, 0.5, 0.75, 0.95)  # of the runs
EVERY = 900.0  # s between two places of a band
OUTER, INNER = 0.18, 0.38  # how dark the two bands are
WORDS = "Line: half of the runs are below; dark: the middle half; pale: nine in ten of them."


class Spread(NamedTuple):
    """How one number spreads over runs: its quantiles at CUTS, and of how many runs."""

    least: float
    low: float
    middle: float
    high: float
    most: float
    runs: int


def spread(values: Iterable[float]) -> Spread | None:
    """The spread of what is a number; None of nothing."""
    real = [value for value in values if not isnan(value)]
    if not real:
        return None
    least, low, middle, high, most = (quantile(real, share) for share in CUTS)
    return Spread(least, low, middle, high, most, len(real))


def grid(run: Run) -> NDArray[np.float64]:
    """Times at which bands are drawn, s, from the beginning to the end of the exercise."""
    return np.linspace(0.0, run.plan.length, round(run.plan.length / EVERY) + 1)


def stairs(course: NDArray[np.float64] | None, times: NDArray[np.float64]) -> NDArray[np.float64]:
    """A course (n, 2) of time and value that keeps each value until the next, at some times; nothing is 0."""
    if course is None:
        return np.zeros_like(times)
    place = np.searchsorted(course[:, 0], times, side="right") - 1
    return np.where(place >= 0, course[np.maximum(place, 0), 1], 0.0)


def slopes(course: NDArray[np.float64], times: NDArray[np.float64]) -> NDArray[np.float64]:
    """A course that is straight between its places, at some times; level before the first and after the last."""
    return np.interp(times, course[:, 0], course[:, 1])


def quantiles(values: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Of the runs at each time, a row for each of CUTS; observed values, as `sim.estimates.quantile` has it."""
    found: NDArray[np.float64] = np.quantile(np.array(values), CUTS, axis=0, method="inverted_cdf")
    return found


def band(
    axes: Axes,
    times: NDArray[np.float64],
    values: Sequence[NDArray[np.float64]],
    colour: str,
    name: str,
    **look: Any,
) -> NDArray[np.float64]:
    """Two bands and the line of the middle against the hours; gives the quantiles."""
    cuts = quantiles(values)
    hours = times / HOUR
    for low, high, dark, gid in ((0, 4, OUTER, "outer"), (1, 3, INNER, "inner")):
        axes.fill_between(
            hours, cuts[low], cuts[high], color=colour, alpha=dark, linewidth=0, zorder=2, gid=f"{gid} {name}"
        )
    axes.plot(hours, cuts[2], color=colour, linewidth=1.4, zorder=3, gid=f"middle {name}", **look)
    return cuts


def timed(axes: Axes, run: Run, title: str = "", unit: str = "", named: bool = True) -> None:
    """Axes with the clock of the exercise and its nights, the same in all runs. named: with the zone of the clock."""
    clock(axes, run, named)
    for night in nights(run):
        axes.axvspan(night.start / HOUR, night.end / HOUR, color=NIGHT, linewidth=0, zorder=0, gid="night")
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color=FAINT, linewidth=0.4)
    axes.tick_params(axis="y", labelsize=SMALL)
    axes.set_ylabel(unit, fontsize=SMALL)
    if title:
        axes.annotate(
            title,
            (0, 1),
            (0, 4),
            xycoords="axes fraction",
            textcoords="offset points",
            weight="bold",
            fontsize=TEXT,
        )


def sheet(runs: Sequence[Run], what: str, width: float, height: float) -> Figure:
    """An empty figure with the exercise, what is shown, and how many runs of which seed. width, height: inches."""
    made = figure(width, height)
    made.text(
        0.2 / width,
        1 - 0.16 / height,
        f"{runs[0].plan.exercise}: {what}",
        fontsize=TITLE,
        weight="bold",
        va="top",
    )
    made.text(0.2 / width, 1 - 0.46 / height, counted(runs), fontsize=TEXT + 1, color=DIM, va="top")
    return made


def counted(runs: Sequence[Run]) -> str:
    """How many runs there are, of which seeds, and how many of their serials were completed."""
    seeds = list(dict.fromkeys(run.seed for run in runs))
    named = f"seed {seeds[0]}" if len(seeds) == 1 else f"{len(seeds)} seeds"
    results = Counter(record.details["result"] for run in runs for record in run.outcomes.values())
    told = sum(results.values())
    share = f", {results['completed'] / told:.0%} of their serials completed" if told else ""
    return f"{len(runs)} run{'s' * (len(runs) > 1)} of {named}{share}"


def nothing(runs: Sequence[Run], what: str, words: str) -> Figure:
    """A picture of runs that have none of the records it is drawn from: says so in a sentence."""
    made = sheet(runs, what, 9.0, 2.4)
    made.text(0.5, 0.4, words, ha="center", va="center", fontsize=TEXT + 2, color=DIM, gid="nothing")
    return made


def foot(made: Figure, words: str, up: float = 0.12) -> None:
    """A line at the foot. up: inches."""
    width, height = made.get_size_inches()
    made.text(0.2 / width, up / height, words, fontsize=SMALL, color=DIM)


def band_legend(colour: str, **look: Any) -> dict[str, Artist]:
    """What line and bands mean. look: of the line."""
    return {
        "half of the runs below": Line2D([], [], color=colour, linewidth=1.4, **look),
        "middle half": Patch(facecolor=colour, alpha=OUTER + INNER, linewidth=0),
        "nine in ten": Patch(facecolor=colour, alpha=OUTER, linewidth=0),
    }


def legend(made: Figure, shown: dict[str, Artist], up: float, left: float = 0.2) -> None:
    """A row of entries. up, left: inches from the lower left."""
    width, height = made.get_size_inches()
    made.legend(list(shown.values()), list(shown), loc="lower left", ncols=len(shown), fontsize=SMALL, borderaxespad=0, borderpad=0,
                bbox_to_anchor=(left / width, up / height), columnspacing=1.5)  # fmt: skip
