"""Danger areas in closed form: against what looking every second shows, and against cases worked by hand."""

from itertools import pairwise
from math import atan2, hypot, pi, radians, tan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.danger import Leg, line_times, roots, sector_times

PLACE, SPEED = st.floats(-2e4, 2e4), st.floats(-30.0, 30.0)
LEG = st.builds(Leg, PLACE, PLACE, SPEED, SPEED)
UNTIL = 3600.0


def angle(target, other, time):
    """Between the line of fire and another, rad."""
    (x, y), (u, v) = other.at(time), target.at(time)
    return abs((atan2(x, y) - atan2(u, v) + pi) % (2 * pi) - pi)


def is_in(spans, time):
    return any(start <= time <= end for start, end in spans)


def near_an_edge(spans, time):
    return any(abs(time - each) < 1e-3 for span in spans for each in span)


@given(LEG, LEG, st.floats(0.01, 0.5), st.floats(1e3, 2e4))
def test_a_sector_is_what_looking_shows(target, other, arc, reach):
    spans = sector_times(target, other, arc, reach, UNTIL)
    assert all(0.0 <= start < end <= UNTIL for start, end in spans)
    assert all(first[1] < second[0] for first, second in pairwise(spans))
    for time in range(0, int(UNTIL), 7):
        off, far = angle(target, other, time) - arc, hypot(*other.at(time)) - reach
        if (
            abs(off) > 1e-6
            and abs(far) > 1e-3
            and hypot(*target.at(time)) > 1.0
            and not near_an_edge(spans, time)
        ):
            assert is_in(spans, time) == (off <= 0.0 and far <= 0.0)


@given(LEG, LEG, st.floats(100.0, 4e3), st.floats(1e3, 2e4))
def test_a_line_is_what_looking_shows(target, other, distance, reach):
    spans = line_times(target, other, distance, reach, UNTIL)
    for time in range(0, int(UNTIL), 7):
        (x, y), (u, v) = other.at(time), target.at(time)
        long = hypot(u, v)
        if long < 1.0:
            continue
        along, across, far = (x * u + y * v) / long, abs(x * v - y * u) / long - distance, hypot(x, y) - reach
        if min(abs(along), abs(across), abs(far)) > 1e-2 and not near_an_edge(spans, time):
            assert is_in(spans, time) == (along > 0.0 and across <= 0.0 and far <= 0.0)


def test_one_who_crosses_a_fixed_line_at_right_angles():
    """At 4 km with 10 m/s, five degrees to either side: in for 2 x 4000 tan(5 deg) / 10 seconds."""
    half = 4000.0 * tan(radians(5.0))
    ((start, end),) = sector_times(
        Leg(0.0, 8000.0, 0.0, 0.0), Leg(-2000.0, 4000.0, 10.0, 0.0), radians(5.0), 1e4, UNTIL
    )
    assert (start, end) == pytest.approx(((2000.0 - half) / 10.0, (2000.0 + half) / 10.0))
    ((start, end),) = line_times(
        Leg(0.0, 8000.0, 0.0, 0.0), Leg(-2000.0, 4000.0, 10.0, 0.0), 500.0, 1e4, UNTIL
    )
    assert (start, end) == pytest.approx((150.0, 250.0))


def test_beyond_the_target_is_in_danger_as_far_as_the_gun_reaches_and_astern_is_not():
    target = Leg(0.0, 5000.0, 0.0, 0.0)
    assert sector_times(target, Leg(0.0, 9000.0, 0.0, 0.0), 0.1, 1e4, UNTIL) == [(0.0, UNTIL)]
    assert sector_times(target, Leg(0.0, 11000.0, 0.0, 0.0), 0.1, 1e4, UNTIL) == []
    assert sector_times(target, Leg(0.0, -100.0, 0.0, 0.0), 0.1, 1e4, UNTIL) == []
    assert line_times(target, Leg(0.0, -100.0, 0.0, 0.0), 500.0, 1e4, UNTIL) == []


def test_a_target_that_flies_past_sweeps_the_sector_over_one_who_lies_still():
    """Bearing 45 degrees when the target is as far along as abeam: y = 1000, x = -2000 + 100 t."""
    ((start, end),) = sector_times(
        Leg(-2000.0, 1000.0, 100.0, 0.0), Leg(700.0, 700.0, 0.0, 0.0), radians(5.0), 4e3, UNTIL
    )
    assert start == pytest.approx((2000.0 + 1000.0 * tan(radians(40.0))) / 100.0)
    assert end == pytest.approx((2000.0 + 1000.0 * tan(radians(50.0))) / 100.0)


@given(st.lists(st.floats(0.5, 99.5), min_size=1, max_size=4, unique=True))
def test_roots_are_those_a_polynomial_is_made_of(wanted):
    terms = [1.0]
    for root in wanted:
        terms = [low - root * high for low, high in zip([0.0, *terms], [*terms, 0.0], strict=True)]
    ordered = sorted(wanted)
    if all(after - before > 0.1 for before, after in pairwise(ordered)):
        assert roots(terms, 100.0) == pytest.approx(ordered, rel=1e-6)


def test_a_root_is_exact_to_the_last_bit():
    """t^4 = 2."""
    assert roots([-2.0, 0.0, 0.0, 0.0, 1.0], 10.0) == [pytest.approx(2.0**0.25, abs=3e-16)]
    assert roots([], 10.0) == roots([3.0], 10.0) == roots([1.0, 0.0, 1.0], 10.0) == []
