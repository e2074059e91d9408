"""Pairs: each measure at each point against each factor that is a range, to see what no regression tells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.figures._frames import LINES, look, plain, sheet, words
from sim.studies.findings import findings

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.studies.results import Results

MOST = 6  # factors across


def draw(found: Results) -> Iterator[tuple[str, Figure]]:
    """One picture: a row of panels for each measure, one for each range; a dot for each point, its mean with the 95 % interval."""
    shown = findings(found)
    ranges = [
        (at, name)
        for at, (name, factor) in enumerate(found.experiment.factors.items())
        if factor.count is None
    ][:MOST]
    if not shown or not ranges:
        return
    with look():
        made, grid = sheet(
            found,
            "Mean of each measure at each point, with 95 % intervals",
            len(shown),
            len(ranges),
            3.0,
            2.4,
        )
        for row, finding in zip(grid, shown, strict=True):
            for axes, (at, name) in zip(row, ranges, strict=True):
                factor = found.experiment.factors[name]
                shares = [point.shares[at] for point in found.points]
                means = finding.at_points
                spread = [
                    [each.value - each.low for each in means],
                    [each.high - each.value for each in means],
                ]
                axes.errorbar(shares, [each.value for each in means], yerr=spread, fmt="o", color=LINES[0], ecolor=LINES[0], elinewidth=0.6,
                              markersize=3, alpha=0.8)  # fmt: skip
                axes.set_xticks(
                    [0, 0.5, 1], [factor.word(0.0), factor.word(0.5), factor.word(1.0)], fontsize=7
                )
                axes.set_xlabel(words(name))
                plain(axes)
            row[0].set_ylabel(words(finding.name))
        yield "", made
