"""Draws from the usual laws, by inverse transform from one uniform each.

One uniform a draw keeps streams in step: two runs that differ in a parameter draw the same uniforms, and a
draw moves with its parameter in one direction. That is what makes common random numbers pay.
Each function draws even where the answer is certain, for the same reason.
Source: A. M. Law, Simulation Modeling and Analysis, McGraw-Hill, chapter 8
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy.random import Generator

STANDARD = NormalDist()  # mean 0, sd 1
CELLS = 2.0**52  # as many as midpoints of equal cells are exact doubles; 2**53 would round up to 1
INVERTED = 500.0  # largest Poisson mean inverted: the search takes mean steps, and exp(-746) is 0


def uniform(rng: Generator, low: float, high: float) -> float:
    """A number anywhere from low to high alike."""
    if not (low <= high and math.isfinite(high - low)):
        raise ValueError(f"uniform: low is {low}, high is {high}, want finite and low <= high")
    return low + (high - low) * float(rng.random())


def exponential(rng: Generator, mean: float) -> float:
    """A wait without memory. mean: 0 or more, inf for never."""
    if not mean >= 0:
        raise ValueError(f"exponential: mean is {mean}, want 0 or more")
    return -mean * math.log1p(-_inside(rng))


def triangular(rng: Generator, low: float, mode: float, high: float) -> float:
    """A planner's estimate: least, most likely, most."""
    if not (low <= mode <= high and math.isfinite(high - low)):
        raise ValueError(f"triangular: {low}, {mode}, {high}, want finite and low <= mode <= high")
    return triangle(float(rng.random()), low, mode, high)


def triangle(share: float, low: float, mode: float, high: float) -> float:
    """The value that a share of a triangular distribution does not exceed; share: from 0 to 1."""
    if share * (high - low) < mode - low:
        return low + math.sqrt(share * (high - low) * (mode - low))
    return high - math.sqrt((1.0 - share) * (high - low) * (high - mode))


def normal(rng: Generator, mean: float, sd: float) -> float:
    """An error about a mean.

    By the inverse, not rng.standard_normal: that takes now one draw, now more, and runs fall out of step.
    """
    if not (sd >= 0 and math.isfinite(sd) and math.isfinite(mean)):
        raise ValueError(f"normal: mean is {mean}, sd is {sd}, want finite and sd 0 or more")
    return mean + sd * STANDARD.inv_cdf(_inside(rng))


def lognormal(rng: Generator, mean: float, cv: float) -> float:
    """A duration with a long tail.

    mean: of the duration itself, not of its logarithm; 0 or more. cv: sd over mean, 0 or more.
    """
    if not (mean >= 0 and cv >= 0 and math.isfinite(mean) and math.isfinite(cv)):
        raise ValueError(f"lognormal: mean is {mean}, cv is {cv}, want finite and 0 or more")
    variance = math.log1p(cv * cv)  # of the logarithm
    return mean * math.exp(math.sqrt(variance) * STANDARD.inv_cdf(_inside(rng)) - variance / 2)


def weibull(rng: Generator, shape: float, scale: float) -> float:
    """A life that wears in (shape below 1) or out (above 1).

    scale: the 63 % life, in the unit of the result.
    """
    if not (shape > 0 and scale >= 0 and math.isfinite(shape) and math.isfinite(scale)):
        raise ValueError(f"weibull: shape is {shape}, scale is {scale}, want shape > 0, scale 0 or more")
    return scale * math.pow(-math.log1p(-_inside(rng)), 1.0 / shape)


def poisson(rng: Generator, mean: float) -> int:
    """How many in a slice of time or sea.

    Above a mean of 500 the draw is NumPy's own: exact, but no longer one uniform nor monotone.
    """
    if not (mean >= 0 and math.isfinite(mean)):
        raise ValueError(f"poisson: mean is {mean}, want a finite number, 0 or more")
    if mean > INVERTED:
        return int(rng.poisson(mean))
    u = float(rng.random())
    count = 0
    term = below = math.exp(-mean)
    while u >= below:
        count += 1
        term *= mean / count
        if below + term == below and count > mean:
            break  # the sum has met rounding short of 1; u lies beyond it
        below += term
    return count


def chance(rng: Generator, probability: float) -> bool:
    """Whether it happens. probability: 0..1; 0 never, 1 always."""
    if not 0 <= probability <= 1:
        raise ValueError(f"chance: probability is {probability}, want 0 to 1")
    return float(rng.random()) < probability


def binomial(rng: Generator, rounds: int, single: float) -> int:
    """How many of some rounds hit, from one uniform by summing the distribution; monotone in the chance."""
    if single <= 0 or rounds == 0:
        return 0
    if single >= 1:
        return rounds
    wanted = uniform(rng, 0.0, 1.0)
    hits, mass = 0, (1 - single) ** rounds
    total = mass
    while wanted > total and hits < rounds:
        mass *= (rounds - hits) / (hits + 1) * single / (1 - single)
        hits += 1
        total += mass
    return hits


def choose(rng: Generator, weights: Sequence[float]) -> int:
    """The index of one of several, by weight.

    weights: 0 or more each, not all 0; they need not sum to 1. A weight of 0 is never chosen.
    """
    total = 0.0
    last = -1
    for index, weight in enumerate(weights):
        if not (weight >= 0 and math.isfinite(weight)):
            raise ValueError(f"choose: weight {index} is {weight}, want a finite number, 0 or more")
        if weight > 0:
            total += weight
            last = index
    if last < 0:
        raise ValueError(f"choose: weights are {list(weights)}, want one above 0")
    mark = float(rng.random()) * total
    below = 0.0
    for index in range(last):
        below += weights[index]
        if mark < below:
            return index
    return last  # also when rounding left mark at the total


def _inside(rng: Generator) -> float:
    """A uniform strictly between 0 and 1: the middle of one of 2**52 equal cells."""
    return (math.floor(float(rng.random()) * CELLS) + 0.5) / CELLS
