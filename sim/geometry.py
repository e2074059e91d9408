"""Plane geometry: courses, closest approach, range crossings, intercepts, and the areas a track passes through.

x is east and y is north, in metres; times in seconds; a course is in radians clockwise from north.
Relative positions and velocities are target minus own.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

Point = tuple[float, float]
Span = tuple[float, float]

SLACK = 1e-6  # m; above the rounding of a position after days of running, below anything that matters at sea
SAME_SPEED = 1e-12  # relative; a speed rebuilt from its components differs from the ordered one by rounding


class Intercept(NamedTuple):
    """Where a unit meets a moving target when it turns at once and holds its speed."""

    time: float
    """s from now."""
    course: float
    """rad, to steer."""
    x: float
    """m, the meeting point east of where the unit is now."""
    y: float
    """m, likewise north."""


def course_of(dx: float, dy: float) -> float:
    """The compass course along a vector, rad, from 0 up to but not including 2 pi; 0 for no vector."""
    course = math.atan2(dx, dy) % math.tau
    return course if course < math.tau else 0.0  # a course of -1e-20 is rounded up to a full turn


def velocity(course: float, speed: float) -> Point:
    """The east and north components of a speed along a course in rad."""
    return speed * math.sin(course), speed * math.cos(course)


def closest_approach(dx: float, dy: float, vx: float, vy: float) -> tuple[float, float]:
    """Time to the closest approach from now on, and the distance then.

    dx, dy: m, target minus own. vx, vy: m/s, likewise.
    Returns (s, m); the time is 0 when the contact is opening or keeps its place.
    """
    speed = math.hypot(vx, vy)
    if speed == 0.0:
        return 0.0, math.hypot(dx, dy)
    ux, uy = vx / speed, vy / speed
    ahead = -(dx * ux + dy * uy)
    if ahead <= 0.0:
        return 0.0, math.hypot(dx, dy)
    return ahead / speed, abs(dx * uy - dy * ux)


def crossing_times(dx: float, dy: float, vx: float, vy: float, radius: float) -> tuple[float, float] | None:
    """When a straight relative track enters and leaves a circle around own place.

    dx, dy: m, target minus own. vx, vy: m/s, likewise. radius: m.
    Returns seconds from now, enter before leave; None when the whole line stays outside.
    Enter is negative when already inside; both are negative when the circle was crossed in the past.
    A tangent touches: it enters and leaves at the same moment. A contact that keeps its place inside or on the
    circle gives (-inf, inf). Raises ValueError on a negative radius.
    """
    if radius < 0.0:
        raise ValueError(f"a radius cannot be negative, got {radius}")
    speed = math.hypot(vx, vy)
    distance = math.hypot(dx, dy)
    if speed == 0.0 or math.isinf(radius):
        return (-math.inf, math.inf) if distance <= radius else None
    ux, uy = vx / speed, vy / speed
    miss = abs(dx * uy - dy * ux)
    if miss > radius:
        return None
    ahead = -(dx * ux + dy * uy)
    half = math.sqrt((radius - miss) * (radius + miss))
    # The smaller root from the product of the two, so that its sign agrees with being inside or outside now.
    product = (distance - radius) * (distance + radius)
    if ahead > 0.0:
        leave = ahead + half
        enter = min(product / leave, leave)
    elif ahead < 0.0:
        enter = ahead - half
        leave = max(product / enter, enter)
    else:
        enter, leave = -half, half
    return enter / speed, leave / speed


def intercept(dx: float, dy: float, vx: float, vy: float, speed: float) -> Intercept | None:
    """The earliest meeting with a target on a straight track.

    dx, dy: m, target minus own. vx, vy: m/s, the target's velocity over the ground. speed: m/s, own.
    Returns None when the target cannot be met. A target at own place is met at once, on the target's course.
    Raises ValueError on a negative speed.
    Source: law of sines for the lead angle (Maneuvering Board Manual).
    """
    if speed < 0.0:
        raise ValueError(f"a speed cannot be negative, got {speed}")
    distance = math.hypot(dx, dy)
    if distance == 0.0:
        return Intercept(0.0, course_of(vx, vy), 0.0, 0.0)
    opening = (dx * vx + dy * vy) / distance
    across = abs(dx * vy - dy * vx) / distance
    target_speed = math.hypot(vx, vy)
    same = math.isclose(speed, target_speed, rel_tol=SAME_SPEED)
    if across > speed and not same:
        return None
    along = math.sqrt(max(0.0, (speed - across) * (speed + across)))
    if same:
        closing = -2.0 * opening
    elif opening > 0.0:  # the difference of two near numbers, written as a product
        closing = (speed - target_speed) * (speed + target_speed) / (along + opening)
    else:
        closing = along - opening
    if closing <= SAME_SPEED * speed:
        return None
    time = distance / closing
    x, y = dx + vx * time, dy + vy * time
    return Intercept(time, course_of(x, y), x, y)


def change_of_station(
    x0: float, y0: float, x1: float, y1: float, guide_vx: float, guide_vy: float, speed: float
) -> Intercept | None:
    """The quickest change from one station on a moving guide to another.

    x0, y0: m, present station relative to the guide. x1, y1: m, the ordered one.
    guide_vx, guide_vy: m/s, the guide's velocity. speed: m/s, own.
    Returns the smallest time T for which |v_guide + shift / T| equals the speed; None when there is none.
    The meeting point is over the ground, from where the unit is now.
    """
    return intercept(x1 - x0, y1 - y0, guide_vx, guide_vy, speed)


@dataclass(frozen=True, slots=True)
class Circle:
    """A round area. Frozen; its rim belongs to it."""

    x: float
    y: float
    radius: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.x) and math.isfinite(self.y) and 0.0 < self.radius < math.inf):
            raise ValueError(f"a circle needs a finite centre and a positive, finite radius, got {self}")

    @property
    def centre(self) -> Point:
        """Its middle, m."""
        return self.x, self.y

    @property
    def reach(self) -> float:
        """Greatest distance from the centre to the rim, m."""
        return self.radius

    @property
    def size(self) -> float:
        """Area, m2."""
        return math.pi * self.radius * self.radius

    def contains(self, x: float, y: float) -> bool:
        """Whether a place is in the area or within SLACK of it."""
        return math.hypot(x - self.x, y - self.y) <= self.radius + SLACK

    def spans(self, x: float, y: float, vx: float, vy: float, start: float, end: float) -> list[Span]:
        """When a straight track is inside, as (enter, leave) in order; see `Polygon.spans`."""
        speed, length = _run(vx, vy, start, end)
        if length <= SLACK:
            return [(start, end)] if self.contains(x, y) else []
        times = crossing_times(self.x - x, self.y - y, -vx, -vy, self.radius)
        return [] if times is None else _clipped([times], speed, start, end)


@dataclass(frozen=True, slots=True)
class Polygon:
    """An area with straight edges, convex or not. Frozen; its edges belong to it.

    points: the corners in order, either way round, without repeating the first (a repeat at the end is dropped).
    Raises ValueError for fewer than three corners, no area, or edges that meet anywhere but at their shared corner.
    """

    points: tuple[Point, ...]
    centre: Point = field(init=False, repr=False, compare=False)
    """Centre of its area, m; it can lie outside a concave polygon."""
    reach: float = field(init=False, repr=False, compare=False)
    """Greatest distance from the centre to a corner, m."""
    size: float = field(init=False, repr=False, compare=False)
    """Area, m2."""

    def __post_init__(self) -> None:
        points = tuple((float(x), float(y)) for x, y in self.points)
        if len(points) > 1 and points[0] == points[-1]:
            points = points[:-1]
        _refuse_faults(points)
        x0, y0 = points[0]
        doubled = moment_x = moment_y = 0.0
        for a, b in _edges(points):
            cross = _side(points[0], a, b)  # about a corner: far from the datum the digits would be lost
            doubled += cross
            moment_x += cross * (a[0] + b[0] - 2.0 * x0)
            moment_y += cross * (a[1] + b[1] - 2.0 * y0)
        centre = (x0 + moment_x / (3.0 * doubled), y0 + moment_y / (3.0 * doubled))
        object.__setattr__(self, "points", points)
        object.__setattr__(self, "centre", centre)
        object.__setattr__(self, "reach", max(math.dist(centre, point) for point in points))
        object.__setattr__(self, "size", abs(doubled) / 2.0)

    def contains(self, x: float, y: float) -> bool:
        """Whether a place is in the area or within SLACK of its edges."""
        if math.hypot(x - self.centre[0], y - self.centre[1]) > self.reach + SLACK:
            return False
        inside = False
        for (ax, ay), (bx, by) in _edges(self.points):
            if _distance_to_edge(x, y, ax, ay, bx, by) <= SLACK:
                return True
            if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
                inside = not inside
        return inside

    def spans(self, x: float, y: float, vx: float, vy: float, start: float, end: float) -> list[Span]:
        """When a straight track is inside, as (enter, leave) in order.

        x, y: m, the place at time `start`. vx, vy: m/s. start, end: s; end may be inf.
        The first enter is `start` when already inside, the last leave `end` when still inside. Running along an
        edge is inside; touching a corner from outside is not a stay and is left out. A track that does not move
        gives [(start, end)] or nothing. Raises ValueError when end is before start.
        """
        speed, length = _run(vx, vy, start, end)
        if length <= SLACK:
            return [(start, end)] if self.contains(x, y) else []
        ux, uy = vx / speed, vy / speed
        # Along the track in metres; the circle around the area bounds an endless one.
        near = crossing_times(self.centre[0] - x, self.centre[1] - y, -ux, -uy, self.reach + 1.0)
        if near is None or near[1] <= 0.0:
            return []
        first, last = max(0.0, near[0]), min(length, near[1])
        marks = [first, last]
        for (ax, ay), (bx, by) in _edges(self.points):
            side_a, side_b = ux * (ay - y) - uy * (ax - x), ux * (by - y) - uy * (bx - x)
            along_a, along_b = ux * (ax - x) + uy * (ay - y), ux * (bx - x) + uy * (by - y)
            if abs(side_a) <= SLACK:  # the far corner is the near one of the next edge
                marks.append(along_a)
            if (side_a < 0.0) != (side_b < 0.0):
                marks.append(along_a + (along_b - along_a) * (side_a / (side_a - side_b)))
        ordered = sorted(mark for mark in marks if first <= mark <= last)
        stays: list[Span] = []
        for enter, leave in pairwise(ordered):
            middle = enter + (leave - enter) / 2.0
            if enter == leave or not self.contains(x + ux * middle, y + uy * middle):
                continue
            if stays and stays[-1][1] == enter:
                stays[-1] = (stays[-1][0], leave)
            else:
                stays.append((enter, leave))
        return _clipped([(enter / speed, leave / speed) for enter, leave in stays], speed, start, end)


Area = Circle | Polygon


def box(west: float, south: float, east: float, north: float) -> Polygon:
    """The upright rectangle between two meridians and two parallels of the plane, m."""
    return Polygon(((west, south), (east, south), (east, north), (west, north)))


def _run(vx: float, vy: float, start: float, end: float) -> tuple[float, float]:
    """The speed of a track, m/s, and how far it runs between two times, m."""
    if end < start:
        raise ValueError(f"a track cannot end at {end} before it starts at {start}")
    speed = math.hypot(vx, vy)
    return speed, speed * (end - start) if speed > 0.0 else 0.0  # 0 * inf is no number


def _clipped(stays: list[Span], speed: float, start: float, end: float) -> list[Span]:
    """Stays in s after `start` as clock times between start and end, without mere touches."""
    duration = end - start
    near = SLACK / speed
    spans: list[Span] = []
    for raw_enter, raw_leave in stays:
        # The given start and end themselves, not a sum that differs from them in the last bits.
        enter = start if raw_enter <= near else start + raw_enter
        leave = end if raw_leave >= duration - near else start + raw_leave
        if min(duration, raw_leave) - max(0.0, raw_enter) > near and enter < leave:
            spans.append((enter, leave))
    return spans


def _edges(points: Sequence[Point]) -> list[tuple[Point, Point]]:
    """The edges of a closed ring, each from its near corner to its far one."""
    return list(zip(points, [*points[1:], points[0]], strict=True))


def _distance_to_edge(x: float, y: float, ax: float, ay: float, bx: float, by: float) -> float:
    """Distance from a place to a line segment, m."""
    ex, ey = bx - ax, by - ay
    share = min(1.0, max(0.0, ((x - ax) * ex + (y - ay) * ey) / (ex * ex + ey * ey)))
    return math.hypot(x - ax - share * ex, y - ay - share * ey)


def _refuse_faults(points: Sequence[Point]) -> None:
    """Raise ValueError, naming the corners counted from 1, unless the ring is a simple polygon."""
    if len(points) < 3:
        raise ValueError(f"a polygon needs at least 3 corners, got {len(points)}: {tuple(points)}")
    if not all(math.isfinite(number) for point in points for number in point):
        raise ValueError(f"a polygon needs finite numbers, got {tuple(points)}")
    edges = _edges(points)
    count = len(edges)
    for i, (a, b) in enumerate(edges, 1):
        if math.dist(a, b) <= SLACK:
            raise ValueError(f"corners {i} and {i % count + 1} of a polygon are the same place: {a}")
    far = max(points, key=lambda point: math.dist(points[0], point))
    if all(abs(_side(points[0], far, point)) <= SLACK * math.dist(points[0], far) for point in points):
        raise ValueError(f"a polygon needs an area, got corners on one line: {tuple(points)}")
    for i, (a, b) in enumerate(edges):
        for j in range(i + 1, count):
            c, d = edges[j]
            neighbours = j == i + 1 or (j + 1) % count == i
            if _folds_back(a, b, c, d) if neighbours else _meet(a, b, c, d):
                raise ValueError(
                    f"a polygon must not cross or touch itself: the edge from corner {i + 1} {a} to {b} "
                    f"meets the edge from corner {j + 1} {c} to {d}"
                )


def _side(a: Point, b: Point, p: Point) -> float:
    """Positive when p lies to the left of the line from a to b, zero on it."""
    return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])


def _folds_back(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether two edges that share a corner lie on each other."""
    tip, corner, other = (a, b, d) if b == c else (b, a, c)
    return (
        _distance_to_edge(*tip, *corner, *other) <= SLACK or _distance_to_edge(*other, *corner, *tip) <= SLACK
    )


def _meet(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether two edges without a shared corner have a point in common."""
    if (_side(a, b, c) > 0.0) != (_side(a, b, d) > 0.0) and (_side(c, d, a) > 0.0) != (_side(c, d, b) > 0.0):
        return True
    ends = ((a, c, d), (b, c, d), (c, a, b), (d, a, b))
    return any(_distance_to_edge(*p, *near, *far) <= SLACK for p, near, far in ends)
