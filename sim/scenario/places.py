"""Places on the earth with their provenance, as a scenario gives them.

at: 40-05N 133-50E                               degrees and minutes, or 40.5N 134.25E
at: 40-05N 133-50E (±10 nmi)                     an assumption and how far it may be off
at: {value: 40-05N 133-50E, within: 10 nmi, basis: assumed, why: "..."}  or with source: [S06]
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from sim.errors import described, unknown
from sim.quantities import NAUTICAL_MILE, exact, parse, parse_position
from sim.scenario.numbers import SPREAD
from sim.scenario.origins import Basis, Facts, Reader, provenance, text_of

FARTHEST = 480 * NAUTICAL_MILE  # m, about 8 degrees: beyond it the plane's bearings are too far off
OCEAN = (
    2000 * NAUTICAL_MILE
)  # m; the most a scenario may ask for instead, for voyages that count true lengths
_KEYS = ("value", "within", "basis", "why", "source", "fact")


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
    return format(Decimal(repr(degrees)), "f")  # the shortest digits that read back, never with an exponent


class Position(Reader):
    """Reads `40-00.0N 134-00.0E`, with `(±10 nmi)` or {value, within, ...} for its provenance."""

    def read(self, given: Any, context: Mapping[str, Any] | None = None) -> Place:
        """A place from what a file holds. Raises ValueError."""
        if isinstance(given, Place):
            return given
        more: dict[str, Any] = {}
        within: float | None = None
        if isinstance(given, Mapping):
            for key in given:
                if key not in _KEYS:
                    raise ValueError(unknown("part of a position", key, _KEYS))
            near = text_of(given, "within")
            within = None if near is None else _spread(near)
            more = provenance(given)
            more.pop("confidence")
            _known_fact(more["fact"], context or {})
            given = text_of(given, "value")
        if given is None or isinstance(given, list | bool):
            came = "has no value; write" if given is None else f"got {described(given)}; wants"
            raise ValueError(f"{came} a position, like '40-00.0N 134-00.0E'")
        match = SPREAD.match(str(given).strip())
        if match is not None and match["off"]:
            within, given = _spread(match["off"]), match["value"]
            more["basis"] = more.get("basis") or "assumed"
        latitude, longitude = parse_position(str(given))
        return Place(latitude, longitude, within, **more)

    def json_schema(self) -> dict[str, Any]:
        """A plain text, or a mapping with its provenance."""
        parts: dict[str, Any] = {key: {"type": "string"} for key in _KEYS}
        parts["source"] = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
        parts["basis"] = {"enum": ["fact", "assumed"]}
        full = {"type": "object", "properties": parts, "required": ["value"], "additionalProperties": False}
        text = {"type": "string", "examples": ["40-00.0N 134-00.0E"]}
        return {"anyOf": [text, full], "description": "position, like 40-00.0N 134-00.0E"}


def _spread(text: str) -> float:
    """How far off a place may be, m. Raises ValueError below nothing."""
    within = parse(text, "length")
    if within < 0:
        raise ValueError(f"a place cannot be {text.strip()!r} off; write a length of 0 or more")
    return within


def _known_fact(name: str | None, context: Mapping[str, Any]) -> None:
    facts: Facts | None = context.get("facts")
    if name is not None and facts is not None:
        facts.find(name)


Where = Annotated[Place, Position()]
