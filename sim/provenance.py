"""Where the numbers of a scenario come from, printed: facts, assumptions with their ranges, facts not used."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.errors import ScenarioError
from sim.listing import cells, paragraphs, span, table
from sim.quantities import human
from sim.scenario.facts import Entry, FactSheet, facts_used, ledger, read_facts
from sim.scenario.overrides import read_with
from sim.scenario.places import Place
from sim.scenario.read import find, locate_facts
from sim.scenario.schema import Scenario

THE_SCENARIO = "the scenario"
LONG = 80  # letters; a longer reason is not given a second time
PLAYED = ["navdrill", "run"]  # how a command begins that plays a scenario; its name comes next
SHEETS = ("platforms", "guns", "environment.season")  # the parts of a scenario that come from data sheets


@dataclass(frozen=True, slots=True)
class Provenance:
    """The ledger of a scenario beside its fact sheet."""

    plan: Scenario
    entries: tuple[Entry, ...]
    sheet: FactSheet | None
    used: dict[str, list[str]]

    def counts(self) -> dict[str, int]:
        """How many numbers are facts, assumptions, or neither."""
        return {
            basis: sum(each.basis == basis for each in self.entries) for basis in ("fact", "assumed", "bare")
        }

    def unused(self) -> dict[str, str]:
        """Facts no part of the scenario draws on, with the reason the fact sheet gives."""
        facts = self.sheet.facts if self.sheet is not None else {}
        return {
            name: fact.context or f"used by {', '.join(fact.used_by)}"
            for name, fact in facts.items()
            if name not in self.used
        }

    def content(self) -> dict[str, Any]:
        """All of it for programs."""
        numbers = [
            {"path": each.path, "value": _shown(each), "range": _range(each), "basis": each.basis,
             "source": list(each.source), "fact": each.number.fact, "why": each.why}
            for each in self.entries
        ]  # fmt: skip
        facts = self.sheet.facts if self.sheet is not None else {}
        used = {
            name: {"statement": facts[name].statement, "by": self.used[name]}
            for name in self.used
            if name in facts
        }
        return {
            "counts": self.counts(),
            "numbers": numbers,
            "facts_used": used,
            "facts_unused": self.unused(),
        }

    def lines(self, columns: int, everything: bool = False) -> Iterator[str]:
        """The numbers of the scenario itself (with `everything` those of its sheets too), the facts, the counts."""
        yield from self._numbers(columns, everything)
        if self.sheet is not None:
            yield from self._facts(self.sheet, columns)
        counts, total = self.counts(), len(self.entries)
        own = sum(not _of_sheet(each) for each in self.entries)
        yield from paragraphs(
            f"{total} numbers ({own} of the scenario, {total - own} of its data sheets): {counts['fact']} facts, "
            f"{counts['assumed']} assumptions with a range and a reason, {counts['bare']} with neither.", columns
        )  # fmt: skip
        if self.sheet is not None:
            unused = len(self.unused())
            yield from paragraphs(f"{len(self.sheet.facts)} facts on the sheet: {len(self.sheet.facts) - unused} used, "
                                  f"{unused} not, each with its reason.", columns)  # fmt: skip
        if not everything and own < total:
            yield from paragraphs("--all lists the numbers of the data sheets as well.", columns)

    def _numbers(self, columns: int, everything: bool) -> Iterator[str]:
        """A table for each section of the file, so that paths stay short."""
        sections: dict[str, list[tuple[str, ...]]] = {}
        told: dict[str, str] = {}
        for each in self.entries:
            if everything or not _of_sheet(each):
                section, _, name = each.path.rpartition(".")
                reason = each.number.fact or (", ".join(each.source) if each.basis == "fact" else each.why)
                first = told.setdefault(reason, section)
                if first != section and len(reason) > LONG:
                    reason = f"as for {first}"
                row = (name, _shown(each), _range(each), each.basis, reason)
                sections.setdefault(section, []).append(row)
        inner = [
            max((cells(row[at]) for rows in sections.values() for row in rows), default=0) for at in range(4)
        ]
        for section, rows in sections.items():
            yield section or THE_SCENARIO
            aligned = [
                (*(cell.ljust(size) for cell, size in zip(row[:-1], inner, strict=True)), row[-1])
                for row in rows
            ]
            yield from table(("",) * 5, [("  " + row[0], *row[1:]) for row in aligned], columns)
            yield ""

    def _facts(self, sheet: FactSheet, columns: int) -> Iterator[str]:
        rows = [
            (
                name,
                fact.exactness,
                ", ".join(fact.source),
                f"{fact.statement} (for {_places(self.used[name])})",
            )
            for name, fact in sheet.facts.items()
            if name in self.used
        ]
        yield from table(("fact used", "how exact", "source", "statement, and what it is for"), rows, columns)
        yield ""
        yield from table(("fact not used", "why"), list(self.unused().items()), columns)
        yield ""


def provenance(plan: Scenario, scenario: str | Path) -> Provenance:
    """The provenance of a scenario read from a file. Raises ScenarioError when its fact sheet is bad."""
    path = locate_facts(plan.facts, find(scenario).parent) if plan.facts else None
    sheet = read_facts(path) if path is not None else None
    return Provenance(plan, ledger(plan), sheet, facts_used(plan))


def of_run(plan: Scenario, about: Mapping[str, Any], folder: Path) -> Provenance:
    """The provenance of a run in a folder. about: its manifest.

    The folder's scenario holds what facts say and not their names. So the file it was played from is read again, where
    it still is and still says the same; else numbers tell their sources only.
    """
    words = shlex.split(about.get("command") or "")
    if words[:2] == PLAYED and len(words) > len(PLAYED):
        name = words[len(PLAYED)]
        try:
            source = read_with(name, [words[at + 1] for at, word in enumerate(words[:-1]) if word == "--set"])
        except ScenarioError:
            pass
        else:
            if source.digest == plan.digest:
                return provenance(source, name)
    return provenance(plan, folder / "scenario.json")


def _of_sheet(entry: Entry) -> bool:
    return entry.path.startswith(SHEETS)


def _places(paths: list[str]) -> str:
    return (paths[0] or THE_SCENARIO) + (f" and {len(paths) - 1} more" if len(paths) > 1 else "")


def _shown(entry: Entry) -> str:
    number = entry.number
    if isinstance(number, Place):
        return f"{number.latitude:.3f} {number.longitude:.3f}"
    return human(number.value, "time" if number.dimension == "moment" else number.dimension)


def _range(entry: Entry) -> str:
    number = entry.number
    if isinstance(number, Place):
        return "" if number.within is None else f"within {human(number.within, 'length')}"
    if number.low is None or number.high is None:
        return ""
    dimension = "time" if number.dimension == "moment" else number.dimension
    return span(number.low, number.high, dimension, number.value)
