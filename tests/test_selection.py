"""The best of some: bookkeeping on small numbers, constants against the integrals that define them, and the guarantee."""

from math import nan

import numpy as np
import pytest
from scipy import special, stats

from sim.estimates import Estimate
from sim.selection import Dropped, Selection, against_best, needed, rinott

NAMES = ("A", "B", "C")


def race(means, seed, *, spread=1.0, shared=0.0, margin=0.5, confidence=0.95, largest=True, first=10):
    """Normal values until one is left."""
    draws = np.random.default_rng(seed)
    names = [f"S{at}" for at in range(len(means))]
    chosen = Selection(names, margin, confidence, first, largest)
    while chosen.best is None:
        row = means + draws.normal(0, spread, len(means)) + draws.normal(0, 1) * shared
        chosen.feed(dict(zip(names, row.tolist(), strict=True)))
    return chosen


def slippage(count, margin=0.5, at=0):
    """The worst case: the best better than all others by just the margin."""
    means = np.zeros(count)
    means[at] = margin
    return means


def test_the_boundary_is_that_of_the_article():
    """Two alternatives, four values: h^2 = 3 ((2 x .05)^(-2/3) - 1), and a difference of variance 5/3."""
    chosen = Selection(["A", "B"], 1.0, first=4)
    for one in (1.0, 2.0, 3.0, 4.0):
        chosen.feed({"A": one, "B": 2.0})
    end = 3 * (0.1 ** (-2 / 3) - 1) * 5 / 3

    assert int(end) + 1 == chosen.longest == 19
    assert ("A", "B") == chosen.survivors  # ahead by 2 in all, where (18.2 - 4) / 2 is wanted
    chosen.feed({"A": 7.0, "B": 2.0})
    assert 7 > (end - 5) / 2 > 6
    assert ("A",) == chosen.survivors
    assert [Dropped("B", 5, "A")] == chosen.dropped


def test_who_is_far_behind_goes_first():
    """C is 100 behind; A and B run on without it, and need not tell its value."""
    draws = np.random.default_rng(1)
    chosen = Selection(NAMES, 0.2)
    words = [chosen.why]
    for _ in range(9):
        assert NAMES == chosen.feed(
            dict(zip(NAMES, (draws.normal(0, 1, 3) - [0, 0, 100]).tolist(), strict=True))
        )
    assert chosen.longest is None
    chosen.feed({"A": 0.1, "B": 0.0, "C": -100.0})
    words.append(chosen.why)
    while chosen.best is None:
        chosen.feed({"A": 0.4 + draws.normal(), "B": draws.normal()})

    assert "0 of at least 10 replications" == words[0]
    assert words[1].startswith("2 of 3 left after 10 replications, ")
    assert ("C", 10) == chosen.dropped[0][:2]
    assert chosen.why.startswith(f"{chosen.best} after {chosen.count} replications, 95% sure within 0.2")
    assert -100 == pytest.approx(chosen.mean("C"), abs=1.5)


def test_small_values_may_be_good():
    """Lateness, say: S2 has the least."""
    assert "S2" == race(-slippage(4, 2.0, at=2), 3, largest=False).best


def test_what_is_alike_ends_with_the_first_named():
    chosen = Selection(NAMES, 0.5, first=3)
    for _ in range(3):
        chosen.feed(dict.fromkeys(NAMES, 4.0))

    assert "A" == chosen.best
    assert [("B", 3, "A"), ("C", 3, "A")] == chosen.dropped


def test_nothing_is_looked_at_once_one_is_left():
    chosen = Selection(["A", "B"], 0.5, first=2)
    for _ in range(2):
        chosen.feed({"A": 1.0, "B": 0.0})
    chosen.feed({"A": -9.0, "B": 0.0})

    assert ("A", 2, 1.0, 2) == (chosen.best, chosen.count, chosen.mean("A"), chosen.longest)


def test_it_never_takes_longer_than_it_says():
    for seed in range(30):
        chosen = Selection(NAMES, 0.4)
        draws = np.random.default_rng(seed)
        longest = 10**9
        while chosen.best is None:
            chosen.feed(dict(zip(NAMES, draws.normal(0, 1, 3).tolist(), strict=True)))
            longest = min(longest, chosen.longest or longest)
            assert chosen.count <= longest


@pytest.mark.parametrize(("asked", "wrong"), [
    ((["A"], 1.0), "alternatives are A, want two or more, each once"),
    ((["A", "A"], 1.0), "alternatives are A, A"),
    (([], 1.0), "alternatives are none"),
    ((["A", "B"], 0.0), "margin is 0.0, want above 0"),
    ((["A", "B"], 1.0, 1.0), "confidence is 1.0, want between 0 and 1"),
    ((["A", "B"], 1.0, 0.4), "want more than a coin has"),
    ((["A", "B"], 1.0, 0.95, 1), "first is 1, want 2 or more"),
])  # fmt: skip
def test_what_makes_no_sense(asked, wrong):
    with pytest.raises(ValueError, match=wrong):
        Selection(*asked)


@pytest.mark.parametrize("values", [{"A": 1.0}, {"A": 1.0, "B": nan}])
def test_a_survivor_without_a_value(values):
    chosen = Selection(["A", "B"], 1.0)
    with pytest.raises(ValueError, match=r"replication 0 has (None|nan) for 'B', want a number"):
        chosen.feed(values)

    assert 0 == chosen.count


def test_shared_random_numbers_end_it_sooner():
    """Noise of 3 common to all is no noise of the differences; of each alone it is."""
    common, alone = (sum(race(slippage(5), seed, **noise).count for seed in range(20))
                     for noise in ({"shared": 3.0}, {"spread": 10**0.5}))  # fmt: skip

    assert 5 * common < alone


def test_the_best_is_selected():
    """100 races in the worst case: fewer than 90 right happen once in 100 where the chance is 95 % (binomial 0.0115)."""
    right = sum(race(slippage(5), seed).best == "S0" for seed in range(100))

    assert right >= 90


@pytest.mark.slow
@pytest.mark.parametrize(("count", "noise"), [
    (2, {}),
    (5, {"spread": 2.0, "margin": 1.0}),
    (5, {"shared": 3.0}),
    (10, {"confidence": 0.9}),
])  # fmt: skip
def test_the_guarantee_of_the_sequential_procedure(count, noise):
    """1,000 races in the worst case: at least the confidence less 2.3 standard errors; it is known to give more."""
    means = slippage(count, noise.get("margin", 0.5))
    right = sum(race(means, seed, **noise).best == "S0" for seed in range(1_000)) / 1_000
    asked = noise.get("confidence", 0.95)

    assert right >= asked - 2.3 * (asked * (1 - asked) / 1_000) ** 0.5


@pytest.mark.slow
def test_one_nearly_as_good_is_good_enough():
    """Five alternatives a fifth of the margin apart: whoever is selected is within the margin of the best."""
    means = np.array([0.5, 0.4, 0.3, 0.2, -0.2])
    good = sum(means[int(race(means, seed).best[1:])] > 0.0 for seed in range(500)) / 500

    assert good >= 0.95


def right_by_integral(h, count, freedom):
    """Rinott's chance of being right by plain sums over an even grid, in place of our quadrature."""
    x = np.linspace(0.02, 80, 2_000)
    law = stats.chi2.pdf(x, freedom) * (x[1] - x[0])
    inner = special.ndtr(h / np.sqrt(freedom * (1 / x + 1 / x[:, None]))) @ law
    return (inner ** (count - 1) * law).sum()


@pytest.mark.parametrize(("count", "confidence", "first"), [(2, 0.95, 20), (10, 0.9, 10)])
def test_rinotts_constant_solves_its_integral(count, confidence, first):
    """To 1e-4 of the chance."""
    h = rinott(count, confidence, first)

    assert confidence == pytest.approx(right_by_integral(h, count, first - 1), abs=1e-4)


def test_replications_needed_of_the_two_stages():
    """By hand: t of .95 at 3 degrees of freedom is 2.3534, the difference has variance 5/3, A alone as well."""
    values = {"A": [1.0, 2.0, 3.0, 4.0], "B": [2.0, 2.0, 2.0, 2.0]}
    h = rinott(2, 0.95, 4)

    assert {"A": 37, "B": 37} == needed(values, 0.5)  # 2.3534^2 x 5/3 / .25 = 36.92
    assert {"A": int(h**2 * 5 / 3 / 0.25) + 1, "B": 4} == needed(values, 0.5, common=False)
    assert {"A": 4, "B": 4} == needed(values, 5.0)
    with pytest.raises(ValueError, match="not as many values of each"):
        needed({"A": [1.0, 2.0, 3.0], "B": [1.0, 2.0]}, 1.0)
    with pytest.raises(ValueError, match="alternatives are none"):
        needed({}, 1.0)


def two_stages(means, seed, common):
    draws = np.random.default_rng(seed)

    def more(count):
        return (
            means + draws.normal(0, 1, (count, len(means))) + common * draws.normal(0, 2, (count, 1))
        ).T.tolist()

    names = [f"S{at}" for at in range(len(means))]
    values = dict(zip(names, more(10), strict=True))
    counts = needed(values, 0.5, common=common)
    rest = dict(zip(names, more(max(counts.values()) - 10), strict=True))
    return {name: values[name] + rest[name][: counts[name] - 10] for name in names}


@pytest.mark.slow
@pytest.mark.parametrize("common", [False, True])
def test_the_guarantee_of_two_stages(common):
    """1,000 times five in the worst case: selection right, and all intervals at once, in 95 % less 2.3 standard errors."""
    means = slippage(5)
    right = held = 0
    for seed in range(1_000):
        found = against_best(two_stages(means, seed, common), 0.5)
        right += max(found, key=lambda name: found[name].value) == "S0"
        held += all(each.low <= (0.5 if name == "S0" else -0.5) <= each.high for name, each in found.items())

    assert right / 1_000 >= 0.95 - 2.3 * 0.0069
    assert held / 1_000 >= 0.95 - 2.3 * 0.0069


def test_how_far_each_is_from_the_best_of_the_others():
    found = against_best({"A": [5.0, 7.0], "B": [3.0], "C": [5.0]}, 2.0)

    assert {
        "A": Estimate(1.0, -1.0, 3.0, 2),
        "B": Estimate(-3.0, -5.0, 0.0, 1),
        "C": Estimate(-1.0, -3.0, 1.0, 1),
    } == found
    assert 2.0 == against_best({"A": [5.0], "B": [3.0]}, 1.0, largest=False)["A"].value
