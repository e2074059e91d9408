"""The height of the sun, and its moments on local days."""

import math
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq

from sim.daylight import CIVIL_TWILIGHT, SUNRISE, Sun, altitude, sun

JAPAN = timezone(timedelta(hours=9))
NORWAY_SUMMER = timezone(timedelta(hours=2))
NORWAY_WINTER = timezone(timedelta(hours=1))
MINUTE = timedelta(minutes=1)


class SpringForward(tzinfo):
    """A zone whose clocks go from 02:00 +01 to 03:00 +02 on 31 March 2024."""

    def utcoffset(self, moment):
        return timedelta(hours=2 if moment.replace(tzinfo=None) >= datetime(2024, 3, 31, 3) else 1)

    def dst(self, moment):
        return self.utcoffset(moment) - timedelta(hours=1)

    def tzname(self, moment):
        return "spring"


def hours(moment: datetime) -> float:
    return moment.hour + moment.minute / 60 + moment.second / 3600


def test_the_first_day_of_the_exercise():
    """GEO-05: 40N 134E, 20 July 2023, UTC+9."""
    day = sun(40.0, 134.0, date(2023, 7, 20), JAPAN)

    assert 4.327601 == pytest.approx(hours(day.dawn), abs=1 / 60)
    assert 4.852572 == pytest.approx(hours(day.rise), abs=1 / 60)
    assert 19.48493 == pytest.approx(hours(day.set), abs=1 / 60)
    assert 20.0084 == pytest.approx(hours(day.dusk), abs=1 / 60)


def test_the_moments_belong_to_the_local_day():
    """GEO-05: all four on 20 July by the local clock, though sunrise is on the 19th in UTC."""
    day = sun(40.0, 134.0, date(2023, 7, 20), JAPAN)

    assert {date(2023, 7, 20)} == {moment.date() for moment in day}
    assert {JAPAN} == {moment.tzinfo for moment in day}
    assert date(2023, 7, 19) == day.rise.astimezone(UTC).date()
    assert day.dawn < day.rise < day.set < day.dusk


def test_a_zone_far_from_the_longitude_sets_before_it_rises():
    """In UTC the day at 134E begins in the morning there: sunset comes first, and belongs to the same civil day."""
    day = sun(40.0, 134.0, date(2023, 7, 20), UTC)

    assert day.set < day.rise
    assert {date(2023, 7, 20)} == {moment.date() for moment in day}


@pytest.mark.parametrize("hours_east", [-12, -11, 13, 14])
def test_both_sides_of_the_date_line(hours_east):
    """The same stretch of ocean on either civil day."""
    zone = timezone(timedelta(hours=hours_east))
    day = sun(-17.0, 180.0, date(2023, 7, 20), zone)

    assert {date(2023, 7, 20)} == {moment.date() for moment in day}
    assert SUNRISE == pytest.approx(altitude(-17.0, 180.0, day.rise), abs=0.005)


@pytest.mark.parametrize(
    ("moment", "declination"),
    [
        (datetime(2023, 6, 21, 14, 58, tzinfo=UTC), 23.4383),
        (datetime(2023, 12, 22, 3, 27, tzinfo=UTC), -23.4383),
        (datetime(2024, 3, 20, 3, 6, tzinfo=UTC), 0.0),
        (datetime(1992, 10, 13, 0, 0, tzinfo=UTC), -7.78507),
    ],
)
def test_declination(moment, declination):
    """At the pole the altitude is the declination: solstices, an equinox, and Meeus' example 25.a."""
    assert declination == pytest.approx(altitude(90.0, 0.0, moment), abs=0.003)
    assert -declination == pytest.approx(altitude(-90.0, 77.0, moment), abs=0.003)


def test_right_ascension():
    """Meeus' example 25.a: right ascension 198.38083 deg, with his example 12 form of sidereal time."""
    moment = datetime(1992, 10, 13, tzinfo=UTC)
    days = (moment - datetime(2000, 1, 1, 12, tzinfo=UTC)).total_seconds() / 86400
    sidereal = 280.46061837 + 360.98564736629 * days + 0.0045  # nutation in right ascension that day, deg
    meridian = (198.38083 - sidereal + 180.0) % 360.0 - 180.0

    # On the sun's meridian at the latitude of its declination it stands overhead.
    assert 90.0 == pytest.approx(altitude(-7.78507, meridian, moment), abs=0.01)


@pytest.mark.parametrize(
    ("lat", "lon", "zone_h", "day", "rise", "set_"),
    [
        (51.4769, 0.0, 0, date(2024, 12, 21), (8, 3), (15, 53)),  # Greenwich
        (40.7128, -74.006, -4, date(2024, 6, 21), (5, 25), (20, 31)),  # New York
        (-33.8688, 151.2093, 11, date(2024, 12, 21), (5, 41), (20, 5)),  # Sydney
        (35.6762, 139.6503, 9, date(2024, 3, 20), (5, 45), (17, 53)),  # Tokyo
    ],
)
def test_published_almanacs(lat, lon, zone_h, day, rise, set_):
    """Sunrise and sunset of cities as almanacs print them, to their minute and ours."""
    zone = timezone(timedelta(hours=zone_h))
    found = sun(lat, lon, day, zone)

    for expected, moment in ((rise, found.rise), (set_, found.set)):
        assert abs(datetime(day.year, day.month, day.day, *expected, tzinfo=zone) - moment) < 1.5 * MINUTE


@given(st.floats(-60.0, 60.0), st.floats(-180.0, 180.0), st.dates(date(1990, 1, 1), date(2060, 12, 31)))
def test_moments_against_root_finding(lat, lon, day):
    """In the zone of the longitude every day below 60 degrees has its rise and set where brentq finds them."""
    zone = timezone(timedelta(seconds=round(lon * 240)))
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=zone)
    found = sun(lat, lon, day, zone)

    def below(seconds: float) -> float:
        return altitude(lat, lon, noon + timedelta(seconds=seconds)) - SUNRISE

    assert brentq(below, -11.5 * 3600, 0.0) == pytest.approx((found.rise - noon).total_seconds(), abs=1.1)
    assert brentq(below, 0.0, 11.5 * 3600) == pytest.approx((found.set - noon).total_seconds(), abs=1.1)


@given(st.floats(-90.0, 90.0), st.floats(-180.0, 180.0), st.dates(date(1990, 1, 1), date(2060, 12, 31)))
def test_nothing_is_overlooked(lat, lon, day):
    """Any latitude: each moment is a crossing the right way, and no moment means no crossing in ten-minute samples."""
    found = sun(lat, lon, day, UTC)
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    heights = [altitude(lat, lon, start + timedelta(minutes=10 * i)) for i in range(145)]
    for level, up, down in ((SUNRISE, found.rise, found.set), (CIVIL_TWILIGHT, found.dawn, found.dusk)):
        for moment, sign in ((up, 1), (down, -1)):
            if moment is None:
                assert not any(sign * a < sign * level < sign * b for a, b in pairwise(heights))
            else:
                before = altitude(lat, lon, moment - timedelta(seconds=1))
                after = altitude(lat, lon, moment + timedelta(seconds=2))
                assert sign * before <= sign * level + 1e-6
                assert sign * after >= sign * level - 1e-6
                assert start <= moment < start + timedelta(days=1)


def test_polar_day_and_night_on_svalbard():
    """Longyearbyen: no sunset in June, no sunrise and no civil twilight in December."""
    nothing = Sun(None, None, None, None)

    assert nothing == sun(78.22, 15.65, date(2023, 6, 21), NORWAY_SUMMER)
    assert altitude(78.22, 15.65, datetime(2023, 6, 21, 0, tzinfo=NORWAY_SUMMER)) > 10.0
    assert nothing == sun(78.22, 15.65, date(2023, 12, 21), NORWAY_WINTER)
    assert altitude(78.22, 15.65, datetime(2023, 12, 21, 12, tzinfo=NORWAY_WINTER)) < -10.0


def test_polar_night_with_twilight_at_noon():
    """Tromso at the solstice: no sunrise, but some hours of civil twilight about noon."""
    day = sun(69.65, 18.96, date(2023, 12, 21), NORWAY_WINTER)

    assert (None, None) == (day.rise, day.set)
    assert day.dawn.hour < 12 <= day.dusk.hour
    assert timedelta(hours=3) < day.dusk - day.dawn < timedelta(hours=6)


def test_a_night_without_civil_dusk():
    """Helsinki in June: the sun sets but civil twilight lasts through the night at 62 N."""
    day = sun(62.0, 25.0, date(2023, 6, 21), timezone(timedelta(hours=3)))

    assert (None, None) == (day.dawn, day.dusk)
    assert day.rise is not None
    assert day.set is not None


def test_a_sun_above_the_horizon_for_minutes_is_found():
    """The first sunrise after polar night is shorter than any sampling step."""
    day = date(2023, 1, 15)
    noon_height = max(
        altitude(69.65, 18.96, datetime(2023, 1, 15, 10, 50, tzinfo=UTC) + timedelta(seconds=10 * i))
        for i in range(120)
    )
    lat = (
        69.65 + (noon_height - SUNRISE) - 0.0005
    )  # there the noon sun clears the horizon by half a thousandth degree

    found = sun(lat, 18.96, day, NORWAY_WINTER)

    assert timedelta(0) < found.set - found.rise < timedelta(minutes=10)


def test_a_day_on_which_the_clocks_change():
    """The moments carry the offset in force, and the day is an hour shorter."""
    zone = SpringForward()
    day = sun(54.0, 10.0, date(2024, 3, 31), zone)
    plain = sun(54.0, 10.0, date(2024, 3, 31), timezone(timedelta(hours=2)))

    assert abs(day.rise.astimezone(UTC) - plain.rise.astimezone(UTC)) <= timedelta(seconds=1)
    assert timedelta(hours=2) == day.rise.utcoffset()
    assert day.rise.date() == day.set.date() == date(2024, 3, 31)


def test_a_longitude_is_the_same_after_a_full_turn():
    """226 W is 134 E."""
    moment = datetime(2023, 7, 20, 3, tzinfo=UTC)

    assert altitude(40.0, 134.0, moment) == pytest.approx(altitude(40.0, -226.0, moment))


def test_altitude_does_not_depend_on_the_zone_it_is_asked_in():
    """The same moment by another clock is the same sun, which culminates near local noon."""
    moment = datetime(2023, 7, 20, 12, 10, tzinfo=JAPAN)

    assert altitude(40.0, 134.0, moment) == altitude(40.0, 134.0, moment.astimezone(UTC))
    assert 90.0 - 40.0 + 20.7 == pytest.approx(altitude(40.0, 134.0, moment), abs=0.1)
    assert math.isfinite(altitude(-90.0, 0.0, moment))


def test_a_moment_without_zone_is_refused():
    """A naive moment has no place on the clock."""
    with pytest.raises(ValueError, match="needs a moment with its zone, got 2023-07-20T03:00:00"):
        altitude(40.0, 134.0, datetime(2023, 7, 20, 3))


def test_exchanged_latitude_and_longitude_are_noticed():
    """A latitude of 134 is refused."""
    with pytest.raises(ValueError, match="latitude comes first"):
        sun(134.0, 40.0, date(2023, 7, 20), JAPAN)
