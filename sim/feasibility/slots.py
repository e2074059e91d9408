"""Slots: units, areas and resources asked for twice at a time, roles left empty, ways longer than the time for them."""

from __future__ import annotations

from collections.abc import Iterator
from math import isinf

from sim.feasibility.finding import Finding, later, minutes_up
from sim.feasibility.paper import Booking, OnPaper, Paper, Way
from sim.quantities import human, spoken
from sim.scenario.roles import eligible
from sim.wording import clock

NOTICED = 60.0  # s; a shorter overlap, or a shorter deficit, is rounding on paper


def ways(paper: Paper) -> Iterator[Finding]:
    """Ways that take longer than there is time: the worst of each serial, and how many more are late."""
    for booking in paper.bookings:
        late = [way for way in booking.ways if way.short > NOTICED]
        if late:
            yield _way(paper, booking, max(late, key=lambda way: way.short), len(late) - 1)


def _way(paper: Paper, booking: Booking, way: Way, others: int) -> Finding:
    unit, after = way.unit, f" after serial {way.behind}" if way.behind else ""
    if isinf(way.length):
        place = paper.tree.fault((*booking.path, "area"), f"no way by sea leads {unit.name} there")
        return Finding("transit", place, "at no speed", "choose another area, or another unit")
    pace = f"{human(way.speed, 'speed')} for {human(way.length, 'length')}"
    what = (
        " to be turned round and fly out"
        if unit.flies and way.behind
        else " to start and fly out"
        if unit.flies
        else ""
    )
    place = paper.tree.fault(
        (*booking.path, "comex"), f"{unit.name} needs {spoken(way.takes)} at {pace}{what}{after}"
    )
    more = f" ({others} more late)" if others else ""
    is_called = way.call < way.gap
    has = (
        f"ships are called {spoken(way.call)} before COMEX" if is_called else f"the gap is {spoken(way.gap)}"
    )
    deficit = f"{has}: {spoken(way.short)} short{more}"
    mends = []
    if way.takes > way.gap:
        mends.append(later(paper.plan, booking.number, booking.begins + way.takes - way.gap))
    if way.takes > way.call:  # moving the serial alone would not help: she sets out when she is called
        mends.append(f"give serial {booking.number} a set_up of {minutes_up(way.takes)}")
    return Finding("transit", place, deficit, " and ".join(mends))


def roles(paper: Paper) -> Iterator[Finding]:
    """Units in another serial at COMEX: one that is named, or so many that a role is left short."""
    for booking in paper.bookings:
        declared = paper.drill(booking).roles
        for role, (lacking, busy) in booking.missing.items():
            could = eligible(booking.serial.roles[role], declared[role], paper.roster)
            path = (*booking.path, "roles", role)
            behind = [unit.behind for unit in busy if unit.behind is not None]
            if not busy or len(behind) < lacking:
                place = paper.tree.fault(
                    path, f"lacks {lacking} of the units it needs: {len(could)} could take it"
                )
                yield Finding(
                    "role", place, "the others have another role in this serial", f"ask for {lacking} fewer"
                )
                continue
            until = busy[lacking - 1].free
            at = clock(paper.plan, until, day=False)
            if len(busy) + len(booking.roles[role]) - lacking == len(booking.roles[role]):
                yield from (_double(paper, booking, unit, path) for unit in busy)
                continue
            place = paper.tree.fault(
                path, f"needs {len(booking.roles[role]) + lacking} units, {lacking} more than are free"
            )
            names = ", ".join(
                f"{unit.name} (serial {each.number})" for unit, each in zip(busy, behind, strict=True)
            )
            deficit = f"{names} {'is' if len(busy) == 1 else 'are'} busy, one until {at}" if lacking == 1 else \
                f"{names} are busy, {lacking} of them until {at}"  # fmt: skip
            mend = f"{later(paper.plan, booking.number, until)}, or ask for {lacking} fewer"
            yield Finding("role", place, deficit, mend)


def _double(paper: Paper, booking: Booking, unit: OnPaper, path: tuple[str | int, ...]) -> Finding:
    other = unit.behind
    assert other is not None  # who is busy is so with something
    over = other.ends - booking.begins
    place = paper.tree.fault(
        path, f"{unit.name} is in serial {other.number} until {clock(paper.plan, other.ends)}"
    )
    return Finding(
        "unit", place, f"both want it for {spoken(over)}", later(paper.plan, booking.number, other.ends)
    )


def areas(paper: Paper) -> Iterator[Finding]:
    """Exclusive areas that two serials have at a time."""
    for place, booking in enumerate(paper.bookings):
        area = booking.serial.area
        if area is None or not paper.plan.areas[area].exclusive:
            continue
        before = [each for each in paper.bookings[:place] if each.serial.area == area
                  and each.ends - booking.begins > NOTICED]  # fmt: skip
        if before:
            last = max(before, key=lambda each: each.ends)
            said = (
                f"{area!r} is exclusive, and serial {last.number} has it until {clock(paper.plan, last.ends)}"
            )
            fault = paper.tree.fault((*booking.path, "area"), said)
            deficit = f"both want it for {spoken(last.ends - booking.begins)}"
            yield Finding("area", fault, deficit, later(paper.plan, booking.number, last.ends))


def resources(paper: Paper) -> Iterator[Finding]:
    """Shared things that serials at one time ask for more of than there are."""
    for place, booking in enumerate(paper.bookings):
        for name, wanted in booking.serial.resources.items():
            users = [each for each in paper.bookings[:place] if name in each.serial.resources
                     and each.ends - booking.begins > NOTICED]  # fmt: skip
            there = paper.plan.resources[name].whole
            used = sum(each.serial.resources[name].whole for each in users)
            if used + wanted.whole <= there:
                continue
            said = f"needs {wanted.whole} of {name!r}, with {used} of {there} in serial {', '.join(each.number for each in users)}"
            until = _enough([(each.ends, each.serial.resources[name].whole) for each in users],
                            used + wanted.whole - there)  # fmt: skip
            deficit = f"{used + wanted.whole - there} too few for {spoken(until - booking.begins)}"
            mend = f"{later(paper.plan, booking.number, until)}, or have {used + wanted.whole}"
            fault = paper.tree.fault((*booking.path, "resources", name), said)
            yield Finding("resource", fault, deficit, mend)


def _enough(returns: list[tuple[float, int]], lacking: int) -> float:
    """When so many have come back, s."""
    ends = [time for time, count in sorted(returns) for _ in range(count)]
    return ends[lacking - 1]


def order(paper: Paper) -> Iterator[Finding]:
    """Serials that are to begin before those they wait for are over."""
    booked = {each.number: each for each in paper.bookings}
    for booking in paper.bookings:
        waits = [booked[name] for name in dict.fromkeys((*booking.serial.after, *booking.serial.requires))]
        late = [each for each in waits if each.ends - booking.begins > NOTICED]
        if late:
            last = max(late, key=lambda each: each.ends)
            key = "requires" if last.number in booking.serial.requires else "after"
            said = f"waits for serial {last.number}, which is over at {clock(paper.plan, last.ends)}"
            fault = paper.tree.fault((*booking.path, key), said)
            deficit = f"{spoken(last.ends - booking.begins)} after its own COMEX"
            yield Finding("dependency", fault, deficit, later(paper.plan, booking.number, last.ends))
