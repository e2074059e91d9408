"""A way over an ocean is sought once: who is on it takes up what is left of it, who is off it does not."""

import pytest

from sim.geodesy import direct, inverse
from sim.water.voyage import length, rest, voyage, way_of

PACIFIC = ((40.0, 165.0), (52.0, 172.0))
SOYA = voyage((44.1, 139.2), (47.0, 147.0))


def on(way, leg, metres, beside=0.0):
    """A place so far along a leg, and so far to the right of it."""
    one, other = way[leg], way[leg + 1]
    line = inverse(*one, *other)
    lat, lon, azimuth = direct(*one, line.azimuth1, metres)
    return direct(lat, lon, azimuth + 90.0, beside)[:2] if beside else (lat, lon)


def test_on_a_leg_the_rest_is_as_long_as_what_is_left():
    """A thousand kilometres along a geodesic, to a centimetre, in one leg and where there are corners."""
    assert len(SOYA) > 2
    for way, leg, gone in ((PACIFIC, 0, 1_000_000.0), (SOYA, 1, 5_000.0)):
        left = rest(way, on(way, leg, gone))
        assert left is not None
        assert left[1:] == way[leg + 1 :]
        assert length(left) == pytest.approx(length(way[leg:]) - gone, abs=0.01)


@pytest.mark.parametrize("gone", [0.0, 30_000.0, 700_000.0])
def test_so_far_beside_it_one_is_on_it_and_farther_not(gone):
    """On both sides; the limit is 150 m, however far along."""
    for side in (-1.0, 1.0):
        assert rest(PACIFIC, on(PACIFIC, 0, gone, side * 140.0)) is not None
        assert rest(PACIFIC, on(PACIFIC, 0, gone, side * 160.0)) is None


def test_before_the_start_and_past_the_end_one_is_off_it():
    """A mile short of the one, and a mile past the other; and on no way at all."""
    long = inverse(*PACIFIC[0], *PACIFIC[1]).metres
    assert rest(PACIFIC, on(PACIFIC, 0, -1852.0)) is None
    assert rest(PACIFIC, on(PACIFIC, 0, long + 1852.0)) is None
    assert rest((), PACIFIC[0]) is None


def test_at_a_corner_she_goes_on_and_not_back():
    """Where two legs meet, the later one is hers."""
    left = rest(SOYA, SOYA[1])
    assert left is not None
    assert left[1:] == SOYA[2:]


def test_where_no_way_leads_there_is_none():
    """The Caspian is no part of the ocean."""
    assert way_of((42.0, 51.0), (40.0, 134.0)) == ()
