"""Spotting and bracketing."""

import math

import numpy as np
import pytest

from sim.variates import normal
from sim.weapons.spotting import (
    aim_after,
    aim_spread,
    corrected,
    rounds_in,
    splits,
    time_to_fire_for_effect,
)


def aims(n, first, sd, rounds, gain, corrections):
    """The aim after corrections in each of n shoots, drawn round by round."""
    rng = np.random.Generator(np.random.PCG64(20230722))
    ended = np.empty(n)
    for shoot in range(n):
        aim = first
        for _ in range(corrections):
            observed = sum(normal(rng, aim, sd) for _ in range(rounds)) / rounds
            aim = corrected(aim, observed, gain)
        ended[shoot] = aim
    return ended


@pytest.mark.slow
def test_spotting_with_fixed_gain():
    """REQ-GUN-11: 150 m off, sd 24 m, four rounds, gain .6, five corrections.

    n = 262,000 shoots for SE 1 % of the mean (7.855 / 1.536 / sqrt n), tolerance 4 SE; the sd is then known
    to 0.14 %, so 1 % is 7 SE.
    """
    ended = aims(262_000, 150, 24, 4, 0.6, 5)

    assert pytest.approx(1.536, rel=4 * 0.01) == ended.mean()
    assert pytest.approx(7.855432, rel=0.01) == ended.std()


def test_spotting_closed_form():
    """REQ-GUN-11: mean and spread of the aim on paper, after five corrections and in the long run."""
    assert pytest.approx(1.536, rel=1e-9) == aim_after(150, 0.6, 5)
    assert pytest.approx(7.855432, rel=1e-6) == aim_spread(24, 4, 0.6, 5)
    assert pytest.approx(7.855844, rel=1e-6) == aim_spread(24, 4, 0.6, None)


def test_spotting_with_another_gain():
    """Over-correction rings: gain 1.5, one round, three corrections; n = 20,000, tolerance 4 SE."""
    n = 20_000
    ended = aims(n, -80, 10, 1, 1.5, 3)
    spread = aim_spread(10, 1, 1.5, 3)

    assert pytest.approx(10) == aim_after(-80, 1.5, 3)
    assert pytest.approx(10, abs=4 * spread / math.sqrt(n)) == ended.mean()
    assert pytest.approx(spread, rel=4 / math.sqrt(2 * n)) == ended.std()


def test_gain_limits():
    """No correction leaves the aim; full correction leaves only the error of the last observation."""
    assert 150 == aim_after(150, 0, 9)
    assert 0 == aim_spread(24, 4, 0, None)
    assert 0 == aim_after(150, 1, 1)
    assert 150 == aim_after(150, 1, 0)
    assert 12 == aim_spread(24, 4, 1, 3)
    assert 0 == aim_spread(24, 4, 0.6, 0)
    assert pytest.approx(24 * math.sqrt(3)) == aim_spread(24, 4, 2, 3)


def test_bracketing_time_line():
    """REQ-GUN-13: 800 to 50 m takes four splits, fire for effect after 190 s, 81 rounds in 4 min at 20 rpm."""
    assert 4 == splits(800, 50)
    assert 190 == time_to_fire_for_effect(800, 50, time_of_flight=25, spot=8, lay=5)
    assert 81 == rounds_in(240, 20 / 60)


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [(800, 50, 4), (801, 50, 5), (799, 50, 4), (50, 50, 0), (40, 50, 0), (100, 50, 1), (0.1 * 3 * 8, 0.3, 3)],
)
def test_splits(first, last, count):
    """The ceiling of the binary logarithm of the ratio, rounding forgiven, none when already narrow."""
    assert count == splits(first, last)


@pytest.mark.parametrize("rpm", [7, 10, 20, 30, 60, 78, 90, 120, 600, 5000])
@pytest.mark.parametrize("minutes", [1, 3, 4, 7, 10, 60])
def test_rounds_in_whole_minutes(rpm, minutes):
    """A whole number of intervals counts both fence posts whatever floating point makes of the rate."""
    assert rpm * minutes + 1 == rounds_in(60 * minutes, rpm / 60)
    assert rpm * minutes + 1 == rounds_in(60 * minutes, 1 / (60 / rpm))
    assert rpm * minutes == rounds_in(60 * minutes - 0.001, rpm / 60)


def test_first_round_at_once():
    """No time is one round; a time shorter than the interval too."""
    assert 1 == rounds_in(0, 1 / 3)
    assert 1 == rounds_in(2.9, 1 / 3)
    assert 2 == rounds_in(3, 1 / 3)
    assert 4 == rounds_in(0.3, 1 / 0.1)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: splits(0, 50), "splits: first is 0, last is 50, want"),
        (lambda: splits(800, 0), "splits: first is 800, last is 0, want"),
        (lambda: rounds_in(-1, 1), "rounds_in: duration is -1, rate is 1, want"),
        (lambda: rounds_in(1, 0), "rounds_in: duration is 1, rate is 0, want"),
        (lambda: aim_spread(24, 0, 0.6, 5), "aim_spread: sd is 24, rounds is 0, want"),
        (lambda: aim_spread(24, 4, 2, None), "aim_spread: gain is 2, want less than 2"),
        (lambda: aim_after(150, 2.1, 5), "gain is 2.1, corrections is 5, want"),
        (lambda: aim_after(150, 0.6, -1), "gain is 0.6, corrections is -1, want"),
        (lambda: time_to_fire_for_effect(800, 50, 25, -8, 5), "time_of_flight is 25, spot is -8, lay is 5"),
    ],
)
def test_out_of_bounds(call, text):
    """What no shoot does is refused with its values."""
    with pytest.raises(ValueError, match=text):
        call()
