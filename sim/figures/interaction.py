"""Interaction: a measure over the levels of one factor, a line for each level of another; parallel lines do not interact."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import isnan
from typing import TYPE_CHECKING

from sim.estimates import mean
from sim.figures._frames import DASHES, LINES, MARKS, bar, label, look, plain, sheet, words
from sim.studies.findings import findings, responses

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from sim.studies.findings import Finding
    from sim.studies.results import Results

MOST = 3  # pairs of factors shown; the rest are in the table


def draw(found: Results) -> Iterator[tuple[str, Figure]]:
    """One picture: a row of panels for each measure, one for each pair of factors with levels."""
    shown = findings(found)
    leveled = [
        name
        for name, factor in found.experiment.factors.items()
        if factor.count is not None and 1 < factor.count <= len(LINES)
    ]
    pairs = list(combinations(leveled, 2))[:MOST]
    if not shown or not pairs:
        return
    with look():
        made, grid = sheet(
            found,
            "Mean of each measure by two factors, with 95 % intervals",
            len(shown),
            len(pairs),
            4.2,
            2.8,
        )
        made.subplots_adjust(top=1 - 1.25 / float(made.get_size_inches()[1]))  # room for the legends
        for row, finding in zip(grid, shown, strict=True):
            for axes, pair in zip(row, pairs, strict=True):
                _panel(axes, found, finding, *pair)
            row[0].set_ylabel(words(finding.name))
        yield "", made


def _panel(axes: Axes, found: Results, finding: Finding, along: str, by: str) -> None:
    values, factors = responses(found, finding.name), found.experiment.factors
    places = {level: at for at, level in enumerate(factors[along].words)}
    for number, level in enumerate(factors[by].words):
        line = []
        for where, at in places.items():
            rows = [
                row
                for row, point in zip(values, found.points, strict=True)
                if point.values[along] == where and point.values[by] == level
            ]
            seen = [float(each) for row in rows for each in row if not isnan(each)]
            if seen:
                line.append((at, mean(seen)))
        colour, mark, shift = LINES[number], MARKS[number], (number - 1.5) * 0.04
        axes.plot([at + shift for at, _ in line], [one.value for _, one in line], color=colour, linestyle=DASHES[number],
                  marker=mark, markersize=4, label=label(level))  # fmt: skip
        for at, one in line:
            bar(axes, at + shift, one, colour, mark)
    axes.set_xticks(list(places.values()), [label(each) for each in places], fontsize=7)
    axes.set_xlabel(words(along))
    axes.legend(title=words(by), fontsize=7, title_fontsize=7, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=len(factors[by].words),
                columnspacing=1.0, handlelength=2.4)  # fmt: skip
    plain(axes)
