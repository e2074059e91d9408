"""Geography and daylight: geodesics, sailings on the sphere, and the sun on the first day of the exercise."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from math import copysign

from sim.cases._case import Answer, Trial, absolute, case, relative
from sim.cases._played import exercise
from sim.daylight import sun
from sim.geodesy import GRS80, great_circle, inverse, rhumb
from sim.quantities import HOUR

JAPAN = timezone(timedelta(hours=9))
KM = 1e3


@case(
    "GEO-01", "paper", "Geodesics on the ellipsoid", "sim.geodesy.inverse",
    "Flinders Peak to Buninyong on GRS80; the first test vector of GeographicLib on WGS84", "VIN", "KAR",
    flinders_buninyong_m=absolute(54972.2711393, 1e-3), azimuth_deg=absolute(306.868159202, 1e-6),
    karney1_m=absolute(8935244.5605, 1e-3), karney1_azi1_deg=absolute(111.098748429, 1e-7),
    karney1_azi2_deg=absolute(129.28927089, 1e-7),
)  # fmt: skip
def geodesics(trial: Trial) -> Answer:
    """Lengths and bearings of two published lines."""
    flinders = _angle(-37, 57, 3.72030), _angle(144, 25, 29.52440)
    buninyong = _angle(-37, 39, 10.15610), _angle(143, 55, 35.38390)
    short, long = inverse(*flinders, *buninyong, GRS80), inverse(35.60777, -139.44815, -11.17491, -69.95921)
    return {
        "flinders_buninyong_m": short.metres, "azimuth_deg": short.azimuth1,
        "karney1_m": long.metres, "karney1_azi1_deg": long.azimuth1, "karney1_azi2_deg": long.azimuth2,
    }  # fmt: skip


def _angle(degrees: int, minutes: int, seconds: float) -> float:
    return copysign(abs(degrees) + minutes / 60 + seconds / 3600, degrees)


@case(
    "GEO-03", "paper", "Great circle and rhumb line", "sim.geodesy.great_circle", "40N 134E to 36N 129.6E on a sphere of 6371.0088 km",
    "BOW", great_circle_km=relative(588.449316136), initial_course_deg=relative(222.294528002),
    rhumb_km=relative(588.504186739), rhumb_course_deg=relative(220.906335631),
)  # fmt: skip
def sailings(trial: Trial) -> Answer:
    """The shortest way and the one on a steady course."""
    (shortest, initial), (steady, course) = great_circle(40, 134, 36, 129.6), rhumb(40, 134, 36, 129.6)
    return {
        "great_circle_km": shortest / KM, "initial_course_deg": initial,
        "rhumb_km": steady / KM, "rhumb_course_deg": course,
    }  # fmt: skip


SUN = "40N 134E, 20 July 2023, UTC+9; geometric altitude -0.8333 and -6 degrees"
MINUTE_OF_AN_HOUR = 1 / 60


@case(
    "GEO-05", "paper", "Sun on the first day", "sim.daylight.sun", SUN, "MEE", "EPH",
    civil_dawn_jst_h=absolute(4.327601, MINUTE_OF_AN_HOUR), sunrise_jst_h=absolute(4.852572, MINUTE_OF_AN_HOUR),
    sunset_jst_h=absolute(19.48493, MINUTE_OF_AN_HOUR), civil_dusk_jst_h=absolute(20.0084, MINUTE_OF_AN_HOUR),
)  # fmt: skip
def daylight(trial: Trial) -> Answer:
    """Four moments of the local day."""
    day = sun(40.0, 134.0, date(2023, 7, 20), JAPAN)
    return {
        "civil_dawn_jst_h": _hour(day.dawn), "sunrise_jst_h": _hour(day.rise),
        "sunset_jst_h": _hour(day.set), "civil_dusk_jst_h": _hour(day.dusk),
    }  # fmt: skip


@case("GEO-05", "engine", "Sun on the first day", "sim.weather.Daylight", SUN, "MEE", "EPH",
      sunrise_jst_h=absolute(4.852572, MINUTE_OF_AN_HOUR), sunset_jst_h=absolute(19.48493, MINUTE_OF_AN_HOUR))  # fmt: skip
def daylight_at_sea(trial: Trial) -> Answer:
    """The first sunrise and sunset that an exercise of that day tells."""
    told = {record.details["event"]: record.time / HOUR for record in exercise("day").run().of("sun")}
    return {"sunrise_jst_h": told["sunrise"], "sunset_jst_h": told["sunset"]}


def _hour(moment: datetime | None) -> float:
    assert moment is not None
    return moment.hour + moment.minute / 60 + moment.second / 3600


FUNCTION_ONLY = {
    "GEO-01": "an exercise is played on a plane that touches the ellipsoid; its lines are these, by way of the plane",
    "GEO-03": "ships steer on the plane; the sphere is for sea routes and for comparison",
}
