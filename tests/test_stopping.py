"""When to stop: the text it is asked by, the rules on small numbers, and how often what it stops at holds the truth."""

from math import inf, isnan, nan

import numpy as np
import pytest

from sim.estimates import chance, mean
from sim.stopping import Precision, Stopping, read


def fed(values, *asked, **more):
    """Fed until it stops."""
    stopping = Stopping(*asked, **more)
    for value in values:
        if stopping.feed(value):
            break
    return stopping


@pytest.mark.parametrize(("text", "wanted"), [
    ("serials_completed ±2%", ("serials_completed", Precision(0.02, True))),
    ("serials_completed +-0.5", ("serials_completed", Precision(0.5))),
    ("serials-completed+/-.5", ("serials-completed", Precision(0.5))),
    ("  hit_rate.G-01   ± 2.5 % ", ("hit_rate.G-01", Precision(0.025, True))),
    ("mean_score[B-02] ±1e-2", ("mean_score[B-02]", Precision(0.01))),
])  # fmt: skip
def test_precisions_are_read(text, wanted):
    found = read(text)

    assert (wanted[0], pytest.approx(wanted[1].size), wanted[1].relative) == (
        found[0],
        found[1].size,
        found[1].relative,
    )


@pytest.mark.parametrize(("text", "wrong"), [
    ("serials_completed 2%", "'serials_completed 2%' has no ± in it; write it like 'serials_completed ±2%'"),
    ("±2%", "'±2%' names no measure; write it like"),
    ("serials completed ±2%", "has 'serials completed' for a measure"),
    ("serials_completed ±", "precision of serials_completed: '' is not a number"),
    ("serials_completed ±2 kn", "precision of serials_completed: '2 kn' is a plain number and takes no unit, but has 'kn'"),
    ("serials_completed ±0%", "0% is not above 0"),
    ("serials_completed ±-1", "-1 is not above 0"),
    ("serials_completed ±100%", "100% is the whole of it; want less than 100 %"),
    ("serials_completed ±1,5", "has a comma in its number"),
    ("serials_complete ±1", "no measure called 'serials_complete'. Did you mean 'serials_completed'?"),
])  # fmt: skip
def test_what_is_no_precision_is_told(text, wrong):
    with pytest.raises(ValueError) as caught:
        read(text, ["serials_completed", "mean_score"])

    assert wrong in str(caught.value)


def test_it_stops_at_the_first_interval_that_is_short_enough():
    """The same as Student's interval of the values so far, looked at after each; absolute and relative."""
    values = np.random.default_rng(1).normal(20, 4, 2_000).tolist()
    for precision in (Precision(0.5), Precision(0.02, True)):
        found = fed(values, precision)
        ends = [mean(values[:count]) for count in range(10, found.count + 1)]
        sizes = [(each.high - each.low) / 2 / (each.low if precision.relative else 1) for each in ends]

        assert [False] * (len(sizes) - 1) + [True] == [size <= precision.size for size in sizes]
        assert [ends[-1].value, ends[-1].low, ends[-1].high] == pytest.approx(
            [found.estimate.value, found.estimate.low, found.estimate.high]
        )
        assert sizes[-1] == pytest.approx(found.half)


def test_a_share_is_of_the_true_mean():
    """Law's correction: the half-width over the mean is at most g / (1 + g), also below 0."""
    values = np.random.default_rng(2).normal(10, 3, 5_000)
    up, down = (fed(each.tolist(), Precision(0.1, True)) for each in (values, -values))
    half = (up.estimate.high - up.estimate.low) / 2

    assert half / up.estimate.value <= 0.1 / 1.1
    assert half / up.estimate.low <= 0.1
    assert (up.count, up.half) == (down.count, pytest.approx(down.half))


def test_why_it_stops():
    values = np.random.default_rng(3).normal(20, 4, 500).tolist()

    assert "half-width 2 % <= 2 %" == fed(values, Precision(0.02, True)).why
    assert "half-width 0.499 <= 0.5" == fed(values, Precision(0.5)).why
    assert "budget of 100 spent, half-width 4.5 % > 2 %" == fed(values, Precision(0.02, True), most=100).why
    assert "7 of at least 10 values" == fed(values[:7], Precision(0.5)).why
    assert "budget of 40 spent, 0 of at least 10 values" == fed([nan] * 50, Precision(0.5), most=40).why
    assert "half-width unknown > 2 %" == fed([1.0, -1.0] * 8, Precision(0.02, True)).why


def test_values_all_alike_say_little_of_the_others():
    """One run in twenty may be otherwise: .95^59 is 4.8 %, so 59 alike are wanted; at 99 % it is 90."""
    found = fed([10.0] * 200, Precision(0.02, True))
    surer = fed([10.0] * 200, Precision(0.02, True), 0.99)

    assert (59, 90) == (found.count, surer.count)
    assert "59 values all alike" == found.why
    assert "20 values all alike, 59 wanted" == fed([10.0] * 20, Precision(0.5)).why
    assert 59 == fed([10.0] * 20, Precision(0.5)).forecast
    assert 0.0 == fed([0.0] * 70, Precision(0.02, True)).half


def test_a_chance_stops_by_wilsons_interval():
    """2 % are 2 of 100 runs, however small the chance; no run of alike ones stops it early."""
    values = (np.random.default_rng(4).random(5_000) < 0.1).astype(float).tolist()
    share, size = (fed(values, Precision(0.02, each), chances=True) for each in (True, False))
    widths = [(each.high - each.low) / 2 for each in
              (chance(int(sum(values[:count])), count) for count in (share.count - 1, share.count))]  # fmt: skip
    none = fed([0.0] * 500, Precision(0.02, True), chances=True)

    assert widths[1] <= 0.02 < widths[0]
    assert share.count == size.count
    assert sum(values[: share.count]) / share.count == share.estimate.value
    assert "half-width 1.98 % <= 2 %" == none.why
    assert 93 == none.count  # z^2 / 2 / (n + z^2) is .02 where n is 92.2


def test_runs_without_a_value_are_spent_but_not_counted():
    found = fed([nan, 1.0, nan, 3.0], Precision(0.5))

    assert (4, 2, 2.0) == (found.spent, found.count, found.estimate.value)
    assert isnan(fed([nan], Precision(0.5)).estimate.value)
    assert isnan(fed([], Precision(0.5), chances=True).estimate.value)
    assert [4.0, nan] == pytest.approx(
        [fed([4.0], Precision(1)).estimate.value, fed([4.0], Precision(1)).half], nan_ok=True
    )


def test_what_comes_after_the_stop_is_not_looked_at():
    found = fed([1.0, 2.0, 1.5, 9.0], Precision(0.5), least=2, most=3)

    assert not fed([1.0, 2.0], Precision(0.5), least=2, most=3).stopped
    assert found.feed(1e9)
    assert (3, 1.5, 3) == (found.spent, found.estimate.value, found.forecast)


def test_the_forecast_is_near_what_it_takes():
    """From the first 50 on: within a quarter of the end in the middle of the way, never beyond the budget."""
    values = np.random.default_rng(5).exponential(3, 5_000).tolist()
    end = fed(values, Precision(0.1, True)).count
    half_way = fed(values[: end // 2], Precision(0.1, True))

    assert end == pytest.approx(half_way.forecast, rel=0.25)
    assert fed(values[:5], Precision(0.1, True)).forecast is None
    assert 60 == fed(values[:20], Precision(0.1, True), most=60).forecast
    assert 60 == fed([1.0, -1.0] * 8, Precision(0.02, True), most=60).forecast


@pytest.mark.parametrize(("asked", "wrong"), [
    ({"precision": Precision(0.0)}, "precision is 0, want above 0"),
    ({"precision": Precision(inf)}, "precision is inf"),
    ({"confidence": 1.0}, "confidence is 1.0, want between 0 and 1"),
    ({"least": 1}, "least is 1 and most is 10000, want 2 or more"),
    ({"most": 9}, "least is 10 and most is 9, want 2 or more and no fewer"),
])  # fmt: skip
def test_what_makes_no_sense(asked, wrong):
    with pytest.raises(ValueError, match=wrong):
        Stopping(**{"precision": Precision(0.5), **asked})


def test_values_that_are_none():
    with pytest.raises(ValueError, match="value 0 is inf, want a number"):
        Stopping(Precision(0.5)).feed(inf)
    with pytest.raises(ValueError, match=r"value 1 is 0\.5, want 0 or 1"):
        fed([1.0, 0.5], Precision(0.5), chances=True)


def test_precisions_as_text():
    assert ["2 %", "0.5"] == [str(Precision(0.02, True)), str(Precision(0.5))]


@pytest.mark.slow
@pytest.mark.parametrize(("law", "true", "precision"), [
    ("exponential", 3.0, Precision(0.1, True)),
    ("normal", 3.0, Precision(0.05, True)),
    ("normal", 3.0, Precision(0.25)),
    ("chance", 0.2, Precision(0.04)),
])  # fmt: skip
def test_where_it_stops_the_truth_is_held_nearly_as_often_as_asked(law, true, precision):
    """2,000 sequences, standard error .5 %: 95 % less what looking again and again costs, some 1 to 2 %."""
    draws = np.random.default_rng(6)
    held = []
    for _ in range(2_000):
        values = {
            "exponential": lambda: draws.exponential(3, 2_000),
            "normal": lambda: draws.normal(3, 1, 2_000),
            "chance": lambda: (draws.random(2_000) < 0.2).astype(float),
        }[law]().tolist()
        found = fed(values, precision, chances=law == "chance").estimate
        held.append(found.low <= true <= found.high)

    assert 0.925 < np.mean(held) < 0.965
