"""Which factors the spread of a response comes from: Sobol' indices, Morris's elementary effects, and indices of any sample.

A first-order index is the share of the response's variance that one factor accounts for alone; a total index adds what
it does together with others. Estimates are left as they come out, so an index near 0 may be a little less than 0.
Intervals of resamples are drawn from the named streams of a seed, so that the same values have the same interval.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from math import ceil, fsum, nan, sqrt
from typing import TYPE_CHECKING

import numpy as np

from sim.estimates import CONFIDENCE, Estimate, mean, student, variance
from sim.streams import Streams

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

RESAMPLES = 1000  # as many as a percentile interval of 95 % takes
FEWEST = 3  # values that have a spread worth resampling
GROUPS = 200  # parts of a sample left out in turn; more would only take longer
REPEATED = 2.0  # values at a level, on average, from which on a factor's levels are taken as they are


@dataclass(frozen=True, slots=True)
class Index:
    """What one factor does to the variance: alone, and with all it does together with others; shares of 1."""

    first: Estimate
    total: Estimate


@dataclass(frozen=True, slots=True)
class Elementary:
    """Elementary effects of one factor: their mean, the mean of their sizes, and their spread.

    size tells how much the factor matters, mean whether it always works the same way, and spread whether that depends
    on its own level or on others. count of each: the effects in it.
    """

    mean: Estimate
    size: Estimate
    spread: Estimate


def sobol(
    a: ArrayLike,
    b: ArrayLike,
    ab: ArrayLike,
    ba: ArrayLike | None = None,
    *,
    confidence: float = CONFIDENCE,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> list[Index]:
    """First-order and total index of each factor from a Saltelli sample.

    a, b: (n,) responses at two independent samples of points. ab: (k, n) at the points of a with factor i taken from
    b, for each factor; ba: likewise the other way round, which makes the estimates of both samples. A place that
    lacks a value (nan) anywhere is left out everywhere. Intervals: percentiles of resampled places; too wide when the
    points are more even than random ones. Not numbers when the response does not vary.
    Raises ValueError for shapes that do not fit.
    Source: Saltelli and others (2010), Computer Physics Communications 181, 259-270, table 2: (b) for the first order;
    (f), which is Jansen (1999), Computer Physics Communications 117, 35-43, for the total.
    """
    one, other, mixed = _places("sobol", a, b, ab, ba)
    firsts, totals = _firsts(one, other, mixed), np.zeros(mixed[0].shape)
    for base, rows in zip((one, other), mixed, strict=False):
        totals += (base - rows) ** 2 / (2 * len(mixed))
    found = _shares(one, other, np.vstack([firsts, totals]), confidence, resamples, seed)
    return [Index(*each) for each in zip(found[: len(firsts)], found[len(firsts) :], strict=True)]


def pairs(
    a: ArrayLike,
    b: ArrayLike,
    ab: ArrayLike,
    ba: ArrayLike,
    *,
    confidence: float = CONFIDENCE,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> dict[tuple[int, int], Estimate]:
    """Second-order index of each two factors: the share of the variance that comes of both together, beyond each alone.

    Responses, intervals and errors as of `sobol`; by the numbers of the factors, the lower first.
    Source: Saltelli (2002), Computer Physics Communications 145, 280-297, theorem 2.
    """
    one, other, mixed = _places("pairs", a, b, ab, ba)
    firsts, (rows, swapped) = _firsts(one, other, mixed), mixed
    each = list(combinations(range(len(firsts)), 2))
    both = [(rows[i] * swapped[j] + rows[j] * swapped[i]) / 2 - firsts[i] - firsts[j] for i, j in each]
    parts = np.array(both).reshape(len(each), len(one))
    return dict(zip(each, _shares(one, other, parts, confidence, resamples, seed), strict=True))


def _places(
    asker: str, a: ArrayLike, b: ArrayLike, ab: ArrayLike, ba: ArrayLike | None
) -> tuple[NDArray[np.float64], NDArray[np.float64], list[NDArray[np.float64]]]:
    """The responses of places that have all, less their mean: without it estimates have needless variance."""
    one, other = np.asarray(a, np.float64), np.asarray(b, np.float64)
    mixed = [np.asarray(each, np.float64) for each in (ab, ba) if each is not None]
    if one.ndim != 1 or one.shape != other.shape or any(each.shape != mixed[0].shape for each in mixed):
        shapes = ", ".join(str(each.shape) for each in (one, other, *mixed))
        raise ValueError(f"{asker}: shapes {shapes} do not fit")
    if mixed[0].ndim != 2 or mixed[0].shape[1] != len(one):
        raise ValueError(
            f"{asker}: {mixed[0].shape} responses for {len(one)} places, want a row for each factor"
        )
    whole = ~np.isnan(np.vstack([one, other, *mixed])).any(axis=0)
    middle = (one[whole].mean() + other[whole].mean()) / 2 if whole.any() else 0.0
    return one[whole] - middle, other[whole] - middle, [each[:, whole] - middle for each in mixed]


def _firsts(
    one: NDArray[np.float64], other: NDArray[np.float64], mixed: list[NDArray[np.float64]]
) -> NDArray[np.float64]:
    """What each place says of the variance of each factor alone."""
    found = np.zeros(mixed[0].shape)
    for base, swapped, rows in zip((one, other), (other, one), mixed, strict=False):
        found += swapped * (rows - base) / len(mixed)
    return found


def _shares(
    one: NDArray[np.float64],
    other: NDArray[np.float64],
    parts: NDArray[np.float64],
    confidence: float,
    resamples: int,
    seed: int,
) -> list[Estimate]:
    """The mean of each row of parts as a share of the variance, with the percentiles of resampled places."""
    count = len(one)
    table = np.vstack([parts, (one + other) / 2, (one**2 + other**2) / 2]).T

    def shares(means: NDArray[np.float64]) -> NDArray[np.float64]:
        spread = means[-1] - means[-2] ** 2
        return means[:-2] / spread if spread > 0 else np.full(len(parts), nan)

    values = shares(table.mean(axis=0)) if count else np.full(len(parts), nan)
    if np.isnan(values).any():
        return [Estimate(nan, nan, nan, count)] * len(parts)
    lows, highs = _percentiles(
        (shares(table[at].mean(axis=0)) for at in _resampled(count, resamples, seed)), confidence
    )
    rows = zip(values.tolist(), lows.tolist(), highs.tolist(), strict=True)
    return [Estimate(value, low, high, count) for value, low, high in rows]


def _resampled(count: int, times: int, seed: int) -> Iterator[NDArray[np.int64]]:
    draws = Streams(seed)("resamples")
    return (draws.integers(0, count, count) for _ in range(times))


def _percentiles(
    rows: Iterator[NDArray[np.float64]], confidence: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The low and high ends of what resamples gave. Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993."""
    found = np.array(list(rows))
    tail = (1 - confidence) / 2
    return np.nanquantile(found, tail, axis=0), np.nanquantile(found, 1 - tail, axis=0)


def morris(
    points: ArrayLike,
    responses: ArrayLike,
    *,
    confidence: float = CONFIDENCE,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> list[Elementary]:
    """Elementary effects of each factor from trajectories that change one factor at each step.

    points: (r, s, k), r trajectories of s points of k factors, best in units of each factor's range. responses: (r, s);
    a step to or from one without a value (nan) has no effect to tell. Intervals: Student's t for both means,
    percentiles of resampled effects for the spread; these take two effects.
    Raises ValueError for shapes that do not fit and for a step that changes none or several.
    Source: Morris (1991), Technometrics 33, 161-174; the mean of sizes: Campolongo, Cariboni and Saltelli (2007),
    Environmental Modelling and Software 22, 1509-1518.
    """
    ways, found = np.asarray(points, np.float64), np.asarray(responses, np.float64)
    if ways.ndim != 3 or found.shape != ways.shape[:2]:
        raise ValueError(f"morris: responses of shape {found.shape} for points of shape {ways.shape}")
    steps, rises = np.diff(ways, axis=1), np.diff(found, axis=1)
    changed = (steps != 0).sum(axis=2)
    if (changed != 1).any():
        way, step = np.argwhere(changed != 1)[0].tolist()
        raise ValueError(
            f"morris: step {step} of trajectory {way} changes {changed[way, step]} factors, want one"
        )
    result = []
    for factor in range(ways.shape[2]):
        own = (steps[:, :, factor] != 0) & ~np.isnan(rises)
        effects = (rises[own] / steps[:, :, factor][own]).tolist()
        size = mean([abs(each) for each in effects], confidence)
        size = replace(size, low=max(size.low, 0.0))  # max keeps its first, so what is no number stays so
        spread = _spread(effects, confidence, resamples, seed)
        result.append(Elementary(mean(effects, confidence), size, spread))
    return result


def _spread(values: list[float], confidence: float, resamples: int, seed: int) -> Estimate:
    """The standard deviation, with the percentiles of resampled ones."""
    count, value = len(values), sqrt(variance(values)) if len(values) > 1 else nan
    if count < FEWEST:
        return Estimate(value, nan, nan, count)
    drawn = np.array(values)
    rows = (drawn[at].std(ddof=1, keepdims=True) for at in _resampled(count, resamples, seed))
    low, high = (float(each[0]) for each in _percentiles(rows, confidence))
    return Estimate(value, low, high, count)


def first_order(
    values: ArrayLike, responses: ArrayLike, *, confidence: float = CONFIDENCE, seed: int = 0
) -> Estimate:
    """First-order index of one factor from any sample in which factors are independent: random, or a Latin hypercube.

    values: of the factor. responses: one each; where either lacks (nan) both are left out. What one value of the factor
    leaves of the response's variance is found from neighbours: for levels that come again the variance within them,
    over its degrees of freedom; else half the squared differences of responses one, two and more ranks apart, as a
    straight line in the squared distance, read at distance 0. So neither the number of levels nor the slope between
    neighbours adds a bias. Needs no model of the response; several jumps in it need many values.
    Interval: Student's t by a jackknife of at most GROUPS parts, which errs to the safe side.
    Raises ValueError when there are more of the one than of the other.
    Source: Tong and Wang (2005), Biometrika 92, 821-830, for neighbours; Efron and Stein (1981), Annals of Statistics 9,
    586-596, for the jackknife; Plischke, Borgonovo and Smith (2013), European Journal of Operational Research 226,
    536-550, for indices of a given sample.
    """
    levels, found = np.asarray(values, np.float64), np.asarray(responses, np.float64)
    if levels.ndim != 1 or levels.shape != found.shape:
        raise ValueError(f"first_order: {levels.shape} values for {found.shape} responses")
    kept = ~np.isnan(levels) & ~np.isnan(found)
    order = np.argsort(levels[kept], kind="stable")
    levels, found = levels[kept][order], found[kept][order]
    count = len(found)
    once = len(np.unique(levels))
    share = _within if count >= REPEATED * once else _between
    if count < 2 * FEWEST or once < 2 or not found.var() > 0:
        return Estimate(nan, nan, nan, count)
    value = share(levels, found)
    parts = min(count, GROUPS)
    part = np.empty(count, np.int64)
    part[Streams(seed)("parts").permutation(count)] = np.arange(count) % parts
    left = [share(levels[part != each], found[part != each]) for each in range(parts)]
    middle = fsum(left) / parts
    half = student(parts - 1, confidence) * sqrt(
        (parts - 1) / parts * fsum((each - middle) ** 2 for each in left)
    )
    return Estimate(value, value - half, value + half, count)


Share = Callable[["NDArray[np.float64]", "NDArray[np.float64]"], float]


def _within(levels: NDArray[np.float64], found: NDArray[np.float64]) -> float:
    """One less the variance within levels over the whole variance. Levels are in order."""
    _, at, counts = np.unique(levels, return_inverse=True, return_counts=True)
    rest = found - (np.bincount(at, found) / counts)[at]
    return 1 - float((rest**2).sum()) / (len(found) - len(counts)) / float(found.var(ddof=1))


def _between(levels: NDArray[np.float64], found: NDArray[np.float64]) -> float:
    """One less the variance that neighbours leave over the whole variance. Responses are in the order of the levels."""
    count = len(found)
    farthest = ceil(count ** (1 / 3))
    ranks = np.arange(1, farthest + 1)
    apart = np.array([float(((found[rank:] - found[:-rank]) ** 2).mean()) / 2 for rank in ranks.tolist()])
    weights = (count - ranks) / (count - ranks).sum()
    distances = (ranks / count) ** 2
    middle = float((weights * distances).sum())
    off = distances - middle
    slope = float((weights * apart * off).sum()) / float((weights * off**2).sum()) if farthest > 1 else 0.0
    left = float((weights * apart).sum()) - slope * middle
    return 1 - left / float(found.var(ddof=1))
