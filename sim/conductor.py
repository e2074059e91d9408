"""The conductor: calls, grants, holds, starts, stops and cancels serials; one process for each."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import TYPE_CHECKING, Any

from sim import shelves
from sim.board import Board, Request
from sim.drills._drill import Drill
from sim.geometry import Point
from sim.log import kind
from sim.quantities import HOUR, NAUTICAL_MILE
from sim.range_guard import guard
from sim.scenario.roles import eligible
from sim.serial import LiveSerial
from sim.setting import SHORTEST
from sim.units._agent import Agent, Process, Unit
from sim.units.aircraft import Aircraft
from sim.units.helicopter import Helicopter
from sim.units.ship import Ship

if TYPE_CHECKING:
    from sim.exercise import Exercise

CALL = kind("call", "The units of a serial are asked for.", planned_comex_s="number")
GRANTED = kind("granted", "A serial has its units and its area.", units="count")
RELEASED = kind("released", "A unit is free again.")
COMEX = kind("comex", "A serial begins.", planned_s="number", units="count", area="text")
FINEX = kind("finex", "A serial ends.", share="number")
SUBSTITUTED = kind("substituted", "Another unit takes the place of one that cannot.", role="text")
POSTPONED = kind("postponed", "A serial is put off to its alternate.", reason="text", comex_s="number")
OUTCOME = kind(
    "outcome", "What became of a serial.", result="text", reason="text", planned_s="number", comex_s="number",
    finex_s="number", share="number",
)  # fmt: skip

RESULTS = ("completed", "shortened", "stopped", "cancelled")
DONE = ("completed", "shortened")
WHOLE = 0.9  # share of its purpose from which a serial counts as completed
HALF = 0.5  # share from which it still counts, as shortened; less, and it was stopped
SPACING = NAUTICAL_MILE  # between stations while a serial forms up
PUNCTUAL = 15 * 60.0  # s: a start within a quarter of an hour of the plan is on time
PATIENCE = 30 * 60.0  # s a serial waits for aircraft that are not essential to it
KEPT_WAITING = 5 * 60.0  # s between call and grant from which the serial before is to blame for a late start
MARGIN = 10 * 60.0  # s between forming up and COMEX, for orders and the last checks
LOOK_AHEAD = 4 * HOUR  # before COMEX the staff looks where its units are
FARTHEST_CALL = 1.5 * HOUR  # before COMEX; ships called earlier would be missing from serials in between
OVERTIME = 1.25  # a drill with its own pace may take this much longer than its longest planned duration


class Abandoned(Exception):
    """A serial is given up before its COMEX. args: the reason and the record behind it."""


class Conductor(Agent):
    """The officer conducting the exercise and his staff: decides about serials, never about gunnery."""

    def __init__(self, exercise: Exercise, board: Board) -> None:
        super().__init__(exercise)
        self.exercise: Exercise = exercise
        self.board = board
        self.serials: dict[str, LiveSerial] = {}
        self._drills: dict[str, Drill] = {}
        for plan in exercise.plan.serials:
            drill = shelves.kind("drills", plan.drill)
            self._drills[plan.serial] = drill()
            live = self.serials[plan.serial] = LiveSerial(exercise, plan, drill.roles)
            board.enter(live)

    def processes(self) -> Iterator[Process]:
        """One process per serial, and the watch that looks at waiting requests when there is news."""
        yield self._watch()
        for order, live in enumerate(self.serials.values()):
            yield self._conduct(live, order)

    def _watch(self) -> Process:
        while True:
            yield self.exercise.news.rung
            self.board.consider()

    def _conduct(self, live: LiveSerial, order: int) -> Process:
        """A serial from its call to its outcome, by way of its alternates if it comes to that."""
        plan = live.plan
        attempts = [(plan.comex.value, plan.area)]
        if plan.late.then == "alternate":
            attempts += [(each.comex.value if each.comex else plan.comex.value, each.area or plan.area)
                         for each in plan.alternates]  # fmt: skip
        for number, (comex, area) in enumerate(attempts, 1):
            try:
                yield from self._prepare(live, order, comex, area)
            except Abandoned as given_up:
                reason, cause = given_up.args
                yield from live.finish()
                live.holds.clear()
                self._release(live)
                if number == len(attempts):
                    self._outcome(live, "cancelled", reason, cause)
                    return
                later = max(attempts[number][0], self.now)
                live.last = live.write(POSTPONED, cause=cause, reason=reason, comex_s=later)
            else:
                yield from self._carry_out(live)
                return

    # ----------------------------------------------------------------- before COMEX

    def _prepare(self, live: LiveSerial, order: int, comex: float, area: str | None) -> Process:
        """Everything before COMEX; raises Abandoned when the serial cannot start in time."""
        live.planned, live.area = comex, area
        live.roles = {name: [] for name in live.plan.roles}
        deadline = comex + live.plan.late.hold.value
        flying = [name for name in live.plan.roles if self._flies(live, name)]
        if flying:
            live.start(self._send_aircraft(live, order, flying))
        yield from self._until(comex - LOOK_AHEAD)
        yield from self._until(comex - self._way_of_ships(live))
        yield from self._until(comex - self._way_of_ships(live))  # again, from where they are by then
        live.last = live.write(CALL, planned_comex_s=comex, cause=live.last)
        yield from self._await_others(live, deadline)
        sailing = [name for name in live.plan.roles if name not in flying]
        yield from self._await_grant(live, order, sailing, deadline)
        yield from self._assemble(live)
        yield from self._await_clear(live, deadline)

    def _until(self, time: float) -> Process:
        if time - self.now > SHORTEST:
            yield self.exercise.env.timeout(time - self.now)

    def _candidates(self, live: LiveSerial, role: str) -> list[Unit]:
        chosen = eligible(live.plan.roles[role], live.declared[role], self.board.roster)
        return [self.board.units[enlisted.name] for enlisted in chosen]

    def _flies(self, live: LiveSerial, role: str) -> bool:
        """Whether only aircraft can take a role: then it is told earlier than the ships."""
        candidates = self._candidates(live, role)
        return bool(candidates) and all(isinstance(unit, Aircraft) for unit in candidates)

    def _way_of_ships(self, live: LiveSerial) -> float:
        """How long before COMEX the ships are called: the drill's set-up, or the longest way from where they are.

        At most FARTHEST_CALL: until then they are wanted elsewhere.
        """
        lead = live.parameters.set_up.value
        if live.area is None:
            return lead
        centre = self.exercise.areas[live.area].centre
        for role in live.plan.roles:
            for unit in self._candidates(live, role):
                if isinstance(unit, Ship) and unit.cruise_speed > 0:
                    way = unit.distance_to(centre) / unit.cruise_speed + MARGIN
                    lead = max(lead, min(way, FARTHEST_CALL))
        return lead

    def _send_aircraft(self, live: LiveSerial, order: int, roles: list[str]) -> Process:
        """Tells the aircraft as early as they need, and starts those that are free and pass their checks."""
        place = live.centre if live.area is not None else None
        lead = max(unit.lead(place or unit.home_position) for role in roles for unit in self._candidates(live, role)
                   if isinstance(unit, Aircraft)) + MARGIN  # fmt: skip
        yield from self._until(live.planned - lead)
        request = self.board.post(live, order, roles, False)
        try:
            while not request.granted.triggered:
                if self.now >= live.planned - SHORTEST and not request.short_handed:
                    request.short_handed = True
                    self.board.consider()
                    continue
                live.waiting_for_aircraft = request.blocked
                yield from self._wait(live, [live.planned], request.granted)
        finally:
            self.board.withdraw(request)
        live.waiting_for_aircraft = None
        self._checks(live)
        for unit in live.units():
            if isinstance(unit, Aircraft):
                live.start(unit.sortie(live.centre, live.planned, live.number, live.last))

    def _await_others(self, live: LiveSerial, deadline: float) -> Process:
        """Waits for the serials this one comes after; gives up when a required one was not carried out."""
        for name in (*live.plan.after, *live.plan.requires):
            other = self.serials[name]
            while other.result is None:
                if self.now >= max(live.planned, self.now) and self.now >= live.planned:
                    live.hold("over-run", other.last)
                yield from self._wait(live, [live.planned, deadline], other.over)
                if other.result is None and self.now >= deadline - SHORTEST:
                    raise Abandoned("over-run", other.last)
            live.resume("over-run")
            if name in live.plan.requires and other.result not in DONE:
                raise Abandoned("prerequisite", other.last)

    def _await_grant(self, live: LiveSerial, order: int, roles: list[str], deadline: float) -> Process:
        """Waits until the board grants all ships and the area, with fewer than planned from COMEX on."""
        request = self.board.post(live, order, roles, True)
        asked = self.now
        while not request.granted.triggered:
            if self.now >= live.planned - SHORTEST:
                if not request.short_handed:
                    request.short_handed = True
                    self.board.consider()
                    continue
                live.hold(*request.blocked)
            if self.now >= deadline - SHORTEST:
                self.board.withdraw(request)
                raise Abandoned(*self._most_told(live, request))
            yield from self._wait(live, [live.planned, deadline], request.granted)
        for reason in list(live.holds):
            live.resume(reason)
        kept = self.now - asked > KEPT_WAITING and request.blocked[0] == "over-run"
        live.kept_waiting = kept
        cause = request.blocked[1] if kept and request.blocked[1] is not None else live.last
        live.last = live.write(GRANTED, cause=cause, units=len(live.units()))

    def _most_told(self, live: LiveSerial, request: Request) -> tuple[str, int | None]:
        reason, cause = request.blocked
        return reason, cause if cause is not None else live.last

    def _checks(self, live: LiveSerial) -> None:
        """Aircraft pass their checks before the sortie, or another takes their place, or nobody."""
        for role, units in live.roles.items():
            for unit in list(units):
                if isinstance(unit, Aircraft) and not unit.check(live.number, live.last):
                    self._replace(live, role, unit, "aircraft", unit.unfit("")[1])  # type: ignore[index]

    def _replace(self, live: LiveSerial, role: str, unit: Unit, reason: str, cause: int | None) -> None:
        live.drop_out(unit, role, reason, cause)
        other = self.board.substitute(live, role)
        while isinstance(other, Aircraft) and not other.check(live.number, cause):
            live.drop_out(other, role, reason, cause)
            other = self.board.substitute(live, role)
        if other is not None:
            live.write(SUBSTITUTED, other, unit, cause=cause, role=role)

    def _assemble(self, live: LiveSerial) -> Process:
        """Ships go to their stations in the area, aircraft start; range clearance begins."""
        shape = live.shape
        if self._drills[live.number].live_fire and shape is not None and live.area is not None:
            margin = self.exercise.plan.areas[live.area].fouling_margin
            reach = margin.value if margin is not None else 0.0
            live.start(guard(live, self.exercise.referee, self.exercise.traffic, reach))
        ships = live.ships()
        moves = [self._to_station(live, ship, station)
                 for ship, station in zip(ships, stations(self._rendezvous(live, ships), len(ships)), strict=True)]  # fmt: skip
        for unit in live.units():
            if isinstance(unit, Aircraft) and unit.phase == "home":  # in a role that a ship could have taken
                live.start(unit.sortie(live.centre, live.planned, live.number, live.last))
        yield from live.together([*moves, live.order(live.units(), "stand by")])

    def _rendezvous(self, live: LiveSerial, ships: list[Ship]) -> Point:
        """Where to form up: the middle of a range; elsewhere where the ships are, when that is in the area."""
        shape = live.shape
        if self._drills[live.number].live_fire or shape is None or not ships:
            return live.centre
        x = sum(ship.position[0] for ship in ships) / len(ships)
        y = sum(ship.position[1] for ship in ships) / len(ships)
        return (x, y) if shape.contains(x, y) else shape.centre

    def _to_station(self, live: LiveSerial, ship: Ship, station: Point) -> Process:
        """Cruises when there is time, hurries when there is not."""
        left = live.planned - MARGIN / 2 - self.now
        away = ship.distance_to(station)
        speed = max(ship.cruise_speed, min(ship.max_speed, away / left if left > 0 else inf))
        yield from ship.transit(station, speed, live.last)

    def _await_clear(self, live: LiveSerial, deadline: float) -> Process:
        """Waits at COMEX until nothing stands in the way any more."""
        if self.now > live.planned + SHORTEST and not any(live.held.values()):
            live.held["transit"] = self.now - live.planned
        while True:
            trouble = self._trouble(live)
            if self.now >= live.planned - SHORTEST:
                for reason in [each for each in live.holds if trouble is None or each != trouble[0]]:
                    if reason != "foul-range":  # that one is the range guard's to end
                        live.resume(reason)
                if trouble is None and not live.holds:
                    return
                if trouble is not None:
                    live.hold(*trouble)
                if self.now >= deadline - SHORTEST:
                    reason, cause = trouble or next((each, held[0]) for each, held in live.holds.items())
                    raise Abandoned(reason, cause if cause is not None else live.last)
            ahead = [live.planned, deadline, self.now + PATIENCE / 2]
            daybreak = self.exercise.daylight.next_day(self.now)
            yield from self._wait(live, ahead if daybreak is None else [*ahead, daybreak + SHORTEST])

    def _trouble(self, live: LiveSerial) -> tuple[str, int | None] | None:
        """What keeps a serial from starting now, and the record behind it."""
        trouble = self._weather_trouble(live)
        if trouble is None and live.plan.limits.daylight == "required":
            need = HALF * live.plan.duration.value
            if self.exercise.daylight.left(self.now) < need:
                trouble = (
                    "daylight",
                    self.exercise.daylight.record if self.exercise.daylight.record >= 0 else None,
                )
        return trouble or self._casualties(live) or self._missing_aircraft(live) or self._fouled(live)

    def _weather_trouble(self, live: LiveSerial) -> tuple[str, int | None] | None:
        weather, limits = self.exercise.weather, live.plan.limits
        if limits.sea_state is not None and weather.sea_state > limits.sea_state.value:
            return "sea", weather.record
        if limits.visibility is not None and weather.visibility < limits.visibility.value:
            return "fog", weather.record
        if limits.wind is not None and weather.wind > limits.wind.value:
            return "wind", weather.record
        return None

    def _casualties(self, live: LiveSerial) -> tuple[str, int | None] | None:
        """The thirty-minute rule before COMEX: wait for a repair, then substitute, go without, or give up."""
        grace = self.exercise.plan.command.defect_grace.value
        for role, units in live.roles.items():
            for unit in list(units):
                defect = live.defect(unit, role)
                if defect is None:
                    continue
                known = max(self.exercise.log[defect].time, live.planned - live.parameters.set_up.value)
                if self.now - known < grace - SHORTEST:
                    return "casualty", defect
                self._replace(live, role, unit, "casualty", defect)
                if len(live.roles[role]) < self._least(live, role):
                    return "casualty", defect
        for role in live.plan.roles:
            if len(live.roles.get(role, ())) < self._least(live, role):
                if live.waiting_for_aircraft is not None:
                    return "aircraft", live.waiting_for_aircraft[1]
                return self._short_of(live, role)
        return None

    def _short_of(self, live: LiveSerial, role: str) -> tuple[str, int | None]:
        """A role has too few units: tries to fill it, and says why it is short when it cannot."""
        while len(live.roles[role]) < self._least(live, role):
            other = self.board.substitute(live, role)
            if other is None:
                flies = (
                    all(family != "ship" for family in live.declared[role].family)
                    and live.declared[role].family
                )
                return ("aircraft" if flies else "casualty"), live.last
            if isinstance(other, Aircraft):
                if not other.check(live.number, live.last):
                    live.drop_out(other, role, "aircraft", live.last)
                    continue
                live.start(other.sortie(live.centre, self.now, live.number, live.last))
            live.write(SUBSTITUTED, other, cause=live.last, role=role)
        return "aircraft" if live.declared[role].family != ("ship",) else "casualty", live.last

    def _least(self, live: LiveSerial, role: str) -> int:
        selector, spec = live.plan.roles[role], live.declared[role]
        if selector.least is not None:
            return selector.least.whole
        return 0 if spec.optional else min(spec.least, len(selector.names) or spec.least)

    def _missing_aircraft(self, live: LiveSerial) -> tuple[str, int | None] | None:
        """Aircraft not yet on task: waited for half an hour, longer only when the drill cannot do without."""
        for role, units in live.roles.items():
            late = [
                unit
                for unit in units
                if isinstance(unit, Aircraft) and unit.distance_to(live.centre) > SPACING
            ]
            if not late or (isinstance(late[0], Helicopter) and not self._flyable(late[0])):
                continue
            if (
                len(units) - len(late) < self._least(live, role)
                or self.now < live.planned + PATIENCE - SHORTEST
            ):
                return "aircraft", live.last
        return None

    def _flyable(self, unit: Aircraft) -> bool:
        limits, weather = unit.platform.limits, self.exercise.weather
        if limits is None:
            return True
        return not (
            (limits.sea_state is not None and weather.sea_state > limits.sea_state.value)
            or (limits.visibility is not None and weather.visibility < limits.visibility.value)
            or (limits.wind is not None and weather.wind > limits.wind.value)
        )

    def _fouled(self, live: LiveSerial) -> tuple[str, int | None] | None:
        held = live.holds.get("foul-range")
        return None if held is None else ("foul-range", held[0])

    def _wait(self, live: LiveSerial, times: list[float], event: Any = None) -> Process:
        """Waits for news, for an event, or for the next of some times."""
        ahead = [time - self.now for time in times if time - self.now > SHORTEST]
        waiting = [self.exercise.news.rung]
        if ahead:
            waiting.append(self.exercise.env.timeout(min(ahead)))
        if event is not None:
            waiting.append(event)
        yield self.exercise.env.any_of(waiting)

    # ----------------------------------------------------------------- COMEX to FINEX

    def _carry_out(self, live: LiveSerial) -> Process:
        """COMEX, the drill under watch, FINEX, and what came of it."""
        live.comex = self.now
        cause = live.last
        live.last = live.write(COMEX, cause=cause, at=live.centre, planned_s=live.plan.comex.value,
                               units=len(live.units()), area=live.area)  # fmt: skip
        longest = live.plan.duration.high if live.plan.duration.drawn else None
        live.finex_due = self.now + OVERTIME * (longest or live.plan.duration.value)
        if live.plan.late.then == "shorten" and self.now - live.plan.comex.value > PUNCTUAL:
            live.finex_due = min(
                live.finex_due, max(live.plan.planned_finex, self.now + HALF * live.plan.duration.value)
            )
        drill = live.start(self._drills[live.number].conduct(live))
        reason, cause = yield from self._oversee(live, drill)
        for held in list(live.holds):
            live.resume(held)
        yield from live.finish()
        live.last = live.write(
            FINEX, cause=live.last if cause is None else cause, at=live.centre, share=live.share
        )
        if live.share >= WHOLE:
            result, reason = "completed", self._late_reason(live)
        else:
            result = "shortened" if live.share >= HALF else "stopped"
            if reason == "time":  # cut short by what held it up, if anything did
                reason = max(live.held, key=lambda each: live.held[each]) if live.held else "time"
            reason = reason or self._late_reason(live) or "casualty"
        for ship in live.ships():
            ship.log_fuel(live.number)
        self._learn(live, result)
        self._outcome(live, result, reason, cause)
        self._release(live)

    def _release(self, live: LiveSerial) -> None:
        for unit in live.units():
            live.write(RELEASED, unit)
        self.board.release(live)

    def _oversee(self, live: LiveSerial, drill: Any) -> Process:
        """Holds and resumes while the drill lasts; gives the reason and record of an early FINEX."""
        patience = live.plan.late.hold.value
        while drill.is_alive:
            trouble = self._weather_trouble(live)
            for reason in ("sea", "fog", "wind"):
                if reason in live.holds and (trouble is None or trouble[0] != reason):
                    live.resume(reason)
            if trouble is not None:
                live.hold(*trouble)
            if live.plan.limits.daylight == "required" and not self.exercise.daylight.is_day(self.now):
                return "daylight", self.exercise.daylight.record
            for reason, (record, since) in live.holds.items():
                if self.now - since >= patience - SHORTEST:
                    return reason, record
            short = next(
                (role for role in live.roles if len(live.roles[role]) < self._least(live, role)), None
            )
            if short is not None:
                return "casualty", live.last
            if self.now >= live.finex_due - SHORTEST:
                return "time", live.last
            times = [live.finex_due, *(since + patience for _, since in live.holds.values())]
            daylight_left = self.exercise.daylight.left(self.now)
            if live.plan.limits.daylight == "required" and daylight_left < inf:
                times.append(self.now + daylight_left + 2 * SHORTEST)
            yield from self._wait(live, times, drill)
        return "", None

    def _late_reason(self, live: LiveSerial) -> str:
        """Why a serial started late: what it waited for longest."""
        if live.comex is None or live.comex - live.plan.comex.value <= PUNCTUAL:
            return ""
        if live.planned > live.plan.comex.value:
            return "postponed"
        if live.held.get("transit", 0.0) == sum(live.held.values()) and live.kept_waiting:
            return "over-run"  # the units came late because the serial before kept them
        return max(live.held, key=lambda reason: live.held[reason]) if live.held else "transit"

    def _learn(self, live: LiveSerial, result: str) -> None:
        forces = list(dict.fromkeys(unit.force for unit in live.units() if unit.force is not None))
        if result in DONE:
            for force in forces:
                for other in forces:
                    if other != force:
                        self.exercise.commanders[force].learn(other, live.number, live.last)

    def _outcome(self, live: LiveSerial, result: str, reason: str, cause: int | None) -> None:
        live.result = result
        ran = live.comex is not None
        live.last = live.write(
            OUTCOME, cause=live.last if cause is None else cause, result=result, reason=reason,
            planned_s=live.plan.comex.value, comex_s=live.comex if ran else float("nan"),
            finex_s=self.now if ran else float("nan"), share=live.share if ran else 0.0,
        )  # fmt: skip
        live.over.succeed()
        self.exercise.news.ring()

    def endex(self) -> None:
        """The exercise is over: what still runs is stopped, what has not begun is cancelled."""
        for live in self.serials.values():
            if live.result is None:
                live.stop_processes()
                ran = live.comex is not None
                counts = "shortened" if live.share >= HALF else "stopped"
                self._outcome(live, counts if ran else "cancelled", "endex", live.last)


def stations(centre: Point, count: int) -> list[Point]:
    """Places to form up: a square grid around a centre, first come nearest, a mile apart."""
    side = 1
    while side * side < count:
        side += 1
    places = [
        (column - (side - 1) / 2, row - (side - 1) / 2) for row in range(side) for column in range(side)
    ]
    places.sort(key=lambda place: (place[0] ** 2 + place[1] ** 2, place[1], place[0]))
    return [(centre[0] + SPACING * x, centre[1] + SPACING * y) for x, y in places[:count]]
