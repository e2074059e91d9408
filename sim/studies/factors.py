"""Factors: what varies in a study, and how its values are written into a scenario.

A factor names a place in the scenario by its path, as `--set` does (`environment.sea_state`, `serials.12.range`); it has levels, or a
range. Or it leaves something out.
"""

from __future__ import annotations

import copy
import json
import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from sim.quantities import DIMENSIONS, exact, parse
from sim.scenario.declared import Section
from sim.variates import triangle

THERE = ("present", "absent")  # values of what may be left out
DIGITS = 6  # significant, of a value within a range: what one can say of it, and read again
_NUMBER = re.compile(r"^\s*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)\s*(\S.*)?$", re.ASCII)


def _listed(given: Any) -> Any:
    return given if isinstance(given, list | tuple) or given is None else [given]


class Factor(Section):
    """One thing that varies. levels: its values, one after another. low, high: or the ends of a range."""

    path: str | None = Field(None, description="Where in the scenario its value stands.")
    levels: Annotated[tuple[Any, ...] | None, BeforeValidator(_listed)] = None
    labels: tuple[str, ...] = Field((), description="What tables and pictures call the levels.")
    low: str | None = None
    high: str | None = None
    mode: str | None = Field(None, description="The likeliest value; with it the range is triangular.")
    whole: bool = Field(False, description="Only whole numbers of the range.")
    without: str | None = Field(
        None, description="A unit or a serial, by its name or number, that is there or not."
    )

    @model_validator(mode="after")
    def _one_way(self) -> Factor:
        ranged = [key for key in ("low", "high", "mode") if getattr(self, key) is not None]
        if self.without is not None:
            if self.path is not None or self.levels is not None or ranged:
                raise ValueError("'without' goes alone: the unit or serial is there, or it is not")
            return self
        if self.path is None:
            raise ValueError(
                "says nothing that varies; write 'path: environment.sea_state', or 'without: 14'"
            )
        if self.levels is not None and ranged:
            raise ValueError("has levels and a range; keep one of them")
        if self.levels is None and (self.low is None or self.high is None):
            raise ValueError("has no values; write 'levels: [1, 3, 5]', or 'low: 30 s' and 'high: 10 min'")
        if self.levels is not None and not self.levels:
            raise ValueError("has an empty list of levels")
        if self.labels and len(self.labels) != len(self.levels or ()):
            raise ValueError(f"has {len(self.labels)} labels for {len(self.levels or ())} levels")
        if ranged:
            _span(str(self.low), str(self.high), self.mode)
        return self

    @property
    def count(self) -> int | None:
        """How many levels it has; None for a range."""
        if self.without is not None:
            return 2
        return None if self.levels is None else len(self.levels)

    @property
    def words(self) -> tuple[str, ...]:
        """What its levels are called; nothing for a range."""
        if self.without is not None:
            return THERE
        return self.labels or tuple(_word(level) for level in self.levels or ())

    def word(self, share: float) -> str:
        """Its value in words at a share of its levels or its range, from 0 up to but not including 1."""
        if self.count is not None:
            return self.words[min(self.count - 1, int(share * self.count))]
        low, mode, high, unit = _span(str(self.low), str(self.high), self.mode)
        if self.whole:
            amount = float(min(high, max(low, round(low - 0.5 + share * (high - low + 1.0)))))
        elif mode is not None:
            amount = triangle(share, low, mode, high)
        else:
            amount = low + share * (high - low)
        sign = "+" if str(self.low).lstrip().startswith("+") else ""  # a moment counted from the beginning
        text = f"{sign}{amount:.{DIGITS}g}"
        return f"{text} {unit}" if unit else text

    def meant(self, word: str) -> Any:
        """What the scenario is to say for a value in words: a level by what it is called, else the words themselves."""
        if self.levels is not None and word in self.words:
            return self.levels[self.words.index(word)]
        return word


def _word(level: Any) -> str:
    return level if isinstance(level, str) else json.dumps(level, ensure_ascii=False).replace('"', "")


def _span(low: str, high: str, mode: str | None) -> tuple[float, float | None, float, str]:
    """The ends of a range, its mode and their unit; in SI where the file writes them in different ones. Raises ValueError."""
    written = [low, high, *([mode] if mode is not None else [])]
    found = [_NUMBER.match(each) for each in written]
    if not all(found):
        bad = next(each for each, match in zip(written, found, strict=True) if match is None)
        raise ValueError(f"{bad!r} is not a number with its unit; a thing without numbers has levels")
    units = {" ".join((match[2] or "").split()) for match in found if match}
    if len(units) == 1:
        amounts, unit = [float(match[1]) for match in found if match], units.pop()
    else:
        amounts, unit = _alike(written)
    if amounts[1] <= amounts[0]:
        raise ValueError(f"the range ends at {high!r}, which is not above {low!r}")
    middle = amounts[2] if mode is not None else None
    if middle is not None and not amounts[0] <= middle <= amounts[1]:
        raise ValueError(f"the mode {mode!r} is not between {low!r} and {high!r}")
    return amounts[0], middle, amounts[1], unit


def _alike(written: list[str]) -> tuple[list[float], str]:
    """Amounts in SI and its unit, for values in several units of one dimension. Raises ValueError."""
    for dimension in DIMENSIONS:
        try:
            amounts = [parse(each, dimension) for each in written]
        except ValueError:
            continue
        return amounts, exact(0.0, dimension).partition(" ")[2]
    raise ValueError(f"{' and '.join(map(repr, written))} are of different kinds")


def there(data: Any, name: str) -> bool:
    """Whether a unit or serial of this name is in a scenario."""
    held = copy.deepcopy(data)
    return take_out(held, name)


def take_out(data: Any, name: str) -> bool:
    """Takes a serial, by its number, or a unit, by its name, out of a scenario's data, where it is declared and where it is named."""
    serials = data.get("serials")
    if isinstance(serials, list):
        kept = [each for each in serials if not (isinstance(each, dict) and each.get("serial") == name)]
        if len(kept) < len(serials):
            data["serials"] = kept
            _forget(kept, name, ("after", "requires"))
            return True
    gone = _strike(data.get("forces"), name)
    for each in gone:
        _forget(data.get("serials"), each, None)
    return bool(gone)


def _strike(forces: Any, name: str) -> list[str]:
    """Takes a unit out of its force, with the aircraft embarked in it; gives the names of all that are gone."""
    gone: list[str] = []
    for force in forces.values() if isinstance(forces, dict) else ():
        groups = force.get("units") if isinstance(force, dict) else None
        for group in groups if isinstance(groups, list) else ():
            if not isinstance(group, dict):
                continue
            names = group.get("names")
            listed = [names] if isinstance(names, str) else names if isinstance(names, list) else []
            homes = group.get("embarked")
            homes = homes if isinstance(homes, list) and len(homes) == len(listed) else [None] * len(listed)
            kept = [
                (each, home) for each, home in zip(listed, homes, strict=True) if name not in (each, home)
            ]
            if len(kept) < len(listed):
                gone += [each for each in listed if each not in [one for one, _ in kept]]
                group["names"] = [each for each, _ in kept]
                if "embarked" in group:
                    group["embarked"] = [home for _, home in kept]
                if "count" in group:
                    del group["count"]  # it was of those there were
        if isinstance(groups, list):
            force["units"] = [
                group for group in groups if not (isinstance(group, dict) and group.get("names") == [])
            ]
    return gone


def _forget(data: Any, name: str, keys: tuple[str, ...] | None) -> None:
    """Takes a name out of all lists below, or out of those under some keys."""
    if isinstance(data, dict):
        for key, each in list(data.items()):
            if isinstance(each, list) and name in each and (keys is None or key in keys):
                each.remove(name)
                if not each:
                    del data[key]
            else:
                _forget(each, name, keys)
    elif isinstance(data, list):
        for each in data:
            _forget(each, name, keys)
