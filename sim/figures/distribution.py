"""Distribution: of each measure over all runs, the share of runs at or below a value, a step for each level of the factor that moves it most."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan
from typing import TYPE_CHECKING

from sim.figures._frames import DASHES, LINES, label, look, plain, sheet, words
from sim.figures.tornado import greatest
from sim.studies.findings import findings, responses

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.studies.findings import Finding
    from sim.studies.results import Results

ACROSS = 2  # panels


def draw(found: Results) -> Iterator[tuple[str, Figure]]:
    """One picture: a panel for each measure."""
    shown = findings(found)
    if not shown:
        return
    with look():
        made, grid = sheet(
            found, "Share of runs at or below each value", -(-len(shown) // ACROSS), ACROSS, 4.4, 3.0
        )
        panels = [axes for row in grid for axes in row]
        for axes, finding in zip(panels, shown, strict=False):
            for number, (name, values) in enumerate(_groups(found, finding)):
                ordered = sorted(values)
                shares = [(at + 1) / len(ordered) for at in range(len(ordered))]
                axes.step([ordered[0], *ordered], [0.0, *shares], where="post", color=LINES[number % len(LINES)],
                          linestyle=DASHES[number % len(DASHES)], label=label(name))  # fmt: skip
            axes.set_ylim(0.0, 1.02)
            axes.set_xlabel(words(finding.name))
            axes.set_ylabel("share of runs")
            axes.legend(fontsize=7, loc="best")
            plain(axes)
        for axes in panels[len(shown) :]:
            axes.set_visible(False)
        yield "", made


def _groups(found: Results, finding: Finding) -> list[tuple[str, list[float]]]:
    """Values by the level of the factor that moves the measure most; all together where factors are ranges."""
    values = responses(found, finding.name)
    leveled = [
        each for each in greatest(finding.changes) if found.experiment.factors[each.factor].count is not None
    ]
    if not leveled:
        return [("all runs", [float(each) for row in values for each in row if not isnan(each)])]
    name = leveled[0].factor
    groups = []
    for level in found.experiment.factors[name].words:
        rows = [row for row, point in zip(values, found.points, strict=True) if point.values[name] == level]
        seen = [float(each) for row in rows for each in row if not isnan(each)]
        if seen:
            groups.append((f"{words(name)} {level}", seen))
    return groups
