"""Hit chances and draws of the fall of shot."""

import math

import numpy as np
import pytest

from sim.variates import chance, normal
from sim.weapons.dispersion import (
    at_least,
    at_least_one,
    at_least_one_of,
    carleton,
    carleton_at,
    chance_in_disc,
    chance_in_disc_offset,
    chance_in_rectangle,
    circular_error_probable,
    fall_of_shot,
    rounds_to_first_hit,
    shoot_look_shoot,
)

SEED = 20230722


def generator(seed=SEED):
    return np.random.Generator(np.random.PCG64(seed))


def falls(n, sd_across, sd_along, aim=(0.0, 0.0)):
    """n falls of shot, (n, 2)."""
    rng = generator()
    return np.array([fall_of_shot(rng, sd_across, sd_along, aim) for _ in range(n)])


def needed(p, share):
    """Draws that estimate p to a standard error of that share of p."""
    return math.ceil((1 - p) / (p * share**2))


def test_centred_disc():
    """REQ-GUN-01: sd 20, radius 15 m; n = 125,000 for SE 0.5 % of p, tolerance 4 SE."""
    n = needed(0.2451604, 0.005)
    miss = np.hypot(*falls(n, 20, 20).T)
    cep = circular_error_probable(20)

    assert pytest.approx(0.2451604, rel=1e-6) == chance_in_disc(15, 20)
    assert pytest.approx(0.2451604, rel=4 * 0.005) == (miss <= 15).mean()
    assert pytest.approx(23.5482, rel=1e-6) == cep
    assert pytest.approx(23.5482, rel=0.005) == np.median(miss)
    assert pytest.approx(0.9375, rel=1e-12) == chance_in_disc(2 * cep, 20)
    assert pytest.approx(0.9375, abs=4 * math.sqrt(0.9375 * 0.0625 / n)) == (miss <= 2 * cep).mean()


@pytest.mark.parametrize(("bias", "p"), [((10, -5), 0.1473926), ((0, 0), 0.1513067)])
def test_biased_rectangle(bias, p):
    """REQ-GUN-02: sd 25 and 40 m, 100 by 16 m; n = 58,000 for SE 1 % of p, tolerance 4 SE."""
    x, y = falls(needed(p, 0.01), 25, 40, bias).T

    assert pytest.approx(p, rel=1e-6) == chance_in_rectangle(
        100, 16, 25, 40, bias_across=bias[0], bias_along=bias[1]
    )
    assert pytest.approx(p, rel=4 * 0.01) == ((abs(x) <= 50) & (abs(y) <= 8)).mean()


def test_far_rectangle_keeps_its_digits():
    """Far off target the chance is small, not noise."""
    stats = pytest.importorskip("scipy.stats")
    expected = stats.norm.sf(11) - stats.norm.sf(13)

    assert pytest.approx(expected, rel=1e-12) == chance_in_rectangle(2, 1e3, 1, 1, bias_across=12)
    assert chance_in_rectangle(2, 3, 1, 2, bias_across=-12) == chance_in_rectangle(2, 3, 1, 2, bias_across=12)


@pytest.mark.parametrize("radius", [1e-3, 0.1, 0.75, 1.0, 3.0, 12.0, 60.0, 400.0, 5000.0])
@pytest.mark.parametrize("offset", [1e-6, 0.2, 1.0, 2.5, 7.0, 30.0, 59.0, 62.0, 399.0, 403.0, 5001.0])
def test_offset_disc(radius, offset):
    """The offset chance is the non-central chi square law of two degrees of freedom."""
    stats = pytest.importorskip("scipy.stats")
    expected = stats.ncx2.cdf(radius**2, 2, offset**2)
    # Where the reference itself loses digits (deep tails, very large arguments) it is checked less closely.
    rel = 1e-9 if max(radius, offset) < 100 else 1e-6

    assert pytest.approx(expected, rel=rel, abs=1e-14) == chance_in_disc_offset(radius, 1.0, offset)


def test_offset_disc_against_quadrature():
    """To twelve digits of the answer, in the tail too, against adaptive quadrature of the Rice density."""
    integrate = pytest.importorskip("scipy.integrate")
    special = pytest.importorskip("scipy.special")
    for radius, offset in [(0.5, 3.0), (2.0, 9.0), (5.0, 5.0), (3.0, 20.0), (30.0, 31.0)]:
        expected, _ = integrate.quad(
            lambda r, d=offset: r * math.exp(-((r - d) ** 2) / 2) * special.ive(0, r * d),
            max(0.0, min(radius, offset) - 12),
            radius,
            epsrel=1e-13,
            epsabs=0,
            limit=400,
        )

        assert pytest.approx(expected, rel=1e-11) == chance_in_disc_offset(20 * radius, 20, -20 * offset)


def test_offset_disc_at_its_limits():
    """No offset is the centred disc; deep inside is certain, far outside impossible."""
    assert chance_in_disc(15, 20) == chance_in_disc_offset(15, 20, 0)
    assert pytest.approx(chance_in_disc(15, 20), rel=1e-12) == chance_in_disc_offset(15, 20, 1e-9)
    assert 0 == chance_in_disc_offset(0, 20, 5)
    assert 1 == chance_in_disc_offset(1000, 1, 3)
    assert 0 == chance_in_disc_offset(3, 1, 1000)


def test_carleton_centred():
    """REQ-GUN-05: radii 30 and 50, sd 20 and 35 m; n = 38,000 for SE 0.5 %, tolerance 4 SE."""
    rng = generator()
    n = needed(0.5170877, 0.005)
    scored = sum(chance(rng, carleton_at(*fall_of_shot(rng, 20, 35), 30, 50)) for _ in range(n)) / n

    assert pytest.approx(0.5170877, rel=1e-6) == carleton(30, 50, 20, 35)
    assert pytest.approx(0.5170877, rel=4 * 0.005) == scored


def test_carleton_offset():
    """A biased shoot scores the mean of the bell over its own falls; n = 40,000, tolerance 4 SE as estimated."""
    bias = (12.0, -30.0)
    scores = [carleton_at(x, y, 30, 50) for x, y in falls(40_000, 20, 35, bias)]
    expected = carleton(30, 50, 20, 35, bias_across=bias[0], bias_along=bias[1])

    assert pytest.approx(expected, abs=4 * np.std(scores) / 200) == np.mean(scores)
    assert carleton_at(12, -30, 30, 50) == pytest.approx(
        carleton(30, 50, 0, 0, bias_across=12, bias_along=-30)
    )


def test_salvo():
    """REQ-GUN-07: eight rounds at .12; n = 122,000 salvos for SE 0.5 % of the smallest, tolerance 4 SE."""
    rng = generator()
    n = needed(0.2480369, 0.005)
    hits = np.array([sum(chance(rng, 0.12) for _ in range(8)) for _ in range(n)])

    assert pytest.approx(0.6403655, rel=1e-6) == at_least_one(0.12, 8)
    assert pytest.approx(0.6403655, rel=1e-6) == at_least(1, 0.12, 8)
    assert pytest.approx(0.2480369, rel=1e-6) == at_least(2, 0.12, 8)
    assert pytest.approx(0.6403655, rel=4 * 0.0022) == (hits >= 1).mean()
    assert pytest.approx(0.96, rel=4 * math.sqrt(8 * 0.12 * 0.88 / n) / 0.96) == hits.mean()
    assert pytest.approx(0.2480369, rel=4 * 0.005) == (hits >= 2).mean()


def test_binomial_tail_at_its_limits():
    """The tail holds for certain and impossible hits and for a long burst."""
    stats = pytest.importorskip("scipy.stats")

    assert 1 == at_least(0, 0.3, 5)
    assert 0 == at_least(6, 0.3, 5)
    assert 1 == at_least(5, 1, 5)
    assert 0 == at_least(1, 0, 5)
    assert pytest.approx(stats.binom.sf(89, 3000, 0.03), rel=1e-10) == at_least(90, 0.03, 3000)
    assert pytest.approx(1e-17 * 8, rel=1e-12) == at_least_one(1e-17, 8)
    assert 1 == at_least_one(1, 3)
    assert 0 == at_least_one(1, 0)
    assert pytest.approx(at_least_one(0.12, 8)) == at_least_one_of([0.12] * 8)


def fired(rng, p, magazine):
    """Rounds until the first hit, the magazine's size and a miss when none hits."""
    for k in range(1, magazine + 1):
        if chance(rng, p):
            return k, True
    return magazine, False


@pytest.mark.slow
def test_rounds_to_first_hit():
    """REQ-GUN-09: .15 a round, magazine of 20; n = 993,000 for SE 0.5 % of an empty magazine, tolerance 4 SE."""
    rng = generator()
    n = needed(0.03875953, 0.005)
    runs = [fired(rng, 0.15, 20) for _ in range(n)]
    rounds = np.array([k for k, _ in runs])
    hit = np.array([is_hit for _, is_hit in runs])

    assert pytest.approx(0.8031256, rel=4 * 0.0005) == (hit & (rounds <= 10)).mean()
    assert pytest.approx(6.40827, abs=4 * rounds.std() / math.sqrt(n)) == rounds.mean()
    assert pytest.approx(0.03875953, rel=4 * 0.005) == 1 - hit.mean()


def test_rounds_to_first_hit_unlimited():
    """REQ-GUN-09: closed forms, and the unlimited mean by simulation; n = 34,000 for SE 0.5 %, tolerance 4 SE."""
    rng = generator()
    n = 34_000
    rounds = [fired(rng, 0.15, 10**6)[0] for _ in range(n)]

    assert pytest.approx(6.666667, rel=1e-6) == rounds_to_first_hit(0.15)
    assert pytest.approx(6.40827, rel=1e-6) == rounds_to_first_hit(0.15, 20)
    assert pytest.approx(0.8031256, rel=1e-6) == at_least_one(0.15, 10)
    assert pytest.approx(0.03875953, rel=1e-6) == 1 - at_least_one(0.15, 20)
    assert pytest.approx(6.666667, rel=4 * 0.005) == np.mean(rounds)
    assert math.inf == rounds_to_first_hit(0)
    assert 20 == rounds_to_first_hit(0, 20)
    assert 1 == rounds_to_first_hit(1, 20)


def test_shoot_look_shoot():
    """REQ-GUN-15: .7 a shot, three shots; n = 40,000, SE under 0.5 % of each, tolerance 4 SE."""
    rng = generator()
    n = 40_000
    runs = [fired(rng, 0.7, 3) for _ in range(n)]
    rounds = np.array([k for k, _ in runs])
    engagement = shoot_look_shoot(0.7, 3)

    assert pytest.approx((0.973, 1.39), rel=1e-12) == engagement
    assert pytest.approx(0.973, abs=4 * math.sqrt(0.973 * 0.027 / n)) == np.mean([k for _, k in runs])
    assert pytest.approx(1.39, abs=4 * rounds.std() / math.sqrt(n)) == rounds.mean()
    assert pytest.approx(0.973) == at_least_one(0.7, 3)  # a salvo of 3 rounds


def test_closing_ship():
    """REQ-GUN-18: 4 mrad, 60 by 12 m, a round each 100 m from 12 to 10 km.

    n = 33,000 runs for SE 0.5 % of the mean (variance below 1.16), tolerance 4 SE.
    """
    ranges = range(12_000, 9_999, -100)
    chances = [chance_in_rectangle(60, 12, 0.004 * r, 0.004 * r) for r in ranges]
    rng = generator()
    n = 33_000
    hits = np.zeros(n)
    for run in range(n):
        for r in ranges:
            x, y = fall_of_shot(rng, 0.004 * r, 0.004 * r)
            hits[run] += abs(x) <= 30 and abs(y) <= 6

    assert 21 == len(chances)
    assert pytest.approx(1.158207, rel=1e-6) == math.fsum(chances)
    assert pytest.approx(0.6963089, rel=1e-6) == at_least_one_of(chances)
    assert pytest.approx(1.158207, rel=4 * 0.005) == hits.mean()
    assert pytest.approx(0.6963089, rel=4 * math.sqrt(0.3036911 / 0.6963089 / n)) == (hits > 0).mean()


def test_fall_draws_across_first():
    """One uniform across, then one along, about the aim."""
    rng, same = generator(), generator()
    across, along = fall_of_shot(rng, 20, 35, (3.0, -4.0))

    assert across == normal(same, 3.0, 20)
    assert along == normal(same, -4.0, 35)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: chance_in_rectangle(60, 12, 0, 4), "sd is 0, want"),
        (lambda: chance_in_rectangle(-60, 12, 4, 4), "size is -60, want"),
        (lambda: chance_in_disc(15, math.inf), "sd is inf, want"),
        (lambda: chance_in_disc_offset(15, 20, math.nan), "size is nan, want"),
        (lambda: carleton(0, 50, 20, 35), "carleton: radius is 0, sd is 20, want"),
        (lambda: carleton_at(0, 0, 30, 0), "carleton_at: radii are 30 and 0, want"),
        (lambda: at_least_one(1.2, 3), "chance is 1.2, want 0 to 1"),
        (lambda: at_least_one(0.2, -3), "rounds is -3, want 0 or more"),
        (lambda: rounds_to_first_hit(-0.1), "chance is -0.1, want 0 to 1"),
        (lambda: at_least_one_of([0.1, 2]), "chance is 2, want 0 to 1"),
    ],
)
def test_out_of_bounds(call, text):
    """What is no dispersion, chance or count is refused with its value."""
    with pytest.raises(ValueError, match=text):
        call()
