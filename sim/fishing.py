"""Fishing fleets: boats that work in company on a ground, leg after leg, and stay within it.

A fleet is a circle about a centre drawn anywhere on its ground. A boat starts anywhere in it, works on courses
drawn anew for each leg, shifts now and then to another place of the fleet's water, and lies still for a leg that would
take her out of it: so places at the ends of legs are uniform over the fleet's water, at first and ever after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import cos, hypot, inf, pi, sin, sqrt
from typing import TYPE_CHECKING, NamedTuple

from sim.geometry import Area, Circle, Point, velocity
from sim.variates import chance, uniform
from sim.voyages import BRIEFEST, Leg

if TYPE_CHECKING:
    from numpy.random import Generator as Draws

TRIES = 10_000  # places drawn before the fleet's centre will do: only for slivers of ground

Drawn = Callable[["Draws"], float]


class Habits(NamedTuple):
    """How the boats of a trade work. leg: draws s. working: draws m/s. shift: chance after each leg. cruise: m/s."""

    leg: Drawn
    working: Drawn
    shift: float
    cruise: float


def fleets(draws: Draws, ground: Area, boats: int, size: Drawn, radius: float) -> Iterator[tuple[Circle, int]]:  # fmt: skip
    """The fleets on a ground, each with its water and its number of boats, until all boats belong to one.

    size: draws how many boats a fleet has; the last has what is left. radius: m.
    """
    left = boats
    while left > 0:
        count = min(left, max(1, round(size(draws))))
        x, y = somewhere(draws, ground)
        yield Circle(x, y, radius), count
        left -= count


def somewhere(draws: Draws, shape: Area) -> Point:
    """A place anywhere in an area, alike everywhere."""
    if isinstance(shape, Circle):
        away, around = shape.radius * sqrt(uniform(draws, 0.0, 1.0)), uniform(draws, 0.0, 2 * pi)
        return shape.x + away * sin(around), shape.y + away * cos(around)
    xs, ys = [x for x, _ in shape.points], [y for _, y in shape.points]
    for _ in range(TRIES):
        place = uniform(draws, min(xs), max(xs)), uniform(draws, min(ys), max(ys))
        if shape.contains(*place):
            return place
    return shape.points[0]


def boat(
    draws: Draws, water: Circle, ground: Area, habits: Habits, watch: Callable[[float], tuple[bool, float]] | None,
    length: float,
) -> Iterator[Leg]:  # fmt: skip
    """The legs of one boat from 0 on, for an exercise of this length, s.

    water: her fleet's. watch: whether she works at a time and until when, s; None for one who always does.
    The first leg is what remains of one under way.
    """
    x, y = _place(draws, water, ground)
    convex = _is_convex(ground)
    time, left = 0.0, uniform(draws, 0.0, 1.0)
    while time < length:
        works, until = (True, inf) if watch is None else watch(time)
        if not works:
            yield Leg(time, until, x, y, 0.0, 0.0)
            time = until
            continue
        vx, vy, span = _next(draws, x, y, water, ground, habits)
        end = min(time + max(BRIEFEST, span * left), until)
        left = 1.0
        if not _keeps_within(ground, convex, water, x, y, vx, vy, end - time):
            vx = vy = 0.0
        yield Leg(time, end, x, y, vx, vy)
        x, y, time = x + vx * (end - time), y + vy * (end - time), end


def _place(draws: Draws, water: Circle, ground: Area) -> Point:
    """Anywhere in a fleet's water that lies on the ground."""
    for _ in range(TRIES):
        place = somewhere(draws, water)
        if ground.contains(*place):
            return place
    return water.centre


def _next(
    draws: Draws, x: float, y: float, water: Circle, ground: Area, habits: Habits
) -> tuple[float, float, float]:
    """The velocity, m/s, and length, s, of her next leg: to another place, or at work on a new course."""
    if chance(draws, habits.shift) and habits.cruise > 0:
        to_x, to_y = _place(draws, water, ground)
        way = hypot(to_x - x, to_y - y)
        if way > habits.cruise * BRIEFEST:
            return (to_x - x) * habits.cruise / way, (to_y - y) * habits.cruise / way, way / habits.cruise
    course, speed, span = uniform(draws, 0.0, 2 * pi), habits.working(draws), habits.leg(draws)
    return *velocity(course, speed), span


def _keeps_within(
    ground: Area, convex: bool, water: Circle, x: float, y: float, vx: float, vy: float, span: float
) -> bool:
    """Whether a leg of that length, s, stays on the ground and in the fleet's water all along."""
    to_x, to_y = x + vx * span, y + vy * span
    if not (water.contains(to_x, to_y) and ground.contains(to_x, to_y)):
        return False
    return convex or ground.spans(x, y, vx, vy, 0.0, span) == [(0.0, span)]


def _is_convex(ground: Area) -> bool:
    """Whether a straight way between two places of an area never leaves it."""
    if isinstance(ground, Circle):
        return True
    corners = ground.points
    turns = [
        (bx - ax) * (cy - by) - (by - ay) * (cx - bx)
        for (ax, ay), (bx, by), (cx, cy) in zip(
            corners, (*corners[1:], *corners[:1]), (*corners[2:], *corners[:2]), strict=True
        )
    ]
    return min(turns) >= 0.0 or max(turns) <= 0.0
