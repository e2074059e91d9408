"""Looks: uniforms by hash, geometric numbers of looks, and the time of the first find."""

from math import sqrt

import numpy as np
import pytest

from sim.looks import Visits, first_finding, looks_needed, uniforms
from sim.streams import Streams


def keys(count, purpose="x"):
    streams = Streams(7)
    return np.array([streams.key(purpose, number) for number in range(count)], dtype=np.uint64)


def test_uniforms_are_uniform_and_unrelated():
    """n = 40,000: mean, variance and correlation of neighbours within 4 standard errors."""
    one, other = np.repeat(keys(200), 200), np.tile(keys(200, "y"), 200)
    found = uniforms(one, other, np.zeros(one.size, dtype=np.int64))
    again = uniforms(one, other, np.ones(one.size, dtype=np.int64))
    count = found.size

    assert (found >= 0.0).all()
    assert (found < 1.0).all()
    assert abs(found.mean() - 0.5) < 4 * sqrt(1 / 12 / count)
    assert abs(found.var() - 1 / 12) < 4 * sqrt(1 / 180 / count)
    for left, right in ((found[1:], found[:-1]), (found, again), (found[200:], found[:-200])):
        assert abs(np.corrcoef(left, right)[0, 1]) < 4 / sqrt(left.size)


def test_a_uniform_depends_on_pair_and_visit_alone():
    """Not on who else is asked for; the pair the other way round is another."""
    names = keys(3)
    alone = uniforms(names[:1], names[1:2], np.array([5]))
    many = uniforms(np.repeat(names, 3), np.tile(names, 3), np.full(9, 5))

    assert alone[0] == many[1]
    assert many[1] != many[3]
    assert keys(1)[0] != np.uint64(Streams(8).key("x", 0))


@pytest.mark.parametrize("chance", [0.08, 0.5, 0.999, 1.0])
def test_sen_07_looks_up_to_the_first_find(chance):
    """REQ-SEN-07: independent looks; 1 - (1 - g)^12 by the twelfth, 1 / g in the mean. n = 200,000, 4 SE."""
    count = 200_000
    uniform = np.random.default_rng(7).random(count)
    found = looks_needed(uniform, chance)
    by_twelve = 1 - (1 - chance) ** 12

    assert abs((found <= 12).mean() - by_twelve) <= 4 * sqrt(by_twelve * (1 - by_twelve) / count)
    assert abs(found.mean() - 1 / chance) <= 4 * sqrt((1 - chance) / chance**2 / count)
    assert found.min() >= 1


def test_the_first_find_is_on_a_look_and_never_before_the_entry():
    """Looks stand at phase + n periods; a sensor that never looks away finds at once."""
    enter, phase = np.array([100.0, 103.0, 107.5]), np.array([3.0, 3.0, 3.0])

    assert [103.0, 103.0, 113.0] == first_finding(enter, np.zeros(3), 0.5, phase, 10.0).tolist()
    assert [113.0] == first_finding(enter[:1], np.array([0.6]), 0.5, phase[:1], 10.0).tolist()
    assert enter.tolist() == first_finding(enter, np.zeros(3), 0.5, phase, 0.0).tolist()


def test_a_better_look_is_never_later():
    """With the same uniform: common random numbers."""
    uniform = np.random.default_rng(1).random(1000)

    assert (looks_needed(uniform, 0.4) <= looks_needed(uniform, 0.3)).all()


def test_visits_are_counted_in_time_whatever_the_order_they_are_told_in():
    """Within one telling and from one to the next; the pair the other way round is another."""
    visits = Visits()
    one, other, time = np.array([1, 1, 2, 1]), np.array([2, 2, 1, 3]), np.array([9.0, 3.0, 1.0, 2.0])

    assert [1, 0, 0, 0] == visits.count(one, other, time).tolist()
    assert [2, 1, 0] == visits.count(np.array([1, 2, 3]), np.array([2, 1, 1]), np.full(3, 10.0)).tolist()
