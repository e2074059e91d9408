"""The coast on the plane of an exercise."""

from itertools import pairwise
from math import dist, hypot, inf

import numpy as np
import pytest

from sim.geodesy import Plane
from sim.water.land import on_land
from sim.water.shores import Shores

STRAIT = Plane(35.0, 130.0)  # between Korea and Japan


@pytest.fixture
def shores():
    return Shores(STRAIT, [((0.0, 0.0), 50_000.0)])


def dry(start, end, plane=STRAIT):
    """Whether the straight way on the plane is over land at any place, looked at every 200 m."""
    pieces = int(dist(start, end) / 200.0) + 1
    places = ((a + (b - a) * n / pieces for a, b in zip(start, end, strict=True)) for n in range(pieces + 1))
    return any(on_land(*plane.to_earth(*place)) for place in places)


def test_an_exercise_far_from_land_is_open():
    """Nothing is ever looked up then; near land, or next to a far area near land, it is not open."""
    middle = Plane(40.0, 134.0)

    assert Shores(middle, [((0.0, 0.0), 30_000.0), ((20_000.0, 5_000.0), 0.0)]).is_open
    assert not Shores(middle, [((0.0, 0.0), 300_000.0)]).is_open
    assert not Shores(middle, [((0.0, 0.0), 0.0), ((0.0, -400_000.0), 0.0)]).is_open
    assert not Shores(STRAIT, [((0.0, 0.0), 0.0)]).is_open


def test_an_open_sea_is_all_water():
    shores = Shores(Plane(40.0, 134.0), [((0.0, 0.0), 0.0)])

    assert not shores.on_land((0.0, 0.0))
    assert not shores.crosses((0.0, 0.0), (500_000.0, 0.0))
    assert inf == shores.run_off((0.0, 0.0), 5.0, 0.0)
    assert [(500_000.0, 0.0)] == shores.way((0.0, 0.0), (500_000.0, 0.0))
    assert 5.0 == shores.length((0.0, 0.0), (3.0, 4.0))


def test_crossings_against_places_along_the_way(shores):
    draws = np.random.default_rng(5)
    found = []
    for _ in range(150):
        a, b = (tuple(draws.uniform(-300_000, 300_000, 2).tolist()) for _ in range(2))
        if not (shores.on_land(a) or shores.on_land(b)):
            found.append((dry(a, b), shores.crosses(a, b)))

    assert [] == [each for each in found if each == (True, False)]
    assert 10 < sum(each == (True, True) for each in found) < len(found)
    assert 0.95 * len(found) < sum(a == b for a, b in found)  # the rest cut a cape between two of the places


def test_how_far_a_course_leads(shores):
    """The coast is there and not before, whatever the speed; a course out to sea has none."""
    draws = np.random.default_rng(6)
    hit = 0
    for _ in range(100):
        x, y = draws.uniform(-200_000, 200_000, 2).tolist()
        turn = draws.uniform(0, 2 * np.pi)
        vx, vy = 7.0 * float(np.sin(turn)), 7.0 * float(np.cos(turn))
        if shores.on_land((x, y)):
            continue
        away = shores.run_off((x, y), vx, vy)
        if away == inf:
            continue
        hit += 1
        end = (x + vx / 7.0 * (away - 1.0), y + vy / 7.0 * (away - 1.0))
        beyond = (x + vx / 7.0 * (away + 1.0), y + vy / 7.0 * (away + 1.0))
        assert not shores.crosses((x, y), end)
        assert shores.crosses((x, y), beyond)
        assert away == pytest.approx(shores.run_off((x, y), 2 * vx, 2 * vy))

    assert hit > 50
    assert inf == shores.run_off((0.0, 0.0), 0.0, 0.0)


def test_a_place_on_land_and_its_water(shores):
    """Tsushima: the water is next to it, and stays itself."""
    ashore = STRAIT.to_plane(34.4, 129.32)
    afloat = shores.afloat(ashore)

    assert shores.on_land(ashore)
    assert not shores.on_land(afloat)
    assert 20_000 > hypot(afloat[0] - ashore[0], afloat[1] - ashore[1])
    assert afloat == shores.afloat(afloat)


@pytest.mark.parametrize(
    ("start", "end"),
    [((35.5, 130.0), (34.3, 127.2)), ((36.5, 130.0), (35.0, 125.0)), ((35.5, 130.0), (33.7, 132.2)),
     ((40.0, 130.0), (34.0, 137.5)), ((34.2, 132.4), (33.0, 128.0))],
)  # fmt: skip
def test_ways_round_land(shores, start, end):
    """Straight legs on the plane, none over land, from the start to the end."""
    a, b = STRAIT.to_plane(*start), STRAIT.to_plane(*end)
    way = shores.way(a, b)

    assert shores.crosses(a, b)
    assert b == way[-1]
    assert not any(dry(*leg) for leg in pairwise([a, *way]))
    assert dist(a, b) < shores.length(a, b) == pytest.approx(sum(dist(*leg) for leg in pairwise([a, *way])))
    assert way is shores.way(a, b)


def test_no_way():
    """Two seas without a passage between them."""
    plane = Plane(42.5, 45.0)
    shores = Shores(plane, [((0.0, 0.0), 400_000.0)])
    caspian, black = plane.to_plane(42.0, 51.0), plane.to_plane(43.0, 38.0)

    assert shores.way(caspian, black) is None
    assert inf == shores.length(caspian, black)


def test_across_the_date_line():
    plane = Plane(52.5, 180.0)
    shores = Shores(plane, [((0.0, 0.0), 100_000.0)])
    west, east = plane.to_plane(52.0, 178.0), plane.to_plane(51.7, -177.0)

    assert shores.crosses(west, east)
    assert not any(dry(*leg, plane) for leg in pairwise([west, *shores.way(west, east)]))
