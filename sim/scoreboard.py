"""The scoreboard of a run on a terminal: the serial table and the headline measures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from math import isnan
from typing import TYPE_CHECKING, Any

from sim import shelves
from sim.listing import table
from sim.measures.score import mark
from sim.tables import headline

if TYPE_CHECKING:
    from sim.runs import Run

REASONS = {
    "over-run": "serial before ran over", "fog": "fog", "sea": "sea too rough", "wind": "wind too strong",
    "foul-range": "range fouled", "casualty": "equipment casualty", "aircraft": "aircraft late or unserviceable",
    "transit": "units still on their way", "daylight": "no daylight left", "postponed": "put off to its alternate",
    "prerequisite": "what it needed was not done", "time": "time was up", "endex": "the exercise was over",
}  # fmt: skip
BESIDE = 26  # columns that titles of serials need
LABEL = 24  # columns of the names of the headline measures


def scoreboard(run: Run, columns: int) -> Iterator[str]:
    """The lines of the serial table and the headline measures, for a terminal so many columns wide."""
    replication = f", replication {run.replication}" if run.replication else ""
    yield f"{run.plan.exercise}, seed {run.seed}{replication}"
    yield ""
    headings = ("No", "Planned", "COMEX", "FINEX", "Outcome", "Score", "Serial")
    yield from table(headings, _rows(run), columns, right=("No", "Score"), beside=BESIDE)
    yield ""
    for name, shown in _headline(run):
        yield f"{name:<{LABEL}}{shown}"


def _rows(run: Run) -> Iterator[tuple[str, ...]]:
    scores = run.measures("score")["score"]
    for number, record in run.outcomes.items():
        details = record.details
        score = f"{scores[number]:.2f}" if details["result"] in ("completed", "shortened") else "-"
        reason = REASONS.get(details["reason"], details["reason"])
        yield (
            number, _clock(run, details["planned_s"]), _clock(run, details["comex_s"], short=True),
            _clock(run, details["finex_s"], short=True), details["result"], score,
            run.serial(number).title + (f" ({reason})" if reason else ""),
        )  # fmt: skip


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


def _clock(run: Run, seconds: float, short: bool = False) -> str:
    if isnan(seconds):
        return "-"
    moment = run.plan.begins + timedelta(seconds=round(seconds))
    return f"{moment:%H:%M}" if short else f"{moment:%d %b %H:%M}"
