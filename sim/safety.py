"""Safety: a serial stops (check fire) while somebody who has no part in it is where he must not be.

Rules are the scenario's: how near another ship may pass, how far a live firing keeps ships and aircraft off the firing ships. The
moments at which a rule is broken and kept again are solved from the present legs, anew only for who altered. A ship that has
nothing else to do is ordered to open.
"""

from __future__ import annotations

from math import hypot, inf
from typing import TYPE_CHECKING, NamedTuple

from sim.geometry import Span, crossing_times
from sim.log import kind
from sim.serial import LiveSerial
from sim.setting import SHORTEST, Bell, first_of, when
from sim.units._agent import Process, Unit
from sim.units.aircraft import Aircraft
from sim.units.ship import Ship

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sim.scenario.schema import Safety

CHECK_FIRE = kind("check-fire", "A serial stops: somebody with no part in it is too near to one of its ships.", rule="text",
                  limit_m="number", range_m="number")  # fmt: skip

REASON = "safety"
ROOM = 2.0  # times the limit; who opens does so for good


class _Breach(NamedTuple):
    """When a unit is too near to a ship of the serial, if neither alters, and by which rule."""

    span: Span
    ship: Ship
    other: Unit
    rule: str
    limit: float


class _Watch:
    """Who is too near to which ship and when. bell: rings when somebody's answer changes."""

    def __init__(self, live: LiveSerial, rules: Safety, is_live_fire: bool, others: Sequence[Unit]) -> None:
        self._live, self._rules, self._is_live_fire = live, rules, is_live_fire
        self._others = others
        self.breaches: dict[Unit, list[_Breach]] = {}
        self.bell = Bell(live.exercise.env)
        for other in others:
            self.breaches[other] = self._solved(other)

    def altered(self, unit: Unit) -> None:
        """Solves again for one who altered: an outsider, or all of them for a ship of the serial."""
        for other in [unit] if unit in self.breaches else self._others:
            before, self.breaches[other] = self.breaches[other], self._solved(other)
            if before or self.breaches[other]:
                self.bell.ring()

    def _solved(self, other: Unit) -> list[_Breach]:
        if self._live.has(other) or other.is_gone or not other.is_out:
            return []
        rule, limit = _limit(other, self._rules, self._is_live_fire)
        found = []
        for ship in self._live.ships():
            span = _inside(ship, other, limit, self._live.now)
            if span is not None and not (
                rule == "least-cpa" and span[1] == inf
            ):  # lying still together is safe
                found.append(_Breach(span, ship, other, rule, limit))
        return found


def _limit(other: Unit, rules: Safety, is_live_fire: bool) -> tuple[str, float]:
    """The widest rule that bears on somebody, and how near he may come, m; 0 where none does."""
    if isinstance(other, Aircraft):
        return "aircraft-clear", rules.aircraft_clear.value if is_live_fire else 0.0
    if is_live_fire and rules.danger_area.value >= rules.least_cpa.value:
        return "danger-area", rules.danger_area.value
    return "least-cpa", rules.least_cpa.value


def _inside(ship: Unit, other: Unit, limit: float, now: float) -> Span | None:
    """When two are nearer than a limit on the present legs, s; None when they are not, from now on."""
    (x, y), (u, v), own, her = ship.position, other.position, ship.motion, other.motion
    times = crossing_times(u - x, v - y, her.vx - own.vx, her.vy - own.vy, limit)
    return None if times is None or times[1] <= SHORTEST else (now + times[0], now + times[1])


def watch_safety(live: LiveSerial, rules: Safety, is_live_fire: bool, units: Sequence[Unit]) -> Process:
    """Watches until the serial ends, and has it on hold while a rule is broken. units: all of the exercise."""
    others = [unit for unit in units if not live.has(unit) and _limit(unit, rules, is_live_fire)[1] > 0.0]
    if not others:
        return
    watch, watched = _Watch(live, rules, is_live_fire, others), [*others, *live.ships()]
    for unit in watched:
        unit.watchers.append(watch.altered)
    told: set[Unit] = set()
    try:
        while True:
            now, turns = live.now, []
            broken: list[_Breach] = []
            for breach in _all(watch):
                (enters, leaves) = breach.span
                if leaves <= now + SHORTEST:
                    continue
                turns.append(leaves if enters <= now + SHORTEST else enters)
                if enters <= now + SHORTEST and live.has(breach.ship):
                    broken.append(breach)
            for breach in broken:
                if breach.other in told:
                    continue
                told.add(breach.other)
                record = live.write(CHECK_FIRE, breach.ship, breach.other, at=breach.other.position, rule=breach.rule,
                                    limit_m=breach.limit, range_m=breach.ship.distance_to(breach.other.position))  # fmt: skip
                if REASON not in live.holds:
                    live.hold(REASON, record)
                    live.exercise.news.ring()  # the conductor's patience counts from here
                if isinstance(breach.other, Ship) and breach.other.booked is None:
                    live.start(_open(live, breach, record))
            if not broken:
                live.resume(REASON)
                told.clear()
            coming, rung = min(turns, default=inf), watch.bell.rung
            yield (
                rung if coming == inf else first_of(live.exercise.env, rung, when(live.exercise.env, coming))
            )
    finally:
        for unit in watched:
            unit.watchers.remove(watch.altered)


def _open(live: LiveSerial, breach: _Breach, cause: int) -> Process:
    """She is told to, and goes straight away from the ship she is too near to, until there is room."""
    assert isinstance(breach.other, Ship)
    told = yield from live.order([breach.other], "open and keep clear", cause)
    (x, y), (u, v) = breach.ship.position, breach.other.position
    away = hypot(u - x, v - y)
    share = ROOM * breach.limit / away if away else 0.0
    to = (x + (u - x) * share, y + (v - y) * share) if away else (x + ROOM * breach.limit, y)
    if breach.other.booked is None:
        yield from breach.other.transit(to, breach.other.cruise_speed, told)


def _all(watch: _Watch) -> Iterator[_Breach]:
    for breaches in watch.breaches.values():
        yield from breaches
