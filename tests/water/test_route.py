"""Ways by sea: their length, and that no part of them is over land."""

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from geographiclib.geodesic import Geodesic

from sim.errors import RouteError
from sim.quantities import NAUTICAL_MILE
from sim.water.land import on_land
from sim.water.route import CLEARANCE, sea_route
from sim.water.shore import crosses_land, distance_to_coast

ROOT = Path(__file__).parent.parent.parent
QINGDAO, VLADIVOSTOK, MIDDLE, PACIFIC = (35.9, 120.4), (43.1, 131.9), (40.0, 134.0), (40.0, 146.0)
OKAYAMA, YELLOW_SEA, NAGOYA = (34.4, 133.5), (36.0, 123.0), (34.7, 136.8)
DENSE = 300.0  # m between places looked at along a leg

WAYS = {  # ends; nmi, and how far off, as a share
    "Qingdao to the exercise": (QINGDAO, MIDDLE, 838.0, 0.02),
    "Vladivostok to the exercise": (VLADIVOSTOK, MIDDLE, 210.0, 0.02),
    "Qingdao to Vladivostok": (QINGDAO, VLADIVOSTOK, 969.0, 0.02),
    "through Tsugaru": (MIDDLE, PACIFIC, 578.0, 0.02),
    "out of the Inland Sea": (OKAYAMA, (33.0, 137.0), 204.0, 0.02),
    "Nagoya to Qingdao": (NAGOYA, QINGDAO, 956.0, 0.02),
    "Channel to Gibraltar, at 1:50m": ((51.0, 1.6), (36.0, -7.0), 1152.0, 0.02),
    "across the date line": ((52.0, 170.0), (50.0, -170.0), 788.0, 0.03),
}


def along(route):
    """Places on the true geodesics of a route."""
    for a, b in pairwise(route.places):
        line = Geodesic.WGS84.InverseLine(*a, *b)
        pieces = int(line.s13 / DENSE) + 1
        for piece in range(pieces + 1):
            at = line.Position(line.s13 * piece / pieces)
            yield at["lat2"], at["lon2"]


@pytest.mark.parametrize("name", WAYS)
def test_lengths_and_no_land(name):
    """Each leg is looked at every 300 m along its true geodesic."""
    start, end, length, share = WAYS[name]
    route = sea_route(start, end)
    places = list(along(route))

    assert length == pytest.approx(route.metres / NAUTICAL_MILE, rel=share)
    assert (start, end) == (route.places[0], route.places[-1])
    assert len(places) > route.metres / DENSE
    assert [] == [place for place in places if on_land(*place)]
    assert not any(crosses_land(*a, *b) for a, b in pairwise(route.places))


def test_lengths_are_of_geodesics():
    route = sea_route(QINGDAO, MIDDLE)
    oracle = sum(Geodesic.WGS84.Inverse(*a, *b)["s12"] for a, b in pairwise(route.places))

    assert oracle == pytest.approx(route.metres, abs=0.01)


def test_back_is_as_long_as_there():
    there, back = sea_route(QINGDAO, MIDDLE), sea_route(MIDDLE, QINGDAO)

    assert there.metres == pytest.approx(back.metres, rel=1e-6)


def test_the_clearance_is_kept_at_sea():
    """All but near Qingdao, which lies nearer the coast; outlines are simple at the cost of a quarter of it."""
    route = sea_route(YELLOW_SEA, MIDDLE)

    assert 0.7 * CLEARANCE < min(distance_to_coast(*place) for place in list(along(route))[::5])


def test_a_smaller_clearance_makes_a_shorter_way():
    assert sea_route(QINGDAO, MIDDLE, 3000.0).metres < sea_route(QINGDAO, MIDDLE, 6000.0).metres


def test_no_shorter_way_by_one_corner():
    """Leaving out any turn crosses land or what is kept clear of it: nothing can be cut."""
    route = sea_route(YELLOW_SEA, MIDDLE)
    for a, b in zip(route.places, route.places[2:], strict=False):
        line = Geodesic.WGS84.InverseLine(*a, *b)
        nearest = min(distance_to_coast(at["lat2"], at["lon2"]) if not on_land(at["lat2"], at["lon2"]) else 0.0
                      for at in (line.Position(line.s13 * share / 200) for share in range(201)))  # fmt: skip
        assert nearest < 1.05 * CLEARANCE


def test_narrow_waters_stay_open():
    """The Inland Sea is left by straits a few kilometres wide, in which the clearance has no room."""
    route = sea_route(OKAYAMA, (33.0, 137.0))

    assert 300.0 < min(distance_to_coast(*place) for place in along(route)) < 0.7 * CLEARANCE


def test_straight_at_sea():
    assert (MIDDLE, (40.0, 137.0)) == sea_route(MIDDLE, (40.0, 137.0)).places


def test_one_place():
    route = sea_route(MIDDLE, MIDDLE)

    assert ((MIDDLE,), (), 0.0) == (route.places, route.legs, route.metres)


def test_an_end_on_land_is_refused_with_the_nearest_water():
    with pytest.raises(RouteError) as refused:
        sea_route((44.8, 132.4), MIDDLE)

    assert "44-48.0N 132-24.0E is on land; nearest water 43-18.5N 132-18.4E, 89.6 nmi south" == str(
        refused.value
    )
    with pytest.raises(RouteError, match=r"44-48\.0N 132-24.0E is on land"):
        sea_route(MIDDLE, (44.8, 132.4))


def test_a_lake_has_no_way_out():
    with pytest.raises(RouteError) as refused:
        sea_route((42.0, 51.0), (43.0, 35.0))

    assert "no way by sea from 42-00.0N 051-00.0E to 43-00.0N 035-00.0E on the coast at 1:50m" == str(
        refused.value
    )


def test_too_far_apart():
    with pytest.raises(RouteError, match=r"are too far apart for a sea route: [0-9]+ nmi"):
        sea_route((40.0, 134.0), (-40.0, -60.0))


@pytest.mark.parametrize("clearance", [0.0, -1.0, 100.0, 1e6, float("nan")])
def test_odd_clearances(clearance):
    with pytest.raises(RouteError, match="a clearance is from 500 to 30000 m, got"):
        sea_route(MIDDLE, QINGDAO, clearance)


@pytest.mark.parametrize("place", [(91.0, 134.0), (40.0, float("inf")), (float("nan"), 134.0)])
def test_places_off_the_earth(place):
    with pytest.raises(ValueError, match=r"a l(at|ong)itude"):
        sea_route(place, MIDDLE)


CODE = """
from sim.water.route import sea_route
for ends in (((35.9, 120.4), (40.0, 134.0)), ((34.4, 133.5), (36.0, 131.0))):
    {before}
    print([(repr(a), repr(b)) for a, b in sea_route(*ends).places])
"""


def test_every_process_finds_the_same_way():
    """Also one that has looked from other corners before."""
    ways = []
    for seed, before in (
        ("0", ""),
        ("77", "sea_route((43.1, 131.9), (35.9, 120.4)); sea_route(*ends[::-1])"),
    ):
        environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", CODE.format(before=before)], cwd=ROOT, check=True,
                              capture_output=True, text=True, env=environment)  # fmt: skip
        ways.append(done.stdout)

    assert ways[0] == ways[1]
    assert 2 == ways[0].count("\n")
