"""Contacts: who gains and loses whom with which sensor, who enters and leaves which area; solved exactly from the legs.

A crossing that nobody waits for need not be known before it is read. So legs are only noted as they are steered, and
now and then solved all together, each once, when they are known for good: nothing predicted is ever taken back.
`settle` may be called at any time and as often as one likes; the records are the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim import shelves
from sim.areas import stays_in
from sim.crossings import stays, told
from sim.geometry import Area
from sim.log import kind
from sim.looks import Visits, first_finding, uniforms
from sim.names import Names
from sim.scenario.sheets import fitted
from sim.setting import Conditions
from sim.tracks import Floats, Ints, Reach, Tracks
from sim.watch import SHIFT, UNTOLD, Gains, Losses, Side, Watch

if TYPE_CHECKING:
    from sim.audit import Audit
    from sim.sensors._sensor import Sensor
    from sim.units._agent import Unit

CONTACT = kind("contact", "A unit gains a contact; place and range are the target's.", sensor="text",
               range_m="number", initial="count")  # fmt: skip
LOST = kind("lost", "A unit loses a contact.", sensor="text", range_m="number")
ENTERED = kind("entered", "A unit enters an area.", area="text", initial="count")
LEFT = kind("left", "A unit leaves an area.", area="text")

NEUTRAL = -1  # side of those who belong to nobody
MANY_LEGS = 20_000  # noted but not yet solved, from which they are solved to keep memory small


class Leg(NamedTuple):
    """Straight on from a place. start: s. x, y: m. vx, vy: m/s."""

    start: float
    x: float
    y: float
    vx: float
    vy: float


class Track(NamedTuple):
    """A contact that is held. since: s, when it was gained. record: of that, until the log is sealed."""

    target: str
    sensor: str
    since: float
    record: int


class Presence:
    """One unit from when it appears at sea or in the air to when it is gone, by its legs. end: s, inf while there.

    radiates: from when on its radars are on, or off.
    """

    __slots__ = ("end", "legs", "number", "radiates", "unit")

    def __init__(self, number: int, unit: Unit) -> None:
        self.number, self.unit = number, unit
        self.legs: list[Leg] = []
        self.end = inf
        self.radiates: list[tuple[float, bool]] = []

    def is_silent(self, time: float) -> bool:
        """Whether its radars are off at a time not before the last settling."""
        return not next(on for since, on in reversed(self.radiates) if since <= time)


class Contacts:
    """Notes who is where on which leg, and settles what came of it.

    audit: keeps what was solved, when there is one.
    """

    def __init__(self, exercise: Any, areas: dict[str, Area], audit: Audit | None = None) -> None:
        self._exercise, self._areas, self._audit = exercise, areas, audit
        self._present: list[Presence] = []
        self._noted = 0
        self._settled = 0.0
        self._sides: dict[str, int] = {}
        self._kinds = [name for name in shelves.names("sensors") if shelves.kind("sensors", name).is_general]
        self._watches = {name: Watch() for name in (*self._kinds, "")}
        self._sensors: dict[tuple[str, str], Sensor | None] = {}
        self._visits = {name: Visits() for name in self._kinds}
        self._names = Names(exercise.log, exercise.streams)

    @property
    def crossed(self) -> int:
        """Range and area crossings found so far."""
        crossed = 0
        for watch in self._watches.values():
            crossed += watch.crossed
        return crossed

    # ----------------------------------------------------------------- what units tell

    def appear(self, unit: Unit) -> Presence:
        """A unit is there from now on."""
        presence = Presence(self._names.add(unit.name), unit)
        self._present.append(presence)
        self.hush(presence)
        self.turn(presence)
        return presence

    def turn(self, presence: Presence) -> None:
        """It is on another leg from now on."""
        now, motion = float(self._exercise.env.now), presence.unit.motion
        x, y = motion.at(now)
        leg = Leg(now, x, y, motion.vx, motion.vy)
        if presence.legs and presence.legs[-1].start == now:
            presence.legs[-1] = leg
            return
        presence.legs.append(leg)
        self._noted += 1
        if self._noted > MANY_LEGS:
            self.settle()

    def hush(self, presence: Presence) -> None:
        """Its radars go on or off: emission control."""
        presence.radiates.append((float(self._exercise.env.now), presence.unit.radiates))

    def vanish(self, presence: Presence) -> None:
        """It is gone from now on."""
        presence.end = float(self._exercise.env.now)

    # ----------------------------------------------------------------- what came of it

    def tracks(self, unit: Unit) -> list[Track]:
        """What a unit holds now, by kind of sensor and in the order in which the targets appeared."""
        self.settle()
        found: list[Track] = []
        if unit.presence is None:
            return found
        names = {presence.number: presence.unit.name for presence in self._present}
        for sensor in self._kinds:
            inside = self._watches[sensor].inside
            held = inside.at((inside.code >> SHIFT == unit.presence.number) & (inside.record != UNTOLD))
            targets = (held.code & (2**SHIFT - 1)).tolist()
            rows = zip(targets, held.known.tolist(), held.record.tolist(), strict=True)
            found += [Track(names[target], sensor, since, record) for target, since, record in rows]
        return found

    def settle(self) -> None:
        """Solves all that has happened up to now, and brings the records into the log."""
        start, end = self._settled, float(self._exercise.env.now)
        if not end > start:
            return
        # Who came and went at once was never there; who went as it was last settled is lost now.
        self._present = [each for each in self._present if each.end > each.legs[0].start]
        self._settled, self._noted = end, 0
        if self._present:
            forces = np.array([self._side(presence.unit) for presence in self._present])
            conditions = list(self._conditions(start, end))
            window = _Window(self._present, start, end, self._tracks(), forces, conditions)
            if self._audit is not None:
                self._audit.begin(window.tracks, start, end)
            for name in self._kinds:
                self._sense(name, window)
            if self._areas:
                self._bound(window)
        self._present = [each for each in self._present if each.end >= end]
        for presence in self._present:
            del presence.legs[:-1], presence.radiates[:-1]

    def _tracks(self) -> Tracks:
        counts = np.array([len(presence.legs) for presence in self._present])
        legs = np.array([leg for presence in self._present for leg in presence.legs])
        end = np.append(legs[1:, 0], 0.0)  # each leg's is the next one's start, but for the last of each
        end[np.cumsum(counts) - 1] = [presence.end for presence in self._present]
        return Tracks(np.repeat(np.arange(counts.size), counts), legs[:, 0], end, *legs.T[1:])

    def _sense(self, name: str, window: _Window) -> None:
        """What one kind of sensor comes to know."""
        watch = self._watches[name]
        sensors = {rank: sensor for rank, presence in enumerate(window.present)
                   if (sensor := self._sensor(name, presence.unit)) is not None}  # fmt: skip
        reach = self._reach(name, sensors, window)
        if not watch.inside.code.size and (not sensors or (reach.showing == -inf).all()):
            return
        found = stays(window.tracks, reach, window.start, window.end)
        if self._audit is not None:
            for part, start, end in reach.stretches(window.start, window.end):
                rows = told(found.between(start, end), window.side.there, window.side.gone, start, end)
                self._audit.note(name, part, start, end, rows)
        gains = watch.stand(
            found, (window.side, window.side), window.start, window.end,
            lambda code, enter: self._known(name, window, sensors, code, enter),
        )  # fmt: skip
        self._tell(name, window, gains, watch.told(len(self._exercise.log)))

    def _reach(self, name: str, sensors: dict[int, Sensor], window: _Window) -> Reach:
        """How far the sensors of a kind reach, by rank, with all that changes meanwhile."""
        kind_of, platforms = shelves.kind("sensors", name), [each.unit.platform for each in window.present]
        showing = {each.platform: kind_of.showing(each) for each in platforms}
        shown = [-inf if (share := showing[each.platform]) is None else share for each in platforms]
        looking, ranks = np.zeros(len(platforms)), list(sensors)
        looking[ranks] = [each.looking for each in sensors.values()]
        steps = [
            (time, [0.0 if rank in silent else each.cap(conditions) for rank, each in sensors.items()])
            for time, conditions, silent in window.stretches(sensors if kind_of.is_active else ())
        ]
        steps = [
            step for before, step in zip([(0.0, None), *steps], steps, strict=False) if step[1] != before[1]
        ]
        caps = np.zeros((len(steps), len(platforms)))
        caps[:, ranks] = [cap for _, cap in steps]
        changes = np.array([time for time, _ in steps[1:]])
        return Reach(
            looking, np.array(shown), caps if changes.size else caps[0], window.forces, changes=changes
        )

    def _known(
        self, name: str, window: _Window, sensors: dict[int, Sensor], code: Ints, enter: Floats
    ) -> Floats:
        """When the looks of each observer find each target."""
        known = enter.copy()
        if not code.size:
            return known
        observer, target = code >> SHIFT, code & (2**SHIFT - 1)
        visits = self._visits[name].count(self._names.same(observer), self._names.same(target), enter)
        ours, theirs = self._names.keys(name, observer), self._names.keys("target", target)
        uniform, phase = uniforms(ours, theirs, visits), uniforms(ours, ours, np.zeros_like(visits))
        ranks = window.rank(observer)
        for period, chance in dict.fromkeys(each.looks for each in sensors.values()):
            keeping = np.zeros(len(window.present), dtype=np.bool_)
            keeping[[rank for rank, each in sensors.items() if each.looks == (period, chance)]] = True
            rows = np.flatnonzero(keeping[ranks])
            known[rows] = first_finding(enter[rows], uniform[rows], chance, phase[rows] * period, period)
        return known

    def _tell(self, name: str, window: _Window, gains: Gains, losses: Losses) -> None:
        """Writes what was gained and lost, each with the target's place and range."""
        log = self._exercise.log
        sensor = log.codes([name])[0]
        log.extend(CONTACT, {"time": gains.time, **self._where(window, gains.code, gains.time), "sensor": sensor,
                             "initial": gains.initial})  # fmt: skip
        log.extend(LOST, {"time": losses.time, **self._where(window, losses.code, losses.time), "sensor": sensor,
                          "cause": losses.record})  # fmt: skip

    def _where(self, window: _Window, code: Ints, time: Floats) -> dict[str, Any]:
        """Observer and target by name, the target's place, and the range between them."""
        observer, target = code >> SHIFT, code & (2**SHIFT - 1)
        names = self._names.codes()
        (x, y), (u, v) = (window.tracks.at(window.rank(each), time) for each in (observer, target))
        return {"unit": names[observer], "other": names[target], "x": u, "y": v,
                "range_m": np.sqrt((u - x) * (u - x) + (v - y) * (v - y))}  # fmt: skip

    def _bound(self, window: _Window) -> None:
        """Who enters and leaves which area."""
        log, watch, areas = self._exercise.log, self._watches[""], list(self._areas.values())
        grounds = Side(np.arange(len(areas)), np.full(len(areas), -inf), np.full(len(areas), inf))
        found = stays_in(areas, window.tracks, window.start, window.end)
        gained = watch.stand(found, (window.side, grounds), window.start, window.end, lambda _, enter: enter)
        units, names = self._names.codes(), np.array(log.codes(self._areas), dtype=np.int32)
        first = len(log)
        for record, (time, code), more in self._bounds(watch, gained, first):
            unit, area = code >> SHIFT, code & (2**SHIFT - 1)
            x, y = window.tracks.at(window.rank(unit), time)
            log.extend(
                record, {"time": time, "unit": units[unit], "x": x, "y": y, "area": names[area], **more}
            )

    def _bounds(
        self, watch: Watch, gained: Any, first: int
    ) -> Iterator[tuple[Any, tuple[Floats, Ints], dict[str, Any]]]:
        yield ENTERED, (gained.time, gained.code), {"initial": gained.initial}
        lost = watch.told(first)
        yield LEFT, (lost.time, lost.code), {"cause": lost.record}

    # ----------------------------------------------------------------- what it rests on

    def _conditions(self, start: float, end: float) -> Iterator[tuple[float, Conditions]]:
        """What sensors depend on from a time on, at the start and at each change."""
        weather, daylight = self._exercise.weather, self._exercise.daylight
        changes = {*weather.changes(start, end), *daylight.changes(start, end)}
        for time in [start, *sorted(changes)]:
            sea_state, visibility = weather.at(time)
            yield time, Conditions(sea_state, visibility, daylight.is_day(time))

    def _sensor(self, name: str, unit: Unit) -> Sensor | None:
        """A unit's sensor of a kind, made once for each platform."""
        if unit.force is None:  # whoever belongs to nobody watches for nobody
            return None
        key = (name, unit.platform.platform)
        if key not in self._sensors:
            parameters = fitted(unit.platform).get(name)
            made = None if parameters is None else shelves.kind("sensors", name)(parameters, unit.platform)
            self._sensors[key] = made
        return self._sensors[key]

    def _side(self, unit: Unit) -> int:
        return NEUTRAL if unit.force is None else self._sides.setdefault(unit.force, len(self._sides))


class _Window:
    """A stretch of time to be settled, and all who are there in it. forces: a number for each force, by rank."""

    def __init__(
        self,
        present: Sequence[Presence],
        start: float,
        end: float,
        tracks: Tracks,
        forces: Ints,
        conditions: Sequence[tuple[float, Conditions]],
    ) -> None:
        self.present, self.start, self.end, self.tracks = present, start, end, tracks
        self.forces, self.conditions = forces, conditions
        there = np.array([presence.legs[0].start for presence in present])
        gone = np.array([presence.end for presence in present])
        self.side = Side(np.array([presence.number for presence in present]), there, gone)

    def stretches(self, ranks: Collection[int]) -> Iterator[tuple[float, Conditions, set[int]]]:
        """From when on which conditions hold and which of some units are silent."""
        watching = [(rank, self.present[rank]) for rank in ranks if len(self.present[rank].radiates) > 1
                    or not self.present[rank].radiates[0][1]]  # fmt: skip
        altered = {
            since for _, each in watching for since, _ in each.radiates if self.start < since < self.end
        }
        weather = dict(self.conditions)
        conditions = self.conditions[0][1]
        for time in sorted(altered | weather.keys()):
            conditions = weather.get(time, conditions)
            yield (
                time,
                conditions,
                {rank for rank, each in watching if each.is_silent(max(time, each.radiates[0][0]))},
            )

    def rank(self, numbers: Ints) -> Ints:
        """Ranks in the tracks of presences by number."""
        return np.searchsorted(self.side.number, numbers)
