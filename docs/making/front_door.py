"""The reference of the Python front door: what `import sim` offers, from its own docstrings."""

from __future__ import annotations

import inspect
import re
from types import FunctionType
from typing import Any

from pydantic import BaseModel

import sim
from making.markdown import page, plain, section
from sim.scenario.meanings import about

ABOUT = """\
What `import sim` offers. Names are looked up when first used, so that importing is quick. How to use it: [Python](../how/python.md).
Everything below it may be imported as well; what a module is for stands in its first line, and [architecture](../architecture.md) shows
them by floors."""


def front_door() -> str:
    """The page."""
    return page("Python", ABOUT, *(one(name) for name in sim.__all__))


def one(name: str) -> str:
    """A function, or a class with its methods."""
    thing = getattr(sim, name)
    if not inspect.isclass(thing):
        return section(f"sim.{name}", _call(f"sim.{name}", thing), plain(inspect.getdoc(thing) or ""))
    words = about(thing) if issubclass(thing, BaseModel) else plain(inspect.getdoc(thing) or "")
    return section(f"sim.{name}", words, *_members(thing))


def _members(kind: type[Any]) -> list[str]:
    """Its own public methods and properties, a line each."""
    found = []
    for name, member in vars(kind).items():
        called = member.__func__ if isinstance(member, classmethod | staticmethod) else member
        words = _first(inspect.getdoc(called))
        if name.startswith("_") or not words:
            continue
        if isinstance(called, FunctionType):
            found.append(f"- `{_signature(name, called)}`: {words}")
        elif isinstance(called, property) or hasattr(called, "attrname"):  # a cached property
            found.append(f"- `{name}`: {words}")
    return ["\n".join(found)] if found else []


def _first(text: str | None) -> str:
    return " ".join((text or "").split("\n\n")[0].split())


def _call(name: str, function: Any) -> str:
    return f"```text\n{_signature(name, function)}\n```"


def _signature(name: str, function: Any) -> str:
    said = (
        str(inspect.signature(function))
        .replace("''", '""')
        .replace("'", "")
        .replace("(self, ", "(")
        .replace("(self)", "()")
    )
    return name + re.sub(r"\b(?:[a-z_]+\.)+([A-Z]\w*)", r"\1", said)
