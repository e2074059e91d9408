"""Runs that measures are asked of: a morning of shoots, the whole exercise, and one without a shot."""

from itertools import chain

import pytest

from sim import shelves
from sim.log import Log
from sim.runs import Run, play
from sim.scenario.read import read

SEED = 7


@pytest.fixture(scope="session")
def morning():
    return play(read("gunnery_day"), SEED)


@pytest.fixture(scope="session")
def exercise():
    return play(read("northern_interaction_2023"), SEED)


@pytest.fixture(scope="session")
def exercise_with(exercise):
    """The whole exercise with records of a kind: another seed, where this one had fog that day."""

    def found(word):
        tries = chain([exercise], (play(exercise.plan, seed) for seed in range(SEED + 1, SEED + 20)))
        return next(run for run in tries if next(run.log.of(word), None) is not None)

    return found


@pytest.fixture(scope="session")
def silent(morning):
    """Nothing ever happened: every question must bear an empty log."""
    return Run(morning.plan, SEED, 0, Log())


@pytest.fixture(params=["morning", "exercise"])
def run(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def ask():
    """The function of a measure by its name."""
    return lambda name: shelves.module("measures", name).measure
