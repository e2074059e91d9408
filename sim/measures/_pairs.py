"""Records between two navies: an edge of the cooperation graph each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.scenario.roles import muster

if TYPE_CHECKING:
    from sim.runs import Run


def pairs(run: Run) -> Iterator[tuple[str, str]]:
    """The two units of each record that names units of different forces; the one first in the plan comes first."""
    roster = {unit.name: (place, unit.force) for place, unit in enumerate(muster(run.plan))}
    for record in run.log:
        one, other = roster.get(record.unit or ""), roster.get(record.other or "")
        if one is not None and other is not None and one[1] != other[1]:
            names = (record.unit or "", record.other or "")
            yield names if one[0] < other[0] else (names[1], names[0])
