"""The scoreboard of a run on a terminal: the serial table and the headline measures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from math import isnan
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from sim import shelves
from sim.measures.score import mark
from sim.tables import headline
from sim.wording import REASONS

if TYPE_CHECKING:
    from rich.console import Console

    from sim.runs import Run

STYLES = {"completed": "green", "shortened": "yellow", "stopped": "magenta", "cancelled": "red"}
LABEL = 24  # columns of the names of the headline measures
WIDEST = 120  # columns; longer lines are hard to follow to their end


def scoreboard(run: Run, console: Console) -> None:
    """Prints the serial table and the headline measures.

    The outcome is a word first and a colour second; without a terminal there is no colour.
    """
    replication = f", replication {run.replication}" if run.replication else ""
    console.print(f"{run.plan.exercise}, seed {run.seed}{replication}\n", markup=False)
    table = Table(
        box=None, pad_edge=False, header_style="bold", padding=(0, 1), width=min(console.width, WIDEST)
    )
    for heading, justify in (("No", "right"), ("Planned", "left"), ("COMEX", "left"), ("FINEX", "left"),
                             ("Outcome", "left"), ("Score", "right")):  # fmt: skip
        table.add_column(heading, justify=justify, no_wrap=True)  # type: ignore[arg-type]
    table.add_column("Serial", ratio=1)
    scores = run.measures("score")["score"]
    for number, record in run.outcomes.items():
        details = record.details
        score = f"{scores[number]:.2f}" if details["result"] in ("completed", "shortened") else "-"
        reason = REASONS.get(details["reason"], details["reason"])
        title = run.serial(number).title + (f" ({reason})" if reason else "")
        table.add_row(
            number, _clock(run, details["planned_s"]), _clock(run, details["comex_s"], details["planned_s"]),
            _clock(run, details["finex_s"], details["planned_s"]), Text(details["result"], STYLES[details["result"]]), score,
            Text(title),
        )  # fmt: skip
    console.print(table)
    console.print()
    for name, shown in _headline(run):
        console.print(f"{name:<{LABEL}}{shown}", markup=False)


def _headline(run: Run) -> Iterator[tuple[str, str]]:
    found = headline(run)
    total, mean = len(run.outcomes), found["mean_score"]
    yield "serials completed", f"{found['serials_completed']} of {total}"
    yield "serials on time", f"{found['serials_on_time']} of {total}"
    yield "mean score", "none" if isnan(mean) else f"{mean:.2f} ({mark(mean)})"
    for name, value in found.items():
        if name not in ("serials_completed", "serials_on_time", "mean_score"):
            unit = shelves.module("measures", name.replace("_", "-")).UNIT
            yield name.replace("_", " "), _shown(value, unit)
    units = run.measures("fuel", "rounds", "sorties")
    yield "fuel burnt", f"{sum(units['fuel'].values()):.0f} t"
    yield "rounds fired", str(sum(units["rounds"].values()))
    yield "sorties flown", str(sum(units["sorties"].values()))
    yield "fingerprint", run.fingerprint[:16]


def _shown(value: Any, unit: str) -> str:
    if isinstance(value, float) and isnan(value):
        return "none"
    return f"{100 * value:.0f} %" if unit == "share" else f"{value:.0f} {unit}"


def _clock(run: Run, seconds: float, planned: float | None = None) -> str:
    """Day and time; of what was planned, the time alone, with the days in between when there are any."""
    if isnan(seconds):
        return "-"
    moment = run.plan.begins + timedelta(seconds=round(seconds))
    if planned is None:
        return f"{moment:%d %b %H:%M}"
    days = (moment.date() - (run.plan.begins + timedelta(seconds=planned)).date()).days
    return f"{moment:%H:%M}" + (f" +{days}d" if days > 0 else "")
