"""Persistent Markov chains."""

import math
import pickle
from itertools import groupby, pairwise

import numpy as np
import pytest

from sim.chain import Chain, birth_death, two_state

SEED = 20230721
SEA_STATES = (0.05, 0.2, 0.3, 0.25, 0.15, 0.05)  # codes 1 to 6, made up


def generator(seed=SEED):
    return np.random.Generator(np.random.PCG64(seed))


def spells(path):
    """Whole spells of a path: (state, steps), the cut ones at both ends left out."""
    return [(state, len(list(run))) for state, run in groupby(path)][1:-1]


def within(expected, sample):
    """The sample's mean is within 4 of its own standard errors."""
    sample = np.asarray(sample, float)
    return pytest.approx(expected, abs=4 * sample.std() / math.sqrt(len(sample))) == sample.mean()


def test_two_state_closed_form():
    """REQ-LOG-07: share b/(a+b), spells 1/a and 1/b."""
    weather = two_state(0.10, 0.25, step=3600)

    assert pytest.approx((0.7142857, 0.2857143), rel=1e-6) == weather.stationary()
    assert pytest.approx((36_000, 14_400)) == weather.mean_spells()
    assert pytest.approx(3600 / (2 * 0.1 * 0.25 / 0.35)) == weather.mean_spell()


def test_two_state_weather():
    """REQ-LOG-07: hourly, a = .10, b = .25, simulated in one path of 700,000 hours.

    The path holds 50,000 spells of each kind: SE of the mean good spell 0.43 %, bad 0.39 %. The share has SE
    0.17 %: sqrt(.7143 .2857 4.71 / n), 4.71 = (1 + .65) / (1 - .65) for the memory of the chain. Windows of
    five hours that begin good follow each other without overlap, so their outcomes are independent: some
    100,000, SE 0.25 %. All within 4 SE; the autocorrelation within .01 as required.
    """
    n = 700_000
    path = two_state(0.10, 0.25).path(generator(), n)
    good = np.array(path) == 0
    whole = spells(path)
    windows = []
    hour = 0
    while hour + 4 < n:
        if good[hour]:
            windows.append(good[hour + 1 : hour + 5].all())
            hour += 4  # the window's last hour may begin the next: given that hour, the past is no matter
        else:
            hour += 1
    lagged = np.corrcoef(good[:-6], good[6:])[0, 1]

    assert pytest.approx(0.7142857, rel=4 * 0.0017) == good.mean()
    assert within(10, [steps for state, steps in whole if state == 0])
    assert within(4, [steps for state, steps in whole if state == 1])
    assert within(0.6561, windows)
    assert pytest.approx(0.07541889, abs=0.01) == lagged


@pytest.mark.parametrize(("a", "b"), [(0.5, 0.5), (0.02, 0.3), (1.0, 0.4)])
def test_two_state_other_chances(a, b):
    """Other chances keep share and spells; n = 200,000, tolerance 4 SE."""
    n = 200_000
    path = two_state(a, b).path(generator(), n)
    share = b / (a + b)
    memory = 1 - a - b
    error = math.sqrt(share * (1 - share) * (1 + memory) / (1 - memory) / n)

    assert pytest.approx(share, abs=4 * error) == path.count(0) / n
    assert within(1 / a, [steps for state, steps in spells(path) if state == 0])
    assert within(1 / b, [steps for state, steps in spells(path) if state == 1])


@pytest.mark.parametrize("shares", [SEA_STATES, (0.7, 0.2, 0.1), (0.5, 0.5), (0.6, 0.01, 0.39)])
@pytest.mark.parametrize("step", [1800.0, 3600.0])
def test_birth_death_closed_form(shares, step):
    """The chain has exactly the shares and the mean spell, balances in detail and moves to neighbours only."""
    persistence = 360_000.0
    chain = birth_death(shares, persistence, step)
    n = len(shares)

    assert pytest.approx(shares, rel=1e-12) == chain.stationary()
    assert pytest.approx(persistence, rel=1e-12) == chain.mean_spell()
    for i in range(n):
        assert pytest.approx(1, abs=1e-15) == math.fsum(chain.matrix[i])
        for j in range(n):
            assert pytest.approx(shares[i] * chain.matrix[i][j], rel=1e-12) == shares[j] * chain.matrix[j][i]
            assert abs(i - j) <= 1 or chain.matrix[i][j] == 0


@pytest.mark.parametrize(
    ("shares", "persistence", "step"), [(SEA_STATES, 6 * 3600.0, 3600.0), ((0.62, 0.25, 0.13), 5400.0, 600.0)]
)
def test_birth_death_weather(shares, persistence, step):
    """Simulated shares and mean spell, over all spells and by state.

    One path of 400,000 steps. Spells are geometric and independent given their state: within 4 SE as estimated.
    Shares from 100 batches of 4,000 steps, a hundred times the memory of the chain: within 4 SE as estimated.
    """
    n = 400_000
    chain = birth_death(shares, persistence, step)
    path = chain.path(generator(), n)
    whole = spells(path)

    for state, share in enumerate(shares):
        batches = (np.array(path) == state).reshape(100, -1).mean(axis=1)
        assert within(share, batches)
        assert within(chain.mean_spells()[state], [step * steps for at, steps in whole if at == state])
    assert within(persistence, [step * steps for _, steps in whole])
    assert {1} == {abs(a - b) for a, b in pairwise(path) if a != b}


def test_shortest_persistence():
    """The least mean spell the shares allow is named, works, and anything shorter is refused."""
    with pytest.raises(ValueError, match=r"persistence is 600 s, want at least 2571\.43 s"):
        birth_death((0.35, 0.35, 0.3), 600, 1800)

    assert pytest.approx((0.35, 0.35, 0.3)) == birth_death((0.35, 0.35, 0.3), 2571.4286, 1800).stationary()
    assert ((0.0, 1.0), (1.0, 0.0)) == birth_death((0.5, 0.5), 1800, 1800).matrix
    with pytest.raises(ValueError, match="want at least"):
        birth_death((0.9, 0.1), 1800, 1800)


def test_states_never_met():
    """Shares of 0 at the ends stay 0; a chain started there walks in at once."""
    chain = birth_death((0, 0, 0.6, 0.4, 0), 7200, 600)

    assert (0, 0) == chain.stationary()[:2]
    assert pytest.approx((0.6, 0.4)) == chain.stationary()[2:4]
    assert [0, 1, 2] == chain.path(generator(), 50, start=0)[:3]
    assert {2, 3} == set(chain.path(generator(), 500))
    assert pytest.approx(7200) == chain.mean_spell()


def test_one_state_stays():
    """All the share in one state leaves nothing to change."""
    chain = birth_death((0, 1.0), 7200, 600)

    assert [1, 1, 1] == chain.path(generator(), 3)
    assert math.inf == chain.mean_spell()
    assert (600, math.inf) == chain.mean_spells()


def test_rounded_tables():
    """A table that sums to 0.999 is taken as meant, one that sums to 0.9 is not."""
    assert pytest.approx(1) == sum(birth_death((0.333, 0.333, 0.333), 7200, 600).stationary())
    with pytest.raises(ValueError, match=r"shares sum to 0\.9"):
        birth_death((0.5, 0.4), 7200, 600)


def test_stationary_of_any_chain():
    """The shares solve pi P = pi, for a dense chain and one with states left for good."""
    dense = Chain(tuple(tuple(row) for row in generator().dirichlet(np.ones(7), size=7).tolist()))
    leaving = Chain(((0.5, 0.5, 0.0, 0.0), (0.0, 0.2, 0.8, 0.0), (0.0, 0.3, 0.7, 0.0), (0.1, 0.0, 0.0, 0.9)))

    for chain in (dense, leaving):
        pi = np.array(chain.stationary())
        assert pytest.approx(pi, abs=1e-14) == pi @ np.array(chain.matrix)
        assert pytest.approx(1) == pi.sum()
    assert pytest.approx((0, 3 / 11, 8 / 11, 0)) == leaving.stationary()


def test_path_takes_its_draws_in_one_block():
    """One uniform a step; a given start leaves the rest to meet the same uniforms."""
    chain = two_state(0.3, 0.4)
    rng, same = generator(), generator()
    free = chain.path(rng, 40)
    same.random(40)

    assert rng.random() == same.random()
    assert free == chain.path(generator(), 40, start=free[0])
    assert 40 == len(free)
    assert [] == chain.path(rng, 0)
    assert [1] == chain.path(rng, 1, start=1)


def test_start_follows_the_shares():
    """Without a start the first state is drawn from the long run; n = 4,000 paths, tolerance 4 SE."""
    chain = two_state(0.10, 0.25)
    rng = generator()
    first = [chain.path(rng, 1)[0] == 0 for _ in range(4000)]

    assert within(5 / 7, first)


def test_chain_is_a_value():
    """Chains compare, hash and pickle by matrix and step."""
    chain = two_state(0.1, 0.25, 3600)

    assert chain == pickle.loads(pickle.dumps(chain))
    assert hash(chain) == hash(two_state(0.1, 0.25, 3600))
    assert chain != two_state(0.1, 0.25, 1800)
    assert chain == Chain([[0.9, 0.1], [0.25, 0.75]], 3600)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: Chain(()), "no states"),
        (lambda: Chain(((1.0,),), step=0), "step is 0, want"),
        (lambda: Chain(((0.5, 0.5), (1.0,))), "row 1 has 1 entries, want 2"),
        (lambda: Chain(((0.5, 0.6), (1.0, 0.0))), "row 0 is .*, want chances that sum to 1"),
        (lambda: Chain(((1.5, -0.5), (1.0, 0.0))), "row 0 is .*, want chances that sum to 1"),
        (lambda: Chain(((1.0, 0.0), (0.0, 1.0))), "closed classes"),
        (lambda: two_state(0, 0), "worsen is 0, better is 0, want"),
        (lambda: two_state(1.1, 0.5), "worsen is 1.1, better is 0.5, want"),
        (lambda: birth_death((), 7200, 600), "shares are"),
        (lambda: birth_death((0.5, 0, 0.5), 7200, 600), "want none of 0 between others"),
        (lambda: birth_death((1.5, -0.5), 7200, 600), "each 0 or more"),
        (lambda: birth_death((0.5, 0.5), 0, 600), "persistence is 0, step is 600, want"),
        (lambda: two_state(0.1, 0.2).path(generator(), -1), "steps is -1, want"),
        (lambda: two_state(0.1, 0.2).path(generator(), 5, start=2), "start is 2, want 0 to 1"),
    ],
)
def test_out_of_bounds(call, text):
    """What is no chain, or one without long-run shares, is refused with its values."""
    with pytest.raises(ValueError, match=text):
        call()
