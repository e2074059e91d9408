"""What many replications showed: a table of measures and one of serials, and the same as plain content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import isnan
from typing import TYPE_CHECKING, Any

from rich.table import Table

from sim.estimates import Estimate, chance, mean, quantile

if TYPE_CHECKING:
    from rich.console import Console

    from sim.scenario.schema import Scenario
    from sim.worker import Row

DONE = ("completed", "shortened")
SHARES = (0.05, 0.5, 0.95)  # of the runs: a bad one, a middling one, a good one
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
        "measures": {name: _plain(estimate) | {f"q{100 * share:.0f}": _number(quantile(values, share)) for share in SHARES}
                     for name, values, estimate in measured(good)},
        "serials": {serial: {"title": title, "carried_out": _plain(estimate), "reasons": dict(reasons)}
                    for serial, title, estimate, reasons in serials(plan, good)},
    }  # fmt: skip


def show(plan: Scenario, seed: int, rows: Sequence[Row], console: Console) -> None:
    """Prints the two tables."""
    good = [row for row in rows if row.fault is None]
    console.print(f"{plan.exercise}, seed {seed}, {len(good)} replications\n", markup=False)
    measures = _table(
        console, ("measure", "mean", "95 % interval", *(f"{100 * share:.0f} %" for share in SHARES))
    )
    for name, values, estimate in measured(good):
        cuts = [_shown(quantile(values, share)) for share in SHARES]
        runs = "" if len(values) == len(good) else f" ({len(values)} runs)"
        measures.add_row(name.replace("_", " ") + runs, _shown(estimate.value), _interval(estimate, 1), *cuts)
    console.print(measures)
    console.print()
    table = _table(console, ("No", "carried out", "95 % interval", "serial"))
    for serial, title, estimate, reasons in serials(plan, good):
        most = reasons.most_common(1)
        why = f" ({most[0][0]} {most[0][1]})" if most else ""
        table.add_row(serial, f"{100 * estimate.value:.0f} %", _interval(estimate, 100) + " %", title + why)
    console.print(table)


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


def serials(plan: Scenario, rows: Sequence[Row]) -> Iterator[tuple[str, str, Estimate, Counter[str]]]:
    """Each serial: number, title, the chance that it is carried out, and what kept it from that, how often."""
    for serial in plan.serials:
        outcomes = [row.outcomes[serial.serial] for row in rows if serial.serial in row.outcomes]
        carried = sum(result in DONE for result, _ in outcomes)
        reasons = Counter(reason for result, reason in outcomes if result not in DONE and reason)
        yield serial.serial, serial.title, chance(carried, len(outcomes)), reasons


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


def _interval(estimate: Estimate, scale: float) -> str:
    if isnan(estimate.low):
        return "-"
    if scale == 1:
        return f"{_shown(estimate.low)} .. {_shown(estimate.high)}"
    return f"{scale * estimate.low:.0f} .. {scale * estimate.high:.0f}"


def _shown(value: float) -> str:
    return "-" if isnan(value) else f"{value:.4g}"


def _number(value: float) -> float | None:
    return None if isnan(value) else value


def _plain(estimate: Estimate) -> dict[str, float | int | None]:
    return {"value": _number(estimate.value), "low": _number(estimate.low), "high": _number(estimate.high),
            "runs": estimate.count}  # fmt: skip
