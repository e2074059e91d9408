"""Numbers with their provenance: a value, how far it may be off, and the fact or reason behind it.

A file may write any number in four ways:

    radius: 12 nmi                                   bare: its section must say where it comes from
    radius: 12 nmi (10 .. 15 nmi)                    an assumption and its plausible range; also (±3 nmi)
    radius: {value: 12 nmi, low: 10 nmi, high: 15 nmi, basis: assumed, why: "..."}  or with source: [S06]
    radius: {fact: joint-shoot-range}                a sourced statement of the fact sheet

and, where chance is meant and not ignorance, {low: 2 h, mode: 2.5 h, high: 4 h}: drawn anew each time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import TYPE_CHECKING, Annotated, Any, Literal, Protocol

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic_core import core_schema

from sim.errors import unknown
from sim.quantities import (
    DIMENSIONS,
    NAUTICAL_MILE,
    exact,
    parse,
    parse_instant,
    parse_moment,
    parse_position,
)
from sim.variates import triangular

if TYPE_CHECKING:
    from numpy.random import Generator

Basis = Literal["fact", "assumed"]
Confidence = Literal["reported", "typical", "recalled", "assumed"]
CONFIDENCES = ("reported", "typical", "recalled", "assumed")
_KEYS = ("value", "low", "mode", "high", "basis", "why", "source", "fact", "confidence")


class Facts(Protocol):
    """Where `fact:` references resolve. `find` raises ValueError naming the nearest fact."""

    def find(self, name: str) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a scenario or data sheet, SI, with its plausible range and its provenance.

    drawn: low, value (the mode) and high span a triangular distribution drawn at each use;
    otherwise low and high say how far the value itself may be off.
    """

    value: float
    dimension: str
    low: float | None = None
    high: float | None = None
    drawn: bool = False
    basis: Basis | None = None
    why: str | None = None
    source: tuple[str, ...] = ()
    fact: str | None = None
    confidence: Confidence | None = None

    def draw(self, generator: Generator) -> float:
        """One realisation: the value itself, or a draw where the file gave low, mode and high."""
        if not self.drawn or self.low is None or self.high is None:
            return self.value
        return triangular(generator, self.low, self.value, self.high)

    @property
    def mean(self) -> float:
        """The mean of what `draw` gives."""
        if not self.drawn or self.low is None or self.high is None:
            return self.value
        return (self.low + self.value + self.high) / 3

    @property
    def whole(self) -> int:
        """The value of a count."""
        return round(self.value)

    def written(self) -> str | dict[str, Any]:
        """The number as a file would write it; reads back to the last bit."""
        dimension = "time" if self.dimension == "moment" else self.dimension
        sign = "+" if self.dimension == "moment" else ""
        text = {
            word: sign + exact(amount, dimension)
            for word, amount in (("mode" if self.drawn else "value", self.value), ("low", self.low),
                                 ("high", self.high))
            if amount is not None
        }  # fmt: skip
        more = {
            word: each for word in ("basis", "why", "fact", "confidence") if (each := getattr(self, word))
        }
        if self.source:
            more["source"] = list(self.source)
        return text["value"] if not more and list(text) == ["value"] else text | more


@dataclass(frozen=True, slots=True)
class Place:
    """A position on the earth, degrees, with how far it may be off, m, and its provenance."""

    latitude: float
    longitude: float
    within: float | None = None
    basis: Basis | None = None
    why: str | None = None
    source: tuple[str, ...] = ()
    fact: str | None = None

    def written(self) -> str | dict[str, Any]:
        """The place as a file would write it; reads back to the last bit."""
        north, east = ("N" if self.latitude >= 0 else "S"), ("E" if self.longitude >= 0 else "W")
        text = f"{_plain(abs(self.latitude))}{north} {_plain(abs(self.longitude))}{east}"
        more: dict[str, Any] = {
            word: each for word in ("basis", "why", "fact") if (each := getattr(self, word))
        }
        if self.within is not None:
            more["within"] = exact(self.within, "length")
        if self.source:
            more["source"] = list(self.source)
        return {"value": text} | more if more else text


def _plain(degrees: float) -> str:
    text = repr(degrees)
    return text if "e" not in text else f"{degrees:.20f}"


_SPREAD = re.compile(
    r"^(?P<value>.*?)\s*\((?:±\s*(?P<off>[^()]+)|(?P<low>[^()]+?)\s*\.\.\s*(?P<high>[^()]+))\)$"
)


class Quantity:
    """Declares what a field measures; the reader of `Annotated[Number, Quantity("length")]`.

    at_least, at_most: bounds in SI, inclusive. above: exclusive lower bound.
    spread: whether {low, mode, high} is allowed, because the model draws this number at each use.
    """

    def __init__(
        self,
        dimension: str,
        *,
        at_least: float | None = None,
        at_most: float | None = None,
        above: float | None = None,
        spread: bool = False,
    ) -> None:
        self.dimension, self.spread = dimension, spread
        self.at_least, self.at_most, self.above = at_least, at_most, above

    def read(self, given: Any, context: Mapping[str, Any] | None = None) -> Number:
        """A number from what a file holds. Raises ValueError with what is wanted."""
        context = context or {}
        if isinstance(given, Number):
            return given
        if isinstance(given, Mapping):
            number = self._from_mapping(given, context)
        elif isinstance(given, str | int | float) and not isinstance(given, bool):
            number = self._from_text(str(given), context)
        else:
            raise ValueError(f"wants a {self.dimension}, like {self._example()!r}")
        self._bounds(number)
        return number

    def _example(self) -> str:
        return "22 Jul 15:30" if self.dimension == "moment" else DIMENSIONS[self.dimension].example

    def _amount(self, text: Any, context: Mapping[str, Any]) -> float:
        if isinstance(text, Mapping | list) or text is None:
            raise ValueError(f"wants a {self.dimension}, like {self._example()!r}")
        if self.dimension == "moment":
            return parse_moment(str(text), context["begins"])
        return parse(str(text), self.dimension)

    def _from_text(self, text: str, context: Mapping[str, Any]) -> Number:
        match = _SPREAD.match(text.strip())
        if match is None:
            return Number(self._amount(text, context), self.dimension)
        value = self._amount(match["value"], context)
        if match["off"]:
            off = parse(match["off"], "time" if self.dimension == "moment" else self.dimension)
            return Number(value, self.dimension, value - off, value + off, basis="assumed")
        high = self._amount(match["high"], context)
        low = self._amount(self._same_unit(match["low"], match["high"]), context)
        return Number(value, self.dimension, low, high, basis="assumed")

    def _same_unit(self, low: str, high: str) -> str:
        """`(10 .. 15 nmi)`: the first number takes the unit of the second."""
        if self.dimension == "moment" or re.search(r"[^\d.\s+-]", low):
            return low
        unit = re.sub(r"^[\d.\s+-]+(e[+-]?\d+)?", "", high)
        return f"{low} {unit}"

    def _from_mapping(self, given: Mapping[str, Any], context: Mapping[str, Any]) -> Number:
        for key in given:
            if key not in _KEYS:
                raise ValueError(unknown("part of a number", key, _KEYS))
        if "fact" in given and "value" not in given and "mode" not in given:
            return self._from_fact(str(given["fact"]), context)
        drawn = "mode" in given
        if drawn == ("value" in given):
            raise ValueError("a number needs 'value', or 'low', 'mode' and 'high', or 'fact'")
        if drawn and not self.spread:
            raise ValueError("is one number, not drawn each time; write 'value' with 'low' and 'high'")
        if drawn and not ("low" in given and "high" in given):
            raise ValueError("'mode' needs 'low' and 'high' beside it")
        source = _sources(given.get("source"))
        basis = given.get("basis") or ("fact" if source or given.get("fact") else None)
        if basis not in (None, "fact", "assumed"):
            raise ValueError(unknown("basis", str(basis), ("fact", "assumed")))
        confidence = given.get("confidence")
        if confidence is not None and confidence not in CONFIDENCES:
            raise ValueError(unknown("confidence", str(confidence), CONFIDENCES))
        if confidence == "recalled":
            basis = "assumed"
        return Number(
            self._amount(given["mode" if drawn else "value"], context),
            self.dimension,
            self._amount(given["low"], context) if "low" in given else None,
            self._amount(given["high"], context) if "high" in given else None,
            drawn,
            basis,
            given.get("why"),
            source,
            given.get("fact"),
            confidence,
        )

    def _from_fact(self, name: str, context: Mapping[str, Any]) -> Number:
        facts: Facts | None = context.get("facts")
        if facts is None:
            raise ValueError(f"refers to fact {name!r}, but no 'facts:' sheet is named")
        found = facts.find(name)
        if found.get("value") is None:
            raise ValueError(f"fact {name!r} states no number")
        try:
            amounts = {
                key: self._amount(found[key], context) for key in ("value", "low", "high") if found.get(key)
            }
        except ValueError as wrong:
            raise ValueError(f"fact {name!r} does not fit here: {wrong}") from None
        return Number(
            amounts["value"], self.dimension, amounts.get("low"), amounts.get("high"), basis="fact",
            source=_sources(found.get("source")), fact=name, confidence=found.get("confidence"),
        )  # fmt: skip

    def _bounds(self, number: Number) -> None:
        for word, amount in (("low", number.low), ("value", number.value), ("high", number.high)):
            if amount is None:
                continue
            if not isfinite(amount):
                raise ValueError(f"{word} must be a finite number")
            if self.at_least is not None and amount < self.at_least:
                raise ValueError(f"{word} must be at least {self._shown(self.at_least)}")
            if self.above is not None and amount <= self.above:
                raise ValueError(f"{word} must be more than {self._shown(self.above)}")
            if self.at_most is not None and amount > self.at_most:
                raise ValueError(f"{word} must be at most {self._shown(self.at_most)}")
        if self.dimension == "count" and number.value != int(number.value):
            raise ValueError("must be a whole number")
        low = number.value if number.low is None else number.low
        high = number.value if number.high is None else number.high
        if not low <= number.value <= high:
            raise ValueError("must lie between its low and its high")

    def _shown(self, amount: float) -> str:
        if self.dimension == "moment":
            return "the beginning of the exercise"
        kind = DIMENSIONS[self.dimension]
        scaled = amount / kind.units[kind.shown] if kind.shown else amount
        return f"{scaled:g} {kind.shown}".strip()

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        def validate(given: Any, info: ValidationInfo) -> Number:
            return self.read(given, info.context)

        return core_schema.with_info_plain_validator_function(
            validate, serialization=core_schema.plain_serializer_function_ser_schema(_written)
        )

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        text = {"type": ["string", "number"], "examples": [self._example()]}
        parts: dict[str, Any] = {key: {"type": ["string", "number"]} for key in _KEYS}
        parts["source"] = {"type": ["string", "array"], "items": {"type": "string"}}
        parts["basis"] = {"enum": ["fact", "assumed"]}
        parts["confidence"] = {"enum": list(CONFIDENCES)}
        full = {"type": "object", "properties": parts, "additionalProperties": False}
        return {"anyOf": [text, full], "description": f"{self.dimension}, like {self._example()}"}


def _written(number: Number | Place) -> Any:
    return number.written()


def _sources(given: Any) -> tuple[str, ...]:
    if given is None:
        return ()
    return (given,) if isinstance(given, str) else tuple(str(each) for each in given)


class Position:
    """Reads `40-00.0N 134-00.0E`, with `(±10 nmi)` or {value, within, ...} for its provenance."""

    def read(self, given: Any, context: Mapping[str, Any] | None = None) -> Place:
        """A place from what a file holds. Raises ValueError."""
        if isinstance(given, Place):
            return given
        more: dict[str, Any] = {}
        within: float | None = None
        if isinstance(given, Mapping):
            for key in given:
                if key not in ("value", "within", "basis", "why", "source", "fact"):
                    raise ValueError(unknown("part of a position", key, ("value", "within", "basis", "why")))
            within = parse(str(given["within"]), "length") if "within" in given else None
            source = _sources(given.get("source"))
            more = {"basis": given.get("basis") or ("fact" if source else None), "why": given.get("why"),
                    "source": source, "fact": given.get("fact")}  # fmt: skip
            given = given.get("value", "")
        match = _SPREAD.match(str(given).strip())
        if match is not None and match["off"]:
            within, given = parse(match["off"], "length"), match["value"]
            more["basis"] = "assumed"
        latitude, longitude = parse_position(str(given))
        return Place(latitude, longitude, within, **more)

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        def validate(given: Any, info: ValidationInfo) -> Place:
            return self.read(given, info.context)

        return core_schema.with_info_plain_validator_function(
            validate, serialization=core_schema.plain_serializer_function_ser_schema(_written)
        )

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"anyOf": [{"type": "string"}, {"type": "object"}], "examples": ["40-00.0N 134-00.0E"]}


Length = Annotated[Number, Quantity("length", above=0.0)]
Depth = Annotated[Number, Quantity("length", at_least=0.0)]
Speed = Annotated[Number, Quantity("speed", at_least=0.0, at_most=1200.0)]
Time = Annotated[Number, Quantity("time", at_least=0.0)]
Duration = Annotated[Number, Quantity("time", above=0.0, spread=True)]
Delay = Annotated[Number, Quantity("time", at_least=0.0, spread=True)]
Moment = Annotated[Number, Quantity("moment", at_least=0.0)]
Angle = Annotated[Number, Quantity("angle", at_least=0.0)]
Course = Annotated[Number, Quantity("angle", at_least=0.0, at_most=6.2831853071795865)]
Mass = Annotated[Number, Quantity("mass", at_least=0.0)]
MassRate = Annotated[Number, Quantity("mass rate", at_least=0.0)]
Rate = Annotated[Number, Quantity("rate", above=0.0)]
Density = Annotated[Number, Quantity("density", at_least=0.0)]
Share = Annotated[Number, Quantity("share", at_least=0.0, at_most=1.0)]
Count = Annotated[Number, Quantity("count", at_least=0.0)]
Some = Annotated[Number, Quantity("count", at_least=0.0, spread=True)]
Plain = Annotated[Number, Quantity("number", at_least=0.0)]
Where = Annotated[Place, Position()]

FARTHEST = 480 * NAUTICAL_MILE  # about 8 degrees: beyond it the plane's bearings are too far off


def instant(given: Any) -> datetime:
    """A validator for times with their zone."""
    return given if isinstance(given, datetime) else parse_instant(str(given))
