"""Safety: a serial stops (check fire) while somebody is, or is about to be, where he must not be.

Rules bear on those with no part in the serial, who may pass its ships only so near, and nearer to none that fires; on its own ships among
each other, unless their drill has them close by design or they keep together; and on all near a line of fire. The moments at
which a rule is broken and kept again are solved from the present legs (`danger` for lines of fire), anew only for who altered. A
ship that has nothing else to do is ordered to open.
"""

from __future__ import annotations

from math import fsum, hypot, inf, tan
from typing import TYPE_CHECKING, NamedTuple

from sim.danger import Leg, line_times, sector_times
from sim.geometry import Point, Span, closest_approach, crossing_times
from sim.line_of_fire import LineOfFire
from sim.log import kind
from sim.motion import nearing
from sim.passing import Passes
from sim.serial import LiveSerial
from sim.setting import SHORTEST, Bell, first_of, when
from sim.units._agent import Process, Unit
from sim.units.aircraft import Aircraft
from sim.units.ship import Ship

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sim.drills._drill import Drill
    from sim.scenario.rules import Safety

CHECK_FIRE = kind("check-fire", "A serial stops: somebody is too near to one of its ships or in her line of fire, or about to be.",
                  rule="text", limit_m="number", range_m="number", cpa_m="number", tcpa_s="number")  # fmt: skip
PASSED_AT = kind(
    "passed-at", "The nearest that two ships have passed each other in a serial.", range_m="number"
)

REASON = "safety"
KEEPS = ("least-cpa", "company-cpa")  # rules that two who lie still together do not break
ROOM = 2.0  # times the limit; who opens does so for good
ROW = 500.0  # m beyond the edge of a sector that a ship in it makes for


class _Breach(NamedTuple):
    """When a rule is broken if nobody alters; line: of fire, where it is that which somebody is too near to."""

    span: Span
    ship: Unit
    other: Unit
    rule: str
    limit: float
    line: LineOfFire | None = None


class _Watch:
    """Who breaks which rule and when. bell: rings when somebody's answer changes.

    Each answer is of a ship of the serial and another unit, or of a line of fire and a unit; it stands until one of them alters.
    """

    def __init__(self, live: LiveSerial, drill: Drill, rules: Safety, others: Sequence[Unit]) -> None:
        self._live, self._drill, self._rules = live, drill, rules
        self._aimed_at: list[Unit] = []
        self._horizon = live.exercise.plan.length
        self.bell = Bell(live.exercise.env)
        self._all = [*others, *live.units()]
        self._place = {unit: place for place, unit in enumerate(self._all)}
        self._enlist()
        ships: list[Unit] = [unit for unit in [*live.ships(), *others] if isinstance(unit, Ship)]
        own = live.ships()
        pairs = [
            (one, two)
            for one in own
            for two in ships[ships.index(one) + 1 :]
            if not self._by_design(one, two)
        ]
        self.passes = Passes(pairs, live.now)
        self._too_near: dict[tuple[Unit, Unit], _Breach] = {}
        self._in_line: dict[tuple[LineOfFire, Unit], list[_Breach]] = {}
        self._anew()

    @property
    def breaches(self) -> list[_Breach]:
        """All answers, in the order of the units that are in the way."""
        in_line = [breach for each in self._in_line.values() for breach in each]
        return sorted(
            [*self._too_near.values(), *in_line],
            key=lambda one: (self._place[one.other], one.line is not None, self._place[one.ship]),
        )

    def altered(self, unit: Unit) -> None:
        """Solves again for one who altered: with all others, for a unit of the serial."""
        self.passes.altered(unit, self._live.now)
        if self._live.units() != self._members:  # somebody has dropped out
            self._anew()
            return
        known = [pair for pair in self._too_near if unit in pair]
        for pair in known:
            del self._too_near[pair]
        found = self._pairs(unit, self._ships) if unit in self._rules_of else False
        if unit in self._ships:
            found = self._pairs(unit, self._outsiders) or found
        if known or found:
            self.bell.ring()
        for line in self._live.lines.laid:
            self._line(line, self._all if unit in line[:2] else [unit])

    def aimed(self) -> None:
        """A line of fire has come or gone: its target is watched as well."""
        for unit in self._aimed_at:
            unit.watchers.remove(self.altered)
        self._aimed_at = [line.target for line in self._live.lines.laid if line.target not in self._place]
        for unit in self._aimed_at:
            unit.watchers.append(self.altered)
        self._anew()

    def leave(self) -> None:
        """No target is watched any more."""
        for unit in self._aimed_at:
            unit.watchers.remove(self.altered)
        self._aimed_at = []

    def _anew(self) -> None:
        """Everything, for the units and lines there are now."""
        if self._too_near or self._in_line:
            self.bell.ring()
        self._too_near.clear()
        self._in_line.clear()
        if self._live.units() != self._members:
            self._enlist()
        for ship in self._ships:
            company = [other for other in self._ships
                       if other in self._rules_of and self._place[other] > self._place[ship]]  # fmt: skip
            if self._pairs(ship, [*self._outsiders, *company]):
                self.bell.ring()
        for line in self._live.lines.laid:
            self._line(line, self._all)

    def _enlist(self) -> None:
        """Who belongs to the serial in which roles, and the rules that bear on each: as long as nobody drops out."""
        self._members, self._ships, roles = self._live.units(), self._live.ships(), self._live.roles
        self._roles_of = {unit: [role for role in roles if unit in roles[role]] for unit in self._members}
        rules = ((unit, self._rule(unit)) for unit in self._all)
        self._rules_of = {unit: rule for unit, rule in rules if rule[1] > 0.0}
        self._outsiders = [unit for unit in self._rules_of if unit not in self._ships]
        self._widest = max((limit for _, limit in self._rules_of.values()), default=0.0)

    def _rule(self, unit: Unit) -> tuple[str, float]:
        """The rule that bears on how near a unit comes to ships of the serial, and its limit, m; 0 where none does."""
        if unit in self._ships:
            return "company-cpa", self._rules.company_cpa.value
        return ("", 0.0) if unit in self._members else _limit(unit, self._rules, self._drill.live_fire)

    def _pairs(self, unit: Unit, others: Sequence[Unit]) -> bool:
        """Solves for a unit and some others; whether any will be too near. They have no answers before."""
        found = False
        for other in nearing(unit.motion, others, self._live.now, self._widest):
            if other is not unit:
                found = self._pair(unit, other) or found
        return found

    def _pair(self, ship: Unit, other: Unit) -> bool:
        """A ship of the serial and one who has no part in it, or another of it: the later one has to keep clear."""
        if ship not in self._ships or (other in self._ships and self._place[ship] > self._place[other]):
            ship, other = other, ship
        breach = self._near(ship, other, *self._rules_of[other])
        if breach is not None:
            self._too_near[ship, other] = breach
        return breach is not None

    def _line(self, line: LineOfFire, others: Sequence[Unit]) -> None:
        for other in others:
            if other in self._place:
                before, answer = self._in_line.pop((line, other), None), list(self._in_fire(line, other))
                if answer:
                    self._in_line[line, other] = answer
                if answer or before:
                    self.bell.ring()

    def _near(self, ship: Unit, other: Unit, rule: str, limit: float) -> _Breach | None:
        """When they are nearer than a limit. Lying still together is safe; who keep their distance from each other are in company."""
        if other.is_gone or not other.is_out:
            return None
        span = _inside(ship, other, limit, self._live.now)
        if span is None or (span[1] == inf and rule in KEEPS):
            return None
        if rule == "company-cpa" and self._by_design(ship, other):
            return None
        return _Breach(span, ship, other, rule, limit)

    def _in_fire(self, line: LineOfFire, other: Unit) -> Iterator[_Breach]:
        """Somebody near a line of fire: an aircraft within a distance of it, a ship within its arcs."""
        if other in line[:2] or other.is_gone or not other.is_out or self._by_design(line.ship, other):
            return
        now, rules = self._live.now, self._rules
        target, his, until = _seen(line.ship, line.target), _seen(line.ship, other), self._horizon - now
        if isinstance(other, Aircraft):
            rule, limit = "line-of-fire", rules.aircraft_clear.value
            spans = line_times(target, his, limit, line.reach, until) if limit > 0.0 else []
        else:
            rule, limit = "danger-sector", line.reach
            spans = (
                sector_times(target, his, rules.danger_arc.value, limit, until)
                if rules.danger_arc.value > 0.0
                else []
            )
        for start, end in spans:
            yield _Breach((now + start, now + end), line.ship, other, rule, limit, line)

    def _by_design(self, one: Unit, two: Unit) -> bool:
        """Whether the drill has them near each other."""
        first, second = self._roles_of.get(one, ()), self._roles_of.get(two, ())
        return any((a in first and b in second) or (b in first and a in second) for a, b in self._drill.close)


def _limit(other: Unit, rules: Safety, is_live_fire: bool) -> tuple[str, float]:
    """The widest rule that bears on somebody with no part in a serial, and how near he may come, m; 0 where none does."""
    if isinstance(other, Aircraft):
        return "aircraft-clear", rules.aircraft_clear.value if is_live_fire else 0.0
    if is_live_fire and rules.danger_area.value >= rules.least_cpa.value:
        return "danger-area", rules.danger_area.value
    return "least-cpa", rules.least_cpa.value


def _seen(ship: Unit, other: Unit) -> Leg:
    (x, y), (u, v), own, her = ship.position, other.position, ship.motion, other.motion
    return Leg(u - x, v - y, her.vx - own.vx, her.vy - own.vy)


def _inside(ship: Unit, other: Unit, limit: float, now: float) -> Span | None:
    """When two are nearer than a limit on the present legs, s; None when they are not, from now on."""
    dx, dy, vx, vy = seen = _seen(ship, other)
    if dx * vx + dy * vy > 0.0 and dx * dx + dy * dy > 4.0 * limit * limit:  # well clear and opening
        return None
    times = crossing_times(*seen, limit)
    return None if times is None or times[1] <= SHORTEST else (now + times[0], now + times[1])


def watch_safety(live: LiveSerial, drill: Drill, rules: Safety, units: Sequence[Unit]) -> Process:
    """Watches until the serial ends, and has it on hold while a rule is broken. units: all of the exercise."""
    others = [unit for unit in units if not live.has(unit)]
    watch, watched = _Watch(live, drill, rules, others), [*others, *live.units()]
    for unit in watched:
        unit.watchers.append(watch.altered)
    live.lines.watchers.append(watch.aimed)
    told: set[Unit] = set()

    def opened(unit: Unit) -> None:
        """She has done what she was told, and may be too near to another ship now, or in her line of fire."""
        told.discard(unit)
        watch.bell.ring()

    try:
        while True:
            now, turns = live.now, []
            broken: list[_Breach] = []
            for breach in watch.breaches:
                enters, leaves = breach.span[0] - rules.ahead.value, breach.span[1]
                if leaves <= now + SHORTEST:
                    continue
                turns.append(leaves if enters <= now + SHORTEST else enters)
                if enters <= now + SHORTEST and live.has(breach.ship):
                    broken.append(breach)
            for breach in broken:
                if breach.other not in told:
                    told.add(breach.other)
                    _stop(live, breach, opened)
            if not broken:
                live.resume(REASON)
                told.clear()
            coming, rung = min(turns, default=inf), watch.bell.rung
            yield (
                rung if coming == inf else first_of(live.exercise.env, rung, when(live.exercise.env, coming))
            )
    finally:
        live.lines.watchers.remove(watch.aimed)
        watch.leave()
        for unit in watched:
            unit.watchers.remove(watch.altered)
        nearest = watch.passes.least(live.now)
        if nearest is not None:
            live.write(PASSED_AT, nearest.one, nearest.other, range_m=nearest.distance)


def _stop(live: LiveSerial, breach: _Breach, opened: Callable[[Unit], None]) -> None:
    """Check fire: the serial is on hold, and who is in the way is told, if he has nothing else to do."""
    ship, other = breach.ship, breach.other
    ahead, nearest = closest_approach(*_seen(ship, other))
    behind = other.leg if other.leg is not None else ship.leg  # whose way there says who sent them
    record = live.write(CHECK_FIRE, ship, other, cause=behind, at=other.position, rule=breach.rule,
                        limit_m=breach.limit, range_m=ship.distance_to(other.position), cpa_m=nearest, tcpa_s=ahead)  # fmt: skip
    if REASON not in live.holds:
        live.hold(REASON, record)
        live.exercise.news.ring()  # the conductor's patience counts from here
    is_idle = (
        other.motion.speed == 0.0 and breach.line is not None if live.has(other) else other.booked is None
    )
    if isinstance(other, Ship) and is_idle:
        live.start(_open(live, breach, record, opened))


def _open(live: LiveSerial, breach: _Breach, cause: int, opened: Callable[[Unit], None]) -> Process:
    """She is told to, and goes straight away from the ship, or out of the sector, she is too near to, until there is room."""
    other, orders = breach.other, breach.other.orders
    assert isinstance(other, Ship)
    told = yield from live.order([other], "open and keep clear", cause)
    if other.orders == orders and not other.is_gone:
        yield from other.transit(_clear_of(live, breach), other.cruise_speed, told)
        opened(other)


def _clear_of(live: LiveSerial, breach: _Breach) -> tuple[float, float]:
    """Where there is room for one who is too near."""
    u, v = breach.other.position
    if breach.line is None:
        return _out_of(
            live.ships() if breach.rule == "danger-area" else [breach.ship], (u, v), ROOM * breach.limit
        )
    x, y = breach.ship.position
    dx, dy = u - x, v - y
    (tx, ty) = breach.line.target.position
    far = hypot(tx - x, ty - y) or 1.0
    ex, ey = (tx - x) / far, (ty - y) / far
    along, across = dx * ex + dy * ey, dx * ey - dy * ex
    arc = tan(rules_of(live).danger_arc.value)
    to = (1.0 if across >= 0.0 else -1.0) * (ROOM * arc * max(along, 0.0) + ROW)
    return x + along * ex + to * ey, y + along * ey - to * ex


def _out_of(ships: Sequence[Unit], place: Point, room: float) -> Point:
    """The nearest place, straight away from the middle of some ships, with that much room, m, to each of them."""
    places = [ship.position for ship in ships]
    x, y = fsum(u for u, _ in places) / len(places), fsum(v for _, v in places) / len(places)
    away = hypot(place[0] - x, place[1] - y)
    ex, ey = ((place[0] - x) / away, (place[1] - y) / away) if away else (1.0, 0.0)
    stays = (crossing_times(u - x, v - y, -ex, -ey, room) for u, v in places)
    far = max(
        (stay[1] for stay in stays if stay is not None), default=room
    )  # m along the way at which the last is left
    return x + far * ex, y + far * ey


def rules_of(live: LiveSerial) -> Safety:
    """A serial's own rules, or those of its scenario."""
    return live.plan.safety or live.exercise.plan.safety
