"""Danger areas of a gun: when somebody is in the sector of fire of a ship, or near her line of fire, all three on straight legs.

Seen from the ship that fires, d is her target and r somebody else, both linear in time. He is in the sector when the angle between
them is at most the arc and he is within reach: |r x d| <= tan(arc) (r . d), r . d > 0, |r| <= reach. He is near the line of fire when he is
abeam of it, r . d > 0, |r| <= reach, within a distance of it: |r x d| <= distance |d|. Edges are roots of polynomials of the second degree,
for the line of the fourth; between two of them nothing changes. Nothing here knows of units.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import copysign, hypot, inf, sqrt, tan
from typing import NamedTuple

from sim.geometry import Point, Span

HALVINGS = 200  # at most; a bracket of floats has no more
WITHIN = 0.382  # of a stretch of time, where it is asked what holds on all of it; not its middle, where two may meet by symmetry


class Leg(NamedTuple):
    """Where another is, and how it moves, seen from a ship: m, m/s."""

    x: float
    y: float
    vx: float
    vy: float

    def at(self, time: float) -> Point:
        """Its place so many seconds from now."""
        return self.x + self.vx * time, self.y + self.vy * time


def sector_times(target: Leg, other: Leg, arc: float, reach: float, until: float) -> list[Span]:
    """When another is in the sector of fire, s from now, up to a time. arc: rad to either side, below a quarter turn."""
    cross, dot = _cross(other, target), _dot(other, target)
    slope = tan(arc)
    edges = [[c - sign * slope * d for c, d in zip(cross, dot, strict=True)] for sign in (1.0, -1.0)]

    def inside(time: float) -> bool:
        (x, y), (u, v) = other.at(time), target.at(time)
        return x * u + y * v > 0.0 and abs(x * v - y * u) <= slope * (x * u + y * v) and hypot(x, y) <= reach

    return _spans([*edges, dot, _range(other, reach)], inside, until)


def line_times(target: Leg, other: Leg, distance: float, reach: float, until: float) -> list[Span]:
    """When another is nearer than a distance, m, to the line of fire, s from now, up to a time."""
    cross, dot = _cross(other, target), _dot(other, target)
    edge = _minus(_times(cross, cross), [distance**2 * each for each in _dot(target, target)])

    def inside(time: float) -> bool:
        (x, y), (u, v) = other.at(time), target.at(time)
        return x * u + y * v > 0.0 and abs(x * v - y * u) <= distance * hypot(u, v) and hypot(x, y) <= reach

    return _spans([edge, dot, _range(other, reach)], inside, until)


def _spans(edges: Sequence[Sequence[float]], inside: Callable[[float], bool], until: float) -> list[Span]:
    """Stretches of time on which something holds, that can only change at roots of some polynomials."""
    marks = sorted({0.0, until, *(root for edge in edges for root in roots(edge, until))})
    found: list[Span] = []
    for start, end in pairwise(marks):
        if inside(start + WITHIN * (end - start)):
            if found and found[-1][1] == start:
                start = found.pop()[0]
            found.append((start, end))
    return found


def roots(polynomial: Sequence[float], until: float) -> list[float]:
    """Where a polynomial changes its sign between 0 and a time, to the last bit. Coefficients from the constant up.

    Between two roots of its derivative it is monotone, so that each sign change there has one root: found by halving. Up to the
    second degree in closed form.
    """
    terms = list(polynomial)
    while terms and terms[-1] == 0.0:
        terms.pop()
    if len(terms) < 2 or until <= 0.0:
        return []
    if len(terms) == 2:
        found = [-terms[0] / terms[1]]
    elif len(terms) == 3:
        found = _of_square(*terms)
    else:
        bends = roots([power * each for power, each in enumerate(terms)][1:], until)
        found = [_halved(terms, low, high) for low, high in pairwise([0.0, *bends, until])
                 if _value(terms, low) * _value(terms, high) < 0.0]  # fmt: skip
    return [each for each in found if 0.0 < each < until]


def _of_square(c: float, b: float, a: float) -> list[float]:
    """Roots of a t^2 + b t + c, without losing digits of the smaller one; a double one changes no sign."""
    under = b * b - 4.0 * a * c
    if under <= 0.0:
        return []
    half = -0.5 * (b + copysign(sqrt(under), b))
    return sorted((half / a, c / half))


def _halved(terms: Sequence[float], low: float, high: float) -> float:
    rising = _value(terms, low) < 0.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        if middle in (low, high):
            break
        if (_value(terms, middle) < 0.0) == rising:
            low = middle
        else:
            high = middle
    return high


def _value(terms: Sequence[float], time: float) -> float:
    found = 0.0
    for each in reversed(terms):
        found = found * time + each
    return found


def _cross(one: Leg, two: Leg) -> list[float]:
    return [one.x * two.y - one.y * two.x, one.x * two.vy + one.vx * two.y - one.y * two.vx - one.vy * two.x,
            one.vx * two.vy - one.vy * two.vx]  # fmt: skip


def _dot(one: Leg, two: Leg) -> list[float]:
    return [one.x * two.x + one.y * two.y, one.x * two.vx + one.vx * two.x + one.y * two.vy + one.vy * two.y,
            one.vx * two.vx + one.vy * two.vy]  # fmt: skip


def _range(other: Leg, reach: float) -> list[float]:
    """The square of a range less that of the reach."""
    return _minus(_dot(other, other), [reach * reach]) if reach < inf else []


def _times(one: Sequence[float], two: Sequence[float]) -> list[float]:
    found = [0.0] * (len(one) + len(two) - 1)
    for place, each in enumerate(one):
        for further, other in enumerate(two):
            found[place + further] += each * other
    return found


def _minus(one: Sequence[float], two: Sequence[float]) -> list[float]:
    return [each - (two[place] if place < len(two) else 0.0) for place, each in enumerate(one)]
