"""The report in Markdown: summary, serials, measures and provenance, for a wiki, a mail or a diff."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.plots._style import result
from sim.provenance import SHEETS, of_run
from sim.report._account import Account, accounts, hold_words, late, measured, outcome, times
from sim.report._captions import clock
from sim.report._sections import KINDS_OF
from sim.report._story import sentences
from sim.runs import Run

_SPECIAL = "\\`*_{}[]<>#|~&!"


def markdown(run: Run, about: Mapping[str, Any], folder: Path) -> str:
    """The whole text. about: the manifest of the run in the folder."""
    lines = [f"# {plain(run.plan.exercise)}", "", plain(result(run)), "", "## Summary", ""]
    lines += [f"- {plain(each)}" for each in sentences(run)]
    lines += ["", "## Serials", "", *_serials(run, accounts(run))]
    lines += ["## Measures", "", *_measures(run)]
    lines += ["## Provenance and assumptions", "", *_sources(run, about, folder)]
    lines += ["## Manifest", "", *_manifest(about)]
    return "\n".join(lines) + "\n"


def plain(text: object) -> str:
    """Text as it stands, whatever marks are in it; on one line."""
    words = " ".join(str(text).split())
    return "".join(f"\\{letter}" if letter in _SPECIAL else letter for letter in words)


def _table(headings: Iterable[str], rows: Iterable[Iterable[Any]]) -> list[str]:
    heads = list(headings)
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(plain(cell) for cell in row) + " |" for row in rows]
    return [*lines, ""]


def _serials(run: Run, found: list[Account]) -> Iterator[str]:
    rows = []
    for each in found:
        row, score = each.row, each.measure("score")
        begun = (
            ("–", "–") if row.actual is None else (clock(run, row.actual.start), clock(run, row.actual.end))
        )
        rows.append((row.serial, row.title, clock(run, row.planned.start), *begun, outcome(row),
                     f"{score.value:.2f}" if score and score.value else "–"))  # fmt: skip
    yield from _table(("No", "Serial", "Planned", "COMEX", "FINEX", "Outcome", "Score"), rows)
    for each in found:
        yield from _serial(run, each)


def _serial(run: Run, account: Account) -> Iterator[str]:
    row = account.row
    yield f"### {plain(row.serial)} {plain(row.title)}"
    yield ""
    yield f"- {plain(account.drill_title)}, {plain(account.area or 'no area')}, conducted by {plain(run.plan.forces[row.force].name)}"
    for what, start, end in times(run, row):
        yield f"- {what}: {start} to {end}"
    if row.actual is not None:
        yield f"- began {late(row)}"
    yield f"- result: {plain(outcome(row))}"
    yield f"- units: {plain(account.manning)}"
    for hold in row.holds:
        yield f"- hold: {plain(hold_words(run, hold))}"
    yield from (f"- {plain(each.name)}: {plain(each.shown)}" for each in account.measures)
    if account.pairs:
        together = ", ".join(f"{one} and {other} {count}" for one, other, count in account.pairs)
        yield f"- interactions: {plain(together)}"
    yield ""
    yield "What led to it, backwards:"
    yield ""
    yield from (f"1. {clock(run, each.time)} {plain(each.words)}" for each in account.causes)
    yield ""


def _measures(run: Run) -> Iterator[str]:
    found = run.once(measured)
    for of in dict.fromkeys((*KINDS_OF, *(each.of for each in found))):
        mine = [each for each in found if each.of == of]
        if of == "exercise":
            yield from _table(("Measure", "Value"), ((each.name, each.shown) for each in mine))
        elif mine and of != "serial":  # those stand with their serials
            yield f"### {KINDS_OF.get(of, of)}"
            yield ""
            yield from _table(
                ("Measure", "Of", "Value"), ((each.name, each.key, each.shown) for each in mine)
            )


def _sources(run: Run, about: Mapping[str, Any], folder: Path) -> Iterator[str]:
    content = of_run(run.plan, about, folder).content()
    counts = content["counts"]
    yield (f"{sum(counts.values())} numbers: {counts['fact']} facts, {counts['assumed']} assumptions with a range and a reason, "
           f"{counts['bare']} with neither. Those of the data sheets are left out here.")  # fmt: skip
    yield ""
    yield from _table(
        ("Where", "Value", "Range", "Basis", "Source or reason"),
        ((each["path"], each["value"], each["range"], each["basis"], each["fact"] or ", ".join(each["source"]) or each["why"])
         for each in content["numbers"] if not each["path"].startswith(SHEETS)),
    )  # fmt: skip
    if content["facts_used"]:
        yield from _table(
            ("Fact", "Statement"), ((name, each["statement"]) for name, each in content["facts_used"].items())
        )


def _manifest(about: Mapping[str, Any]) -> Iterator[str]:
    if about.get("command"):
        yield "To repeat it:"
        yield ""
        yield f"    {' '.join(about['command'].split())}"
        yield ""
    for name in ("seed", "replication", "fingerprint", "scenario_digest", "records", "version", "python"):
        yield f"- {name.replace('_', ' ')}: {plain(about[name])}"
