"""Range areas as shapes on the exercise plane."""

from __future__ import annotations

from sim.geodesy import Plane
from sim.geometry import Circle, Point, Polygon
from sim.scenario.places import FARTHEST, Place
from sim.scenario.schema import Area, Scenario


def shape_of(area: Area, plane: Plane) -> Circle | Polygon:
    """The circle, box or polygon of an area, m."""
    if area.radius is not None and area.centre is not None:
        return Circle(*on_plane(area.centre, plane), area.radius.value)
    if area.box is not None:
        (west, south), (east, north) = (on_plane(corner, plane) for corner in area.box)
        return Polygon(((west, south), (east, south), (east, north), (west, north)))
    return Polygon(tuple(on_plane(corner, plane) for corner in area.corners or ()))


def on_plane(place: Place, plane: Plane) -> Point:
    """Where a place is on the plane, m."""
    return plane.to_plane(place.latitude, place.longitude)


def farthest(plan: Scenario) -> float:
    """How far from the datum the places of a scenario may be, m."""
    return FARTHEST if plan.reach is None else plan.reach.value
