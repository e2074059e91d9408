"""Mappings of a file: no unknown keys, frozen once read, and where the bare numbers in them come from."""

from __future__ import annotations

import builtins
import sys
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from sim.scenario.meanings import explain
from sim.scenario.origins import Basis

Name = Annotated[str, Field(min_length=1)]
Words = Annotated[
    tuple[Name, ...],
    BeforeValidator(
        lambda given: [given] if isinstance(given, str) else [] if given is None else given,
        json_schema_input_type=str | list[str],
    ),
]


class _Named(type(BaseModel)):  # type: ignore[misc]  # the metaclass has no other public name
    """Looks annotations of one word up in their module: compiling each of a thousand took a good part of the time of a check."""

    def __new__(mcs, name: str, bases: tuple[type, ...], space: dict[str, Any], **more: Any) -> type:
        """As ever."""
        known = vars(builtins) | vars(sys.modules[space["__module__"]])
        said = space.get("__annotations__", {})
        space["__annotations__"] = {key: known.get(word, word) for key, word in said.items()}
        return super().__new__(mcs, name, bases, space, **more)


class Section(BaseModel, metaclass=_Named):
    """A mapping of a file: no unknown keys, frozen once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True, json_schema_extra=explain)


class Declared(Section):
    """A mapping that may say once, for every bare number in it, where they come from.

    basis: fact or assumed. why: the reason of its assumptions. source: tags of `seeds/sources.yaml`.
    """

    basis: Basis | None = None
    why: str | None = None
    source: Words = ()
    facts: Words = Field((), description="Facts this part of the scenario is drawn from.")


def assumed(value: str, why: str, **more: Any) -> Any:
    """A default as a scenario would write it: a value with its range, and the reason."""
    match = value.partition(" (")
    low, _, high = match[2].rstrip(")").partition(" .. ")
    unit = high.partition(" ")[2]
    low = low if not unit or " " in low or low.endswith("%") else f"{low} {unit}"
    return {"value": match[0], "low": low, "high": high, "basis": "assumed", "why": why} | more
