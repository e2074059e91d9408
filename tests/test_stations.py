"""Stations on a guide: fixed in bearing, or turning with her."""

import math
from itertools import combinations
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.stations import Station, uncrossed


def test_a_station_by_true_bearing_stays():
    """Two miles east of the guide, wherever she heads."""
    station = Station.on(math.pi / 2, 3704.0)

    for heading in (0.0, 1.0, 4.0):
        assert (3704.0, 0.0) == pytest.approx(station.offset(heading), abs=1e-9)


def test_a_station_by_relative_bearing_turns_with_the_guide():
    """On her starboard beam: east of one who heads north, south of one who heads east; ahead is ahead."""
    station = Station.on(math.pi / 2, 1000.0, turns=True)

    assert (1000.0, 0.0) == pytest.approx(station.offset(0.0), abs=1e-9)
    assert (0.0, -1000.0) == pytest.approx(station.offset(math.pi / 2), abs=1e-9)
    assert (500.0, 0.0) == pytest.approx(Station(0.0, 500.0, turns=True).offset(math.pi / 2), abs=1e-9)


@given(st.lists(st.tuples(*[st.floats(-1e4, 1e4)] * 4), min_size=2, max_size=7))
def test_no_two_ways_cross(ways):
    """Whoever starts where and whatever the places: each place is taken once, and no two straight ways cross inside."""
    starts, ends = [way[:2] for way in ways], [way[2:] for way in ways]
    chosen = uncrossed(starts, ends)

    def turns(a, b, c):
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    assert sorted(chosen) == list(range(len(ways)))
    for (a, i), (b, j) in combinations(zip(starts, [ends[each] for each in chosen], strict=True), 2):
        sides = turns(a, i, b), turns(a, i, j), turns(b, j, a), turns(b, j, i)
        longest = max(dist(a, i), dist(b, j), 1.0)
        assert not (
            sides[0] * sides[1] < 0 and sides[2] * sides[3] < 0 and min(map(abs, sides)) > 10.0 * longest
        )


def test_ways_that_do_not_cross_stay_as_they_are():
    """Side by side, and one behind the other."""
    assert [0, 1, 2] == uncrossed([(0.0, 0.0), (1.0, 0.0), (2.0, 0.0)], [(0.0, 5.0), (1.0, 5.0), (2.0, 5.0)])
    assert [2, 1, 0] == uncrossed([(0.0, 0.0), (1.0, 0.0), (2.0, 0.0)], [(2.0, 5.0), (1.0, 5.0), (0.0, 5.0)])
