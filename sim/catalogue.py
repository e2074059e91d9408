"""What there is: drills, platforms, guns, seasons, measures, plots and scenarios, from their declarations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rich.table import Table

from sim import shelves
from sim.errors import UnknownKind, unknown
from sim.quantities import human
from sim.scenario import library
from sim.scenario.numbers import Number, Quantity
from sim.scenario.places import Place
from sim.scenario.read import PACKAGE
from sim.scenario.sheets import Section

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console


@dataclass(slots=True)
class Description:
    """Something shown: its content for programs, and tables for people."""

    title: str
    text: str = ""
    content: Any = None
    tables: Sequence[tuple[str, tuple[str, ...], Sequence[tuple[str, ...]]]] = field(default_factory=list)

    def print(self, console: Console) -> None:
        """Prints it."""
        console.print(self.title, style="bold", markup=False)
        if self.text:
            console.print(self.text, markup=False)
        for title, headings, rows in self.tables:
            if not rows:
                continue
            table = Table(
                *headings, title=title, title_justify="left", box=None, pad_edge=False, header_style="bold"
            )
            for row in rows:
                table.add_row(*row)
            console.print()
            console.print(table)


def describe(what: str | None, name: str | None) -> Description:
    """Everything on a shelf, or one thing on it. Raises UnknownKind with the nearest name."""
    if what is None:
        rows = [(each, str(len(_names(each)))) for each in SECTIONS]
        return Description("What there is: navdrill show WHAT [NAME]", content={each: _names(each) for each in SECTIONS},
                           tables=[("", ("what", "how many"), rows)])  # fmt: skip
    what = what if what in SECTIONS else f"{what}s"
    if what not in SECTIONS:
        raise UnknownKind(unknown("shelf", what.removesuffix("s"), SECTIONS))
    if name is None:
        summaries = {each: _summary(what, each) for each in _names(what)}
        return Description(what.capitalize(), content=summaries,
                           tables=[("", ("name", "what it is"), list(summaries.items()))])  # fmt: skip
    if name not in _names(what):
        raise UnknownKind(unknown(what[:-1], name, _names(what)))
    return SECTIONS[what](name)


def _names(what: str) -> tuple[str, ...]:
    if what in shelves.SHELVES:
        return shelves.names(what)
    if what == "scenarios":
        return tuple(sorted(_scenarios()))
    return library.names(what)


def _scenarios() -> dict[str, Path]:
    """Scenarios that come with navdrill, installed or in the checkout."""
    folders = (PACKAGE.parent / "scenarios", PACKAGE / "scenarios")
    return {path.stem: path for folder in folders for path in folder.glob("*.yaml")}


def _summary(what: str, name: str) -> str:
    if what in shelves.SHELVES:
        return shelves.summary(what, name)
    if what == "scenarios":
        lines = _scenarios()[name].read_text("utf-8").splitlines()
        return next(
            (line.removeprefix("exercise:").strip() for line in lines if line.startswith("exercise:")), ""
        )
    sheet = {"platforms": library.platform, "guns": library.gun, "seasons": library.season}[what](name)
    return sheet.title  # type: ignore[attr-defined]


def _drill(name: str) -> Description:
    kind, module = shelves.kind("drills", name), shelves.module("drills", name)
    roles = [(role, "optional" if spec.optional else f"at least {spec.least}",
              ", ".join((*spec.family, *spec.carries)) or "any", spec.doc) for role, spec in kind.roles.items()]  # fmt: skip
    parameters = [_parameter(kind.Parameters, key) for key in kind.Parameters.model_fields
                  if key not in ("basis", "why", "source", "facts")]  # fmt: skip
    limits = [(key, _value(getattr(kind.limits, key))) for key in ("sea_state", "visibility", "wind", "daylight")
              if getattr(kind.limits, key) is not None]  # fmt: skip
    technical = [(kind.technical, shelves.summary("measures", kind.technical))] if kind.technical else []
    content = {
        "drill": name, "roles": [dict(zip(("role", "how many", "needs", "what"), row, strict=True)) for row in roles],
        "parameters": [dict(zip(("parameter", "default", "range", "bounds", "why"), row, strict=True)) for row in parameters],
        "limits": dict(limits), "live_fire": kind.live_fire, "technical": kind.technical,
    }  # fmt: skip
    return Description(
        f"{name}" + (" (live fire)" if kind.live_fire else ""), (module.__doc__ or "").strip(), content,
        [("Roles", ("role", "how many", "needs", "what"), roles),
         ("Parameters", ("parameter", "default", "range", "bounds", "why or source"), parameters),
         ("Usual limits", ("limit", "value"), limits), ("Scored by", ("measure", "what it is"), technical)],
    )  # fmt: skip


def _parameter(model: type[Section], key: str) -> tuple[str, ...]:
    spec = model.model_fields[key]
    quantity = next((each for each in spec.metadata if isinstance(each, Quantity)), None)
    if quantity is None:
        return key, str(spec.default), "", "", ""
    number = quantity.read(spec.default)
    bounds = []
    for sign, bound in (("≥", quantity.at_least), (">", quantity.above), ("≤", quantity.at_most)):
        if bound is not None:
            bounds.append(f"{sign} {human(bound, number.dimension)}")
    why = number.why or ""
    return (
        key,
        _value(number),
        _range(number),
        " ".join(bounds),
        why + (f" [{', '.join(number.source)}]" if number.source else ""),
    )


def _value(value: Any) -> str:
    if isinstance(value, Number):
        return human(value.value, value.dimension)
    return f"{value.latitude:.3f} {value.longitude:.3f}" if isinstance(value, Place) else str(value)


def _range(number: Number) -> str:
    if number.low is None or number.high is None:
        return ""
    drawn = ", drawn" if number.drawn else ""
    return f"{human(number.low, number.dimension)} .. {human(number.high, number.dimension)}{drawn}"


def _sheet(read: Callable[[str], Any]) -> Callable[[str], Description]:
    def describe_sheet(name: str) -> Description:
        sheet = read(name)
        rows = list(_numbers(sheet, ""))
        content = sheet.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return Description(
            sheet.title, sheet.why or "", content, [("", ("value of", "value", "range", "from"), rows)]
        )

    return describe_sheet


def _numbers(part: Any, path: str) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    if isinstance(part, Number):
        found.append((path, _value(part), _range(part), ", ".join(part.source) or part.why or "assumed"))
    elif isinstance(part, Section):
        label = getattr(part, "gun", None) if path else None
        for key, spec in type(part).model_fields.items():
            step = spec.alias or key
            found.extend(_numbers(getattr(part, key), f"{path}.{label or step}" if path and not label else
                                  f"{path} {label} {step}" if label else step))  # fmt: skip
    elif isinstance(part, dict):
        for key, each in part.items():
            found.extend(_numbers(each, f"{path}.{key}"))
    elif isinstance(part, tuple) and part and isinstance(part[0], Section):
        for each in part:
            found.extend(_numbers(each, path))
    return found


def _function(shelf: str) -> Callable[[str], Description]:
    def describe_function(name: str) -> Description:
        module = shelves.module(shelf, name)
        about = {
            key.lower(): getattr(module, key) for key in ("OF", "UNIT", "STANDARD") if hasattr(module, key)
        }
        rows = [(key, str(value)) for key, value in about.items()]
        return Description(
            name, (module.__doc__ or "").strip(), {"name": name, **about}, [("", ("", ""), rows)]
        )

    return describe_function


def _scenario(name: str) -> Description:
    text = _scenarios()[name].read_text("utf-8")
    return Description(name, text, {"name": name, "text": text})


SECTIONS: dict[str, Callable[[str], Description]] = {
    "drills": _drill,
    "platforms": _sheet(library.platform),
    "guns": _sheet(library.gun),
    "seasons": _sheet(library.season),
    "units": _function("units"),
    "measures": _function("measures"),
    "plots": _function("plots"),
    "scenarios": _scenario,
}
