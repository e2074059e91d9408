"""Land or water at a place, by the standard library alone."""

import pytest

from sim.coast import COARSE, FINE, scale_of
from sim.water.land import all_on_land, land_within, on_land

PLACES = {
    "Tsushima": (34.40, 129.32, True),
    "Sado": (38.00, 138.35, True),
    "middle of the Sea of Japan": (40.0, 134.0, False),
    "Tsugaru Strait": (41.3, 140.3, False),
    "north-east China": (44.0, 127.0, True),
    "Paris": (48.9, 2.3, True),
    "Dogger Bank": (55.0, 2.5, False),
    "Caspian Sea": (42.0, 51.0, False),
    "Amazonas": (-5.0, -60.0, True),
    "middle of Australia": (-25.0, 135.0, True),
    "Siberia": (67.0, 86.0, True),
    "Chukotka, west of the date line": (67.0, 179.0, True),
    "Chukotka, east of it": (66.5, -175.0, True),
    "Wrangel Island": (71.2, -179.9, True),
    "Bering Sea on the date line": (60.0, 180.0, False),
    "the same, counted on": (60.0, -180.0, False),
    "south pole": (-90.0, 0.0, True),
    "north pole": (90.0, 0.0, False),
}


@pytest.mark.parametrize("name", PLACES)
def test_land_and_sea_are_where_they_are(name):
    lat, lon, dry = PLACES[name]

    assert dry == on_land(lat, lon)


def test_a_longitude_may_go_round():
    assert on_land(44.0, 127.0 - 360.0)
    assert not on_land(40.0, 134.0 + 360.0)


def test_the_finest_coast_that_covers_all_places():
    assert FINE == scale_of((40.0, 134.0), (35.0, 120.0))
    assert COARSE == scale_of((40.0, 134.0), (40.0, 160.0))


@pytest.mark.parametrize(
    ("outline", "dry"),
    [
        ([(44.0, 127.0), (45.0, 127.0), (45.0, 128.0)], True),
        ([(40.0, 134.0), (40.0, 135.0), (41.0, 135.0)], False),
        ([(43.0, 131.5), (44.0, 131.5), (44.0, 133.0), (43.0, 133.0)], False),  # holds the bay at Vladivostok
        ([(35.0, 127.0), (35.0, 129.5), (36.5, 128.0)], False),  # one corner at sea
        ([(36.9, 46.0), (38.0, 59.0), (49.0, 59.0), (49.0, 46.0)], False),  # all around the Caspian Sea
    ],
)
def test_an_area_without_water(outline, dry):
    assert dry == all_on_land(outline)
    assert dry == all_on_land(outline[::-1])


@pytest.mark.parametrize(
    ("lat", "lon", "reach", "some"),
    [(40.0, 134.0, 200e3, False), (40.0, 134.0, 500e3, True), (44.0, 127.0, 1.0, True), (0.0, -140.0, 500e3, False),
     (60.0, 179.9, 50e3, True), (89.0, 0.0, 200e3, True)],
)  # fmt: skip
def test_land_within_reach(lat, lon, reach, some):
    """At the date line and the poles it is not looked for, and there may be some."""
    assert some == land_within(lat, lon, reach)
