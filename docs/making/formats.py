"""The reference of files that people write: scenarios and experiments, every key with what it may be, its default and its meaning."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from making.markdown import page, section, table
from sim import shelves
from sim.parameters import bounds
from sim.quantities import DIMENSIONS
from sim.scenario.declared import Declared, Section
from sim.scenario.meanings import about, keys, meanings
from sim.scenario.numbers import Number, Quantity
from sim.scenario.places import Place, Position
from sim.scenario.schema import Scenario
from sim.studies.experiment import Experiment

HIDDEN = {"parameters"}  # made by the reader, never written
COMMON = tuple(keys(Declared))
NAMES = {
    str: "text",
    bool: "yes or no",
    int: "whole number",
    float: "time",
    datetime: "time with its zone",
    Number: "number",
    Place: "position",
}
HEADINGS = ("key", "is", "default", "meaning")
WRITTEN = """\
Every key of a scenario, what it may be, its default and its meaning. How to write one, with examples: [how a scenario is written](../how/scenario.md). `navdrill check FILE` tells every fault at once;
`navdrill show schema` prints the same format for editors. **Bold** keys must be given.

A *number* is written with its unit, and may have a range and reasons: `12 nmi`, `12 nmi (10 .. 15 nmi)`,
`{value: 12 nmi, low: 10 nmi, high: 15 nmi, why: "..."}`, `{fact: NAME}`; where a key says *or drawn*, also
`{low: 2 h, mode: 2.5 h, high: 4 h}`, drawn anew at each use. A *position* is `40-00.0N 134-00.0E`, with how far it may be off:
`(±10 nmi)`. Every section may also say once, for all its bare numbers, where they come from: `basis`, `why`, `source`, `facts`."""


def scenario() -> str:
    """The page of scenario files."""
    parts = [part(each) for each in reached(Scenario) if each.__name__ not in ("Sensors", "Parameters")]
    sensors = table(
        ("key", "what it is"),
        [
            (f"[{name}](sensors.md#{name})", shelves.summary("sensors", name))
            for name in shelves.names("sensors")
        ],
    )
    return page("Scenario files", WRITTEN, part(Scenario, "The whole file"), composition(), *parts[1:],
                section("Sensors", "What a platform looks out with: a key for each kind, with its parameters.", sensors),
                part(Declared, "In every section"), dimensions())  # fmt: skip


def experiment() -> str:
    """The page of experiment files."""
    said = ("What `navdrill sweep` plays. How to make one: [studies](../how/studies.md). **Bold** keys must be given. The designs: "
            "[designs.md](designs.md); the measures: [measures.md](measures.md), `lateness.15` for that of serial 15.")  # fmt: skip
    return page(
        "Experiment files",
        said,
        part(Experiment, "The whole file"),
        *(part(each) for each in reached(Experiment)[1:]),
    )


def reached(model: type[BaseModel]) -> list[type[BaseModel]]:
    """A mapping and all in it, in the order of their keys."""
    found = {model: None}
    for field in model.model_fields.values():
        for inner in _models(field.annotation):
            if inner not in found:
                found |= dict.fromkeys(reached(inner))
    return [each for each in found if each is not Section]


def part(model: type[BaseModel], title: str = "") -> str:
    """One mapping: what it is, and a row for each key."""
    words = meanings(model)
    common = COMMON if model is not Declared and issubclass(model, Declared) else ()
    rows = [(f"**{key}**" if field.is_required() else key, _kind(field), _default(field), words.get(key, ""))
            for key, field in keys(model).items() if key not in HIDDEN and key not in common]  # fmt: skip
    return section(title or name(model), about(model), table(HEADINGS, rows))


def name(model: type[BaseModel]) -> str:
    """A mapping's class in words: `UnitGroup` is a unit group."""
    spaced = "".join(
        f" {letter.lower()}" if letter.isupper() else letter for letter in model.__name__
    ).strip()
    return spaced[:1].upper() + spaced[1:]


def composition() -> str:
    """What a file may say that is like another."""
    return section("Like another", table(("key", "is", "meaning"), [
        ("extends", "text", "The scenario this one is like, but for what it says: a file, or a name. Nothing removes."),
        ("include", "text, or several", "Files whose platforms, guns, forces and bases are added."),
    ]))  # fmt: skip


def dimensions() -> str:
    """What numbers measure, and their units."""
    rows = [(each, ", ".join(said.units), f"`{said.example}`") for each, said in DIMENSIONS.items()]
    return section("Units", table(("number", "units", "as in"), rows))


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for each in typing.get_args(annotation):
        yield from _models(each)


def _kind(field: FieldInfo) -> str:
    """What may stand there."""
    quantity = next((each for each in field.metadata if isinstance(each, Quantity)), None)
    return _measured(quantity) if quantity is not None else _said(field.annotation)


def _measured(quantity: Quantity) -> str:
    return bounds(quantity) + (", or drawn" if quantity.spread else "")


def _said(annotation: Any) -> str:
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        read = next((each for each in inner[1:] if isinstance(each, Quantity | Position)), None)
        if isinstance(read, Quantity):
            return _measured(read)
        return _said(inner[0])
    if origin is typing.Literal:
        return ", ".join(f"`{each}`" for each in inner)
    if origin is tuple:
        several = _said(inner[0])
        return (
            f"{len(inner)} times {several}"
            if inner[-1] is not Ellipsis
            else f"{several}, or several"
            if several == "text"
            else f"list of {several}"
        )
    if origin is dict:
        return f"by name: {_said(inner[1])}"
    if inner:  # a union
        return " or ".join(dict.fromkeys(_said(each) for each in inner if each is not type(None)))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"[{name(annotation).lower()}](#{name(annotation).lower().replace(' ', '-')})"
    return NAMES.get(annotation, "any value")


def _default(field: FieldInfo) -> str:
    default = field.default
    if field.is_required() or default in (None, "", (), {}) or isinstance(default, BaseModel):
        return ""
    if isinstance(default, dict):
        if "hold" in default:
            return f"hold {default['hold']}, then {default['then']}"
        ranged = f"{default['low']} .. {default['high']}" if "low" in default else ""
        return (
            f"{default['mode']}, drawn from {ranged}"
            if "mode" in default
            else f"{default['value']} ({ranged})"
            if ranged
            else str(default["value"])
        )
    return (
        {True: "yes", False: "no"}.get(default, str(default)) if isinstance(default, bool) else str(default)
    )
