"""Geodesics, sphere sailings, and the plane of the exercise."""

import math

import pytest
from geographiclib.geodesic import Geodesic as Karney
from hypothesis import given
from hypothesis import strategies as st

from sim.geodesy import (
    GRS80,
    SPHERE,
    WGS84,
    Plane,
    direct,
    distance,
    format_position,
    great_circle,
    inverse,
    rhumb,
)

LATITUDES = st.floats(-89.0, 89.0)
LONGITUDES = st.floats(-180.0, 179.999)
EARTH = Karney.WGS84


def dms(degrees: int, minutes: int, seconds: float) -> float:
    return math.copysign(abs(degrees) + minutes / 60 + seconds / 3600, degrees)


def test_flinders_peak_to_buninyong():
    """GEO-01: Vincenty's Australian line, on GRS80."""
    flinders = (dms(-37, 57, 3.72030), dms(144, 25, 29.52440))
    buninyong = (dms(-37, 39, 10.15610), dms(143, 55, 35.38390))

    line = inverse(*flinders, *buninyong, GRS80)

    assert 54972.2711393 == pytest.approx(line.metres, abs=1e-6)
    assert 306.868159202 == pytest.approx(line.azimuth1, abs=1e-8)


def test_first_geographiclib_vector():
    """GEO-01: 8,935 km across the equator, on WGS84."""
    line = inverse(35.60777, -139.44815, -11.17491, -69.95921)

    assert 8935244.5605 == pytest.approx(line.metres, abs=1e-3)
    assert 111.098748429 == pytest.approx(line.azimuth1, abs=1e-7)
    assert 129.28927089 == pytest.approx(line.azimuth2, abs=1e-7)


def test_sailings_on_the_sphere():
    """GEO-03: 40N 134E to 36N 129.6E, by great circle and by rhumb line."""
    metres, course = great_circle(40.0, 134.0, 36.0, 129.6)
    assert 588.449316136 == pytest.approx(metres / 1000.0, rel=1e-9)
    assert 222.294528002 == pytest.approx(course, rel=1e-9)

    metres, course = rhumb(40.0, 134.0, 36.0, 129.6)
    assert 588.504186739 == pytest.approx(metres / 1000.0, rel=1e-9)
    assert 220.906335631 == pytest.approx(course, rel=1e-9)


@given(LATITUDES, LONGITUDES, LATITUDES, st.floats(-160.0, 160.0))
def test_inverse_against_karney(lat1, lon1, lat2, east):
    """A millimetre in any line that is not nearly antipodal, also across the date line."""
    line = inverse(lat1, lon1, lat2, lon1 + east)
    oracle = EARTH.Inverse(lat1, lon1, lat2, lon1 + east)

    assert oracle["s12"] == pytest.approx(line.metres, abs=1e-3)
    if oracle["s12"] > 1e3:
        assert _apart(oracle["azi1"], line.azimuth1) < 1e-5
        assert _apart(oracle["azi2"], line.azimuth2) < 1e-5
    assert 0.0 <= line.azimuth1 < 360.0
    assert 0.0 <= line.azimuth2 < 360.0


@given(LATITUDES, LONGITUDES, st.floats(0.0, 360.0), st.floats(0.0, 1.5e7))
def test_direct_against_karney(lat, lon, azimuth, metres):
    """The end of a line lies within a millimetre."""
    lat2, lon2, azimuth2 = direct(lat, lon, azimuth, metres)
    oracle = EARTH.Direct(lat, lon, azimuth, metres)

    assert EARTH.Inverse(lat2, lon2, oracle["lat2"], oracle["lon2"])["s12"] < 1e-3
    assert -180.0 <= lon2 < 180.0
    if abs(lat2) < 89.0:
        assert _apart(oracle["azi2"], azimuth2) < 1e-6


def _apart(a: float, b: float) -> float:
    """Angle between two bearings, deg."""
    return abs((a - b + 180.0) % 360.0 - 180.0)


@pytest.mark.parametrize(("lat1", "lat2"), [(0.0, 0.0), (40.0, 41.0), (-90.0, 90.0)])
def test_meridians_and_the_equator(lat1, lat2):
    """Lines on which the series degenerates."""
    for east in (0.0, 30.0):
        expected = EARTH.Inverse(lat1, 10.0, lat2, 10.0 + east)["s12"]
        assert expected == pytest.approx(distance(lat1, 10.0, lat2, 10.0 + east), abs=1e-3)


def test_places_that_coincide():
    """No line: no length, no bearing; a full turn of longitude is the same place."""
    assert (0.0, 0.0, 0.0) == inverse(40.0, 134.0, 40.0, 134.0)
    assert (0.0, 0.0, 0.0) == inverse(40.0, 134.0, 40.0, 494.0)
    assert (40.0, 134.0, 90.0) == pytest.approx(direct(40.0, 134.0, 90.0, 0.0))


@pytest.mark.parametrize("place", [(-30.0, 180.0), (-29.9, 179.9)])
def test_nearly_antipodal_places_are_refused(place):
    """Vincenty's series has no answer there, and says so."""
    with pytest.raises(ValueError, match=r"no geodesic between 30-00.0N 000-00.0E and .* nearly antipodal"):
        inverse(30.0, 0.0, *place)


@pytest.mark.parametrize(
    "call",
    [
        lambda: inverse(134.0, 40.0, 0.0, 0.0),
        lambda: distance(0.0, 0.0, 134.0, 40.0),
        lambda: direct(134.0, 40.0, 0.0, 1.0),
        lambda: great_circle(0.0, 0.0, 134.0, 40.0),
        lambda: rhumb(134.0, 40.0, 0.0, 0.0),
        lambda: Plane(134.0, 40.0),
        lambda: Plane(40.0, 134.0).to_plane(134.0, 40.0),
    ],
)
def test_exchanged_latitude_and_longitude_are_noticed(call):
    """A latitude of 134 is refused, with the likely reason."""
    with pytest.raises(
        ValueError, match=r"within -90..90 degrees, got 134.0; latitude comes first, are the two exch"
    ):
        call()


def test_places_without_numbers_are_refused():
    """Not-a-number and infinity are no angles."""
    with pytest.raises(ValueError, match="a latitude lies within"):
        Plane(math.nan, 0.0)
    with pytest.raises(ValueError, match="a longitude is a finite number of degrees, got inf"):
        Plane(0.0, math.inf)


@pytest.mark.parametrize(
    ("line", "metres", "course"),
    [
        ((0.0, 0.0, 0.0, 90.0), math.pi / 2 * SPHERE, 90.0),
        ((0.0, 10.0, 45.0, 10.0), math.pi / 4 * SPHERE, 0.0),
        ((45.0, 10.0, 0.0, 10.0), math.pi / 4 * SPHERE, 180.0),
        ((0.0, 179.0, 0.0, -179.0), math.radians(2.0) * SPHERE, 90.0),
        ((40.0, 134.0, 40.0, 134.0), 0.0, 0.0),
    ],
)
def test_lines_on_which_great_circle_and_rhumb_agree(line, metres, course):
    """Equator, meridians, across the date line, and no line at all."""
    assert (metres, course) == pytest.approx(great_circle(*line), abs=1e-6)
    assert (metres, course) == pytest.approx(rhumb(*line), abs=1e-6)


def test_rhumb_along_a_parallel():
    """Due west at 60 N a degree of longitude is half as long, also when the parallel is missed by a metre."""
    assert (math.radians(2.5) * SPHERE, 270.0) == pytest.approx(rhumb(60.0, 10.0, 60.0, 5.0))
    assert math.radians(2.5) * SPHERE == pytest.approx(rhumb(60.0, 10.0, 60.0 + 1e-5, 5.0)[0], rel=1e-6)


def test_rhumb_is_smooth_where_the_formula_changes():
    """Just under and just over the latitude difference where the mean value takes over."""
    under, over = (
        rhumb(40.0, 10.0, 40.0 + math.degrees(1e-5 * factor), 11.0) for factor in (0.999999, 1.000001)
    )

    assert under == pytest.approx(over, rel=1e-9)


@given(LATITUDES, LONGITUDES, LATITUDES, st.floats(-179.0, 179.0))
def test_great_circle_is_never_longer_than_the_rhumb(lat1, lon1, lat2, east):
    """The shortest line is the shortest."""
    assert (
        great_circle(lat1, lon1, lat2, lon1 + east)[0]
        <= rhumb(lat1, lon1, lat2, lon1 + east)[0] * (1 + 1e-9) + 1e-3
    )


@given(st.floats(-90.0, 90.0), LONGITUDES, st.floats(0.0, 6.2831), st.floats(0.0, 6e5))
def test_plane_there_and_back(lat, lon, course, metres):
    """A place on the plane comes back to a micrometre; its distance from the datum is the geodesic's."""
    plane = Plane(lat, lon)
    x, y = metres * math.sin(course), metres * math.cos(course)

    place = plane.to_earth(x, y)

    assert (x, y) == pytest.approx(plane.to_plane(*place), abs=1e-6)
    assert metres == pytest.approx(EARTH.Inverse(lat, lon, *place)["s12"], abs=1e-3)


@given(st.floats(-5.0, 5.0), st.floats(-6.0, 6.0))
def test_earth_there_and_back(north, east):
    """A place on the earth comes back to a micrometre."""
    lat, lon = Plane(40.0, 134.0).to_earth(*Plane(40.0, 134.0).to_plane(40.0 + north, 134.0 + east))

    assert 40.0 + north == pytest.approx(lat, abs=1e-11)
    assert 134.0 + east == pytest.approx(lon, abs=1e-11)


def test_plane_has_its_datum_at_the_origin_and_north_up():
    """East is x, north is y."""
    plane = Plane(40.0, 134.0)

    assert (0.0, 0.0) == plane.to_plane(40.0, 134.0)
    assert (40.0, 134.0) == pytest.approx(plane.to_earth(0.0, 0.0))
    x, y = plane.to_plane(40.5, 134.0)
    assert abs(x) < 1e-6 < y
    x, y = plane.to_plane(40.0, 134.5)
    assert 42_000.0 < x < 43_000.0
    assert 0.0 < y < 200.0  # the parallel bends away from the geodesic


def test_lengths_across_the_plane_are_nearly_right():
    """A short line across, 600 km from the datum, is 0.15 % too long, as the docstring says."""
    plane = Plane(40.0, 134.0)
    true = distance(*plane.to_earth(-500.0, 600e3), *plane.to_earth(500.0, 600e3))

    assert 1.0015 == pytest.approx(1000.0 / true, abs=1e-4)


@pytest.mark.parametrize(("x", "y"), [(300e3, 200e3), (-400e3, 100e3), (0.0, 500e3), (250e3, -250e3)])
def test_convergence_against_a_short_line(x, y):
    """True bearing of a short line on the plane, away from the datum and across, less its grid bearing."""
    plane = Plane(40.0, 134.0)
    grid = math.atan2(x, y)
    for turn, tolerance in ((0.0, 1e-4), (math.pi / 2, 1e-4), (math.pi / 4, 0.05)):
        ux, uy = math.sin(grid + turn), math.cos(grid + turn)
        ends = (plane.to_earth(x + step * ux, y + step * uy) for step in (-50.0, 50.0))
        (lat1, lon1), (lat2, lon2) = ends
        line = EARTH.Inverse(lat1, lon1, lat2, lon2)
        true = (line["azi1"] + line["azi2"]) / 2.0
        expected = (true - math.degrees(grid + turn) + 180.0) % 360.0 - 180.0

        assert expected == pytest.approx(plane.convergence(x, y), abs=tolerance)


def test_convergence_is_east_positive_in_the_north():
    """Meridians lean together: nothing on the datum's meridian, about the sine of latitude per degree elsewhere."""
    plane = Plane(40.0, 134.0)

    assert 0.0 == plane.convergence(0.0, 0.0)
    assert 0.0 == pytest.approx(plane.convergence(0.0, 3e5))
    assert math.sin(math.radians(40.0)) == pytest.approx(
        plane.convergence(*plane.to_plane(40.0, 135.0)), rel=0.01
    )


@pytest.mark.parametrize(
    ("x", "y"), [(300e3, 200e3), (-600e3, 100e3), (0.0, 500e3), (250e3, -550e3), (5.0, 0.0)]
)
def test_courses_against_karney(x, y):
    """Who steers a true course, by Karney's geodesic, moves on the grid course on the plane, within a thousandth of a
    degree; and back."""
    plane = Plane(40.0, 134.0)
    for true in range(0, 360, 15):
        lat, lon = plane.to_earth(x, y)
        ends = [EARTH.Direct(lat, lon, true, metres) for metres in (-50.0, 50.0)]
        (x1, y1), (x2, y2) = (plane.to_plane(end["lat2"], end["lon2"]) for end in ends)
        off = plane.grid_course(x, y, true) - math.degrees(math.atan2(x2 - x1, y2 - y1))

        assert abs((off + 180.0) % 360.0 - 180.0) < 1e-3
        assert 0.0 == pytest.approx(
            (plane.true_course(x, y, plane.grid_course(x, y, true)) - true + 180.0) % 360.0 - 180.0, abs=1e-9
        )


def test_at_the_datum_true_is_grid():
    """Courses are those of the compass rose there."""
    assert 77.0 == pytest.approx(Plane(40.0, 134.0).grid_course(0.0, 0.0, 77.0))
    assert 77.0 == pytest.approx(Plane(40.0, 134.0).true_course(0.0, 0.0, 77.0))


def test_planes_are_values():
    """Equal when their datum is."""
    assert Plane(40.0, 134.0) == Plane(40.0, 134.0)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ((40.0, 134.0), "40-00.0N 134-00.0E"),
        ((-5.5, -9.25), "05-30.0S 009-15.0W"),
        ((39.9999, 133.99999), "40-00.0N 134-00.0E"),
        ((-0.0001, -0.0001), "00-00.0N 000-00.0E"),
        ((-0.001, -0.001), "00-00.1S 000-00.1W"),
        ((35.123456, 226.0), "35-07.4N 134-00.0W"),
        ((90.0, 180.0), "90-00.0N 180-00.0W"),
    ],
)
def test_positions_as_signalled(place, text):
    """Degrees and minutes, carried over when the minutes round up to sixty."""
    assert text == format_position(*place)


def test_the_two_ellipsoids_differ_only_in_their_last_digits():
    """GRS80 and WGS84 share a radius; a thousand kilometres differ by less than a millimetre."""
    assert WGS84.radius == GRS80.radius
    assert inverse(40, 134, 48, 140).metres == pytest.approx(
        inverse(40, 134, 48, 140, GRS80).metres, abs=1e-3
    )
