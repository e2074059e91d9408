"""The board: who asks for which units, areas and resources; grants each request whole or not at all.

Half-granted requests deadlock, so nothing is held while waiting. Requests are looked at in a fixed order:
priority, planned COMEX, place in the file; one that can be met goes ahead of one that cannot.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import simpy

from sim.scenario.roles import Enlisted, Role, eligible, least_for
from sim.scenario.schema import PRIORITIES
from sim.serial import LiveSerial
from sim.units._agent import Unit

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario


@dataclass(slots=True)
class Request:
    """One serial's wish for all it needs. blocked: (reason, record) of what it last waited for."""

    live: LiveSerial
    order: int
    granted: simpy.Event
    blocked: tuple[str, int | None] = ("over-run", None)
    short_handed: bool = False  # may start with fewer than planned: COMEX has come

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

    def post(self, live: LiveSerial, order: int) -> Request:
        """Puts a request up; it may be granted at once."""
        request = Request(live, order, self.env.event())
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
            roles = self._assignment(request)
            if roles is not None:
                self.requests.remove(request)
                self._book(request.live, roles)
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

    def substitute(self, live: LiveSerial, role: str) -> Unit | None:
        """Another free unit for a role, booked at once; None when there is none."""
        spec, taken = live.declared[role], {unit.name for unit in live.units()}
        for enlisted in eligible(live.plan.roles[role], spec, self.roster):
            unit = self.units[enlisted.name]
            if enlisted.name not in taken and self._obstacle(unit, live, spec) is None:
                unit.booked = live.number
                live.roles[role].append(unit)
                return unit
        return None

    def _book(self, live: LiveSerial, roles: dict[str, list[Unit]]) -> None:
        live.roles = roles
        for unit in live.units():
            unit.booked = live.number
        if live.area is not None and self.plan.areas[live.area].exclusive:
            self.areas[live.area] = live
        for name, wanted in live.plan.resources.items():
            self.resources[name] -= wanted.whole
        self.running[live.number] = live

    def _assignment(self, request: Request) -> dict[str, list[Unit]] | None:
        """Units for every role, or None and the request says what stands in the way."""
        live = request.live
        if live.area is not None and live.area in self.areas:
            holder = self.areas[live.area]
            request.blocked = ("over-run", holder.last)
            return None
        for name, wanted in live.plan.resources.items():
            if self.resources[name] < wanted.whole:
                request.blocked = ("over-run", live.last)
                return None
        taken: set[str] = set()
        roles: dict[str, list[Unit]] = {}
        for name, selector in live.plan.roles.items():
            role = live.declared[name]
            candidates = [each for each in eligible(selector, role, self.roster) if each.name not in taken]
            most = selector.most.whole if selector.most is not None else len(candidates)
            least = least_for(selector, role)
            free, obstacles = self._free(candidates, live, role)
            wanted_now = least if request.short_handed else min(most, len(candidates))
            if len(free) < wanted_now:
                request.blocked = obstacles[0] if obstacles else ("casualty", None)
                return None
            roles[name] = free[:most]
            taken.update(unit.name for unit in free[:most])
        return roles

    def _free(
        self, candidates: list[Enlisted], live: LiveSerial, role: Role
    ) -> tuple[list[Unit], list[tuple[str, int | None]]]:
        free: list[Unit] = []
        obstacles: list[tuple[str, int | None]] = []
        for enlisted in candidates:
            unit = self.units[enlisted.name]
            obstacle = self._obstacle(unit, live, role)
            if obstacle is None:
                free.append(unit)
            else:
                obstacles.append(obstacle)
        return free, obstacles

    def _obstacle(self, unit: Unit, live: LiveSerial, role: Role) -> tuple[str, int | None] | None:
        """Why a unit cannot be had for a role now, with the record behind it."""
        if unit.booked is not None:
            holder: Any = self.running.get(unit.booked)
            return "over-run", holder.last if holder is not None else None
        unfit = unit.unfit(live.number)
        if unfit is not None:
            return unfit
        wanted = [thing for thing in role.carries if thing in unit.carries]
        broken = [unit.down[thing] for thing in wanted if thing in unit.down]
        if broken and len(broken) == len(wanted):
            return "casualty", broken[0]
        return None
