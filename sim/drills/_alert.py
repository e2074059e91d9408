"""Fighters on alert: who stands how ready at which base, whom to send against a track, and one pair from the order to its way home.

A base has so many fighters at the highest state, so many at the next, the others behind them. When some are scrambled the next are called up,
and what they have done towards being ready by the time they are wanted counts.
"""

from __future__ import annotations

from math import hypot, pi
from typing import TYPE_CHECKING, NamedTuple

from sim.geometry import Point, crossing_times
from sim.log import kind
from sim.scramble import alert, meet_off
from sim.setting import RESERVE, SHORTEST, when
from sim.stations import Station

if TYPE_CHECKING:
    import simpy

    from sim.drills._drill import Process
    from sim.serial import LiveSerial
    from sim.units._agent import Unit
    from sim.units.aircraft import Aircraft

SCRAMBLED = kind("scrambled", "Fighters on alert are ordered up against a track; when they should be airborne and meet it.", ready_s="number",
                 meets_s="number", fighters="count", relief="count")  # fmt: skip
INTERCEPTED = kind("intercepted", "Fighters have come up with a track and identified it by sight (VID).", after_s="number",
                   airborne_s="number", in_zone="count", relief="count")  # fmt: skip

WING = 500.0  # m from a leader to his wingman


class Choice(NamedTuple):
    """Who would meet a track when. time: s from now, on paper. ready: s until they can take off."""

    time: float
    ready: float
    fighters: tuple[Aircraft, ...]
    place: Point


class Alerts:
    """The fighters of a serial on alert."""

    def __init__(self, serial: LiveSerial) -> None:
        self._serial, self._parameters = serial, serial.parameters
        self._called: dict[Aircraft, float] = {}  # since when a fighter is being brought to the highest state
        self._times: dict[
            Aircraft, tuple[float, float]
        ] = {}  # from its own state to wheels up, and from the highest, s
        self._away: dict[Aircraft, None] = {}  # sent, and not in the air yet or over it
        self._turns: dict[Aircraft, int] = {}  # how many have been sent before it was, last

    def choose(self, track: Unit) -> Choice | None:
        """The pair, or the single fighter, that would meet a track first; None when nobody can reach it."""
        found: list[Choice] = []
        for _, standing in self._bases():
            pair = standing[: self._parameters.pair.whole]
            ready = max((self._ready(unit, standing.index(unit)) for unit in pair), default=0.0)
            choice = self._against(track, tuple(pair), ready) if pair else None
            if choice is not None:
                found.append(choice)
        return min(found, key=lambda each: each.time, default=None)

    def send(self, track: Unit, is_relief: bool, cause: int | None) -> Element | None:
        """Orders those up that would meet a track first; None when nobody can reach it."""
        choice = self.choose(track)
        return None if choice is None else Element(self._serial, self, choice, track, is_relief, cause)

    def again(self, track: Unit) -> float | None:
        """When, as the track goes now, it first comes within reach of a base with somebody on alert, s from now; None when never."""
        times = []
        for home, standing in self._bases():
            endurance = standing[0].platform.endurance
            reach = (
                (endurance.value - RESERVE) / 2.0 * standing[0].cruise_speed if endurance is not None else 0.0
            )
            (x, y), (u, v) = home, track.position
            span = crossing_times(u - x, v - y, track.motion.vx, track.motion.vy, reach)
            if span is not None and span[0] > SHORTEST:
                times.append(span[0])
        return min(times, default=None)

    def take(self, choice: Choice) -> None:
        """They are sent; the next at their base are called up."""
        home = choice.fighters[0].home_position
        for unit in choice.fighters:
            self._away[unit] = None
            self._turns[unit] = len(self._turns) + max(self._turns.values(), default=0)
            self._called.pop(unit, None)
            self._times.pop(unit, None)
        for place, standing in self._bases():
            if place == home:
                for rank, unit in enumerate(standing[: self._parameters.pair.whole]):
                    self._ready(unit, rank + len(choice.fighters))
                    self._called.setdefault(unit, self._serial.now)

    def back(self, unit: Aircraft) -> None:
        """Sent no more, or home again: it stands behind the others once it is turned round."""
        self._away.pop(unit, None)

    def _bases(self) -> list[tuple[Point, list[Aircraft]]]:
        """Each base with the fighters that stand ready there, the readiest first."""
        found: dict[Point, list[Aircraft]] = {}
        for unit in self._serial.aircraft("alert"):
            if unit not in self._away and unit.is_ready and not unit.limits_broken():
                found.setdefault(unit.home_position, []).append(unit)
        return [
            (home, sorted(standing, key=lambda unit: (unit not in self._called, self._turns.get(unit, 0))))
            for home, standing in found.items()
        ]

    def _ready(self, unit: Aircraft, rank: int) -> float:
        """How long from an order now to wheels up, s; of its state at first, less once it has been called up."""
        parameters, now = self._parameters, self._serial.now
        if unit not in self._times:
            state, laws = parameters.ready_rest, (parameters.ready, parameters.ready_next)
            for law, places in zip(
                laws, (parameters.immediate.whole, parameters.stand_by.whole), strict=True
            ):
                if rank < places:
                    state = law
                    break
                rank -= places
            quick = parameters.ready.draw(self._serial.draws("ready", unit.name))
            slow = state.draw(self._serial.draws("state", unit.name))
            self._times[unit] = (quick if state is parameters.ready else slow), quick
        whole, least = self._times[unit]
        return max(least, whole - (now - self._called.get(unit, now)))

    def _against(self, track: Unit, pair: tuple[Aircraft, ...], ready: float) -> Choice | None:
        parameters, (x, y), (u, v) = self._parameters, pair[0].home_position, track.position
        dash = min(parameters.dash.value, pair[0].platform.max_speed.value)
        fighter = alert(ready, parameters.climb.value, parameters.climb_way.value, dash)
        met = meet_off(fighter, u - x, v - y, track.motion.vx, track.motion.vy)
        if met is None or met.time < 0.0:
            return None
        place = x + met.x, y + met.y
        return Choice(met.time, ready, pair, place) if pair[0].reaches(place) else None


class Element:
    """Fighters that go up together: a leader, and wingmen on him. ordered: when. since: when they came to shadow the track; None before and after."""

    def __init__(
        self,
        serial: LiveSerial,
        alerts: Alerts,
        choice: Choice,
        track: Unit,
        is_relief: bool,
        cause: int | None,
    ) -> None:
        self._serial, self._alerts, self._choice, self._track = serial, alerts, choice, track
        self._is_relief = is_relief
        self._flights: dict[Aircraft, simpy.Process] = {}
        self.since: float | None = None
        self.is_over = False
        self.cause = serial.write(SCRAMBLED, choice.fighters[0], track, cause=cause, ready_s=choice.ready, meets_s=choice.time,
                                  fighters=len(choice.fighters), relief=int(is_relief))  # fmt: skip
        self.ordered = serial.now
        alerts.take(choice)
        self._process = serial.start(self._run())

    @property
    def leader(self) -> Aircraft:
        """Who makes the interception."""
        return self._choice.fighters[0]

    @property
    def left(self) -> float:
        """How long they can stay with the track, by fuel, s."""
        return max(0.0, self.leader.time_on_task()) if self.leader.is_on_task else 0.0

    def recall(self) -> None:
        """They break off and return to base (RTB)."""
        if self._process.is_alive:
            self._process.interrupt("recall")
        self._end()

    def _end(self) -> None:
        self.is_over, self.since = True, None
        for flight in self._flights.values():
            if flight.is_alive:
                flight.interrupt("recall")
        for unit in self._choice.fighters:
            self._alerts.back(unit)
        self._serial.exercise.news.ring()

    def _run(self) -> Process:
        """Order, alert time, climb, vector, identification, shadow."""
        try:
            yield from self._fly()
        finally:
            if not self.is_over:
                self._end()

    def _fly(self) -> Process:
        serial, env, parameters, track = (
            self._serial,
            self._serial.exercise.env,
            self._serial.parameters,
            self._track,
        )
        told = yield from serial.order(list(self._choice.fighters), "scramble", self.cause)
        wheels_up = self.ordered + self._choice.ready
        if wheels_up - serial.now > SHORTEST:
            yield when(env, wheels_up)
        place = self._vector()
        for unit in self._choice.fighters:
            if unit.phase == "home":
                climb = parameters.climb_way.value / parameters.climb.value
                self._flights[unit] = serial.start(
                    unit.sortie(place, serial.now, serial.number, told, scramble=climb)
                )
        while not self.leader.is_on_task:
            flight = self._flights.get(self.leader)
            if flight is None or not flight.is_alive:
                return
            yield serial.exercise.news.rung
        dash = min(parameters.dash.value, self.leader.max_speed)
        for number, unit in enumerate(self._choice.fighters[1:], 1):
            serial.start(self._wing(unit, number))
        abeam = Station.on(pi / 2, parameters.abeam.value, turns=True)
        if not (yield from self.leader.take_station(track, abeam, dash, self.leader.why)):
            return
        serial.start(
            self.leader.keep_station(track, abeam, dash, self.leader.why)
        )  # alongside while they look
        yield env.timeout(
            max(SHORTEST, parameters.identify_by_sight.draw(serial.draws("sight", self.leader.name)))
        )
        if not self.leader.is_on_task:
            return
        shape = serial.shape
        self.cause = serial.write(INTERCEPTED, self.leader, track, cause=self.leader.why, at=track.position,
                                  after_s=serial.now - self.ordered, airborne_s=serial.now - wheels_up,
                                  relief=int(self._is_relief), in_zone=int(shape is not None and shape.contains(*track.position)))  # fmt: skip
        self.since = serial.now
        serial.exercise.news.ring()
        while self.leader.is_on_task:
            yield serial.exercise.news.rung

    def _vector(self) -> Point:
        """Where the climb ends: so far along the way to the meeting, as it looks at take-off."""
        parameters, (x, y), track = self._serial.parameters, self.leader.home_position, self._track
        (u, v), dash = track.position, min(parameters.dash.value, self.leader.platform.max_speed.value)
        met = meet_off(
            alert(0.0, parameters.climb.value, parameters.climb_way.value, dash),
            u - x,
            v - y,
            track.motion.vx,
            track.motion.vy,
        )
        dx, dy = (met.x, met.y) if met is not None else (u - x, v - y)
        away = hypot(dx, dy)
        share = parameters.climb_way.value / away if away > 0.0 else 0.0
        return x + dx * share, y + dy * share

    def _wing(self, unit: Aircraft, number: int) -> Process:
        """A wingman joins his leader once he is up."""
        while not unit.is_on_task:
            flight = self._flights.get(unit)
            if flight is None or not flight.is_alive:
                return
            yield self._serial.exercise.news.rung
        yield from unit.keep_station(
            self.leader, Station.on(3 * pi / 4, WING * number, turns=True), cause=unit.why
        )
