"""Land on the stereographic picture."""

import numpy as np
import pytest
import shapely

from sim.coast import COARSE, FINE
from sim.geodesy import SPHERE
from sim.water.directions import (
    View,
    arc,
    away,
    direction,
    directions,
    lengths,
    place_of,
    points,
    straightened,
)
from sim.water.land import on_land
from sim.water.polygons import polygons, reach_of


@pytest.mark.parametrize(
    ("scale", "lat", "lon", "reach"),
    [(FINE, 37.5, 132.5, 10.0), (COARSE, 65.0, 179.0, 12.0), (COARSE, -88.0, 30.0, 25.0), (COARSE, 5.0, -178.0, 40.0),
     (COARSE, 45.0, 10.0, 45.0)],
)  # fmt: skip
def test_polygons_hold_what_is_land(scale, lat, lon, reach):
    """At 400 places around the middle, also across the date line and at a pole, where edges were cut and sewn."""
    view, land = View(lat, lon), shapely.union_all(polygons(scale, lat, lon, reach))
    shapely.prepare(land)
    draws = np.random.default_rng(2)
    wrong = 0
    for x, y in draws.uniform(-0.7, 0.7, (400, 2)) * SPHERE * reach_of(reach):
        place = view.from_stereographic(float(x), float(y))
        wrong += bool(shapely.intersects_xy(land, x, y)) != on_land(*place)

    assert wrong <= 4  # next to a coast, whose edges are straight on one picture and not on the other


def test_there_may_be_no_land():
    assert 0 == len(polygons(COARSE, 0.0, -140.0, 3.0))


@pytest.mark.parametrize("place", [(40.0, 134.0), (-12.0, -179.9), (89.9, 10.0), (0.0, 0.0)])
def test_pictures_agree(place):
    """A place, its direction, and where two pictures show it."""
    view = View(place[0] - 3.0 if place[0] > 0 else place[0] + 3.0, place[1] + 1.0)
    vector = directions([place])
    shown = view.stereographic(vector)

    assert place == pytest.approx(place_of(*vector[0]), abs=1e-12)
    assert place == pytest.approx(view.from_stereographic(*map(float, shown[0])), abs=1e-9)
    assert view.gnomonic(vector) == pytest.approx(straightened(shown), abs=1e-12)


def test_great_ellipses_are_straight():
    """A place between two directions lies between them on the gnomonic picture."""
    view = View(37.0, 130.0)
    a, b = np.array(direction(30.0, 120.0)), np.array(direction(45.0, 140.0))
    p, q, middle = view.gnomonic(np.array([a, b, (a + 2.0 * b) / 3.0]))

    assert 0.0 == pytest.approx(float((q - p)[0] * (middle - p)[1] - (q - p)[1] * (middle - p)[0]), abs=1e-15)


def test_lengths_for_choosing():
    """Nearly those of geodesics, for legs of a ship."""
    from geographiclib.geodesic import Geodesic

    for a, b in (
        ((35.9, 120.4), (40.0, 134.0)),
        ((34.0, 126.0), (34.1, 126.5)),
        ((10.0, 30.0), (24.0, 34.0)),
    ):
        wanted = Geodesic.WGS84.Inverse(*a, *b)["s12"]
        u, v = points((a, b))
        assert wanted == pytest.approx(float(arc(lengths((v - u)[None]))[0]), rel=3e-5)


def test_angles_apart():
    assert 90.0 == pytest.approx(away((0.0, 0.0), (0.0, 90.0)))
    assert 180.0 == pytest.approx(away((90.0, 0.0), (-90.0, 0.0)))
