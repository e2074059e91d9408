"""What many runs say together: means, chances, quantiles and differences, with the interval that holds the true one.

Values are of independent runs. Pairs are of runs that share their random numbers, the two of a pair at one place in
both sequences; a difference is always the ones less the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, fsum, inf, nan, sqrt
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
    half = student(count - 1, confidence) * sqrt(variance(values) / count)
    return Estimate(middle, middle - half, middle + half, count)


def variance(values: Sequence[float]) -> float:
    """The variance of a sample, over one less than its size; not a number of fewer than two values."""
    if len(values) < 2:
        return nan
    middle = fsum(values) / len(values)
    return fsum((each - middle) ** 2 for each in values) / (len(values) - 1)


def student(freedom: float, confidence: float = CONFIDENCE) -> float:
    """How many standard errors an interval reaches to each side: the two-sided quantile of Student's t."""
    from scipy.special import stdtrit  # noqa: PLC0415  # a command that only plays needs none of it

    return float(stdtrit(freedom, 0.5 + confidence / 2))


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


def quantile_interval(values: Sequence[float], share: float, confidence: float = CONFIDENCE) -> Estimate:
    """A quantile between two of the values, whatever their law; an end is not a number when too few lie beyond it.

    Each end misses with at most half of what the confidence leaves: a few values less than that where they are few.
    share: above 0, below 1. Raises ValueError otherwise.
    Source: David and Nagaraja, Order Statistics, 3rd ed. (2003), section 7.1.
    """
    if not 0 < share < 1:
        raise ValueError(f"quantile_interval: share is {share}, want above 0 and below 1")
    from scipy.special import bdtr  # noqa: PLC0415

    ordered, count, tail = sorted(values), len(values), (1 - confidence) / 2
    if not count:
        return Estimate(nan, nan, nan, 0)
    chances = [float(bdtr(below, count, share)) for below in range(count + 1)]  # of at most so many below
    under = sum(each <= tail for each in chances)  # the rank of the low end, from 1; 0 when there is none
    over = sum(each < 1 - tail for each in chances) + 1  # of the high end
    return Estimate(quantile(ordered, share), ordered[under - 1] if under else nan,
                    ordered[over - 1] if over <= count else nan, count)  # fmt: skip


def median(values: Sequence[float], confidence: float = CONFIDENCE) -> Estimate:
    """The value in the middle, the lower one of two, between two of the values; see `quantile_interval`."""
    return quantile_interval(values, 0.5, confidence)


def paired(ones: Sequence[float], others: Sequence[float], confidence: float = CONFIDENCE) -> Estimate:
    """The mean difference within pairs, with Student's t interval; count: pairs.

    Shared random numbers make the pairs alike, and the interval shorter than that of `difference`.
    Raises ValueError when there are more of the one than of the other.
    Source: Law, Simulation Modeling and Analysis, 5th ed., section 10.2.1.
    """
    return mean(_differences(ones, others), confidence)


def _pairs(ones: Sequence[float], others: Sequence[float]) -> int:
    if len(ones) != len(others):
        raise ValueError(f"{len(ones)} and {len(others)} values do not make pairs")
    return len(ones)


def _differences(ones: Sequence[float], others: Sequence[float]) -> list[float]:
    return [ones[at] - others[at] for at in range(_pairs(ones, others))]


def difference(ones: Sequence[float], others: Sequence[float], confidence: float = CONFIDENCE) -> Estimate:
    """The difference of two means of independent samples, of any two spreads; count: all values.

    The interval takes two values of each.
    Source: Welch (1938), Biometrika 29, 350-362; Law, Simulation Modeling and Analysis, 5th ed., section 10.2.2.
    """
    count = len(ones) + len(others)
    if not ones or not others:
        return Estimate(nan, nan, nan, count)
    middle = fsum(ones) / len(ones) - fsum(others) / len(others)
    if min(len(ones), len(others)) < 2:
        return Estimate(middle, nan, nan, count)
    parts = [(variance(each) / len(each), len(each) - 1) for each in (ones, others)]
    error = fsum(part for part, _ in parts)
    if error == 0.0:
        return Estimate(middle, middle, middle, count)
    freedom = error**2 / fsum(part**2 / degrees for part, degrees in parts)
    half = student(freedom, confidence) * sqrt(error)
    return Estimate(middle, middle - half, middle + half, count)


def paired_chance(ones: Sequence[float], others: Sequence[float], confidence: float = CONFIDENCE) -> Estimate:
    """The difference of two chances within pairs of 0 and 1, with Tango's score interval; count: pairs.

    Honest also when no pair differs: 20 pairs that agree leave some 16 % to either side.
    Raises ValueError for other values, and when there are more of the one than of the other.
    Source: Tango (1998), Statistics in Medicine 17, 891-908.
    """
    if any(each not in (0, 1) for each in (*ones, *others)):
        raise ValueError("paired_chance: values are 0 and 1")
    pairs = _differences(ones, others)
    count, more, less = len(pairs), pairs.count(1), pairs.count(-1)
    if not count:
        return Estimate(nan, nan, nan, 0)
    value, z = (more - less) / count, NormalDist().inv_cdf(0.5 + confidence / 2)
    return Estimate(value, -_farthest(less, more, count, z), _farthest(more, less, count, z), count)


def _farthest(more: int, less: int, count: int, z: float) -> float:
    """The largest difference whose score is no further than z standard errors below what was seen."""
    low, high = (more - less) / count, 1.0
    while low < (middle := (low + high) / 2) < high:
        if _score(more, less, count, middle) >= -z:
            low = middle
        else:
            high = middle
    return high


def _score(more: int, less: int, count: int, true: float) -> float:
    """Standard errors by which the difference seen is above the true one; its nuisance chance is the likeliest."""
    first = 2 * count
    second = (2 * count - more + less) * true - more - less
    third = -less * true * (1 - true)
    against = (sqrt(max(0.0, second**2 - 4 * first * third)) - second) / (2 * first)  # chance of a pair 0, 1
    error = sqrt(max(0.0, count * (2 * against + true * (1 - true))))
    off = more - less - count * true
    return off / error if error else -inf if off < 0 else 0.0


def ratio(ones: Sequence[float], others: Sequence[float], confidence: float = CONFIDENCE) -> Estimate:
    """The ratio of two means within pairs, ones over others, with Fieller's interval; count: pairs.

    Hits over rounds of whole runs, say: not the mean of the runs' own ratios. The interval is not a number when the
    mean below the line may as well be 0.
    Raises ValueError when there are more of the one than of the other.
    Source: Fieller (1954), Journal of the Royal Statistical Society B 16, 175-185.
    """
    count = _pairs(ones, others)
    above, below = (fsum(each) / count if count else nan for each in (ones, others))
    if not below or count < 2:
        return Estimate(above / below if below else nan, nan, nan, count)
    squared = student(count - 1, confidence) ** 2 / count
    both = fsum((one - above) * (other - below) for one, other in zip(ones, others, strict=True)) / (
        count - 1
    )
    first = below**2 - squared * variance(others)
    second = above * below - squared * both
    third = above**2 - squared * variance(ones)
    if first <= 0.0:
        return Estimate(above / below, nan, nan, count)
    half = sqrt(max(0.0, second**2 - first * third)) / first
    return Estimate(above / below, second / first - half, second / first + half, count)
