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
from typing import TYPE_CHECKING, Annotated, Any

from sim.errors import described, unknown
from sim.quantities import DAY, DIMENSIONS, NAUTICAL_MILE, exact, human, parse, parse_instant, parse_moment
from sim.scenario.origins import CONFIDENCES, Basis, Confidence, Reader, provenance, text_of
from sim.variates import triangular

if TYPE_CHECKING:
    from numpy.random import Generator

MOST_UNITS = 500  # of one kind in one group; the largest exercise of the world counts fewer
BUSIEST = 1 / NAUTICAL_MILE**2  # /m2; a ship on each square mile is a harbour, not a sea
BUSIEST_LANE = 2000 / DAY  # /s; the straits of Dover and Singapore see a fifth of that
_KEYS = ("value", "low", "mode", "high", "basis", "why", "source", "fact", "confidence")


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


SPREAD = re.compile(
    r"^(?P<value>[^()]*?)\s*"
    r"\(\s*(?:(?:±|\+/?-)\s*(?P<off>[^()]+?)|(?P<low>[^()]+?)\s*\.\.\s*(?P<high>[^()]+?))\s*\)$"
)
_BARE = re.compile(r"^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)


class Quantity(Reader):
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
            raise ValueError(self._wanted(given))
        self._bounds(number)
        return number

    @property
    def example(self) -> str:
        """How a file may write such a number."""
        return "22 Jul 15:30" if self.dimension == "moment" else DIMENSIONS[self.dimension].example

    def _wanted(self, came: Any) -> str:
        if came is None:
            return f"has no value; write a {self.dimension}, like {self.example!r}"
        return f"must be a {self.dimension}, like {self.example!r}; got {described(came)}"

    def _amount(self, text: Any, context: Mapping[str, Any]) -> float:
        if isinstance(text, Mapping | list) or text is None:
            raise ValueError(self._wanted(text))
        if self.dimension == "moment":
            return parse_moment(str(text), context["begins"])
        return parse(str(text), self.dimension)

    def _from_text(self, text: str, context: Mapping[str, Any]) -> Number:
        match = SPREAD.match(text.strip())
        if match is None and "(" in text:
            raise ValueError(
                f"{text!r} has a range that cannot be read; write it like '{self.example} (LOW .. HIGH)' "
                f"or '{self.example} (±OFF)'"
            )
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
        if self.dimension == "moment" or _BARE.sub("", low).strip():
            return low
        return f"{low} {_BARE.sub('', high).strip()}"

    def _from_mapping(self, given: Mapping[str, Any], context: Mapping[str, Any]) -> Number:
        for key in given:
            if key not in _KEYS:
                raise ValueError(unknown("part of a number", key, _KEYS))
        parts = {key: each for key, each in given.items() if each is not None}
        if "fact" in parts:
            parts = self._with_fact(parts, context)
        drawn = "mode" in parts
        if drawn == ("value" in parts):
            came = ", ".join(given) or "an empty mapping"
            raise ValueError(f"a number needs 'value', or 'low', 'mode' and 'high', or 'fact'; got {came}")
        if drawn and not self.spread:
            raise ValueError("is one number, not drawn each time: write 'value' instead of 'mode'")
        if drawn and not ("low" in parts and "high" in parts):
            raise ValueError("'mode' needs 'low' and 'high' beside it")
        low, value, high = (
            self._amount(parts[key], context) if key in parts else None
            for key in ("low", "mode" if drawn else "value", "high")
        )
        assert value is not None  # one of the two is there, as checked above
        return Number(value, self.dimension, low, high, drawn, **provenance(parts))

    def _with_fact(self, parts: dict[str, Any], context: Mapping[str, Any]) -> dict[str, Any]:
        """What the fact says, with what the file says beside it laid over; a fact sheet it needs not have.

        A written scenario carries the fact's value with it and names no sheet.
        """
        name, facts = text_of(parts, "fact"), context.get("facts")
        if facts is None and ("value" in parts or "mode" in parts):
            return parts
        if facts is None:
            raise ValueError(f"refers to fact {name!r}, but the scenario names no sheet ('facts: FILE')")
        found = {key: each for key, each in facts.find(name).items() if each not in (None, "", ())}
        if "value" in parts or "mode" in parts:
            return parts
        if "value" not in found:
            raise ValueError(f"fact {name!r} states no number")
        for key in ("value", "low", "high"):
            try:
                self._amount(found.get(key, found["value"]), context)
            except ValueError:
                came = f"fact {name!r} says {found[key]!r}"
                raise ValueError(
                    f"{came}, but here a {self.dimension} is wanted, like {self.example!r}"
                ) from None
        said = ("value", "low", "high", "source", "confidence")
        return {key: found[key] for key in said if key in found} | {"basis": "fact"} | parts

    def _bounds(self, number: Number) -> None:
        for word, amount in (("its low ", number.low), ("", number.value), ("its high ", number.high)):
            if amount is None:
                continue
            if not isfinite(amount):
                raise ValueError(f"{word}is not a finite number")
            if self.dimension == "moment" and amount < 0:
                raise ValueError(f"{word}is before the exercise begins")
            if self.at_least is not None and amount < self.at_least:
                raise ValueError(
                    f"{word}is {self._shown(amount)}, must be at least {self._shown(self.at_least)}"
                )
            if self.above is not None and amount <= self.above:
                raise ValueError(
                    f"{word}is {self._shown(amount)}, must be more than {self._shown(self.above)}"
                )
            if self.at_most is not None and amount > self.at_most:
                raise ValueError(
                    f"{word}is {self._shown(amount)}, must be at most {self._shown(self.at_most)}"
                )
        if self.dimension == "count" and number.value != int(number.value):
            raise ValueError(f"is {number.value:g}, must be a whole number")
        low = number.value if number.low is None else number.low
        high = number.value if number.high is None else number.high
        if low > high:
            raise ValueError(f"its low {self._shown(low)} is above its high {self._shown(high)}")
        if not low <= number.value <= high:
            raise ValueError(
                f"is {self._shown(number.value)}, outside its own range {self._shown(low)} .. {self._shown(high)}"
            )

    def _shown(self, amount: float) -> str:
        if self.dimension == "moment":
            return f"begins + {human(amount, 'time')}"
        if self.dimension == "length" and abs(amount) >= NAUTICAL_MILE:
            return f"{amount / NAUTICAL_MILE:.4g} nmi"  # one unit for all the numbers of a sentence
        return human(amount, self.dimension)

    def json_schema(self) -> dict[str, Any]:
        """A plain text, or a mapping with its provenance."""
        text = {"type": ["string", "number"], "examples": [self.example]}
        parts: dict[str, Any] = {key: {"type": ["string", "number"]} for key in _KEYS}
        parts["source"] = {"type": ["string", "array"], "items": {"type": "string"}}
        parts["basis"] = {"enum": ["fact", "assumed"]}
        parts["confidence"] = {"enum": list(CONFIDENCES)}
        full = {"type": "object", "properties": parts, "additionalProperties": False}
        return {"anyOf": [text, full], "description": f"{self.dimension}, like {self.example}"}


Length = Annotated[Number, Quantity("length", above=0.0)]
Depth = Annotated[Number, Quantity("length", at_least=0.0)]
Speed = Annotated[Number, Quantity("speed", at_least=0.0, at_most=1200.0)]
Time = Annotated[Number, Quantity("time", at_least=0.0)]
Duration = Annotated[Number, Quantity("time", above=0.0, spread=True)]
Delay = Annotated[Number, Quantity("time", at_least=0.0, spread=True)]
Moment = Annotated[Number, Quantity("moment", at_least=0.0)]
Angle = Annotated[Number, Quantity("angle", at_least=0.0)]
Course = Annotated[Number, Quantity("angle", at_least=0.0, at_most=6.2831853071795865)]
Bearing = Annotated[Number, Quantity("angle", at_least=0.0, at_most=1.5)]
Mass = Annotated[Number, Quantity("mass", at_least=0.0)]
MassRate = Annotated[Number, Quantity("mass rate", at_least=0.0)]
Pumping = Annotated[Number, Quantity("mass rate", above=0.0)]
Rate = Annotated[Number, Quantity("rate", above=0.0)]
Density = Annotated[Number, Quantity("density", at_least=0.0, at_most=BUSIEST)]
Level = Annotated[Number, Quantity("level", at_least=0.0, at_most=300.0)]
Absorption = Annotated[Number, Quantity("absorption", at_least=0.0)]
Flow = Annotated[Number, Quantity("flow", at_least=0.0, at_most=BUSIEST_LANE)]
Section = Annotated[Number, Quantity("area", at_least=0.0, at_most=1e6)]
Share = Annotated[Number, Quantity("share", at_least=0.0, at_most=1.0)]
Chance = Annotated[Number, Quantity("share", above=0.0, at_most=1.0)]
Count = Annotated[Number, Quantity("count", at_least=0.0)]
Douglas = Annotated[
    Number, Quantity("count", at_least=0.0, at_most=9.0)
]  # sea states, of Douglas and of the WMO
Several = Annotated[Number, Quantity("count", at_least=1.0)]
Some = Annotated[Number, Quantity("count", at_least=0.0, spread=True)]
Plain = Annotated[Number, Quantity("number", at_least=0.0)]
Crowd = Annotated[Number, Quantity("count", at_least=0.0, at_most=MOST_UNITS, spread=True)]


def instant(given: Any) -> datetime:
    """A validator for times with their zone."""
    if isinstance(given, Mapping | list) or given is None:
        raise ValueError(
            f"must be a time with its zone, like '2023-07-20 08:00 +08:00'; got {described(given)}"
        )
    return given if isinstance(given, datetime) else parse_instant(str(given))
