"""Checks across a scenario: names that must exist, and plans that cannot be carried out as written.

`references` works on the text, so that a wrong name is reported beside a wrong number; `planning` on the
validated scenario.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sim import shelves
from sim.errors import Fault, UnknownKind, unknown
from sim.geodesy import distance
from sim.quantities import NAUTICAL_MILE, human
from sim.scenario.facts import FactSheet
from sim.scenario.numbers import FARTHEST, Place
from sim.scenario.roles import Enlisted, Role, eligible, least_for, muster
from sim.scenario.schema import Scenario, Selector, Serial
from sim.scenario.sheets import Gun, Platform, carries
from sim.scenario.tree import Path_, Tree

Found = Iterator[Fault]


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
            if name.rpartition("/")[2] not in facts.facts:
                faults.append(tree.fault(path, unknown("fact", name, facts.facts)))
    return faults


class _Names:
    """All the names a scenario defines, read from its text."""

    def __init__(self, data: dict[str, Any], platforms: dict[str, Platform], guns: dict[str, Gun]) -> None:
        self.forces = list(_mapping(data.get("forces")))
        self.areas = list(_mapping(data.get("areas")))
        self.bases = list(_mapping(data.get("bases")))
        self.resources = list(_mapping(data.get("resources")))
        self.platforms, self.guns = platforms, guns
        self.units: dict[str, tuple[str, str | None]] = {}
        self.twice: list[tuple[Path_, str]] = []
        for path, force, group in groups(data):
            for index, name in enumerate(_words(group.get("names"))):
                if name in self.units:
                    self.twice.append(((*path, "names", index), name))
                self.units[name] = (force, _text(group.get("platform")))
        self.numbered = [_text(group.get("platform")) for _, _, group in groups(data)]
        self.words = sorted(
            {word for sheet in platforms.values() for word in (*sheet.words, sheet.family, sheet.platform)}
        )
        self.things = sorted({thing for sheet in platforms.values() for thing in carries(sheet, guns)})
        self.serials = [_text(serial.get("serial")) for _, serial in serials(data)]

    def has_unit(self, name: str) -> bool:
        stem = re.sub(r" \d+$", "", name)
        return name in self.units or (stem != name and stem in self.numbered)


def groups(data: dict[str, Any]) -> Iterator[tuple[Path_, str, dict[str, Any]]]:
    """Every unit group of the text, with its path and force."""
    for force, content in _mapping(data.get("forces")).items():
        for index, group in enumerate(_sequence(_mapping(content).get("units"))):
            if isinstance(group, dict):
                yield ("forces", force, "units", index), force, group


def serials(data: dict[str, Any]) -> Iterator[tuple[Path_, dict[str, Any]]]:
    """Every serial of the text, with its path."""
    for index, serial in enumerate(_sequence(data.get("serials"))):
        if isinstance(serial, dict):
            yield ("serials", index), serial


def _mapping(given: Any) -> dict[str, Any]:
    return given if isinstance(given, dict) else {}


def _sequence(given: Any) -> list[Any]:
    return given if isinstance(given, list) else []


def _words(given: Any) -> list[str]:
    return [given] if isinstance(given, str) else [each for each in _sequence(given) if isinstance(each, str)]


def _text(given: Any) -> str | None:
    return given if isinstance(given, str) else None


def _known(tree: Tree, path: Path_, what: str, given: Any, known: list[str]) -> Found:
    for index, name in enumerate(_words(given)):
        if name not in known:
            place = (*path, index) if isinstance(given, list) else path
            yield tree.fault(place, unknown(what, name, known))


def _unit(tree: Tree, path: Path_, given: Any, names: _Names) -> Found:
    for index, name in enumerate(_words(given)):
        if not names.has_unit(name):
            place = (*path, index) if isinstance(given, list) else path
            yield tree.fault(place, unknown("unit", name, names.units))


def _forces(tree: Tree, names: _Names) -> Found:
    for path, name in names.twice:
        yield tree.fault(path, f"two units are called {name!r}")
    for force, content in _mapping(tree.data.get("forces")).items():
        flagship = _mapping(content).get("flagship")
        yield from _unit(tree, ("forces", force, "flagship"), flagship, names)
        if isinstance(flagship, str) and names.units.get(flagship, (force,))[0] != force:
            yield tree.fault(
                ("forces", force, "flagship"), f"{flagship!r} belongs to {names.units[flagship][0]}"
            )
    for path, force, group in groups(tree.data):
        yield from _unit(tree, (*path, "embarked"), group.get("embarked"), names)
        yield from _known(tree, (*path, "base"), "base", group.get("base"), names.bases)
        sheet = names.platforms.get(_text(group.get("platform")) or "")
        if sheet is None:
            continue
        flies = sheet.family in ("helicopter", "aircraft")
        if flies and not (group.get("embarked") or group.get("base")):
            yield tree.fault(path, f"a {sheet.family} needs 'embarked:' ships or a 'base:'")
        placed = group.get("at") or _mapping(_mapping(tree.data["forces"]).get(force)).get("at")
        if not flies and not placed:
            yield tree.fault(path, "needs 'at:', where it starts (here or for the whole force)")
        for index, host in enumerate(_words(group.get("embarked"))):
            host_sheet = names.platforms.get(names.units.get(host, ("", None))[1] or "")
            if host_sheet is not None and host_sheet.deck is None:
                yield tree.fault(
                    (*path, "embarked", index), f"{host!r} ({host_sheet.platform}) has no flight deck"
                )


def _sections(tree: Tree, names: _Names) -> Found:
    command = _mapping(tree.data.get("command"))
    yield from _unit(tree, ("command", "officer_conducting"), command.get("officer_conducting"), names)
    for name, content in _mapping(tree.data.get("traffic")).items():
        yield from _known(
            tree, ("traffic", name, "ground"), "area", _mapping(content).get("ground"), names.areas
        )


def _serials(tree: Tree, names: _Names) -> Found:
    seen: dict[str, int] = {}
    known = [each for each in names.serials if each]
    for path, serial in serials(tree.data):
        number = _text(serial.get("serial"))
        if number in seen:
            yield tree.fault(
                (*path, "serial"), f"two serials are numbered {number!r}; first is item {seen[number]}"
            )
        if number is not None:
            seen.setdefault(number, int(path[1]) + 1)
        yield from _known(tree, (*path, "area"), "area", serial.get("area"), names.areas)
        yield from _known(tree, (*path, "command"), "force", serial.get("command"), names.forces)
        for key in ("after", "requires"):
            yield from _known(tree, (*path, key), "serial", serial.get(key), known)
        for name in _mapping(serial.get("resources")):
            yield from _known(tree, (*path, "resources", name), "resource", name, names.resources)
        for index, alternate in enumerate(_sequence(serial.get("alternates"))):
            area = _mapping(alternate).get("area")
            yield from _known(tree, (*path, "alternates", index, "area"), "area", area, names.areas)
        yield from _roles(tree, path, serial, names)


def _roles(tree: Tree, path: Path_, serial: dict[str, Any], names: _Names) -> Found:
    try:
        declared: dict[str, Role] = shelves.kind("drills", str(serial.get("drill"))).roles
    except UnknownKind:
        return
    given = _mapping(serial.get("roles"))
    for name, role in declared.items():
        if not role.optional and name not in given:
            yield tree.fault((*path, "roles"), f"the drill needs a role {name!r}: {role.doc}")
    for name, selector in given.items():
        place = (*path, "roles", name)
        if name not in declared:
            yield tree.fault(place, unknown("role", name, declared), at_key=True)
        if not isinstance(selector, dict):
            yield from _unit(tree, place, selector, names)
            continue
        yield from _unit(tree, (*place, "names"), selector.get("names"), names)
        yield from _unit(tree, (*place, "but"), selector.get("but"), names)
        yield from _known(tree, (*place, "from"), "force", selector.get("from"), names.forces)
        yield from _known(tree, (*place, "any"), "kind of unit", selector.get("any"), names.words)
        yield from _known(tree, (*place, "carries"), "thing carried", selector.get("carries"), names.things)


def _circles(tree: Tree) -> Found:
    """Prerequisites that wait for each other, each circle told once, at its first serial."""
    waits: dict[str, list[str]] = {}
    places: dict[str, Path_] = {}
    for path, serial in serials(tree.data):
        number = _text(serial.get("serial"))
        if number is not None and number not in waits:
            waits[number] = [*_words(serial.get("after")), *_words(serial.get("requires"))]
            places[number] = path
    told: set[str] = set()
    for number in waits:
        circle = _circle(number, waits)
        if circle and not told.intersection(circle):
            told.update(circle)
            key = "after" if (*places[number], "after") in tree.values else "requires"
            words = " waits for ".join([*circle, circle[0]])
            yield tree.fault((*places[number], key), f"circular prerequisites: {words}")


def _circle(start: str, waits: dict[str, list[str]]) -> list[str]:
    """The way from a serial back to itself along what it waits for; empty when there is none."""
    trail: list[tuple[str, list[str]]] = [(start, [start])]
    seen: set[str] = set()
    while trail:
        number, way = trail.pop()
        for nearer in waits.get(number, []):
            if nearer == start:
                return way
            if nearer not in seen:
                seen.add(nearer)
                trail.append((nearer, [*way, nearer]))
    return []


def _fact_names(part: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    if isinstance(part, dict):
        for key, each in part.items():
            if key == "facts" and path:
                for index, name in enumerate(_words(each)):
                    yield ((*path, key, index) if isinstance(each, list) else (*path, key)), name
            else:
                yield from _fact_names(each, (*path, key))
    elif isinstance(part, list):
        for index, each in enumerate(part):
            yield from _fact_names(each, (*path, index))


def planning(tree: Tree, scenario: Scenario) -> list[Fault]:
    """What cannot be carried out as planned: times, roles nobody can fill, double bookings, far places."""
    units = muster(scenario)
    faults: list[Fault] = []
    faults.extend(_hangars(tree, scenario, units))
    faults.extend(_too_far(tree, scenario))
    bookings: list[tuple[Serial, Path_, list[str]]] = []
    for index, serial in enumerate(scenario.serials):
        path: Path_ = ("serials", index)
        faults.extend(_times(tree, path, serial, scenario))
        certain: list[str] = []
        for name, selector in serial.roles.items():
            role: Role = shelves.kind("drills", serial.drill).roles[name]
            faults.extend(_fillable(tree, (*path, "roles", name), selector, role, units))
            chosen = eligible(selector, role, units)
            if len(chosen) == least_for(selector, role):
                certain.extend(unit.name for unit in chosen)
        kind = shelves.kind("drills", serial.drill)
        faults.extend(tree.fault((*path, key), message) for key, message in kind.check(serial, scenario))
        bookings.append((serial, path, certain))
    faults.extend(_double_bookings(tree, scenario, bookings))
    return faults


def _hangars(tree: Tree, scenario: Scenario, units: tuple[Enlisted, ...]) -> Found:
    platforms = {unit.name: unit.platform for unit in units}
    aboard: dict[str, int] = {}
    for unit in units:
        if unit.host is not None:
            aboard[unit.host] = aboard.get(unit.host, 0) + 1
    for host, count in aboard.items():
        deck = platforms[host].deck if host in platforms else None
        if deck is not None and count > deck.hangar.whole:
            path = next(path for path, _, group in groups(tree.data) if host in _words(group.get("embarked")))
            room = deck.hangar.whole
            yield tree.fault((*path, "embarked"), f"{count} aircraft on {host!r}, whose hangar keeps {room}")
    for path, _, group in groups(tree.data):
        given = _words(group.get("names"))
        count = len(given)
        if count and isinstance(group.get("count"), str) and not any(name in platforms for name in given):
            yield tree.fault((*path, "count"), "leaves none of the named units")


def _too_far(tree: Tree, scenario: Scenario) -> Found:
    """Places so far from the datum that courses on the exercise plane would be wrong."""
    places: list[tuple[Path_, Place | None]] = []
    for name, area in scenario.areas.items():
        places.append((("areas", name, "centre"), area.centre))
        for key in ("box", "corners"):
            for index, corner in enumerate(getattr(area, key) or ()):
                places.append((("areas", name, key, index), corner))
    places.extend((("bases", name, "at"), base.at) for name, base in scenario.bases.items())
    for name, force in scenario.forces.items():
        places.append((("forces", name, "at"), force.at))
        places.extend(
            (("forces", name, "units", index, "at"), group.at) for index, group in enumerate(force.units)
        )
    datum = scenario.datum
    for path, place in places:
        if place is None:
            continue
        away = distance(datum.latitude, datum.longitude, place.latitude, place.longitude)
        if away > FARTHEST:
            limit = round(FARTHEST / NAUTICAL_MILE)
            yield tree.fault(path, f"is {away / NAUTICAL_MILE:.0f} nmi from the datum; at most {limit} nmi")


def _times(tree: Tree, path: Path_, serial: Serial, scenario: Scenario) -> Found:
    if serial.comex.value >= scenario.length:
        yield tree.fault((*path, "comex"), f"is after the exercise ends ({scenario.ends:%d %b %H:%M})")
    elif serial.planned_finex > scenario.length:
        over = human(serial.planned_finex - scenario.length, "time")
        yield tree.fault((*path, "duration"), f"runs {over} past the end of the exercise")
    for index, alternate in enumerate(serial.alternates):
        if alternate.comex is not None and not serial.comex.value < alternate.comex.value < scenario.length:
            yield tree.fault(
                (*path, "alternates", index, "comex"), "must lie between COMEX and the end of the exercise"
            )
    if serial.late.then == "alternate" and not serial.alternates:
        yield tree.fault((*path, "late", "then"), "says 'alternate', but the serial lists no alternates")
    numbers = {each.serial: each for each in scenario.serials}
    for key in ("after", "requires"):
        for name in getattr(serial, key):
            if numbers[name].comex.value >= serial.comex.value:
                yield tree.fault((*path, key), f"waits for serial {name}, planned no earlier than itself")
    if serial.area is not None and shelves.kind("drills", serial.drill).live_fire:
        uses = scenario.areas[serial.area].uses
        if uses and "live-fire" not in uses:
            yield tree.fault(
                (*path, "area"), f"live firing in {serial.area!r}, whose uses are {', '.join(uses)}"
            )


def _fillable(tree: Tree, path: Path_, selector: Selector, role: Role, units: tuple[Enlisted, ...]) -> Found:
    chosen, least = eligible(selector, role, units), least_for(selector, role)
    if len(chosen) >= least:
        return
    if selector.names:
        by_name = {unit.name: unit for unit in units}
        unfit = [name for name in selector.names if name not in {unit.name for unit in chosen}]
        gone = [name for name in unfit if name not in by_name]
        wanted = " or ".join((*role.family, *role.carries)) or "fit for it"
        if gone:
            yield tree.fault(path, f"{gone[0]!r} is not in the exercise (its count leaves it out)")
        else:
            yield tree.fault(path, f"{unfit[0]!r} cannot take it: {role.doc} (needs {wanted})")
        return
    yield tree.fault(path, f"needs {least} units, but only {len(chosen)} could take it ({role.doc})")


def _double_bookings(
    tree: Tree, scenario: Scenario, bookings: list[tuple[Serial, Path_, list[str]]]
) -> Found:
    for index, (serial, path, units) in enumerate(bookings):
        for earlier, _, others in bookings[:index]:
            if earlier.planned_finex <= serial.comex.value or serial.planned_finex <= earlier.comex.value:
                continue
            both = [name for name in units if name in others]
            if both:
                yield tree.fault(
                    (*path, "roles"), f"{both[0]!r} is booked for serial {earlier.serial} at the same time"
                )
            elif (
                serial.area is not None
                and serial.area == earlier.area
                and scenario.areas[serial.area].exclusive
            ):
                yield tree.fault(
                    (*path, "area"), f"{serial.area!r} is exclusive and serial {earlier.serial} has it then"
                )
