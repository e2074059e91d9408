"""Stations on a guide: fixed in bearing, or turning with her."""

import math

import pytest

from sim.stations import Station


def test_a_station_by_true_bearing_stays():
    """Two miles east of the guide, wherever she heads."""
    station = Station.on(math.pi / 2, 3704.0)

    for heading in (0.0, 1.0, 4.0):
        assert (3704.0, 0.0) == pytest.approx(station.offset(heading), abs=1e-9)


def test_a_station_by_relative_bearing_turns_with_the_guide():
    """On her starboard beam: east of one who heads north, south of one who heads east; ahead is ahead."""
    station = Station.on(math.pi / 2, 1000.0, turns=True)

    assert (1000.0, 0.0) == pytest.approx(station.offset(0.0), abs=1e-9)
    assert (0.0, -1000.0) == pytest.approx(station.offset(math.pi / 2), abs=1e-9)
    assert (500.0, 0.0) == pytest.approx(Station(0.0, 500.0, turns=True).offset(math.pi / 2), abs=1e-9)
