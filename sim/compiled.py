"""The kernels of contact compiled by numba; the same sums, products, quotients and roots in the same order.

Loaded only through `sim.kernels`. No fast mathematics, so that nothing is reassociated or contracted. What other modules
define is passed in, never read as a global: code kept from an earlier day would not notice that it has changed.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf, sqrt
from typing import Any

import numba
import numpy as np

from sim.tracks import MARGIN, Floats, Ints


def _compile(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compiled at its first call, and kept beside the source or in the user's cache where either can be written."""
    try:
        return numba.njit(function, cache=True, error_model="numpy")
    except RuntimeError:  # nowhere to keep it: compiled anew in each process
        return numba.njit(function, error_model="numpy")


@_compile
def _relative(dx, dy, vx, vy):
    """Relative speed, distance, distance at the closest approach, way to it: what `stay` needs of a pair."""
    speed = sqrt(vx * vx + vy * vy)
    distance = sqrt(dx * dx + dy * dy)
    if speed == 0.0:
        return 0.0, distance, 0.0, 0.0
    ux, uy = vx / speed, vy / speed
    return speed, distance, abs(dx * uy - dy * ux), -(dx * ux + dy * uy)


@_compile
def _times(speed, distance, miss, ahead, radius):
    """`stay` from there on; (inf, -inf) for None."""
    if speed == 0.0:
        return (-inf, inf) if distance <= radius else (inf, -inf)
    if miss >= radius:
        return inf, -inf
    half = sqrt((radius - miss) * (radius + miss))
    if ahead >= 0.0:
        far = ahead + half
        return (distance - radius) * (distance + radius) / far / speed, far / speed
    far = ahead - half
    return far / speed, (distance - radius) * (distance + radius) / far / speed


def near(
    legs: Floats, shares: Floats, side: Ints, movers: Ints, now: float, until: float
) -> tuple[Ints, Floats]:
    """As `sim.near` says."""
    found: tuple[Ints, Floats] = _near(legs, shares, side, movers, now, until, MARGIN)
    return found


@_compile
def _near(legs, shares, side, movers, now, until, margin):
    kinds, count = shares.shape[0], side.size
    start, end, x, y, vx, vy = legs[0], legs[1], legs[2], legs[3], legs[4], legs[5]
    who, when = np.empty((16, 3), np.int64), np.empty((16, 2))
    widest = np.empty(count)
    rows = 0
    for k in range(movers.size):
        i = movers[k]
        s, e, x0, y0, vx0, vy0 = start[i], min(end[i], until), x[i], y[i], vx[i], vy[i]
        if now >= e:
            continue
        x1, y1 = x0 + vx0 * (now - s), y0 + vy0 * (now - s)
        # Two loops without a branch, which the compiler can spread over vector lanes, leave few pairs for the third.
        widest[:] = 0.0
        for kind in range(kinds):
            looking, showing, cap = shares[kind, 0], shares[kind, 1], shares[kind, 2]
            look, show, most = looking[i], showing[i], cap[i]
            for j in range(count):
                forth, back = min(look + showing[j], most), min(looking[j] + show, cap[j])
                radius = forth if forth > back else back
                widest[j] = widest[j] if widest[j] > radius else radius
        for j in range(count):
            left = min(e, end[j]) - now
            dx, dy = x[j] + vx[j] * (now - start[j]) - x1, y[j] + vy[j] * (now - start[j]) - y1
            bound = widest[j] + margin + (abs(vx[j] - vx0) + abs(vy[j] - vy0)) * left
            out = (dx * dx + dy * dy > bound * bound) | (left <= 0.0) | (widest[j] == 0.0)
            widest[j] = 0.0 if out else 1.0
        for j in range(count):
            if widest[j] == 0.0 or side[i] == side[j] or _among(movers, k, j):
                continue
            hi, since = min(e, end[j]), max(s, start[j])
            dx = (x[j] + vx[j] * (since - start[j])) - (x0 + vx0 * (since - s))
            dy = (y[j] + vy[j] * (since - start[j])) - (y0 + vy0 * (since - s))
            speed, distance, miss, ahead = _relative(dx, dy, vx[j] - vx0, vy[j] - vy0)
            for kind in range(kinds):
                for way in range(2):
                    one, other = (j, i) if way else (i, j)
                    radius = min(shares[kind, 0, one] + shares[kind, 1, other], shares[kind, 2, one])
                    if radius <= 0.0:
                        continue
                    enter, leave = _times(speed, distance, miss, ahead, radius)
                    enter, leave = max(since + enter, now), min(since + leave, hi)
                    if enter < leave:
                        if rows == who.shape[0]:
                            who, when = np.concatenate((who, who)), np.concatenate((when, when))
                        who[rows, 0], who[rows, 1], who[rows, 2] = kind, one, other
                        when[rows, 0], when[rows, 1] = enter, leave
                        rows += 1
    return who[:rows], when[:rows]


@_compile
def _among(movers, number, j):
    """Whether j is one of the first movers."""
    for k in range(number):
        if movers[k] == j:
            return True
    return False
