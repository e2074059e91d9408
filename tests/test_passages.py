"""Geodesic passages: places on the way, and pieces straight on the plane."""

import math

import pytest
from geographiclib.geodesic import Geodesic as Karney
from hypothesis import given
from hypothesis import strategies as st

from sim.geodesy import Plane
from sim.passages import LONG, Passage

EARTH = Karney.WGS84
QINGDAO, AREA, OTARU, PUSAN = (36.05, 120.4), (40.0, 134.0), (43.25, 141.1), (35.05, 129.1)
PLANE = Plane(40.0, 134.0)


@pytest.mark.parametrize(("start", "end"), [(QINGDAO, OTARU), (PUSAN, OTARU), (AREA, QINGDAO)])
def test_the_place_at_any_time(start, end):
    """At 14 kn, each hour of the passage, within a millimetre of Karney's geodesic."""
    passage, line = Passage(*start, *end), EARTH.InverseLine(*start, *end)
    speed = 14 * 1852 / 3600

    assert line.s13 == pytest.approx(passage.metres, abs=1e-3)
    for hour in range(int(passage.metres / speed / 3600)):
        lat, lon = passage.at(hour * 3600 * speed)
        true = line.Position(hour * 3600 * speed)
        assert EARTH.Inverse(lat, lon, true["lat2"], true["lon2"])["s12"] < 1e-3


@given(st.floats(34.0, 46.0), st.floats(126.0, 142.0), st.floats(34.0, 46.0), st.floats(126.0, 142.0))
def test_pieces_stay_within_their_deviation(lat1, lon1, lat2, lon2):
    """Every fortieth part of the geodesic lies within 20 m of a piece; ways add up to the geodesic; marks lie on it."""
    line = EARTH.InverseLine(lat1, lon1, lat2, lon2)
    if line.s13 < 1000.0:
        return
    marks = Passage(lat1, lon1, lat2, lon2).marks(PLANE, 20.0)
    x, y = PLANE.to_plane(lat1, lon1)
    begun = 0.0

    assert line.s13 == pytest.approx(math.fsum(mark.way for mark in marks), abs=1e-3)
    assert PLANE.to_plane(lat2, lon2) == marks[-1][:2]
    for mark in marks:
        dx, dy = mark.x - x, mark.y - y
        for part in range(41):
            true = line.Position(begun + mark.way * part / 40)
            u, v = PLANE.to_plane(true["lat2"], true["lon2"])
            assert abs((u - x) * dy - (v - y) * dx) / math.hypot(dx, dy) <= 20.0
        x, y, begun = mark.x, mark.y, begun + mark.way


def test_a_short_way_across_the_plane_is_near_the_geodesic():
    """As LONG says: 200 nmi in any direction from anywhere within 280 nmi of the datum, at most a tenth of a mile off."""
    worst = 0.0
    for bearing in range(0, 360, 30):
        for away in (0.0, 150.0, 280.0):
            x, y = (away * 1852 * ratio for ratio in (math.sin(bearing), math.cos(bearing)))
            for course in range(0, 360, 30):
                dx, dy = LONG * math.sin(math.radians(course)), LONG * math.cos(math.radians(course))
                line = EARTH.InverseLine(*PLANE.to_earth(x, y), *PLANE.to_earth(x + dx, y + dy))
                middle = line.Position(line.s13 / 2)
                u, v = PLANE.to_plane(middle["lat2"], middle["lon2"])
                worst = max(worst, abs((u - x) * dy - (v - y) * dx) / LONG)

    assert 50.0 < worst < 185.2


def test_no_deviation_is_refused():
    """There is always some."""
    with pytest.raises(ValueError, match="a deviation must be above 0, got 0"):
        Passage(*QINGDAO, *OTARU).marks(PLANE, 0.0)
