"""Dispersion: where rounds fall about the aim, and the chance that they score.

Errors are normal across and along the line of fire, independent of each other and from round to round.
An error common to a whole shoot is drawn once and passed as the aim or the bias.
Sources: M. Driels, Weaponeering, AIAA 2004; A. R. Washburn, Notes on Firing Theory, NPS 2002
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from sim.variates import normal

if TYPE_CHECKING:
    from numpy.random import Generator

FAR = 40.0  # sd; past it the chance is below the smallest double
NEAR = 10.0  # sd; what lies further from the best place adds less than 1e-21 of the whole
POINTS_PER_SD = 4.0  # of the quadrature; the error falls as exp(-2 (pi x this)^2), so this is ample
FEWEST = 32  # points on the half circle however small it is


class Engagement(NamedTuple):
    """What shoot-look-shoot gives. kill: chance 0..1. mean_rounds: rounds spent on average."""

    kill: float
    mean_rounds: float


def chance_in_rectangle(
    width: float,
    height: float,
    sd_across: float,
    sd_along: float,
    *,
    bias_across: float = 0.0,
    bias_along: float = 0.0,
) -> float:
    """Chance that a round falls in a rectangle square to the line of fire.

    width: m, whole, across. height: m, whole, along (or up). sd: m, above 0.
    bias: m, mean point of impact minus the rectangle's centre.
    """
    _spreads(sd_across, sd_along)
    _sizes(width, height)
    return _in_strip(width / 2, sd_across, bias_across) * _in_strip(height / 2, sd_along, bias_along)


def chance_in_disc(radius: float, sd: float) -> float:
    """Chance that a round falls within a radius of the point aimed at. radius, sd: m; sd alike both ways."""
    _spreads(sd)
    _sizes(radius)
    return -math.expm1(-((radius / sd) ** 2) / 2)


def chance_in_disc_offset(radius: float, sd: float, offset: float) -> float:
    """Chance that a round falls in a disc whose centre lies at an offset from the mean point of impact.

    radius, sd, offset: m; sd alike both ways. Good to about 1e-13 of the answer.
    The disc is cut in strips square to the offset, at x = R sin(a): the integrand over a is smooth and goes
    round the circle, where equal steps converge faster than any power of the step.
    """
    _spreads(sd)
    _sizes(radius, abs(offset))
    r, d = radius / sd, abs(offset) / sd
    if d == 0.0 or r == 0.0:
        return chance_in_disc(radius, sd)
    if r - d > FAR:
        return 1.0
    if d - r > FAR:
        return 0.0
    # The integrand's width in a is about 1/r inside the disc, 1/sqrt(r d) at the edge near the aim.
    points = FEWEST + math.ceil(math.pi * POINTS_PER_SD * math.sqrt(r * max(r, d)))
    step = math.pi / points
    first = math.asin(max(-1.0, (min(r, d) - NEAR) / r))
    last = math.asin(min(1.0, (d + NEAR) / r))
    terms = []
    for k in range(math.ceil(first / step), math.floor(last / step) + 1):
        x = r * math.sin(k * step)
        half = r * math.cos(k * step)
        terms.append(math.exp(-((x - d) ** 2) / 2) * half * math.erf(half / math.sqrt(2)))
    return min(1.0, math.fsum(terms) * step / math.sqrt(2 * math.pi))


def circular_error_probable(sd: float) -> float:
    """Radius that half the rounds fall within, m. sd: m, alike both ways, no bias."""
    return sd * math.sqrt(2 * math.log(2))


def carleton_at(dx: float, dy: float, rx: float, ry: float) -> float:
    """Carleton's score of one round by where it fell: 1 on the mark, fading as a bell.

    dx, dy: m, fall minus mark, across and along. rx, ry: m, where the score is down to 1/e.
    """
    _sizes(rx, ry)
    if rx == 0 or ry == 0:
        raise ValueError(f"carleton_at: radii are {rx} and {ry}, want above 0")
    return math.exp(-((dx / rx) ** 2) - (dy / ry) ** 2)


def carleton(
    radius_across: float,
    radius_along: float,
    sd_across: float,
    sd_along: float,
    *,
    bias_across: float = 0.0,
    bias_along: float = 0.0,
) -> float:
    """Mean of carleton_at over the fall of shot. All m; bias: mean point of impact minus mark."""
    score = 1.0
    for radius, sd, bias in (
        (radius_across, sd_across, bias_across),
        (radius_along, sd_along, bias_along),
    ):
        if not (radius > 0 and sd >= 0):
            raise ValueError(f"carleton: radius is {radius}, sd is {sd}, want radius > 0, sd 0 or more")
        broad = radius * radius + 2 * sd * sd
        score *= radius / math.sqrt(broad) * math.exp(-bias * bias / broad)
    return score


def at_least_one(chance: float, rounds: int) -> float:
    """Chance that at least one of so many independent rounds hits."""
    _chance(chance)
    _rounds(rounds)
    # By logarithms, so that a small chance keeps its digits.
    return float(rounds > 0) if chance == 1 else -math.expm1(rounds * math.log1p(-chance))


def at_least_one_of(chances: Iterable[float]) -> float:
    """Chance that at least one of several independent rounds hits, each with its own chance."""
    missed = 1.0
    for chance in chances:
        _chance(chance)
        missed *= 1.0 - chance
    return 1.0 - missed


def at_least(hits: int, chance: float, rounds: int) -> float:
    """Chance of at least so many hits in so many independent rounds: the binomial tail."""
    _chance(chance)
    _rounds(rounds)
    if hits <= 0:
        return 1.0
    if chance in {0, 1}:
        return float(chance == 1 and hits <= rounds)
    # By logarithms: the binomial coefficient overflows at a thousand rounds, a minute of a fast mount.
    hit, miss, ways = math.log(chance), math.log1p(-chance), math.lgamma(rounds + 1)
    return math.fsum(
        math.exp(ways - math.lgamma(k + 1) - math.lgamma(rounds - k + 1) + k * hit + (rounds - k) * miss)
        for k in range(hits, rounds + 1)
    )


def rounds_to_first_hit(chance: float, magazine: int | None = None) -> float:
    """Rounds fired on average until the first hit, or until the magazine is empty.

    magazine: rounds; None for no limit, and then a chance of 0 gives inf.
    """
    _chance(chance)
    if magazine is None:
        return 1.0 / chance if chance > 0 else math.inf
    _rounds(magazine)
    return at_least_one(chance, magazine) / chance if chance > 0 else float(magazine)


def shoot_look_shoot(chance: float, shots: int) -> Engagement:
    """Firing one at a time, looking after each, and stopping at a kill or after so many shots.

    The look is perfect. The kill chance is a salvo's; the rounds saved are the gain.
    """
    return Engagement(at_least_one(chance, shots), rounds_to_first_hit(chance, shots))


def fall_of_shot(
    rng: Generator, sd_across: float, sd_along: float, aim: tuple[float, float] = (0.0, 0.0)
) -> tuple[float, float]:
    """Where one round falls, m across and along. aim: m, mean point of impact. Two uniforms, across first."""
    across = normal(rng, aim[0], sd_across)
    return across, normal(rng, aim[1], sd_along)


def _in_strip(half: float, sd: float, bias: float) -> float:
    root = sd * math.sqrt(2)
    near, far = (half - abs(bias)) / root, (half + abs(bias)) / root
    if near < 0:  # aim outside: by the tails, else the difference of two near ones loses its digits
        return (math.erfc(-near) - math.erfc(far)) / 2
    return (math.erf(near) + math.erf(far)) / 2


def _spreads(*sds: float) -> None:
    for sd in sds:
        if not 0 < sd < math.inf:
            raise ValueError(f"dispersion: sd is {sd}, want a finite number above 0")


def _sizes(*sizes: float) -> None:
    for size in sizes:
        if not 0 <= size < math.inf:
            raise ValueError(f"dispersion: size is {size}, want a finite number, 0 or more")


def _chance(chance: float) -> None:
    if not 0 <= chance <= 1:
        raise ValueError(f"dispersion: chance is {chance}, want 0 to 1")


def _rounds(rounds: int) -> None:
    if rounds < 0:
        raise ValueError(f"dispersion: rounds is {rounds}, want 0 or more")
