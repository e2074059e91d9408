"""Scramble on a line: where fighter and intruder meet, and when they do not."""

from math import hypot, inf, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scramble import alert, chance_in_time, meet, meet_off, time_available

QRA = alert(300.0, 120.0, 20e3, 420.0)


def test_a_scramble_on_a_line():
    """AIR-01."""
    found = meet(QRA, 150e3, 300e3, 240.0)

    assert 918.787878788 == pytest.approx(found.time, rel=1e-9)
    assert 79_490.9090909 == pytest.approx(found.beyond, rel=1e-9)
    assert 331.212121212 == pytest.approx(found.margin, rel=1e-9)
    assert found.flown == pytest.approx(QRA.place(found.time))


def test_a_random_alert_time():
    """AIR-05."""
    available = time_available(150e3, 400.0, 200e3, 240.0)

    assert 7.63888888889 == pytest.approx(available / 60, rel=1e-9)
    assert 0.7577471 == pytest.approx(chance_in_time(available / 60, 6.8, 1.2), rel=1e-6)
    assert (1.0, 0.0) == (chance_in_time(5.0, 5.0, 0.0), chance_in_time(5.0, 5.1, 0.0))
    with pytest.raises(ValueError, match="want above 0"):
        time_available(1.0, 1.0, 1.0, 0.0)


@given(st.floats(0.0, 600.0), st.floats(0.0, 400e3), st.floats(-100e3, 400e3), st.floats(-600.0, 600.0))
def test_they_are_at_one_place_at_that_time(ready, behind, out, speed):
    """Or the fighter never catches up, or the intruder is over the base before he is up."""
    fighter = alert(ready, 120.0, 20e3, 420.0)
    found = meet(fighter, behind, out, speed)
    if found is None:
        late = fighter.ready + fighter.climb + 1e5
        gone = min(behind + out, behind + out - speed * ready) < 0.0
        assert gone or fighter.place(late) < behind + out - speed * late + 1.0
        return
    assert isclose(fighter.place(found.time), found.flown, rel_tol=1e-9, abs_tol=1e-3)
    assert isclose(behind + out - speed * found.time, found.flown, rel_tol=1e-9, abs_tol=1e-3)
    before = 0.999 * found.time
    assert fighter.place(before) <= behind + out - speed * before + 1e-3


def test_ends_of_the_law():
    """Over the base too soon; overhead at the moment he is up; met in the climb; one who flies away."""
    assert meet(QRA, 50e3, 10e3, 240.0) is None
    assert meet(QRA, -10.0, 0.0, 1.0) is None
    assert (300.0, 0.0) == meet(QRA, 50e3, 22e3, 240.0)[:2]
    climbing = meet(QRA, 50e3, 24e3, 240.0)
    assert 300.0 < climbing.time < 420.0
    assert climbing.margin < 0.0
    assert inf == meet(QRA, 50e3, 10e3, -100.0).margin
    assert meet(QRA, 50e3, 10e3, -420.0) is None


@pytest.mark.parametrize("numbers", [(-1, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, inf)])
def test_no_alert(numbers):
    with pytest.raises(ValueError, match="an alert"):
        alert(*numbers)


@given(st.floats(0.0, 600.0), st.floats(60e3, 400e3), st.floats(0.0, 400e3), st.floats(-300.0, 300.0))
def test_off_the_line_it_is_the_same_on_it(ready, behind, out, speed):
    """Straight at the base or away from it, whichever way north is, once he has climbed."""
    fighter = alert(ready, 120.0, 20e3, 420.0)
    straight, found = meet(fighter, behind, out, speed), meet_off(fighter, 0.0, behind + out, 0.0, -speed)
    if straight is not None and straight.flown >= 20e3:
        assert found.time == pytest.approx(straight.time, rel=1e-9)
        assert found.y == pytest.approx(straight.flown, rel=1e-9, abs=1e-3)


@given(st.floats(-300e3, 300e3), st.floats(100e3, 400e3), st.floats(-280.0, 280.0), st.floats(-280.0, 280.0))
def test_off_the_line_both_are_as_far_from_the_base(x, y, vx, vy):
    """The intruder, slower than the fighter, where he is by then; the fighter as far as he has come."""
    fighter = alert(300.0, 120.0, 20e3, 420.0)
    found = meet_off(fighter, x, y, vx, vy)
    if found.time >= 420.0:
        assert (found.x, found.y) == pytest.approx(
            (x + vx * found.time, y + vy * found.time), rel=1e-9, abs=1e-3
        )
        assert hypot(found.x, found.y) == pytest.approx(fighter.place(found.time), rel=1e-9)


def test_who_cannot_dash_meets_nobody():
    """And who is slower than one who goes away."""
    assert meet_off(alert(0.0, 120.0, 0.0, 0.0), 1e5, 0.0, -100.0, 0.0) is None
    assert meet_off(alert(300.0, 120.0, 20e3, 200.0), 1e5, 0.0, 250.0, 0.0) is None
