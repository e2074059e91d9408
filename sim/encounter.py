"""An encounter: one observer, one target, one sensor; when the looks of a stay in range gain a contact, or lose it.

The stay is solved in closed form on the present legs. Inside it the sensor looks at its own rate; the chances of its looks
add up to that of a contact by then, and one uniform number for each visit says which look it is. So a nearer target, a
better sensor or a calmer sea never finds later.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from math import ceil, hypot, inf
from typing import NamedTuple, Protocol

from sim.confirmation import Confirmation
from sim.geometry import Point, crossing_times
from sim.sensors._sensor import Sensor, Shown
from sim.setting import SHORTEST, Agenda, Conditions
from sim.units._agent import Unit

AHEAD = 32  # looks worked out at once; whoever alters before makes the rest worthless


class Contact(NamedTuple):
    """Who holds whom by what. since: s. place: m, where the target then was. range: m. bearing: rad on the plane.

    record: of its detection.
    """

    observer: Unit
    target: Unit
    sensor: str
    since: float
    place: Point
    range: float
    bearing: float
    record: int


class Keeper(Protocol):
    """Whose encounter it is."""

    agenda: Agenda
    conditions: Conditions  # what sensors depend on now

    @property
    def now(self) -> float:
        """The clock, s."""

    def uniform(self, *words: str | int) -> float:
        """A number from 0 to 1 fixed by some words."""

    def phase(self, observer: Unit, sensor: str) -> float:
        """When in its own rhythm a sensor looks, from 0 to 1."""

    def visit(self, pair: Encounter) -> int:
        """How often the two have met before."""

    def gained(self, pair: Encounter, looks: int) -> Contact:
        """A contact, now."""

    def lost(self, contact: Contact) -> None:
        """It is held no longer."""


class _Stretch(NamedTuple):
    """The relative motion of a pair while neither alters. since: s. dx, dy: m, then. enter, leave: s, of the range."""

    since: float
    dx: float
    dy: float
    vx: float
    vy: float
    own: Shown
    target: Shown
    conditions: Conditions
    enter: float
    leave: float


class Encounter:
    """One observer, one target, one sensor. contact: while it is held. looks: so far on this visit."""

    __slots__ = ("_ahead", "_chain", "_drawn", "_next", "_phase", "_place", "_stretch", "_vigil", "_visit",
                 "contact", "looks", "name", "observer", "sensor", "target")  # fmt: skip

    def __init__(self, vigil: Keeper, observer: Unit, target: Unit, name: str, sensor: Sensor) -> None:
        self._vigil, self.name, self.sensor = vigil, name, sensor
        self.observer, self.target = observer, target
        self.contact: Contact | None = None
        self.looks = 0
        self._drawn: float | None = None
        self._place: int | None = None  # in the agenda, of what comes next
        self._phase = vigil.phase(observer, name) * sensor.looks[0]
        self._stretch: _Stretch | None = None
        # The next look, looks and chance, when what is put down comes.
        self._ahead: tuple[int, int, Confirmation] | None = None
        self._next = -(2**62)  # number of the next look
        self._begin()

    def _begin(self) -> None:
        """A new visit, to be found or, when in contact, to be lost."""
        self._visit, self._drawn, self.looks = self._vigil.visit(self), None, 0
        if self.contact is None:
            self._chain = Confirmation(*self.sensor.confirm)
        else:
            self._chain = Confirmation(max(1, self.sensor.drops), max(1, self.sensor.drops))

    @property
    def _uniform(self) -> float:
        """The number of the visit, from 0 to 1. Most visits see no look and never ask."""
        if self._drawn is None:
            self._drawn = self._vigil.uniform(self.name, self.observer.name, self.target.name, self._visit)
        return self._drawn

    def leave(self) -> None:
        """Out of range."""
        if self.contact is not None:
            self._lose()
            self._begin()
        elif self.looks:
            self._begin()

    def end(self) -> None:
        """Out of the vigil."""
        self._strike()
        self.leave()

    def _strike(self) -> None:
        """What was put down is not to come."""
        if self._place is not None:
            self._vigil.agenda.strike(self._place)
            self._place = None

    def _lose(self) -> None:
        contact, self.contact = self.contact, None
        if contact is not None:
            self._vigil.lost(contact)

    def renew(self) -> None:
        """Solves the pair for its present legs, after taking in the looks of those before."""
        now, before = self._vigil.now, self._stretch
        if before is not None and now > before.since:
            self._take_in(before, now)
            self._decide()
        self._strike()
        self._stretch = self._solved(now)
        self._plan()

    def due(self) -> None:
        """What was put down has come; looks that only begin keep its place."""
        now, stretch = self._vigil.now, self._stretch
        assert stretch is not None
        if self._ahead is not None:
            (self._next, self.looks, self._chain), self._ahead = self._ahead, None
            self._place = None
        self._decide()
        if now >= stretch.leave - SHORTEST:
            self.leave()
            self._stretch, self._place = self._solved(now), None
        self._plan()

    def _decide(self) -> None:
        """Whether a contact has been gained, or lost by missed looks."""
        if not self.looks or self._chain.confirmed < self._uniform:
            return
        if self.contact is None:
            self.contact = self._vigil.gained(self, self.looks)
        elif self.sensor.drops:
            self._lose()
        else:
            return
        self._begin()

    def _first(self, stretch: _Stretch) -> int:
        """The number of the first look on a stretch not yet taken in."""
        number = ceil((max(stretch.enter, stretch.since) - self._phase) / self.sensor.looks[0])
        return max(self._next, number)

    def _time(self, number: int) -> float:
        """When a look is made, s."""
        return self._phase + number * self.sensor.looks[0]

    def _chances(self, stretch: _Stretch, first: int, until: float) -> Iterator[float]:
        """Of the looks of a stretch from one on, by number, up to a time, s: that each finds, or when in contact that it misses."""
        since, dx, dy, vx, vy, own, target, conditions, _, leave = stretch
        time, last = self._time(first), min(until, leave)
        if time > last:
            return
        chance, holds = self.sensor.chances(own, target, conditions), self.contact is not None
        while time <= last:
            passed = time - since
            found = chance(hypot(dx + vx * passed, dy + vy * passed))
            yield 1.0 - found if holds else found
            first += 1
            time = self._time(first)

    @property
    def _counts(self) -> bool:
        """Whether looks matter now: none do to one who never looks away, or who keeps what he holds."""
        return self.sensor.looks[0] > 0.0 and (self.contact is None or self.sensor.drops > 0)

    def _take_in(self, stretch: _Stretch, until: float) -> None:
        """Adds the looks made up to a time to the chance of a contact, or of its loss."""
        if self._counts:
            first = self._first(stretch)
            made = self._chain.look(self._chances(stretch, first, until))
            if made:
                self._next, self.looks = first + made, self.looks + made

    def _solved(self, now: float) -> _Stretch | None:
        """The stretch from now on; None when the target cannot come into range on it."""
        one, other, sensor = self.observer, self.target, self.sensor
        if not (_is_there(one) and _is_there(other)) or self.name in one.down:
            return None
        own, shown, conditions = one.shown, other.shown, self._vigil.conditions
        if sensor.is_active and not own.radiates:
            return None
        reach = sensor.range_to(own, shown, conditions)
        if reach <= 0.0:
            return None
        (x, y), (u, v) = one.motion.at(now), other.motion.at(now)
        dx, dy = u - x, v - y
        vx, vy = other.motion.vx - one.motion.vx, other.motion.vy - one.motion.vy
        times = crossing_times(dx, dy, vx, vy, reach)
        if times is None or times[1] <= SHORTEST:
            return None
        return _Stretch(now, dx, dy, vx, vy, own, shown, conditions, now + max(0.0, times[0]), now + times[1])

    def _plan(self) -> None:
        """Puts down when something comes of it next."""
        self._ahead, stretch, now = None, self._stretch, self._vigil.now
        is_near = stretch is not None and stretch.enter <= now + SHORTEST
        if not is_near:
            self.leave()
        if stretch is None:
            return
        if is_near and self.contact is None and self.sensor.looks[0] <= 0.0:
            self.looks = 1
            self.contact = self._vigil.gained(self, 1)
            self._begin()
        time = self._next_due(stretch, is_near)
        self._place = self._vigil.agenda.add(time, self.due, self._place) if time < inf else None

    def _next_due(self, stretch: _Stretch, is_near: bool) -> float:
        """When something comes of it, s, or of the looks worked out ahead."""
        if not self._counts:
            return stretch.leave if is_near else stretch.enter
        first = self._first(stretch)
        if not is_near and self._time(first) < stretch.leave - SHORTEST:
            return self._time(first)  # most alter before
        chain = self._chain.copy()
        made = chain.look(islice(self._chances(stretch, first, inf), AHEAD), self._uniform)
        if not made:
            return stretch.leave
        self._ahead = first + made, self.looks + made, chain
        is_used_up = made == AHEAD or chain.confirmed >= self._uniform
        return self._time(first + made - 1) if is_used_up else stretch.leave


def _is_there(unit: Unit) -> bool:
    """Whether it is at sea or in the air, to see and to be seen."""
    return unit.is_out and not unit.is_gone
