"""Regressions against textbook data and NumPy's own least squares."""

from itertools import product
from math import isnan, nan

import numpy as np
import pytest
from scipy import stats

from sim.metamodel import fit

GRID = np.array(list(product((10.0, 15.0, 20.0), (0.0, 2.0, 4.0))))  # 3^2


def truth(design):
    """In coded units 7 + 3 a - 2 b + 1.5 ab + 4 a^2."""
    a, b = (design[:, 0] - 15) / 5, (design[:, 1] - 2) / 2
    return 7 + 3 * a - 2 * b + 1.5 * a * b + 4 * a**2


def test_what_has_no_noise_is_found_exactly():
    found = fit(GRID, truth(GRID), ["speed", "crew"])

    assert {
        "constant": 7,
        "speed": 3,
        "crew": -2,
        "speed*crew": 1.5,
        "speed^2": 4,
        "crew^2": 0,
    } == pytest.approx({term.name: term.estimate.value for term in found.terms}, abs=1e-12)
    assert [1, 1, 1] == pytest.approx([found.r_squared, found.adjusted_r_squared, found.predicted_r_squared])
    assert ((), 9, 9, 3) == (found.left_out, found.count, found.points, found.freedom)
    assert truth(np.array([[12.0, 3.0]]))[0] == pytest.approx(found.at([12.0, 3.0]).value)


def test_a_straight_line_agrees_with_scipy():
    """Two terms only, since the design has two levels; slope in the factor's unit is the coefficient over half the range."""
    draws = np.random.default_rng(3)
    x, y = np.repeat([2.0, 6.0], 8), draws.normal(10, 2, 16)
    line, found = stats.linregress(x, y), fit(x[:, None], y)
    half = stats.t.ppf(0.975, 14) * line.stderr

    assert (("x1^2", "has two levels only"),) == found.left_out
    assert [line.slope, line.slope - half, line.slope + half] == pytest.approx(
        [each / 2 for each in (found["x1"].value, found["x1"].low, found["x1"].high)]
    )
    assert line.rvalue**2 == pytest.approx(found.r_squared)


def test_intervals_are_those_of_least_squares():
    """Of coefficients and of a mean response, by the inverse of X'X."""
    table = truth(GRID)[:, None] + np.random.default_rng(5).normal(0, 2, (9, 4))
    table[2, 1] = table[7, 3] = nan
    found = fit(GRID, table)
    a, b = ((GRID - [15, 2]) / [5, 2]).T
    rows = np.stack([np.ones(9), a, b, a * b, a * a, b * b], axis=1)
    x, y = np.repeat(rows, (~np.isnan(table)).sum(axis=1), axis=0), table[~np.isnan(table)]
    best, squares = np.linalg.lstsq(x, y, rcond=None)[:2]
    variance = squares[0] / (34 - 6)
    inverse = np.linalg.inv(x.T @ x)
    t = stats.t.ppf(0.975, 28)

    assert best.tolist() == pytest.approx([term.estimate.value for term in found.terms])
    assert (t * np.sqrt(variance * np.diag(inverse))).tolist() == pytest.approx(
        [(term.estimate.high - term.estimate.low) / 2 for term in found.terms]
    )
    assert variance == pytest.approx(found.residual**2)
    point = np.array([1, 0.5, -1, -0.5, 0.25, 1])
    response = found.at([17.5, 0.0])
    assert point @ best == pytest.approx(response.value)
    assert t * np.sqrt(variance * point @ inverse @ point) == pytest.approx(
        (response.high - response.low) / 2
    )


def test_lack_of_fit_is_that_of_the_analysis_of_variance():
    """Terms by hand for a straight line through four points, each seen three times."""
    x = np.array([0.0, 1.0, 2.0, 3.0])
    table = np.array([1.0, 2.0, 2.5, 6.0])[:, None] + np.array([[-0.3, 0.1, 0.2]])
    design = np.stack([x, x], axis=1)  # the second factor tells the same, the squares too
    found = fit(design, table)
    means = table.mean(axis=1)
    quadratic = np.polyval(np.polyfit(x, means, 2), x)
    pure = ((table - means[:, None]) ** 2).sum() / 8
    wanted = 3 * ((means - quadratic) ** 2).sum() / 1 / pure

    assert (wanted, (1, 8)) == (pytest.approx(found.lack_of_fit.statistic), found.lack_of_fit.freedom)
    assert stats.f.sf(wanted, 1, 8) == pytest.approx(found.lack_of_fit.chance)
    assert ("x2", "not told from x1") == found.left_out[0]


def test_a_model_that_lacks_a_term_is_found_out_and_a_right_one_is_not():
    """Products are all that is missing; noise of .5 and 5 replications."""
    cube = np.array(list(product((-1.0, 0.0, 1.0), repeat=2)))
    noise = np.random.default_rng(1).normal(0, 0.5, (9, 5))
    right, wrong = (
        fit(cube, (cube[:, 0] + bend * cube[:, 0] ** 2 * cube[:, 1])[:, None] + noise).lack_of_fit
        for bend in (0, 3)
    )

    assert right.chance > 0.05
    assert wrong.chance < 1e-6
    assert fit(cube, cube[:, 0]).lack_of_fit is None


def test_what_was_not_seen_is_foretold_by_leaving_each_point_out():
    y = truth(GRID) + np.random.default_rng(7).normal(0, 1, 9)
    found = fit(GRID, y)
    a, b = ((GRID - [15, 2]) / [5, 2]).T
    rows = np.stack([np.ones(9), a, b, a * b, a * a, b * b], axis=1)
    off = [
        y[at] - rows[at] @ np.linalg.lstsq(np.delete(rows, at, 0), np.delete(y, at), rcond=None)[0]
        for at in range(9)
    ]

    assert 1 - np.square(off).sum() / ((y - y.mean()) ** 2).sum() == pytest.approx(found.predicted_r_squared)
    assert found.predicted_r_squared < found.adjusted_r_squared < found.r_squared


def test_a_half_fraction_says_what_it_cannot_tell():
    """2^(4-1) with d = abc: main effects clear, products in pairs of two names."""
    design = np.array([[a, b, c, a * b * c] for a, b, c in product((-1, 1), repeat=3)])
    found = fit(design, np.random.default_rng(8).normal(0, 1, (8, 3)), "abcd")

    assert ["constant", *"abcd", "a*b", "a*c", "a*d"] == [term.name for term in found.terms]
    assert (
        ("b*c", "not told from a*d"),
        ("b*d", "not told from a*c"),
        ("c*d", "not told from a*b"),
    ) == found.left_out[:3]
    assert isnan(found.predicted_r_squared)  # as many terms as points


def test_a_small_hypercube_bears_squares_but_not_all_products():
    """17 points of 6 factors: 15 products and 7 terms are too many, 6 squares and 7 are not."""
    levels = [np.random.default_rng(9 + at).permutation(17) for at in range(6)]
    found = fit(np.stack(levels, axis=1), np.arange(17.0))

    assert ["constant", "x1", "x1^2"] == [found.terms[at].name for at in (0, 1, 7)]
    assert 15 == len(found.left_out)
    assert found.left_out == fit(np.stack(levels, axis=1), np.random.default_rng(1).random((17, 3))).left_out
    assert {"15 products are too many for 17 points"} == {why for _, why in found.left_out}


def test_shared_random_numbers():
    """A spread of 5 common to all points of a replication widens the constant's interval and no other."""
    draws = np.random.default_rng(10)
    table = truth(GRID)[:, None] + draws.normal(0, 0.5, (9, 12))
    moved = table + draws.normal(0, 5, 12)
    still, apart, found = fit(GRID, table, common=True), fit(GRID, moved), fit(GRID, moved, common=True)

    def width(estimate):
        return estimate.high - estimate.low

    assert [term.estimate.value for term in apart.terms] == pytest.approx(
        [term.estimate.value for term in found.terms]
    )
    for name in ("x1", "x2", "x1*x2", "x1^2"):
        assert width(still[name]) == pytest.approx(width(found[name]))
        assert 3 * width(found[name]) < width(apart[name])
    assert width(found["constant"]) > 3 * width(apart["constant"]) / 2
    assert width(found["constant"]) == pytest.approx(width(found.at([15, 2])))


def test_what_cannot_be_fitted():
    with pytest.raises(ValueError, match="2 points are too few for 2 main effects"):
        fit([[1, 2], [2, 1]], [1.0, 2.0])
    with pytest.raises(ValueError, match=r"factors of shape \(2, 1\) for 3 points"):
        fit([[1], [2]], [1.0, 2.0, 3.0])
    with pytest.raises(ValueError, match="1 names for 2 factors"):
        fit([[1, 2], [2, 1]], [1.0, 2.0], ["a"])
    with pytest.raises(ValueError, match="no values"):
        fit([[1], [2]], [nan, nan])
    with pytest.raises(ValueError, match="1 replications have all values, want two"):
        fit([[1], [2], [3]], [[1, nan], [2, 3], [3, 3]], common=True)
    with pytest.raises(ValueError, match="1 values for 2 factors"):
        fit(GRID, truth(GRID)).at([1.0])


def test_a_factor_that_does_not_vary_and_points_without_values():
    """The range of a factor is that of the points that have values."""
    found = fit([[1, 5], [2, 5], [3, 5], [9, 5]], [[1, 1.5], [2, 2.5], [3, 3.5], [nan, nan]])

    assert (2.0, 1.0) == (found.middles[0], found.halves[0])
    assert dict(found.left_out)["x2"] == dict(found.left_out)["x1*x2"] == "does not vary"
    assert 1.0 == pytest.approx(found["x1"].value)


@pytest.mark.slow
@pytest.mark.parametrize("common", [False, True])
def test_coefficients_cover_nominally(common):
    """2,000 designs of 9 points and 4 replications: standard error .5 %, tolerance 3 of them."""
    draws = np.random.default_rng(11)
    found = [fit(GRID, truth(GRID)[:, None] + draws.normal(0, 2, (9, 4)) + common * draws.normal(0, 3, 4), common=common)
             for _ in range(2_000)]  # fmt: skip
    for name, value in (("x1", 3), ("x1*x2", 1.5), ("x1^2", 4)):
        assert 0.95 == pytest.approx(
            np.mean([each[name].low <= value <= each[name].high for each in found]), abs=0.015
        )
    if not common:
        assert 0.05 == pytest.approx(np.mean([each.lack_of_fit.chance < 0.05 for each in found]), abs=0.015)
