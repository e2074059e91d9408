"""Tornado: how far each factor moves each measure, the greatest first."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan
from typing import TYPE_CHECKING

from sim.figures._frames import LINES, label, look, plain, sheet, words
from sim.plots._style import DIM, FAINT, INK
from sim.studies.findings import Change, findings

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.studies.results import Results

MOST = 15  # bars in a panel


def draw(found: Results) -> Iterator[tuple[str, Figure]]:
    """One picture: a panel for each measure, a bar for each factor, from its greatest change, with the 95 % interval."""
    shown = [finding for finding in findings(found) if finding.changes]
    if not shown:
        return
    with look():
        bars = max(min(MOST, len(greatest(finding.changes))) for finding in shown)
        made, grid = sheet(found, "Greatest change of each measure by factor, with 95 % intervals; hollow where it may be none",
                           len(shown), 1, 7.4, 0.9 + 0.28 * bars)  # fmt: skip
        for (axes,), finding in zip(grid, shown, strict=True):
            changes = greatest(finding.changes)[:MOST]
            for at, change in enumerate(reversed(changes)):
                one = change.estimate
                sure = not one.low <= 0.0 <= one.high
                axes.barh(at, one.value, height=0.62, color=LINES[0] if sure else "none", edgecolor=LINES[0])
                axes.errorbar([one.value], [at], xerr=None if isnan(one.low) else [[one.value - one.low], [one.high - one.value]],
                              fmt="none", ecolor=INK, capsize=3)  # fmt: skip
            said = [
                f"{words(each.factor)}: {label(each.since)} to {label(each.to)}" for each in reversed(changes)
            ]
            axes.set_yticks(range(len(changes)), said, fontsize=8)
            axes.axvline(0.0, color=DIM, linewidth=0.8)
            plain(axes)
            axes.grid(visible=False, axis="y")
            axes.grid(axis="x", color=FAINT, linewidth=0.6)
            axes.set_xlabel(f"change of {words(finding.name)}")
        made.subplots_adjust(left=0.42)
        yield "", made


def greatest(changes: list[Change]) -> list[Change]:
    """The greatest change of each factor, the greatest first."""
    found: dict[str, Change] = {}
    for each in changes:
        if each.factor not in found or abs(each.estimate.value) > abs(found[each.factor].estimate.value):
            found[each.factor] = each
    return sorted(found.values(), key=lambda each: -abs(each.estimate.value))
