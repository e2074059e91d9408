"""Equipment up and down."""

import math
from itertools import accumulate, islice

import numpy as np
import pytest

from sim.renewal import (
    alternation,
    availability,
    chance_of_failures,
    parallel,
    reliability,
    series,
)

HOUR = 3600.0
SEED = 20230723


def generator(seed=SEED):
    return np.random.Generator(np.random.PCG64(seed))


def is_up_at(spells, moment):
    """Whether the item works at a moment after its start."""
    for is_up, duration in spells:
        moment -= duration
        if moment < 0:
            return is_up
    raise AssertionError("spells have no end")


def test_availability_closed_form():
    """REQ-LOG-05: 80 h up, 10 h down, alone, three in series, two in parallel."""
    a = availability(80 * HOUR, 10 * HOUR)

    assert pytest.approx(0.8888889, rel=1e-6) == a
    assert pytest.approx(0.702332, rel=1e-6) == series(a, a, a)
    assert pytest.approx(0.9876543, rel=1e-6) == parallel(a, a)
    assert 1 == availability(math.inf, 10)
    assert 1 == availability(80, 0)


@pytest.mark.parametrize("start", ["new", "steady"])
@pytest.mark.parametrize("repair", ["exponential", "lognormal"])
def test_availability_by_simulation(start, repair):
    """REQ-LOG-05: looked at after 200 h, long past the memory of a new start (time constant 8.9 h).

    n = 17,000 threes for SE 0.5 % of the series, less for the others; tolerance 4 SE.
    """
    n = 17_000
    rng = generator()
    up = np.array(
        [
            [
                is_up_at(alternation(rng, 80 * HOUR, 10 * HOUR, start=start, repair=repair), 200 * HOUR)
                for _ in range(3)
            ]
            for _ in range(n)
        ]
    )

    assert pytest.approx(0.8888889, abs=4 * math.sqrt(0.0987654 / (3 * n))) == up.mean()
    assert pytest.approx(0.702332, rel=4 * 0.005) == up.all(axis=1).mean()
    assert pytest.approx(0.9876543, abs=4 * math.sqrt(0.0121933 / n)) == up[:, :2].any(axis=1).mean()


@pytest.mark.parametrize("moment", [0.0, 1.0, 5.0, 30.0])
def test_steady_start_is_steady(moment):
    """Under a steady start the availability is the same at any moment, with long-tailed repairs too.

    n = 40,000, tolerance 4 SE. A first spell down drawn whole or fresh would show at 1 to 5 h.
    """
    n = 40_000
    rng = generator()
    a = 20 / 30
    up = sum(
        is_up_at(alternation(rng, 20, 10, start="steady", repair="lognormal", repair_cv=1.5), moment)
        for _ in range(n)
    )

    assert pytest.approx(a, abs=4 * math.sqrt(a * (1 - a) / n)) == up / n


@pytest.mark.parametrize(("repair", "cv"), [("exponential", 1.0), ("lognormal", 0.5)])
def test_spells_follow_their_laws(repair, cv):
    """Up and down alternate with their means and spreads; n = 20,000 of each, tolerance 4 SE (sd: 10 %)."""
    n = 20_000
    spells = list(islice(alternation(generator(), 80, 10, repair=repair, repair_cv=cv), 2 * n))
    up = np.array([duration for is_up, duration in spells[::2] if is_up])
    down = np.array([duration for is_up, duration in spells[1::2] if not is_up])

    assert n == len(up) == len(down)
    assert pytest.approx(80, abs=4 * 80 / math.sqrt(n)) == up.mean()
    assert pytest.approx(80, rel=0.1) == up.std()
    assert pytest.approx(10, abs=4 * 10 * cv / math.sqrt(n)) == down.mean()
    assert pytest.approx(10 * cv, rel=0.1) == down.std()


def test_mission_reliability():
    """REQ-LOG-11: 150 h between failures, 72 h, instant renewal; n = 95,000 for SE 0.5 %, tolerance 4 SE."""
    n = 95_000
    rng = generator()
    failures = np.empty(n)
    for mission in range(n):
        lives = (duration for is_up, duration in alternation(rng, 150, 0) if is_up)
        failures[mission] = next(k for k, end in enumerate(accumulate(lives)) if end > 72)

    assert pytest.approx(0.6187834, rel=1e-6) == reliability(150, 72)
    assert pytest.approx(0.297016, rel=1e-6) == chance_of_failures(1, 150, 72)
    assert pytest.approx(0.48) == math.fsum(k * chance_of_failures(k, 150, 72) for k in range(40))
    assert pytest.approx(0.6187834, rel=4 * 0.0026) == (failures == 0).mean()
    assert pytest.approx(0.297016, rel=4 * 0.005) == (failures == 1).mean()
    assert pytest.approx(0.48, rel=4 * 0.0047) == failures.mean()


def test_failures_at_their_limits():
    """No time, no failure; many failures do not overflow."""
    assert 1 == reliability(150, 0)
    assert 0 == chance_of_failures(2, 150, 0)
    assert 1 == reliability(math.inf, 72)
    assert pytest.approx(0.0126146, rel=1e-5) == chance_of_failures(1000, 1, 1000)


def test_never_fails():
    """An endless mean life is one spell up."""
    assert (True, math.inf) == next(alternation(generator(), math.inf, 10))
    assert (True, math.inf) == next(alternation(generator(), math.inf, 10, start="steady"))


@pytest.mark.parametrize("repair", ["exponential", "lognormal"])
def test_steady_start_takes_three_draws(repair):
    """Up or down, the second spell meets the fourth uniform."""
    found = []
    for seed in range(12):
        rng, same = generator(seed), generator(seed)
        found.append(next(alternation(rng, 10, 10, start="steady", repair=repair)).is_up)
        same.random(3)

        assert rng.random() == same.random()
    assert {True, False} == set(found)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: alternation(generator(), 0, 10), "alternation: mean_up is 0, mean_down is 10, want"),
        (lambda: alternation(generator(), 80, -1), "mean_up is 80, mean_down is -1, want"),
        (lambda: alternation(generator(), 80, 10, start="old"), "start is 'old', want 'new' or 'steady'"),
        (lambda: alternation(generator(), 80, 10, repair="weibull"), "repair is 'weibull', want"),
        (lambda: alternation(generator(), 80, 10, repair_cv=-1), "repair_cv is -1, want"),
        (lambda: availability(0, 0), "availability: mean_up is 0, mean_down is 0, want"),
        (lambda: series(0.9, 1.1), "availability is 1.1, want 0 to 1"),
        (parallel, "no availabilities, want at least one"),
        (lambda: chance_of_failures(-1, 150, 72), "failures is -1, mean_up is 150, duration is 72"),
    ],
)
def test_out_of_bounds(call, text):
    """What is no life or repair is refused at the call, with its values."""
    with pytest.raises(ValueError, match=text):
        call()
