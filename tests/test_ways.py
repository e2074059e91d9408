"""Ways: marks with their lengths, turns as chords, and the approach to a place on a turning circle."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.geometry import velocity
from sim.ways import Mark, approach, arc, length, shortest_turn, through, turn_towards, turning_radius

COURSES = st.floats(0.0, 6.28)


def test_straight_legs():
    """Each mark with the leg to it."""
    marks = through((1.0, 1.0), [(4.0, 5.0), (4.0, 17.0)])

    assert [Mark(4.0, 5.0, 5.0), Mark(4.0, 17.0, 12.0)] == marks
    assert 17.0 == length(marks)


@given(COURSES, st.floats(-6.28, 6.28), st.floats(10.0, 2000.0), st.floats(0.5, 50.0))
def test_a_turn_keeps_to_its_circle(course, turn, radius, error):
    """Marks on the circle, chords within the error of it, as long as the arc in all, and not one mark more than that takes."""
    assume(abs(turn) > 1e-6)
    side = math.copysign(1.0, turn)
    cx, cy = side * radius * math.cos(course), -side * radius * math.sin(course)
    marks = arc((0.0, 0.0), course, turn, radius, error)
    ends = list(zip([(0.0, 0.0), *marks], marks, strict=False))

    assert radius * abs(turn) == pytest.approx(length(marks))
    for start, end in ends:
        assert radius == pytest.approx(math.hypot(end.x - cx, end.y - cy))
        middle = (start[0] + end.x) / 2, (start[1] + end.y) / 2
        assert radius - error * (1 + 1e-6) <= math.dist(middle, (cx, cy)) + 1e-9
    if len(marks) > 1:
        wider = abs(turn) / (len(marks) - 1) / 2
        assert wider >= math.pi / 2 or radius * (1 - math.cos(wider)) > error * (1 - 1e-6)


def test_a_quarter_turn_ends_where_a_circle_does():
    """To starboard from north: a radius ahead and a radius to the right; to port to the left; none is none."""
    assert (500.0, 500.0) == pytest.approx(arc((0, 0), 0.0, math.pi / 2, 500.0)[-1][:2])
    assert (-500.0, 500.0) == pytest.approx(arc((0, 0), 0.0, -math.pi / 2, 500.0)[-1][:2])
    assert [] == arc((0, 0), 0.0, 0.0, 500.0)


def test_the_short_way_round():
    """350 to 010 is 20 to starboard, 010 to 350 is 20 to port."""
    assert 20.0 == pytest.approx(math.degrees(shortest_turn(math.radians(350), math.radians(10))))
    assert -20.0 == pytest.approx(math.degrees(shortest_turn(math.radians(10), math.radians(350))))
    assert math.pi == shortest_turn(0.0, math.pi)


def test_the_turning_circle():
    """Speed over rate; a rate of nothing is refused."""
    assert 600.0 == pytest.approx(turning_radius(10.0, 1 / 60))
    with pytest.raises(ValueError, match="a turning rate must be above 0, got 0"):
        turning_radius(10.0, 0.0)
    with pytest.raises(ValueError, match=r"a turn needs a radius and an error above 0, got 0\.0 and 5\.0"):
        arc((0, 0), 0.0, 1.0, 0.0)


@given(COURSES, st.floats(-5000.0, 5000.0), st.floats(-5000.0, 5000.0), st.floats(10.0, 1500.0))
def test_an_approach_leaves_its_circle_towards_the_place(course, x, y, radius):
    """The arc ends on the course of the straight line, the line ends at the place."""
    way = approach((0.0, 0.0), course, (x, y), radius)
    at = arc((0.0, 0.0), course, way.turn, radius)[-1] if way.turn else Mark(0.0, 0.0, 0.0)
    dx, dy = velocity(course + way.turn, way.straight)

    assert (x, y) == pytest.approx((at.x + dx, at.y + dy), abs=1e-3)
    assert way.straight >= 0.0
    assert Mark(x, y, way.straight) == turn_towards((0.0, 0.0), course, (x, y), radius)[-1]


def test_an_approach_takes_the_nearer_side():
    """Abeam to starboard it turns to starboard; right ahead not at all; inside the circle it goes round the other."""
    assert 0.0 < approach((0, 0), 0.0, (3000.0, 0.0), 500.0).turn < math.pi
    assert (0.0, 3000.0) == pytest.approx(approach((0, 0), 0.0, (0.0, 3000.0), 500.0))
    assert -math.tau < approach((0, 0), 0.0, (400.0, 0.0), 500.0).turn < -math.pi
    assert (0.0, 0.0) == approach((5, 5), 1.0, (5, 5), 500.0)
