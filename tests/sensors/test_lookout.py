"""Lookout: the visible horizon, daylight and fog."""

from math import isclose

from sim.scenario import library
from sim.scenario.sheets import fitted
from sim.sensors.lookout import Lookout
from sim.setting import Conditions

horizon = Lookout.horizon


def of(name):
    sheet = library.platform(name)
    return Lookout(fitted(sheet)["lookout"], sheet)


def test_visible_horizon():
    """1.17 nmi times the root of the height of eye in feet: 11.7 nmi from a hundred feet."""
    assert isclose(11.7 * 1852.0, horizon(100 * 0.3048))


def test_range_follows_light_and_visibility():
    """By day as far as a hull is made out, by night its lights, in fog the visibility."""
    frigate = of("type-054a")

    assert 10 * 1852.0 == frigate.cap(Conditions(2, 20_000.0, True))
    assert 5 * 1852.0 == frigate.cap(Conditions(2, 20_000.0, False))
    assert 500.0 == frigate.cap(Conditions(2, 500.0, True)) == frigate.cap(Conditions(2, 500.0, False))


def test_a_low_boat_shows_late():
    """Its share of the horizon is that of its own height."""
    frigate = of("type-054a")

    assert horizon(7.0) == Lookout.showing(library.platform("fishing-boat"))
    assert frigate.looking == horizon(14.0)
