"""Fact sheets, and the ledger that traces every number of a scenario to a fact or an assumption."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field, model_validator

from sim.errors import Fault, ScenarioError, unknown
from sim.scenario.numbers import Number, Place
from sim.scenario.schema import Scenario
from sim.scenario.sheets import Section, Words
from sim.scenario.tree import Tree, plant, read_text


class Source(Section):
    """Where a fact was read: what it is, what it gives, its address where it has one."""

    title: str
    says: str = ""
    url: str | None = None


class Fact(Section):
    """One sourced statement in our own words, with how exact its wording is.

    used_by: scenarios drawn from it. context: or why no scenario is.
    """

    statement: str
    value: str | None = None
    low: str | None = None
    high: str | None = None
    exactness: Literal["exact", "approximate", "at-least", "unspecified"]
    confidence: Literal["reported", "typical", "assumed"] = "reported"
    source: Words = Field(min_length=1)
    implies: str = ""
    used_by: Words = ()
    context: str = ""

    @model_validator(mode="after")
    def _accounted_for(self) -> Fact:
        if bool(self.used_by) == bool(self.context):
            raise ValueError("needs either used_by (scenarios) or context (why none uses it)")
        return self


@dataclass(frozen=True, slots=True)
class FactSheet:
    """A read fact sheet. `find` gives what a `fact:` reference stands for."""

    name: str
    title: str
    facts: Mapping[str, Fact]

    def find(self, name: str) -> Mapping[str, Any]:
        """The fact of that id, with or without the sheet's name before it. Raises ValueError."""
        sheet, _, short = name.rpartition("/")
        if (sheet and sheet != self.name) or short not in self.facts:
            raise ValueError(unknown("fact", name, self.facts))
        return self.facts[short].model_dump()


def read_facts(path: Path) -> FactSheet:
    """A fact sheet from its file. Raises ScenarioError with every fault."""
    tree = plant(read_text(path), path.as_posix())
    content, faults = tree.data, []
    if not isinstance(content, dict) or not isinstance(content.get("facts"), dict):
        raise ScenarioError([tree.fault((), "is not a fact sheet: it needs 'sheet', 'title' and 'facts'")])
    facts: dict[str, Fact] = {}
    for name, given in content["facts"].items():
        try:
            facts[name] = Fact.model_validate(given)
        except ValueError as wrong:
            faults.extend(_faults_of(tree, ("facts", name), wrong))
    if faults:
        raise ScenarioError(faults)
    return FactSheet(str(content.get("sheet")), str(content.get("title")), facts)


def _faults_of(tree: Tree, path: tuple[str, ...], wrong: ValueError) -> Iterator[Fault]:
    for error in getattr(wrong, "errors", list)():
        inner = tuple(step for step in error["loc"] if isinstance(step, str | int))
        reason = error.get("ctx", {}).get("error", error["msg"])
        yield tree.fault((*path, *inner), str(reason))


def read_sources(path: Path) -> dict[str, Source]:
    """The sources a fact sheet or data sheet cites, by tag."""
    tree = plant(read_text(path), path.as_posix())
    return {tag: Source.model_validate(given) for tag, given in tree.data["sources"].items()}


@dataclass(frozen=True, slots=True)
class Entry:
    """One number of a scenario and where it comes from.

    basis: fact (a fact sheet's or a cited source's), assumed (with range and reason), bare (neither).
    """

    path: str
    number: Number | Place
    basis: Literal["fact", "assumed", "bare"]
    source: tuple[str, ...]
    why: str

    @property
    def ranged(self) -> bool:
        """Whether it says how far it may be off."""
        if isinstance(self.number, Place):
            return self.number.within is not None
        return self.number.low is not None and self.number.high is not None


def ledger(scenario: Scenario) -> tuple[Entry, ...]:
    """Every number of a scenario and of the sheets it uses, in the order of the file."""
    return tuple(_entries(scenario, "", "", ()))


def _entries(part: Any, path: str, why: str, source: tuple[str, ...]) -> Iterator[Entry]:
    if isinstance(part, Number | Place):
        yield _entry(part, path, why, source)
    elif isinstance(part, BaseModel):
        why = getattr(part, "why", None) or why
        source = getattr(part, "source", ()) or source
        for name, field in type(part).model_fields.items():
            if name not in ("why", "source", "basis", "facts"):
                yield from _entries(getattr(part, name), _step(path, field.alias or name), why, source)
    elif isinstance(part, Mapping):
        for name, each in part.items():
            yield from _entries(each, _step(path, str(name)), why, source)
    elif isinstance(part, tuple):
        for index, each in enumerate(part):
            label = (
                getattr(each, "serial", None) or getattr(each, "platform", None) or getattr(each, "gun", None)
            )
            yield from _entries(each, f"{path}[{label or index}]", why, source)


def _step(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _entry(number: Number | Place, path: str, why: str, source: tuple[str, ...]) -> Entry:
    stated = number.why or why
    if number.basis == "fact":
        return Entry(path, number, "fact", number.source, stated)
    entry = Entry(path, number, "assumed", number.source or source, stated)
    return entry if entry.ranged and stated else Entry(path, number, "bare", entry.source, stated)


def facts_used(scenario: Scenario) -> dict[str, list[str]]:
    """Which facts the scenario draws on, and the places that do."""
    used: dict[str, list[str]] = {}
    for entry in ledger(scenario):
        if entry.number.fact:
            used.setdefault(entry.number.fact.rpartition("/")[2], []).append(entry.path)
    for path, names in _drawn_from(scenario, ""):
        for name in names:
            used.setdefault(name.rpartition("/")[2], []).append(path)
    return used


def _drawn_from(part: Any, path: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    if isinstance(part, BaseModel):
        names = getattr(part, "drawn_from", None) or getattr(part, "facts", None)
        if isinstance(names, tuple) and names:
            yield path, names
        for name in type(part).model_fields:
            yield from _drawn_from(getattr(part, name), _step(path, name))
    elif isinstance(part, Mapping):
        for name, each in part.items():
            yield from _drawn_from(each, _step(path, str(name)))
    elif isinstance(part, tuple):
        for index, each in enumerate(part):
            yield from _drawn_from(each, f"{path}[{getattr(each, 'serial', index)}]")
