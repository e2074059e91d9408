"""How far the shore is, whether a leg crosses it, and the nearest water."""

from itertools import pairwise

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic

from sim.coast import FINE, coast
from sim.geodesy import direct, distance, inverse
from sim.water.land import on_land
from sim.water.shore import OFFING, crosses_land, distance_to_coast, nearest_water, nearest_water_said

ASHORE = [(44.0, 127.0), (35.8, 139.5), (44.8, 132.4), (48.0, 2.0), (-25.0, 135.0), (46.0, 86.0), (65.2, 179.5),
          (-80.0, 0.0), (34.3, 129.3)]  # fmt: skip


def brute(lat, lon):
    """The distance to the nearest corner of the coast, m."""
    found = coast(FINE)
    return min(distance(lat, lon, *place) for place in zip(found.lats, found.lons, strict=True)
               if abs(place[0] - lat) < 4 and abs(place[1] - lon) < 5)  # fmt: skip


@pytest.mark.parametrize(("lat", "lon"), [(40.0, 137.0), (34.0, 128.0), (44.8, 132.4), (43.0, 135.0)])
def test_distance_to_the_coast(lat, lon):
    """The nearest corner is never nearer, and corners are close together."""
    assert brute(lat, lon) * 0.99 < distance_to_coast(lat, lon) * 1.003
    assert distance_to_coast(lat, lon) < brute(lat, lon) * 1.003


@pytest.mark.parametrize(("lat", "lon"), ASHORE)
def test_the_nearest_water(lat, lon):
    """It is water, clear of every coast by the offing, and all nearer water lies closer to a coast."""
    north, east, gone = nearest_water(lat, lon)

    assert not on_land(north, east)
    assert OFFING == pytest.approx(distance_to_coast(north, east), rel=0.04)
    assert gone == distance(lat, lon, north, east)
    near = [direct(lat, lon, turn, gone * 0.98)[:2] for turn in range(0, 360, 3)]
    assert all(on_land(*place) or distance_to_coast(*place) < OFFING for place in near)


def test_a_place_at_sea_is_its_own_nearest_water():
    assert (40.0, 134.0, 0.0) == nearest_water(40.0, 134.0)


def test_the_nearest_water_in_words():
    assert "nearest water 43-18.5N 132-18.4E, 89.6 nmi south" == nearest_water_said(44.8, 132.4)


@pytest.mark.parametrize(
    ("start", "end", "touches"),
    [((35.9, 120.4), (40.0, 134.0), True), ((40.0, 134.0), (40.0, 138.0), False), ((40.0, 134.0), (40.0, 145.0), True),
     ((50.0, -20.0), (50.0, -50.0), False), ((40.0, 134.0), (40.0, 134.0), False), ((44.0, 127.0), (40.0, 134.0), True),
     ((-40.0, -170.0), (-40.0, 179.5), False), ((40.0, 134.0), (30.0, -130.0), True)],
)  # fmt: skip
def test_a_leg_over_land(start, end, touches):
    assert touches == crosses_land(*start, *end)
    assert touches == crosses_land(*end, *start)


def test_legs_against_places_along_them():
    """On 300 legs around Japan and Korea: what is dry at any place of the true geodesic is called a leg over land."""
    draws = np.random.default_rng(3)
    missed = crossed = 0
    for _ in range(300):
        a, b = (
            (draws.uniform(32, 46), draws.uniform(122, 145)),
            (draws.uniform(32, 46), draws.uniform(122, 145)),
        )
        line = Geodesic.WGS84.InverseLine(*a, *b)
        along = [line.Position(share * line.s13 / 200) for share in range(201)]
        dry = any(on_land(each["lat2"], each["lon2"]) for each in along)
        crossed += dry
        missed += dry and not crosses_land(*a, *b)

    assert 0 == missed
    assert 100 < crossed < 300


def test_a_leg_between_places_on_it():
    """The ends of a clear leg cut it no shorter: halves of it are clear too."""
    line = inverse(40.0, 134.0, 34.9, 139.0)
    places = [direct(40.0, 134.0, line.azimuth1, line.metres * share / 8)[:2] for share in range(9)]

    assert crosses_land(*places[0], *places[-1])
    assert not crosses_land(*places[0], *places[2])
    assert any(crosses_land(*a, *b) for a, b in pairwise(places))
