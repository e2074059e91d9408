"""Fishing fleets: so many boats on so much water, that stay on their ground and go on working."""

from itertools import pairwise
from math import hypot, sqrt

import numpy as np
import pytest

from sim.fishing import Habits, boat, fleets, somewhere
from sim.geometry import Circle, Polygon
from sim.variates import triangular, uniform

DAY = 86400.0
BOX = Polygon(((0.0, 0.0), (90e3, 0.0), (90e3, 60e3), (0.0, 60e3)))
BENT = Polygon(((0.0, 0.0), (90e3, 0.0), (90e3, 60e3), (60e3, 60e3), (60e3, 20e3), (0.0, 20e3)))
GROUNDS = [Circle(10e3, -5e3, 30e3), BOX, BENT]
HABITS = Habits(
    lambda draws: triangular(draws, 3600.0, 7200.0, 14400.0), lambda draws: uniform(draws, 0.0, 1.5), 0.2, 3.0
)


def generator(seed):
    """A random generator of its own."""
    return np.random.Generator(np.random.PCG64(seed))


def whole(leg):
    """Where a leg begins and ends."""
    return (leg.x, leg.y), (leg.x + leg.vx * (leg.end - leg.start), leg.y + leg.vy * (leg.end - leg.start))


def test_all_boats_belong_to_a_fleet_of_a_drawn_size():
    """Their number is that of the boats; sizes have the mean of their law but for the last; seeds 0 to 199, 4 SE."""
    sizes = []
    for seed in range(200):
        found = [
            count
            for _, count in fleets(generator(seed), BOX, 300, lambda d: triangular(d, 5.0, 20.0, 50.0), 9e3)
        ]
        assert 300 == sum(found)
        sizes.extend(found[:-1])
    mean, variance = 25.0, (25 + 400 + 2500 - 100 - 250 - 1000) / 18 + 1 / 12  # rounding adds a twelfth

    # The size that meets 300 is cut short and left out: large ones meet it more often, by under a tenth of a boat.
    assert abs(sum(sizes) / len(sizes) - mean) < 4 * sqrt(variance / len(sizes)) + variance / 300


@pytest.mark.parametrize("ground", GROUNDS, ids=["circle", "box", "bent"])
def test_fleets_lie_anywhere_on_their_ground(ground):
    """Inside, and half of them on the western half of the area; seed 1, n = 4,000, 4 SE."""
    draws, count = generator(1), 4000
    places = [somewhere(draws, ground) for _ in range(count)]
    assert all(ground.contains(x, y) for x, y in places)
    middle = ground.centre[0] if ground is not BENT else 42.5e3  # 850 of its 3,000 km2 lie west
    west = sum(x < middle for x, _ in places) / count
    share = 0.5 if ground is not BENT else 42.5e3 * 20e3 / ground.size

    assert abs(west - share) < 4 * sqrt(share * (1 - share) / count)


@pytest.mark.parametrize("ground", GROUNDS, ids=["circle", "box", "bent"])
def test_boats_stay_on_their_ground_and_in_their_water(ground):
    """Every leg, both ends and its middle, without a gap from the first second to the last; seeds 0 to 59."""
    for seed in range(60):
        draws = generator(seed)
        ((water, _), *_) = fleets(draws, ground, 1, lambda d: 1.0, 15e3)
        legs = list(boat(draws, water, ground, HABITS, None, DAY))
        assert 0.0 == legs[0].start
        assert legs[-1].end >= DAY
        for leg in legs:
            (x, y), (u, v) = whole(leg)
            for place in ((x, y), (u, v), ((x + u) / 2, (y + v) / 2)):
                assert ground.contains(*place)
                assert water.contains(*place)
            assert hypot(leg.vx, leg.vy) <= 3.0 * (1 + 1e-9)
        for one, other in pairwise(legs):
            assert one.end == other.start
            assert pytest.approx(whole(one)[1], abs=1e-6) == (other.x, other.y)


def test_a_fleet_fills_its_water_evenly_from_the_start_on():
    """At 0 and where the leg under way at noon began, a quarter is within half the radius; seeds 0 to 799, 4 SE."""
    water, runs = Circle(45e3, 30e3, 12e3), 800
    for time in (0.0, DAY / 2):
        inner = 0
        for seed in range(runs):
            leg = next(
                each for each in boat(generator(seed), water, BOX, HABITS, None, DAY) if each.end > time
            )
            inner += hypot(leg.x - water.x, leg.y - water.y) < water.radius / 2
        assert abs(inner / runs - 0.25) < 4 * sqrt(0.25 * 0.75 / runs)


def test_boats_with_lamps_lie_by_day_and_work_by_night():
    """From six to six, as the watch says; their legs end with the night."""

    def watch(time):
        day, hour = divmod(time, DAY)
        light = 6 * 3600 <= hour < 18 * 3600
        return not light, day * DAY + (18 if light else 6 if hour < 6 * 3600 else 30) * 3600.0

    legs = list(boat(generator(3), Circle(45e3, 30e3, 12e3), BOX, HABITS, watch, 3 * DAY))
    for leg in legs:
        works, until = watch(leg.start)
        assert leg.end <= until
        if not works:
            assert (leg.end, 0.0, 0.0) == (until, leg.vx, leg.vy)
    assert sum(hypot(leg.vx, leg.vy) > 0 for leg in legs) >= 10


def test_boats_shift_as_often_as_said():
    """Now and then at cruising speed: a fifth of the legs that could be; seeds 0 to 99, 4 SE."""
    water = Circle(45e3, 30e3, 12e3)
    legs = [leg for seed in range(100) for leg in boat(generator(seed), water, BOX, HABITS, None, 5 * DAY)]
    fast = sum(pytest.approx(3.0) == hypot(leg.vx, leg.vy) for leg in legs)

    assert abs(fast / len(legs) - 0.2) < 4 * sqrt(0.16 / len(legs))
