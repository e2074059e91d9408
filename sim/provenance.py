"""Where the numbers of a scenario come from, printed: facts, assumptions with their ranges, facts not used."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table

from sim.quantities import human
from sim.scenario.facts import Entry, FactSheet, facts_used, ledger, read_facts
from sim.scenario.places import Place
from sim.scenario.read import find, locate_facts
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    from rich.console import Console

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

    def print(self, console: Console, everything: bool = False) -> None:
        """Prints the numbers of the scenario itself (with `everything` those of its sheets too) and the counts."""
        own = [each for each in self.entries if everything or not each.path.startswith(SHEETS)]
        table = _table("number", "value", "range", "basis", "fact, source or reason")
        for each in own:
            reason = each.number.fact or (", ".join(each.source) if each.basis == "fact" else each.why)
            table.add_row(each.path, _shown(each), _range(each), each.basis, reason)
        console.print(table)
        if self.sheet is not None:
            console.print()
            table = _table("fact", "statement", "how exact", "source", "used by")
            for name, fact in self.sheet.facts.items():
                if name in self.used:
                    places = self.used[name]
                    where = places[0] + (f" and {len(places) - 1} more" if len(places) > 1 else "")
                    table.add_row(name, fact.statement, fact.exactness, ", ".join(fact.source), where)
            console.print(table)
            console.print()
            table = _table("fact not used", "why")
            for name, why in self.unused().items():
                table.add_row(name, why)
            console.print(table)
        console.print()
        counts, total = self.counts(), len(self.entries)
        sheets = total - sum(not each.path.startswith(SHEETS) for each in self.entries)
        console.print(
            f"{total} numbers ({total - sheets} of the scenario, {sheets} of its data sheets): {counts['fact']} facts, "
            f"{counts['assumed']} assumptions with a range and a reason, {counts['bare']} with neither.", markup=False
        )  # fmt: skip
        if self.sheet is not None:
            console.print(f"{len(self.sheet.facts)} facts on the sheet: {len(self.sheet.facts) - len(self.unused())} "
                          f"used, {len(self.unused())} not, each with its reason.", markup=False)  # fmt: skip


def provenance(plan: Scenario, scenario: str | Path) -> Provenance:
    """The provenance of a scenario read from a file. Raises ScenarioError when its fact sheet is bad."""
    path = locate_facts(plan.facts, find(scenario).parent) if plan.facts else None
    sheet = read_facts(path) if path is not None else None
    return Provenance(plan, ledger(plan), sheet, facts_used(plan))


def _table(*headings: str) -> Table:
    return Table(*headings, box=None, pad_edge=False, header_style="bold")


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
    return f"{human(number.low, dimension)} .. {human(number.high, dimension)}"
