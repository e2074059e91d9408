"""Who can reach whom: limiting lines of approach, a guard and a raider, and why an intercept fails.

Speeds in m/s, lengths in m, angles in rad; relative positions are target minus own.
"""

from __future__ import annotations

from math import acos, asin, hypot, pi

from sim.geometry import Intercept, intercept, velocity

PASSED = "passed"
TOO_SLOW = "too-slow"


def why_no_intercept(dx: float, dy: float, vx: float, vy: float, speed: float) -> str | None:
    """Why a target on a straight track cannot be met: it has passed, or it is too fast; None when it can.

    dx, dy: target minus own. vx, vy: the target's velocity. speed: own.
    Passed: at this speed the two could only have met in the past.
    """
    if intercept(dx, dy, vx, vy, speed) is not None:
        return None
    across = abs(dx * vy - dy * vx) / hypot(dx, dy)
    return PASSED if dx * vx + dy * vy > 0.0 and across <= speed else TOO_SLOW


def limiting_lines(submarine_speed: float, ship_speed: float) -> float:
    """Half angle of the sector ahead of a ship from which a submarine can close her, to either side of her course.

    pi, all round, for a submarine as fast as the ship or faster.
    Source: Wagner, Mylander and Sanders, Naval Operations Analysis (1999).
    """
    if submarine_speed < 0.0 or ship_speed < 0.0:
        raise ValueError(f"speeds cannot be negative, got {submarine_speed} and {ship_speed}")
    return pi if submarine_speed >= ship_speed else asin(submarine_speed / ship_speed)


def guard_meets(
    ring: float, off: float, start: float, inner: float, raider_speed: float, guard_speed: float
) -> Intercept | None:
    """How a guard on a ring around an anchorage meets a raider who runs straight in; None when he comes too late.

    ring: radius on which the guard waits. off: his bearing from the raider's track. start: the raider's distance
    from the middle. inner: radius within which it is too late. The place is from the guard, the raider coming
    from the north.
    """
    x, y = velocity(off, ring)
    found = intercept(-x, start - y, 0.0, -raider_speed, guard_speed)
    return None if found is None or found.time * raider_speed > start - inner else found


def guard_chance(ring: float, start: float, inner: float, raider_speed: float, guard_speed: float) -> float:
    """Chance that a guard uniform on a ring meets a raider before the inner radius; he is no slower than the raider.

    See `guard_meets`. Raises ValueError for a slower guard: his chance has no such form.
    """
    if guard_speed < raider_speed:
        raise ValueError(f"a guard of {guard_speed:g} m/s is slower than the raider's {raider_speed:g} m/s")
    runs = guard_speed * (start - inner) / raider_speed
    cosine = (ring * ring + inner * inner - runs * runs) / (2.0 * ring * inner)
    return acos(min(1.0, max(-1.0, cosine))) / pi
