"""Fact sheets, and the ledger that traces every number of a scenario to a fact or an assumption."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, Field, ValidationError, model_validator

from sim.errors import ScenarioError, described, unknown
from sim.scenario.declared import Name, Section, Words
from sim.scenario.explain import explain
from sim.scenario.numbers import Number
from sim.scenario.places import Place
from sim.scenario.schema import Scenario
from sim.scenario.tree import plant, read_text

Content = TypeVar("Content", bound=BaseModel)
PACKAGE = Path(__file__).parent.parent
SEEDS = (PACKAGE / "seeds", PACKAGE.parent / "seeds")  # installed; beside the package in a checkout


class Source(Section):
    """Where a fact was read: what it is, what it gives, its address where it has one."""

    title: str
    says: str = ""
    url: str | None = None


class Fact(Section):
    """One sourced statement in our own words, with how exact its wording is.

    used_by: scenarios drawn from it. context: or why no scenario is. against: facts of the sheet that say otherwise
    of the same thing. measure: what shows it in a run, to hold the one against the other; of: for a serial of that drill.
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
    against: Words = ()
    measure: str = ""
    of: str = ""

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
        if sheet and sheet != self.name:
            raise ValueError(unknown("fact sheet", sheet, [self.name]))
        if short not in self.facts:
            raise ValueError(unknown("fact", short, self.facts))
        return self.facts[short].model_dump()


class _Sheet(Section):
    sheet: Name
    title: Name
    facts: dict[str, Fact] = Field(min_length=1)

    @model_validator(mode="after")
    def _known(self) -> _Sheet:
        for name, fact in self.facts.items():
            for other in fact.against:
                if other not in self.facts or other == name:
                    raise ValueError(f"{name!r} is against {unknown('other fact', other, self.facts)}")
        return self


class _Cited(Section):
    sources: dict[str, Source] = Field(min_length=1)


def read_facts(path: Path) -> FactSheet:
    """A fact sheet from its file. Raises ScenarioError with every fault."""
    with suppress(OSError):  # told by the reading
        state = path.stat()
        return _read_facts(path, state.st_mtime_ns, state.st_size)
    return _read_facts.__wrapped__(path)


@lru_cache(8)  # a study reads the same sheet for each of its points, and that takes half of their time
def _read_facts(path: Path, *_: int) -> FactSheet:
    sheet = _validated(path, _Sheet, "a fact sheet: it needs 'sheet', 'title' and 'facts'")
    return FactSheet(sheet.sheet, sheet.title, sheet.facts)


def read_sources(path: Path) -> dict[str, Source]:
    """The sources a fact sheet or data sheet cites, by tag. Raises ScenarioError with every fault."""
    return _validated(path, _Cited, "a list of sources: it needs 'sources'").sources


def cited_sources() -> dict[str, Source]:
    """The sources that come with the package, by tag; none where the list is not at hand."""
    path = next((each for seeds in SEEDS if (each := seeds / "sources.yaml").is_file()), None)
    return {} if path is None else read_sources(path)


def _validated(path: Path, model: type[Content], what: str) -> Content:
    tree = plant(read_text(path), path.as_posix())
    if not isinstance(tree.data, dict):
        raise ScenarioError([tree.fault((), f"is not {what}; got {described(tree.data)}")])
    try:
        return model.model_validate(tree.data)
    except ValidationError as wrong:
        raise ScenarioError(explain(wrong, tree, (), model)) from None


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


def ledger(part: BaseModel) -> tuple[Entry, ...]:
    """Every number of a scenario and of the sheets it uses, or of one sheet, in the order of the file."""
    return tuple(_entries(part, "", _Standing()))


@dataclass(frozen=True, slots=True)
class _Standing:
    """What the sections around a number say for every bare number in them."""

    basis: str | None = None
    why: str = ""
    source: tuple[str, ...] = ()

    def within(self, section: BaseModel) -> _Standing:
        """The same, with what a nearer section says laid over."""
        why, source = getattr(section, "why", None), getattr(section, "source", ())
        basis = getattr(section, "basis", None) or ("fact" if source and not why else None)
        return _Standing(basis or self.basis, why or self.why, source or self.source)


def _entries(part: Any, path: str, standing: _Standing) -> Iterator[Entry]:
    if isinstance(part, Number | Place):
        yield _entry(part, path, standing)
    elif isinstance(part, BaseModel):
        standing = standing.within(part)
        for name, field in type(part).model_fields.items():
            if name not in ("why", "source", "basis", "facts"):
                yield from _entries(getattr(part, name), _step(path, field.alias or name), standing)
    elif isinstance(part, Mapping):
        for name, each in part.items():
            yield from _entries(each, _step(path, str(name)), standing)
    elif isinstance(part, tuple):
        for index, each in enumerate(part):
            label = (
                getattr(each, "serial", None) or getattr(each, "platform", None) or getattr(each, "gun", None)
            )
            yield from _entries(each, f"{path}[{label or index}]", standing)


def _step(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _entry(number: Number | Place, path: str, standing: _Standing) -> Entry:
    stated, source = number.why or standing.why, number.source or standing.source
    if number.basis == "fact" or (number.basis is None and standing.basis == "fact" and source):
        return Entry(path, number, "fact", source, stated)
    entry = Entry(path, number, "assumed", source, stated)
    return entry if entry.ranged and stated else Entry(path, number, "bare", source, stated)


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
