"""Indices against closed forms: Ishigami's function, Sobol's g, and what is linear."""

from math import isnan, nan, pi

import numpy as np
import pytest
from scipy import stats
from scipy.stats import qmc

from sim.indices import first_order, morris, pairs, sobol

ISHIGAMI = ((0.3139052, 0.4424111, 0.0), (0.5575889, 0.4424111, 0.2436837))  # a = 7, b = 0.1


def ishigami(points):
    """On the unit cube."""
    x = (2 * points - 1) * pi
    return np.sin(x[..., 0]) + 7 * np.sin(x[..., 1]) ** 2 + 0.1 * x[..., 2] ** 4 * np.sin(x[..., 0])


WEIGHTS = np.array([0.0, 1.0, 4.5, 9.0, 99.0, 99.0])


def g(points):
    """Sobol's g-function."""
    return ((np.abs(4 * points - 2) + WEIGHTS) / (1 + WEIGHTS)).prod(axis=-1)


def g_indices():
    """Saltelli and others, Global Sensitivity Analysis: The Primer (2008), section 4: each factor has 1/3 (1 + a)^-2."""
    own = 1 / 3 / (1 + WEIGHTS) ** 2
    whole = (1 + own).prod() - 1
    return own / whole, own * (1 + own).prod() / (1 + own) / whole


def saltelli(function, width, points):
    """Responses at a, b, every ab and every ba, from points of twice as many dimensions."""
    a, b = points[:, :width], points[:, width:]

    def swapped(base, other):
        rows = []
        for factor in range(width):
            mixed = base.copy()
            mixed[:, factor] = other[:, factor]
            rows.append(function(mixed))
        return np.array(rows)

    return function(a), function(b), swapped(a, b), swapped(b, a)


@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize(("function", "wanted"), [(ishigami, ISHIGAMI), (g, g_indices())])
def test_sobol_indices_are_those_of_the_closed_form(function, wanted, both):
    """STA-07: within .02 with 4,096 places of a Sobol' sequence."""
    width = len(wanted[0])
    a, b, ab, ba = saltelli(function, width, qmc.Sobol(2 * width, scramble=False).random_base2(12))
    found = sobol(a, b, ab, ba if both else None, resamples=50)

    assert wanted[0] == pytest.approx([each.first.value for each in found], abs=0.02)
    assert wanted[1] == pytest.approx([each.total.value for each in found], abs=0.02)
    assert all(each.low <= each.value <= each.high for index in found for each in (index.first, index.total))


def test_pairs_of_factors():
    """Of Ishigami only the first and third do anything together: the .2436837 of the third's total index."""
    responses = saltelli(ishigami, 3, qmc.Sobol(6, scramble=False).random_base2(12))
    found = pairs(*responses, resamples=50)
    wanted = {(0, 1): 0.0, (0, 2): ISHIGAMI[1][2], (1, 2): 0.0}

    assert wanted == pytest.approx({pair: each.value for pair, each in found.items()}, abs=0.02)
    assert found[0, 2].low < found[0, 2].value < found[0, 2].high
    assert {} == pairs([1.0, 2.0], [1.0, 3.0], [[1.0, 2.0]], [[1.0, 2.0]])


def test_one_sample_has_one_interval_and_another_seed_another():
    responses = saltelli(ishigami, 3, np.random.default_rng(1).random((256, 6)))[:3]
    first, again, other = sobol(*responses), sobol(*responses), sobol(*responses, seed=1)

    assert first == again != other
    assert [each.first.value for each in first] == [each.first.value for each in other]


def test_a_place_without_a_value_is_left_out_everywhere():
    a, b, ab, _ = saltelli(ishigami, 3, np.random.default_rng(2).random((200, 6)))
    holed = ab.copy()
    holed[1, 17], a_holed = nan, a.copy()
    a_holed[40] = nan
    kept = np.delete(np.arange(200), [17, 40])

    assert sobol(a[kept], b[kept], ab[:, kept], resamples=40) == sobol(a_holed, b, holed, resamples=40)


def test_what_does_not_vary_has_no_indices():
    (found,) = sobol([1.0, 1.0], [1.0, 1.0], [[1.0, 1.0]])
    (nothing,) = sobol([nan], [1.0], [[1.0]])

    assert isnan(found.first.value)
    assert (2, 0) == (found.total.count, nothing.first.count)


@pytest.mark.parametrize(("responses", "wrong"), [
    (([1.0, 2.0], [1.0], [[1.0, 2.0]]), r"shapes \(2,\), \(1,\), \(1, 2\)"),
    (([1.0, 2.0], [1.0, 2.0], [1.0, 2.0]), "want a row for each factor"),
    (([1.0, 2.0], [1.0, 2.0], [[1.0, 2.0]], [[1.0, 2.0], [1.0, 2.0]]), r"\(1, 2\), \(2, 2\)"),
])  # fmt: skip
def test_saltelli_samples_of_the_wrong_shape(responses, wrong):
    with pytest.raises(ValueError, match=wrong):
        sobol(*responses)


def trajectories(count, width, seed, step=2 / 3):
    """Morris's: a random start in a grid of four levels, each factor moved once, in random order and direction."""
    draws = np.random.default_rng(seed)
    ways = np.empty((count, width + 1, width))
    for way in ways:
        way[:] = draws.integers(0, 2, width) / 3
        up = draws.random(width) < 0.5
        way[:, ~up] += step
        for at, factor in enumerate(draws.permutation(width)):
            way[at + 1 :, factor] += step if up[factor] else -step
    return ways


def test_elementary_effects_of_what_is_linear():
    """STA-09: 2 x1 - 5 x2 + .5 x3 has its coefficients, and no spread."""
    ways = trajectories(6, 3, 1)
    found = morris(ways, (ways * [2, -5, 0.5]).sum(axis=2))

    assert [2, 5, 0.5] == pytest.approx([each.size.value for each in found], abs=1e-9)
    assert [2, -5, 0.5] == pytest.approx([each.mean.value for each in found], abs=1e-9)
    assert [0, 0, 0] == pytest.approx([each.spread.value for each in found], abs=1e-9)
    assert all(each.mean.low == pytest.approx(each.mean.high) for each in found)
    assert [6, 6, 6] == [each.spread.count for each in found]


def test_elementary_effects_of_what_works_both_ways():
    """x1 (2 x2 - 1): the effect of x1 is -1, -1/3, 1/3 or 1 as x2 is, so its mean is 0, its size 2/3."""
    ways = trajectories(400, 2, 2)
    one, other = morris(ways, ways[:, :, 0] * (2 * ways[:, :, 1] - 1))

    assert one.mean.low < 0 < one.mean.high
    assert one.size.low < 2 / 3 < one.size.high
    assert one.spread.low < (5 / 9) ** 0.5 < one.spread.high
    assert other.mean.low < 1 < other.mean.high


def test_elementary_effects_without_some_values():
    """A point without a value takes the two steps beside it with it; what is left is as before."""
    ways = trajectories(3, 2, 3)
    response = (ways * [1.0, 2.0]).sum(axis=2)
    response[0, 1] = nan
    found = morris(ways, response)
    few = morris(ways[:1], [[0.0, nan, 1.0]])

    assert [(2, 1.0), (2, 2.0)] == [(each.mean.count, pytest.approx(each.mean.value)) for each in found]
    assert isnan(found[0].spread.low)
    assert isnan(few[0].mean.value)
    assert isnan(few[0].size.low)


def test_trajectories_that_are_none():
    with pytest.raises(ValueError, match="step 1 of trajectory 0 changes 2 factors, want one"):
        morris([[[0, 0], [1, 0], [0, 1]]], [[1.0, 2.0, 3.0]])
    with pytest.raises(ValueError, match=r"responses of shape \(2,\)"):
        morris([[[0, 0], [1, 0]]], [1.0, 2.0])


def hypercube(count, width, seed):
    return qmc.LatinHypercube(width, rng=np.random.default_rng(seed)).random(count)


def test_first_orders_of_a_latin_hypercube():
    """Ishigami by 4,000 points: within .02 of the closed form; intervals hold it."""
    points = hypercube(4_000, 3, 4)
    found = [first_order(points[:, at], ishigami(points)) for at in range(3)]

    assert ISHIGAMI[0] == pytest.approx([each.value for each in found], abs=0.02)
    assert all(each.low <= wanted <= each.high for each, wanted in zip(found, ISHIGAMI[0], strict=True))


def test_first_orders_of_levels():
    """Where a factor has levels: within them, over degrees of freedom, is the adjusted R^2 of one on them."""
    draws = np.random.default_rng(5)
    levels = draws.integers(0, 4, 200)
    found = first_order(levels, levels**2 + draws.normal(0, 3, 200), seed=3)
    again = np.random.default_rng(5)
    same = again.integers(0, 4, 200)
    response = same**2 + again.normal(0, 3, 200)
    within = (
        sum(((response[same == each] - response[same == each].mean()) ** 2).sum() for each in range(4)) / 196
    )

    assert 1 - within / response.var(ddof=1) == pytest.approx(found.value)
    assert found.low < 12.25 / (12.25 + 9) < found.high  # the variance of 0, 1, 4, 9 is 12.25


@pytest.mark.parametrize(("values", "levels"), [("ranks", 60), ("levels", 12)])
def test_first_orders_have_no_bias_in_small_samples(values, levels):
    """60 points, noise alone and a straight line of index .5, 200 samples: the mean within 3.5 standard errors."""
    alone, half = [], []
    for seed in range(200):
        draws = np.random.default_rng(seed)
        x = draws.permutation(np.arange(60.0) // (60 // levels))
        noise = draws.normal(0, 1, 60)
        for kept, response in ((alone, noise), (half, (x - x.mean()) / x.std() + noise)):
            kept.append(estimate_alone(x, response))

    for found, wanted in ((alone, 0.0), (half, 0.5)):
        assert wanted == pytest.approx(np.mean(found), abs=3.5 * np.std(found) / 200**0.5 + 0.01)


def estimate_alone(x, response):
    """The index without its jackknife: that would take the test's time."""
    from sim.indices import _between, _within

    order = np.argsort(x)
    return (_within if len(np.unique(x)) < 60 else _between)(x[order], response[order])


def test_first_orders_of_too_little():
    assert isnan(first_order([1.0, 2.0], [1.0, 2.0]).value)
    assert isnan(first_order([1.0] * 9, range(9)).value)
    assert isnan(first_order(range(9), [1.0] * 9).value)
    assert 8 == first_order([nan, *range(9)], [1.0, nan, *range(8)]).count
    with pytest.raises(ValueError, match=r"\(2,\) values for \(3,\) responses"):
        first_order([1.0, 2.0], [1.0, 2.0, 3.0])


def test_a_jump_in_the_middle():
    """A step of 0 or 1 without noise: index 1, and two neighbours of 300 that differ move it by less than .03."""
    x = hypercube(300, 1, 6)[:, 0]

    assert 1.0 == pytest.approx(first_order(x, x > 0.5).value, abs=0.03)


@pytest.mark.slow
def test_intervals_of_first_orders_hold_them():
    """200 hypercubes of 200 points: at least 93 % of each factor's; they err to the safe side (standard error 1.5 %)."""
    held = []
    for seed in range(200):
        points = hypercube(200, 3, seed)
        found = [first_order(points[:, at], ishigami(points)) for at in range(3)]
        held.append(
            [each.low <= wanted <= each.high for each, wanted in zip(found, ISHIGAMI[0], strict=True)]
        )

    assert (np.mean(held, axis=0) >= 0.93).all()


@pytest.mark.slow
def test_intervals_of_sobol_indices_hold_them():
    """150 random Saltelli samples of 512 places: 95 % of six indices, give or take 2.5 %.

    The six go together, so the standard error is some 1 %; of each alone it is 1.8 %.
    """
    held = []
    for seed in range(150):
        found = sobol(*saltelli(ishigami, 3, np.random.default_rng(seed).random((512, 6)))[:3], seed=seed)
        held.append([each.first.low <= wanted <= each.first.high for each, wanted in zip(found, ISHIGAMI[0], strict=True)]
                    + [each.total.low <= wanted <= each.total.high for each, wanted in zip(found, ISHIGAMI[1], strict=True)])  # fmt: skip

    assert 0.95 == pytest.approx(np.mean(held), abs=0.025)
    assert (np.mean(held, axis=0) > 0.88).all()


@pytest.mark.slow
def test_intervals_of_elementary_effects_hold_their_means():
    """300 times 20 trajectories of x1^2 + x2: the effect of x1 is 2/3 or 4/3 with even chances, its mean 1."""
    found = []
    for seed in range(300):
        ways = trajectories(20, 2, seed)
        found.append(morris(ways, ways[:, :, 0] ** 2 + ways[:, :, 1], resamples=100)[0])
    held = np.mean([each.mean.low <= 1 <= each.mean.high for each in found])

    assert stats.binom.ppf(0.001, 300, 0.95) / 300 <= held <= stats.binom.ppf(0.999, 300, 0.97) / 300
