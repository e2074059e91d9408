"""Nearly orthogonal Latin hypercubes: Latin, hardly correlated, well spread."""

from functools import cache
from itertools import combinations_with_replacement

import numpy as np
import pytest

from sim.designs import _exchange, _orthogonal
from sim.designs._design import greatest_correlation, quality
from sim.designs.latin_hypercube import design as plain
from sim.designs.nearly_orthogonal_latin_hypercube import design
from sim.streams import Streams


@cache
def made(count, width, seed=1):
    return design([None] * width, count, seed)


def cells(points):
    return np.floor(points * len(points)).astype(int)


@pytest.mark.parametrize(("count", "width"), [(17, 6), (17, 8), (16, 7), (33, 7), (9, 4), (8, 3), (10, 1)])
def test_orthogonal_where_it_can_be(count, width):
    """STA-11: no correlation at all, and each cell once."""
    found = cells(made(count, width).points)

    assert 0.0 == greatest_correlation(found)
    assert all(list(range(count)) == sorted(column) for column in found.T)
    assert "" == made(count, width).warning


@pytest.mark.parametrize(("count", "width"), [(17, 6), (16, 7)])
def test_main_effects_free_of_squares_and_products(count, width):
    """Mirror images: a column has no covariance with the square of one or the product of two."""
    found = 2 * cells(made(count, width).points) - (count - 1)
    products = [found[:, one] * found[:, two] for one, two in combinations_with_replacement(range(width), 2)]

    assert 0 == max(abs(int((column * each).sum())) for column in found.T for each in products)


@pytest.mark.parametrize("high", [1, 2, 4, 8])
def test_blocks_are_orthogonal_whatever_they_are_made_of(high):
    draws = np.random.default_rng(high)
    units = np.arange(high)[None, :]
    for _ in range(20):
        block = _orthogonal._columns(draws.integers(-99, 100, (1, high)), units)
        together = (block[:, :, None] * block[:, None, :]).sum(axis=0)
        assert (together == np.diag(np.diag(together))).all()


def test_no_exact_design_beyond_eight_factors_or_for_levels():
    assert _orthogonal.fits(33, [None] * 8)
    assert not _orthogonal.fits(33, [None] * 9)
    assert not _orthogonal.fits(33, [2, None])
    assert not _orthogonal.fits(40, [None] * 7)


@pytest.mark.parametrize("width", range(2, 8))
def test_thirty_three_points_reach_the_mark(width):
    """33 points and up to seven factors stay below 0.05, by construction and by exchanges."""
    draws = Streams(1)("test")

    assert quality(made(33, width).points)[0] < 0.05
    begun = np.array([draws.permutation(33) for _ in range(width)]).T
    assert greatest_correlation(_exchange.exchanged(begun, draws)) < 0.05


def test_exchanges_keep_it_latin_and_help():
    draws = Streams(2)("test")
    begun = np.array([draws.permutation(24) for _ in range(6)]).T
    found = _exchange.exchanged(begun, draws)

    assert greatest_correlation(found) < 0.05 < greatest_correlation(begun)
    assert all(list(range(24)) == sorted(column) for column in found.T)


def test_spread_no_worse_than_a_latin_hypercube_that_asks_for_that_alone():
    """The price of orthogonality in discrepancy is small: within a fifth."""
    alone = quality(plain([None] * 7, 33, 1).points)[1]

    assert quality(made(33, 7).points)[1] < 1.2 * alone


def test_factors_with_levels_are_near_too():
    found = design([2, 3, None, 4], 25, 1)

    assert quality(found.points)[0] < 0.05
    assert "nearly orthogonal" in found.note


def test_warns_of_what_it_cannot_reach():
    """Two factors of two levels in five points: no sharing out is without correlation."""
    found = design([2, 2], 5, 1)

    assert quality(found.points)[0] > 0.05
    assert found.warning.startswith("|rho| is up to 0.167 with 5 points; ")
