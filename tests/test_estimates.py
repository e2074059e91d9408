"""Intervals against what tables and other libraries say, and how often they hold the truth."""

from math import isnan, nan

import numpy as np
import pytest
from scipy import stats

from sim.estimates import chance, mean, quantile


def test_a_mean_with_its_interval():
    """Law, Simulation Modeling and Analysis, 5th ed., example 4.26: ten values, 90 %."""
    values = [1.20, 1.50, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.50, 1.09]
    found = mean(values, 0.9)

    assert (1.34, 10) == (pytest.approx(found.value, abs=0.005), found.count)
    assert (1.10, 1.58) == (pytest.approx(found.low, abs=0.01), pytest.approx(found.high, abs=0.01))


def test_a_mean_agrees_with_scipy():
    values = np.random.default_rng(1).normal(5, 2, 40).tolist()
    interval = stats.ttest_1samp(values, 0).confidence_interval(0.95)
    found = mean(values)

    assert (pytest.approx(interval.low), pytest.approx(interval.high)) == (found.low, found.high)


@pytest.mark.parametrize(("values", "value"), [([], nan), ([4.0], 4.0)])
def test_too_few_values_have_no_interval(values, value):
    found = mean(values)

    assert [value, nan, nan, len(values)] == pytest.approx(
        [found.value, found.low, found.high, found.count], nan_ok=True
    )


@pytest.mark.parametrize(("times", "count"), [(0, 10), (1, 10), (5, 10), (10, 10), (199, 200), (0, 1)])
def test_a_chance_agrees_with_scipy(times, count):
    interval = stats.binomtest(times, count).proportion_ci(0.95, "wilson")
    found = chance(times, count)

    assert times / count == found.value
    assert [interval.low, interval.high] == pytest.approx([found.low, found.high], abs=1e-12)
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_a_chance_of_nothing_tried():
    assert isnan(chance(0, 0).value)


@pytest.mark.parametrize(("share", "value"), [(0.05, 1), (0.051, 2), (0.5, 10), (0.95, 19), (1.0, 20)])
def test_a_quantile_is_a_value_that_was_seen(share, value):
    values = list(range(20, 0, -1))

    assert value == quantile(values, share)
    assert value == np.quantile(values, share, method="inverted_cdf")


def test_a_quantile_of_nothing():
    assert isnan(quantile([], 0.5))
    with pytest.raises(ValueError, match="want above 0"):
        quantile([1.0], 0.0)


def test_intervals_hold_the_truth_as_often_as_they_say():
    """10,000 samples of 20 from a normal: 95 % of the intervals, give or take 3 standard errors (0.65 %)."""
    samples = np.random.default_rng(7).normal(0, 1, (10_000, 20)).tolist()
    held = sum(each.low <= 0 <= each.high for each in map(mean, samples)) / len(samples)

    assert pytest.approx(0.95, abs=0.0065) == held
