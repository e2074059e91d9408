"""Search theory: published values, and searches played with geometry instead of the formulas."""

from math import inf, sqrt

import numpy as np
import pytest

from sim import search
from sim.geometry import crossing_times

MANY = 20_000


def share(hits):
    """The share of hits and four standard errors of it."""
    mean = np.mean(hits)
    return mean, 4.0 * sqrt(mean * (1.0 - mean) / len(hits))


def test_random_search():
    """SRCH-01."""
    assert search.random_search(8.0, 16.0, 6.0, 2400.0) == pytest.approx(0.273851, rel=1e-5)
    assert search.mean_time(8.0, 16.0, 2400.0) == pytest.approx(18.75)


def test_parallel_sweeps():
    """SRCH-03."""
    found = [search.parallel_sweeps(0.8, 1.0, law) for law in ("definite", "inverse-cube", "random")]
    assert found == pytest.approx([0.8, 0.6839709, 0.550671], rel=1e-5)
    assert search.parallel_sweeps(0.8, search.spacing_for(0.8, 0.7), "random") == pytest.approx(0.7)
    with pytest.raises(ValueError, match="definite, inverse-cube or random"):
        search.parallel_sweeps(1.0, 1.0, "cubic")


def test_back_and_forth_barrier():
    """SRCH-05, and the same played: a patrol to and fro, a target straight through at a random place and time."""
    length, reach, fast, slow = 40.0, 5.0, 16.0, 8.0
    wanted = search.barrier(length, reach, fast, slow)
    assert wanted == pytest.approx(0.480892, rel=1e-5)
    assert search.barrier(length, reach, 0.0, slow) == 0.25
    rng, period = np.random.default_rng(5), length / fast
    hits = []
    for place, phase in zip(
        rng.uniform(0.0, length, MANY), rng.uniform(0.0, 2.0 * period, MANY), strict=True
    ):
        hit = False
        for leg in range(
            -2, 4
        ):  # the target is on the line at time 0, the patrol turns at the ends of the channel
            start, up = leg * period - phase, leg % 2 == 0
            x0, vx = (0.0, fast) if up else (length, -fast)
            times = crossing_times(place - x0, slow * start, -vx, slow, reach)
            hit = hit or (times is not None and times[0] < period and times[1] > 0.0)
        hits.append(hit)
    mean, error = share(hits)
    assert mean == pytest.approx(wanted, abs=error)


def test_datum_search():
    """SRCH-07: for ever is less than certain."""
    assert search.datum_search(6.0, 90.0, 8.0, 1.0, 3.0) == pytest.approx(0.8331221, rel=1e-5)
    assert search.datum_search(6.0, 90.0, 8.0, 1.0, inf) == pytest.approx(0.9318292, rel=1e-5)


def test_dips():
    """SRCH-09, and the same played: dips at fixed places on the circle, courses at random."""
    times = [0.75, 1.0, 1.25, 1.5, 1.75]
    wanted = search.dips_on_the_circle(2.5, 8.0, times)
    assert wanted == pytest.approx(0.436627, rel=1e-5)
    courses = np.random.default_rng(9).uniform(0.0, 2 * np.pi, MANY)
    bearing, found = 0.0, np.zeros(MANY, dtype=bool)
    for time in times:
        half = 2.0 * np.arcsin(2.5 / (2.0 * 8.0 * time))
        bearing += half  # this dip's arc begins where the last one's ended
        off = 8.0 * time * np.hypot(np.cos(courses) - np.cos(bearing), np.sin(courses) - np.sin(bearing))
        found |= off <= 2.5
        bearing += half
    mean, error = share(found)
    assert mean == pytest.approx(wanted, abs=error)
    assert search.random_dips(2.5, 900.0, 10) == pytest.approx(0.1979475, rel=1e-5)


def test_containment_detection_and_success():
    """SRCH-11."""
    assert search.containment(5.0, 6.0) == pytest.approx(0.5926854, rel=1e-6)
    assert search.detection(0.9) == pytest.approx(0.5934303, rel=1e-6)
    assert search.success(5.0, 6.0, 0.9) == pytest.approx(0.3517175, rel=1e-6)
    errors = np.random.default_rng(11).normal(0.0, 5.0, (MANY, 2))
    mean, error = share((np.abs(errors) <= 6.0).all(axis=1))
    assert mean == pytest.approx(search.containment(5.0, 6.0), abs=error)
