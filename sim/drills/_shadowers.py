"""Ships and aircraft that shadow ships: whom to send to a group, and one of them from the order to its way back."""

from __future__ import annotations

from math import atan2, hypot, inf, pi
from typing import TYPE_CHECKING, NamedTuple

from sim.drills._nearest import Nearest
from sim.geometry import intercept
from sim.log import kind
from sim.setting import SHORTEST
from sim.stations import Station

if TYPE_CHECKING:
    import simpy

    from sim.drills._drill import Process
    from sim.serial import LiveSerial
    from sim.units._agent import Unit
    from sim.units.aircraft import Aircraft
    from sim.units.ship import Ship

SENT = kind("sent-to-shadow", "A ship or an aircraft is sent to shadow a group; when it should be there.", meets_s="number", relief="count")  # fmt: skip
CLOSED = kind(
    "closed", "Who was sent to a group has come up with it, and shadows it.", after_s="number", relief="count"
)
PARTED = kind("parted", "Who shadowed a group leaves it; how long it was there, and how near it came.", shadowed_s="number", closest_m="number")  # fmt: skip

QUARTER = 3 * pi / 4  # rad off the bow of the ship that is followed
CORNERS = (
    0.0,
    pi / 2,
    pi,
    3 * pi / 2,
)  # of an aircraft's circuit, rad from the bearing on which she has come up


class Choice(NamedTuple):
    """Who would be with a group when. time: s from now, on paper."""

    time: float
    ship: Ship | None = None
    aircraft: Aircraft | None = None


class Shadowers:
    """Who of a serial can be sent."""

    def __init__(self, serial: LiveSerial) -> None:
        self._serial, self._parameters = serial, serial.parameters
        self._away: dict[Unit, None] = {}
        self._posts = {ship: ship.position for ship in serial.ships("ships")}

    def choose(self, track: Unit) -> Choice | None:
        """The ship that would be there first; the aircraft, where that takes too long; None when nobody can."""
        afloat = min(
            (choice for ship in self._serial.ships("ships") if (choice := self._sails(ship, track))),
            key=_time,
            default=None,
        )
        if afloat is not None and afloat.time <= self._parameters.wait.value:
            return afloat
        ready = [unit for unit in self._serial.aircraft("aircraft") if self._flies(unit, track)]
        flying = min(
            (Choice(unit.lead(track.position), aircraft=unit) for unit in ready), key=_time, default=None
        )
        return flying or afloat

    def again(self, track: Unit) -> float | None:
        """When it is worth while to look again for somebody to send, s from now: in a quarter of an hour, while there is anybody."""
        return 900.0 if self._serial.units("ships") or self._serial.units("aircraft") else None

    def send(self, track: Unit, is_relief: bool, cause: int | None) -> Shadower | None:
        """Sends the first that can be there."""
        choice = self.choose(track)
        return None if choice is None else Shadower(self._serial, self, choice, track, is_relief, cause)

    def take(self, unit: Unit) -> None:
        """It is sent."""
        self._away[unit] = None

    def back(self, unit: Unit) -> None:
        """It is free again; a ship goes back to its post."""
        self._away.pop(unit, None)
        for ship in self._posts:
            if ship is unit and self._serial.fit(ship, "ships") and self._serial.result is None:
                self._serial.start(self._return(ship))

    def _return(self, ship: Ship) -> Process:
        yield from ship.transit(self._posts[ship], ship.cruise_speed, self._serial.last)

    def _sails(self, ship: Ship, track: Unit) -> Choice | None:
        (x, y), (u, v), motion = ship.position, track.position, track.motion
        if ship in self._away or not self._serial.fit(ship, "ships"):
            return None
        found = intercept(
            u - x, v - y, motion.vx, motion.vy, min(ship.max_speed, self._parameters.speed.value)
        )
        if found is None or found.time > self._gone(track):
            return None  # a chase that ends after the group is gone
        return Choice(found.time, ship)

    def _gone(self, track: Unit) -> float:
        """When a group will have left the zone as it goes now, and nobody stays with it any longer, s from now."""
        (x, y), motion, shape = track.position, track.motion, self._serial.shape
        if shape is None:
            return inf
        spans = shape.spans(x, y, motion.vx, motion.vy, 0.0, self._serial.exercise.plan.length)
        return max((end for _, end in spans), default=0.0) + self._parameters.linger.value

    def _flies(self, unit: Aircraft, track: Unit) -> bool:
        return (
            unit not in self._away
            and unit.is_ready
            and unit.reaches(track.position)
            and not unit.limits_broken()
        )


class Shadower:
    """One that is sent. ordered: when. since: when it came to shadow the group; None before and after."""

    def __init__(
        self,
        serial: LiveSerial,
        senders: Shadowers,
        choice: Choice,
        track: Unit,
        is_relief: bool,
        cause: int | None,
    ) -> None:
        self._serial, self._senders, self._track, self._is_relief = serial, senders, track, is_relief
        self._ship, self._aircraft = choice.ship, choice.aircraft
        self.since: float | None = None
        self.is_over = False
        self.ordered = serial.now
        self._flight: simpy.Process | None = None
        self._nearest: Nearest | None = None
        self.cause = serial.write(
            SENT, self.leader, track, cause=cause, meets_s=choice.time, relief=int(is_relief)
        )
        senders.take(self.leader)
        self._process = serial.start(self._run())

    @property
    def leader(self) -> Ship | Aircraft:
        """Who is sent."""
        unit = self._ship or self._aircraft
        assert unit is not None
        return unit

    @property
    def left(self) -> float:
        """How long it can stay, by its fuel, s; ships stay as long as they are wanted."""
        if self._aircraft is not None:
            return max(0.0, self._aircraft.time_on_task()) if self._aircraft.is_on_task else 0.0
        return inf

    def recall(self) -> None:
        """It breaks off and goes back."""
        if self._process.is_alive:
            self._process.interrupt("recall")
        self._end()

    def _end(self) -> None:
        if self.is_over:
            return
        if self.since is not None and self._nearest is not None:
            self._nearest.close()
            self._serial.write(PARTED, self.leader, self._track, cause=self.cause, shadowed_s=self._serial.now - self.since, closest_m=self._nearest.least)  # fmt: skip
        self.is_over, self.since = True, None
        if self._flight is not None and self._flight.is_alive:
            self._flight.interrupt("recall")
        self._senders.back(self.leader)
        self._serial.exercise.news.ring()

    def _run(self) -> Process:
        try:
            told = yield from self._serial.order([self.leader], "shadow", self.cause)
            if self._aircraft is not None:
                yield from self._circle(self._aircraft, told)
            elif self._ship is not None:
                yield from self._follow(self._ship, told)
        finally:
            self._end()

    def _follow(self, ship: Ship, told: int | None) -> Process:
        """Takes a station on the group's quarter, and keeps it."""
        parameters, serial = self._serial.parameters, self._serial
        station = Station.on(QUARTER, parameters.distance.value, turns=True)
        if not (yield from ship.take_station(self._track, station, parameters.speed.value, told)):
            return
        self._come_up()
        keeping = serial.start(ship.keep_station(self._track, station, parameters.speed.value, self.cause))
        while keeping.is_alive and serial.fit(ship, "ships"):
            yield serial.exercise.news.rung

    def _circle(self, unit: Aircraft, told: int | None) -> Process:
        """Flies out, and then round and round about where the group is."""
        serial = self._serial
        if unit.phase != "home":
            return
        (x, y), (u, v), away = unit.home_position, self._track.position, serial.parameters.fly_by.value
        short = 1.0 - min(
            1.0, away / max(away, hypot(u - x, v - y))
        )  # nobody flies right over those he looks at
        beside = x + (u - x) * short, y + (v - y) * short
        self._flight = serial.start(unit.sortie(beside, serial.now, serial.number, told))
        while not unit.is_on_task:
            if not self._flight.is_alive:
                return
            yield serial.exercise.news.rung
        while unit.is_on_task:
            x, y = self._track.position
            if self.since is None and hypot(x - unit.position[0], y - unit.position[1]) <= 2.0 * away:
                self._come_up()
            from_them = atan2(unit.position[0] - x, unit.position[1] - y)
            offsets = (Station.on(from_them + corner, away).offset(0.0) for corner in CORNERS)
            places = [(x + dx, y + dy) for dx, dy in offsets]
            if not (yield from unit.follow(places, unit.cruise_speed, unit.why)):
                return
            yield serial.exercise.env.timeout(SHORTEST)

    def _come_up(self) -> None:
        serial = self._serial
        self._nearest = Nearest(serial, self.leader, self._track)
        self.cause = serial.write(CLOSED, self.leader, self._track, cause=self.cause, after_s=serial.now - self.ordered, relief=int(self._is_relief))  # fmt: skip
        self.since = serial.now
        serial.exercise.news.ring()


def _time(choice: Choice) -> float:
    return choice.time
