"""The library of data sheets that comes with the package, and the sheets a scenario writes for itself."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from sim.errors import Fault, ScenarioError, unknown
from sim.scenario.explain import explain
from sim.scenario.sheets import Gun, Platform, Season, Section
from sim.scenario.tree import Tree, plant, read_text

LIBRARY = Path(__file__).parent.parent / "library"
Sheet = TypeVar("Sheet", bound=Section)


@cache
def names(folder: str) -> tuple[str, ...]:
    """The sheets of a folder of the library (platforms, guns, seasons), by name."""
    return tuple(sorted(each.stem for each in (LIBRARY / folder).glob("*.yaml")))


@cache
def _tree(folder: str, name: str) -> Tree:
    path = LIBRARY / folder / f"{name}.yaml"
    return plant(read_text(path), f"sim/library/{folder}/{name}.yaml")


@cache
def _sheet(folder: str, name: str, model: type[Sheet]) -> Sheet:
    tree = _tree(folder, name)
    try:
        return model.model_validate(tree.data)
    except ValidationError as wrong:
        raise ScenarioError(explain(wrong, tree, (), model)) from None


def platform(name: str) -> Platform:
    """A platform data sheet. Raises KeyError with the nearest name, ScenarioError when the sheet is bad."""
    return _from_library("platforms", "platform", name, Platform)


def gun(name: str) -> Gun:
    """A gun data sheet. Raises KeyError with the nearest name."""
    return _from_library("guns", "gun", name, Gun)


def season(name: str) -> Season:
    """A season to draw weather from. Raises KeyError with the nearest name."""
    return _from_library("seasons", "season", name, Season)


def _from_library(folder: str, what: str, name: str, model: type[Sheet]) -> Sheet:
    if name not in names(folder):
        raise KeyError(unknown(what, name, names(folder)))
    return _sheet(folder, name, model)


def own_platform(name: str, given: Any, tree: Tree, context: dict[str, Any]) -> Platform | list[Fault]:
    """A platform a scenario writes itself, whole or as changes to another (`like: udaloy`)."""
    path = ("platforms", name)
    if not isinstance(given, dict):
        return [tree.fault(path, "must be a data sheet: 'like: PLATFORM' and what differs, or a whole sheet")]
    sheet = {key: value for key, value in given.items() if key != "like"}
    if "like" in given:
        model_name = str(given["like"])
        if model_name not in names("platforms"):
            sentence = unknown("platform", model_name, names("platforms"))
            return [tree.fault((*path, "like"), sentence)]
        sheet = _laid_over(_tree("platforms", model_name).data, sheet)
    sheet["platform"] = name
    try:
        return Platform.model_validate(sheet, context=context)
    except ValidationError as wrong:
        return explain(wrong, tree, path, Platform)


def _laid_over(below: Any, above: Any) -> Any:
    """Changes laid over a sheet, mapping by mapping; a number's parts are replaced as a whole."""
    if not (isinstance(below, dict) and isinstance(above, dict)) or {"value", "mode"} & (
        above.keys() | below.keys()
    ):
        return above
    return below | {key: _laid_over(below.get(key), value) for key, value in above.items()}
