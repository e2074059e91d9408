"""Records in which two units worked together: the edges of the cooperation graph.

Across a boundary two units work together in a serial in which both take part: to whom an order is sent in it, or who sends one. Whom a serial
is against, who passes by, and whom it stops for are named in its records too, but obey nobody in it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.scenario.roles import muster

if TYPE_CHECKING:
    from sim.runs import Run

Pair = tuple[str, str]
COLUMNS = ("number", "time", "serial", "unit", "other")
SEEING = ("contact", "lost")  # who sees whom is not who works with whom


class Edge(NamedTuple):
    """One record of two units at work. time: s. pair: the one first in the plan first. across: of two forces."""

    time: float
    serial: str | None
    pair: Pair
    across: bool


def edges(run: Run) -> list[Edge]:
    """Those of a run, in the order of its log."""
    roster = {unit.name: (place, unit.force) for place, unit in enumerate(muster(run.plan))}
    tables = [run.log.table(schema.word) for schema in run.log.kinds() if schema.word not in SEEING]
    if not tables:
        return []
    columns = [np.concatenate([table[name] for table in tables]) for name in COLUMNS]
    order, company, found = np.argsort(columns[0]), companies(run), []
    for time, serial, unit, other in zip(*(column[order].tolist() for column in columns[1:]), strict=True):
        one, mate = roster.get(unit), roster.get(other)
        if one is None or mate is None or unit == other:
            continue
        across = one[1] != mate[1]
        if not across or {unit, other} <= company.get(serial, frozenset()):
            found.append(Edge(time, serial, (unit, other) if one[0] < mate[0] else (other, unit), across))
    return found


def companies(run: Run) -> dict[str | None, frozenset[str]]:
    """Who takes part in each serial, flagships that send its orders included; in none, for orders outside of any."""
    orders = run.log.table("order")
    found: dict[str | None, set[str]] = {}
    if orders:
        for serial, *names in zip(*(orders[name].tolist() for name in COLUMNS[2:]), strict=True):
            found.setdefault(serial, set()).update(names)
    return {serial: frozenset(names) for serial, names in found.items()}


def pairs(run: Run) -> dict[Pair, int]:
    """How many records name two units of different forces that worked together, by pair, in the order in which they first did."""
    return dict(Counter(edge.pair for edge in run.once(edges) if edge.across))
