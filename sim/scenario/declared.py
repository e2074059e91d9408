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


class Section(BaseModel):
    """A mapping of a file: no unknown keys, frozen once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True, json_schema_extra=explain)

    def __init_subclass__(cls, **more: Any) -> None:
        """Looks annotations of one word up in their module: each of a thousand is compiled else, which takes a tenth of a check."""
        super().__init_subclass__(**more)
        known = vars(builtins) | vars(sys.modules[cls.__module__])
        said = vars(cls).get("__annotations__", {})
        said.update({name: known.get(word, word) for name, word in said.items()})


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
