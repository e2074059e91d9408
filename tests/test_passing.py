"""How near units pass: the least over legs, not over looks."""

import pytest
from small_exercise import living

from sim.passing import Passes


def two():
    exercise = living()
    alpha, golf = exercise.units["Alpha"], exercise.units["Golf"]
    alpha.motion.place(0.0, 0.0, 0.0)
    golf.motion.place(0.0, -1000.0, 300.0)
    return exercise, alpha, golf


def test_the_least_lies_between_two_alterations():
    exercise, alpha, golf = two()
    golf.steer(10.0, 0.0)
    passes = Passes([(alpha, golf)], 0.0)
    golf.watchers.append(lambda unit: passes.altered(unit, exercise.env.now))
    exercise.env.run(until=150.0)
    golf.steer(0.0, 5.0)
    exercise.env.run(until=200.0)
    found = passes.least(exercise.env.now)
    assert (found.distance, found.time) == pytest.approx((300.0, 100.0))


def test_an_alteration_before_the_closest_approach_counts():
    """She turns away at 500 m short of it."""
    exercise, alpha, golf = two()
    golf.steer(10.0, 0.0)
    passes = Passes([(alpha, golf)], 0.0)
    golf.watchers.append(lambda unit: passes.altered(unit, exercise.env.now))
    exercise.env.run(until=50.0)
    golf.steer(-10.0, 0.0)
    exercise.env.run(until=200.0)
    found = passes.least(exercise.env.now)
    assert found.distance == pytest.approx((500.0**2 + 300.0**2) ** 0.5)
    assert found.time == pytest.approx(50.0)


def test_ships_that_lie_still_together_do_not_pass():
    exercise, alpha, golf = two()
    passes = Passes([(alpha, golf)], 0.0)
    exercise.env.run(until=100.0)
    assert passes.least(100.0) is None
