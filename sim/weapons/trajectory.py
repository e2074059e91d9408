"""Flat fire: flight of a shell whose speed decays exponentially with distance.

Drag in proportion to the square of speed gives u(x) = u0 exp(-x/L) along a flat path, so

    time     t(x) = (L/u0) (e^{x/L} - 1)
    slope    s(x) = s0 - (g L / 2 u0^2) (e^{2x/L} - 1)
    height   y(x) = s0 x - (g L / 2 u0^2) [(L/2)(e^{2x/L} - 1) - x]

with s0 fixed by y(R) = 0. Meant for the ranges of a practice shoot: one drag law, level fire, no wind, no
drift, no thinning of the air. Past a fall of some fifteen degrees the path is no longer flat.
Source: R. L. McCoy, Modern Exterior Ballistics, Schiffer 1999, chapter 5 (flat fire); derived as above
"""

import math
from typing import NamedTuple

GRAVITY = 9.80665  # m/s^2; standard
SERIES_BELOW = 0.1  # of 2x/L: nearer to 0 the closed form loses digits to cancellation
FARTHEST = 100.0  # decay lengths; far past any shell, and well short of where exp overflows
SERIES_TERMS = 10  # leave less than 1e-18 out at SERIES_BELOW


class Flight(NamedTuple):
    """How a shell arrives. time: s. angle_of_fall: rad below the level. speed: m/s."""

    time: float
    angle_of_fall: float
    speed: float


def flight(range: float, muzzle_velocity: float, decay_length: float) -> Flight:
    """Time, angle and speed at which a shell fired level comes down at a range.

    range: m, 0 or more. muzzle_velocity: m/s. decay_length: m over which speed falls to 1/e; inf in a vacuum.
    Raises ValueError out of bounds, or so far out that the shell has stopped.
    """
    _check(range, muzzle_velocity, decay_length)
    steepness = _steepness(range, muzzle_velocity)
    # -s(R), written with _mean_growth so that the vacuum is its limit and not a division by zero.
    fall = steepness * (_mean_growth(2 * range / decay_length) - _excess(2 * range / decay_length))
    return Flight(
        time=range / muzzle_velocity * _mean_growth(range / decay_length),
        angle_of_fall=math.atan(fall),
        speed=muzzle_velocity * math.exp(-range / decay_length),
    )


def elevation(range: float, muzzle_velocity: float, decay_length: float) -> float:
    """Angle above the level at which to fire so as to come down at a range, rad. Arguments as for flight."""
    _check(range, muzzle_velocity, decay_length)
    return math.atan(_steepness(range, muzzle_velocity) * _excess(2 * range / decay_length))


def height_at(distance: float, range: float, muzzle_velocity: float, decay_length: float) -> float:
    """Height over the muzzle on the way to a range, m; negative beyond it. distance: m from the muzzle."""
    _check(range, muzzle_velocity, decay_length)
    _check(distance, muzzle_velocity, decay_length)
    rise = _steepness(range, muzzle_velocity) * _excess(2 * range / decay_length)
    drop = _steepness(distance, muzzle_velocity) * _excess(2 * distance / decay_length)
    return (rise - drop) * distance


def danger_space(height: float, angle_of_fall: float) -> float:
    """How far over a target's foot the aim may lie and still strike it, m.

    height: m of the target. angle_of_fall: rad, 0 to pi/2; at 0 the shell skims for ever and this is inf.
    """
    if not (height >= 0 and 0 <= angle_of_fall <= math.pi / 2):
        raise ValueError(
            f"danger_space: height is {height}, angle_of_fall is {angle_of_fall}, "
            "want height 0 or more, angle 0 to pi/2"
        )
    if height == 0:
        return 0.0
    return math.inf if angle_of_fall == 0 else height / math.tan(angle_of_fall)


def _steepness(distance: float, muzzle_velocity: float) -> float:
    """Slope that gravity takes off over a distance in a vacuum."""
    return GRAVITY * distance / muzzle_velocity**2


def _mean_growth(z: float) -> float:
    """(e^z - 1)/z, 1 at z = 0."""
    return math.expm1(z) / z if z else 1.0


def _excess(z: float) -> float:
    """(e^z - 1 - z)/z^2, 1/2 at z = 0."""
    if z >= SERIES_BELOW:
        return (math.expm1(z) - z) / (z * z)
    total = 1.0
    for n in range(SERIES_TERMS + 2, 2, -1):
        total = 1.0 + z * total / n
    return total / 2


def _check(distance: float, muzzle_velocity: float, decay_length: float) -> None:
    if not (0 <= distance < math.inf and 0 < muzzle_velocity < math.inf and decay_length > 0):
        raise ValueError(
            f"trajectory: distance is {distance}, muzzle_velocity is {muzzle_velocity}, decay_length is "
            f"{decay_length}, want distance 0 or more, velocity and length above 0"
        )
    if distance / decay_length > FARTHEST:
        raise ValueError(
            f"trajectory: distance {distance} is {distance / decay_length:.4g} decay lengths, "
            f"want at most {FARTHEST:g}: the shell has stopped long before"
        )
