"""The referee: knows the geometry, decides who meets, sees and fouls what, and when; tells nobody more."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

from sim.geometry import Circle, Point, Polygon
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

    def fouling(self, shape: Shape, now: float, until: float) -> list[tuple[float, float, Vessel]]:
        """Who will be inside a range and when, among those now passing by, if nobody alters course.

        Gives (enters, leaves, vessel), first to enter first, whoever is inside already included. The times
        follow from the present leg alone, so that asking again gives the same to the last bit.
        Ships that heed warnings keep clear and do not count.
        """
        found: list[tuple[float, float, Vessel]] = []
        for vessel in self._traffic.present:
            if vessel.heeds:
                continue
            leg = vessel.motion
            for enters, leaves in shape.spans(leg.x, leg.y, leg.vx, leg.vy, leg.since, max(until, leg.since)):
                if leaves > max(enters, now):
                    found.append((enters, leaves, vessel))
        found.sort(key=lambda each: each[0])
        return found
