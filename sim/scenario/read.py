"""Reads a scenario: one walk from text to frozen content, every fault at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sim import shelves
from sim.errors import Fault, ScenarioError, UnknownKind, unknown
from sim.quantities import parse_instant, parse_position
from sim.scenario import library
from sim.scenario.check import planning, references
from sim.scenario.explain import explain
from sim.scenario.facts import FactSheet, read_facts
from sim.scenario.roles import combined
from sim.scenario.schema import FORMAT, Scenario, Serial
from sim.scenario.sheets import Gun, Limits, Platform, Season
from sim.scenario.tree import Tree, plant, read_text

PACKAGE = Path(__file__).parent.parent


def read(path: str | Path) -> Scenario:
    """A scenario from its file, or from one that comes with navdrill by its name.

    Raises ScenarioError carrying every fault, each with file, line and column.
    """
    found = find(path)
    return read_tree(plant(read_text(found), found.as_posix()), found.parent)


def find(path: str | Path) -> Path:
    """The file meant: as given, or a scenario that comes with the package (`gunnery_day`)."""
    given = Path(path)
    if given.exists() or given.suffix:
        return given
    for folder in (PACKAGE / "scenarios", PACKAGE.parent / "scenarios"):
        if (folder / f"{given.name}.yaml").is_file():
            return folder / f"{given.name}.yaml"
    return given


def read_tree(tree: Tree, folder: Path) -> Scenario:
    """A scenario from a planted tree; folder: where its `facts:` path starts."""
    if not isinstance(tree.data, dict):
        raise ScenarioError([tree.fault((), "is not a scenario: it must be a mapping (key: value lines)")])
    version = tree.data.get("navdrill")
    if version != str(FORMAT):
        came = "is missing" if version is None else f"is {version!r}"
        raise ScenarioError(
            [tree.fault(("navdrill",), f"the format version {came}; this navdrill reads {FORMAT}")]
        )
    faults: list[Fault] = []
    context: dict[str, Any] = {"begins": None, "facts": _facts(tree, folder, faults)}
    _header(tree, context, faults)
    data = dict(tree.data)
    data["platforms"] = _platforms(tree, context, faults)
    data["guns"] = _guns(data["platforms"])
    _season(tree, data, faults)
    data["serials"] = [
        _serial(tree, index, given, context, faults) for index, given in enumerate(_list(data.get("serials")))
    ]
    if not isinstance(tree.data.get("serials", []), list):
        faults.append(tree.fault(("serials",), "must be a list, one '- serial:' each"))
    scenario = _validate(tree, data, context, faults)
    faults.extend(references(tree, data["platforms"], data["guns"], context["facts"]))
    if scenario is not None and not faults:
        faults.extend(planning(tree, scenario))
    if faults or scenario is None:
        raise ScenarioError(_once(faults))
    return scenario


def _once(faults: list[Fault]) -> list[Fault]:
    """Without repeats at the same place: the first finder explains it best."""
    seen: dict[tuple[str, int, int, str], Fault] = {}
    for fault in faults:
        seen.setdefault((fault.file, fault.line, fault.column, fault.path), fault)
    return list(seen.values())


def _list(given: Any) -> list[Any]:
    return given if isinstance(given, list) else []


def _facts(tree: Tree, folder: Path, faults: list[Fault]) -> FactSheet | None:
    name = tree.data.get("facts")
    if not isinstance(name, str):
        return None
    for path in (
        folder / name,
        PACKAGE / "seeds" / Path(name).name,
        PACKAGE.parent / "seeds" / Path(name).name,
    ):
        if path.is_file():
            try:
                return read_facts(path)
            except ScenarioError as wrong:
                faults.extend(wrong.faults)
                return None
    faults.append(tree.fault(("facts",), f"no fact sheet at {name!r}"))
    return None


def _header(tree: Tree, context: dict[str, Any], faults: list[Fault]) -> None:
    """The beginning and the datum: other parts cannot be read without them."""
    for key, parse in (("begins", parse_instant), ("ends", parse_instant), ("datum", parse_position)):
        given = tree.data.get(key)
        if isinstance(given, dict):
            given = given.get("value")
        if given is None:
            continue
        try:
            context[key] = parse(str(given).partition(" (")[0])
        except ValueError as wrong:
            faults.append(tree.fault((key,), str(wrong)))
    begins, ends = context.get("begins"), context.get("ends")
    if begins and ends and ends <= begins:
        faults.append(tree.fault(("ends",), "is not after 'begins'"))
    if begins is None:
        context["begins"] = parse_instant("2000-01-01 00:00 +00:00")


def _platforms(tree: Tree, context: dict[str, Any], faults: list[Fault]) -> dict[str, Platform]:
    """Every platform the scenario names: its own, then the library's."""
    own = tree.data.get("platforms")
    found: dict[str, Platform] = {}
    for name, given in (own if isinstance(own, dict) else {}).items():
        sheet = library.own_platform(name, given, tree, context)
        if isinstance(sheet, Platform):
            found[name] = sheet
        else:
            faults.extend(sheet)
    known = (*(own if isinstance(own, dict) else ()), *library.names("platforms"))
    for path, name in _platform_names(tree.data):
        if name in found or (isinstance(own, dict) and name in own):
            continue
        if name in library.names("platforms"):
            found[name] = library.platform(name)
        else:
            faults.append(tree.fault(path, unknown("platform", name, known)))
    return found


def _platform_names(data: dict[str, Any]) -> list[tuple[tuple[str | int, ...], str]]:
    found: list[tuple[tuple[str | int, ...], str]] = []
    for force, content in _items(data.get("forces")):
        for index, group in enumerate(_list(content.get("units") if isinstance(content, dict) else None)):
            if isinstance(group, dict) and isinstance(group.get("platform"), str):
                found.append((("forces", force, "units", index, "platform"), group["platform"]))
    for name, content in _items(data.get("traffic")):
        if isinstance(content, dict) and isinstance(content.get("platform"), str):
            found.append((("traffic", name, "platform"), content["platform"]))
    for index, serial in enumerate(_list(data.get("serials"))):
        kind = _drill(serial.get("drill")) if isinstance(serial, dict) else None
        for key in getattr(kind, "targets", ()):
            name = str(serial.get(key, kind.Parameters.model_fields[key].default))  # type: ignore[union-attr]
            found.append((("serials", index, key), name))
    return found


def _items(given: Any) -> list[tuple[str, Any]]:
    return list(given.items()) if isinstance(given, dict) else []


def _guns(platforms: dict[str, Platform]) -> dict[str, Gun]:
    return {
        mounting.gun: library.gun(mounting.gun) for sheet in platforms.values() for mounting in sheet.guns
    }


def _season(tree: Tree, data: dict[str, Any], faults: list[Fault]) -> None:
    environment = data.get("environment")
    if not isinstance(environment, dict) or not isinstance(environment.get("season"), str):
        return
    try:
        data["environment"] = environment | {"season": library.season(environment["season"])}
    except KeyError as wrong:
        faults.append(tree.fault(("environment", "season"), str(wrong.args[0])))


def _drill(name: Any) -> Any:
    try:
        return shelves.kind("drills", str(name))
    except UnknownKind:
        return None


def _serial(tree: Tree, index: int, given: Any, context: dict[str, Any], faults: list[Fault]) -> Any:
    """A serial with its drill's own parameters read and its limits completed from the drill's."""
    path: tuple[str | int, ...] = ("serials", index)
    if not isinstance(given, dict):
        return given
    common = {
        key: value for key, value in given.items() if key in Serial.model_fields and key != "parameters"
    }
    own = {key: value for key, value in given.items() if key not in common}
    if not isinstance(given.get("drill"), str):
        return common
    kind = _drill(given["drill"])
    if kind is None:
        faults.append(tree.fault((*path, "drill"), unknown("drill", given["drill"], shelves.names("drills"))))
        return common
    try:
        common["parameters"] = kind.Parameters.model_validate(own, context=context)
    except ValidationError as wrong:
        known = [
            *(name for name in Serial.model_fields if name != "parameters"),
            *kind.Parameters.model_fields,
        ]
        for fault, error in zip(explain(wrong, tree, path, kind.Parameters), wrong.errors(), strict=True):
            if error["type"] == "extra_forbidden" and len(error["loc"]) == 1:
                sentence = unknown("key", str(error["loc"][0]), known)
                faults.append(tree.fault((*path, error["loc"][0]), sentence, at_key=True))
            else:
                faults.append(fault)
    try:
        stated = Limits.model_validate(given.get("limits", {}), context=context)
        common["limits"] = combined(kind.limits, stated)
    except ValidationError:
        pass  # reported with the serial's other faults
    return common


def _validate(
    tree: Tree, data: dict[str, Any], context: dict[str, Any], faults: list[Fault]
) -> Scenario | None:
    try:
        return Scenario.model_validate(data, context=context)
    except ValidationError as wrong:
        faults.extend(explain(wrong, tree, (), Scenario))
        return None


__all__ = ["PACKAGE", "Season", "find", "read", "read_tree"]
