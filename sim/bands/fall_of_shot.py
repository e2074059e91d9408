"""Where rounds for effect fell in many runs, pooled: a panel for each ship and gun of a shoot."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from sim.bands._bands import foot, legend, nothing, sheet
from sim.plots._style import FAINT, INK, PAPER, SMALL, TEXT, shortened, styled
from sim.plots.fall_of_shot import HIT, MISS, OUTLINE, String, outlined, strings
from sim.runs import Run

WIDE, HIGH, ACROSS = 2.6, 2.85, 5  # inches of a panel with its words, and panels abreast
TOP, BOTTOM, GAP = 0.85, 0.72, (0.5, 0.85)  # inches
SHARE = 0.98  # of the rounds inside a panel
SPARE = 1.1


class Pool(NamedTuple):
    """The rounds of one ship and gun in a serial, over all runs. strings: of how many. size: m, the middle of theirs."""

    serial: str
    unit: str
    gun: str
    strings: int
    size: tuple[float, float]
    is_round: bool
    errors: NDArray[np.float64]
    hits: NDArray[np.bool_]

    @property
    def mean(self) -> NDArray[np.float64]:
        """The mean point of impact, m across and along."""
        found: NDArray[np.float64] = self.errors.mean(axis=0)
        return found


def pools(runs: Sequence[Run]) -> list[Pool]:
    """All that fired for effect, in the order of the plan and of their first round."""
    found: dict[tuple[str, str, str], list[String]] = {}
    for run in runs:
        for string in strings(run):
            if len(string.effect):
                found.setdefault((string.serial, string.unit, string.gun), []).append(string)
    order = {serial.serial: place for place, serial in enumerate(runs[0].plan.serials)}
    made = []
    for (serial, unit, gun), each in sorted(found.items(), key=lambda item: order[item[0][0]]):
        across, along = np.median([string.size for string in each], axis=0)
        made.append(Pool(serial, unit, gun, len(each), (float(across), float(along)), each[0].is_round,
                         np.concatenate([string.effect for string in each]), np.concatenate([string.hits for string in each])))  # fmt: skip
    return made


@styled
def draw(runs: Sequence[Run]) -> Figure:
    """A cloud for each ship and gun; the cross is its middle, the outline what had to be hit."""
    found = pools(runs)
    if not found:
        return nothing(
            runs,
            "fall of shot",
            "No round was fired for effect at a surface target or a mark ashore in these runs.",
        )
    columns = min(ACROSS, len(found))
    lines = ceil(len(found) / columns)
    width, height = max(9.0, WIDE * columns + 0.25), TOP + HIGH * lines + BOTTOM
    made = sheet(runs, "fall of shot", width, height)
    for place, pool in enumerate(found):
        row, column = divmod(place, columns)
        left, low = 0.2 + column * WIDE + GAP[0], height - TOP - (row + 1) * HIGH + GAP[1] - 0.25
        axes = made.add_axes((left / width, low / height, (WIDE - GAP[0] - 0.12) / width, (HIGH - GAP[1] - 0.05) / height),
                             label=f"{pool.serial} {pool.unit} {pool.gun}")  # fmt: skip
        _panel(axes, pool, _reach([each for each in found if each.is_round == pool.is_round]))
        axes.set_ylabel("over (+), short (−), m" if column == 0 else "", fontsize=SMALL)
        axes.set_xlabel("left (−), right (+), m", fontsize=SMALL, labelpad=1)
    legend(made, {"hit or inside": Line2D([], [], marker="o", color=HIT, linestyle="none", markersize=4),
                  "miss": Line2D([], [], marker="x", color=MISS, linestyle="none", markersize=4),
                  "mean point of impact": Line2D([], [], marker="P", color=INK, markeredgecolor=PAPER, linestyle="none", markersize=8),
                  "target by danger space, or standard about a mark": Patch(facecolor=f"{OUTLINE}33", edgecolor=OUTLINE, linewidth=1.4)}, 0.32)  # fmt: skip
    foot(
        made,
        f"Rounds for effect of all runs. Line of fire upwards; the two scales of a panel differ; {SHARE:.0%} of the rounds are on the panels.",
    )
    return made


def _reach(found: list[Pool]) -> tuple[float, float]:
    """Half the width and height of panels of one kind of shoot: all but a few rounds and every outline are inside."""
    errors = np.abs(np.concatenate([each.errors for each in found]))
    sizes = np.array([each.size for each in found]).max(axis=0) / 2
    across, along = SPARE * np.maximum(np.quantile(errors, SHARE, axis=0), sizes)
    return float(across), float(along)


def _panel(axes: Axes, pool: Pool, reach: tuple[float, float]) -> None:
    across, along = reach
    outlined(axes, pool.size, pool.is_round)
    axes.axhline(0, color=FAINT, linewidth=0.6, zorder=1)
    axes.axvline(0, color=FAINT, linewidth=0.6, zorder=1)
    dark = float(np.clip(60 / len(pool.errors), 0.08, 0.7))  # the paler the more there are
    axes.plot(
        *pool.errors[~pool.hits].T,
        marker="x",
        color=MISS,
        markersize=3,
        alpha=dark,
        linestyle="none",
        zorder=3,
        gid="miss",
    )
    axes.plot(
        *pool.errors[pool.hits].T,
        marker="o",
        color=HIT,
        markersize=3,
        alpha=dark,
        markeredgewidth=0,
        linestyle="none",
        zorder=4,
        gid="hit",
    )
    axes.plot(
        *pool.mean[:, None],
        marker="P",
        color=INK,
        markeredgecolor=PAPER,
        markersize=8,
        linestyle="none",
        zorder=5,
        gid="mean",
    )
    axes.set(xlim=(-across, across), ylim=(-along, along))
    axes.tick_params(labelsize=SMALL - 1, length=3, pad=2)
    for axis, most in ((axes.xaxis, across), (axes.yaxis, along)):
        axis.set_ticks([each for each in MaxNLocator(5).tick_values(-most, most) if abs(each) <= most])
    told = f"{pool.hits.mean():.0%} of {len(pool.hits)} {'inside' if pool.is_round else 'hit'}, {pool.strings} string{'s' * (pool.strings > 1)}"
    axes.set_title(
        f"{pool.serial} {shortened(pool.unit, 22)}, {pool.gun}\n{told}",
        fontsize=TEXT - 1,
        loc="left",
        pad=4,
        linespacing=1.2,
    )
