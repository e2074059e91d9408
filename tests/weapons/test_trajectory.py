"""Flat fire."""

import math

import pytest

from sim.weapons.trajectory import GRAVITY, danger_space, elevation, flight, height_at

CASES = [(800.0, 900.0, 6000.0), (5000.0, 880.0, 7000.0), (12000.0, 880.0, 8000.0), (3000.0, 850.0, math.inf)]


def integrated(range_m, velocity, length, steps=4000):
    """Time, slope and height at the end of a path, by Runge-Kutta in distance."""
    slope = math.tan(elevation(range_m, velocity, length))
    h = range_m / steps

    def rates(x, s):
        u = velocity * math.exp(-x / length)
        return 1 / u, -GRAVITY / u**2, s

    t = y = 0.0
    s = slope
    for k in range(steps):
        x = k * h
        k1 = rates(x, s)
        k2 = rates(x + h / 2, s + h / 2 * k1[1])
        k3 = rates(x + h / 2, s + h / 2 * k2[1])
        k4 = rates(x + h, s + h * k3[1])
        t, s, y = (
            value + h / 6 * (a + 2 * b + 2 * c + d)
            for value, a, b, c, d in zip((t, s, y), k1, k2, k3, k4, strict=True)
        )
    return t, s, y


@pytest.mark.parametrize("case", CASES)
def test_closed_form_is_the_integral(case):
    """Time, fall and the return to gun height agree with a numerical integration of the same law."""
    time, slope, height = integrated(*case)
    arrival = flight(*case)

    assert pytest.approx(time, rel=1e-9) == arrival.time
    assert pytest.approx(-slope, rel=1e-9) == math.tan(arrival.angle_of_fall)
    assert pytest.approx(0, abs=1e-6) == height
    assert pytest.approx(case[1] * math.exp(-case[0] / case[2])) == arrival.speed


def test_vacuum():
    """Without drag the path is the flat parabola: t = R/u, falls as it rose, highest half-way at g R^2 / 8 u^2."""
    arrival = flight(3000, 850, math.inf)

    assert pytest.approx(3000 / 850) == arrival.time
    assert pytest.approx(math.atan(GRAVITY * 3000 / (2 * 850**2))) == arrival.angle_of_fall
    assert pytest.approx(elevation(3000, 850, math.inf)) == arrival.angle_of_fall
    assert 850 == arrival.speed
    assert pytest.approx(GRAVITY * 3000**2 / (8 * 850**2)) == height_at(1500, 3000, 850, math.inf)


@pytest.mark.parametrize("length", [1e6, 1e9, 1e15])
def test_thin_air_nears_the_vacuum(length):
    """The vacuum is met smoothly, without loss of digits: the angle of fall differs by 4R/3L."""
    thin, vacuum = flight(3000, 850, length), flight(3000, 850, math.inf)

    assert pytest.approx(1 + 3000 / (2 * length), rel=1e-5) == thin.time / vacuum.time
    assert pytest.approx(4 / 3 * 3000 / length, rel=5e-3, abs=1e-15) == (
        thin.angle_of_fall / vacuum.angle_of_fall - 1
    )


def test_series_and_closed_form_meet():
    """Either side of the change-over the elevation is the same curve."""
    length = 6000.0
    at = 0.05 * length
    below, above = (elevation(at * (1 + e), 850, length) / (1 + e) for e in (-1e-9, 1e-9))

    assert pytest.approx(below, rel=1e-9) == above
    z = 0.1
    assert pytest.approx(
        math.atan(GRAVITY * at / 850**2 * (math.expm1(z) - z) / z**2), rel=1e-13
    ) == elevation(at * (1 - 1e-15), 850, length)


def test_drag_falls_steeper_than_it_rose():
    """With drag the fall is steeper than the rise, and the shell is above the line until it arrives."""
    assert elevation(8000, 880, 7000) < flight(8000, 880, 7000).angle_of_fall
    assert pytest.approx(0, abs=1e-9) == height_at(0, 8000, 880, 7000)
    assert pytest.approx(0, abs=1e-9) == height_at(8000, 8000, 880, 7000)
    assert height_at(4000, 8000, 880, 7000) > 0 > height_at(8100, 8000, 880, 7000)


def test_no_range():
    """At the muzzle nothing has happened yet."""
    assert (0.0, 0.0, 850.0) == flight(0, 850, 6000)


def test_danger_space():
    """Height over the tangent of the fall; endless when the shell skims, nothing for a flat target."""
    assert pytest.approx(10) == danger_space(10, math.pi / 4)
    assert math.inf == danger_space(10, 0)
    assert 0 == danger_space(0, 0)
    assert pytest.approx(0, abs=1e-12) == danger_space(10, math.pi / 2)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: flight(-1, 850, 6000), "distance is -1, muzzle_velocity is 850, decay_length is 6000"),
        (lambda: flight(5000, 0, 6000), "muzzle_velocity is 0"),
        (lambda: elevation(5000, 850, 0), "decay_length is 0"),
        (lambda: height_at(-5, 5000, 850, 6000), "distance is -5"),
        (lambda: flight(1e6, 850, 6000), "1000000.0 is 166.7 decay lengths, want at most 100"),
        (lambda: danger_space(10, -0.1), "angle_of_fall is -0.1"),
        (lambda: danger_space(-1, 0.1), "height is -1"),
    ],
)
def test_out_of_bounds(call, text):
    """What no shell does is refused with its values."""
    with pytest.raises(ValueError, match=text):
        call()
