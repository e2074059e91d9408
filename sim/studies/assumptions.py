"""Which assumption matters: a study of all declared uncertainties of a scenario at once.

Every number that is an assumption with a range becomes a factor over that range; a Latin hypercube spreads them all at the same time, and what each
alone brings about of a measure's variance tells how much it matters. Chance itself is the rest. Left out are shares of a season, which add up to
one, and what a planner chooses: how many units there are, clock times, how many a role takes, resources.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from sim.errors import ScenarioError
from sim.estimates import CONFIDENCE, Estimate
from sim.indices import first_order
from sim.quantities import DIMENSIONS, human
from sim.scenario.facts import ledger
from sim.scenario.numbers import Number
from sim.scenario.read import read_tree
from sim.scenario.tree import Tree
from sim.streams import Streams
from sim.studies.experiment import Experiment, Packed, Point, Study
from sim.studies.results import Results

DESIGN = "latin-hypercube"
MEASURES = ("serials_completed", "serials_on_time", "mean_score", "hit_rate")
SHEETS = ("platforms", "guns")  # numbers of the library, only when asked for
_TIED = re.compile(r"^environment\.season\..*\.share$|\.(?:count|comex|least|most)$|\bresources\b")
DIGITS = 6  # significant, of a value within a range


class Assumption(NamedTuple):
    """One declared uncertainty: where it stands, its range as a file writes it, and why it was assumed."""

    path: str
    low: str
    high: str
    whole: bool
    why: str


class Ranked(NamedTuple):
    """How much of a measure's variance an assumption alone brings about, as a share."""

    path: str
    share: Estimate


def assumptions(tree: Tree, folder: Path, sheets: bool = False) -> list[Assumption]:
    """Those of a scenario that can be laid over it, both ends of their range; not what is drawn anew at each use, which is chance."""
    plan, found = read_tree(tree, folder), list[Assumption]()
    for entry in ledger(plan):
        number = entry.number
        if (
            not isinstance(number, Number)
            or number.drawn
            or number.low is None
            or number.high is None
            or not number.low < number.high
        ):
            continue
        if (
            number.basis != "assumed"
            or _TIED.search(entry.path)
            or (not sheets and entry.path.startswith(SHEETS))
        ):
            continue
        ends = _written(number, number.low), _written(number, number.high)
        found.append(Assumption(entry.path, *ends, number.dimension == "count", entry.why or ""))
    return found


def _written(number: Number, value: float) -> str:
    """A value as a file writes it, in the unit people use."""
    if number.dimension == "moment":
        return f"+{value:.0f} s"
    kind, high = DIMENSIONS[number.dimension], number.high if number.high is not None else value
    unit = human(high, number.dimension).partition(" ")[2] or kind.si
    return f"{value / kind.units[unit]:.{DIGITS}g} {unit}" if unit else f"{value:.{DIGITS}g}"


def study_of_assumptions(
    tree: Tree,
    folder: Path,
    points: int,
    replications: int,
    seed: int,
    measures: Sequence[str] = (),
    sheets: bool = False,
) -> tuple[Study, int]:
    """A study of all assumptions of a scenario, and how many of its points could not be: together some values break the scenario.

    Such a point is left out, and told. Raises ScenarioError for the scenario.
    """
    found = assumptions(tree, folder, sheets)
    factors = {
        each.path: {"path": each.path, "low": each.low, "high": each.high, "whole": each.whole}
        for each in found
    }
    asked = Experiment.model_validate({
        "experiment": f"Which assumption of {_title(tree)} matters", "scenario": tree.file, "design": DESIGN, "points": points,
        "replications": replications, "seed": seed, "luck": "own", "factors": factors, "measures": list(measures) or list(MEASURES)})  # fmt: skip
    note = f"{points} points of a Latin hypercube, each column drawn alone"
    whole = Study(tree.file, asked, tree, folder, (), note, {"kind": DESIGN})
    kept: list[Point] = []
    broken: ScenarioError | None = None
    for row in zip(*(_column(path, points, seed) for path in factors), strict=True):
        shares = tuple(row)
        values = {
            name: factor.word(share)
            for (name, factor), share in zip(asked.factors.items(), shares, strict=True)
        }
        point = Point(len(kept), values, shares)
        try:
            whole.packed.append(Packed.of(whole.plan(point)))
        except ScenarioError as wrong:
            broken = wrong
        else:
            kept.append(point)
    if broken is not None and not kept:
        raise broken
    return replace(whole, points=tuple(kept)), points - len(kept)


def _column(path: str, points: int, seed: int) -> list[float]:
    """Shares of an assumption's range, one in each of as many equal parts as there are points, in an order of its own.

    Independent of the other columns, as `first_order` wants them; a design that fills the space is not, in hundreds of dimensions.
    """
    draws = Streams(seed)("assumptions", path)
    parts = draws.permutation(points).tolist()
    return [(part + float(draws.random())) / points for part in parts]


def _title(tree: Tree) -> str:
    given = tree.data.get("exercise") if isinstance(tree.data, dict) else None
    return json.dumps(given) if given else tree.file


def ranked(found: Results, measure: str) -> list[Ranked]:
    """The assumptions by how much of a measure's variance each alone brings about, the most first.

    Intervals hold for all of them together at 95 % (Bonferroni). Raises KeyError.
    """
    column, table = found.table.column(measure), found.table
    shares = {point.number: point.shares for point in found.points}
    confidence = 1.0 - (1.0 - CONFIDENCE) / len(found.experiment.factors)
    ranks = []
    for at, path in enumerate(found.experiment.factors):
        values = [shares[point][at] for point, _ in table.rows]
        ranks.append(Ranked(path, first_order(values, column, confidence=confidence)))
    return sorted(ranks, key=lambda each: -each.share.value)
