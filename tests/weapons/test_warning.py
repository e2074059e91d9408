"""Warning shots: the aim ahead of a bow, and how far from a hull a round fell."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.weapons.warning import aim_ahead, off_hull

MILES = st.floats(200.0, 20_000.0)
COURSES = st.floats(0.0, 2 * math.pi)


@given(MILES, COURSES, COURSES, st.floats(100.0, 3000.0), st.floats(0.0, 0.03), st.floats(0.0, 5.0))
def test_the_aim_leaves_what_is_to_be_clear_and_so_many_spreads(
    away, bearing, course, clear, spread, spreads
):
    """D = c + s k |r + D u|, to seven digits: the root loses half of them where the spread is next to nothing."""
    x, y, u, v = away * math.sin(bearing), away * math.cos(bearing), math.sin(course), math.cos(course)
    ahead = aim_ahead((x, y), (u, v), clear, spread, spreads)
    paper = clear + spreads * spread * math.hypot(x + u * ahead, y + v * ahead)

    assert ahead == pytest.approx(paper, rel=1e-7)


def test_a_gun_without_spread_aims_at_the_limit_and_one_too_wide_nowhere():
    assert aim_ahead((3000.0, 400.0), (0.0, 1.0), 1000.0, 0.0, 4.0) == 1000.0
    assert aim_ahead((3000.0, 400.0), (0.0, 1.0), 1000.0, 0.25, 4.0) == math.inf


@pytest.mark.parametrize(("fall", "away"), [
    ((0.0, 60.0), 10.0), ((0.0, -80.0), 30.0), ((7.0, 20.0), 7.0), ((30.0, 90.0), 50.0), ((0.0, 0.0), 0.0),
])  # fmt: skip
def test_how_far_off_the_hull(fall, away):
    """Ahead of the bow, astern, abeam, on the bow at an angle of a 3-4-5 triangle, and aboard: 100 m, heading north."""
    assert off_hull(fall, (0.0, 0.0), (0.0, 1.0), 100.0) == pytest.approx(away)
