"""Ways: marks to pass in turn, each with the length of track to it, and turns with a turning circle.

Courses are in rad clockwise from north, turns likewise: to starboard positive. Lengths in m.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import acos, atan2, ceil, cos, fsum, hypot, pi, sin, sqrt, tau
from typing import NamedTuple

from sim.geometry import Point, course_of

CHORD_ERROR = 5.0  # m; a curve is cut into chords never farther than this from it: less than a ship's beam
HERE = 1e-3  # m; a place so near is reached already
FULL_CIRCLE = 1e-9  # rad short of a full turn; so near it a turn is one of rounding, not one to be made


class Mark(NamedTuple):
    """A place to pass. A chord of a curve takes the time of its arc, so the way is longer than the chord."""

    x: float
    y: float
    way: float
    """m along the track from the mark before."""


def through(start: Point, places: Iterable[Point]) -> list[Mark]:
    """Straight legs through places in turn."""
    marks = []
    for x, y in places:
        marks.append(Mark(x, y, hypot(x - start[0], y - start[1])))
        start = x, y
    return marks


def length(marks: Iterable[Mark]) -> float:
    """All the way, m."""
    return fsum(mark.way for mark in marks)


def arc(start: Point, course: float, turn: float, radius: float, error: float = CHORD_ERROR) -> list[Mark]:
    """A turn on a circle as chords that are nowhere farther from it than the error.

    course: at the start. turn: rad, to starboard positive. The marks lie on the circle, the last at its exact end.
    Raises ValueError unless radius and error are above 0.
    """
    if not (radius > 0.0 and error > 0.0):
        raise ValueError(f"a turn needs a radius and an error above 0, got {radius} and {error}")
    widest = 2.0 * acos(max(0.0, 1.0 - error / radius))  # of the arc above a chord of that height
    count = ceil(abs(turn) / widest)
    side = 1.0 if turn > 0.0 else -1.0
    x, y = start[0] + side * radius * cos(course), start[1] - side * radius * sin(course)
    marks = []
    for number in range(1, count + 1):
        now = course + turn * number / count
        marks.append(
            Mark(x - side * radius * cos(now), y + side * radius * sin(now), radius * abs(turn) / count)
        )
    return marks


def shortest_turn(course: float, wanted: float) -> float:
    """The turn from one course to another the short way, from -pi up to pi."""
    turn = (wanted - course) % tau
    return turn if turn <= pi else turn - tau


def turning_radius(speed: float, rate: float) -> float:
    """Radius of the turning circle, m. speed: m/s. rate: rad/s, above 0."""
    if rate <= 0.0:
        raise ValueError(f"a turning rate must be above 0, got {rate}")
    return speed / rate


class Approach(NamedTuple):
    """A turn on the circle, then straight to a place."""

    turn: float
    """rad, to starboard positive."""
    straight: float
    """m."""


def approach(start: Point, course: float, to: Point, radius: float) -> Approach:
    """The shortest way to a place by one turn and a straight line (Dubins, the course on arrival left free).

    A place inside one turning circle is reached round the other; it is never inside both.
    """
    if hypot(to[0] - start[0], to[1] - start[1]) <= HERE:
        return Approach(0.0, 0.0)
    found: list[tuple[float, Approach]] = []
    for side in (1.0, -1.0):
        dx = to[0] - start[0] - side * radius * cos(course)
        dy = to[1] - start[1] + side * radius * sin(course)
        square = dx * dx + dy * dy - radius * radius
        if square < 0.0:
            continue
        straight = sqrt(square)
        turn = side * (course_of(dx, dy) - course) + atan2(radius, straight)
        turn %= tau
        if turn > tau - FULL_CIRCLE:
            turn = 0.0
        found.append((radius * turn + straight, Approach(side * turn, straight)))
    return min(found, key=lambda each: each[0])[1]


def turn_towards(
    start: Point, course: float, to: Point, radius: float, error: float = CHORD_ERROR
) -> list[Mark]:
    """The marks of the approach to a place: the chords of the turn, then the place itself."""
    way = approach(start, course, to, radius)
    return [*arc(start, course, way.turn, radius, error), Mark(*to, way.straight)]
