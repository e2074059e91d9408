"""Reads a scenario: one walk from text to frozen content, every fault at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import reduce
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sim import shelves
from sim.errors import Fault, ScenarioError, UnknownKind, described, nearest, unknown
from sim.quantities import parse_instant
from sim.scenario import library
from sim.scenario.composition import EXTENDS, INCLUDE, composed
from sim.scenario.explain import explain
from sim.scenario.facts import PACKAGE, SEEDS, FactSheet, read_facts
from sim.scenario.files import find, locate_facts, shipped, text_of
from sim.scenario.formats import check
from sim.scenario.origins import SheetUnread
from sim.scenario.parts import groups, mapping, serials
from sim.scenario.planning import planning
from sim.scenario.references import references
from sim.scenario.roles import combined
from sim.scenario.rules import Safety
from sim.scenario.schema import Scenario, Serial
from sim.scenario.sheets import Gun, Limits, Platform, Season
from sim.scenario.tree import Path_, Tree, plant, sprout


def read(path: str | Path) -> Scenario:
    """A scenario from its file, or from one that comes with navdrill by its name.

    Raises ScenarioError carrying every fault, each with file, line and column.
    """
    found, text = text_of(path)
    said = Path(path).as_posix()
    if found.suffix == ".json":
        quick = sprout(text, said)
        with suppress(ScenarioError):  # told below, with places
            if quick is not None:
                return read_tree(quick, found.parent)
    return read_tree(plant(text, said), found.parent)


def planted(path: str | Path) -> Tree:
    """The tree of a scenario's file, to be read with other values (`sim.scenario.overrides.with_values`).

    Raises ScenarioError for what cannot be a scenario.
    """
    found, text = text_of(path)
    said = Path(path).as_posix()
    tree = sprout(text, said) if found.suffix == ".json" else None
    return _whole(tree or plant(text, said), found.parent)


def _whole(tree: Tree, folder: Path) -> Tree:
    """A tree that is one of a scenario of this format, with what it extends and includes."""
    if not isinstance(tree.data, dict):
        raise ScenarioError([tree.fault((), "is not a scenario: it must be a mapping (key: value lines)")])
    check(tree)
    return composed(tree, folder)


def read_tree(tree: Tree, folder: Path) -> Scenario:
    """A scenario from a planted tree; folder: where its `facts:` path starts, and those of what it extends."""
    tree = _whole(tree, folder)
    faults: list[Fault] = []
    facts = _facts(tree, folder, faults)
    context: dict[str, Any] = {"begins": None, "facts": facts}
    _header(tree, context, faults)
    data = dict(tree.data)
    data["platforms"] = _platforms(tree, context, faults)
    data["guns"] = _guns(tree, data["platforms"], context, faults)
    _season(tree, data, context, faults)
    if isinstance(data.get("serials", []), list):
        given = enumerate(data.get("serials", []))
        data["serials"] = [
            _serial(tree, index, each, data.get("safety"), context, faults) for index, each in given
        ]
    scenario = _validate(tree, data, context, faults)
    known = facts if isinstance(facts, FactSheet) else None
    faults.extend(references(tree, data["platforms"], data["guns"], known))
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


class _Unread:
    """Stands for a fact sheet that cannot be read: its own fault is told, not one for each reference."""

    def find(self, name: str) -> Mapping[str, Any]:
        raise SheetUnread(name)


def _facts(tree: Tree, folder: Path, faults: list[Fault]) -> FactSheet | _Unread | None:
    name = tree.data.get("facts")
    if name is None:
        return None
    if not isinstance(name, str):
        return _Unread()  # refused with the rest of the file
    path = locate_facts(name, folder)
    if path is not None:
        try:
            return read_facts(path)
        except ScenarioError as wrong:
            faults.extend(wrong.faults)
            return _Unread()
    there = [each.name for seeds in SEEDS for each in sorted(seeds.glob("*.yaml"))]
    near = nearest(Path(name).name, there)
    hint = f". Did you mean {near!r}?" if near else ""
    faults.append(tree.fault(("facts",), f"no fact sheet at {described(name)}{hint}"))
    return _Unread()


def _header(tree: Tree, context: dict[str, Any], faults: list[Fault]) -> None:
    """The beginning and the end: other parts cannot be read without them."""
    for key, parse in (("begins", parse_instant), ("ends", parse_instant)):
        given = tree.data.get(key)
        if not isinstance(given, str):
            continue  # refused with the rest of the file, or given with its provenance
        try:
            context[key] = parse(given.partition("(")[0])
        except ValueError as wrong:
            faults.append(tree.fault((key,), str(wrong)))
    begins, ends = context.get("begins"), context.get("ends")
    if begins and ends and ends <= begins:
        faults.append(tree.fault(("ends",), f"{tree.data['ends']!r} is not after 'begins'"))
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


def _platform_names(data: dict[str, Any]) -> Iterator[tuple[Path_, str]]:
    for path, _, group in groups(data):
        if isinstance(group.get("platform"), str):
            yield (*path, "platform"), group["platform"]
    for name, content in mapping(data.get("traffic")).items():
        if isinstance(mapping(content).get("platform"), str):
            yield ("traffic", name, "platform"), content["platform"]
    for path, serial in serials(data):
        kind = _drill(serial.get("drill"))
        for key in getattr(kind, "targets", ()):
            name = serial.get(key, kind.Parameters.model_fields[key].default)
            if isinstance(name, str):
                yield (*path, key), name


def _guns(
    tree: Tree, platforms: dict[str, Platform], context: dict[str, Any], faults: list[Fault]
) -> dict[str, Gun]:
    """Every gun the platforms mount: the scenario's own, then the library's."""
    own = mapping(tree.data.get("guns"))
    found: dict[str, Gun] = {}
    for name, given in own.items():
        sheet = library.own_gun(name, given, tree, context)
        if isinstance(sheet, Gun):
            found[name] = sheet
        else:
            faults.extend(sheet)
    known = (*own, *library.names("guns"))
    for sheet_name, platform in platforms.items():
        for index, mounting in enumerate(platform.guns):
            if mounting.gun in found or mounting.gun in own:
                continue
            if mounting.gun in library.names("guns"):
                found[mounting.gun] = library.gun(mounting.gun)
            else:
                path = ("platforms", sheet_name, "guns", index, "gun")
                faults.append(tree.fault(path, unknown("gun", mounting.gun, known)))
    return found


def _season(tree: Tree, data: dict[str, Any], context: dict[str, Any], faults: list[Fault]) -> None:
    """The season in the place of its name, or of the sheet the scenario writes itself."""
    environment = data.get("environment")
    given = mapping(environment).get("season")
    if not isinstance(environment, dict) or not isinstance(given, str | dict):
        return
    if isinstance(given, dict):
        season = library.own_season(given, tree, context)
        if not isinstance(season, Season):
            faults.extend(season)
            season = library.season(library.names("seasons")[0])  # any: the scenario is refused all the same
        data["environment"] = environment | {"season": season}
        return
    try:
        data["environment"] = environment | {"season": library.season(given)}
    except KeyError as wrong:
        faults.append(tree.fault(("environment", "season"), str(wrong.args[0])))


def _drill(name: Any) -> Any:
    try:
        return shelves.kind("drills", str(name))
    except UnknownKind:
        return None


SERIAL_KEYS = tuple(name for name in Serial.model_fields if name != "parameters")


def _serial(tree: Tree, index: int, given: Any, rules: Any, context: dict[str, Any],
            faults: list[Fault]) -> Any:  # fmt: skip
    """A serial with its drill's own parameters read and its limits completed from the drill's."""
    path: tuple[str | int, ...] = ("serials", index)
    if not isinstance(given, dict):
        return given
    common = {key: value for key, value in given.items() if key in SERIAL_KEYS}
    own = {key: value for key, value in given.items() if key not in common}
    if not isinstance(given.get("drill"), str):
        return common  # without a drill nobody can say which keys are its parameters
    kind = _drill(given["drill"])
    if kind is None:
        faults.append(tree.fault((*path, "drill"), unknown("drill", given["drill"], shelves.names("drills"))))
        return common
    for key, value in own.items():
        meant = None if key in kind.Parameters.model_fields else nearest(key, SERIAL_KEYS)
        if meant is not None and meant not in given:
            common[meant] = value  # read under the name that was meant; the misspelt key is told as such
    try:
        common["parameters"] = kind.Parameters.model_validate(own, context=context)
    except ValidationError as wrong:
        faults.extend(explain(wrong, tree, path, kind.Parameters, known=SERIAL_KEYS))
    try:
        stated = Limits.model_validate(given.get("limits", {}), context=context)
        common["limits"] = combined(kind.limits, stated)
    except ValidationError:
        pass  # reported with the serial's other faults
    if given.get("safety") is not None or kind.safety.model_fields_set:
        try:
            stated_rules = [
                Safety.model_validate(each or {}, context=context) for each in (rules, given.get("safety"))
            ]
            common["safety"] = reduce(combined, stated_rules, kind.safety)
        except ValidationError:
            pass  # likewise
    return common


def _validate(
    tree: Tree, data: dict[str, Any], context: dict[str, Any], faults: list[Fault]
) -> Scenario | None:
    try:
        return Scenario.model_validate(data, context=context)
    except ValidationError as wrong:
        faults.extend(explain(wrong, tree, (), Scenario, known=(EXTENDS, INCLUDE)))
        return None


__all__ = ["PACKAGE", "SEEDS", "Season", "find", "locate_facts", "planted", "read", "read_tree", "shipped"]
