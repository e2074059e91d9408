"""Assembly: how units come to a serial that has been granted them, and who takes the place of one that cannot."""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum, inf

from sim.board import Board
from sim.geometry import Point
from sim.log import kind
from sim.quantities import NAUTICAL_MILE
from sim.serial import LiveSerial, Waters
from sim.setting import SHORTEST
from sim.units._agent import Process, Unit
from sim.units.aircraft import Aircraft
from sim.units.ship import Ship

SUBSTITUTED = kind("substituted", "Another unit takes the place of one that cannot.", role="text")

SPACING = NAUTICAL_MILE  # between stations while a serial forms up
AT_STATION = 50.0  # m: where a ship has taken her station
MARGIN = 10 * 60.0  # s between forming up and COMEX, for orders and the last checks

Trouble = tuple[str, int | None]  # why a serial cannot start now, and the record behind it


class Assembly:
    """The units of one attempt at a serial on their way to it.

    blamed: why a ship that comes late is late: she was called late, or the serial before kept her.
    """

    def __init__(self, exercise: Waters, board: Board, live: LiveSerial) -> None:
        self.exercise, self.board, self.live = exercise, board, live
        self.blamed = "transit"
        self._joining: dict[str, Trouble] = {}
        self._stations: dict[str, Point] = {}  # of those who are on their way
        self._middle: Point = (0.0, 0.0)
        self._formed = 0

    def form_up(self, in_the_middle: bool) -> None:
        """All ships begin to make their way to stations in the area."""
        ships = self.live.ships()
        self._middle, self._formed = (
            self.live.centre if in_the_middle else self._rendezvous(ships),
            len(ships),
        )
        for ship, station in zip(ships, stations(self._middle, len(ships)), strict=True):
            self._send(ship, station, self.live.last)

    def under_way(self) -> Iterator[Trouble]:
        """Why each ship not yet on her station is late, and the record behind that."""
        return (self._joining[ship.name] for ship in self.live.ships() if ship.name in self._joining)

    def leave_behind(self, until: float) -> None:
        """Ships that cannot be on their stations by a time, s, at their best speed are not waited for, while enough others are there."""
        live = self.live
        for role in live.roles:
            for ship in [
                each for each in live.units(role) if each.name in self._stations and isinstance(each, Ship)
            ]:
                station, best = self._stations[ship.name], ship.max_speed
                if best <= 0.0 and live.now < until - SHORTEST:
                    continue  # her defect may be mended yet
                if best > 0.0 and live.now + ship.way_to(station) / best <= until + SHORTEST:
                    continue
                if len(live.units(role)) > live.least(role):
                    live.drop_out(ship, role, *self._joining[ship.name])
                    del self._joining[ship.name], self._stations[ship.name]

    def check(self, roles: list[str]) -> None:
        """Aircraft pass their checks and start, or another unit takes their place, or nobody."""
        for role in roles:
            for unit in self.live.units(role):
                if isinstance(unit, Aircraft) and unit.phase == "home":
                    if unit.check(self.live.number, self.live.last):
                        self._join(unit, self.live.last)
                    else:
                        self.replace(role, unit, "aircraft", unit.why)

    def replace(self, role: str, unit: Unit, reason: str, cause: int | None) -> None:
        """A unit drops out; another takes its place if there is one."""
        self.live.drop_out(unit, role, reason, cause)
        self.fill(role, unit)

    def fill(self, role: str, missing: Unit | None = None) -> bool:
        """Another unit for a role, if there is one; aircraft only when they pass their checks."""
        live = self.live
        while (other := self.board.substitute(live, role)) is not None:
            if isinstance(other, Aircraft) and not other.check(live.number, live.last):
                live.drop_out(other, role, "aircraft", other.why)
                continue
            behind = live.lost[role][1] if role in live.lost else live.last
            self._join(other, live.write(SUBSTITUTED, other, missing, cause=behind, role=role))
            return True
        return False

    def _rendezvous(self, ships: list[Ship]) -> Point:
        """Where to form up: where the ships are, when that is in the area; else in its middle.

        Without an area at the ship that is nearest to all others, so that nobody goes back for one who is far behind.
        """
        shape = self.live.shape
        if not ships:
            return self.live.centre
        if shape is None:
            return min(
                (ship.position for ship in ships),
                key=lambda place: fsum(each.distance_to(place) for each in ships),
            )
        x = fsum(ship.position[0] for ship in ships) / len(ships)
        y = fsum(ship.position[1] for ship in ships) / len(ships)
        return (x, y) if shape.contains(x, y) else shape.centre

    def _join(self, unit: Unit, cause: int | None) -> None:
        """A unit makes its way to the serial."""
        live = self.live
        if isinstance(unit, Aircraft):
            if live.on_call(unit):
                return
            live.start(unit.sortie(live.centre, max(live.planned, self.live.now), live.number, cause))
        elif isinstance(unit, Ship):
            self._formed += 1
            self._send(unit, stations(self._middle, self._formed)[-1], cause)

    def _send(self, ship: Ship, station: Point, cause: int | None) -> None:
        station = ship.divert(station, cause)
        if ship.distance_to(station) > AT_STATION:
            trouble = self._joining[ship.name] = (self.blamed, cause)
            self._stations[ship.name] = station
            self.live.start(self._to_station(ship, station, trouble))

    def _to_station(self, ship: Ship, station: Point, trouble: Trouble) -> Process:
        """Cruises when there is time, hurries when there is not; goes on when a defect on the way is mended."""
        cause = trouble[1]
        while ship.distance_to(station) > AT_STATION:
            if not self.live.has(ship) or self._joining.get(ship.name) is not trouble:
                return  # dropped out, and perhaps back in the meantime
            if ship.max_speed <= 0 or not ship.way(station, cause):
                yield self.exercise.news.rung
                continue
            left, away = self.live.planned - MARGIN / 2 - self.live.now, ship.way_to(station)
            speed = max(ship.cruise_speed, min(ship.max_speed, away / left if left > 0 else inf))
            yield from ship.transit(station, speed, cause)
        del self._joining[ship.name], self._stations[ship.name]
        self.exercise.news.ring()


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
