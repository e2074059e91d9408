"""Who comes near those that turn: as the crossings of the same legs, and the same bits in NumPy and compiled."""

import importlib
from importlib.util import find_spec

import numpy as np
import pytest

from sim import near
from sim.crossings import MOMENT, Reach, Tracks, crossings

NUMBA = find_spec("numba") is not None
SOLVERS = ("columns", pytest.param("compiled", marks=pytest.mark.skipif(not NUMBA, reason="needs numba")))
NOW, UNTIL = 0.0, 500.0  # s


def solver(name):
    return near.columns if name == "columns" else importlib.import_module("sim.compiled").near


def scene(seed):
    """Legs under way at 0 s, some units absent, some legs open, up to three kinds of sensors; every other one coarse."""
    rng = np.random.default_rng((17, seed))
    n, kinds = int(rng.integers(2, 30)), int(rng.integers(1, 4))
    if seed % 2:
        low, high = np.array([[-5, 3, -6, -6, -2, -2], [1, 9, 6, 6, 3, 3]])[:, :, None]
        legs = rng.integers(low, high, (6, n)) * np.array([100.0, 100, 1000, 1000, 1, 1])[:, None]
        shares = rng.integers(0, 6, (kinds, 3, n)) * 1000.0
    else:
        low, high = np.array([[-1e3, 6e1, -2e4, -2e4, -9, -9], [0, 1e3, 2e4, 2e4, 9, 9]])[:, :, None]
        legs = rng.uniform(low, high, (6, n))
        shares = rng.uniform(0.0, 9e3, (kinds, 3, n))
        shares[:, 2] *= 2.0 * (rng.random((kinds, n)) < 0.8)
    legs[1, rng.random(n) < 0.2] = np.inf
    legs[1, rng.random(n) < 0.2] = -np.inf
    return legs, shares, rng.integers(0, n, n)


def expected(legs, shares, side, movers):
    """The stays of movers by way of `crossings`, kind by kind: (kind, observer, target, enter, leave)."""
    there = np.flatnonzero(legs[1] > NOW)
    rows = []
    for kind, reach in enumerate(shares):
        tracks = Tracks(there, *(column[there] for column in legs))
        found = crossings(tracks, Reach(*reach, side), NOW, UNTIL, strategy="plain")
        within = {}
        for time, one, other, entering, _ in zip(*(column.tolist() for column in found), strict=True):
            if one in movers or other in movers:
                if entering:
                    within[one, other] = time
                else:
                    rows.append((kind, one, other, within.pop((one, other)), time))
        for (one, other), time in within.items():
            rows.append((kind, one, other, time, min(UNTIL, legs[1, one], legs[1, other])))
    return sorted(rows)


@pytest.mark.parametrize("name", SOLVERS)
def test_stays_are_those_of_crossings(name):
    """1,000 scenes: the same times to the last bit, for one mover, some, and all."""
    told = 0
    for seed in range(1000):
        legs, shares, side = scene(seed)
        movers = np.random.default_rng(seed).permutation(side.size)[: 1 + seed % side.size]
        who, when = solver(name)(legs, shares, side, movers, NOW, UNTIL)
        ends = np.minimum(np.minimum(legs[1][who[:, 1]], legs[1][who[:, 2]]), UNTIL)
        long = (np.diff(when, axis=1)[:, 0] >= MOMENT) | (when[:, 0] == NOW) | (when[:, 1] == ends)
        found = sorted(
            (*one, *time) for one, time in zip(who[long].tolist(), when[long].tolist(), strict=True)
        )
        wanted = expected(legs, shares, side, movers.tolist())
        # At the end of a leg before the end asked for, crossings drops a bit too short; here it is the last news.
        assert wanted == [row for row in found if row in wanted]
        assert all(row[4] - row[3] < MOMENT for row in found if row not in wanted)
        told += len(found)
    assert told > 10_000


@pytest.mark.skipif(not NUMBA, reason="needs numba")
@pytest.mark.parametrize("handful", [0, near.HANDFUL, 10**9])
def test_the_same_bits_compiled(monkeypatch, handful):
    """The same rows in the same order, whether NumPy or plain Python solves what NumPy has sifted."""
    monkeypatch.setattr(near, "HANDFUL", handful)
    for seed in range(400):
        legs, shares, side = scene(seed)
        movers = np.random.default_rng(seed).permutation(side.size)[: 1 + seed % side.size]
        told = [solver(name)(legs, shares, side, movers, NOW, UNTIL) for name in ("columns", "compiled")]
        assert [column.tobytes() for column in told[0]] == [column.tobytes() for column in told[1]]


@pytest.mark.parametrize("name", SOLVERS)
def test_order_and_both_ways(name):
    """Mover, other, kind, observing before observed; a pair of movers once. Five meet on a line, range 5 m."""
    legs = np.array([[0.0] * 3, [np.inf] * 3, [0.0, 3.0, 20.0], [0.0] * 3, [0.0, 0.0, -1.0], [0.0] * 3])
    shares = np.array([[[5.0] * 3, [0.0] * 3, [np.inf] * 3], [[2.0, 2.0, 0.0], [0.0] * 3, [np.inf] * 3]])
    who, when = solver(name)(legs, shares, np.arange(3), np.array([2, 1]), 1.0, 100.0)
    rows = [(*one, *time) for one, time in zip(who.tolist(), when.tolist(), strict=True)]
    assert [
        (0, 2, 0, 15.0, 25.0),
        (0, 0, 2, 15.0, 25.0),
        (1, 0, 2, 18.0, 22.0),
        (0, 2, 1, 12.0, 22.0),
        (0, 1, 2, 12.0, 22.0),
        (1, 1, 2, 15.0, 19.0),
        (0, 1, 0, 1.0, 100.0),
        (0, 0, 1, 1.0, 100.0),
    ] == rows


@pytest.mark.parametrize("name", SOLVERS)
def test_nobody_there(name):
    """Absent movers, absent others, no movers, and units without sensors give empty columns of the right shape."""
    legs = np.array([[0.0, 0.0], [np.inf, -np.inf], [0.0, 0.0], [0.0, 0.0], [0.0, 0.0], [0.0, 0.0]])
    blind, seeing = np.zeros((1, 3, 2)), np.full((1, 3, 2), 9.0)
    for movers, shares in (([0], seeing), ([1], seeing), ([], seeing), ([0, 1], blind)):
        who, when = solver(name)(legs, shares, np.arange(2), np.array(movers, np.int64), 0.0, 9.0)
        assert ((0, 3), (0, 2)) == (who.shape, when.shape)


def test_chosen_by_what_it_saves(monkeypatch):
    """Never, always, and only for many calls."""
    monkeypatch.setenv("NAVDRILL_COMPILED", "0")
    assert near.columns is near.chosen(1e9)
    monkeypatch.delenv("NAVDRILL_COMPILED")
    assert near.columns is near.chosen(100.0)
    if NUMBA:
        assert solver("compiled") is near.chosen(1e9)
