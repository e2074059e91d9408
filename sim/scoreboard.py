"""The scoreboard of a run on a terminal: the serial table and the headline measures."""

from __future__ import annotations

from datetime import timedelta
from math import isnan
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from sim import shelves
from sim.measures.score import mark
from sim.store import headline

if TYPE_CHECKING:
    from rich.console import Console

    from sim.runs import Run

COLOURS = {"completed": "green", "shortened": "yellow", "stopped": "dark_orange", "cancelled": "red"}
REASONS = {
    "over-run": "serial before ran over", "fog": "fog", "sea": "sea too rough", "wind": "wind too strong",
    "foul-range": "range fouled", "casualty": "equipment casualty", "aircraft": "aircraft late or unserviceable",
    "transit": "units still on their way", "daylight": "no daylight left", "postponed": "put off to its alternate",
    "prerequisite": "what it needed was not done", "time": "time was up", "endex": "the exercise was over",
}  # fmt: skip


def scoreboard(run: Run, console: Console) -> None:
    """Prints the serial table and the headline measures."""
    table = Table(title=f"{run.plan.exercise}, seed {run.seed}", title_justify="left", box=None, pad_edge=False,
                  header_style="bold", width=min(console.width, 120))  # fmt: skip
    for heading, justify in (("No", "right"), ("Serial", "left"), ("Planned", "left"), ("COMEX", "left"),
                             ("FINEX", "left"), ("Outcome", "left"), ("Score", "right"), ("Late or cut because", "left")):  # fmt: skip
        ratio = {"Serial": 3, "Late or cut because": 2}.get(heading)
        table.add_column(heading, justify=justify, no_wrap=ratio is None, ratio=ratio)  # type: ignore[arg-type]
    scores = run.measures("score")["score"]
    for number, record in run.outcomes.items():
        details = record.details
        shown = Text(details["result"], style=COLOURS[details["result"]])
        score = f"{scores[number]:.2f}" if details["result"] in ("completed", "shortened") else "-"
        table.add_row(
            number, run.serial(number).title, _clock(run, details["planned_s"]),
            _clock(run, details["comex_s"], short=True), _clock(run, details["finex_s"], short=True), shown, score,
            REASONS.get(details["reason"], details["reason"]),
        )  # fmt: skip
    console.print(table)
    console.print()
    for line in _headline(run):
        console.print(line)


def _headline(run: Run) -> list[str]:
    found = headline(run)
    total, mean = len(run.outcomes), found["mean_score"]
    lines = [f"{'serials completed':<24}{found['serials_completed']} of {total}"]
    if not isnan(mean):
        lines.append(f"{'mean score':<24}{mean:.2f} ({mark(mean)})")
    for name, value in found.items():
        if name in ("serials_completed", "mean_score"):
            continue
        unit = shelves.module("measures", name.replace("_", "-")).UNIT
        if isinstance(value, float) and isnan(value):
            shown = "none"
        elif unit == "share":
            shown = f"{100 * value:.0f} %"
        else:
            shown = f"{value:.0f} {unit}"
        lines.append(f"{name.replace('_', ' '):<24}{shown}")
    units = run.measures("fuel", "rounds", "distance", "sorties")
    lines += [
        f"{'fuel burnt':<24}{sum(units['fuel'].values()):.0f} t",
        f"{'rounds fired':<24}{sum(units['rounds'].values())}",
        f"{'sorties flown':<24}{sum(units['sorties'].values())}",
        f"{'fingerprint':<24}{run.fingerprint[:16]}",
    ]
    return lines


def _clock(run: Run, seconds: float, short: bool = False) -> str:
    if isnan(seconds):
        return "-"
    moment = run.plan.begins + timedelta(seconds=round(seconds))
    return f"{moment:%H:%M}" if short else f"{moment:%d %b %H:%M}"
