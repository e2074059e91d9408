"""Patterns of search and patrol: where they lead, and lengths as on paper."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.geometry import course_of
from sim.patterns import (
    barrier,
    barrier_length,
    expanding_square,
    expanding_square_length,
    parallel_sweeps,
    parallel_sweeps_length,
    racetrack,
    racetrack_length,
    sector_search,
    sector_search_length,
    sweeps_in,
)
from sim.ways import length, through

COURSES = st.floats(0.0, 6.28)
EAST = math.pi / 2


def track(start, places):
    return length(through(start, places))


def turns(start, places):
    """Each alteration of course, deg to starboard from 0 to 360."""
    legs = list(zip([start, *places], places, strict=False))
    courses = [course_of(x - u, y - v) for (u, v), (x, y) in legs]
    return [math.degrees(after - before) % 360.0 for before, after in pairwise(courses)]


@given(COURSES, st.floats(100.0, 50e3), st.floats(100.0, 20e3), st.booleans())
def test_a_racetrack_closes_and_is_as_long_as_its_circles(course, straight, width, starboard):
    """Two legs and a circle in length; back at the start to the last bit; nowhere wider than legs and half circles."""
    lap = racetrack((7.0, -3.0), course, straight, width, starboard)

    assert racetrack_length(straight, width) == pytest.approx(length(lap))
    assert (7.0, -3.0) == lap[-1][:2]
    side = 1.0 if starboard else -1.0
    for mark in lap:
        x, y = mark.x - 7.0, mark.y + 3.0
        along = x * math.sin(course) + y * math.cos(course)
        right = side * (x * math.cos(course) - y * math.sin(course))
        assert -width / 2 - 1e-6 <= along <= straight + width / 2 + 1e-6
        assert -1e-6 <= right <= width + 1e-6


def test_a_barrier_goes_forth_and_back():
    """Along one line, or along two with a spacing to starboard between them."""
    assert [(0.0, 9000.0), (0.0, 0.0)] == barrier((0.0, 0.0), (0.0, 9000.0))
    lap = barrier((0.0, 0.0), (0.0, 9000.0), 1000.0)

    assert [(0.0, 9000.0), (1000.0, 9000.0), (1000.0, 0.0), (0.0, 0.0)] == lap
    assert barrier_length(9000.0, 1000.0) == track((0.0, 0.0), lap)
    assert barrier_length(9000.0) == track((0.0, 0.0), barrier((0.0, 0.0), (0.0, 9000.0)))


@given(COURSES, st.floats(2000.0, 50e3), st.floats(2000.0, 50e3), st.floats(200.0, 1900.0))
def test_parallel_sweeps_are_as_long_as_on_paper(course, along, across, spacing):
    """Legs a spacing shorter than the area and one spacing apart, within it."""
    places = parallel_sweeps((10.0, 20.0), course, along, across, spacing)

    assert 2 * sweeps_in(along, across, spacing) == len(places)
    assert parallel_sweeps_length(along, across, spacing) == pytest.approx(track(places[0], places[1:]))
    for x, y in places:
        ahead = (x - 10.0) * math.sin(course) + (y - 20.0) * math.cos(course)
        right = (x - 10.0) * math.cos(course) - (y - 20.0) * math.sin(course)
        assert abs(ahead) == pytest.approx((along - spacing) / 2)
        assert abs(right) <= across / 2 + spacing / 4


def test_parallel_sweeps_and_creeping_line():
    """Half a spacing inside the corner; along the long side or, creeping, along the short one."""
    assert [(-1500.0, -4500.0), (-1500.0, 4500.0), (-500.0, 4500.0), (-500.0, -4500.0)] == [
        pytest.approx(place) for place in parallel_sweeps((0, 0), 0.0, 10e3, 4000.0, 1000.0)[:4]
    ]
    creeping = parallel_sweeps((0, 0), EAST, 4000.0, 10e3, 1000.0)
    assert [(-1500.0, 4500.0), (1500.0, 4500.0), (1500.0, 3500.0)] == [
        pytest.approx(place, abs=1e-9) for place in creeping[:3]
    ]
    assert 20 == len(creeping)


@pytest.mark.parametrize("spacing", [0.0, 4001.0, -5.0])
def test_a_spacing_wider_than_the_area_is_refused(spacing):
    """With both said."""
    with pytest.raises(
        ValueError, match=r"track spacing above 0 and within the area, got .* for 10000 x 4000 m"
    ):
        parallel_sweeps((0, 0), 0.0, 10e3, 4000.0, spacing)


def test_an_expanding_square():
    """Legs S, S, 2S, 2S, 3S; each turn 90 degrees to starboard."""
    places = expanding_square((0.0, 0.0), 0.0, 1000.0, 5)

    assert [(0, 1000), (1000, 1000), (1000, -1000), (-1000, -1000), (-1000, 2000)] == [
        pytest.approx(place, abs=1e-6) for place in places
    ]
    assert [pytest.approx(90.0)] * 4 == turns((0.0, 0.0), places)


@given(COURSES, st.floats(100.0, 5000.0), st.integers(1, 30))
def test_an_expanding_square_is_as_long_as_on_paper(course, spacing, legs):
    """Sum of ceil(k / 2) spacings."""
    assert expanding_square_length(spacing, legs) == pytest.approx(
        track((5.0, 5.0), expanding_square((5.0, 5.0), course, spacing, legs))
    )


@given(COURSES, st.floats(500.0, 20e3), st.integers(1, 3))
def test_a_sector_search(course, radius, searches):
    """Nine legs of a radius for each search; turns of 120 degrees, none where a leg goes on through the datum, 30 between
    searches; all corners on the circle."""
    places = sector_search((3.0, 4.0), course, radius, searches)
    single = [120.0, 120.0, 0.0] * 2 + [120.0, 120.0]
    wanted = [*single, 30.0] * (searches - 1) + single

    assert sector_search_length(radius, searches) == pytest.approx(track((3.0, 4.0), places))
    for want, turn in zip(wanted, turns((3.0, 4.0), places), strict=True):
        assert want == pytest.approx((turn + 1.0) % 360.0 - 1.0, abs=1e-5)
    for number, place in enumerate(places, 1):
        assert (0.0 if number % 3 == 0 else radius) == pytest.approx(math.dist(place, (3.0, 4.0)))
