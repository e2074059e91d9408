"""Time on target: when a moving ship has to launch so that what she launches arrives at a moment, and how often it does.

Lengths in m, times in s, speeds in m/s. The missile flies straight at one speed; a mark ashore does not move.
"""

from __future__ import annotations

from math import erfc, exp, sqrt

from sim.geometry import intercept

FEW = 1e-9  # of a spread: a mean delay, or a clock's error, below that of the other is none


def flight_time(dx: float, dy: float, vx: float, vy: float, speed: float, due: float) -> float | None:
    """How long what she launches flies, if it is to arrive at a moment; she launches so long before. None when it cannot.

    dx, dy: mark minus ship, now. vx, vy: of the ship, who goes on as she does. due: from now.
    The ship, seen backwards from the moment of arrival, is met by something that leaves the mark then: an interception.
    Source: derived; L + |d - v L| / s = T for the time L of the launch.
    """
    found = intercept(dx - vx * due, dy - vy * due, vx, vy, speed)
    return None if found is None else found.time


def share_in_time(window: float, clock_error: float, mean_delay: float) -> float:
    """Chance that a launch arrives within a window either side of its moment.

    clock_error: standard deviation of the ship's clock, normal. mean_delay: of the launch, exponential.
    Source: the exponentially modified normal law, F(x) = P(x / s) - exp(s^2 / 2 m^2 - x / m) P(x / s - s / m).
    """
    if clock_error == 0.0 and mean_delay == 0.0:
        return 1.0
    return _arrived_by(window, clock_error, mean_delay) - _arrived_by(-window, clock_error, mean_delay)


def _arrived_by(time: float, clock_error: float, mean_delay: float) -> float:
    if mean_delay <= FEW * clock_error:
        return _normal(time / clock_error)
    if clock_error <= FEW * mean_delay:
        return 1.0 - exp(-time / mean_delay) if time > 0.0 else 0.0
    ratio = clock_error / mean_delay
    tail = _normal(time / clock_error - ratio)
    return _normal(time / clock_error) - (
        exp(ratio * ratio / 2.0 - time / mean_delay) * tail if tail > 0.0 else 0.0
    )


def _normal(deviate: float) -> float:
    """The normal law, exact far down its tail."""
    return erfc(-deviate / sqrt(2.0)) / 2.0
