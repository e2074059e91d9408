"""What a study shows, printed: for each measure, how far each factor moves it, the greatest first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from math import fsum, isfinite, isnan
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.comparison import Compared, telling, told
from sim.estimates import Estimate
from sim.listing import paragraphs, table
from sim.selection import against_best, needed
from sim.shown import shown, signed
from sim.sparks import bar, strip
from sim.studies.assumptions import Ranked, ranked
from sim.studies.findings import Change, findings
from sim.studies.variance import HEADINGS

if TYPE_CHECKING:
    from sim.metamodel import Metamodel
    from sim.studies.experiment import Study
    from sim.studies.results import Results

STRIP, LEAST = 15, 7  # letters of an interval drawn, and how few are worth it
BAR = 10  # letters of a bar that is all of the variance
TELLING = 8  # at most so many products and squares are told of a model


def lines(found: Results, columns: int) -> Iterator[str]:
    """For a terminal."""
    asked = found.experiment
    played = sum(row.fault is None for _, row in found.table.rows)
    yield asked.experiment
    yield from paragraphs(f"{len(found.points)} points, {asked.replications} replications each, {played} runs played"
                          + (f", {found.missing} to come" if found.missing else "") + (f"; {found.note}" if found.note else ""), columns)  # fmt: skip
    for finding in findings(found):
        yield ""
        yield f"{finding.name}: mean {shown(finding.overall.value)} over all runs"
        reach = max(
            (
                abs(end)
                for each in finding.changes
                for end in (each.estimate.low, each.estimate.high)
                if isfinite(end)
            ),
            default=0.0,
        )
        rows = [
            (each.factor, f"{each.since} to {each.to}", signed(each.estimate.value) + _verdict(each.estimate),
             f"{signed(each.estimate.low)} .. {signed(each.estimate.high)}",
             strip(each.estimate.low, each.estimate.value, each.estimate.high, reach), "")
            for each in _ranked(finding.changes)
        ]  # fmt: skip
        if rows:
            headings = ("factor", "from and to", "change", "95 % interval", "around 0", "")
            yield from table(headings, rows, columns, (), 0)
        if finding.variance:
            yield from table(
                ("factor", *HEADINGS[found.structure["kind"]]),
                [(each.factor, *map(_around, each.told)) for each in finding.variance],
                columns,
            )
        if finding.model is not None:
            yield from paragraphs(_of_model(finding.model), columns)


def _around(estimate: Estimate) -> str:
    return f"{shown(estimate.value)} ({shown(estimate.low)} .. {shown(estimate.high)})"


class Ranking(NamedTuple):
    """Points of a study by a measure, the best first. needed: replications that the guarantee takes. points: name, mean, and how far
    it is from the best of the others, all intervals right at once.
    """

    measure: str
    margin: float
    largest: bool
    needed: int
    replications: int
    points: list[tuple[str, float, Estimate]]

    def content(self) -> dict[str, Any]:
        """For programs."""
        return {"measure": self.measure, "largest_is_best": self.largest, "margin": self.margin, "replications": self.replications,
                "replications_needed": self.needed,
                "points": [{"point": name, "mean": mean, "low": rank.low, "high": rank.high} for name, mean, rank in self.points]}  # fmt: skip

    def lines(self, columns: int) -> Iterator[str]:
        """For a terminal."""
        yield from paragraphs(f"{self.measure}, {'largest' if self.largest else 'least'} first; differences from the best of the others, surely to "
                              f"{self.margin:g} at 95 %, all at once"
                              + (f": that takes {self.needed} replications, there are {self.replications}"
                                 if self.needed > self.replications else ""), columns)  # fmt: skip
        rows = [
            (name, shown(mean), f"{signed(rank.low)} .. {signed(rank.high)}")
            for name, mean, rank in self.points
        ]
        yield from table(("point", "mean", "from the best of the others"), rows, columns)


def best(found: Results, measure: str, margin: float, largest: bool) -> Ranking:
    """Which point is best, and how surely: each against the best of the others, all intervals right at once.

    The guarantee holds once there are as many replications as the spread of the differences asks for.
    Raises KeyError for a measure nobody has.
    """
    values = {
        f"{point.number}: {point.said()}": found.table.at(point.number, measure) for point in found.points
    }
    ranks = against_best(values, margin, largest)
    order = sorted(ranks.items(), key=lambda item: -item[1].value if largest else item[1].value)
    points = [(name, fsum(values[name]) / len(values[name]), rank) for name, rank in order]
    return Ranking(found.table.named(measure), margin, largest, max(needed(values, margin).values()),
                   found.experiment.replications, points)  # fmt: skip


def _ranked(changes: list[Change]) -> list[Change]:
    """Factors by the greatest change of each; levels of one together."""
    greatest: dict[str, float] = {}
    for each in changes:
        greatest[each.factor] = max(greatest.get(each.factor, 0.0), abs(each.estimate.value))
    return sorted(changes, key=lambda each: -greatest[each.factor])


def _verdict(estimate: Estimate) -> str:
    """A star where the interval leaves out no change at all."""
    return " *" if not isnan(estimate.low) and not estimate.low <= 0.0 <= estimate.high else ""


def _of_model(model: Metamodel) -> str:
    said = f"Regression: R2 {model.r_squared:.2f}, adjusted {model.adjusted_r_squared:.2f}"
    if model.lack_of_fit is not None:
        said += f", lack of fit F {model.lack_of_fit.statistic:.2f} (p {model.lack_of_fit.chance:.3f})"
    more = [
        term
        for term in model.terms
        if len(term.factors) == 2 and not term.estimate.low <= 0.0 <= term.estimate.high
    ]
    more.sort(key=lambda term: -abs(term.estimate.value))
    if more:
        said += "; beyond main effects: " + ", ".join(
            f"{term.name} {signed(term.estimate.value)}" for term in more[:TELLING]
        )
    return said + "."


def assumptions(found: Results) -> dict[str, list[Ranked]]:
    """The assumptions by how much they matter, for each measure that some run has."""
    told = {}
    for measure in found.experiment.measures:
        with suppress(KeyError):
            told[found.table.named(measure)] = ranked(found, measure)
    return told


def assumption_lines(found: Results, told: dict[str, list[Ranked]], lost: int, columns: int) -> Iterator[str]:
    """For a terminal: the most telling of each measure, and how many there are."""
    yield found.experiment.experiment
    left = f"; {lost} more did not make a scenario that can be read" if lost else ""
    yield from paragraphs(f"{len(found.experiment.factors)} assumptions over their ranges at once, {len(found.points)} points{left}. Share of "
                          "a measure's variance that each alone brings about; a star where that is surely something, of all of them together.", columns)  # fmt: skip
    for measure, ranks in told.items():
        yield ""
        yield f"{measure}"
        if all(isnan(each.share.value) for each in ranks):
            yield "The same in every run, so there is nothing to share out."
            continue
        rows = [(each.path, f"{100 * each.share.value:.0f} %" + (" *" if each.share.low > 0.0 else ""),
                 bar(each.share.value, BAR).ljust(BAR), f"{found.experiment.factors[each.path].low} .. {found.experiment.factors[each.path].high}")
                for each in ranks[:TELLING]]  # fmt: skip
        yield from table(("assumption", "share", "", "range"), rows, columns)


def planned(study: Study, columns: int) -> Iterator[str]:
    """What will be played, for a terminal: how many runs, the design, and its points."""
    asked = study.experiment
    yield from paragraphs(asked.experiment, columns)
    yield from paragraphs(f"{len(study.points)} points of {len(asked.factors)} factors, {asked.replications} replications each: {study.runs} runs"
                          + (f"; {study.note}" if study.note else ""), columns)  # fmt: skip
    yield ""
    yield from table(
        ("point", "values"),
        [(str(each.number), each.said()) for each in study.points],
        columns,
        ("point",),
        0,
    )


def differences(found: list[Compared], everything: bool, columns: int) -> Iterator[str]:
    """What two plans differ in, for a terminal: the difference of pairs, and where its interval lies around no difference."""
    kept = telling(found, everything)
    rows = [told(each) for each in kept]
    headings = ("", "one", "other", "difference, 95 % interval")
    used = sum(max(map(len, column)) + 1 for column in zip(headings, *rows, strict=True))
    size = min(STRIP, columns - used)
    drawn = [strip(each.low, each.value, each.high, max(abs(each.low), abs(each.high)), size) if size >= LEAST else ""
             for each in (one.difference for one in kept)]  # fmt: skip
    yield f"{max(each.difference.count for each in found)} pairs of runs, the difference of each pair"
    yield ""
    beside = ("around 0" if size >= len("around 0") else "", "")
    yield from table(
        (*headings, *beside),
        [(*row, each, "") for row, each in zip(rows, drawn, strict=True)],
        columns,
        headings[1:3],
        0,
        " ",
    )
