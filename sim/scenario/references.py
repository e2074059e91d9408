"""Checks of names: every one that must exist, every one given twice, and circles among prerequisites.

They work on the text, so that a wrong name is reported beside a wrong number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from sim import shelves
from sim.errors import Fault, UnknownKind, unknown
from sim.scenario.facts import FactSheet
from sim.scenario.parts import groups, mapping, place_of, sequence, serials, text, words
from sim.scenario.roles import Role
from sim.scenario.schema import UnitGroup
from sim.scenario.sheets import Gun, Platform, carries
from sim.scenario.tree import Path_, Tree

Found = Iterator[Fault]
AIRBORNE = ("helicopter", "aircraft")


def references(
    tree: Tree, platforms: dict[str, Platform], guns: dict[str, Gun], facts: FactSheet | None
) -> list[Fault]:
    """Every name in the file that should mean something and does not, and every name given twice."""
    names = _Names(tree.data, platforms, guns)
    faults: list[Fault] = []
    faults.extend(_forces(tree, names))
    faults.extend(_sections(tree, names))
    faults.extend(_serials(tree, names))
    faults.extend(_circles(tree))
    if facts is not None:
        for path, name in _fact_names(tree.data, ()):
            try:
                facts.find(name)
            except ValueError as wrong:
                faults.append(tree.fault(path, str(wrong)))
    return faults


class _Names:
    """All the names a scenario defines, read from its text.

    whole: every platform it names is known; without, nobody can say what its units are or carry.
    """

    def __init__(self, data: dict[str, Any], platforms: dict[str, Platform], guns: dict[str, Gun]) -> None:
        self.forces = list(mapping(data.get("forces")))
        self.areas = list(mapping(data.get("areas")))
        self.bases = list(mapping(data.get("bases")))
        self.resources = list(mapping(data.get("resources")))
        self.platforms, self.guns = platforms, guns
        self.units: dict[str, tuple[str, str | None]] = {}
        self.twice: list[tuple[Path_, str]] = []
        for path, force, group in groups(data):
            for index, name in enumerate(words(group.get("names"))):
                if name in self.units:
                    self.twice.append((place_of((*path, "names"), group.get("names"), index), name))
                self.units.setdefault(name, (force, text(group.get("platform"))))
        self.numbered = {text(group.get("platform")): force for _, force, group in groups(data)}
        self.whole = all(each in platforms for each in self.numbered)
        sheets = platforms.values()
        self.words = sorted(
            {word for sheet in sheets for word in (*sheet.words, sheet.family, sheet.platform)}
        )
        self.words.append("unit")
        self.things = sorted({thing for sheet in sheets for thing in carries(sheet, guns)})
        self.serials = [each for _, serial in serials(data) if (each := text(serial.get("serial")))]

    def has_unit(self, name: str) -> bool:
        """Whether a unit is called so, or is numbered like those that are only counted (`sea-tug 2`)."""
        return name in self.units or self._stem(name) in self.numbered

    def force_of(self, name: str) -> str | None:
        """The force of a unit."""
        return self.units[name][0] if name in self.units else self.numbered.get(self._stem(name))

    def sheet_of(self, name: str) -> Platform | None:
        """The data sheet of a unit, when it is known."""
        platform = self.units[name][1] if name in self.units else self._stem(name)
        return self.platforms.get(platform or "")

    @staticmethod
    def _stem(name: str) -> str | None:
        match = re.match(r"^(.+) \d+$", name, re.ASCII)
        return match[1] if match else None


def _known(tree: Tree, path: Path_, what: str, given: Any, known: Iterable[str]) -> Found:
    names = list(known)
    for index, name in enumerate(words(given)):
        if name not in names:
            yield tree.fault(place_of(path, given, index), unknown(what, name, names))


def _unit(tree: Tree, path: Path_, given: Any, names: _Names) -> Found:
    if not names.numbered:
        return  # without any forces there is one fault, not one for each name
    for index, name in enumerate(words(given)):
        if not names.has_unit(name):
            yield tree.fault(place_of(path, given, index), unknown("unit", name, names.units))


def _once(tree: Tree, path: Path_, given: Any) -> Found:
    """Names given twice in one list."""
    for index, name in enumerate(words(given)):
        if name in words(given)[:index]:
            yield tree.fault(place_of(path, given, index), f"{name!r} is named twice here")


def _forces(tree: Tree, names: _Names) -> Found:
    for path, name in names.twice:
        yield tree.fault(path, f"two units are called {name!r}")
    for force, content in mapping(tree.data.get("forces")).items():
        place, flagship = ("forces", force, "flagship"), mapping(content).get("flagship")
        yield from _unit(tree, place, flagship, names)
        owner = names.force_of(flagship) if isinstance(flagship, str) else None
        if owner not in (None, force):
            own = [name for name, (of, _) in names.units.items() if of == force]
            yield tree.fault(
                place, f"{flagship!r} belongs to {owner}; {force} has: {', '.join(own) or 'no names'}"
            )
        elif isinstance(flagship, str):
            yield from _ship(tree, place, flagship, "flagship", names)
    for path, force, group in groups(tree.data):
        yield from _unit(tree, (*path, "embarked"), group.get("embarked"), names)
        yield from _known(tree, (*path, "base"), "base", group.get("base"), names.bases)
        sheet = names.platforms.get(text(group.get("platform")) or "")
        if sheet is not None:
            placed = group.get("at") or mapping(mapping(tree.data["forces"]).get(force)).get("at")
            yield from _lodging(tree, path, group, sheet, names, placed is not None)


def _lodging(
    tree: Tree, path: Path_, group: dict[str, Any], sheet: Platform, names: _Names, placed: bool
) -> Found:
    """Ships start at a place, helicopters aboard or at a base, aeroplanes at a base."""
    flies, embarked = sheet.family in AIRBORNE, group.get("embarked")
    if not flies:
        for key in ("embarked", "base"):
            if group.get(key):
                yield tree.fault(
                    (*path, key), f"only aircraft have one; {sheet.platform} is a {sheet.family}", at_key=True
                )
        if not placed:
            yield tree.fault(path, "needs 'at:', where it starts (here or for the whole force)")
        return
    if embarked and group.get("base"):
        yield tree.fault(
            (*path, "base"), "embarked already; an aircraft lives aboard or ashore, not both", at_key=True
        )
    misspelt = any(key not in UnitGroup.model_fields for key in group)
    if not (embarked or group.get("base") or misspelt):
        wanted = "'embarked:' ships or a 'base:'" if sheet.family == "helicopter" else "a 'base:'"
        yield tree.fault(path, f"{_article(sheet.family)} needs {wanted}")
    if embarked and sheet.family == "aircraft":
        yield tree.fault(
            (*path, "embarked"), f"{sheet.platform} is no helicopter and needs a 'base:'", at_key=True
        )
    for index, host in enumerate(words(embarked)):
        place, host_sheet = place_of((*path, "embarked"), embarked, index), names.sheet_of(host)
        if host_sheet is not None and host_sheet.deck is None:
            yield tree.fault(place, f"{host!r} ({host_sheet.platform}) has no flight deck")


def _ship(tree: Tree, path: Path_, name: str, what: str, names: _Names) -> Found:
    sheet = names.sheet_of(name)
    if sheet is not None and sheet.family not in ("ship", "site"):
        yield tree.fault(path, f"the {what} must be a ship, or a site ashore; {name!r} is a {sheet.family}")


def _sections(tree: Tree, names: _Names) -> Found:
    path, officer = (
        ("command", "officer_conducting"),
        mapping(tree.data.get("command")).get("officer_conducting"),
    )
    yield from _unit(tree, path, officer, names)
    if isinstance(officer, str):
        yield from _ship(tree, path, officer, "ship of the officer conducting the exercise", names)
    for name, content in mapping(tree.data.get("traffic")).items():
        content, place = mapping(content), ("traffic", name)
        trade = content.get("platform")
        yield from _known(tree, (*place, "ground"), "area", text(content.get("ground")), names.areas)
        ground = text(mapping(content.get("fleet")).get("ground"))
        yield from _known(tree, (*place, "fleet", "ground"), "area", ground, names.areas)
        sheet = names.platforms.get(text(trade) or "")
        if sheet is not None and sheet.family not in ("vessel", "ship"):
            yield tree.fault((*place, "platform"), f"{trade!r} is {_article(sheet.family)}, not a vessel")


def _article(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"


def _serials(tree: Tree, names: _Names) -> Found:
    seen: dict[str, int] = {}
    for path, serial in serials(tree.data):
        number = text(serial.get("serial"))
        if number in seen:
            first = tree.fault(("serials", seen[number], "serial"), "", at_key=True)
            told = tree.fault(
                (*path, "serial"), f"two serials are numbered {number!r}; first on line {first.line}"
            )
            yield (
                told if told.file == first.file else replace(told, message=f"{told.message} of {first.file}")
            )
        if number is not None:
            seen.setdefault(number, int(path[1]))
        yield from _known(tree, (*path, "area"), "area", text(serial.get("area")), names.areas)
        yield from _known(tree, (*path, "command"), "force", text(serial.get("command")), names.forces)
        for key in ("after", "requires"):
            yield from _known(tree, (*path, key), "serial", serial.get(key), names.serials)
        for name in mapping(serial.get("resources")):
            if name not in names.resources:
                sentence = unknown("resource", name, names.resources)
                yield tree.fault((*path, "resources", name), sentence, at_key=True)
        for index, alternate in enumerate(sequence(serial.get("alternates"))):
            area = text(mapping(alternate).get("area"))
            yield from _known(tree, (*path, "alternates", index, "area"), "area", area, names.areas)
        yield from _roles(tree, path, serial, names)


def _roles(tree: Tree, path: Path_, serial: dict[str, Any], names: _Names) -> Found:
    try:
        declared: dict[str, Role] = shelves.kind("drills", str(serial.get("drill"))).roles
    except UnknownKind:
        return
    if not isinstance(serial.get("roles", {}), dict):
        return  # refused with the rest of the file
    given = mapping(serial.get("roles"))
    misspelt = [name for name in given if name not in declared]
    for name, role in declared.items():
        if not role.optional and name not in given and not misspelt:
            yield tree.fault((*path, "roles"), f"the drill needs a role {name!r}: {role.doc}", at_key=True)
    for name, selector in given.items():
        place = (*path, "roles", name)
        if name not in declared:
            yield tree.fault(place, unknown("role", name, declared), at_key=True)
        if not isinstance(selector, dict):
            yield from _unit(tree, place, selector, names)
            yield from _once(tree, place, selector)
            continue
        yield from _unit(tree, (*place, "names"), selector.get("names"), names)
        yield from _once(tree, (*place, "names"), selector.get("names"))
        yield from _unit(tree, (*place, "but"), selector.get("but"), names)
        yield from _known(tree, (*place, "from"), "force", selector.get("from"), names.forces)
        if names.whole:
            yield from _known(tree, (*place, "any"), "kind of unit", text(selector.get("any")), names.words)
            carried = selector.get("carries")
            yield from _known(tree, (*place, "carries"), "thing carried", carried, names.things)


def _circles(tree: Tree) -> Found:
    """Prerequisites that wait for each other, each circle told once, at its first serial."""
    waits: dict[str, list[tuple[str, Path_]]] = {}
    for path, serial in serials(tree.data):
        number = text(serial.get("serial"))
        if number is not None and number not in waits:
            waits[number] = [
                (name, place_of((*path, key), serial.get(key), index))
                for key in ("after", "requires")
                for index, name in enumerate(words(serial.get(key)))
            ]
    told: set[str] = set()
    for number, waited in waits.items():
        circle = _circle(number, waits) if number not in told else []
        if circle:
            told.update(circle)
            second = [*circle, number][1]
            place = next(place for name, place in waited if name == second)
            sentence = " waits for ".join([*circle, number])
            yield tree.fault(place, f"circular prerequisites: {sentence}")


def _circle(start: str, waits: dict[str, list[tuple[str, Path_]]]) -> list[str]:
    """The shortest way from a serial back to itself along what it waits for; empty when there is none."""
    before: dict[str, str] = {}
    front = [start]
    while front:
        number = front.pop(0)
        for nearer, _ in waits.get(number, []):
            if nearer == start:
                way = [number]
                while way[-1] != start:
                    way.append(before[way[-1]])
                return way[::-1]
            if nearer not in before:
                before[nearer] = number
                front.append(nearer)
    return []


def _fact_names(part: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    """Every name under a `facts:` or `drawn_from:` key; the scenario's own `facts:` is a file."""
    if isinstance(part, dict):
        for key, each in part.items():
            if (key == "facts" and path) or (key == "drawn_from" and not path):
                for index, name in enumerate(words(each)):
                    yield place_of((*path, key), each, index), name
            else:
                yield from _fact_names(each, (*path, key))
    elif isinstance(part, list):
        for index, each in enumerate(part):
            yield from _fact_names(each, (*path, index))
