"""Intervals against what tables and other libraries say, and how often they hold the truth."""

from itertools import pairwise
from math import isnan, log, nan, sqrt

import numpy as np
import pytest
from scipy import optimize, stats

from sim.estimates import (
    chance,
    difference,
    mean,
    median,
    paired,
    paired_chance,
    quantile,
    quantile_interval,
    ratio,
    variance,
)


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


ONES, OTHERS = [26.97, 25.71, 23.7, 28.9, 27.1, 24.4], [28.2, 25.9, 25.5, 29.4, 27.0, 26.8]


def test_a_paired_difference_agrees_with_scipy():
    interval = stats.ttest_rel(ONES, OTHERS).confidence_interval(0.9)
    found = paired(ONES, OTHERS, 0.9)

    assert [interval.low, interval.high, 6] == pytest.approx([found.low, found.high, found.count])
    assert np.mean(ONES) - np.mean(OTHERS) == pytest.approx(found.value)


def test_pairs_that_are_alike_have_a_shorter_interval():
    """Shared random numbers: a pair differs by 1, give or take .1, while both vary by 5."""
    draws = np.random.default_rng(2)
    common = draws.normal(50, 5, 100)
    ones, others = (common + draws.normal(1, 0.1, 100)).tolist(), common.tolist()
    pairs, apart = paired(ones, others), difference(ones, others)

    assert pairs.low < 1 < pairs.high
    assert 20 * (pairs.high - pairs.low) < apart.high - apart.low


def test_what_does_not_pair_is_refused():
    for ask in (paired, paired_chance, ratio):
        with pytest.raises(ValueError, match="2 and 1 values do not make pairs"):
            ask([1, 0], [1])


def test_a_difference_of_unequal_spreads_agrees_with_scipy():
    interval = stats.ttest_ind(ONES, [30.0, 10.0, 21.0], equal_var=False).confidence_interval(0.95)
    found = difference(ONES, [30.0, 10.0, 21.0])

    assert [interval.low, interval.high, 9] == pytest.approx([found.low, found.high, found.count])


@pytest.mark.parametrize(("ones", "others", "wanted"), [
    ([], [1.0], [nan, nan, nan, 1]),
    ([3.0], [1.0, 1.5], [1.75, nan, nan, 3]),
    ([3.0, 3.0], [1.0, 1.0], [2.0, 2.0, 2.0, 4]),
])  # fmt: skip
def test_differences_of_few_values(ones, others, wanted):
    found = difference(ones, others)

    assert wanted == pytest.approx([found.value, found.low, found.high, found.count], nan_ok=True)


def pairs_of(both, more, less, neither):
    """Pairs with 1 in both, in the ones only, in the others only, in neither."""
    return ([1] * (both + more) + [0] * (less + neither),
            [1] * both + [0] * more + [1] * less + [0] * neither)  # fmt: skip


def score_by_likelihood(more, less, count, true):
    """Tango's score with the nuisance chance found by maximizing the likelihood, not by his formula."""

    def against(less_likely):  # minus the log likelihood
        cells = (
            (more, less_likely + true),
            (less, less_likely),
            (count - more - less, 1 - 2 * less_likely - true),
        )
        return -sum(seen * log(max(each, 1e-300)) for seen, each in cells if seen)

    found = optimize.minimize_scalar(against, bounds=(max(0.0, -true), (1 - true) / 2), method="bounded",
                                     options={"xatol": 1e-12}).x  # fmt: skip
    return (more - less - count * true) / sqrt(count * (2 * found + true * (1 - true)))


@pytest.mark.parametrize(("more", "less", "count"), [(1, 7, 21), (40, 20, 160), (3, 3, 30), (9, 1, 12)])
def test_ends_of_a_paired_chance_are_as_far_as_the_score_test_lets_them(more, less, count):
    found = paired_chance(*pairs_of(2, more, less, count - more - less - 2), 0.95)

    assert (more - less) / count == pytest.approx(found.value)
    assert -1.959964 == pytest.approx(score_by_likelihood(more, less, count, found.high), abs=1e-4)
    assert 1.959964 == pytest.approx(score_by_likelihood(more, less, count, found.low), abs=1e-4)


def test_a_paired_chance_where_no_pair_differs():
    """Of n pairs that agree Tango's formula makes ends of z^2 / (n + z^2)."""
    found = paired_chance(*pairs_of(5, 0, 0, 15))
    end = 1.959964**2 / (20 + 1.959964**2)

    assert [0.0, -end, end, 20] == pytest.approx([found.value, found.low, found.high, found.count], abs=1e-6)


@pytest.mark.parametrize(("cells", "value"), [((0, 20, 0, 0), 1.0), ((0, 0, 1, 0), -1.0)])
def test_a_paired_chance_where_all_differ_stays_within_one(cells, value):
    found = paired_chance(*pairs_of(*cells))

    assert -1 <= found.low < found.high <= 1
    assert value == found.value in (found.low, found.high)


def test_paired_chances_of_nothing_and_of_other_numbers():
    assert isnan(paired_chance([], []).value)
    with pytest.raises(ValueError, match="values are 0 and 1"):
        paired_chance([0.5], [1])


def test_a_quantile_lies_between_two_of_the_values():
    """Median of 20: ranks 6 and 15 hold it in 95.86 %, by the binomial law."""
    found = median(range(1, 21))

    assert (10, 6, 15, 20) == (found.value, found.low, found.high, found.count)
    assert 0.9586 == pytest.approx(stats.binom.cdf(14, 20, 0.5) - stats.binom.cdf(5, 20, 0.5), abs=5e-5)


def test_a_far_quantile_of_few_values_has_no_end():
    """The 95 % quantile: the chance that no value is above it is 2.62 % with 71 of them, 2.49 % with 72."""
    few, enough = (quantile_interval(range(1, count + 1), 0.95) for count in (71, 72))

    assert isnan(few.high)
    assert not isnan(few.low)
    assert 72 == enough.high
    assert 0.95**72 < 0.025 < 0.95**71
    assert isnan(quantile_interval([], 0.5).value)
    with pytest.raises(ValueError, match="want above 0 and below 1"):
        quantile_interval([1.0], 1.0)


@pytest.mark.parametrize(("count", "share"), [(10, 0.5), (37, 0.3), (200, 0.9), (200, 0.5)])
def test_ranks_hold_a_quantile_as_surely_as_asked_and_no_more_than_needed(count, share):
    """By the binomial law; one rank further in would be too little on that side."""
    found = quantile_interval(range(1, count + 1), share)
    below, above = stats.binom.cdf(found.low - 1, count, share), stats.binom.sf(found.high - 1, count, share)

    assert below <= 0.025 < stats.binom.cdf(found.low, count, share)
    assert above <= 0.025 < stats.binom.sf(found.high - 2, count, share)


def test_a_ratio_of_means_is_what_the_t_test_cannot_refuse():
    """Fieller: at an end r the mean of ones less r times others is just a t interval away from 0."""
    found = ratio(ONES, OTHERS)

    assert sum(ONES) / sum(OTHERS) == pytest.approx(found.value)
    for end, edge in ((found.low, "low"), (found.high, "high")):
        rest = mean([one - end * other for one, other in zip(ONES, OTHERS, strict=True)])
        assert 0.0 == pytest.approx(getattr(rest, edge), abs=1e-9)


def test_a_ratio_to_what_may_be_nothing_has_no_interval():
    found = ratio([1.0, 2.0, 3.0], [-1.0, 0.5, 1.0])

    assert 12.0 == pytest.approx(found.value)
    assert isnan(found.low)
    assert isnan(ratio([1.0], [0.0]).value)
    assert isnan(ratio([], []).value)


def test_a_variance():
    assert np.var(ONES, ddof=1) == pytest.approx(variance(ONES))
    assert isnan(variance([1.0]))


def held(intervals, true):
    """Share of intervals that hold what is true."""
    found = [each.low <= true <= each.high for each in intervals]
    return sum(found) / len(found)


@pytest.mark.slow
def test_means_of_exponentials_cover_nominally():
    """20,000 samples of 150, skew all but averaged out: standard error .15 %; between 93.5 and 96.5 %."""
    samples = np.random.default_rng(11).exponential(30, (20_000, 150)).tolist()

    assert 0.935 < held(map(mean, samples), 30) < 0.965


@pytest.mark.slow
def test_chances_cover_nominally_over_all_true_ones():
    """Wilson's interval of 40 tries, 40,000 true chances drawn evenly: standard error .11 %."""
    draws = np.random.default_rng(12)
    trues = draws.random(40_000)
    found = [chance(int(times), 40) for times in draws.binomial(40, trues)]

    assert (
        0.935
        < np.mean([each.low <= true <= each.high for each, true in zip(found, trues, strict=True)])
        < 0.965
    )


@pytest.mark.slow
def test_paired_differences_cover_nominally():
    """10,000 times 30 pairs of a shared exponential; one is a tenth longer, with noise: standard error .22 %."""
    draws = np.random.default_rng(13)
    common, noise = draws.exponential(10, (10_000, 30)), draws.normal(0, 3, (10_000, 30))
    pairs = zip((1.1 * common + noise).tolist(), common.tolist(), strict=True)

    assert 0.935 < held((paired(*each) for each in pairs), 1.0) < 0.965


@pytest.mark.slow
def test_differences_of_unlike_samples_cover_nominally():
    """10,000 times 12 values of spread 1 and 40 of spread 5: standard error .22 %."""
    draws = np.random.default_rng(14)
    pairs = zip(
        draws.normal(3, 1, (10_000, 12)).tolist(), draws.normal(1, 5, (10_000, 40)).tolist(), strict=True
    )

    assert 0.935 < held((difference(*each) for each in pairs), 2.0) < 0.965


@pytest.mark.slow
@pytest.mark.parametrize(("more", "less"), [(0.15, 0.05), (0.02, 0.02), (0.3, 0.25)])
def test_paired_chances_cover_nominally_or_more(more, less):
    """4,000 times 60 pairs: standard error .35 %; where few pairs differ the score interval errs to the safe side."""
    cells = np.random.default_rng(15).multinomial(60, [more, less, 1 - more - less], 4_000).tolist()
    share_held = held((paired_chance(*pairs_of(0, *each)) for each in cells), more - less)

    assert 0.935 < share_held < (0.965 if more > 0.1 else 1.0)


@pytest.mark.slow
def test_medians_cover_at_least_nominally():
    """5,000 samples of 51 of a skew law: ranks 19 and 33 hold the median in 96.4 % (binomial); standard error .27 %."""
    samples = np.random.default_rng(16).lognormal(0, 1, (5_000, 51)).tolist()

    assert stats.binom.cdf(32, 51, 0.5) - stats.binom.cdf(18, 51, 0.5) == pytest.approx(
        held(map(median, samples), 1.0), abs=0.0105
    )


@pytest.mark.slow
def test_ratios_cover_nominally():
    """5,000 times 40 pairs of rounds and of hits at a chance of .3: standard error .31 %."""
    draws = np.random.default_rng(17)
    rounds = draws.poisson(25, (5_000, 40)) + 1
    hits = draws.binomial(rounds, 0.3)
    pairs = zip(hits.astype(float).tolist(), rounds.astype(float).tolist(), strict=True)

    assert 0.935 < held((ratio(*each) for each in pairs), 0.3) < 0.965


def test_a_longer_sample_has_the_shorter_interval():
    """Of each kind, for 10, 40 and 160 values; else none of this would be worth the runs."""
    draws = np.random.default_rng(18)
    values, more = draws.exponential(5, 160).tolist(), draws.exponential(4, 160).tolist()
    for ask in (
        mean,
        median,
        lambda each: paired(each, more[: len(each)]),
        lambda each: ratio(each, more[: len(each)]),
    ):
        widths = [found.high - found.low for found in (ask(values[:size]) for size in (10, 40, 160))]
        assert all(one > other for one, other in pairwise(widths))
