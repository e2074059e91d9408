"""Main effects: the mean of each measure at each level of each factor, with its 95 % interval; of ranges, the regression's line with its band."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from sim.figures._frames import LINES, bar, label, look, plain, sheet, words
from sim.plots._style import DIM
from sim.studies.findings import findings, main_of, responses

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from sim.studies.findings import Finding
    from sim.studies.results import Results

STEPS = 21  # of the line along a range


def draw(found: Results) -> Iterator[tuple[str, Figure]]:
    """One picture: a row of panels for each measure, one for each factor."""
    shown, factors = findings(found), found.experiment.factors
    if not shown:
        return
    with look():
        made, grid = sheet(
            found, "Mean of each measure by factor, with 95 % intervals", len(shown), len(factors)
        )
        for row, finding in zip(grid, shown, strict=True):
            for axes, name in zip(row, factors, strict=True):
                _panel(axes, found, finding, name)
                plain(axes)
                axes.set_xlabel(words(name))
            row[0].set_ylabel(words(finding.name))
            low, high = min(axes.get_ylim()[0] for axes in row), max(axes.get_ylim()[1] for axes in row)
            for axes in row:
                axes.set_ylim(low, high)
        yield "", made


def _panel(axes: Axes, found: Results, finding: Finding, name: str) -> None:
    factor = found.experiment.factors[name]
    if factor.count is None:
        _along(axes, found, finding, name)
        return
    means = dict(main_of(found, finding, name))
    levels = [level for level in factor.words if level in means]
    axes.plot(range(len(levels)), [means[level].value for level in levels], color=LINES[0], linewidth=1.2)
    for at, level in enumerate(levels):
        bar(axes, at, means[level], LINES[0])
    axes.set_xticks(range(len(levels)), [label(level) for level in levels], fontsize=7, rotation=0 if max(map(len, levels)) < 9 else 20,
                    ha="center" if max(map(len, levels)) < 9 else "right")  # fmt: skip
    axes.set_xlim(-0.4, len(levels) - 0.6)


def _along(axes: Axes, found: Results, finding: Finding, name: str) -> None:
    """A range: the points' means, and the regression with the other factors in their middles."""
    factor, at = found.experiment.factors[name], list(found.experiment.factors).index(name)
    shares = [point.shares[at] for point in found.points]
    means = np.nanmean(responses(found, finding.name), axis=1) if shares else []
    axes.plot(shares, means, "o", color=DIM, markersize=3, alpha=0.7)
    if finding.model is not None:
        line = np.linspace(0.0, 1.0, STEPS)
        middle = list(finding.model.middles)
        told = [finding.model.at([*middle[:at], float(x), *middle[at + 1 :]]) for x in line]
        axes.plot(line, [each.value for each in told], color=LINES[0], linewidth=1.4)
        axes.fill_between(
            line,
            [each.low for each in told],
            [each.high for each in told],
            color=LINES[0],
            alpha=0.18,
            linewidth=0,
        )
    axes.set_xticks([0, 0.5, 1], [factor.word(0.0), factor.word(0.5), factor.word(1.0)], fontsize=7)
