"""Pure pursuit: time and ways in closed form, and the curve cut into chords."""

import math
from bisect import bisect_left
from itertools import accumulate, pairwise

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from sim.geometry import velocity
from sim.pursuit import pure_pursuit, pursuit_marks

NMI, HOUR = 1852.0, 3600.0
KNOT = NMI / HOUR


def step(dx, dy, vx, vy, speed, time, share, steps):
    """Where a pursuer is after a share of the time, by fine steps of the midpoint rule."""
    x = y = 0.0
    width = time * share / steps

    def moved(at, px, py, seconds):
        ex, ey = dx + vx * at - px, dy + vy * at - py
        away = math.hypot(ex, ey)
        return x + speed * seconds * ex / away, y + speed * seconds * ey / away

    for number in range(steps):
        now = number * width
        middle = moved(now, x, y, width / 2)
        x, y = moved(now + width / 2, *middle, width)
    return x, y


def test_beam_start():
    """REQ-KIN-05: 6 nmi on the beam, 30 kn against 18 kn."""
    chase = pure_pursuit(0.0, 6 * NMI, 18 * KNOT, 0.0, 30 * KNOT)

    assert 0.3125 == pytest.approx(chase.time / HOUR, rel=1e-12)
    assert 9.375 == pytest.approx(chase.pursuer_way / NMI, rel=1e-12)
    assert 5.625 == pytest.approx(chase.target_way / NMI, rel=1e-12)


@pytest.mark.parametrize(
    ("course", "hours"), [(0, 6 / 12), (180, 6 / 48), (90, 0.3125), (60, 6 * (30 + 9) / (900 - 324))]
)
def test_capture_at_any_angle(course, hours):
    """Tail chase, head on, beam, quarter: d (v + u cos f) / (v2 - u2)."""
    chase = pure_pursuit(0.0, 6 * NMI, *velocity(math.radians(course), 18 * KNOT), 30 * KNOT)

    assert hours == pytest.approx(chase.time / HOUR, rel=1e-9)


@pytest.mark.parametrize("speed", [0.0, 5.0, 10.0])
def test_no_faster_than_the_target_never_catches_it(speed):
    """Unless it comes straight on."""
    assert pure_pursuit(100.0, 5000.0, 0.0, 10.0, speed) is None
    assert pure_pursuit(0.0, 5000.0, 0.0, 10.0, speed) is None
    assert [] == pursuit_marks(100.0, 5000.0, 0.0, 10.0, speed, 5.0)
    assert 5000.0 / (10.0 + speed) == pytest.approx(pure_pursuit(0.0, 5000.0, 0.0, -10.0, speed).time)


def test_a_target_at_rest_or_here():
    """Straight there; nothing to run when it is here; never for two at rest."""
    assert (100.0, 1000.0, 0.0) == pure_pursuit(600.0, 800.0, 0.0, 0.0, 10.0)
    assert (0.0, 0.0, 0.0) == pure_pursuit(0.0, 0.0, 3.0, 4.0, 1.0)
    assert [] == pursuit_marks(0.0, 0.0, 3.0, 4.0, 10.0, 5.0)
    assert [(600.0, 800.0, 1000.0)] == pursuit_marks(600.0, 800.0, 0.0, 0.0, 10.0, 5.0)
    assert pure_pursuit(600.0, 800.0, 0.0, 0.0, 0.0) is None


def test_faults_are_refused():
    """Speeds below nothing, errors of nothing."""
    with pytest.raises(ValueError, match="a speed cannot be negative, got -1"):
        pure_pursuit(1.0, 1.0, 1.0, 1.0, -1.0)
    with pytest.raises(ValueError, match="needs an error above 0, got 0"):
        pursuit_marks(1.0, 1.0, 1.0, 1.0, 5.0, 0.0)


ANGLES = st.floats(-3.14, 3.14)


@settings(max_examples=50, deadline=None)
@given(st.floats(200.0, 50e3), ANGLES, ANGLES, st.floats(0.5, 15.0), st.floats(1.05, 5.0))
@example(11112.0, 0.0, math.pi / 2, 9.26, 5 / 3)
@example(11112.0, 0.0, 3.1415, 9.26, 1.1)
def test_the_curve_is_that_of_fine_steps(distance, bearing, course, target_speed, ratio):
    """At a half and nine tenths of the time a finely stepped pursuer stands on the chords, within error and step."""
    (dx, dy), (vx, vy) = velocity(bearing, distance), velocity(course, target_speed)
    speed, error = target_speed * ratio, 5.0
    chase, marks = (
        pure_pursuit(dx, dy, vx, vy, speed),
        pursuit_marks(dx, dy, vx, vy, speed, error),
    )

    assert chase.pursuer_way == pytest.approx(sum(mark.way for mark in marks), rel=1e-9)
    assert (marks[-1].x, marks[-1].y) == pytest.approx((dx + vx * chase.time, dy + vy * chase.time), abs=1e-6)
    for share in (0.5, 0.9):
        x, y = step(dx, dy, vx, vy, speed, chase.time, share, 1000)
        assert error * 1.01 + distance * 2e-4 >= min(
            away_from(x, y, *ends) for ends in pairwise([(0.0, 0.0), *marks])
        )


@settings(max_examples=50, deadline=None)
@given(st.floats(1000.0, 50e3), ANGLES, st.floats(1.0, 15.0), st.floats(1.05, 5.0), st.floats(2.0, 50.0))
def test_no_chord_is_farther_from_the_curve_than_the_error(distance, course, target_speed, ratio, error):
    """Marks of a curve cut twenty times finer lie near the chord on whose stretch of the way they are; chords are no
    longer than their arcs, so nobody runs faster than his speed."""
    assume(abs(math.sin(course)) > 1e-3)
    target = 0.0, distance, *velocity(course, target_speed)
    coarse, fine = (
        pursuit_marks(*target, ratio * target_speed, error),
        pursuit_marks(*target, ratio * target_speed, error / 20),
    )
    chords = list(pairwise([(0.0, 0.0), *coarse]))
    ends = list(accumulate(mark.way for mark in coarse))

    for mark, way in zip(fine, accumulate(mark.way for mark in fine), strict=True):
        chord = chords[min(bisect_left(ends, way * (1 - 1e-12)), len(chords) - 1)]
        assert away_from(mark.x, mark.y, *chord) <= error * 1.0001
    for start, end in chords:
        assert math.dist(start[:2], end[:2]) <= end.way * (1 + 1e-9) + 1e-6


def away_from(x, y, start, end):
    """Distance from a place to a line between two marks."""
    ex, ey = end[0] - start[0], end[1] - start[1]
    square = ex * ex + ey * ey
    share = 0.0 if square == 0.0 else min(1.0, max(0.0, ((x - start[0]) * ex + (y - start[1]) * ey) / square))
    return math.hypot(x - start[0] - share * ex, y - start[1] - share * ey)
