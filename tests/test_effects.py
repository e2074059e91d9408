"""Effects against what a known response has of them, and against books and other ways to reckon them."""

from itertools import product
from math import isnan, nan

import numpy as np
import pytest
from scipy import stats

from sim.effects import change, interactions, main_effects
from sim.estimates import mean, paired

CUBE = list(product((-1, 1), repeat=3))  # a 2^3 factorial


def columns(design):
    return list(zip(*design, strict=True))


def values(found):
    return [each.effect.value for each in found]


def test_main_effects_of_what_adds_up():
    """3 a - b over three and two levels, no noise: levels 10, 20, 30 are off the middle by 30, crews by half of 1."""
    design = list(product((30, 10, 20), ("old", "new")))
    response = [3 * speed - (crew == "new") for speed, crew in design]
    speeds, crews = columns(design)
    found = main_effects(speeds, response)

    assert [(10,), (20,), (30,)] == [each.levels for each in found]
    assert [-30, 0, 30] == pytest.approx(values(found), abs=1e-12)
    assert [29.5, 59.5, 89.5] == pytest.approx([each.mean.value for each in found])
    assert [("old",), ("new",)] == [each.levels for each in main_effects(crews, response)]
    assert [0.5, -0.5] == pytest.approx(values(main_effects(crews, response)))


def test_effects_of_a_two_level_factorial():
    """y = 5 + 2a + 3b + 4ab: the change of a is 4; the cell ++ is 4 beyond both main effects, +- as much below."""
    a, b, _ = columns(CUBE)
    response = [5 + 2 * x + 3 * y + 4 * x * y for x, y, _ in CUBE]
    found = {each.levels: each for each in interactions(a, b, response)}

    assert 4.0 == pytest.approx(change(a, response, -1, 1).value)
    assert -6.0 == pytest.approx(change(b, response, 1, -1).value)
    assert [4, -4, -4, 4] == pytest.approx([found[cell].effect.value for cell in product((-1, 1), repeat=2)])
    assert 14.0 == pytest.approx(found[1, 1].mean.value)


def noisy(spread=1.0, count=10, shared=0.0, seed=1):
    """Replications of 10 + 2a + noise, some of it shared by all points of a replication."""
    draws = np.random.default_rng(seed)
    truth = np.array([10 + 2 * a for a, _, _ in CUBE])[:, None]
    return truth + draws.normal(0, spread, (8, count)) + draws.normal(0, 1, count) * shared


def test_intervals_are_of_effects_of_single_replications():
    """Law, section 12.2: what a level's mean is above the other's in each replication, and Student's t of these."""
    table = noisy(count=6)
    wanted = paired(table[4:].mean(axis=0).tolist(), table[:4].mean(axis=0).tolist())
    found = change(columns(CUBE)[0], table, -1, 1)

    assert [wanted.value, wanted.low, wanted.high] == pytest.approx([found.value, found.low, found.high])
    assert 48 == found.count


def test_shared_random_numbers_cancel_in_effects_not_in_means():
    a = columns(CUBE)[0]
    (alone, _), (shared, _) = (main_effects(a, noisy(0.1, shared=each)) for each in (0.0, 5.0))

    assert shared.effect.high - shared.effect.low == pytest.approx(alone.effect.high - alone.effect.low)
    assert shared.mean.high - shared.mean.low > 20 * (alone.mean.high - alone.mean.low)
    assert shared.effect.low < -2 < shared.effect.high


def test_gaps_in_a_few_replications_leave_the_others():
    table = noisy()
    table[3, 2] = nan
    found, whole = (change(columns(CUBE)[0], each, -1, 1) for each in (table, np.delete(table, 2, axis=1)))

    assert whole == found


def test_gaps_in_most_replications_pool_what_points_differ_by():
    """Every replication has a gap: the variance within points, as an analysis of variance has it."""
    table = noisy(count=8)
    table[range(8), range(8)] = nan
    rows = [row[~np.isnan(row)] for row in table]
    spread = sum(((row - row.mean()) ** 2).sum() for row in rows) / (8 * 6)
    half = stats.t.ppf(0.975, 48) * (spread * 8 / 16 / 7) ** 0.5
    found = change(columns(CUBE)[0], table, -1, 1)

    assert np.mean([row.mean() for row in rows[4:]]) - np.mean(
        [row.mean() for row in rows[:4]]
    ) == pytest.approx(found.value)
    assert half == pytest.approx((found.high - found.low) / 2)
    assert 56 == found.count


def test_without_replications_other_factors_are_noise():
    """The two-sample t interval of the points at either level."""
    response = noisy(count=1)[:, 0]
    interval = stats.ttest_ind(response[4:], response[:4]).confidence_interval(0.95)
    found = change(columns(CUBE)[0], response, -1, 1)

    assert [interval.low, interval.high] == pytest.approx([found.low, found.high])


def test_points_without_values_are_left_out_and_one_value_has_no_interval():
    found = main_effects(["on", "off", "off"], [[1.0], [nan], [3.0]])

    assert [-1.0, 1.0] == values(found)
    assert isnan(found[0].effect.low)
    assert [1, 2] == [found[0].mean.count, found[0].effect.count]


def test_what_cannot_be_told():
    for levels, response, wrong in (
        ([1, 2, 3], [1.0, 2.0], "3 levels for 2 points"),
        ([1, 2], [nan, nan], "no values"),
    ):
        with pytest.raises(ValueError, match=wrong):
            main_effects(levels, response)
    with pytest.raises(ValueError, match="no values where 2 and 'x' meet"):
        interactions([1, 1, 2], ["x", "y", "y"], [1.0, 2.0, 3.0])
    with pytest.raises(ValueError, match="1 and 2 levels do not make pairs"):
        interactions([1], ["x", "y"], [1.0])
    with pytest.raises(ValueError, match="no values at 3"):
        change([1, 2], [1.0, 2.0], 1, 3)


def test_effects_and_interactions_each_add_up_to_nothing():
    """Over the levels of either factor, on an unequal number of points a cell."""
    design = [*product("ab", (1, 2, 3)), ("a", 2), ("b", 3)]
    ones, others = columns(design)
    response = np.random.default_rng(4).normal(3, 1, (8, 3))
    found = interactions(ones, others, response)

    assert 0.0 == pytest.approx(sum(values(main_effects(others, response))), abs=1e-12)
    for level in (*"ab", 1, 2, 3):
        assert 0.0 == pytest.approx(
            sum(each.effect.value for each in found if level in each.levels), abs=1e-12
        )


@pytest.mark.slow
def test_effects_cover_nominally():
    """2,000 factorials of 5 replications that share random numbers: standard error .5 %, tolerance 3 of them."""
    a = columns(CUBE)[0]
    found = [change(a, noisy(count=5, shared=2.0, seed=seed), -1, 1) for seed in range(2_000)]

    assert 0.95 == pytest.approx(np.mean([each.low <= 4 <= each.high for each in found]), abs=0.015)
    assert 4.0 == pytest.approx(mean([each.value for each in found]).value, abs=0.03)
