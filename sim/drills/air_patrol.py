"""Joint air patrol: bombers of two nations meet, fly a route in formation with fighters about them, part, and go home.

Each aircraft takes off so as to be at the rendezvous when the last can be there, and comes by way of declared places; those who are early fly a
racetrack until the others have come, or patience ends. Then one leads and the others keep station on it, at the pace of the slowest. Fighters stay as long as
their fuel lasts, and go home by themselves; more join on the way. At the end of the route each nation goes its own way home, or lands at the other's field. The
time of a leg is its length over the speed; a formation is late by as much as its latest. Source: reported courses of such patrols (seeds/air_patrols.yaml);
the rest is derived. Control aircraft, tankers and weapons are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.drills._drill import Drill, Process, Role, assumed
from sim.drills._flight import Flight, length
from sim.geodesy import distance
from sim.log import kind
from sim.scenario.numbers import Count, Length, Speed, Time
from sim.scenario.places import FARTHEST, Where
from sim.setting import SHORTEST, first_of, when

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import simpy

    from sim.geometry import Point
    from sim.scenario.schema import Scenario, Serial
    from sim.serial import LiveSerial
    from sim.units.aircraft import Aircraft

RENDEZVOUS = kind("rendezvous", "Aircraft have met, and set out; how long after the planned time, and how many are missing.",
                  late_s="number", units="count", missing="count")  # fmt: skip
PATROLLED = kind("patrolled", "What came of an air patrol: its route, and how long both nations flew it together.",
                 planned_s="number", taken_s="number", together_s="number", route_m="number", flown_m="number")  # fmt: skip

PLACES = ("first_way", "partners_way", "route", "first_back", "partners_back")
FIELDS = ("first_field", "partners_field")


class AirPatrol(Drill):
    """Bombers of two nations on a route, with escorts."""

    class Parameters(Drill.Parameters):
        """Ways, route, and how they keep together. The rendezvous is the middle of the serial's area."""

        first_way: tuple[Where, ...] = ()
        partners_way: tuple[Where, ...] = ()
        route: tuple[Where, ...] = ()
        first_back: tuple[Where, ...] = ()
        partners_back: tuple[Where, ...] = ()
        first_field: str = ""
        partners_field: str = ""
        speed: Speed = assumed(
            "720 km/h (680 .. 820 km/h)", "In formation: the usual cruise of the slowest bomber."
        )
        spacing: Length = assumed(
            "1 nmi (0.2 .. 3 nmi)", "From one aircraft to the next; photographs show a loose formation."
        )
        patience: Time = assumed(
            "30 min (15 .. 60 min)", "After the planned time, until those who are there set out alone."
        )
        orbit: Length = assumed("15 nmi (8 .. 25 nmi)", "Legs of the racetrack at the rendezvous.")
        late_join: Count = assumed(
            "1 (0 .. 10)", "Place of the route, from 0, where the second fighters join."
        )

        escorts_turn: Count = assumed(
            "20 (0 .. 20)",
            "Place of the route, from 0, where the first fighters turn for home; beyond its end, when their fuel says so.",
        )

    roles: ClassVar[dict[str, Role]] = {
        "first": Role("bombers that lead", family=("aircraft",), waits=True),
        "partners": Role("bombers of the other nation", family=("aircraft",), waits=True),
        "escorts": Role("fighters that join at the rendezvous", family=("aircraft",), least=0, optional=True, waits=True),
        "late_escorts": Role("fighters that join on the route", family=("aircraft",), least=0, optional=True, waits=True),
    }  # fmt: skip
    technical: ClassVar[str | None] = "route-flown-together"
    measures: ClassVar[tuple[str, ...]] = ("rendezvous-lateness", "time-together")

    @classmethod
    def check(cls, serial: Serial, scenario: Scenario) -> Iterator[tuple[str, str]]:
        """It needs an area to meet in and a route, fields that exist, and places that the plane still shows truly."""
        parameters, datum = serial.parameters, scenario.datum
        if serial.area is None:
            yield "drill", "needs an 'area:', in whose middle the aircraft meet"
        places: Sequence[Where] = parameters.route  # type: ignore[attr-defined]
        if not places:
            yield "drill", "needs a 'route:' of at least one place"
        if parameters.late_join.value >= max(1, len(places)):  # type: ignore[attr-defined]
            yield "late_join", f"the route has {len(places)} places, counted from 0"
        for key in PLACES:
            for place in getattr(parameters, key):
                away = distance(datum.latitude, datum.longitude, place.latitude, place.longitude)
                if away > FARTHEST:
                    yield key, f"{away / 1852:.0f} nmi from the datum; at most {FARTHEST / 1852:.0f} nmi"
        for key in FIELDS:
            name = getattr(parameters, key)
            if name and name not in scenario.bases:
                yield key, f"no base is called {name!r}; there are: {', '.join(scenario.bases)}"

    def conduct(self, serial: LiveSerial) -> Process:
        """Take-offs, rendezvous, route, and two ways home."""
        bombers = serial.aircraft("first") + serial.aircraft("partners")
        ordered = yield from serial.order(bombers, "joint air patrol")
        patrol = _Patrol(serial, ordered)
        serial.keep(patrol)
        yield from patrol.meet()
        yield from patrol.fly()
        yield from patrol.go_home()


class _Patrol:
    """One patrol. due: when all should be at the rendezvous, s."""

    def __init__(self, serial: LiveSerial, ordered: int | None) -> None:
        self._serial, self._ordered, self._at = serial, ordered, serial.centre
        parameters = serial.parameters
        to_plane = serial.exercise.plane.to_plane
        self._ways = {
            key: [to_plane(each.latitude, each.longitude) for each in getattr(parameters, key)]
            for key in PLACES
        }
        self._flight = Flight(serial, parameters.spacing.value)
        self._flights: dict[Aircraft, simpy.Process] = {}
        self._here: list[Aircraft] = []
        self._bombers = {role: serial.aircraft(role) for role in ("first", "partners")}
        self._fields: dict[Aircraft, Point] = {}
        for role, field in zip(self._bombers, FIELDS, strict=True):
            name = getattr(parameters, field)
            if name:
                base = serial.exercise.plan.bases[name].at
                self._fields |= dict.fromkeys(self._bombers[role], to_plane(base.latitude, base.longitude))
        self._leads = {
            unit: self._lead(unit, self._way(role)) for role, units in self._bombers.items() for unit in units
        }
        self.due = serial.now + max(self._leads.values(), default=0.0)
        self._set_out: float | None = None
        self._ended: float | None = None
        self._together_since: float | None = None
        self._together, self._flown = 0.0, 0.0

    def _way(self, role: str) -> list[Point]:
        """From take-off to the rendezvous."""
        return [*self._ways[f"{role}_way"], self._at]

    def _lead(self, unit: Aircraft, way: list[Point]) -> float:
        """How long before it is wanted at the end of a way it has to be told, s, on paper."""
        return unit.lead(way[0]) + length(way) / unit.cruise_speed

    def meet(self) -> Process:
        """Everybody comes; gives when all are there, or patience has ended."""
        serial, env = self._serial, self._serial.exercise.env
        coming = [serial.start(self._come(unit, self._way(role), self.due - lead))
                  for role, units in self._bombers.items() for unit, lead in ((each, self._leads[each]) for each in units)]  # fmt: skip
        for unit in serial.aircraft("escorts"):
            serial.start(self._come(unit, [self._at], self.due - self._lead(unit, [self._at])))
        last = self.due + serial.parameters.patience.value
        while serial.now < last - SHORTEST and any(process.is_alive for process in coming):
            running = [process for process in coming if process.is_alive]
            yield first_of(env, when(env, last), *running)
        self._begin()

    def _come(self, unit: Aircraft, way: list[Point], told: float) -> Process:
        """Takes off in time, flies its way, and joins; or waits in a racetrack where it has arrived first."""
        serial = self._serial
        if told - serial.now > SHORTEST:
            yield when(serial.exercise.env, told)
        if unit.phase != "home" or not serial.has(unit):
            return
        wanted = told + unit.lead(way[0])
        self._flights[unit] = serial.start(unit.sortie(way[0], wanted, serial.number, self._ordered))
        while not unit.is_on_task:
            if not self._flights[unit].is_alive:
                return
            yield serial.exercise.news.rung
        unit.home = self._fields.get(
            unit, unit.home
        )  # not before it is in the air: it takes off from the old one
        if not (yield from unit.follow(way[1:], unit.cruise_speed, unit.why)):
            return
        self._here.append(unit)
        if self._set_out is not None:
            self._join(unit)
            return
        course = serial.on_plane(0.0)
        serial.start(unit.racetrack(self._at, course, serial.parameters.orbit.value, serial.parameters.orbit.value / 3.0,
                                    unit.cruise_speed, unit.why))  # fmt: skip

    def _join(self, unit: Aircraft) -> None:
        self._flight.join(unit)
        self._count()

    def _begin(self) -> None:
        """Those who are there set out."""
        serial = self._serial
        self._set_out = serial.now
        here = [unit for unit in serial.units() if unit in self._here and unit.is_on_task]
        missing = [unit for units in self._bombers.values() for unit in units if unit not in here]
        self._ordered = serial.write(RENDEZVOUS, at=self._at, cause=self._ordered, late_s=serial.now - self.due, units=len(here),
                                     missing=len(missing))  # fmt: skip
        for unit in here:
            self._join(unit)

    def fly(self) -> Process:
        """The route, with fighters that join on the way."""
        serial, route, speed = self._serial, self._ways["route"], self._serial.parameters.speed.value
        place = serial.parameters.late_join.whole
        eta = serial.now + length([self._at, *route[: place + 1]]) / speed
        for unit in serial.aircraft("late_escorts"):
            serial.start(self._come(unit, [route[place]], eta - unit.lead(route[place])))
        turn = serial.parameters.escorts_turn.whole
        if turn < len(route):
            serial.start(self._turn(serial.now + length([self._at, *route[: turn + 1]]) / speed))
        watching = serial.start(self._watch())
        self._flown = yield from self._flight.fly(route, speed, self._ordered)
        if watching.is_alive:
            watching.interrupt("over")
        self._ended = serial.now
        self._count()
        serial.achieved(self._share())

    def _turn(self, time: float) -> Process:
        """The first fighters go home at a time, s."""
        yield when(self._serial.exercise.env, time)
        for unit in self._serial.aircraft("escorts"):
            self._recall(unit)

    def _watch(self) -> Process:
        """Counts the time together anew when somebody comes or goes."""
        while True:
            yield self._serial.exercise.news.rung
            self._count()

    def _count(self) -> None:
        now = self._serial.now
        if self._together_since is not None:
            self._together += now - self._together_since
        flying = self._flight.flying
        both = all(any(unit in flying for unit in units) for units in self._bombers.values())
        self._together_since = now if both and self._ended is None else None

    def _share(self) -> float:
        """Of the route, by both nations together."""
        planned = length([self._at, *self._ways["route"]]) / self._serial.parameters.speed.value
        return min(1.0, self._together / planned) if planned > 0.0 else 1.0

    def go_home(self) -> Process:
        """Each nation by its own way; what is left of the fighters goes home from here."""
        serial = self._serial
        going = []
        for role, units in self._bombers.items():
            going.append(self._part([unit for unit in units if unit.is_on_task], self._ways[f"{role}_back"]))
        for unit in serial.aircraft("escorts") + serial.aircraft("late_escorts"):
            self._recall(unit)
        yield from serial.together(going)

    def _part(self, units: list[Aircraft], way: list[Point]) -> Process:
        own = Flight(self._serial, self._serial.parameters.spacing.value)
        for unit in units:
            own.join(unit)
        yield from own.fly(way, self._serial.parameters.speed.value, self._ordered)
        for unit in units:
            self._recall(unit)

    def _recall(self, unit: Aircraft) -> None:
        flight = self._flights.get(unit)
        if flight is not None and flight.is_alive:
            flight.interrupt("recall")

    def close(self) -> None:
        """FINEX: what came of it, also when it was broken off."""
        serial = self._serial
        if self._set_out is None:
            return
        self._count()
        planned = length([self._at, *self._ways["route"]])
        ended = serial.now if self._ended is None else self._ended
        if self._ended is None:
            self._flown = min(planned, (ended - self._set_out) * serial.parameters.speed.value)
        serial.achieved(self._share())
        serial.write(PATROLLED, at=self._at, cause=self._ordered, planned_s=planned / serial.parameters.speed.value,
                     taken_s=ended - self._set_out, together_s=self._together, route_m=planned, flown_m=self._flown)  # fmt: skip
