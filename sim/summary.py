"""What many replications showed: a table of measures and one of serials, and the same as plain content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import fsum, isnan
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.table import Table

from sim.estimates import Estimate, chance, mean, quantile
from sim.outcomes import DONE, PUNCTUAL
from sim.shown import between, number, percent, plain, shown, whole

if TYPE_CHECKING:
    from rich.console import Console

    from sim.scenario.schema import Scenario
    from sim.worker import Row

SHARES = (0.05, 0.5, 0.95)  # of the runs: a bad one, a middling one, a good one
MOST_PUSHES = 8  # pairs told; --json has all
LEGEND = ("done: carried out, % of runs and its 95 % interval; began, ended: % within a quarter of an hour of the plan; late: minutes at COMEX, "
          "in half of the runs and in 95 % at most; slack: minutes it might have ended later; critical: % in which it drove the end")  # fmt: skip
WIDEST = 120  # columns; longer lines are hard to follow to their end


def content(plan: Scenario, seed: int, rows: Sequence[Row]) -> dict[str, Any]:
    """The summary as JSON holds it; what is not a number becomes null."""
    good = [row for row in rows if row.fault is None]
    return {
        "exercise": plan.exercise,
        "scenario_digest": plan.digest,
        "seed": seed,
        "replications": len(good),
        "failed": [{"replication": row.replication, "fault": row.fault} for row in rows if row.fault is not None],
        "measures": {name: plain(estimate) | {f"q{100 * share:.0f}": number(quantile(values, share)) for share in SHARES}
                     for name, values, estimate in measured(good)},
        "serials": {each.number: {
            "title": each.title, "carried_out": plain(each.carried), "began_on_time": plain(each.began),
            "ended_on_time": plain(each.ended), "critical": plain(each.critical), "slack_min": plain(each.slack),
            "lateness_min": {f"q{100 * share:.0f}": number(quantile(each.lateness, share)) for share in SHARES},
            "reasons": dict(each.reasons)} for each in serials(plan, good)},
        "cascade": [{"late": late, "pushed": pushed, "runs": runs, "mean_min": minutes} for late, pushed, runs, minutes in cascade(good)],
    }  # fmt: skip


def show(plan: Scenario, seed: int, rows: Sequence[Row], console: Console) -> None:
    """Prints the two tables."""
    good = [row for row in rows if row.fault is None]
    console.print(f"{plan.exercise}, seed {seed}, {len(good)} replications\n", markup=False)
    measures = _table(
        console, ("measure", "mean", "95 % interval", *(f"{100 * share:.0f} %" for share in SHARES))
    )
    for name, values, estimate in measured(good):
        cuts = [shown(quantile(values, share)) for share in SHARES]
        runs = "" if len(values) == len(good) else f" ({len(values)} runs)"
        measures.add_row(name.replace("_", " ") + runs, shown(estimate.value), between(estimate), *cuts)
    console.print(measures)
    console.print()
    table = _table(console, ("No", "done %", "began", "ended", "late min", "slack", "critical", "serial"))
    for each in serials(plan, good):
        most = each.reasons.most_common(1)
        why = f" ({most[0][0]} {most[0][1]})" if most else ""
        late = f"{whole(quantile(each.lateness, 0.5))} .. {whole(quantile(each.lateness, 0.95))}"
        table.add_row(each.number, f"{percent(each.carried.value)} ({between(each.carried, 100)})", percent(each.began.value), percent(each.ended.value), late,
                      whole(each.slack.value), percent(each.critical.value), each.title + why)  # fmt: skip
    console.print(table)
    console.print(LEGEND, markup=False, width=min(console.width, WIDEST), style="dim")
    pushed = list(cascade(good))[:MOST_PUSHES]
    if pushed:
        said = ", ".join(
            f"{late} pushed {after} in {runs} (by {minutes:.0f} min)" for late, after, runs, minutes in pushed
        )
        console.print(f"\nCascade: {said}.", markup=False, width=min(console.width, WIDEST))


def measured(rows: Sequence[Row]) -> Iterator[tuple[str, list[float], Estimate]]:
    """The measures of the exercise as a whole: name, values where there is one, mean with its interval."""
    names = dict.fromkeys(
        name for row in rows for name, value in row.measures.items() if not isinstance(value, dict)
    )
    for name in names:
        values = [
            float(row.measures[name]) for row in rows if not isnan(row.measures.get(name, float("nan")))
        ]
        yield name, values, mean(values)


class OfSerial(NamedTuple):
    """One serial over many runs: chances that it is carried out, begins and ends on time, and drives the end; minutes late and of slack."""

    number: str
    title: str
    carried: Estimate
    began: Estimate
    ended: Estimate
    critical: Estimate
    slack: Estimate
    lateness: list[float]
    reasons: Counter[str]


def serials(plan: Scenario, rows: Sequence[Row]) -> Iterator[OfSerial]:
    """Each serial of a plan. Chances are of all runs, but that of ending on time and of driving the end of those in which it began."""
    for serial in plan.serials:
        number = serial.serial
        outcomes = [row.outcomes[number] for row in rows if number in row.outcomes]
        carried = sum(result in DONE for result, _ in outcomes)
        reasons = Counter(reason for result, reason in outcomes if result not in DONE and reason)
        late, ended = _of(rows, "lateness_min", number), _of(rows, "finish_lateness_min", number)
        critical = _of(rows, "criticality_share", number)
        yield OfSerial(number, serial.title, chance(carried, len(outcomes)), chance(sum(each * 60 <= PUNCTUAL for each in late), len(outcomes)),
                       chance(sum(each * 60 <= PUNCTUAL for each in ended), len(ended)), chance(round(fsum(critical)), len(critical)),
                       mean(_of(rows, "slack_min", number)), late, reasons)  # fmt: skip


def cascade(rows: Sequence[Row]) -> Iterator[tuple[str, str, int, float]]:
    """Which late serial pushed which: how often, and by how many minutes in the mean; the most frequent first."""
    found: dict[str, list[float]] = {}
    for row in rows:
        pushes = row.measures.get("pushes_min")
        for pair, minutes in pushes.items() if isinstance(pushes, dict) else ():
            found.setdefault(pair, []).append(minutes)
    for pair, each in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        late, _, pushed = pair.partition(">")
        yield late, pushed, len(each), fsum(each) / len(each)


def _of(rows: Sequence[Row], measure: str, serial: str) -> list[float]:
    """A measure of one serial, of the runs that have it."""
    found = (row.measures.get(measure) for row in rows)
    return [float(each[serial]) for each in found if isinstance(each, dict) and serial in each]


def _table(console: Console, headings: Sequence[str]) -> Table:
    table = Table(
        box=None, pad_edge=False, header_style="bold", padding=(0, 1), width=min(console.width, WIDEST)
    )
    for heading in headings:
        wide = heading in ("measure", "serial")
        table.add_column(
            heading, justify="left" if wide else "right", no_wrap=not wide, ratio=1 if wide else None
        )
    return table
