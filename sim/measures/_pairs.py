"""Records between two navies: the edges of the cooperation graph."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sim.scenario.roles import muster

if TYPE_CHECKING:
    from sim.runs import Run

Pair = tuple[str, str]


def pairs(run: Run) -> dict[Pair, int]:
    """How many records name two units of different forces, by pair, in the order in which they first met.

    The unit that stands first in the plan comes first in the pair.
    """
    roster = {unit.name: (place, unit.force) for place, unit in enumerate(muster(run.plan))}
    met: dict[Pair, int] = {}  # number of the first record
    counts: Counter[Pair] = Counter()
    for schema in run.log.kinds():
        table = run.log.table(schema.word)
        named = list(zip(table["unit"].tolist(), table["other"].tolist(), strict=True))
        first = dict(zip(reversed(named), reversed(table["number"].tolist()), strict=True))
        for names, count in Counter(named).items():
            one, other = roster.get(names[0]), roster.get(names[1])
            if one is not None and other is not None and one[1] != other[1]:
                pair = names if one[0] < other[0] else names[::-1]
                met[pair] = min(met.get(pair, first[names]), first[names])
                counts[pair] += count
    return {pair: counts[pair] for pair in sorted(met, key=met.__getitem__)}
