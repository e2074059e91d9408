"""Warning shots: how far ahead of a ship to aim so that no round falls too near, and how near one fell.

The spread at the fall grows with the range, and the range with how far ahead the aim lies. With a spread of k times the range, and
the aim to lie c and s spreads ahead of the bow, the distance D along her course solves D = c + s k |r + D u|, a quadratic: r is
from the gun to her bow, u along her course.
Source: derived as above; the margin in spreads is that of a normal error (Driels, Weaponeering, AIAA 2004).
"""

from __future__ import annotations

from math import hypot, inf, sqrt

from sim.geometry import Point


def aim_ahead(to_bow: Point, course: Point, clear: float, spread: float, spreads: float) -> float:
    """How far ahead of the bow to aim, m; infinite when no aim is far enough.

    to_bow: m, from the gun. course: a unit vector. clear: m that rounds must keep. spread: standard deviation as a share of the
    range. spreads: so many of them are left beside it.
    """
    (x, y), (u, v), slope = to_bow, course, spreads * spread
    square = slope * slope
    if square >= 1.0:
        return inf
    half = clear + square * (x * u + y * v)
    rest = half * half - (1.0 - square) * (clear * clear - square * (x * x + y * y))
    return (half + sqrt(max(0.0, rest))) / (1.0 - square)


def off_hull(fall: Point, middle: Point, course: Point, length: float) -> float:
    """How far from a ship a round has fallen, m: from the line between her bow and her stern.

    fall, middle: m. course: a unit vector. length: m.
    """
    dx, dy = fall[0] - middle[0], fall[1] - middle[1]
    ahead = dx * course[0] + dy * course[1]
    along = min(max(ahead, -length / 2), length / 2)
    return hypot(dx - along * course[0], dy - along * course[1])
