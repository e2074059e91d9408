"""What a kind declares of itself, as rows to be shown: parameters with what they measure, bounds, defaults and where these come from."""

from __future__ import annotations

import typing
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sim.listing import KILOMETRES, span
from sim.quantities import human
from sim.scenario.declared import Section
from sim.scenario.numbers import Number, Quantity
from sim.scenario.roles import Role
from sim.scenario.sheets import Limits

PROVENANCE = ("basis", "why", "source", "facts")  # keys of any section, not parameters of a kind
WIDE = 24  # letters of a default that stand in its column; a longer one stands with the words beneath
HEADINGS = ("parameter", "default", "range", "may be", "why [source]")


class Parameter(NamedTuple):
    """One that a serial, or a data sheet, may set.

    may_be: what it measures and its bounds, or the words it may be. number: the default, SI; None for words and for
    what has none.
    """

    key: str
    default: str
    range: str
    may_be: str
    why: str
    source: tuple[str, ...]
    number: Number | None = None
    quantity: Quantity | None = None

    @property
    def row(self) -> tuple[str, ...]:
        """It as a row below HEADINGS."""
        cited = f" [{', '.join(self.source)}]" if self.source else ""
        is_short = len(self.default) <= WIDE
        why = self.why if is_short else f"{self.default}. {self.why}"
        return (
            self.key,
            self.default if is_short else "see below",
            self.range,
            self.may_be,
            f"{why}{cited}".strip(),
        )

    def content(self) -> dict[str, Any]:
        """It for programs; numbers in SI."""
        said: dict[str, Any] = {"parameter": self.key, "default": self.default, "range": self.range, "may be": self.may_be,
                                "why": self.why, "source": list(self.source)}  # fmt: skip
        if self.quantity is not None:
            bounds = {
                "at_least": self.quantity.at_least,
                "above": self.quantity.above,
                "at_most": self.quantity.at_most,
            }
            said |= {"dimension": self.quantity.dimension, "bounds_si": {key: each for key, each in bounds.items() if each is not None}}  # fmt: skip
        if self.number is not None:
            said |= {"value_si": self.number.value, "low_si": self.number.low, "high_si": self.number.high,
                     "drawn": self.number.drawn}  # fmt: skip
        return said


def parameters(kind: Any) -> list[Parameter]:
    """The parameters of a drill or sensor, in the order they are declared."""
    keys = [key for key in kind.Parameters.model_fields if key not in PROVENANCE]
    found = (_parameter(kind.Parameters, key) for key in keys)
    return [
        each._replace(may_be="platform") if each.key in getattr(kind, "targets", ()) else each
        for each in found
    ]


def _parameter(model: type[Section], key: str) -> Parameter:
    field = model.model_fields[key]
    annotated = [
        field.metadata,
        *(getattr(each, "__metadata__", ()) for each in typing.get_args(field.annotation)),
    ]
    quantity = next((each for said in annotated for each in said if isinstance(each, Quantity)), None)
    if isinstance(field.default, tuple):
        listed = ", ".join(map(str, field.default)) or "none"
        return Parameter(key, listed, "", bounds(quantity) if quantity else "", "One or several.", ())
    if quantity is None:
        words = (
            typing.get_args(field.annotation) if typing.get_origin(field.annotation) is typing.Literal else ()
        )
        default = "" if field.is_required() or field.default is None else str(field.default)
        return Parameter(key, default, "", "", f"Or {_listed(each for each in words if each != default)}." if words else "",
                         ())  # fmt: skip
    if field.is_required() or field.default is None:
        return Parameter(key, "on the sheet", "", bounds(quantity), "", (), None, quantity)
    number = quantity.read(field.default)
    value, spread = _written(field.default, number)
    return Parameter(
        key, value, spread, bounds(quantity), number.why or "", tuple(number.source), number, quantity
    )


def _listed(words: Iterable[Any]) -> str:
    *first, last = map(str, words)
    return f"{', '.join(first)} or {last}" if first else last


def _written(default: Any, number: Number) -> tuple[str, str]:
    """A default and its range in the units they are declared in."""
    if not isinstance(default, Mapping) or "fact" in default:
        return human(number.value, number.dimension), ranged(number)
    value, low, high = (
        str(default.get(key, "")) for key in ("mode" if number.drawn else "value", "low", "high")
    )
    spread = f"{_without(low, high)} .. {high}" if low and high else ""
    return value, spread + (", drawn" if number.drawn else "")


def _without(low: str, high: str) -> str:
    """The first number of a range without the unit that its second has as well."""
    unit = high.lstrip("-.0123456789e")
    return low.removesuffix(unit) if unit.strip() else low


def ranged(number: Number, like: float | None = None) -> str:
    """The range of a number, in the unit of its value, or of one like it."""
    if number.low is None or number.high is None:
        return ""
    found = span(number.low, number.high, number.dimension, number.value if like is None else like)
    return found + (", drawn" if number.drawn else "")


def bounds(quantity: Quantity) -> str:
    """What a number measures and what it may be: `speed 0 .. 2333 kn`, `length > 0`."""
    least, above, most = quantity.at_least, quantity.above, quantity.at_most
    if least is not None and most is not None:
        return f"{quantity.dimension} {span(least, most, quantity.dimension)}"
    signs = (("≥", least), (">", above), ("≤", most))
    told = (
        f"{sign} {human(each, quantity.dimension) if each else 0}" for sign, each in signs if each is not None
    )
    return f"{quantity.dimension} {', '.join(told)}".strip()


def role_row(name: str, role: Role, gear: Sequence[str]) -> tuple[str, ...]:
    """A role: its name, how many, what may take it, and its words with what must work and whether it waits at home."""
    needs = " or ".join(role.family) or "any unit"
    if role.carries:
        needs += f" with {' or '.join(role.carries)}"
    words = role.doc
    if gear:
        words += f"; must work, where fitted: {', '.join(gear)}"
    if role.waits:
        words += "; at home until sent for"
    if role.plays:
        words += f"; {role.plays} to the others"
    return name, "optional" if role.optional else f"at least {role.least}", needs, words


def limit_rows(limits: Limits) -> list[tuple[str, ...]]:
    """Usual limits: what, the worst allowed, the range of that, and why."""
    found: list[tuple[str, ...]] = []
    for key in ("sea_state", "visibility", "wind", "daylight"):
        value = getattr(limits, key)
        if isinstance(value, Number):
            sign = "≥" if key == "visibility" else "≤"
            cited = ", ".join(value.source or limits.source)
            why = f"{value.why or limits.why or ''}{f' [{cited}]' if cited else ''}".strip()
            like = (
                value.high if key == "visibility" and value.value >= KILOMETRES else None
            )  # one unit in a line
            found.append(
                (key, f"{sign} {human(value.value, value.dimension, like)}", ranged(value, like), why)
            )
        elif value not in (None, "any"):
            found.append((key, str(value), "", limits.why or ""))
    return found


def rule_rows(kind: Any) -> list[tuple[str, ...]]:
    """Rules of safety a drill has of its own, and who is close in it by design."""
    found: list[tuple[str, ...]] = []
    for key in sorted(kind.safety.model_fields_set - set(PROVENANCE)):
        number = getattr(kind.safety, key)
        found.append(
            (key, human(number.value, number.dimension), ranged(number), kind.safety.why or number.why or "")
        )
    return [*found, *(("close by design", " and ".join(pair), "", "") for pair in kind.close)]
