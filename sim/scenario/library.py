"""The library of data sheets that comes with the package, and the sheets a scenario writes for itself."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from sim.errors import Fault, ScenarioError, described, unknown
from sim.scenario.declared import Section
from sim.scenario.explain import explain
from sim.scenario.sheets import Gun, Platform, Season
from sim.scenario.tree import Path_, Tree, plant, read_text

LIBRARY = Path(__file__).parent.parent / "library"
Sheet = TypeVar("Sheet", bound=Section)


@cache
def names(folder: str) -> tuple[str, ...]:
    """The sheets of a folder of the library (platforms, guns, seasons), by name."""
    return tuple(sorted(each.stem for each in (LIBRARY / folder).glob("*.yaml")))


@cache
def sheet_tree(folder: str, name: str) -> Tree:
    """A sheet of the library as a tree: as its file has it, for a scenario's changes to be laid over."""
    path = LIBRARY / folder / f"{name}.yaml"
    return plant(read_text(path), f"sim/library/{folder}/{name}.yaml")


@cache
def _sheet(folder: str, name: str, model: type[Sheet]) -> Sheet:
    tree = sheet_tree(folder, name)
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
    return _own("platforms", "platform", name, given, tree, context, Platform)


def own_gun(name: str, given: Any, tree: Tree, context: dict[str, Any]) -> Gun | list[Fault]:
    """A gun a scenario writes itself, whole or as changes to another (`like: ak-100`)."""
    return _own("guns", "gun", name, given, tree, context, Gun)


def own_season(given: Any, tree: Tree, context: dict[str, Any]) -> Season | list[Fault]:
    """A season a scenario writes itself under `environment:`, whole or as changes to another."""
    path = ("environment", "season")
    return _own_at(path, "seasons", "season", given.get("season"), given, tree, context, Season)


def _own(folder: str, what: str, name: str, given: Any, tree: Tree, context: dict[str, Any],
         model: type[Sheet]) -> Sheet | list[Fault]:  # fmt: skip
    path = (folder, name)
    if not isinstance(given, dict):
        article = f"'like: {what.upper()}' and what differs, or a whole sheet"
        return [tree.fault(path, f"must be a data sheet: {article}; got {described(given)}")]
    stated = given.get(what)
    if what in given and stated != name:
        sentence = f"the sheet is called {name!r}, but says {what}: {described(stated)}"
        return [tree.fault((*path, what), sentence)]
    return _own_at(path, folder, what, name, given, tree, context, model)


def _own_at(path: Path_, folder: str, what: str, name: Any, given: dict[str, Any], tree: Tree,
            context: dict[str, Any], model: type[Sheet]) -> Sheet | list[Fault]:  # fmt: skip
    sheet = {key: value for key, value in given.items() if key != "like"}
    if "like" in given:
        below = given["like"]
        if not isinstance(below, str) or below not in names(folder):
            return [tree.fault((*path, "like"), unknown(what, str(below), names(folder)))]
        sheet = _laid_over(sheet_tree(folder, below).data, sheet)
    if name is not None:
        sheet[what] = name
    try:
        return model.model_validate(sheet, context=context)
    except ValidationError as wrong:
        return explain(wrong, tree, path, model, known=("like",))


def _laid_over(below: Any, above: Any) -> Any:
    """Changes laid over a sheet, mapping by mapping; a number's parts are replaced as a whole."""
    if not (isinstance(below, dict) and isinstance(above, dict)) or {"value", "mode"} & (
        above.keys() | below.keys()
    ):
        return above
    return below | {key: _laid_over(below.get(key), value) for key, value in above.items()}
