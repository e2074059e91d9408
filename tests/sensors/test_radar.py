"""Radar: the horizon of a bent ray, and who shows above it."""

from math import isclose

from sim.scenario import library
from sim.scenario.sheets import fitted
from sim.sensors.radar import Radar
from sim.setting import Conditions

horizon = Radar.horizon

CLEAR = Conditions(2, 20_000.0, True)


def of(name):
    sheet = library.platform(name)
    return Radar(fitted(sheet)["radar"], sheet)


def test_sen_01_radar_horizon():
    """REQ-SEN-01: 25 m antenna, 5 m target, effective radius 4/3 of 6371 km."""
    found = horizon(25.0) + horizon(5.0)

    assert isclose(29825.71, found, rel_tol=1e-4)
    assert isclose(16.1046, found / 1852.0, rel_tol=1e-4)


def test_range_is_the_shares_up_to_the_display():
    """A frigate sees a merchant ship to the horizon, and nobody beyond the scale of its display."""
    frigate, merchant = of("type-054a"), library.platform("merchant-ship")

    assert frigate.looking + frigate.showing(merchant) == horizon(22.0) + horizon(35.0)
    assert 24 * 1852.0 == frigate.cap(CLEAR) == frigate.cap(Conditions(6, 100.0, False))


def test_an_aircraft_looks_from_where_it_flies():
    """Its altitude stands for the antenna's height, and for its own as a target."""
    assert horizon(1500.0) == of("il-38").looking == Radar.showing(library.platform("il-38"))


def test_what_has_no_height_or_lies_below_is_not_seen():
    """A mark ashore without one; a submarine whatever it has."""
    assert Radar.showing(library.platform("shore-target")) is None
    assert Radar.showing(library.platform("udaloy").model_copy(update={"family": "submarine"})) is None
