"""The schedule on paper: who takes part in which serial, where everybody comes from, and how long the way is.

Serials begin when they are planned and take their mean durations. Units are given out as the board does it: in the
order of the file, all that are free up to the most a role takes. Ships go at their best speed in the declared sea,
aircraft cruise.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from math import fsum, hypot, inf
from typing import Any

from sim import shelves
from sim.fuel import FULL
from sim.geodesy import Plane
from sim.geometry import Circle, Point, Polygon
from sim.quantities import NAUTICAL_MILE
from sim.scenario.roles import Enlisted, eligible, least_for, muster
from sim.scenario.schema import PRIORITIES, Scenario, Serial
from sim.scenario.shapes import farthest, on_plane, shape_of
from sim.scenario.tree import Path_, Tree
from sim.setting import FARTHEST_CALL

AIRBORNE = ("helicopter", "aircraft")
ROOM = 60 * NAUTICAL_MILE  # m around all places in which land would bend a way


@dataclass
class OnPaper:
    """A unit as the plan has it. at: where it was left, m. free: from when, s. behind: the serial before. fuel: kg."""

    enlisted: Enlisted
    at: Point
    free: float = 0.0
    behind: Booking | None = None
    fuel: float = 0.0
    bookings: list[Booking] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Its name."""
        return self.enlisted.name

    @property
    def stays(self) -> bool:
        """Whether it is a site ashore."""
        return self.enlisted.platform.family == "site"

    @property
    def flies(self) -> bool:
        """Whether it is an aircraft."""
        return self.enlisted.platform.family in AIRBORNE


@dataclass(frozen=True)
class Way:
    """A unit's way to a serial. length: m. speed: m/s. takes: s, all told. gap: s since it was free. call: s before COMEX that
    it is called. behind: number of the serial before.
    """

    unit: OnPaper
    length: float
    speed: float
    takes: float
    gap: float
    call: float
    behind: str | None

    @property
    def has(self) -> float:
        """The time there is for it, s: nobody sets out before he is called."""
        return min(self.gap, self.call)

    @property
    def short(self) -> float:
        """By how much it comes too late, s; below 0 when in time."""
        return self.takes - self.has


@dataclass
class Booking:
    """A serial on paper. path: in the file. begins, ends: s. middle: where it forms up, m; None without an area.

    roles: units by role. missing: by role, how many are lacking and who could take it but is busy. ways: of its units.
    """

    serial: Serial
    path: Path_
    begins: float
    ends: float
    middle: Point | None = None
    roles: dict[str, list[OnPaper]] = field(default_factory=dict)
    missing: dict[str, tuple[int, list[OnPaper]]] = field(default_factory=dict)
    ways: list[Way] = field(default_factory=list)

    @property
    def number(self) -> str:
        """The serial's."""
        return self.serial.serial

    def units(self) -> list[OnPaper]:
        """Everybody in it."""
        return [unit for units in self.roles.values() for unit in units]


class Paper:
    """A whole plan on paper: bookings in the order of their COMEX, units by name."""

    def __init__(self, plan: Scenario, tree: Tree) -> None:
        self.plan, self.tree = plan, tree
        self.plane = Plane(plan.datum.latitude, plan.datum.longitude)
        self.areas = {name: shape_of(area, self.plane) for name, area in plan.areas.items()}
        self.roster = muster(plan)
        self.units: dict[str, OnPaper] = {}
        for each in sorted(self.roster, key=lambda each: each.host is not None):
            self.units[each.name] = self._unit(each)
        self.bookings = [
            Booking(each, ("serials", place), each.comex.value, each.comex.value + each.duration.mean)
            for place, each in enumerate(plan.serials)
        ]
        self.bookings.sort(key=lambda each: (each.begins, PRIORITIES.index(each.serial.priority)))
        for booking in self.bookings:
            self._fill(booking)

    @cached_property
    def sea_state(self) -> int:
        """The declared sea state, or the one the season has most often."""
        environment, season = self.plan.environment, self.plan.season
        if environment.sea_state is not None:
            return environment.sea_state.whole
        assert season is not None  # the reader refuses weather without one or the other
        return max(season.sea_state.states, key=lambda each: each.share.value).code.whole

    def drill(self, booking: Booking) -> Any:
        """The kind of drill of a serial."""
        return shelves.kind("drills", booking.serial.drill)

    def shape(self, booking: Booking) -> Circle | Polygon | None:
        """The area of a serial."""
        return None if booking.serial.area is None else self.areas[booking.serial.area]

    def best(self, unit: OnPaper) -> float:
        """The speed a unit hurries at, m/s."""
        platform = unit.enlisted.platform
        return platform.cruise_speed.value if unit.flies else platform.speed_in(self.sea_state)

    def home(self, unit: OnPaper) -> Point:
        """Where an aircraft starts from and lands: its ship as the plan has her then, or its field."""
        host = self.units.get(unit.enlisted.host or "")
        return host.at if host is not None else unit.at

    def distance(self, start: Point, end: Point, unit: OnPaper) -> float:
        """How far it is, m: by sea for ships, where land may be in the way; infinite when no way leads there."""
        straight = hypot(end[0] - start[0], end[1] - start[1])
        if unit.flies or straight == 0.0 or not self._land:
            return straight
        return self._shores.length(start, end)

    @cached_property
    def _land(self) -> bool:
        from sim.water.land import land_within  # noqa: PLC0415

        afloat = [each.at for each in self.units.values() if not (each.flies or each.stays)]
        xs, ys = zip(*(shape.centre for shape in self.areas.values()), *afloat, strict=True)
        x, y = (min(xs) + max(xs)) / 2.0, (min(ys) + max(ys)) / 2.0
        reach = hypot(max(xs) - min(xs), max(ys) - min(ys)) / 2.0 + ROOM
        return land_within(*self.plane.to_earth(x, y), reach)

    @cached_property
    def _shores(self) -> Any:
        from sim.water.shores import Shores  # noqa: PLC0415  # NumPy, only where there is land

        discs = [(shape.centre, shape.reach) for shape in self.areas.values()]
        return Shores(
            self.plane,
            [*discs, *((each.at, 0.0) for each in self.units.values() if not each.flies and not each.stays)],
            farthest(self.plan),
        )

    def _unit(self, enlisted: Enlisted) -> OnPaper:
        group, platform = enlisted.group, enlisted.platform
        host = self.units.get(enlisted.host or "")
        if host is not None:
            return OnPaper(enlisted, host.at)
        if platform.family in AIRBORNE:
            return OnPaper(enlisted, on_plane(self.plan.bases[group.base or ""].at, self.plane))
        at = group.at or self.plan.forces[enlisted.force].at
        assert at is not None  # the reader refuses ships without a place
        share = FULL if group.fuel is None else group.fuel.value
        fuel = platform.fuel.capacity.value * share if platform.fuel is not None else inf
        return OnPaper(enlisted, on_plane(at, self.plane), fuel=fuel)

    # ----------------------------------------------------------------- filling the roles

    def _fill(self, booking: Booking) -> None:
        """Gives a serial its units and sends them there."""
        declared = self.drill(booking).roles
        taken: set[str] = set()
        for role, selector in booking.serial.roles.items():
            could = [self.units[each.name] for each in eligible(selector, declared[role], self.roster)
                     if each.name not in taken]  # fmt: skip
            most = selector.most.whole if selector.most is not None else len(could)
            least = least_for(selector, declared[role])
            free = [unit for unit in could if unit.free <= booking.begins]
            chosen = sorted(free, key=lambda each: self._is_late(each, booking))[:most]
            chosen = [
                each for at, each in enumerate(chosen) if at < least or not self._is_late(each, booking)
            ]
            if len(chosen) < least:
                busy = sorted((unit for unit in could if unit not in free), key=lambda each: each.free)
                booking.missing[role] = least - len(chosen), busy
            booking.roles[role] = chosen
            taken.update(unit.name for unit in chosen)
        self._send(booking)

    def _is_late(self, unit: OnPaper, booking: Booking) -> bool:
        """Whether an aircraft could not be there at COMEX; then one that can be is sent instead."""
        shape = self.shape(booking)
        return unit.flies and shape is not None and self._way(unit, booking, shape.centre).short > 0.0

    def _send(self, booking: Booking) -> None:
        shape, waits = self.shape(booking), self.drill(booking).roles
        if shape is not None:
            ships = [unit for unit in booking.units() if not (unit.flies or unit.stays)]
            booking.middle = self._rendezvous(booking, shape, ships)
            for role, units in booking.roles.items():
                if not waits[role].waits:
                    booking.ways += [
                        self._way(unit, booking, booking.middle) for unit in units if not unit.stays
                    ]
        for unit in booking.units():
            unit.bookings.append(booking)
            unit.free, unit.behind = booking.ends, booking
            if booking.middle is not None and not (unit.flies or unit.stays):
                unit.at = booking.middle

    def _rendezvous(self, booking: Booking, shape: Circle | Polygon, ships: list[OnPaper]) -> Point:
        """Where ships form up: where they are if that is in the area, else, and for live fire, in its middle."""
        if self.drill(booking).live_fire or not ships:
            return shape.centre
        x = fsum(unit.at[0] for unit in ships) / len(ships)
        y = fsum(unit.at[1] for unit in ships) / len(ships)
        return (x, y) if shape.contains(x, y) else shape.centre

    def _way(self, unit: OnPaper, booking: Booking, to: Point) -> Way:
        sheet, behind = unit.enlisted.platform, unit.behind
        speed, gap = self.best(unit), booking.begins - unit.free
        if not unit.flies:
            length = self.distance(unit.at, to, unit)
            lead = max(FARTHEST_CALL, booking.serial.parameters.set_up.value)  # type: ignore[attr-defined]
            return Way(
                unit, length, speed, length / speed, gap, lead, behind.number if behind is not None else None
            )
        home = self.home(unit)
        length = hypot(to[0] - home[0], to[1] - home[1])
        takes = length / speed + (sheet.launch.mean if sheet.launch else 0.0)
        if behind is not None and behind.middle is not None:
            back = hypot(behind.middle[0] - home[0], behind.middle[1] - home[1]) / speed
            takes += back + fsum(each.mean for each in (sheet.recovery, sheet.turnaround) if each is not None)
        return Way(unit, length, speed, takes, gap, inf, behind.number if behind is not None else None)
