"""Charts: corners to turn at, and which ways are clear."""

import numpy as np
import pytest

from sim.coast import FINE
from sim.water.chart import Chart
from sim.water.directions import directions
from sim.water.land import on_land
from sim.water.shore import distance_to_coast, nearest_water

CLEARANCE, INSHORE = 4000.0, 500.0


@pytest.fixture(scope="module")
def chart():
    """Around Tsushima."""
    return Chart(FINE, 34.0, 130.0, 6.0, CLEARANCE, INSHORE)


def test_corners_lie_off_the_coast(chart):
    """At the clearance or at what is kept inshore; on a grid of 11 m."""
    places, at_sea = chart.corners.places, chart.corners.off == 0.0
    off = np.array([distance_to_coast(*place) for place in places])

    assert not any(on_land(*place) for place in places)
    assert (np.round(places, 4) == places).all()
    assert 100 < at_sea.sum() < len(places) - 500
    assert off[at_sea].min() > 0.7 * CLEARANCE
    assert off[at_sea].max() < 1.15 * CLEARANCE
    assert off[~at_sea].min() > 0.35 * INSHORE  # cornered and simple
    assert off[~at_sea].max() < 1.7 * INSHORE
    assert chart.corners.is_main[at_sea].all()
    assert 100 < chart.corners.is_main[~at_sea].sum() < 0.9 * (~at_sea).sum()


NEAR = nearest_water(34.45, 129.35)[:2]  # a kilometre east of Tsushima


def looked(chart, start, end, off=0.0, off_there=0.0):
    here, there = chart.view.gnomonic(directions([start, end]))
    clear, afloat = chart.clear(here, there[None], off, np.array([off_there]))
    return bool(clear[0]), bool(afloat[0])


@pytest.mark.parametrize(
    ("start", "end", "clear", "afloat"),
    [
        ((35.5, 130.0), (34.9, 130.5), True, True),
        ((35.5, 130.0), (33.8, 128.8), False, False),  # over Tsushima
        (NEAR, (34.4, 129.8), False, True),  # begins closer to Tsushima than the clearance
        ((32.0, 128.0), (32.0, 128.0), True, True),
    ],
)
def test_clear_ways(chart, start, end, clear, afloat):
    assert (clear, afloat) == looked(chart, start, end)


def test_a_port_may_be_let_off(chart):
    """At the port's end only."""
    off = chart.way_off(*NEAR)
    away = (NEAR[0], NEAR[1] + 0.4)

    assert 0.0 < off < CLEARANCE
    assert 0.0 == chart.way_off(*away)
    assert (False, True) == looked(chart, NEAR, away)
    assert (True, True) == looked(chart, NEAR, away, 3.0 * off)
    assert (True, True) == looked(chart, away, NEAR, 0.0, 3.0 * off)
    assert (False, True) == looked(chart, away, NEAR, 3.0 * off, 0.0)
    assert (False, True) == looked(
        chart, NEAR, away, 0.0, 1e6
    )  # let off altogether, it would be a way inshore


def test_long_ways_inshore_are_not_looked_at(chart):
    assert (False, False) == looked(chart, NEAR, (NEAR[0], NEAR[1] + 1.0))


def test_the_way_out(chart):
    """From next to the quay to where INSHORE is kept; a place that keeps it is its own."""
    quay = nearest_water(34.45, 129.35, 150.0)[:2]
    out = chart.way_out(*quay)

    assert (35.0, 130.5) == chart.way_out(35.0, 130.5)
    assert 150.0 == pytest.approx(distance_to_coast(*quay), rel=0.04)
    assert INSHORE == pytest.approx(distance_to_coast(*out), rel=0.3)


def test_waters_that_are_joined(chart):
    """The sea is one; the bay in the middle of Tsushima has no outlet a kilometre wide."""
    bay = nearest_water(34.38, 129.32)[:2]

    assert chart.joined((35.0, 130.5), (33.0, 128.0))
    assert not chart.joined((35.0, 130.5), bay)
    assert chart.joined(bay, bay)


def test_what_a_chart_shows(chart):
    assert chart.shows((34.0, 130.0), (38.0, 130.0))
    assert not chart.shows((34.0, 130.0), (45.0, 130.0))
