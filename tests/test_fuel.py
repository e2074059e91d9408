"""Fuel by the cube of speed."""

import math

import pytest

from sim.fuel import CubicBurn

KNOT = 1852 / 3600
TONNE_AN_HOUR = 1000 / 3600


def test_cubic_fuel_law():
    """REQ-LOG-01: F0 = .40 t/h, k = 2.5e-4 t/h per kn^3; 24 h at 18 kn, 300 t at 16 kn."""
    ship = CubicBurn.from_coefficients(0.40, 2.5e-4)

    assert pytest.approx(44.592, rel=1e-9) == ship.rate(18 * KNOT) * 24 * 3600 / 1000
    assert pytest.approx(210.674157303, rel=1e-9) == ship.endurance(300e3, 16 * KNOT) / 3600
    assert pytest.approx(3370.78651685, rel=1e-9) == ship.range(300e3, 16 * KNOT) / 1852
    assert pytest.approx(9.28317766723, rel=1e-9) == ship.economic_speed / KNOT


def test_known_burn_is_on_the_curve():
    """The rate at the known speed is the known burn in all, at rest the idle burn."""
    ship = CubicBurn(idle=0.11, burn=1.3, burn_at=9.0)

    assert pytest.approx(1.3, rel=1e-15) == ship.rate(9.0)
    assert 0.11 == ship.rate(0)
    assert pytest.approx((1.3 - 0.11) / 729) == ship.cubic


def test_economic_speed_goes_furthest():
    """A knot more or less goes less far."""
    ship = CubicBurn.from_coefficients(0.40, 2.5e-4)
    best = ship.range(300e3, ship.economic_speed)

    assert best > ship.range(300e3, ship.economic_speed + KNOT)
    assert best > ship.range(300e3, ship.economic_speed - KNOT)


def test_at_rest():
    """At rest fuel lasts on idle burn alone and goes nowhere; without idle burn it lasts for ever."""
    assert pytest.approx(1000) == CubicBurn(0.1, 1.0, 9.0).endurance(100, 0)
    assert 0 == CubicBurn(0.1, 1.0, 9.0).range(100, 0)
    assert math.inf == CubicBurn(0, 1.0, 9.0).endurance(100, 0)
    assert 0 == CubicBurn(0, 1.0, 9.0).range(100, 0)
    assert 0 == CubicBurn(0, 1.0, 9.0).economic_speed
    assert pytest.approx(0.4 * TONNE_AN_HOUR) == CubicBurn.from_coefficients(0.40, 2.5e-4).rate(0)


def test_frozen():
    """A ship's burn is a value."""
    with pytest.raises(AttributeError):
        CubicBurn(0.1, 1.0, 9.0).idle = 0.2

    assert CubicBurn(0.1, 1.0, 9.0) == CubicBurn(0.1, 1.0, 9.0)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: CubicBurn(1.0, 0.5, 9.0), "CubicBurn: idle is 1.0, burn is 0.5, burn_at is 9.0, want"),
        (lambda: CubicBurn(-0.1, 0.5, 9.0), "idle is -0.1"),
        (lambda: CubicBurn(0.1, 0.5, 0), "burn_at is 0"),
        (lambda: CubicBurn(0.1, 0.5, 9.0).rate(-1), "CubicBurn.rate: speed is -1, want"),
        (lambda: CubicBurn(0.1, 0.5, 9.0).endurance(-5, 9), "CubicBurn.endurance: fuel is -5, want"),
    ],
)
def test_out_of_bounds(call, text):
    """What no ship burns is refused with its values."""
    with pytest.raises(ValueError, match=text):
        call()
