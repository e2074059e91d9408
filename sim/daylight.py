"""Daylight: how high the sun stands, and when it rises and sets on a local civil day."""

import math
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple

from sim.geodesy import refuse_place

SUNRISE = -0.8333  # deg, geometric altitude of the centre: 34' of refraction and 16' of radius
CIVIL_TWILIGHT = -6.0  # deg
J2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)
CENTURY = 36525.0  # days
SAMPLE = 900.0  # s; the altitude has no two turning points as near as this, except at a pole where they are nothing
SETTLED = 1e-3  # s


class Sun(NamedTuple):
    """Sunrise, sunset and civil twilight of one local day; None for what does not happen on it."""

    rise: datetime | None
    set: datetime | None
    dawn: datetime | None
    dusk: datetime | None


@lru_cache(maxsize=4096)  # the same days are asked for by every replication
def sun(lat: float, lon: float, day: date, zone: tzinfo) -> Sun:
    """The sun's moments of a civil day, from midnight to midnight of the zone.

    lat, lon: deg. The moments are in the zone, cut to whole seconds; the first of a kind where a day has two.
    None in polar day or night, and when a moment falls just outside the day; `altitude` tells these apart.
    A zone far from the longitude may have its sunset before its sunrise. Good to a minute away from the
    polar circles, where the sun climbs steeply enough.
    """
    # Both midnights through UTC: a day on which the clocks change is not 24 hours long.
    start = datetime.combine(day, time(), zone).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
    length = (end - start).total_seconds()

    def height(seconds: float) -> float:
        return altitude(lat, lon, start + timedelta(seconds=seconds))

    marks = _turning_points(height, length)
    levels = [height(mark) for mark in marks]

    def first(level: float, rising: bool) -> datetime | None:
        for i in range(len(marks) - 1):
            low, high = (levels[i], levels[i + 1]) if rising else (levels[i + 1], levels[i])
            if low < level <= high:
                seconds = _root(lambda at: height(at) - level, marks[i], marks[i + 1], rising)
                # Whole seconds: the last bits of the root are not the sun's.
                return (start + timedelta(seconds=math.floor(seconds))).astimezone(zone)
        return None

    return Sun(
        rise=first(SUNRISE, rising=True),
        set=first(SUNRISE, rising=False),
        dawn=first(CIVIL_TWILIGHT, rising=True),
        dusk=first(CIVIL_TWILIGHT, rising=False),
    )


def altitude(lat: float, lon: float, moment: datetime) -> float:
    """Geometric altitude of the sun's centre, deg: without refraction, parallax or height of eye.

    lat, lon: deg. Raises ValueError for a moment without a zone, or a latitude outside -90..90.
    Source: Meeus, Astronomical Algorithms, ch. 25 (low accuracy, 0.01 deg), ch. 12 for sidereal time. Universal
    time stands for dynamical time: the minute between them moves the sun by 0.001 deg.
    """
    refuse_place(lat, lon)
    if moment.tzinfo is None:
        raise ValueError(f"the sun needs a moment with its zone, got {moment.isoformat()}")
    days = (moment - J2000).total_seconds() / 86400.0
    right_ascension, declination, equinoxes = _place(days / CENTURY)
    centuries = days / CENTURY
    sidereal = 280.46061837 + 360.98564736629 * days + 0.000387933 * centuries * centuries + equinoxes
    hour_angle = math.radians((sidereal + lon) % 360.0) - right_ascension
    phi = math.radians(lat)
    sine = math.sin(phi) * math.sin(declination) + math.cos(phi) * math.cos(declination) * math.cos(
        hour_angle
    )
    return math.degrees(math.asin(max(-1.0, min(1.0, sine))))


def _place(t: float) -> tuple[float, float, float]:
    """Apparent right ascension and declination in rad, and the equation of the equinoxes in deg.

    t: Julian centuries from J2000.
    """
    longitude = 280.46646 + t * (36000.76983 + t * 0.0003032)
    anomaly = math.radians((357.52911 + t * (35999.05029 - t * 0.0001537)) % 360.0)
    centre = (
        (1.914602 - t * (0.004817 + t * 0.000014)) * math.sin(anomaly)
        + (0.019993 - t * 0.000101) * math.sin(2.0 * anomaly)
        + 0.000289 * math.sin(3.0 * anomaly)
    )
    node = math.radians((125.04 - 1934.136 * t) % 360.0)
    nutation = -0.00478 * math.sin(node)
    apparent = math.radians((longitude + centre - 0.00569 + nutation) % 360.0)
    mean_obliquity = 23.0 + (26.0 + (21.448 - t * (46.815 + t * (0.00059 - t * 0.001813))) / 60.0) / 60.0
    obliquity = math.radians(mean_obliquity + 0.00256 * math.cos(node))
    right_ascension = math.atan2(math.cos(obliquity) * math.sin(apparent), math.cos(apparent))
    declination = math.asin(math.sin(obliquity) * math.sin(apparent))
    return right_ascension, declination, nutation * math.cos(obliquity)


def _turning_points(height: Callable[[float], float], length: float) -> list[float]:
    """Times in s between which the altitude only rises or only falls.

    The highest and lowest points are found exactly: near the polar circle the sun can clear the horizon for minutes.
    """
    count = max(1, math.ceil(length / SAMPLE))
    samples = [length * i / count for i in range(count + 1)]
    levels = [height(at) for at in samples]
    marks = list(samples)
    for i in range(1, count):
        before, here, after = levels[i - 1], levels[i], levels[i + 1]
        if (here > before) != (after > here):
            sign = 1.0 if here > before else -1.0
            marks.append(_summit(height, samples[i - 1], samples[i + 1], sign))
    return sorted(marks)


def _summit(height: Callable[[float], float], low: float, high: float, sign: float) -> float:
    """Time of the highest (sign 1) or lowest (sign -1) point, by halving on the slope."""
    while high - low > 1.0:
        middle = (low + high) / 2.0
        if sign * (height(middle + 0.5) - height(middle - 0.5)) > 0.0:
            low = middle
        else:
            high = middle
    return (low + high) / 2.0


def _root(excess: Callable[[float], float], low: float, high: float, rising: bool) -> float:
    """Time at which a monotone excess changes sign, by halving."""
    while high - low > SETTLED:
        middle = (low + high) / 2.0
        if (excess(middle) < 0.0) == rising:
            low = middle
        else:
            high = middle
    return high
