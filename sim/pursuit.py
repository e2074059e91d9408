"""Pure pursuit: the curve of one who always steers for a target on a straight course, in closed form.

With r the distance, f the angle between the target's heading and the line of sight to it, n the ratio of the
pursuer's speed to the target's and w = tan(f / 2), the curve is r = C (w^(n-1) + w^(n+1)), and
r (v + u cos f) falls at the steady rate v^2 - u^2: from it the time, and the time of capture at r = 0.
Source: Nahin, Chases and Escapes (2007), chapter 1.
"""

from __future__ import annotations

from math import atan, hypot, inf, pow, sqrt, tan
from typing import NamedTuple

from sim.geometry import Point
from sim.ways import Mark

IN_LINE = (
    1e-9  # rad off the line of sight; a curve so flat bends less than a millimetre over a thousand miles
)
WIDEST_STEP = (
    1e-6  # share of the angle left after the boldest step that is tried; the tail of a curve is straight
)


class Chase(NamedTuple):
    """How a pursuit ends."""

    time: float
    """s from now to capture."""
    pursuer_way: float
    """m run by the pursuer."""
    target_way: float
    """m run by the target."""


def pure_pursuit(dx: float, dy: float, vx: float, vy: float, speed: float) -> Chase | None:
    """When one who always steers for a target catches it, if it keeps its course.

    dx, dy: m, target minus own. vx, vy: m/s, the target's velocity. speed: m/s, own.
    None when it never does: a pursuer no faster than the target, unless that comes straight at him.
    Raises ValueError on a negative speed.
    """
    if speed < 0.0:
        raise ValueError(f"a speed cannot be negative, got {speed}")
    distance, target_speed = hypot(dx, dy), hypot(vx, vy)
    opening = dx * vx + dy * vy
    if distance == 0.0:
        return Chase(0.0, 0.0, 0.0)
    if abs(dx * vy - dy * vx) <= IN_LINE * distance * target_speed and opening <= 0.0:
        closing = speed + target_speed
        time = distance / closing if closing > 0.0 else inf
    elif speed > target_speed:
        time = (distance * speed + opening) / ((speed - target_speed) * (speed + target_speed))
    else:
        time = inf
    return None if time == inf else Chase(time, speed * time, target_speed * time)


def pursuit_marks(dx: float, dy: float, vx: float, vy: float, speed: float, error: float) -> list[Mark]:
    """The pursuit curve as chords, from the pursuer's place: marks on the curve, the last where he captures.

    No chord is farther than the error from the curve: a curve that turns by a over a length s stays within
    s / 2 tan(a / 2) of its chord. The way to each mark is the length of the curve, so speed times time.
    Empty when there is no capture, or nothing to run. Raises ValueError unless the error is above 0.
    """
    if error <= 0.0:
        raise ValueError(f"a pursuit curve needs an error above 0, got {error}")
    chase = pure_pursuit(dx, dy, vx, vy, speed)
    if chase is None or chase.time == 0.0:
        return []
    curve = _Curve(dx, dy, vx, vy, speed, chase.time)
    marks: list[Mark] = []
    share, time, step = 1.0, 0.0, WIDEST_STEP
    while not curve.is_flat(share, 0.0, chase.time - time, error):
        step = max(WIDEST_STEP, step * step)
        while not curve.is_flat(share, share * step, curve.time(share * step) - time, error):
            step = sqrt(step)
        share *= step
        before, time = time, curve.time(share)
        marks.append(Mark(*curve.place(share, time), speed * (time - before)))
    marks.append(Mark(dx + vx * chase.time, dy + vy * chase.time, speed * (chase.time - time)))
    return marks


class _Curve:
    """A pursuit curve by the share of w left: 1 at the start, 0 at capture."""

    def __init__(self, dx: float, dy: float, vx: float, vy: float, speed: float, capture: float) -> None:
        self._dx, self._dy, self._vx, self._vy = dx, dy, vx, vy
        self._speed, self._capture = speed, capture
        self._distance, self._target = hypot(dx, dy), hypot(vx, vy)
        self._is_straight = True
        if self._target == 0.0:
            return
        self._ux, self._uy = vx / self._target, vy / self._target
        along, across = dx * self._ux + dy * self._uy, self._ux * dy - self._uy * dx
        self._side = 1.0 if across > 0.0 else -1.0
        across = abs(across)
        self._is_straight = across <= IN_LINE * self._distance
        if not self._is_straight:
            near = self._distance + abs(along)
            self._w = across / near if along >= 0.0 else near / across
            self._ratio = speed / self._target

    def is_flat(self, share: float, later: float, seconds: float, error: float) -> bool:
        """Whether one chord does from one share to a later one, so many seconds of the pursuer's way."""
        if self._is_straight:
            return True
        turned = atan(self._w * share) - atan(self._w * later)  # half the turn of the line of sight
        return self._speed * seconds / 2.0 * tan(turned) <= error

    def distance(self, share: float) -> float:
        """Pursuer to target, m."""
        square = self._w * self._w
        low, high = pow(share, self._ratio - 1.0), pow(share, self._ratio + 1.0)
        return self._distance * (low + square * high) / (1.0 + square)

    def time(self, share: float) -> float:
        """s since the start."""
        square = self._w * self._w * share * share
        cosine = (1.0 - square) / (1.0 + square)
        left = self.distance(share) * (self._speed + self._target * cosine)
        fall = (self._speed - self._target) * (self._speed + self._target)
        return self._capture - left / fall

    def place(self, share: float, time: float) -> Point:
        """The pursuer's place, m from where he began."""
        w = self._w * share
        cosine, sine = (1.0 - w * w) / (1.0 + w * w), self._side * 2.0 * w / (1.0 + w * w)
        away = self.distance(share)
        x = self._dx + self._vx * time - away * (cosine * self._ux - sine * self._uy)
        y = self._dy + self._vy * time - away * (cosine * self._uy + sine * self._ux)
        return x, y
