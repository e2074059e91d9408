"""The referee: knows the geometry, decides who meets, sees and fouls what, and when; tells nobody more."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

from sim.geometry import Circle, Point, Polygon, Span, crossing_times
from sim.units._agent import Unit
from sim.units.vessel import Vessel

if TYPE_CHECKING:
    from sim.traffic import Traffic
    from sim.weather import Weather

Shape = Circle | Polygon


class Referee:
    """Answers questions of range and sight from exact positions on the present legs."""

    def __init__(self, weather: Weather, traffic: Traffic) -> None:
        self._weather, self._traffic = weather, traffic

    def distance(self, one: Unit, other: Unit) -> float:
        """Between two units, m."""
        (x, y), (u, v) = one.position, other.position
        return hypot(u - x, v - y)

    def sees(self, observer: Unit, place: Point) -> bool:
        """Whether an observer has a place in sight in the present visibility."""
        return observer.distance_to(place) <= self._weather.visibility

    def fouling(self, shape: Shape, vessel: Vessel, until: float) -> list[Span]:
        """When a ship passing by is inside a range, if she does not alter: (enters, leaves), s, in order.

        The times follow from the present leg alone, so that asking again gives the same to the last bit.
        A ship that heeds warnings keeps clear and does not foul anything; nor does one that is gone.
        """
        if vessel.heeds or self._traffic.present.get(vessel.name) is not vessel:
            return []
        leg = vessel.motion
        return shape.spans(leg.x, leg.y, leg.vx, leg.vy, leg.since, max(until, leg.since))

    def closing(self, ship: Unit, vessel: Vessel, distance: float) -> Span | None:
        """When a ship passing by is nearer to another than a distance, m, if neither alters: (enters, leaves), s.

        None when she keeps off, heeds warnings or is gone. The times follow from the two present legs alone.
        """
        if vessel.heeds or self._traffic.present.get(vessel.name) is not vessel:
            return None
        own, her = ship.motion, vessel.motion
        since = max(own.since, her.since)
        (x, y), (u, v) = own.at(since), her.at(since)
        times = crossing_times(u - x, v - y, her.vx - own.vx, her.vy - own.vy, distance)
        if times is None or times[1] <= max(0.0, times[0]):
            return None
        return since + times[0], since + times[1]
