"""The exercise: the living model, assembled from a scenario, a seed and a replication."""

from __future__ import annotations

from math import hypot

import mesa
import simpy

from sim.audit import Audit
from sim.board import Board
from sim.clock import Clock
from sim.command import Commander
from sim.conductor import Conductor
from sim.contacts import Contacts
from sim.errors import RunError
from sim.fuel import FULL
from sim.geodesy import Plane
from sim.geometry import Circle, Point
from sim.log import Log, kind
from sim.referee import Referee, Shape
from sim.scenario.places import Place
from sim.scenario.roles import Enlisted, muster
from sim.scenario.schema import Scenario
from sim.scenario.shapes import farthest, shape_of
from sim.setting import Bell, when
from sim.streams import Streams
from sim.traffic import Traffic
from sim.units._agent import Unit
from sim.units.aircraft import Aircraft
from sim.units.helicopter import Helicopter
from sim.units.ship import Ship
from sim.units.site import Site
from sim.water.shores import Shores
from sim.weather import Daylight, Weather

STARTEX = kind("startex", "The exercise begins.")
ENDEX = kind("endex", "The exercise is over.")

NEAREST = 100.0  # m; waters have some room even where nothing is looked out for
TICK = 600.0  # s of the clock for one Mesa step


class Exercise(mesa.Model):
    """A naval exercise being played.

    SimPy owns the only clock, `env.now`, in seconds since the exercise begins; Mesa keeps the agents.
    `run` goes straight to the end; `step` advances one tick, for Mesa's own tools. Both give the same log.

    audit: keeps what contacts were solved from. plan: the scenario. areas: its range areas on the exercise plane. units: by name.
    """

    def __init__(
        self,
        plan: Scenario,
        seed: int = 0,
        replication: int = 0,
        tick: float = TICK,
        audit: Audit | None = None,
    ) -> None:
        super().__init__(rng=int(seed))
        self.plan, self.tick = plan, tick
        self.ticks = 0
        self.env = Clock()
        self.log = Log()
        self.streams = Streams(seed, replication)
        self.news = Bell(self.env)
        self.plane = Plane(plan.datum.latitude, plan.datum.longitude)
        self.areas: dict[str, Shape] = {name: shape_of(area, self.plane) for name, area in plan.areas.items()}
        self.shores = Shores(self.plane, self._discs(), farthest(plan))
        self.started = self.log.write(STARTEX, 0.0)
        self.weather = Weather(plan, self)
        self.daylight = Daylight(plan, self)
        self.datums: dict[
            str, tuple[Point, float]
        ] = {}  # by serial: where a target was last known, and when, s
        self.contacts = Contacts(self, self.areas, audit)
        roster = muster(plan)
        self.units: dict[str, Unit] = {}
        for enlisted in sorted(roster, key=lambda each: each.host is not None):  # hosts before their aircraft
            self.units[enlisted.name] = self._unit(enlisted)
        self.traffic = Traffic(self, self._waters())
        self.referee = Referee(self.weather, self.traffic)
        self.officer_force = next(
            each.force for each in roster if each.name == plan.command.officer_conducting
        )
        self.commanders = {
            name: Commander(self, name, force.flagship, plan.command) for name, force in plan.forces.items()
        }
        resources = {name: count.whole for name, count in plan.resources.items()}
        self.board = Board(self.env, plan, roster, self.units, resources=resources)
        self.conductor = Conductor(self, self.board)
        self._begin()
        self.over = self.env.process(self._endex())

    def _begin(self) -> None:
        """Starts every process, in an order that follows the scenario file."""
        self.env.process(self.weather.blow())
        self.env.process(self.daylight.turn())
        for unit in self.units.values():
            for life in unit.breakdowns():
                self.env.process(life)
            if isinstance(unit, Ship):
                unit.log_fuel()
        self.conductor.begin()

    def _endex(self):  # type: ignore[no-untyped-def]  # a SimPy process
        yield when(self.env, self.plan.length)
        yield from self.conductor.endex()
        while (
            self.env.peek() <= self.env.now
        ):  # ENDEX is the last record: all else of this moment comes first
            yield self.env.timeout(0)
        for unit in self.units.values():
            if isinstance(unit, Ship):
                unit.stop()
                unit.log_fuel()
        self.contacts.settle()
        self.log.write(ENDEX, self.env.now)
        self.log.seal()

    def meet_sea(self, record: int) -> None:
        """Those afloat slow down in a rising sea and speed up again in a falling one."""
        for unit in self.units.values():
            unit.reconsider(record)

    def run(self) -> Log:
        """Plays the exercise to its end and gives its log. Raises RunError when something breaks inside."""
        self._until(self.over)
        self.forget()
        return self.log

    def step(self) -> None:
        """Advances the clock by one tick; the last one ends the exercise."""
        self.ticks += 1
        until = self.ticks * self.tick  # a product, not a sum: 36,000 ticks of 0.1 s are 3,600 s exactly
        if until < self.plan.length:
            self._until(until)
        elif not self.over.processed:
            self._until(self.over)
            self.running = False
            self.forget()

    def _until(self, until: float | simpy.Event) -> None:
        try:
            self.env.run(until=until)
        except Exception as broken:
            sentence = (
                f"broke {self.env.now:.0f} s into the exercise (seed {self.streams.seed}, replication "
                f"{self.streams.replication}): {type(broken).__name__}: {broken}"
            )
            raise RunError(sentence, self.streams.seed, self.streams.replication) from broken

    def forget(self) -> None:
        """To be called when nobody goes on with an exercise before its end: Mesa 3.3 keeps the agent counter of every model,
        and with it the model, for ever.
        """
        counters = getattr(mesa.Agent, "_ids", None)
        if counters is not None:
            counters.pop(self, None)

    def _unit(self, enlisted: Enlisted) -> Unit:
        platform, group = enlisted.platform, enlisted.group
        unit: Unit
        if platform.family in ("helicopter", "aircraft"):
            make = Helicopter if platform.family == "helicopter" else Aircraft
            host = self.units.get(enlisted.host or "")
            home = host if isinstance(host, Ship) else self._on_plane(self.plan.bases[group.base or ""].at)
            unit = make(self, enlisted.name, platform, enlisted.force, home)
        else:
            place = group.at or self.plan.forces[enlisted.force].at
            assert place is not None  # the reader refuses ships and sites without one
            at, fuel = self._on_plane(place), group.fuel.value if group.fuel is not None else FULL
            if platform.family == "site":
                unit = Site(self, enlisted.name, platform, enlisted.force, at)
            else:
                unit = Ship(self, enlisted.name, platform, enlisted.force, at, self.plan, fuel)
        unit.carries = enlisted.carries
        return unit

    def _on_plane(self, place: Place) -> Point:
        return self.plane.to_plane(place.latitude, place.longitude)

    def _grounds(self) -> list[Shape]:
        """The areas of the schedule; without one, all."""
        plans = self.plan.serials
        used = [area for plan in plans for area in (plan.area, *(each.area for each in plan.alternates))]
        return [shape for name, shape in self.areas.items() if name in used] or list(self.areas.values())

    def _discs(self) -> list[tuple[Point, float]]:
        """Where ships are placed and serials held: centres and radii, m."""
        places = [force.at for force in self.plan.forces.values()]
        places += [group.at for force in self.plan.forces.values() for group in force.units]
        areas = [(shape.centre, shape.reach) for shape in self._grounds()]
        return [*((self._on_plane(place), 0.0) for place in places if place is not None), *areas]

    def _waters(self) -> Circle:
        """Where ships passing by are played: the areas of the schedule and where ships start, and an outlook around."""
        places = [(*shape.centre, shape.reach) for shape in self._grounds()]
        places += [(*unit.position, 0.0) for unit in self.units.values() if isinstance(unit, Ship)]
        west, east = min(x - reach for x, _, reach in places), max(x + reach for x, _, reach in places)
        south, north = min(y - reach for _, y, reach in places), max(y + reach for _, y, reach in places)
        centre = (west + east) / 2, (south + north) / 2
        farthest = max(hypot(x - centre[0], y - centre[1]) + reach for x, y, reach in places)
        return Circle(*centre, farthest + max(self.plan.outlook.value, NEAREST))
