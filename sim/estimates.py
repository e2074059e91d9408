"""What many runs say together: means and chances with the interval that holds the true one, and quantiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, fsum, nan, sqrt
from statistics import NormalDist

CONFIDENCE = 0.95  # usual; how often an interval made so holds what it is meant to


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value estimated from count runs, and the interval low to high around it; not numbers when too few."""

    value: float
    low: float
    high: float
    count: int


def mean(values: Sequence[float], confidence: float = CONFIDENCE) -> Estimate:
    """The mean of independent values with Student's t interval; the interval takes two values at least.

    Source: Law, Simulation Modeling and Analysis, 5th ed., section 4.5, equation 4.12.
    """
    count = len(values)
    if not count:
        return Estimate(nan, nan, nan, 0)
    middle = fsum(values) / count
    if count == 1:
        return Estimate(middle, nan, nan, 1)
    from scipy.special import stdtrit  # noqa: PLC0415  # a command that only plays needs none of it

    spread = sqrt(fsum((each - middle) ** 2 for each in values) / (count - 1))
    half = float(stdtrit(count - 1, 0.5 + confidence / 2)) * spread / sqrt(count)
    return Estimate(middle, middle - half, middle + half, count)


def chance(times: int, count: int, confidence: float = CONFIDENCE) -> Estimate:
    """The chance of what happened some times of count, with Wilson's score interval: honest also near 0 and 1.

    Source: Wilson (1927), Journal of the American Statistical Association 22, 209-212.
    """
    if not count:
        return Estimate(nan, nan, nan, 0)
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    share, slack = times / count, z * z / count
    middle = (share + slack / 2) / (1 + slack)
    half = z * sqrt(share * (1 - share) / count + slack / (4 * count)) / (1 + slack)
    low = 0.0 if times == 0 else middle - half  # exactly there, but for rounding
    high = 1.0 if times == count else middle + half
    return Estimate(share, low, high, count)


def quantile(values: Sequence[float], share: float) -> float:
    """The least value with at least this share of the values at or below it; not a number of none.

    share: above 0, at most 1. An observed value, so a count stays one.
    Source: Hyndman and Fan (1996), The American Statistician 50, 361-365, definition 1.
    """
    if not 0 < share <= 1:
        raise ValueError(f"quantile: share is {share}, want above 0, at most 1")
    ordered = sorted(values)
    return ordered[ceil(share * len(ordered) - SLACK) - 1] if ordered else nan


SLACK = 1e-9  # of a rank; 0.05 * 20 runs is the first, though the product may be a hair above 1
