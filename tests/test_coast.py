"""The packed coast."""

import numpy as np
import pytest

from sim.coast import COARSE, EAST, FINE, NORTH, SOUTH, WEST, coast, land, may_be_land
from sim.geometry import Polygon

PLACES = {
    "Tsushima": (129.32, 34.40, True),
    "Sado": (138.35, 38.00, True),
    "Jeju": (126.50, 33.40, True),
    "Oki": (133.25, 36.20, True),
    "Tokyo": (139.50, 35.80, True),
    "Vladivostok": (131.95, 43.20, True),
    "middle of the Sea of Japan": (134.0, 40.0, False),
    "Yellow Sea": (123.0, 36.0, False),
    "Korea Strait": (128.6, 34.3, False),
    "Tsugaru Strait": (140.3, 41.3, False),
    "Pacific": (150.0, 35.0, False),
}


def holds(ring: np.ndarray, lon: float, lat: float) -> bool:
    """Even-odd rule over the edges of a ring."""
    (ax, ay), (bx, by) = ring[:-1].T, ring[1:].T
    over = (ay > lat) != (by > lat)
    return bool(np.count_nonzero(lon < ax[over] + (lat - ay[over]) / (by - ay)[over] * (bx - ax)[over]) % 2)


@pytest.mark.parametrize("name", PLACES)
def test_land_and_sea_are_where_they_are(name):
    """Known islands and waters."""
    lon, lat, dry = PLACES[name]

    assert dry == any(holds(ring, lon, lat) for ring in land(lon, lat, lon, lat))


def test_the_whole_region():
    """Every ring is closed, within the region, on the packed grid, and read-only."""
    rings = land(WEST, SOUTH, EAST, NORTH)

    assert 308 == len(rings)
    assert 24_819 == sum(map(len, rings))
    for ring in rings:
        assert (ring[0] == ring[-1]).all()
        assert len(ring) >= 4
        assert (ring >= [WEST, SOUTH]).all()
        assert (ring <= [EAST, NORTH]).all()
        assert (np.round(ring, 4) == ring).all()
        assert not ring.flags.writeable


def test_land_area_of_the_region():
    """The area in square degrees is that of the source file: nothing is lost or turned over in packing."""
    x_y = [ring - ring[0] for ring in land(WEST, SOUTH, EAST, NORTH)]
    areas = [abs(np.sum(r[:-1, 0] * r[1:, 1] - r[1:, 0] * r[:-1, 1])) / 2.0 for r in x_y]

    assert 814.00103337 == pytest.approx(sum(areas), abs=1e-6)


def test_a_frame_brings_whole_polygons_whose_box_meets_it():
    """Around Sado: the island is there in full, Jeju is not, Honshu comes along."""
    rings = land(138.3, 37.9, 138.4, 38.1)

    assert any(holds(ring, 138.35, 38.0) and ring[:, 0].min() < 138.3 for ring in rings)
    assert not any(holds(ring, 126.5, 33.4) for ring in rings)
    assert len(rings) < 20


def test_there_is_no_land_where_there_is_none():
    """On the open ocean."""
    assert [] == land(153.0, 16.0, 154.0, 17.0)
    assert [] == land(-30.0, 0.0, -29.0, 1.0)


def test_a_frame_beyond_the_region_is_shown_at_the_scale_of_the_world():
    """Around the Channel, and across the region's edge."""
    assert any(holds(ring, 2.0, 48.0) for ring in land(-10.0, 40.0, 10.0, 60.0))
    assert any(
        holds(ring, 105.0, 20.0) and holds(ring, 127.0, 44.0) for ring in land(100.0, 20.0, 130.0, 45.0)
    )


def test_the_whole_world():
    """The land at 1:50m covers what an atlas says: 149 million km2, within 2 %, and there is one lake."""
    found = coast(COARSE)
    size = 0.0
    for number, hole in enumerate(found.holes):
        x, y = (
            np.array(each[found.starts[number] : found.starts[number + 1]])
            for each in (found.lons, found.lats)
        )
        up = np.sin(np.radians(y))
        # the area between a ring and the equator on a cylinder that keeps areas
        area = abs(np.sum((np.roll(x, -1) - x) * (np.roll(up, -1) + up) / 2.0)) * np.radians(1.0) * 6371.0**2
        size += -area if hole else area

    assert 1 == sum(found.holes)
    assert 1421 == len(found.holes)
    assert 148.9e6 == pytest.approx(size, rel=0.02)


def test_whole_degrees_without_land():
    """No corner of the coast lies in one, nor does land; and at sea most degrees are such."""
    for scale in (FINE, COARSE):
        found = coast(scale)
        assert all(map(may_be_land, found.lats, found.lons))
    assert all(may_be_land(*place) for place in ((44.0, 127.0), (50.0, 86.0), (-90.0, 180.0), (-25.0, 135.0)))
    sea = [(lat + 0.5, lon + 0.5) for lat in range(-60, 60, 5) for lon in range(-180, -130, 5)]
    assert 0.8 * len(sea) < sum(not may_be_land(*place) for place in sea)
    assert not may_be_land(40.0, 134.0)
    assert not may_be_land(90.0, 180.0)


def test_the_file_is_read_once():
    """Two calls hand out the same arrays."""
    first, second = land(138.0, 37.0, 139.0, 39.0), land(138.0, 37.0, 139.0, 39.0)

    assert all(a is b for a, b in zip(first, second, strict=True))


@pytest.mark.parametrize(
    "frame", [(10.0, 0.0, 5.0, 1.0), (0.0, 5.0, 1.0, 4.0), (float("nan"), 0.0, 1.0, 1.0)]
)
def test_a_frame_turned_inside_out_is_refused(frame):
    """West before east, south before north."""
    with pytest.raises(ValueError, match="a frame runs west to east and south to north"):
        land(*frame)


def test_small_islands_are_simple_polygons():
    """Rings of a few corners can be used as areas."""
    small = [ring for ring in land(WEST, SOUTH, EAST, NORTH) if len(ring) < 100]

    assert len(small) > 200
    for ring in small:
        assert Polygon(tuple(map(tuple, ring * 100_000.0))).size > 0.0
