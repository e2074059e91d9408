"""Where a number or a place says it comes from: a fact, a source, or an assumption with its reason."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, Literal, Protocol

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic_core import core_schema

from sim.errors import described, unknown

Basis = Literal["fact", "assumed"]
Confidence = Literal["reported", "typical", "recalled", "assumed"]
CONFIDENCES = ("reported", "typical", "recalled", "assumed")


class Facts(Protocol):
    """Where `fact:` references resolve. `find` raises ValueError naming the nearest fact."""

    def find(self, name: str) -> Mapping[str, Any]: ...


class SheetUnread(ValueError):
    """A fact cannot be looked up because its sheet has faults of its own, told elsewhere."""


def provenance(parts: Mapping[str, Any]) -> dict[str, Any]:
    """Basis, reason, sources, fact and confidence from the parts of a number or place. Raises ValueError."""
    source = _sources(parts.get("source"))
    why, fact, basis, confidence = (text_of(parts, key) for key in ("why", "fact", "basis", "confidence"))
    basis = basis or ("fact" if source or fact else None)
    if basis not in (None, "fact", "assumed"):
        raise ValueError(unknown("basis", str(basis), ("fact", "assumed")))
    if confidence is not None and confidence not in CONFIDENCES:
        raise ValueError(unknown("confidence", confidence, CONFIDENCES))
    if confidence == "recalled":
        basis = "assumed"
    return {"basis": basis, "why": why, "source": source, "fact": fact, "confidence": confidence}


def text_of(parts: Mapping[str, Any], key: str) -> str | None:
    """A part that must be text. Raises ValueError for a mapping or a list."""
    given = parts.get(key)
    if isinstance(given, Mapping | list | tuple):
        raise ValueError(f"{key!r} must be text; got {described(given)}")
    return None if given is None else str(given)


def _sources(given: Any) -> tuple[str, ...]:
    if given is None:
        return ()
    tags = (given,) if isinstance(given, str) else given
    if not isinstance(tags, list | tuple) or not all(isinstance(tag, str) for tag in tags):
        raise ValueError(f"'source' must be a tag or a list of tags, like [S06]; got {described(given)}")
    return tuple(tags)


class Reader(ABC):
    """Reads a value and its provenance for the validator, and writes it as a file would."""

    @abstractmethod
    def read(self, given: Any, context: Mapping[str, Any] | None = None) -> Any:
        """The value from what a file holds. Raises ValueError with what is wanted."""

    @abstractmethod
    def json_schema(self) -> dict[str, Any]:
        """What a file may hold, for editors."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        def validate(given: Any, info: ValidationInfo) -> Any:
            return self.read(given, info.context)

        return core_schema.with_info_plain_validator_function(
            validate, serialization=core_schema.plain_serializer_function_ser_schema(_as_written)
        )

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return self.json_schema()


def _as_written(value: Any) -> Any:
    return value.written()
