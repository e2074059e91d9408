"""The board: who asks for which units, areas and resources; grants each request whole or not at all.

Half-granted requests deadlock, so nothing is held while waiting. Aircraft, which are told earlier than ships,
are asked for before them, always in that order. Requests are looked at in a fixed order: priority, planned
COMEX, place in the file; one that can be met goes ahead of one that cannot, but not with units that a serial
planned earlier still has its turn to ask for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import simpy

from sim.log import kind
from sim.scenario.roles import Enlisted, eligible, least_for
from sim.scenario.schema import PRIORITIES
from sim.serial import LiveSerial
from sim.setting import SHORTEST
from sim.units._agent import Unit

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario


ASSIGNED = kind("assigned", "A unit is given to a serial.", role="text")


@dataclass(slots=True)
class Request:
    """One serial's wish for the units of some roles; with those of its ships go area and resources.

    blocked: (reason, record) of what it last waited for. short_handed: may start with fewer than planned, for
    COMEX has come. goes_without: need not wait for units with a defect any more, for the grace is over.
    """

    live: LiveSerial
    order: int
    roles: tuple[str, ...]
    with_area: bool
    granted: simpy.Event
    blocked: tuple[str, int | None] = ("over-run", None)
    short_handed: bool = False
    goes_without: bool = False

    @property
    def rank(self) -> tuple[int, float, int]:
        """Who is looked at first."""
        return PRIORITIES.index(self.live.plan.priority), self.live.planned, self.order


@dataclass(slots=True)
class Board:
    """Everything scarce and who has it."""

    env: simpy.Environment
    plan: Scenario
    roster: tuple[Enlisted, ...]
    units: dict[str, Unit]
    areas: dict[str, LiveSerial] = field(default_factory=dict)
    resources: dict[str, int] = field(default_factory=dict)
    running: dict[str, LiveSerial] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    serials: dict[str, LiveSerial] = field(default_factory=dict)
    claims: dict[str, list[str]] = field(default_factory=dict)
    closed: bool = False  # nothing is granted any more: the exercise is over
    _eligible: dict[tuple[str, str], tuple[Enlisted, ...]] = field(default_factory=dict)

    def enter(self, live: LiveSerial) -> None:
        """Notes a serial of the schedule and the units it may ask for."""
        self.serials[live.number] = live
        for name in live.plan.roles:
            for enlisted in self.eligible(live, name):
                self.claims.setdefault(enlisted.name, []).append(live.number)

    def eligible(self, live: LiveSerial, role: str) -> tuple[Enlisted, ...]:
        """The units that could take a role of a serial, in the order of the file; looked up once for each."""
        key = live.number, role
        if key not in self._eligible:
            self._eligible[key] = eligible(live.plan.roles[role], live.declared[role], self.roster)
        return self._eligible[key]

    def post(self, live: LiveSerial, order: int, roles: Sequence[str], with_area: bool) -> Request:
        """Puts a request up; it may be granted at once."""
        request = Request(live, order, tuple(roles), with_area, self.env.event())
        self.requests.append(request)
        self.requests.sort(key=lambda each: each.rank)
        self.consider()
        return request

    def withdraw(self, request: Request) -> None:
        """Takes a request down."""
        if request in self.requests:
            self.requests.remove(request)

    def consider(self) -> None:
        """Looks at every request in order and grants those that can be met whole."""
        for request in list(self.requests):
            roles = None if self.closed else self._assignment(request)
            if roles is not None:
                self.requests.remove(request)
                self._book(request, roles)
                request.granted.succeed()

    def release(self, live: LiveSerial) -> None:
        """Frees all a serial holds."""
        for unit in live.units():
            if unit.booked == live.number:
                unit.booked = None
        if live.area is not None and self.areas.get(live.area) is live:
            del self.areas[live.area]
        if self.running.pop(live.number, None) is not None:
            for name, wanted in live.plan.resources.items():
                self.resources[name] += wanted.whole
        self.consider()

    def lapse(self, now: float) -> float | None:
        """When the next serial's first call on its units lapses, s; they may then go to others."""
        turns = [live.planned + SHORTEST for live in self.serials.values() if live.result is None]
        return min((turn for turn in turns if turn > now), default=None)

    def substitute(self, live: LiveSerial, role: str) -> Unit | None:
        """Another free unit for a role, booked at once; None when there is none."""
        taken = {unit.name for unit in live.units()}
        if self.closed:
            return None
        for enlisted in self.eligible(live, role):
            unit = self.units[enlisted.name]
            if enlisted.name not in taken and self._obstacle(unit, live, role) is None:
                live.roles[role].append(unit)
                self._give(unit, live, role)
                return unit
        return None

    def _book(self, request: Request, roles: dict[str, list[Unit]]) -> None:
        live = request.live
        live.roles.update(roles)
        for name, units in roles.items():
            for unit in units:
                self._give(unit, live, name)
        if not request.with_area:
            return
        if live.area is not None and self.plan.areas[live.area].exclusive:
            self.areas[live.area] = live
        for name, wanted in live.plan.resources.items():
            self.resources[name] -= wanted.whole
        self.running[live.number] = live

    def _assignment(self, request: Request) -> dict[str, list[Unit]] | None:
        """Units for every role asked for, or None and the request says what stands in the way."""
        live = request.live
        if request.with_area and not self._room(request):
            return None
        mine = {unit.name for unit in live.units()}
        taken: set[str] = set()
        roles: dict[str, list[Unit]] = {}
        for name in request.roles:
            selector, role = live.plan.roles[name], live.declared[name]
            candidates = [each for each in self.eligible(live, name)
                          if each.name not in taken and each.name not in mine]  # fmt: skip
            most = selector.most.whole if selector.most is not None else len(candidates)
            free, obstacles = self._free(candidates, request, name)
            busy = sum(reason == "over-run" for reason, _ in obstacles)
            worth_waiting_for = 0 if request.short_handed else busy
            least = least_for(selector, role)
            if request.short_handed and role.optional:
                least = live.least(name)
            if request.goes_without:
                least = max(live.least(name), least - (len(obstacles) - busy))
            wanted = max(least, min(most, len(free) + worth_waiting_for))
            if len(free) < wanted:
                request.blocked = max(
                    obstacles, key=lambda each: each[0] == "over-run", default=("casualty", None)
                )
                return None
            roles[name] = free[:most]
            taken.update(unit.name for unit in free[:most])
        return roles

    def _give(self, unit: Unit, live: LiveSerial, role: str) -> None:
        unit.booked = live.number
        live.write(ASSIGNED, unit, role=role)

    def _room(self, request: Request) -> bool:
        """Whether the area and the resources are free."""
        live = request.live
        holder = self.areas.get(live.area or "")
        if holder is not None:
            request.blocked = ("over-run", holder.behind)
            return False
        short = next(
            (name for name, wanted in live.plan.resources.items() if self.resources[name] < wanted.whole),
            None,
        )
        if short is not None:
            user = next((each for each in self.running.values() if short in each.plan.resources), None)
            request.blocked = ("over-run", user.behind if user is not None else live.last)
            return False
        return True

    def _free(
        self, candidates: list[Enlisted], request: Request, role: str
    ) -> tuple[list[Unit], list[tuple[str, int | None]]]:
        free: list[Unit] = []
        obstacles: list[tuple[str, int | None]] = []
        for enlisted in candidates:
            unit = self.units[enlisted.name]
            obstacle = self._obstacle(unit, request.live, role) or self._promised(unit, request)
            if obstacle is None:
                free.append(unit)
            else:
                obstacles.append(obstacle)
        return free, obstacles

    def _obstacle(self, unit: Unit, live: LiveSerial, role: str) -> tuple[str, int | None] | None:
        """Why a unit cannot be had for a role now, with the record behind it."""
        if unit.booked is not None:
            holder = self.serials.get(unit.booked)
            return "over-run", holder.behind if holder is not None else None
        return unit.unfit(live.needs(role), live.centre)

    def _promised(self, unit: Unit, request: Request) -> tuple[str, int | None] | None:
        """Whether a unit is wanted first by an earlier serial whose turn has not passed."""
        live, now = request.live, self.env.now
        for name in self.claims.get(unit.name, ()):
            other = self.serials[name]
            if other is live or other.result is not None or name in self.running:
                continue
            if other.planned < live.planned and now < other.planned + SHORTEST:
                return "over-run", other.behind
        return None
