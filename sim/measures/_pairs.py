"""Records between two navies: the edges of the cooperation graph."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from sim.scenario.roles import muster

if TYPE_CHECKING:
    from sim.runs import Run

Pair = tuple[str, str]
COLUMNS = ("number", "unit", "other")
SEEING = ("contact", "lost")  # who sees whom is not who works with whom


def pairs(run: Run) -> dict[Pair, int]:
    """How many records name two units of different forces, by pair, in the order in which they first met.

    The unit that stands first in the plan comes first in the pair.
    """
    roster = {unit.name: (place, unit.force) for place, unit in enumerate(muster(run.plan))}
    tables = [run.log.table(schema.word) for schema in run.log.kinds() if schema.word not in SEEING]
    if not tables:
        return {}
    number, unit, other = (np.concatenate([table[name] for table in tables]) for name in COLUMNS)
    order = np.argsort(number)
    counts: Counter[Pair] = Counter()
    for names, count in Counter(zip(unit[order].tolist(), other[order].tolist(), strict=True)).items():
        one, mate = roster.get(names[0]), roster.get(names[1])
        if one is not None and mate is not None and one[1] != mate[1]:
            counts[names if one[0] < mate[0] else names[::-1]] += count
    return dict(counts)
