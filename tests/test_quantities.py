"""Quantities as text: units, clock times, zones and positions, and the sentences for what is wrong."""

import math
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.quantities import DIMENSIONS, exact, human, parse, parse_instant, parse_moment, parse_position

BEGINS = datetime(2023, 7, 20, 6, tzinfo=timezone(timedelta(hours=8)))


@pytest.mark.parametrize(
    ("text", "dimension", "wanted"),
    [
        ("12 nmi", "length", 22224.0), ("5 km", "length", 5000.0), ("100 mm", "length", 0.1), ("1 yd", "length", 0.9144),
        ("3 ft", "length", 0.9144), ("7m", "length", 7.0), ("  7  m ", "length", 7.0), ("1e3 m", "length", 1000.0),
        ("+.5 km", "length", 500.0), ("5. m", "length", 5.0),
        ("36 km/h", "speed", 10.0), ("3600 kn", "speed", 1852.0), ("2 m/s", "speed", 2.0),
        ("90 min", "time", 5400.0), ("2 h", "time", 7200.0), ("1 d", "time", 86400.0), ("-5 s", "time", -5.0),
        ("180 deg", "angle", math.pi), ("1.5 mrad", "angle", 0.0015), ("2 rad", "angle", 2.0),
        ("300 t", "mass", 3e5), ("5 kg", "mass", 5.0), ("3.6 t/h", "mass rate", 1.0), ("60 /min", "rate", 1.0),
        ("1 per 1000 nmi2", "density", 1 / (1000 * 1852.0**2)), ("1  per  1000 nmi2", "density", 1 / (1000 * 1852.0**2)),
        ("5 %", "share", 0.05), ("0.05", "share", 0.05), ("4", "count", 4.0), ("1.5", "number", 1.5),
    ],
)  # fmt: skip
def test_parse(text, dimension, wanted):
    """Each unit of each dimension stands for its SI value."""
    assert math.isclose(wanted, parse(text, dimension), rel_tol=1e-15)


@pytest.mark.parametrize(
    ("text", "dimension", "sentence"),
    [
        ("12", "length", "'12' has no unit; write '12 nmi' or another of: m, km, nmi, yd, ft, mm"),
        (
            "20 nm",
            "length",
            "unknown length unit 'nm'; known: m, km, nmi, yd, ft, mm. Did you mean '20 nmi'?",
        ),
        ("18 kN", "speed", "unknown speed unit 'kN'; known: m/s, kn, km/h. Did you mean '18 kn'?"),
        ("18 KN", "speed", "unknown speed unit 'KN'; known: m/s, kn, km/h. Did you mean '18 kn'?"),
        ("3 parsecs", "length", "unknown length unit 'parsecs'; known: m, km, nmi, yd, ft, mm"),
        ("four", "count", "'four' is not a count; write it like '4'"),
        ("4 ships", "count", "'4 ships' is a plain count and takes no unit, but has 'ships'"),
        ("", "length", "'' is not a length; write it like '12 nmi'"),
        ("nan m", "length", "'nan m' is not a length; write it like '12 nmi'"),
        ("inf", "number", "'inf' is not a number; write it like '1.5'"),
        ("1e999 m", "length", "'1e999 m' is too large a number"),
        ("1,5 km", "length", "'1,5 km' has a comma in its number; write 1000 or 1.5, like '12 nmi'"),
        ("٣ km", "length", "'٣ km' is not a length; write it like '12 nmi'"),
    ],
)
def test_parse_refuses(text, dimension, sentence):
    """What cannot be read is refused with what came, what is wanted and the nearest good unit."""
    with pytest.raises(ValueError) as refused:
        parse(text, dimension)

    assert sentence == str(refused.value)


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(sorted(DIMENSIONS)))
def test_exact_reads_back(value, dimension):
    """An exact quantity reads back to the last bit."""
    assert value == parse(exact(value, dimension), dimension)


@pytest.mark.parametrize(
    ("value", "dimension", "wanted"),
    [
        (90.0, "time", "90 s"), (5400.0, "time", "90 min"), (6 * 3600.0, "time", "6 h"), (5 * 86400.0, "time", "5 d"),
        (25.0, "length", "25 m"), (5000.0, "length", "5 km"), (22224.0, "length", "12 nmi"), (0.05, "share", "5 %"),
        (0.0015, "angle", "1.5 mrad"), (math.pi, "angle", "180 deg"), (4.0, "count", "4"), (3e5, "mass", "300 t"),
        (12345678.0, "number", "12345678"), (18 * 1852 / 3600, "speed", "18 kn"),
    ],
)  # fmt: skip
def test_human(value, dimension, wanted):
    """Numbers are shown in the field's unit, to three digits."""
    assert wanted == human(value, dimension)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2023-07-20 08:00 +08:00", datetime(2023, 7, 20, 0, tzinfo=UTC)),
        ("2023-07-20T08:00Z", datetime(2023, 7, 20, 8, tzinfo=UTC)),
        ("2023-07-20 8:00:30.5-0330", datetime(2023, 7, 20, 11, 30, 30, 500000, tzinfo=UTC)),
    ],
)
def test_instant(text, wanted):
    """A date and time with its zone."""
    assert wanted == parse_instant(text)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("2023-07-20 08:00", "with its zone"),
        ("2023-07-20 08:00 +15:00", "'+15:00' is not a time zone"),
        ("2023-07-20 08:00 +14:30", "'+14:30' is not a time zone"),
        ("2023-07-20 08:00 +08:75", "is not a time zone"),
        ("2023-02-29 08:00 Z", "day is out of range for month"),
        ("2023-07-20 24:00 Z", "hour must be in 0..23"),
        ("2023-07-20 08:00:60 Z", "second must be in 0..59"),
        ("9999-12-31 23:59:59.9999999 Z", "the year must be from 1900 to 2199"),
        ("20 July 2023", "is not a time with its zone"),
    ],
)
def test_instant_refuses(text, part):
    """A time that is none is refused with the reason."""
    with pytest.raises(ValueError, match=part.replace("+", r"\+")):
        parse_instant(text)


@given(st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30)), st.integers(-14 * 60, 14 * 60))
def test_instant_reads_back(moment, zone):
    """An instant in any zone reads back from its own writing."""
    moment = moment.replace(tzinfo=timezone(timedelta(minutes=zone)))

    assert moment == parse_instant(moment.isoformat())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("20 Jul 06:00", 0.0), ("22 Jul 15:30", 2 * 86400 + 9.5 * 3600), ("22 July 15:30:15", 2 * 86400 + 9.5 * 3600 + 15),
        ("+90 min", 5400.0), ("2023-07-20 07:00", 3600.0), ("2023-07-20 07:00 +09:00", 0.0), ("19 Jul 06:00", -86400.0),
    ],
)  # fmt: skip
def test_moment(text, wanted):
    """A clock time counts from the beginning, in its zone."""
    assert wanted == parse_moment(text, BEGINS)


def test_moment_past_new_year():
    """An exercise over New Year goes on in January of the next year."""
    begins = datetime(2023, 12, 31, 20, tzinfo=UTC)

    assert 6 * 3600.0 == parse_moment("1 Jan 02:00", begins)


@pytest.mark.parametrize(
    "text", ["22 Jul", "22 Jli 15:30", "31 Feb 15:30", "22 Jul 15:75", "noon", "+90", ""]
)
def test_moment_refuses(text):
    """What is no clock time is refused, and told so."""
    with pytest.raises(ValueError, match=r"clock time|month|no unit"):
        parse_moment(text, BEGINS)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("40-00.0N 134-00.0E", (40.0, 134.0)), ("40-30N, 134-15E", (40.5, 134.25)), ("40.5S 134.25W", (-40.5, -134.25)),
        ("40n 134e", (40.0, 134.0)), ("90-00N 180-00W", (90.0, -180.0)), ("00-00N 000-00E", (0.0, 0.0)),
    ],
)  # fmt: skip
def test_position(text, wanted):
    """Degrees and minutes, or degrees with a fraction."""
    assert wanted == parse_position(text)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("40 134", "is not a position"), ("134-00E 40-00N", "is not a position"), ("40-60N 134-00E", "minutes must be under 60"),
        ("90-01N 134-00E", "not on the earth"), ("40-00N 180-01E", "not on the earth"), ("", "is not a position"),
    ],
)  # fmt: skip
def test_position_refuses(text, part):
    """A place that is none is refused with the reason."""
    with pytest.raises(ValueError, match=part):
        parse_position(text)
