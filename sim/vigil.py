"""The vigil: some units on the lookout for others in a serial; who finds whom and when, holds, loses and reports.

The live side of the referee: a drill asks it who holds a target, and never the target where it is. Each observer, target
and sensor are an encounter, solved again only when one of the two alters, shows itself otherwise, or the weather or the
light changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from math import degrees, hypot, inf
from typing import TYPE_CHECKING, Any

from sim import shelves
from sim.encounter import Contact, Encounter
from sim.geometry import Point, course_of
from sim.log import kind
from sim.scenario.sheets import fitted
from sim.sensors._sensor import Sensor
from sim.setting import SHORTEST, Agenda, Bell, Conditions, first_of, when
from sim.units._agent import Process, Unit

if TYPE_CHECKING:
    from sim.command import Commander
    from sim.scenario.sheets import Platform

DETECTED = kind("detected", "A unit on watch in a serial gains a contact; place, range and bearing are the target's.",
                sensor="text", range_m="number", bearing_deg="number", looks="count")  # fmt: skip
FADED = kind("faded", "A unit on watch in a serial loses a contact.", sensor="text", held_s="number")
REPORTED = kind("reported", "The report of a contact reaches a staff.", force="text", delay_s="number")

CELL = 2.0**-53
UNUSED = 11  # bits of a key that a double has no room for


class Vigil:
    """Who among the observers finds and holds whom among the targets, by which of their sensors.

    A unit that is not at sea or in the air neither sees nor is seen. found: rings at each contact gained or lost. reported:
    rings when a report reaches a staff: the first detection of a target by a force goes to its own staff and to those of the
    other forces in the serial.
    """

    def __init__(self, exercise: Any, serial: str, forces: Sequence[str], cause: int | None) -> None:
        self.found, self.reported = Bell(exercise.env), Bell(exercise.env)
        self._exercise, self._serial, self._cause = exercise, serial, cause
        self._staffs: list[Commander] = [exercise.commanders[force] for force in forces]
        self.agenda = Agenda(exercise.env)
        self._sensors: dict[tuple[str, str], Sensor] = {}
        self._watch: dict[Unit, tuple[str, ...]] = {}
        self._targets: dict[Unit, None] = {}
        self._pairs: dict[tuple[Unit, Unit, str], Encounter] = {}
        self._first: dict[Unit, Contact] = {}
        self._known: dict[tuple[str, Unit], float] = {}
        self._told: set[tuple[str, Unit]] = set()
        self._anew: dict[Unit, float] = {}  # since when reports of a target count
        self._holding: dict[Unit, tuple[int, float]] = {}  # holders now, and since when there are any
        self._held: dict[Unit, float] = {}
        self._lost: dict[Unit, tuple[int, Point, float]] = {}  # how often by all, and where and when at last
        self._is_over = False
        self._phases: dict[tuple[Unit, str], float] = {}
        self._visits: dict[tuple[Unit, Unit, str], int] = {}
        now, end = exercise.env.now, exercise.plan.length
        for time in sorted({*exercise.weather.changes(now, end), *exercise.daylight.changes(now, end)}):
            self.agenda.add(time, self._look_again)
        self._look_again()

    # ----------------------------------------------------------------- who watches whom

    def enlist(self, observer: Unit, sensors: Sequence[str] | None = None) -> None:
        """An observer watches from now on, by all sensors it carries or by some of them; again, by others instead."""
        fit = fitted(observer.platform)
        names = tuple(
            name for name in shelves.names("sensors") if name in fit and (sensors is None or name in sensors)
        )
        for old in [key for key in self._pairs if key[0] is observer and key[2] not in names]:
            self._end(old)
        self._join(observer)
        self._watch[observer] = names
        for target in self._targets:
            self._meet(observer, target)

    def add(self, target: Unit) -> None:
        """A target is looked for from now on."""
        self._join(target)
        self._targets[target] = None
        for observer in self._watch:
            self._meet(observer, target)

    def drop(self, unit: Unit) -> None:
        """A unit is no longer looked for, nor does it watch; what it held is lost."""
        for key in [key for key in self._pairs if unit in key[:2]]:
            self._end(key)
        self._watch.pop(unit, None)
        self._targets.pop(unit, None)
        if self._altered in unit.watchers:
            unit.watchers.remove(self._altered)

    def forget(self, target: Unit) -> None:
        """A target that comes again is to be reported anew, to every staff."""
        self._first.pop(target, None)
        self._anew[target] = self.now
        for staff in self._staffs:
            self._known.pop((staff.force, target), None)
            self._told.discard((staff.force, target))

    def close(self) -> None:
        """The watch is over; reports still under way are nobody's concern any more."""
        self._is_over = True
        for unit in [*self._watch, *self._targets]:
            self.drop(unit)

    # ----------------------------------------------------------------- what is known

    def holders(self, target: Unit) -> list[Contact]:
        """Who holds a target now, in the order in which they came to watch."""
        return [
            pair.contact
            for pair in self._pairs.values()
            if pair.target is target and pair.contact is not None
        ]

    def contacts(self, observer: Unit) -> list[Contact]:
        """What an observer holds now."""
        return [
            pair.contact
            for pair in self._pairs.values()
            if pair.observer is observer and pair.contact is not None
        ]

    def first(self, target: Unit) -> Contact | None:
        """The first contact ever gained of a target."""
        return self._first.get(target)

    def held(self, target: Unit) -> float:
        """How long a target has been held by at least one observer so far, s."""
        holders, since = self._holding.get(target, (0, 0.0))
        return self._held.get(target, 0.0) + (self._exercise.env.now - since if holders else 0.0)

    def faded(self, target: Unit) -> int:
        """How often a target that was held came to be held by nobody."""
        return self._lost.get(target, (0, None, 0.0))[0]

    def last_known(self, target: Unit) -> tuple[Point, float] | None:
        """Where a target is, or was when the last to hold it lost it, and when that was, s; None when it was never found."""
        if self.holders(target):
            return target.position, self.now
        known = self._lost.get(target)
        return None if known is None else known[1:]

    def known_to(self, force: str, target: Unit) -> float | None:
        """When the first report of a target reached the staff of a force, s; None while none has."""
        return self._known.get((force, target))

    def await_contact(self, target: Unit, until: float = inf) -> Process:
        """Waits until somebody holds a target, at most until a time, s; gives the contact, or None."""
        env = self._exercise.env
        limit = when(env, until) if until < inf else None
        while not (held := self.holders(target)):
            if until - env.now < SHORTEST:
                return None
            yield self.found.rung if limit is None else first_of(env, self.found.rung, limit)
            if limit is not None and limit.processed and not self.holders(target):
                return None
        return held[0]

    # ----------------------------------------------------------------- how it is worked out

    def _join(self, unit: Unit) -> None:
        if self._altered not in unit.watchers:
            unit.watchers.append(self._altered)

    def _meet(self, observer: Unit, target: Unit) -> None:
        if observer is target:
            return
        for name in self._watch[observer]:
            key, sensor = (observer, target, name), self._sensor(name, observer.platform)
            if key not in self._pairs and sensor.showing(target.platform) is not None:
                self._pairs[key] = Encounter(self, observer, target, name, sensor)
                self._pairs[key].renew()

    def _sensor(self, name: str, platform: Platform) -> Sensor:
        key = (name, platform.platform)
        if key not in self._sensors:
            made: Sensor = shelves.kind("sensors", name)(fitted(platform)[name], platform)
            self._sensors[key] = made
        return self._sensors[key]

    def _end(self, key: tuple[Unit, Unit, str]) -> None:
        pair = self._pairs.pop(key)
        pair.end()

    def _altered(self, unit: Unit) -> None:
        for pair in [each for each in self._pairs.values() if unit is each.observer or unit is each.target]:
            pair.renew()

    def _look_again(self) -> None:
        """The weather or the light has changed."""
        (sea_state, visibility), is_day = (
            self._exercise.weather.at(self.now),
            self._exercise.daylight.is_day(self.now),
        )
        self.conditions = Conditions(sea_state, visibility, is_day)
        for pair in list(self._pairs.values()):
            pair.renew()

    def uniform(self, *words: str | int) -> float:
        """A number from 0 to 1 fixed by seed, serial and some words: asking for others changes it not."""
        return (self._exercise.streams.key("vigil", self._serial, *words) >> UNUSED) * CELL

    def phase(self, observer: Unit, sensor: str) -> float:
        """When in its own rhythm a sensor looks, from 0 to 1: at all targets at once."""
        key = (observer, sensor)
        if key not in self._phases:
            self._phases[key] = self.uniform("phase", sensor, observer.name)
        return self._phases[key]

    def visit(self, pair: Encounter) -> int:
        """How often the pair has met before, in this serial."""
        key = (pair.observer, pair.target, pair.name)
        self._visits[key] = self._visits.get(key, -1) + 1
        return self._visits[key]

    @property
    def now(self) -> float:
        """The exercise's clock, s."""
        return float(self._exercise.env.now)

    def gained(self, pair: Encounter, looks: int) -> Contact:
        """A pair has come into contact."""
        observer, target, now = pair.observer, pair.target, self.now
        (x, y), (u, v) = observer.position, target.position
        distance, bearing = hypot(u - x, v - y), course_of(u - x, v - y)
        record = self._exercise.log.write(
            DETECTED, now, serial=self._serial, unit=observer.name, other=target.name, at=(u, v), cause=self._cause,
            sensor=pair.name, range_m=distance, looks=looks,
            bearing_deg=self._exercise.plane.true_course(x, y, degrees(bearing)),
        )  # fmt: skip
        contact = Contact(observer, target, pair.name, now, (u, v), distance, bearing, record)
        self._first.setdefault(target, contact)
        holders, since = self._holding.get(target, (0, now))
        self._holding[target] = holders + 1, since if holders else now
        self._report(contact)
        self.found.ring()
        return contact

    def lost(self, contact: Contact) -> None:
        """A contact is held no longer."""
        now, target = self.now, contact.target
        self._exercise.log.write(
            FADED, now, serial=self._serial, unit=contact.observer.name, other=target.name, at=target.position,
            cause=contact.record, sensor=contact.sensor, held_s=now - contact.since,
        )  # fmt: skip
        holders, since = self._holding[target]
        if holders == 1:
            self._held[target] = self._held.get(target, 0.0) + now - since
            self._lost[target] = self.faded(target) + 1, target.position, now
        self._holding[target] = holders - 1, since
        self.found.ring()

    def _report(self, contact: Contact) -> None:
        """The first contact that a force has of a target goes to its own staff, and to the others in the serial."""
        for staff in self._staffs:
            if (staff.force, contact.target) in self._told or contact.observer.force is None:
                continue
            self._told.add((staff.force, contact.target))
            delay = staff.report_delay(contact.observer, self._serial)
            self.agenda.add(self.now + delay, partial(self._heard, staff, contact, delay))

    def _heard(self, staff: Commander, contact: Contact, delay: float) -> None:
        if self._is_over:
            return
        if contact.since >= self._anew.get(contact.target, 0.0):
            self._known[staff.force, contact.target] = self.now
        self._exercise.log.write(
            REPORTED, self.now, serial=self._serial, unit=contact.observer.name, other=contact.target.name,
            at=contact.place, cause=contact.record, force=staff.force, delay_s=delay,
        )  # fmt: skip
        self.reported.ring()
