"""Quantities as text: a closed table of units for each dimension, SI floats inside.

The symbols are the field's own (kn, nmi, min), not a general unit algebra: general libraries read
`20 nm` as nanometres and `18 kN` as kilonewtons.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from math import isfinite

from sim.errors import nearest

NAUTICAL_MILE = 1852.0  # m, by definition
KNOT = NAUTICAL_MILE / 3600.0  # m/s
HOUR = 3600.0  # s
DAY = 24 * HOUR
MILLIRADIAN = 1e-3
DEGREE = 0.017453292519943295  # rad
WIDE = 0.1  # rad; from here on an angle is a course or a sector, below it an error of aim
FIRST_YEAR, LAST_YEAR = 1900, 2199  # what the almanac is good for; others are slips of the pen


@dataclass(frozen=True, slots=True)
class Dimension:
    """What a number measures: its SI unit and the units a file may write it in.

    bare: a number without any unit is understood (counts, shares, plain numbers).
    """

    name: str
    si: str
    units: dict[str, float]
    example: str
    bare: bool = False
    shown: str = ""


_TIME = {"s": 1.0, "min": 60.0, "h": HOUR, "d": DAY}
_SEA_AREA = (1000 * NAUTICAL_MILE**2, "per 1000 nmi2")

DIMENSIONS: dict[str, Dimension] = {
    each.name: each
    for each in (
        Dimension("length", "m", {"m": 1.0, "km": 1e3, "nmi": NAUTICAL_MILE, "yd": 0.9144, "ft": 0.3048,
                                  "mm": 1e-3}, "12 nmi", shown="nmi"),
        Dimension("speed", "m/s", {"m/s": 1.0, "kn": KNOT, "km/h": 1 / 3.6}, "18 kn", shown="kn"),
        Dimension("time", "s", _TIME, "90 min", shown="min"),
        Dimension("angle", "rad", {"rad": 1.0, "mrad": MILLIRADIAN, "deg": DEGREE},
                  "1.5 mrad", shown="mrad"),
        Dimension("area", "m2", {"m2": 1.0}, "10 m2"),
        Dimension("mass", "kg", {"kg": 1.0, "t": 1e3}, "300 t", shown="t"),
        Dimension("mass rate", "kg/s", {"kg/s": 1.0, "t/h": 1e3 / HOUR, "t/d": 1e3 / DAY}, "2.5 t/h",
                  shown="t/h"),
        Dimension("rate", "/s", {"/s": 1.0, "/min": 1 / 60.0, "/h": 1 / HOUR, "/d": 1 / DAY}, "60 /min",
                  shown="/min"),
        Dimension("flow", "/s", {"/s": 1.0, "per hour": 1 / HOUR, "per day": 1 / DAY}, "45 per day",
                  shown="per day"),
        Dimension("density", "/m2", {"/m2": 1.0, _SEA_AREA[1]: 1 / _SEA_AREA[0]}, "1.2 per 1000 nmi2",
                  shown=_SEA_AREA[1]),
        Dimension("level", "dB", {"dB": 1.0}, "80 dB", shown="dB"),
        Dimension("absorption", "dB/m", {"dB/m": 1.0, "dB/km": 1e-3}, "0.8 dB/km", shown="dB/km"),
        Dimension("share", "", {"%": 0.01}, "5 %", bare=True, shown="%"),
        Dimension("count", "", {}, "4", bare=True),
        Dimension("number", "", {}, "1.5", bare=True),
    )
}  # fmt: skip

_NUMBER = re.compile(r"^([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)\s*(.*)$", re.ASCII | re.DOTALL)
_COMMA = re.compile(r"^,\s*\d", re.ASCII)


def parse(text: str, dimension: str) -> float:
    """A written quantity as an SI float.

    Raises ValueError saying what came, what is wanted and the nearest good unit.
    """
    kind = DIMENSIONS[dimension]
    match = _NUMBER.match(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not a {dimension}; write it like {kind.example!r}")
    number, unit = float(match[1]), " ".join(match[2].split())
    if not isfinite(number):
        raise ValueError(f"{text.strip()!r} is too large a number")
    if _COMMA.match(unit):
        raise ValueError(
            f"{text.strip()!r} has a comma in its number; write 1000 or 1.5, like {kind.example!r}"
        )
    if not unit:
        if kind.bare:
            return number
        raise ValueError(
            f"{text.strip()!r} has no unit; write {text.strip() + ' ' + kind.shown!r} or another of: "
            + ", ".join(kind.units)
        )
    if unit not in kind.units:
        if not kind.units:
            raise ValueError(f"{text.strip()!r} is a plain {dimension} and takes no unit, but has {unit!r}")
        near = nearest(unit, kind.units)
        hint = f". Did you mean {match[1] + ' ' + near!r}?" if near else ""
        raise ValueError(f"unknown {dimension} unit {unit!r}; known: {', '.join(kind.units)}{hint}")
    return number * kind.units[unit]


def exact(value: float, dimension: str) -> str:
    """An SI value as text that `parse` reads back to the last bit."""
    unit = DIMENSIONS[dimension].si
    return f"{value!r} {unit}" if unit else repr(value)


def human(value: float, dimension: str, like: float | None = None) -> str:
    """An SI value as a person would write it, three significant digits in the field's unit, or in that of one like it."""
    size = abs(value if like is None else like)
    kind = DIMENSIONS[dimension]
    unit = kind.shown
    if dimension == "time":
        unit = "s" if size < 120 else "min" if size < 3 * HOUR else "h" if size < 4 * DAY else "d"
    if dimension == "angle" and (size >= WIDE or size == 0):
        unit = "deg"
    if dimension == "length":
        unit = "m" if size < 2000 else "km" if size < 10_000 else "nmi"
    scaled = value / kind.units[unit] if unit else value
    digits = f"{scaled:.3g}" if abs(scaled) < 1000 else f"{scaled:.0f}"
    return f"{digits} {unit}" if unit else digits


def spoken(seconds: float) -> str:
    """A length of time as it is said: 45 s, 90 min, 2 h 10 min, 3 d 4 h. Cut to what matters at its size."""
    if abs(seconds) < 90.0:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60.0)
    if minutes < 100:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    days, hours = divmod(round(minutes / 60), 24)
    return f"{days} d {hours} h" if hours else f"{days} d"


FARTHEST_ZONE = 14 * 60  # min; Kiribati's
HALF_A_YEAR = 6  # months; a date further back than this is meant for the next year
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ABSOLUTE = re.compile(
    r"^(\d{4})-(\d{2})-(\d{2})[ T](\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?\s*(Z|[+-]\d{2}:?\d{2})?$", re.ASCII
)
_RELATIVE = re.compile(r"^(\d{1,2}) ([A-Za-z]{3,9}) (\d{1,2}):(\d{2})(?::(\d{2}))?$", re.ASCII)


def parse_instant(text: str) -> datetime:
    """A date and time with its zone, `2023-07-20 08:00 +08:00`. Raises ValueError."""
    match = _ABSOLUTE.match(text.strip())
    if match is None or match[7] is None:
        raise ValueError(f"{text!r} is not a time with its zone; write it like '2023-07-20 08:00 +08:00'")
    return _instant(match, _zone(match[7]), text)


def parse_moment(text: str, begins: datetime) -> float:
    """A clock time of the exercise as seconds since it begins.

    `22 Jul 15:30` (zone from `begins`, year too or the next one: an exercise may pass New Year), in full
    with zone, or `+90 min` after the beginning.
    Raises ValueError.
    """
    if text.strip().startswith("+"):
        return parse(text, "time")
    match = _ABSOLUTE.match(text.strip())
    if match is not None:
        zone = _zone(match[7]) if match[7] else begins.tzinfo
        return (_instant(match, zone, text) - begins).total_seconds()
    match = _RELATIVE.match(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not a clock time; write it like '22 Jul 15:30'")
    month = match[2][:3].capitalize()
    if month not in _MONTHS:
        near = nearest(month, _MONTHS)
        raise ValueError(f"no month called {match[2]!r}" + (f"; did you mean {near!r}?" if near else ""))
    number = _MONTHS.index(month) + 1
    year = begins.year + (number < begins.month - HALF_A_YEAR)
    try:
        moment = datetime(year, number, int(match[1]), int(match[3]), int(match[4]), int(match[5] or 0),
                          tzinfo=begins.tzinfo)  # fmt: skip
    except ValueError as fault:
        raise ValueError(f"{text!r} is not a clock time: {fault}") from None
    return (moment - begins).total_seconds()


def _zone(text: str) -> timezone:
    if text == "Z":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    if 60 * hours + minutes > FARTHEST_ZONE or minutes > 59:
        raise ValueError(f"{text!r} is not a time zone; write it like '+08:00'")
    return timezone((1 if text[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))


def _instant(match: re.Match[str], zone: object, text: str) -> datetime:
    seconds = float(match[6] or 0)
    if not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        raise ValueError(f"{text!r} is not a time: the year must be from {FIRST_YEAR} to {LAST_YEAR}")
    try:
        whole = datetime(int(match[1]), int(match[2]), int(match[3]), int(match[4]), int(match[5]),
                         tzinfo=zone)  # type: ignore[arg-type] # fmt: skip
    except ValueError as fault:
        raise ValueError(f"{text!r} is not a time: {fault}") from None
    if seconds >= 60:
        raise ValueError(f"{text!r} is not a time: second must be in 0..59")
    return whole + timedelta(seconds=seconds)


_DEGREES = r"(\d{1,3})(?:-(\d{1,2}(?:\.\d+)?)|(\.\d+))?"
_POSITION = re.compile(rf"^{_DEGREES}\s*([NS])[\s,]+{_DEGREES}\s*([EW])$", re.ASCII | re.IGNORECASE)


def parse_position(text: str) -> tuple[float, float]:
    """Latitude and longitude in degrees from `40-00.0N 134-00.0E` or `40.5N 134.25E`. Raises ValueError."""
    match = _POSITION.match(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not a position; write it like '40-00.0N 134-00.0E'")
    latitude = _degrees(match[1], match[2], match[3], text)
    longitude = _degrees(match[5], match[6], match[7], text)
    if latitude > 90 or longitude > 180:
        raise ValueError(f"{text!r} is not on the earth: latitude up to 90, longitude up to 180")
    south, west = match[4] in "Ss", match[8] in "Ww"
    return (-latitude if south else latitude), (-longitude if west else longitude)


def _degrees(whole: str, minutes: str | None, fraction: str | None, text: str) -> float:
    if minutes is not None and float(minutes) >= 60:
        raise ValueError(f"{text!r} is not a position: minutes must be under 60")
    return int(whole) + float(minutes) / 60 if minutes else float(whole + (fraction or ""))
