"""Bars: the assumptions that matter most for each measure, by the share of its variance that each alone brings about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.figures._frames import LINES, look, plain, sheet, words
from sim.plots._style import FAINT, INK

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.studies.assumptions import Ranked
    from sim.studies.results import Results

MOST = 8  # bars in a panel


def draw(found: Results, told: dict[str, list[Ranked]]) -> Figure:
    """One picture: a panel for each measure; hollow bars may be nothing at all."""
    with look():
        made, grid = sheet(found, f"Share of the variance that an assumption alone brings about, {len(found.experiment.factors)} at once",
                           len(told), 1, 8.4, 0.9 + 0.25 * MOST)  # fmt: skip
        for (axes,), (measure, ranks) in zip(grid, told.items(), strict=True):
            shown = ranks[:MOST][::-1]
            for at, each in enumerate(shown):
                share = each.share
                axes.barh(
                    at,
                    100 * share.value,
                    height=0.6,
                    color=LINES[0] if share.low > 0.0 else "none",
                    edgecolor=LINES[0],
                )
                axes.errorbar([100 * share.value], [at], xerr=[[100 * (share.value - share.low)], [100 * (share.high - share.value)]],
                              fmt="none", ecolor=INK, capsize=2)  # fmt: skip
            axes.set_yticks(range(len(shown)), [each.path for each in shown], fontsize=7)
            axes.set_xlim(left=0.0)
            plain(axes)
            axes.grid(visible=False, axis="y")
            axes.grid(axis="x", color=FAINT, linewidth=0.6)
            axes.set_xlabel(f"% of the variance of {words(measure)}")
        made.subplots_adjust(left=0.4)
        return made
