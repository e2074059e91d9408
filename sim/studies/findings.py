"""What a study shows: for each measure, what each factor does to it, with intervals; the same as plain content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isnan, nan
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.effects import change, main_effects
from sim.estimates import Estimate, mean
from sim.metamodel import Metamodel, fit
from sim.shown import number, plain
from sim.studies.variance import HEADINGS, Told, told_by

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.studies.factors import Factor
    from sim.studies.results import Results

ROUNDING = 1e-12  # share of the largest value


class Change(NamedTuple):
    """How far a measure rises from one value of a factor to another."""

    factor: str
    since: str
    to: str
    estimate: Estimate


@dataclass(frozen=True)
class Finding:
    """One measure. name: its column. at_points: its mean at each point. changes: by factor. model: None where the points bear none."""

    name: str
    overall: Estimate
    at_points: list[Estimate]
    changes: list[Change]
    model: Metamodel | None
    variance: list[Told]


def responses(found: Results, measure: str) -> NDArray[np.float64]:
    """A row for each point, a column for each replication; nan where a run has no value."""
    table, places = found.table, {point.number: at for at, point in enumerate(found.points)}
    values = np.full((len(found.points), found.experiment.replications), nan)
    column = table.column(measure)
    for (point, row), value in zip(table.rows, column, strict=True):
        values[places[point], row.replication] = value
    return values


def findings(found: Results) -> list[Finding]:
    """One for each measure the experiment asks for and some run has."""
    made = []
    for measure in found.experiment.measures:
        try:
            name = found.table.named(measure)
        except KeyError:
            continue
        values = responses(found, measure)
        seen = [float(each) for each in values[~np.isnan(values)]]
        if seen:
            points = [mean([float(each) for each in row if not isnan(each)]) for row in values]
            model = None if max(seen) == min(seen) else _model(found, values)
            size = max(map(abs, seen))
            changes = [
                each._replace(estimate=_clean(each.estimate, size)) for each in _changes(found, values, model)
            ]
            made.append(Finding(name, mean(seen), points, changes, model, told_by(found, values)))
    return made


def _clean(estimate: Estimate, size: float) -> Estimate:
    """Nothing at all where there is but the rounding of sums of numbers of some size."""
    least = ROUNDING * size
    value, low, high = (
        0.0 if abs(each) < least else each for each in (estimate.value, estimate.low, estimate.high)
    )
    return Estimate(value, low, high, estimate.count)


def _changes(found: Results, values: NDArray[np.float64], model: Metamodel | None) -> Iterator[Change]:
    """Of factors with levels, from the first to each other; of ranges, from the low end to the high one by the regression."""
    for name, factor in found.experiment.factors.items():
        levels = [point.values[name] for point in found.points]
        if factor.count is None and model is not None:
            term = next((each for each in model.terms if each.name == name), None)
            if term is not None:
                twice = term.estimate
                yield Change(name, str(factor.low), str(factor.high),
                             Estimate(2 * twice.value, 2 * twice.low, 2 * twice.high, twice.count))  # fmt: skip
        elif factor.count is not None:
            asked = [level for level in factor.words if level in levels]
            for level in asked[1:]:
                if _seen(values, levels, asked[0]) and _seen(values, levels, level):
                    yield Change(name, asked[0], level, change(levels, values, asked[0], level))


def _seen(values: NDArray[np.float64], levels: list[str], level: str) -> bool:
    return any(each == level and not np.isnan(row).all() for each, row in zip(levels, values, strict=True))


def _model(found: Results, values: NDArray[np.float64]) -> Metamodel | None:
    """The regression on all factors, levels counted from 0; None when there are too few points."""
    if not all(len(point.shares) == len(found.experiment.factors) for point in found.points):
        return None
    columns = [[_coded(factor, share) for factor, share in zip(found.experiment.factors.values(), point.shares, strict=True)]
               for point in found.points]  # fmt: skip
    try:
        common = found.experiment.replications > 1 and not np.isnan(values).any()
        return fit(columns, values, list(found.experiment.factors), common=common)
    except ValueError:
        return None


def _coded(factor: Factor, share: float) -> float:
    return share if factor.count is None else float(min(factor.count - 1, int(share * factor.count)))


def main_of(found: Results, finding: Finding, name: str) -> list[tuple[str, Estimate]]:
    """The mean of a measure at each level of a factor."""
    values = responses(found, finding.name)
    levels = [point.values[name] for point in found.points]
    return [(str(each.levels[0]), each.mean) for each in main_effects(levels, values)]


def content(found: Results) -> dict[str, Any]:
    """For programs."""
    return {
        "experiment": found.experiment.experiment, "points": [point.values for point in found.points], "note": found.note,
        "replications": found.experiment.replications, "missing": found.missing,
        "failed": [{"point": point, "replication": row.replication, "fault": row.fault} for point, row in found.table.faults],
        "measures": {finding.name: {
            "mean": plain(finding.overall), "at_points": [plain(each) for each in finding.at_points],
            "changes": [{"factor": each.factor, "from": each.since, "to": each.to, **plain(each.estimate)} for each in finding.changes],
            "variance": {each.factor: dict(zip(HEADINGS[found.structure["kind"]], map(plain, each.told), strict=True)) for each in finding.variance},
            "model": None if finding.model is None else {
                "r_squared": number(finding.model.r_squared), "adjusted_r_squared": number(finding.model.adjusted_r_squared),
                "terms": {term.name: plain(term.estimate) for term in finding.model.terms}}}
            for finding in findings(found)},
    }  # fmt: skip
