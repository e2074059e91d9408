"""Limiting lines of approach, the guard and the raider, and why an intercept fails."""

import math

import pytest

from sim.geometry import intercept, velocity
from sim.reach import guard_chance, guard_meets, limiting_lines, why_no_intercept

NMI = 1852.0
KNOT = NMI / 3600


def test_limiting_lines():
    """REQ-KIN-13: 8 kn against 16 kn is 30 degrees to either side; as fast as the ship is all round."""
    assert 30.0 == pytest.approx(math.degrees(limiting_lines(8 * KNOT, 16 * KNOT)), rel=1e-9)
    assert math.pi == limiting_lines(16.0, 16.0) == limiting_lines(20.0, 16.0) == limiting_lines(0.0, 0.0)
    assert 0.0 == limiting_lines(0.0, 16.0)
    with pytest.raises(ValueError, match="speeds cannot be negative, got -1 and 5"):
        limiting_lines(-1, 5)


@pytest.mark.parametrize(
    ("off", "can"), [(0.0, True), (29.9, True), (30.1, False), (90.0, False), (180.0, False)]
)
def test_inside_the_limiting_lines_there_is_an_intercept(off, can):
    """A submarine 5 nmi off at an angle from the bow of a ship bound north can meet her, or not."""
    x, y = velocity(math.radians(off), 5 * NMI)

    assert can == (intercept(-x, -y, 0.0, 16 * KNOT, 8 * KNOT) is not None)


def test_why_there_is_no_intercept():
    """Met in the past only, or never; nothing to say where there is one."""
    assert "passed" == why_no_intercept(0.0, 1000.0, 0.0, 12.0, 10.0)
    assert "passed" == why_no_intercept(0.0, 1000.0, 3.0, 9.0, math.hypot(3.0, 9.0))
    assert "too-slow" == why_no_intercept(0.0, 1000.0, 12.0, 0.1, 10.0)
    assert "too-slow" == why_no_intercept(0.0, 1000.0, 12.0, -5.0, 10.0)
    assert "too-slow" == why_no_intercept(0.0, 1000.0, 0.0, 0.0, 0.0)
    assert why_no_intercept(0.0, 1000.0, 0.0, 12.0, 13.0) is None


def test_a_guard_meets_the_raider_as_often_as_geometry_says():
    """REQ-KIN-11: P = acos((r2 + Rp2 - L2) / 2 r Rp) / pi; 20,000 guards evenly on the ring count it, to one guard."""
    case = {
        "ring": 4 * NMI,
        "start": 6 * NMI,
        "inner": 2 * NMI,
        "raider_speed": 28 * KNOT,
        "guard_speed": 30 * KNOT,
    }
    met = [guard_meets(off=math.pi * (number + 0.5) / 20_000, **case) for number in range(20_000)]

    assert 0.4674628 == pytest.approx(guard_chance(**case), abs=1e-7)
    assert abs(sum(each is not None for each in met) / 20_000 - 0.4674628) <= 1 / 20_000
    times = [each.time for each in met if each is not None]
    assert max(times) <= 4 * NMI / (28 * KNOT)


def test_a_guard_on_the_track_meets_the_raider_head_on():
    """Two miles apart at 58 kn, on his own bearing."""
    time, course, x, y = guard_meets(4 * NMI, 0.0, 6 * NMI, 2 * NMI, 28 * KNOT, 30 * KNOT)

    assert 2 / 58 * 3600 == pytest.approx(time)
    assert (0.0, 0.0, 2 * 30 / 58 * NMI) == pytest.approx((course, x, y), abs=1e-6)


def test_chances_of_all_and_none():
    """A raider from afar is always met; one who starts at the line never; a slower guard has no closed form."""
    assert 1.0 == guard_chance(4.0, 60.0, 2.0, 28.0, 30.0)
    assert 0.0 == guard_chance(4.0, 2.5, 2.0, 28.0, 30.0)
    with pytest.raises(ValueError, match="a guard of 20 m/s is slower than the raider's 28 m/s"):
        guard_chance(4.0, 6.0, 2.0, 28.0, 20.0)
