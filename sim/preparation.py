"""Preparation of a serial: from the call of its units to the moment nothing stands in the way of its COMEX."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn

import simpy

from sim.assembly import MARGIN, Assembly, Trouble
from sim.board import Board, Request
from sim.drills._drill import Drill
from sim.log import kind
from sim.quantities import HOUR
from sim.range_guard import REASON as FOUL_RANGE
from sim.range_guard import guard
from sim.serial import LiveSerial, Waters
from sim.setting import FARTHEST_CALL, LIGHT, SHORTEST, first_of, when
from sim.units._agent import Process, Unit
from sim.units.aircraft import Aircraft
from sim.units.ship import Ship

CALL = kind("call", "The units of a serial are asked for.", planned_comex_s="number")
GRANTED = kind("granted", "A serial has its units and its area.", units="count")

PATIENCE = 30 * 60.0  # s a serial waits for aircraft that are not essential to it
KEPT_WAITING = 5 * 60.0  # s between call and grant from which the serial before is to blame for a late start
LOOK_AHEAD = 4 * HOUR  # before COMEX the staff looks where its units are


class Abandoned(Exception):
    """A serial is given up before its COMEX. args: the reason and the record behind it."""


class Preparation:
    """One attempt at a serial.

    Waits for other serials, units and area, ways to be steamed, weather, repairs, aircraft and a clear range.
    What it starts belongs to the serial and ends with `LiveSerial.finish`; requests are taken down whatever
    happens.
    """

    def __init__(self, exercise: Waters, board: Board, live: LiveSerial, drill: Drill, order: int) -> None:
        self.exercise, self.board, self.live, self.drill, self.order = exercise, board, live, drill, order
        self.deadline = live.planned + live.plan.late.hold.value
        self.flying = [name for name in live.plan.roles if self._flies(name)]
        # What keeps the request for aircraft waiting; until it is granted nobody else fills their roles.
        self._awaited: Trouble | None = ("aircraft", None) if self.flying else None
        self._assembly = Assembly(exercise, board, live)
        self._known: dict[str, float] = {}  # when each defect came to matter
        self._looks: list[float] = []  # times at which something may change without news

    def run(self) -> Process:
        """Everything before COMEX. Raises Abandoned when the serial cannot start in time."""
        live = self.live
        if self.flying:
            live.start(self._send_aircraft())
        yield from self._until(live.planned - LOOK_AHEAD)
        yield from self._until(live.planned - self._way_of_ships())
        yield from self._until(live.planned - self._way_of_ships())  # again, from where they are by then
        live.last = live.write(CALL, planned_comex_s=live.planned)
        yield from self._await_others()
        yield from self._await_grant()
        yield from self._assemble()
        yield from self._await_clear()

    @property
    def now(self) -> float:
        """The exercise's clock, s."""
        return self.live.now

    def _until(self, time: float) -> Process:
        if time - self.now > SHORTEST:
            yield when(self.exercise.env, time)

    def _wait(self, times: list[float], event: simpy.Event | None = None) -> Process:
        """Waits for news, for an event, or for the next of some times."""
        ahead = [time for time in times if time - self.now > SHORTEST]
        waiting: list[simpy.Event] = [self.exercise.news.rung]
        if ahead:
            waiting.append(when(self.exercise.env, min(ahead)))
        if event is not None:
            waiting.append(event)
        yield first_of(self.exercise.env, *waiting)

    def _give_up(self) -> NoReturn:
        """Raises Abandoned for what has been in the way longest."""
        holds = self.live.holds
        reason = min(holds, key=lambda each: holds[each][1])
        raise Abandoned(reason, holds[reason][0])

    # ----------------------------------------------------------------- the call

    def _candidates(self, role: str) -> list[Unit]:
        return [self.board.units[enlisted.name] for enlisted in self.board.eligible(self.live, role)]

    def _flies(self, role: str) -> bool:
        """Whether only aircraft can take a role: then it is told earlier than the ships."""
        candidates = self._candidates(role)
        return bool(candidates) and all(isinstance(unit, Aircraft) for unit in candidates)

    def _way_of_ships(self) -> float:
        """How long before COMEX the ships are called: the drill's set-up, or the longest way from where they are.

        At most FARTHEST_CALL: until then they are wanted elsewhere.
        """
        lead: float = self.live.parameters.set_up.value
        if self.live.area is None:
            return lead
        centre = self.exercise.areas[self.live.area].centre
        for role in self.live.plan.roles:
            for unit in self._candidates(role):
                if isinstance(unit, Ship) and unit.cruise_speed > 0:
                    way = unit.way_to(centre) / unit.cruise_speed + MARGIN
                    lead = max(lead, min(way, FARTHEST_CALL))
        return lead

    def _await_others(self) -> Process:
        """Waits for the serials this one comes after; gives up when a required one was not carried out."""
        live = self.live
        for name in (*live.plan.after, *live.plan.requires):
            other = self.board.serials[name]
            while other.result is None:
                if self.now >= live.planned - SHORTEST:
                    live.hold("over-run", other.behind)
                if self.now >= self.deadline - SHORTEST:
                    self._give_up()
                yield from self._wait([live.planned, self.deadline], other.over)
            live.resume("over-run", other.last)
            if name in live.plan.requires and not other.was_done:
                raise Abandoned("prerequisite", other.last)

    def _await_grant(self) -> Process:
        """Waits until the board grants all ships and the area, with fewer than planned from COMEX on."""
        live, asked = self.live, self.now
        grace = live.planned + self.exercise.plan.command.defect_grace.value
        request = self.board.post(
            live, self.order, [each for each in live.plan.roles if each not in self.flying], True
        )
        try:
            while not request.granted.triggered:
                if self._gives_way(request, grace):
                    continue
                if self.now >= live.planned - SHORTEST:
                    for reason in [each for each in live.holds if each != request.blocked[0]]:
                        live.resume(reason)
                    live.hold(*request.blocked)
                if self.now >= self.deadline - SHORTEST:
                    self._give_up()
                yield from self._wait([live.planned, grace, self.deadline], request.granted)
        finally:
            self.board.withdraw(request)
        for reason in list(live.holds):
            live.resume(reason)
        kept = self.now - asked > KEPT_WAITING and request.blocked[0] == "over-run"
        live.last = live.write(GRANTED, units=len(live.units()), cause=request.blocked[1] if kept else None)
        self._assembly.blamed = "over-run" if kept else "transit"

    def _gives_way(self, request: Request, grace: float) -> bool:
        """From COMEX on fewer units will do, and after the grace those with a defect are not waited for."""
        short_handed, goes_without = self.now >= self.live.planned - SHORTEST, self.now >= grace - SHORTEST
        if (short_handed, goes_without) == (request.short_handed, request.goes_without):
            return False
        request.short_handed, request.goes_without = short_handed, goes_without
        self.board.consider()
        return True

    # ----------------------------------------------------------------- aircraft

    def _send_aircraft(self) -> Process:
        """Tells the aircraft as early as they need, and starts those that are free and pass their checks."""
        live, grace = self.live, self.live.planned + PATIENCE
        if (
            self._lead_of_aircraft() > LOOK_AHEAD
        ):  # their ships may be far off still: once more, from where they are by then
            yield from self._until(live.planned - max(LOOK_AHEAD, self._lead_of_aircraft(ashore=True)))
        yield from self._until(live.planned - self._lead_of_aircraft())
        if live.last is None:
            live.last = live.write(CALL, planned_comex_s=live.planned)
        request = self.board.post(live, self.order, self.flying, False)
        try:
            while not request.granted.triggered:
                if not self._gives_way(request, grace):
                    self._awaited = request.blocked
                    yield from self._wait([live.planned, grace], request.granted)
        finally:
            self.board.withdraw(request)
        self._awaited = None
        self._assembly.check(self.flying)

    def _lead_of_aircraft(self, ashore: bool = False) -> float:
        """How long before COMEX the aircraft have to be told, s, as far as they are from there now; only those from fields, if ashore."""
        live = self.live
        candidates = [
            unit for role in self.flying for unit in self._candidates(role) if isinstance(unit, Aircraft)
        ]
        leads = [unit.lead(live.centre if live.area is not None else unit.home_position) for unit in candidates
                 if not (ashore and isinstance(unit.home, Ship))]  # fmt: skip
        return max(leads, default=0.0) + MARGIN

    # ----------------------------------------------------------------- forming up

    def _assemble(self) -> Process:
        """Ships go to their stations in the area, aircraft start, the range is watched; all are told to stand by."""
        live = self.live
        if self.drill.live_fire and live.shape is not None and live.area is not None:
            margin = self.exercise.plan.areas[live.area].fouling_margin
            reach = margin.value if margin is not None else 0.0
            live.start(guard(live, self.exercise.referee, self.exercise.traffic, reach))
        self._assembly.form_up(self.drill.live_fire)
        self._assembly.check([role for role in live.plan.roles if role not in self.flying])
        yield from live.order(live.units(), "stand by")

    # ----------------------------------------------------------------- at COMEX

    def _await_clear(self) -> Process:
        """Waits at COMEX until nothing stands in the way any more."""
        live = self.live
        while True:
            self._looks = [live.planned, self.deadline]
            troubles = list(self._troubles())
            if self.now >= live.planned - SHORTEST:
                reasons = [reason for reason, _ in troubles]
                for reason in [each for each in live.holds if each not in reasons and each != FOUL_RANGE]:
                    live.resume(reason)  # a foul range is the range guard's to end
                for trouble in troubles:
                    live.hold(*trouble)
                if not live.holds:
                    return
                if self.now >= self.deadline - SHORTEST:
                    self._give_up()
            yield from self._wait(self._looks)

    def _troubles(self) -> Iterator[Trouble]:
        """What keeps the serial from starting now, and the record behind each."""
        live, limits, daylight = self.live, self.live.plan.limits, self.exercise.daylight
        for reason in self.exercise.weather.beyond(limits):
            yield reason, self.exercise.weather.record
        if limits.daylight == "required" and daylight.left(self.now) < LIGHT * live.plan.duration.value:
            yield "daylight", self._kept()
            daybreak = daylight.next_day(self.now)
            if daybreak is not None:
                self._looks.append(daybreak + SHORTEST)
        yield from self._casualties()
        yield from self._missing()

    def _kept(self) -> int | None:
        """Why it is so late in the day: the oldest hold, or the longest of those that are over; else the sun."""
        if self.live.holds:
            return min(record for record, _ in self.live.holds.values())
        blamed, sun = self.live.blame(begun=False), self.exercise.daylight.record
        return blamed[1] if blamed is not None else sun if sun >= 0 else None

    def _casualties(self) -> Iterator[Trouble]:
        """The thirty-minute rule before COMEX: wait for a repair, then substitute, go without, or give up."""
        live, grace = self.live, self.exercise.plan.command.defect_grace.value
        for role, units in live.roles.items():
            for unit in list(units):
                defect = live.defect(unit, role)
                if defect is None:
                    continue
                failed = self.exercise.log.time(defect)
                until = max(failed, live.planned - live.parameters.set_up.value) + grace
                if until - self.now > SHORTEST:
                    self._looks.append(until)
                    yield "casualty", defect
                else:
                    self._assembly.replace(role, unit, "casualty", defect)
        for role in list(live.short()):
            if role in self.flying and self._awaited is not None:
                yield self._awaited
                continue
            while role in live.short() and self._assembly.fill(role):
                pass
            if role in live.short():
                yield live.lost.get(role, ("casualty", live.last))

    def _missing(self) -> Iterator[Trouble]:
        """Ships under way to their stations, if they can be in time at all; aircraft, for half an hour when the drill can do without them."""
        if self.now >= self.live.planned - SHORTEST:
            self._assembly.leave_behind(self.deadline)
        yield from list(self._assembly.under_way())[:1]
        for role in self.live.plan.roles:
            if self.live.declared[role].waits:
                continue
            aircraft = [unit for unit in self.live.units(role) if isinstance(unit, Aircraft)]
            for unit in [each for each in aircraft if each.phase != "on task" and not each.is_coming]:
                self._assembly.replace(
                    role, unit, "aircraft", unit.why
                )  # short of fuel, on its way home already
            late = [each for each in self.live.units(role) if isinstance(each, Aircraft) and each.is_coming]
            if not late:
                continue
            until = self.live.planned + PATIENCE
            if len(self.live.units(role)) - len(late) < self.live.least(role):
                yield "aircraft", late[0].why
            elif until - self.now > SHORTEST and not late[0].limits_broken():
                self._looks.append(until)
                yield "aircraft", late[0].why
