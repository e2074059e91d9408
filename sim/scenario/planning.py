"""Checks of a plan: what cannot be carried out as written, on a scenario that is otherwise whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from sim import shelves
from sim.errors import Fault
from sim.geodesy import Plane, distance
from sim.geometry import Circle, Polygon
from sim.quantities import NAUTICAL_MILE, human
from sim.scenario.afloat import dry_area, dry_ships
from sim.scenario.parts import groups, place_of, words
from sim.scenario.places import OCEAN, Place
from sim.scenario.roles import Enlisted, Role, eligible, least_for, muster
from sim.scenario.schema import Area, Scenario, Selector, Serial
from sim.scenario.shapes import farthest
from sim.scenario.traffic import SLOWEST
from sim.scenario.tree import Path_, Tree
from sim.voyages import unsailable

Found = Iterator[Fault]
POLAR = 85.0  # deg; nearer the pole north turns too fast across the plane, and no exercise is held there
SAME = 1.0 + 1e-9  # a speed in other units may differ from the sheet's in the last bit
Booking = tuple[Serial, Path_, dict[str, Path_]]


def planning(tree: Tree, scenario: Scenario) -> list[Fault]:
    """What cannot be carried out as planned: times, roles nobody can fill, double bookings, far places."""
    units = muster(scenario)
    faults = [
        *_names(tree, scenario, units),
        *_hangars(tree, units),
        *_places(tree, scenario),
        *_paces(tree, scenario),
    ]
    if faults:
        return faults  # what follows reckons with places and units as they are
    bookings: list[Booking] = []
    for index, serial in enumerate(scenario.serials):
        path: Path_ = ("serials", index)
        faults.extend(_times(tree, path, serial, scenario))
        faults.extend(_ground(tree, path, serial, scenario))
        kind = shelves.kind("drills", serial.drill)
        certain: dict[str, Path_] = {}
        for name, selector in serial.roles.items():
            role: Role = kind.roles[name]
            place = (*path, "roles", name)
            faults.extend(_fillable(tree, place, selector, role, units))
            chosen = eligible(selector, role, units)
            if len(chosen) != least_for(selector, role):
                continue
            for unit in chosen:
                if unit.name in certain:
                    sentence = (
                        f"{unit.name!r} is in the role {certain[unit.name][-1]!r} of this serial already"
                    )
                    faults.append(tree.fault(_named(tree, place, unit.name), sentence))
                certain.setdefault(unit.name, place)
        faults.extend(tree.fault((*path, key), message) for key, message in kind.check(serial, scenario))
        bookings.append((serial, path, certain))
    faults.extend(_double_bookings(tree, scenario, bookings))
    return faults


def _named(tree: Tree, place: Path_, name: str) -> Path_:
    """Where a selector names a unit; the selector itself when it does not."""
    for path in (place, (*place, "names")):
        given = tree.at(path)
        if name in words(given):
            return place_of(path, given, words(given).index(name))
    return place


def _names(tree: Tree, scenario: Scenario, units: tuple[Enlisted, ...]) -> Found:
    """Two units of one name, and ships that must be there but are left out by their count."""
    seen: set[str] = set()
    for unit in units:
        if unit.name in seen:
            force = list(scenario.forces[unit.force].units)
            path: Path_ = (
                "forces",
                unit.force,
                "units",
                next(i for i, each in enumerate(force) if each is unit.group),
            )
            yield tree.fault(path, f"two units are called {unit.name!r}; give them 'names:'")
        seen.add(unit.name)
    wanted: list[tuple[Path_, str]] = [
        (("forces", name, "flagship"), force.flagship) for name, force in scenario.forces.items()
    ]
    wanted.append((("command", "officer_conducting"), scenario.command.officer_conducting))
    for path, _, group in groups(tree.data):
        hosts = words(group.get("embarked"))
        wanted.extend(
            (place_of((*path, "embarked"), group["embarked"], index), host)
            for index, host in enumerate(hosts)
        )
    for path, name in wanted:
        if name not in seen:
            yield tree.fault(path, f"{name!r} is not in the exercise: its group's count leaves it out")


def _hangars(tree: Tree, units: tuple[Enlisted, ...]) -> Found:
    platforms = {unit.name: unit.platform for unit in units}
    aboard: dict[str, int] = {}
    for unit in units:
        if unit.host is not None:
            aboard[unit.host] = aboard.get(unit.host, 0) + 1
    for host, count in aboard.items():
        deck = platforms[host].deck if host in platforms else None
        if deck is not None and count > deck.hangar.whole:
            path, given = next(
                ((*path, "embarked"), group["embarked"])
                for path, _, group in groups(tree.data)
                if host in words(group.get("embarked"))
            )
            place, room = place_of(path, given, words(given).index(host)), deck.hangar.whole
            yield tree.fault(place, f"{count} aircraft on {host!r}, whose hangar keeps {room}")


def _places(tree: Tree, scenario: Scenario) -> Found:
    """Places so far from the datum that courses on the exercise plane would be wrong, and areas that are none."""
    datum = scenario.datum
    if abs(datum.latitude) > POLAR:
        yield tree.fault(
            ("datum",), f"is nearer a pole than latitude {POLAR:g}, where courses lose their meaning"
        )
        return
    if farthest(scenario) > OCEAN:
        yield tree.fault(
            ("reach",), f"is {human(farthest(scenario), 'length')}; at most {human(OCEAN, 'length')}"
        )
    plane = Plane(datum.latitude, datum.longitude)
    for name, area in scenario.areas.items():
        path: Path_ = ("areas", name)
        far = list(chain.from_iterable(_too_far(tree, *each, scenario) for each in _corners(path, area)))
        faults = far or list(_shapeless(tree, path, area, plane, farthest(scenario)))
        yield from faults or dry_area(tree, path, area, plane)
    places: list[tuple[Path_, Place | None]] = [
        (("bases", name, "at"), base.at) for name, base in scenario.bases.items()
    ]
    for name, force in scenario.forces.items():
        places.append((("forces", name, "at"), force.at))
        units = enumerate(force.units)
        places.extend((("forces", name, "units", index, "at"), group.at) for index, group in units)
    for path, place in places:
        if place is not None:
            yield from _too_far(tree, path, place, scenario)
    yield from dry_ships(tree, scenario)
    for trade, traffic in scenario.traffic.items():
        for key, way in (
            ("along", traffic.lane and traffic.lane.along),
            ("ends", traffic.ferry and traffic.ferry.ends),
        ):
            route: Path_ = ("traffic", trade, "lane" if key == "along" else "ferry", key)
            far = list(chain.from_iterable(
                _too_far(tree, (*route, index), place, scenario) for index, place in enumerate(way or ())
            ))  # fmt: skip
            points = [plane.to_plane(place.latitude, place.longitude) for place in way or ()]
            half = traffic.lane.width.value / 2 if traffic.lane is not None else 0.0
            yield from far or (
                tree.fault((*route, index), fault) for index, fault in unsailable(points, half)
            )


def _paces(tree: Tree, scenario: Scenario) -> Found:
    """Traffic that should be faster than its platform can, or does not move at all on its way."""
    for trade, traffic in scenario.traffic.items():
        platform = scenario.platforms[traffic.platform]
        most = platform.max_speed.value
        for keys, pace in traffic.paces():
            fastest = pace.high if pace.drawn and pace.high is not None else pace.value
            if fastest > most * SAME:
                sentence = f"is up to {human(fastest, 'speed')}, but {traffic.platform!r} makes at most {human(most, 'speed')}"
                yield tree.fault(("traffic", trade, *keys), sentence)
        for kind in ("lane", "ferry"):
            part = getattr(traffic, kind)
            if part is not None and part.speed is None and platform.cruise_speed.value < SLOWEST:
                sentence = f"{traffic.platform!r} cruises at {human(platform.cruise_speed.value, 'speed')}; give 'speed:'"
                yield tree.fault(("traffic", trade, kind), sentence, at_key=True)


def _corners(path: Path_, area: Area) -> Iterator[tuple[Path_, Place]]:
    if area.centre is not None:
        yield (*path, "centre"), area.centre
    for key in ("box", "corners"):
        for index, corner in enumerate(getattr(area, key) or ()):
            yield (*path, key, index), corner


def _too_far(tree: Tree, path: Path_, place: Place, scenario: Scenario) -> Found:
    datum, limit = scenario.datum, farthest(scenario) / NAUTICAL_MILE
    try:
        away = distance(datum.latitude, datum.longitude, place.latitude, place.longitude)
    except ValueError:  # on the other side of the earth, where every way is as short
        yield tree.fault(path, f"is on the other side of the earth from the datum; at most {limit:.0f} nmi")
        return
    if away > farthest(scenario):
        yield tree.fault(path, f"is {away / NAUTICAL_MILE:.0f} nmi from the datum; at most {limit:.0f} nmi")


def _shapeless(tree: Tree, path: Path_, area: Area, plane: Plane, limit: float) -> Found:
    """An area that is no area on the plane: crossing edges, corners on one line, or wider than the plane."""
    if area.radius is not None and area.centre is not None:
        circle = Circle(*plane.to_plane(area.centre.latitude, area.centre.longitude), area.radius.value)
        if circle.reach > limit:
            reach, most = human(circle.reach, "length"), human(limit, "length")
            yield tree.fault((*path, "radius"), f"is {reach}; an area reaches at most {most}")
    elif area.box is not None:
        (west, south), (east, north) = (plane.to_plane(each.latitude, each.longitude) for each in area.box)
        if west >= east or south >= north:
            yield tree.fault((*path, "box"), "must go from its south-west corner to its north-east corner")
    else:
        points = tuple(plane.to_plane(each.latitude, each.longitude) for each in area.corners or ())
        fault = _crossed(points)
        if fault is not None:
            yield tree.fault((*path, "corners"), fault)


def _crossed(points: tuple[tuple[float, float], ...]) -> str | None:
    """Why these corners, in m on the plane, make no area; None when they do."""
    try:
        Polygon(points)
    except ValueError as wrong:
        # Geometry tells the corners by number and by place in m; a file's reader wants the numbers.
        numbers = re.findall(r"(?:corner|corners|and) (\d+)", str(wrong))
        if "same place" in str(wrong):
            return f"makes no area: corners {numbers[0]} and {numbers[1]} are the same place"
        if "cross" in str(wrong):
            return f"makes no area: the edges from corners {numbers[0]} and {numbers[1]} cross or touch"
        return "makes no area: the corners lie on one line"
    return None


def _times(tree: Tree, path: Path_, serial: Serial, scenario: Scenario) -> Found:
    ends = f"{scenario.ends:%d %b %H:%M}"
    if serial.comex.value >= scenario.length:
        yield tree.fault((*path, "comex"), f"is not before the exercise ends ({ends})")
    elif serial.planned_finex > scenario.length:
        over = human(serial.planned_finex - scenario.length, "time")
        yield tree.fault((*path, "duration"), f"runs {over} past the end of the exercise ({ends})")
    for index, alternate in enumerate(serial.alternates):
        if alternate.comex is not None and not serial.comex.value < alternate.comex.value < scenario.length:
            place = (*path, "alternates", index, "comex")
            yield tree.fault(place, f"must lie between COMEX and the end of the exercise ({ends})")
    if serial.late.then == "alternate" and not serial.alternates:
        yield tree.fault((*path, "late", "then"), "says 'alternate', but the serial lists no alternates")
    numbers = {each.serial: each for each in scenario.serials}
    for key in ("after", "requires"):
        for index, name in enumerate(getattr(serial, key)):
            if numbers[name].comex.value >= serial.comex.value:
                place = place_of((*path, key), tree.at((*path, key)), index)
                yield tree.fault(place, f"waits for serial {name}, planned no earlier than itself")
    for name, count in serial.resources.items():
        there = scenario.resources[name]
        if count.whole > there.whole:
            place = (*path, "resources", name)
            yield tree.fault(place, f"needs {count.whole} of {name!r}, but the exercise has {there.whole}")


def _ground(tree: Tree, path: Path_, serial: Serial, scenario: Scenario) -> Found:
    """Live fire in an area that is not for it, at first or as an alternate."""
    if not shelves.kind("drills", serial.drill).live_fire:
        return
    areas = [((*path, "area"), serial.area)]
    areas += [((*path, "alternates", i, "area"), each.area) for i, each in enumerate(serial.alternates)]
    for place, area in areas:
        uses = scenario.areas[area].uses if area is not None else ()
        if uses and "live-fire" not in uses:
            yield tree.fault(place, f"live firing in {area!r}, whose uses are {', '.join(uses)}")


def _fillable(tree: Tree, path: Path_, selector: Selector, role: Role, units: tuple[Enlisted, ...]) -> Found:
    chosen, least = eligible(selector, role, units), least_for(selector, role)
    by_name, fit = {unit.name: unit for unit in units}, {unit.name for unit in chosen}
    told = False
    for name in selector.names:
        place = _named(tree, path, name)
        if name not in by_name:
            if len(chosen) < least:
                told = True
                yield tree.fault(place, f"{name!r} is not in the exercise: its group's count leaves it out")
        elif name not in fit:
            told = True
            yield tree.fault(place, f"{name!r} cannot take it: {_unfit(by_name[name], selector, role)}")
    if len(chosen) < least and not told:
        yield tree.fault(path, f"needs {_units(least)}, but only {len(chosen)} could take it ({role.doc})")
    elif selector.most is not None and selector.most.whole < least and selector.least is None:
        yield tree.fault(path, f"takes at most {selector.most.whole}, but needs {_units(least)} ({role.doc})")


def _units(count: int) -> str:
    return f"{count} unit" if count == 1 else f"{count} units"


def _unfit(unit: Enlisted, selector: Selector, role: Role) -> str:
    """Why a named unit does not match its own selector or the role."""
    if unit.name in selector.but:
        return "'but:' leaves it out"
    if selector.from_ and unit.force not in selector.from_:
        return f"it belongs to {unit.force}, and 'from:' asks for {' or '.join(selector.from_)}"
    lacking = [thing for thing in selector.carries if thing not in unit.carries]
    if lacking:
        return f"it carries no {lacking[0]}"
    if role.family and unit.platform.family not in role.family:
        return f"{role.doc}; needs a {' or '.join(role.family)}, and it is a {unit.platform.family}"
    return f"{role.doc}; needs {' or '.join(role.carries)}, and it carries {', '.join(unit.carries) or 'nothing'}"


def _double_bookings(tree: Tree, scenario: Scenario, bookings: list[Booking]) -> Found:
    for index, (serial, path, units) in enumerate(bookings):
        for earlier, _, others in bookings[:index]:
            if earlier.planned_finex <= serial.comex.value or serial.planned_finex <= earlier.comex.value:
                continue
            for name in units:
                if name in others:
                    place = _named(tree, units[name], name)
                    yield tree.fault(
                        place, f"{name!r} is booked for serial {earlier.serial} at the same time"
                    )
            area = serial.area
            if area is not None and area == earlier.area and scenario.areas[area].exclusive:
                sentence = f"{area!r} is exclusive and serial {earlier.serial} has it at the same time"
                yield tree.fault((*path, "area"), sentence)
