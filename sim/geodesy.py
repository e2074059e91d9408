"""Places on the earth: geodesics, great circles, rhumb lines, and the plane an exercise is played on.

Latitudes, longitudes and bearings are in degrees, bearings clockwise from true north and from 0 to 360; lengths in m.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple


class Ellipsoid(NamedTuple):
    """A figure of the earth."""

    radius: float
    """Equatorial, m."""
    flattening: float


WGS84 = Ellipsoid(6_378_137.0, 1.0 / 298.257223563)
GRS80 = Ellipsoid(6_378_137.0, 1.0 / 298.257222101)
SPHERE = 6_371_008.8  # m; the mean radius of WGS84

TURNS = 200  # iterations; ordinary lines settle in five, one that needs more is nearly antipodal
SETTLED = 1e-14  # rad on the auxiliary sphere, below a tenth of a micrometre on the ground
SAME_PARALLEL = 1e-5  # rad; nearer than this the Mercator stretch loses more digits than its mean value costs


class Geodesic(NamedTuple):
    """The shortest line between two places."""

    metres: float
    azimuth1: float
    """deg, the bearing on which it leaves the first place."""
    azimuth2: float
    """deg, the bearing on which it arrives at the second, still going forward."""


def inverse(lat1: float, lon1: float, lat2: float, lon2: float, ellipsoid: Ellipsoid = WGS84) -> Geodesic:
    """The geodesic from one place to another.

    Two places that coincide give no length and bearings of 0.
    Raises ValueError for a latitude outside -90..90, and for places so nearly antipodal that the series has no answer.
    Source: Vincenty, Survey Review 23 (1975); exact to a millimetre.
    """
    radius, f = ellipsoid
    refuse_place(lat1, lon1)
    refuse_place(lat2, lon2)
    difference = math.radians(_wrapped(lon2 - lon1))
    sin1, cos1 = _reduced(lat1, f)
    sin2, cos2 = _reduced(lat2, f)
    lam = difference
    for _ in range(TURNS):
        east = cos2 * math.sin(lam)
        north = cos1 * sin2 - sin1 * cos2 * math.cos(lam)
        sin_sigma = math.hypot(east, north)
        cos_sigma = sin1 * sin2 + cos1 * cos2 * math.cos(lam)
        if sin_sigma == 0.0 and cos_sigma > 0.0:
            return Geodesic(0.0, 0.0, 0.0)
        if sin_sigma == 0.0:
            break
        sigma = math.atan2(sin_sigma, cos_sigma)
        sin_alpha = cos1 * cos2 * math.sin(lam) / sin_sigma
        cos2_alpha = max(0.0, 1.0 - sin_alpha * sin_alpha)
        cos_middle = cos_sigma - 2.0 * sin1 * sin2 / cos2_alpha if cos2_alpha > 0.0 else 0.0
        before, lam = lam, difference + _longitude_term(f, sin_alpha, cos2_alpha, sigma, cos_middle)
        if abs(lam) > math.pi:
            break
        if abs(lam - before) <= SETTLED:
            scale, shift = _distance_terms(f, cos2_alpha, sigma, cos_middle)
            azimuth1 = math.atan2(cos2 * math.sin(lam), cos1 * sin2 - sin1 * cos2 * math.cos(lam))
            azimuth2 = math.atan2(cos1 * math.sin(lam), cos1 * sin2 * math.cos(lam) - sin1 * cos2)
            metres = radius * (1.0 - f) * scale * (sigma - shift)
            return Geodesic(metres, _bearing(azimuth1), _bearing(azimuth2))
    raise ValueError(
        f"no geodesic between {format_position(lat1, lon1)} and {format_position(lat2, lon2)}: nearly antipodal"
    )


def direct(
    lat: float, lon: float, azimuth: float, metres: float, ellipsoid: Ellipsoid = WGS84
) -> tuple[float, float, float]:
    """Where a geodesic ends.

    Returns latitude, longitude (-180 up to 180) and the bearing on arrival.
    Raises ValueError for a latitude outside -90..90.
    Source: Vincenty, Survey Review 23 (1975).
    """
    refuse_place(lat, lon)
    radius, f = ellipsoid
    alpha = math.radians(azimuth)
    sin1, cos1 = _reduced(lat, f)
    sigma1 = math.atan2(sin1, cos1 * math.cos(alpha))
    sin_alpha = cos1 * math.sin(alpha)
    cos2_alpha = max(0.0, 1.0 - sin_alpha * sin_alpha)
    sigma = metres / (radius * (1.0 - f))
    cos_middle = math.cos(2.0 * sigma1 + sigma)
    for _ in range(TURNS):
        scale, shift = _distance_terms(f, cos2_alpha, sigma, cos_middle)
        before, sigma = sigma, metres / (radius * (1.0 - f) * scale) + shift
        cos_middle = math.cos(2.0 * sigma1 + sigma)
        if abs(sigma - before) <= SETTLED * max(1.0, abs(sigma)):
            break
    sin_sigma, cos_sigma = math.sin(sigma), math.cos(sigma)
    north = cos1 * cos_sigma - sin1 * sin_sigma * math.cos(alpha)
    sin_lat = sin1 * cos_sigma + cos1 * sin_sigma * math.cos(alpha)
    cos_lat = math.hypot(sin_alpha, sin1 * sin_sigma - cos1 * cos_sigma * math.cos(alpha))
    lam = math.atan2(sin_sigma * math.sin(alpha), north)
    east = math.degrees(lam - _longitude_term(f, sin_alpha, cos2_alpha, sigma, cos_middle))
    azimuth2 = math.atan2(sin_alpha, cos1 * cos_sigma * math.cos(alpha) - sin1 * sin_sigma)
    return math.degrees(math.atan2(sin_lat, (1.0 - f) * cos_lat)), _wrapped(lon + east), _bearing(azimuth2)


def distance(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Length of the geodesic between two places on WGS84, m; see `inverse`."""
    return inverse(lat1, lon1, lat2, lon2).metres


def great_circle(lat1: float, lon1: float, lat2: float, lon2: float) -> tuple[float, float]:
    """Length in m and initial bearing of the great circle between two places on the sphere.

    Source: haversine formula; radius SPHERE.
    """
    refuse_place(lat1, lon1)
    refuse_place(lat2, lon2)
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    lam = math.radians(_wrapped(lon2 - lon1))
    half = math.sin((phi2 - phi1) / 2.0) ** 2 + math.cos(phi1) * math.cos(phi2) * math.sin(lam / 2.0) ** 2
    east = math.sin(lam) * math.cos(phi2)
    north = math.cos(phi1) * math.sin(phi2) - math.sin(phi1) * math.cos(phi2) * math.cos(lam)
    return 2.0 * SPHERE * math.asin(min(1.0, math.sqrt(half))), _bearing(math.atan2(east, north))


def rhumb(lat1: float, lon1: float, lat2: float, lon2: float) -> tuple[float, float]:
    """Length in m and bearing of the line of constant bearing between two places on the sphere, the short way round.

    Source: Mercator sailing; radius SPHERE.
    """
    refuse_place(lat1, lon1)
    refuse_place(lat2, lon2)
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    lam = math.radians(_wrapped(lon2 - lon1))
    stretched = math.asinh(math.tan(phi2)) - math.asinh(math.tan(phi1))
    if abs(phi2 - phi1) < SAME_PARALLEL:
        shrink = math.cos((phi1 + phi2) / 2.0)
        stretched = (phi2 - phi1) / shrink
    else:
        shrink = (phi2 - phi1) / stretched
    return SPHERE * math.hypot(phi2 - phi1, shrink * lam), _bearing(math.atan2(lam, stretched))


@dataclass(frozen=True, slots=True)
class Plane:
    """The flat sheet an exercise is played on, touching WGS84 at its datum.

    Distance and bearing from the datum are those of the geodesic (azimuthal equidistant), so it is exact along every
    line through the datum; across, lengths are too long by the square of distance over earth radius, divided by six:
    0.15 % at 600 km. Raises ValueError for a latitude outside -90..90.
    """

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        refuse_place(self.latitude, self.longitude)

    def to_plane(self, lat: float, lon: float) -> tuple[float, float]:
        """East and north of the datum, m."""
        line = inverse(self.latitude, self.longitude, lat, lon)
        azimuth = math.radians(line.azimuth1)
        return line.metres * math.sin(azimuth), line.metres * math.cos(azimuth)

    def to_earth(self, x: float, y: float) -> tuple[float, float]:
        """Latitude and longitude (-180 up to 180) of a place on the plane."""
        lat, lon, _ = direct(self.latitude, self.longitude, _bearing(math.atan2(x, y)), math.hypot(x, y))
        return lat, lon

    def convergence(self, x: float, y: float) -> float:
        """True minus grid bearing at a place on the plane, deg, -180 up to 180.

        Exact along and across the line from the datum; between the two within 0.05 at 600 km.
        """
        grid = _bearing(math.atan2(x, y))
        _, _, true = direct(self.latitude, self.longitude, grid, math.hypot(x, y))
        return _wrapped(true - grid)

    def grid_course(self, x: float, y: float, true: float) -> float:
        """The course on the plane, deg, of one who steers a true course at a place on it.

        The line from the datum keeps its length and what lies across it is stretched, so a slanting course turns by a
        little more than the convergence.
        """
        return self._turned(x, y, true, self._stretch(x, y), to_grid=True)

    def true_course(self, x: float, y: float, grid: float) -> float:
        """The true course, deg, of one who moves on a course on the plane at a place on it."""
        return self._turned(x, y, grid, 1.0 / self._stretch(x, y), to_grid=False)

    def _stretch(self, x: float, y: float) -> float:
        """How much too long the plane shows what lies across the line from the datum."""
        arc = math.hypot(x, y) / SPHERE
        return arc / math.sin(arc) if arc > 0.0 else 1.0

    def _turned(self, x: float, y: float, course: float, stretch: float, to_grid: bool) -> float:
        """A course from true to grid or back, by its angle from the line from the datum."""
        grid = _bearing(math.atan2(x, y))
        true = grid + self.convergence(x, y)
        before, after = (true, grid) if to_grid else (grid, true)
        off = math.radians(course - before)
        return _bearing(math.radians(after) + math.atan2(stretch * math.sin(off), math.cos(off)))


def format_position(lat: float, lon: float) -> str:
    """A position as it is signalled, to a tenth of a minute: 40-00.0N 134-00.0E."""
    return f"{_format_angle(lat, 2, 'NS')} {_format_angle(_wrapped(lon), 3, 'EW')}"


def _format_angle(degrees: float, width: int, signs: str) -> str:
    tenths = round(abs(degrees) * 600.0)  # of a minute, so that 59.96 carries into the degrees
    whole, rest = divmod(tenths, 600)
    return f"{whole:0{width}d}-{rest / 10.0:04.1f}{signs[1] if degrees < 0.0 and tenths else signs[0]}"


def refuse_place(lat: float, lon: float) -> None:
    if not -90.0 <= lat <= 90.0:
        hint = "; latitude comes first, are the two exchanged?" if -90.0 <= lon <= 90.0 else ""
        raise ValueError(f"a latitude lies within -90..90 degrees, got {lat}{hint}")
    if not math.isfinite(lon):
        raise ValueError(f"a longitude is a finite number of degrees, got {lon}")


def _wrapped(degrees: float) -> float:
    """The same angle from -180 up to but not including 180."""
    if -180.0 <= degrees < 180.0:
        return degrees  # untouched, to the last bit
    return (degrees + 180.0) % 360.0 - 180.0


def _bearing(radians: float) -> float:
    """An angle in rad as degrees from 0 up to but not including 360."""
    degrees = math.degrees(radians) % 360.0
    return degrees if degrees < 360.0 else 0.0


def _reduced(lat: float, f: float) -> tuple[float, float]:
    """Sine and cosine of the reduced latitude."""
    phi = math.radians(lat)
    sin, cos = (1.0 - f) * math.sin(phi), math.cos(phi)
    size = math.hypot(sin, cos)
    return sin / size, cos / size


def _longitude_term(f: float, sin_alpha: float, cos2_alpha: float, sigma: float, cos_middle: float) -> float:
    """What the ellipsoid takes from the longitude difference, rad (Vincenty 10 and 11)."""
    c = f / 16.0 * cos2_alpha * (4.0 + f * (4.0 - 3.0 * cos2_alpha))
    series = cos_middle + c * math.cos(sigma) * (2.0 * cos_middle * cos_middle - 1.0)
    return (1.0 - c) * f * sin_alpha * (sigma + c * math.sin(sigma) * series)


def _distance_terms(f: float, cos2_alpha: float, sigma: float, cos_middle: float) -> tuple[float, float]:
    """Scale and angular correction of the arc (Vincenty 3, 4 and 6)."""
    u2 = cos2_alpha * (2.0 - f) * f / ((1.0 - f) * (1.0 - f))
    scale = 1.0 + u2 / 16384.0 * (4096.0 + u2 * (-768.0 + u2 * (320.0 - 175.0 * u2)))
    b = u2 / 1024.0 * (256.0 + u2 * (-128.0 + u2 * (74.0 - 47.0 * u2)))
    sin_sigma, cos_sigma, square = math.sin(sigma), math.cos(sigma), cos_middle * cos_middle
    cubic = b / 6.0 * cos_middle * (4.0 * sin_sigma * sin_sigma - 3.0) * (4.0 * square - 3.0)
    return scale, b * sin_sigma * (cos_middle + b / 4.0 * (cos_sigma * (2.0 * square - 1.0) - cubic))
