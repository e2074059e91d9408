"""Ships passing by as straight legs known beforehand: an isotropic gas, lanes and ferries, drawn anew each time.

Ships uniform over a disc with courses in all directions stay uniform when they enter at a rate of
2 R v density, at points uniform on the rim and with a course whose angle to the inward normal has a
uniform sine (the equilibrium of an isotropic gas; the same flow as in Koopman's random encounters).
A lane is in equilibrium from the start when its arrivals begin one longest passage before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from math import asin, ceil, cos, floor, fsum, hypot, inf, log1p, pi, sin, sqrt
from typing import TYPE_CHECKING, Literal, NamedTuple

from sim.geometry import Circle, Point, crossing_times
from sim.variates import STANDARD, chance, exponential, poisson, triangular, uniform

if TYPE_CHECKING:
    from numpy.random import Generator as Draws

Spread = Literal["uniform", "triangular", "normal"]
BRIEFEST = 1e-3  # s; a shorter leg would not move a clock that stands at 10^5 s
DEVIATIONS = 2.0  # standard deviations from the axis of a lane to its edge, where its ships spread normally
BELOW = 0.02275013194817921  # chance of a standard normal below -2, a constant so that all machines agree
SAME_SPEED = 1e-9  # relative; nearer speeds are one
HARBOUR = 100.0  # m; the ends of a leg are farther apart
SHARPEST = (
    -0.5
)  # cosine of the sharpest turn of a lane, 120 degrees; one that turned further would lie on itself
MITRE = 2.0  # a corner of a track lies at most so many times its distance from the axis, at the sharpest turn


class Leg(NamedTuple):
    """A straight way. start, end: s. x, y: m at the start. vx, vy: m/s."""

    start: float
    end: float
    x: float
    y: float
    vx: float
    vy: float


class Voyage(NamedTuple):
    """What one ship does in the exercise, leg after leg. heeds: keeps clear of what she is warned of by herself."""

    heeds: bool
    legs: Iterable[Leg]


def within(legs: Iterable[Leg], waters: Circle, length: float) -> Iterator[Leg]:
    """The parts of legs inside a circle, entry and exit in closed form, from 0 to those that begin before the length.

    Legs that go on without a break still do; mere touches are left out.
    """
    for leg in legs:
        if leg.start >= length:
            return
        times = crossing_times(waters.x - leg.x, waters.y - leg.y, -leg.vx, -leg.vy, waters.radius)
        if times is None:
            continue
        start, end = max(0.0, leg.start, leg.start + times[0]), min(leg.end, leg.start + times[1])
        if end - start > BRIEFEST and start < length:
            gone = start - leg.start
            yield Leg(start, end, leg.x + leg.vx * gone, leg.y + leg.vy * gone, leg.vx, leg.vy)


def gas(draws: Draws, waters: Circle, density: float, speed: float, heed: float, length: float) -> Iterator[Voyage]:  # fmt: skip
    """Ships that cross a circle on all courses during an exercise of this length, s, those already there first.

    density: ships per m2. speed: m/s. heed: share that heeds warnings.
    """
    radius = waters.radius
    for _ in range(poisson(draws, density * pi * radius * radius)):
        away, around = radius * sqrt(uniform(draws, 0, 1)), uniform(draws, 0, 2 * pi)
        course = uniform(draws, 0, 2 * pi)
        leg = _across(0.0, away * sin(around), away * cos(around), course, speed, waters)
        yield Voyage(chance(draws, heed), (leg,))
    rate = 2 * radius * speed * density
    if rate <= 0:
        return
    time = exponential(draws, 1 / rate)
    while time < length:
        around = uniform(draws, 0, 2 * pi)
        course = around + pi + asin(uniform(draws, -1, 1))
        leg = _across(time, radius * sin(around), radius * cos(around), course, speed, waters)
        yield Voyage(chance(draws, heed), (leg,))
        time += exponential(draws, 1 / rate)


def _across(time: float, x: float, y: float, course: float, speed: float, waters: Circle) -> Leg:
    """From a place, m from the centre of the waters, straight to their rim."""
    east, north = sin(course), cos(course)
    inward = -(x * east + y * north)
    way = inward + sqrt(max(0.0, waters.radius * waters.radius - (x * x + y * y - inward * inward)))
    end = time + max(way / speed, BRIEFEST) if speed > 0 else inf
    return Leg(time, end, waters.x + x, waters.y + y, speed * east, speed * north)


def lane(
    draws: Draws, axis: Sequence[Point], half: float, spread: Spread, rate: float, forward: float,
    speed: Callable[[Draws], float], slowest: float, heed: float, length: float,
) -> Iterator[Voyage]:  # fmt: skip
    """Ships along a lane in both directions, leg by leg, each at her own distance from the axis.

    axis: m. half: of its width, m. rate: ships per s, both directions together. forward: share that follows the
    axis from its first place to its last. speed: draws m/s, never below the slowest.
    Arrivals are a Poisson process that begins so early that the slowest ship then come has gone by 0.
    """
    if rate <= 0:
        return
    longest = max(_run(beside(axis, side)) for side in (-half, 0.0, half))
    time = -longest / slowest + exponential(draws, 1 / rate)
    while time < length:
        ahead, off = chance(draws, forward), offset(draws, spread, half)
        pace, heeds = speed(draws), chance(draws, heed)
        track = beside(axis, off)
        yield Voyage(heeds, tuple(sailing(time, track if ahead else track[::-1], pace)))
        time += exponential(draws, 1 / rate)


def offset(draws: Draws, spread: Spread, half: float) -> float:
    """How far a ship keeps from the axis of a lane, m to its right; never more than half the width."""
    if spread == "uniform":
        return uniform(draws, -half, half)
    if spread == "triangular":
        return triangular(draws, -half, 0.0, half)
    share = BELOW + (1.0 - 2.0 * BELOW) * uniform(draws, 0.0, 1.0)
    return min(half, max(-half, half / DEVIATIONS * STANDARD.inv_cdf(share)))


def sailing(start: float, track: Sequence[Point], speed: float) -> Iterator[Leg]:
    """The legs of a ship that follows a track at one speed, m/s."""
    for (x, y), (to_x, to_y) in pairwise(track):
        way = hypot(to_x - x, to_y - y)
        end = start + way / speed
        yield Leg(start, end, x, y, (to_x - x) * speed / way, (to_y - y) * speed / way)
        start = end


def beside(axis: Sequence[Point], off: float) -> list[Point]:
    """The track that keeps a distance from an axis, m to its right, all along: its corners lie on the bisectors."""
    rights = []
    for (x, y), (to_x, to_y) in pairwise(axis):
        way = hypot(to_x - x, to_y - y)
        rights.append(((to_y - y) / way, (x - to_x) / way))
    corners = []
    for (x, y), before, after in zip(axis, [rights[0], *rights], [*rights, rights[-1]], strict=True):
        open_ = 1.0 + before[0] * after[0] + before[1] * after[1]
        corners.append((x + off * (before[0] + after[0]) / open_, y + off * (before[1] + after[1]) / open_))
    return corners


def _run(track: Sequence[Point]) -> float:
    return fsum(hypot(to_x - x, to_y - y) for (x, y), (to_x, to_y) in pairwise(track))


def slowness(low: float, mode: float, high: float) -> float:
    """The mean of one over a triangular speed, in one over its unit: what a lane's mean number afloat goes by.

    low: above 0. Source: integral of the density over v, in closed form.
    """
    if high - low <= SAME_SPEED * mode:
        return 1.0 / mode
    rising, falling = (mode - low) / low, (high - mode) / mode
    first = 1.0 - log1p(rising) / rising if rising > SAME_SPEED else 0.0
    second = log1p(falling) * high / (high - mode) - 1.0 if falling > SAME_SPEED else 0.0
    return 2.0 / (high - low) * (first + second)


def ferry(
    draws: Callable[[int], Draws], ends: tuple[Point, Point], departs: float, every: float, speed: float,
    turnaround: float, delay: Callable[[Draws], float], heed: float, length: float,
) -> Iterator[Voyage]:  # fmt: skip
    """The boats of a ferry, back and forth by the timetable; each departure falls to the boats in turn.

    draws: of a boat, counted from 1. departs: one departure from the first end, s; others every so many seconds
    before and after. delay: draws how much later than due a boat leaves, s.
    """
    away = hypot(ends[1][0] - ends[0][0], ends[1][1] - ends[0][1]) / speed
    boats = max(1, ceil(2 * (away + turnaround) / every))
    first = floor(-departs / every) - 2 * boats  # a whole round before: whoever is at sea at 0 is there
    for boat in range(boats):
        yours = draws(boat + 1)
        due = range(first + (boat - first) % boats, ceil((length - departs) / every) + 1, boats)
        heeds = chance(yours, heed)
        legs = _rounds(
            yours, ends, [departs + every * number for number in due], speed, away, turnaround, delay
        )
        yield Voyage(heeds, legs)


def _rounds(
    draws: Draws, ends: tuple[Point, Point], dues: Sequence[float], speed: float, away: float, turnaround: float,
    delay: Callable[[Draws], float],
) -> Iterator[Leg]:  # fmt: skip
    """Out and home for each departure due; a boat that comes in late leaves again at once."""
    there = -inf
    for due in dues:
        for track, planned in ((ends, due), (ends[::-1], due + away + turnaround)):
            leaves = max(planned, there) + delay(draws)
            yield from sailing(leaves, track, speed)
            there = leaves + away


def near(track: Sequence[Point], half: float, waters: Circle) -> bool:
    """Whether a lane of that half width, or a way of none, comes near a circle at all."""
    reach = waters.radius + MITRE * half
    for (x, y), (to_x, to_y) in pairwise(track):
        dx, dy, px, py = to_x - x, to_y - y, waters.x - x, waters.y - y
        share = min(1.0, max(0.0, (px * dx + py * dy) / (dx * dx + dy * dy)))
        if hypot(px - share * dx, py - share * dy) <= reach:
            return True
    return False


def unsailable(track: Sequence[Point], half: float) -> Iterator[tuple[int, str]]:
    """Why no lane of that half width, m, can lie along a track: the number of a place, from 0, and the fault.

    Places that are one, turns too sharp, and legs shorter than the corners on the inside of their turns.
    """
    same = [
        index
        for index, (one, other) in enumerate(pairwise(track), 1)
        if hypot(other[0] - one[0], other[1] - one[1]) < HARBOUR
    ]
    yield from ((index, f"is the same place as the one before (nearer than {HARBOUR:g} m)") for index in same)
    if same or len(track) < 2:
        return
    units = []
    for (x, y), (to_x, to_y) in pairwise(track):
        way = hypot(to_x - x, to_y - y)
        units.append(((to_x - x) / way, (to_y - y) / way))
    turns = [ux * vx + uy * vy for (ux, uy), (vx, vy) in pairwise(units)]
    sharp = [index for index, cosine in enumerate(turns, 1) if cosine < SHARPEST]
    yield from ((index, "turns by more than 120 degrees; write two lanes") for index in sharp)
    if sharp:
        return
    corners = [0.0, *(half * sqrt((1.0 - cosine) / (1.0 + cosine)) for cosine in turns), 0.0]
    for index, ((x, y), (to_x, to_y)) in enumerate(pairwise(track)):
        if hypot(to_x - x, to_y - y) <= corners[index] + corners[index + 1]:
            yield index + 1, "lies nearer to the place before than the lane is wide at its turns"
