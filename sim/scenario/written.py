"""A scenario's content as a file would write it, and the plain form of it that a digest is taken from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel

from sim.scenario.numbers import Number
from sim.scenario.places import Place

WORDS_ONLY = ("why", "source", "facts", "drawn_from", "basis", "about", "title")
DIGITS = 12  # significant; 22.224 km and 12 nmi are the same length, though their floats may differ in the last bit


def written(part: Any) -> Any:
    """A part of a scenario as a file would write it: every number in full, defaults too, what is empty left out.

    Defaults are written, so that a run's folder still says what was played when a default has changed.
    """
    if isinstance(part, Number | Place):
        return part.written()
    if isinstance(part, datetime):
        return part.isoformat()
    if isinstance(part, BaseModel):
        found = {}
        for name, field in type(part).model_fields.items():
            each = getattr(part, name)
            if each != field.default or each not in (None, (), {}, ""):
                found[field.alias or name] = written(each)
        return found
    if isinstance(part, Mapping):
        return {name: written(each) for name, each in part.items()}
    return [written(each) for each in part] if isinstance(part, tuple | list) else part


def plain(part: Any) -> Any:
    """A part of a scenario without its words and units: what decides how the exercise goes, and nothing else.

    A better explained scenario is still the same scenario. Order stays: ties fall as the file has it.
    """
    if isinstance(part, Number):
        return [_rounded(each) for each in (part.value, part.low, part.high)] + [part.drawn]
    if isinstance(part, Place):
        return [_rounded(each) for each in (part.latitude, part.longitude, part.within)]
    if isinstance(part, datetime):
        return part.astimezone(UTC).isoformat()
    if isinstance(part, BaseModel):
        names = (name for name in type(part).model_fields if name not in WORDS_ONLY)
        return {name: plain(getattr(part, name)) for name in names}
    if isinstance(part, Mapping):
        return [[name, plain(each)] for name, each in part.items()]
    return [plain(each) for each in part] if isinstance(part, tuple | list) else part


def _rounded(amount: float | None) -> str | None:
    return None if amount is None else f"{amount + 0.0:.{DIGITS}g}"
