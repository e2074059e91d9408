"""The laws of detection: what one look finds at a range, and what a pass finds in all.

Distances in metres, levels in decibels unless a name says otherwise. Nothing here knows of units or of the clock.
Sources: Koopman, Search and Screening, OEG Report 56 (1946); Washburn, Search and Detection, 4th edition (2002);
Mahafza, MATLAB Simulations for Radar Systems Design; Richards, Fundamentals of Radar Signal Processing;
Wagner, Mylander and Sanders, Naval Operations Analysis, 3rd edition.
"""

from __future__ import annotations

from collections.abc import Callable
from math import erf, exp, fsum, inf, log10, pi, sqrt

PLACES = (
    12  # decimals of a chance; exponentials differ in their last bit between systems, and records must not
)
STRIPS = 4096  # of a lateral range curve that is integrated, an even number


def ratio(decibels: float) -> float:
    """A level as a plain ratio of powers."""
    return float(10.0 ** (decibels / 10.0))


def decibels(ratio: float) -> float:
    """A ratio of powers as a level. Raises ValueError unless it is above 0."""
    if ratio <= 0.0:
        raise ValueError(f"a level needs a ratio above 0, got {ratio}")
    return 10.0 * log10(ratio)


def swerling_1(signal: float, false_alarm: float) -> float:
    """Chance that one pulse off a target that fades slowly is above the threshold: P_fa^(1 / (1 + SNR)).

    signal: signal to noise as a ratio. false_alarm: chance that noise alone is, between 0 and 1.
    Raises ValueError outside these.
    """
    if not 0.0 < false_alarm < 1.0 or signal < 0.0:
        raise ValueError(
            f"swerling: signal {signal} and false alarm {false_alarm}, want at least 0 and 0 to 1"
        )
    return round(float(false_alarm ** (1.0 / (1.0 + signal))), PLACES)


def signal_for(chance: float, false_alarm: float) -> float:
    """The signal to noise, as a ratio, at which one pulse is found by a chance; the other way round.

    Raises ValueError for a chance not between the false alarm's and 1.
    """
    if not 0.0 < false_alarm < chance < 1.0:
        raise ValueError(f"no signal gives a chance of {chance} at a false alarm chance of {false_alarm}")
    return log10(false_alarm) / log10(chance) - 1.0


def echo(signal: float, at: float, distance: float) -> float:
    """The signal of an echo at another distance, as a ratio: it falls with the fourth power. at, distance: m."""
    return inf if distance <= 0.0 else signal * (at / distance) ** 4


def range_for(signal: float, at: float, wanted: float) -> float:
    """The distance at which an echo has a wanted signal, m, when it has one of `signal` at some range, m."""
    return at * float((signal / wanted) ** 0.25)


def normal_below(value: float) -> float:
    """The standard normal law: the chance of less than a value."""
    return 0.5 * (1.0 + erf(value / sqrt(2.0)))


def sonar_chance(excess: float, spread: float) -> float:
    """Chance that a look hears a target whose signal excess is normal about a mean. excess, spread: dB, spread above 0."""
    return round(normal_below(excess / spread), PLACES)


def inverse_cube(constant: float, miss: float, speed: float) -> float:
    """Chance that a long straight pass finds, when the rate of finding is k h / r^3: 1 - exp(-2 k h / (v x^2)).

    constant: k h, m3/s. miss: the lateral range x, m. speed: relative, m/s, above 0.
    """
    return 1.0 if miss == 0.0 else 1.0 - exp(-2.0 * constant / (speed * miss * miss))


def inverse_cube_width(constant: float, speed: float) -> float:
    """Sweep width of that law, m: 2 sqrt(2 pi k h / v)."""
    return 2.0 * sqrt(2.0 * pi * constant / speed)


def sweep_width(curve: Callable[[float], float], reach: float) -> float:
    """Sweep width of any lateral range curve, m: its integral from -reach to reach, by Simpson's rule.

    curve: chance of finding by lateral range, m, taken to be alike on both sides and 0 beyond the reach.
    """
    step = reach / STRIPS
    ends = curve(0.0) + curve(reach)
    odd = fsum(curve(step * place) for place in range(1, STRIPS, 2))
    even = fsum(curve(step * place) for place in range(2, STRIPS, 2))
    return 2.0 * step / 3.0 * (ends + 4.0 * odd + 2.0 * even)


def definite(reach: float) -> Callable[[float], float]:
    """The cookie cutter: all within a range, nothing beyond it."""
    return lambda miss: 1.0 if abs(miss) <= reach else 0.0


def triangular(half_base: float) -> Callable[[float], float]:
    """Certain at no lateral range, falling on a straight line to nothing at half the base."""
    return lambda miss: max(0.0, 1.0 - abs(miss) / half_base)


def exponential(scale: float) -> Callable[[float], float]:
    """Falling by 1/e for each scale."""
    return lambda miss: exp(-abs(miss) / scale)


def gaussian(spread: float) -> Callable[[float], float]:
    """Falling like a normal law of a standard deviation."""
    return lambda miss: exp(-0.5 * (miss / spread) ** 2)
