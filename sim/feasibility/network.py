"""The schedule as a network: what hangs on what, how much each serial may slip, and who is late through no fault of its own."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import NamedTuple

from sim.critical_path import Activity, Network
from sim.feasibility.finding import Finding
from sim.feasibility.paper import Booking, Paper
from sim.feasibility.slots import NOTICED
from sim.quantities import spoken
from sim.wording import clock

LATE = 15 * 60.0  # s; a serial that begins later than this after its time is late


class Slack(NamedTuple):
    """A serial in the network. begins, ends: when it can, s. slack: s it may slip before another, `then`, has to.

    then: number of that serial; None for ENDEX. total: s it may slip before the end of all the serials has to.
    """

    booking: Booking
    begins: float
    ends: float
    slack: float
    then: str | None
    total: float


def slacks(paper: Paper) -> list[Slack]:
    """Every serial with its slack, in the order of COMEX.

    An activity is a serial, from when nothing is in its way; what stands in its way are its COMEX, the ends of serials it
    waits for, and those that have its area or its units, with the ways between.
    """
    before = {each.number: dict(_before(paper, place)) for place, each in enumerate(paper.bookings)}
    activities: list[Activity] = []
    for booking in paper.bookings:
        name, waits = booking.number, [f"comex {booking.number}"]
        activities.append(Activity(waits[0], booking.begins))
        for other, way in before[name].items():
            activities.append(Activity(f"way {other} {name}", way, (other,)))
            waits.append(f"way {other} {name}")
        activities.append(Activity(name, booking.ends - booking.begins, tuple(waits)))
    network, length = Network(activities), paper.plan.length
    found = []
    for booking in paper.bookings:
        times = network.times[booking.number]
        left = [(network.times[after.number].early_start - before[after.number][booking.number] - times.early_finish,
                 after.number) for after in paper.bookings if booking.number in before[after.number]]  # fmt: skip
        slack, then = min([*left, (length - times.early_finish, None)], key=lambda each: each[0])
        found.append(
            Slack(booking, times.early_start, times.early_finish, max(0.0, slack), then, times.total_float)
        )
    return found


def _before(paper: Paper, place: int) -> Iterator[tuple[str, float]]:
    """Numbers of the serials in the way of one, with the time from their end until it can begin, s."""
    booking = paper.bookings[place]
    serial = booking.serial
    named = {*serial.after, *serial.requires}
    ways = {way.behind: 0.0 for way in booking.ways if way.behind is not None}
    for way in booking.ways:
        if way.behind is not None and way.takes < inf:
            ways[way.behind] = max(ways[way.behind], way.takes)
    for other in paper.bookings[:place]:
        shares = serial.area is not None and serial.area == other.serial.area \
            and paper.plan.areas[serial.area].exclusive  # fmt: skip
        wanted = {unit.name for _, busy in booking.missing.values() for unit in busy if unit.behind is other}
        if other.number in named or shares or wanted or other.number in ways:
            yield other.number, ways.get(other.number, 0.0)


def patience(paper: Paper) -> Iterator[Finding]:
    """Serials that those before them would keep for longer than they may wait, and those that run past ENDEX."""
    for each in slacks(paper):
        booking, late = each.booking, each.begins - each.booking.begins
        plan, hold = paper.plan, booking.serial.late.hold.value
        if late - hold > NOTICED:
            said = f"can begin at {clock(plan, each.begins)} at the earliest, {spoken(late)} late"
            fault = paper.tree.fault((*booking.path, "late", "hold"), said)
            mend = f"let it wait for {spoken(late)}, or make room before it"
            yield Finding("deadline", fault, f"it waits {spoken(hold)} and no longer", mend)
        elif each.ends - plan.length > NOTICED:
            over = each.ends - plan.length
            ends = clock(plan, each.ends)
            fault = paper.tree.fault((*booking.path, "duration"), f"ends at {ends}, begun {_begun(late)}")
            mend = f"begin it {spoken(over)} earlier, or end the exercise at {ends}"
            yield Finding("deadline", fault, f"{spoken(over)} after ENDEX", mend)


def _begun(late: float) -> str:
    return "as planned" if late < NOTICED else f"{spoken(late)} late"
