"""Ships passing by, against closed forms: a gas that stays even, lanes and ferries in equilibrium, clipped exactly."""

from itertools import pairwise
from math import cos, hypot, pi, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.geometry import Circle
from sim.variates import triangular
from sim.voyages import Leg, beside, ferry, gas, lane, near, offset, sailing, slowness, unsailable, within

RADIUS, DENSITY, SPEED, LENGTH = 40e3, 2e-9, 6.0, 10 * 3600.0
WATERS = Circle(5e3, -3e3, RADIUS)
RUNS = 400
DAY = 86400.0


def generator(seed):
    """A random generator of its own."""
    return np.random.Generator(np.random.PCG64(seed))


def ways(seed, heed=0.5):
    """The legs of a gas in one replication."""
    return [ship.legs[0] for ship in gas(generator(seed), WATERS, DENSITY, SPEED, heed, LENGTH)]


def place(leg, time):
    """Where a ship on a leg is at a time."""
    return leg.x + leg.vx * (time - leg.start), leg.y + leg.vy * (time - leg.start)


# ------------------------------------------------------------------------------------------ the gas


def test_the_number_present_stays_density_times_area():
    """At the start, in the middle and at the end; seeds 0 to 399, a Poisson number each, 4 SE."""
    mean = DENSITY * pi * RADIUS**2
    runs = [ways(seed) for seed in range(RUNS)]

    for time in (0.0, LENGTH / 2, LENGTH - 1):
        present = [sum(leg.start <= time < leg.end for leg in run) for run in runs]
        assert abs(sum(present) / RUNS - mean) < 4 * sqrt(mean / RUNS)


def test_the_disc_stays_evenly_filled():
    """Of those present at the end a quarter is within half the radius, and half to the east; seeds 0 to 399, 4 SE."""
    time, inner, east, total = LENGTH - 1, 0, 0, 0
    for seed in range(RUNS):
        for leg in ways(seed):
            if leg.start <= time < leg.end:
                x, y = place(leg, time)
                x, y = x - WATERS.x, y - WATERS.y
                assert hypot(x, y) <= RADIUS * (1 + 1e-9)
                total, inner, east = total + 1, inner + (hypot(x, y) < RADIUS / 2), east + (x > 0)

    assert abs(inner / total - 0.25) < 4 * sqrt(0.25 * 0.75 / total)
    assert abs(east / total - 0.5) < 4 * sqrt(0.25 / total)


def test_the_flux_over_the_rim_is_that_of_a_gas():
    """2 R v density ships an hour come in, at points of the rim, and leave at the rim; seeds 0 to 399, 4 SE."""
    entries = [sum(leg.start > 0 for leg in ways(seed)) for seed in range(RUNS)]
    mean = 2 * RADIUS * SPEED * DENSITY * LENGTH

    assert abs(sum(entries) / RUNS - mean) < 4 * sqrt(mean / RUNS)
    for leg in ways(1):
        x, y = place(leg, leg.end)
        assert pytest.approx(RADIUS) == hypot(x - WATERS.x, y - WATERS.y)
        assert pytest.approx(SPEED) == hypot(leg.vx, leg.vy)


def test_encounters_with_a_straight_running_ship_follow_koopman():
    """2 R density times the mean relative speed; seeds 0 to 1,499, a Poisson number each, 4 SE.

    The ship stays so far from the rim that nobody within her reach has been left out. Mean relative speed over all
    courses by the midpoint rule, which is exact to rounding for a smooth period.
    """
    own, reach, time, runs = 5.0, 4e3, 3600.0, 1500
    steps = 2000
    relative = sum(
        sqrt(own**2 + SPEED**2 - 2 * own * SPEED * cos(2 * pi * (i + 0.5) / steps)) for i in range(steps)
    )
    mean = DENSITY * (2 * reach * relative / steps * time + pi * reach**2)
    met = 0
    for seed in range(runs):
        for leg in ways(seed):
            span = within([leg._replace(vx=leg.vx - own, x=leg.x - own * leg.start)],
                          Circle(WATERS.x - own * time / 2, WATERS.y, reach), time)  # fmt: skip
            met += any(True for _ in span)

    assert abs(met / runs - mean) < 4 * sqrt(mean / runs)


def test_as_many_heed_as_are_said_to():
    """A share of all, seeds 0 to 199, within 4 SE."""
    heeds = [
        ship.heeds
        for seed in range(200)
        for ship in gas(generator(seed), WATERS, DENSITY, SPEED, 0.8, LENGTH)
    ]

    assert abs(sum(heeds) / len(heeds) - 0.8) < 4 * sqrt(0.16 / len(heeds))


def test_nobody_passes_an_empty_sea():
    """Without density nobody is there; without speed nobody comes, and those there stay."""
    assert [] == list(gas(generator(0), WATERS, 0.0, SPEED, 0.5, LENGTH))
    lying = [ship.legs[0] for ship in gas(generator(0), WATERS, DENSITY, 0.0, 0.5, LENGTH)]
    assert lying
    assert all(leg.start == 0 and leg.end == float("inf") for leg in lying)


# ------------------------------------------------------------------------------------------ lanes

AXIS = ((-60e3, 10e3), (10e3, 0.0), (40e3, 50e3))
HALF, RATE = 5e3, 40 / DAY
SLOW, USUAL, FAST = 4.0, 6.0, 9.0


def lane_ways(seed, spread="triangular", forward=0.7, length=DAY):
    """The voyages of a lane in one replication, their legs as tuples."""
    return list(lane(generator(seed), AXIS, HALF, spread, RATE, forward,
                     lambda draws: triangular(draws, SLOW, USUAL, FAST), SLOW, 0.8, length))  # fmt: skip


def afloat(voyage, time):
    """The leg a ship is on at a time; None when she is not at sea."""
    return next((leg for leg in voyage.legs if leg.start <= time < leg.end), None)


def test_a_lane_carries_rate_times_length_over_speed():
    """At the very start as at the end, for no sea is empty when an exercise begins; seeds 0 to 399, 4 SE.

    The mean of one over a triangular speed is in closed form; the tracks of either side are as long as the axis on
    the average, because its corners lie on the bisectors.
    """
    length = sum(hypot(u - x, v - y) for (x, y), (u, v) in pairwise(AXIS))
    mean = RATE * length * slowness(SLOW, USUAL, FAST)
    runs = [lane_ways(seed) for seed in range(RUNS)]

    for time in (0.0, DAY / 2, DAY - 1):
        present = [sum(afloat(ship, time) is not None for ship in run) for run in runs]
        assert abs(sum(present) / RUNS - mean) < 4 * sqrt(mean / RUNS)


def test_a_lane_flows_both_ways_as_said():
    """Arrivals after the start: the rate, and the share that goes forward; seeds 0 to 399, 4 SE."""
    entered = [ship for seed in range(RUNS) for ship in lane_ways(seed) if ship.legs[0].start >= 0]
    ahead = sum(ship.legs[0].x < 0 for ship in entered)

    assert abs(len(entered) / RUNS - RATE * DAY) < 4 * sqrt(RATE * DAY / RUNS)
    assert abs(ahead / len(entered) - 0.7) < 4 * sqrt(0.21 / len(entered))


@pytest.mark.parametrize(
    ("spread", "variance"),
    # The last: a normal cut at two deviations, 1 - 2 * 2 phi(2) / (Phi(2) - Phi(-2)) of its variance.
    [("uniform", HALF**2 / 3), ("triangular", HALF**2 / 6), ("normal", HALF**2 / 4 * 0.7737413)],
)
def test_ships_keep_beside_the_axis_as_said(spread, variance):
    """Mean nothing, the variance of the law, and never outside; seed 1, n = 40,000, 4 SE (of the variance: under 2 n)."""
    draws, count = generator(1), 40_000
    offs = [offset(draws, spread, HALF) for _ in range(count)]

    assert max(map(abs, offs)) <= HALF
    assert abs(sum(offs) / count) < 4 * sqrt(variance / count)
    assert abs(sum(off * off for off in offs) / count - variance) < 4 * variance * sqrt(2 / count)


def test_each_ship_keeps_her_distance_from_the_axis_on_every_leg():
    """Parallel to each leg of the lane, one speed throughout, without a gap; several legs for a passage."""
    for ship in lane_ways(3):
        assert 2 == len(ship.legs)
        assert ship.legs[0].end == ship.legs[1].start
        assert pytest.approx(place(ship.legs[0], ship.legs[0].end), abs=1e-6) == (
            ship.legs[1].x,
            ship.legs[1].y,
        )
        legs = ship.legs if ship.legs[0].x < 0 else ship.legs[::-1]
        offs = []
        for leg, ((x, y), (u, v)) in zip(legs, pairwise(AXIS), strict=True):
            way = hypot(u - x, v - y)
            assert pytest.approx(0.0, abs=1e-6) == (leg.vx * (v - y) - leg.vy * (u - x)) / way
            offs.append(((leg.x - x) * (v - y) - (leg.y - y) * (u - x)) / way)
        assert pytest.approx(offs[0], abs=1e-6) == offs[1]
        assert pytest.approx(hypot(*ship.legs[0][4:])) == hypot(*ship.legs[1][4:])


def test_the_same_ships_come_when_the_exercise_is_longer():
    """Streams in step: a longer day only adds ships at its end."""
    short, long = lane_ways(5, length=DAY / 2), lane_ways(5)

    assert short == long[: len(short)]
    assert len(short) < len(long)


def test_the_mean_slowness_is_that_of_draws():
    """Against 20,000 draws, seed 2, within 4 SE; and the limits of no spread and of a mode at either end."""
    draws, count = generator(2), 20_000
    slow = [1 / triangular(draws, SLOW, USUAL, FAST) for _ in range(count)]
    mean = sum(slow) / count
    error = sqrt(sum((each - mean) ** 2 for each in slow)) / count

    assert abs(mean - slowness(SLOW, USUAL, FAST)) < 4 * error
    assert pytest.approx(1 / 6) == slowness(6.0, 6.0, 6.0)
    assert pytest.approx(slowness(6.0, 6.0, 6.0), rel=1e-6) == slowness(6.0 - 1e-5, 6.0, 6.0 + 1e-5)
    assert pytest.approx(slowness(4.0, 4.0, 9.0), rel=1e-6) == slowness(4.0, 4.0 + 1e-8, 9.0)
    assert pytest.approx(slowness(4.0, 9.0, 9.0), rel=1e-6) == slowness(4.0, 9.0 - 1e-8, 9.0)


def test_lanes_that_cannot_be_sailed():
    """Places that are one, turns too sharp, and legs too short for the width."""
    assert [] == list(unsailable(AXIS, HALF))
    assert [1, 2] == [index for index, _ in unsailable(((0, 0), (0, 50), (0, 60)), HALF)]
    assert [(1, "turns by more than 120 degrees; write two lanes")] == list(
        unsailable(((0, 0), (9e4, 0), (0, 2e4)), HALF)
    )
    ((index, sentence),) = unsailable(((0, 0), (9e4, 0), (9e4, 4e3), (2e5, 4e3)), HALF)
    assert 2 == index
    assert "wide" in sentence


def test_far_lanes_are_told_from_near_ones():
    """By the distance of their nearest leg, the corners of their edges included."""
    assert near(AXIS, HALF, Circle(10e3, 15e3, 6e3))
    assert not near(AXIS, HALF, Circle(10e3, 60e3, 6e3))
    assert not near(((0.0, 0.0), (1e5, 0.0)), 0.0, Circle(0.0, 2e4, 1e4))
    for off in (-HALF, HALF):
        assert all(
            near(((x, y), (x, y + 1.0)), 0.0, Circle(*AXIS[1], 2 * HALF)) for x, y in beside(AXIS, off)[1:2]
        )


# ------------------------------------------------------------------------------------------ ferries


def sailings(seed, departs=1800.0, every=2 * 3600.0, turnaround=3600.0, delay=lambda draws: 0.0):
    """The voyages of a ferry that takes 1 h 40 min over 60 km; five boats a round of 5 h 20 min."""
    return list(ferry(lambda boat: generator(100 * seed + boat), ((0.0, 0.0), (0.0, 60e3)), departs, every, 10.0,
                      turnaround, delay, 0.5, DAY))  # fmt: skip


def test_a_ferry_keeps_its_timetable():
    """A departure each headway from the first end before and after the one said, and home after the turnaround."""
    boats = [list(ship.legs) for ship in sailings(1)]
    legs = sorted(leg for boat in boats for leg in boat)
    out = [leg.start for leg in legs if leg.vy > 0 and 0 <= leg.start < DAY]
    home = [leg.start for leg in legs if leg.vy < 0 and 0 <= leg.start < DAY]

    assert 3 == len(boats)
    assert [1800.0 + 7200 * i for i in range(12)] == out
    assert [(1800.0 + 6000 + 3600 + 7200 * i) % 7200 for i in range(12)] == [each % 7200 for each in home]


def test_a_boat_is_in_one_place_and_sails_back_and_forth():
    """Each sailing begins where the one before ended, never before it ended, however late the boats are."""
    for ship in sailings(2, delay=lambda draws: triangular(draws, 0.0, 1800.0, 3 * 3600.0)):
        legs = list(ship.legs)
        assert len(legs) > 10
        for one, other in pairwise(legs):
            assert one.end <= other.start
            assert pytest.approx(place(one, one.end), abs=1e-6) == (other.x, other.y)


def test_boats_at_sea_at_the_start_are_there():
    """The mean number at sea is that of the timetable from the first second on: two ways of 6,000 s every 7,200 s."""
    for time in (0.0, DAY / 2):
        at_sea = [
            sum(afloat(ship, time + shift) is not None for ship in sailings(1, departs=1800.0))
            for shift in np.arange(0.0, 7200.0, 100.0)
        ]
        assert pytest.approx(2 * 6000 / 7200, abs=0.03) == np.mean(at_sea)


# ------------------------------------------------------------------------------------------ clipped to the waters

far = st.floats(-2e5, 2e5)
rate = st.floats(-15, 15)


@given(far, far, rate, rate, st.floats(-1e5, 1e5), st.floats(1.0, 2e5))
def test_a_clipped_leg_enters_and_leaves_at_the_rim(x, y, vx, vy, start, span):
    """What is kept is inside, and each end of it is the rim, an end of the leg, or the beginning of the exercise."""
    leg = Leg(start, start + span, x, y, vx, vy)
    for kept in within([leg], WATERS, 5e4):
        assert max(0.0, leg.start) <= kept.start < kept.end <= leg.end
        assert (kept.vx, kept.vy) == (vx, vy)
        for time, bounds in ((kept.start, (0.0, leg.start)), (kept.end, (leg.end,))):
            off = hypot(*(a - b for a, b in zip(place(leg, time), WATERS.centre, strict=True)))
            assert off <= RADIUS + 1e-3
            assert time in bounds or abs(off - RADIUS) < 1e-3
        assert pytest.approx(place(leg, kept.start), abs=1e-6) == (kept.x, kept.y)


def test_legs_inside_stay_whole_and_a_bent_way_may_come_twice():
    """Turns inside the waters leave no gap; a way that goes out and comes back gives two visits."""
    track = [(-60e3, 0.0), (0.0, 0.0), (60e3, 0.0), (60e3, 20e3), (-60e3, 20e3)]
    kept = list(within(sailing(0.0, track, 10.0), Circle(0.0, 0.0, RADIUS), DAY))

    assert 3 == len(kept)
    assert kept[0].end == kept[1].start
    assert pytest.approx((2000.0, 6000.0, 10000.0)) == (kept[0].start, kept[0].end, kept[1].end)
    assert pytest.approx((60e3 + 60e3 + 20e3 + 60e3 - sqrt(RADIUS**2 - 20e3**2)) / 10) == kept[2].start
    assert [] == list(within(sailing(DAY, track, 10.0), Circle(0.0, 0.0, RADIUS), DAY))
