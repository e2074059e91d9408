"""Time on target: launches of a moving ship, and how often they arrive in time."""

from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.time_on_target import flight_time, share_in_time

FAR = st.floats(-2e5, 2e5)
SHIP = st.floats(-15.0, 15.0)


@given(FAR, FAR, SHIP, SHIP, st.floats(0.0, 3000.0))
def test_who_launches_then_arrives_then(dx, dy, vx, vy, due):
    """From where she is at the launch, at the missile's speed, it takes what is left."""
    flight = flight_time(dx, dy, vx, vy, 280.0, due)
    assert flight is not None
    launch = due - flight

    assert hypot(dx - vx * launch, dy - vy * launch) == pytest.approx(280.0 * flight, rel=1e-9, abs=1e-6)


def test_a_ship_at_rest_needs_no_more_than_the_distance():
    assert flight_time(28_000.0, 0.0, 0.0, 0.0, 280.0, 600.0) == pytest.approx(100.0)


@pytest.mark.parametrize(("clock", "delay"), [(4.0, 5.0), (1.0, 10.0), (10.0, 1.0), (3.0, 3.0)])
def test_the_share_in_time_is_of_the_modified_normal_law(clock, delay):
    """Against scipy's."""
    law = stats.exponnorm(delay / clock, loc=0.0, scale=clock)
    for window in (1.0, 5.0, 20.0, 60.0):
        assert share_in_time(window, clock, delay) == pytest.approx(
            law.cdf(window) - law.cdf(-window), abs=1e-9
        )


def test_ends_of_the_law():
    """Only a clock; only a delay; neither."""
    assert share_in_time(4.0, 4.0, 0.0) == pytest.approx(0.6826894921)
    assert share_in_time(5.0, 0.0, 5.0) == pytest.approx(0.6321205588)
    assert share_in_time(0.0, 0.0, 0.0) == 1.0
