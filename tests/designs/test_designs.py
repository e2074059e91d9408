"""Every design: inside the unit cube, the same for the same seed, honest about itself, and able to say no."""

import inspect
from functools import cache
from hashlib import blake2b
from itertools import pairwise

import numpy as np
import pytest

from sim import shelves
from sim.designs._design import LAST, MOST, quality

MIXED = [2, None, 3, None]
NAMES = shelves.names("designs")
DRAWN = ("latin-hypercube", "morris", "nearly-orthogonal-latin-hypercube", "sobol")
POINTS = {"csv": None, "morris": 20, "saltelli": 48, "one-at-a-time": None, "full-factorial": 3}
MORE = {"csv": {"rows": [[0, 0.0, 2, 1.0], [1, 0.5, 0, 0.25], [1, 0.1, 1, 0.9]]}}
PRINTS = {
    "csv": "7db75606dded",
    "full-factorial": "939529e707b9",
    "latin-hypercube": "76bcec322361",
    "morris": "e82dee3b1764",
    "nearly-orthogonal-latin-hypercube": "5498bdb43a75",
    "one-at-a-time": "8b62c18d4536",
    "saltelli": "85e624d76c0b",
    "sobol": "b48938ea602d",
}  # of the points with seed 1; the same on each Python and machine


def make(name, levels=MIXED, seed=1, **more):
    more = MORE.get(name, {}) | more
    return shelves.module("designs", name).design(
        levels, more.pop("points", POINTS.get(name, 16)), seed, **more
    )


@cache
def usual(name, seed=1):
    return make(name, seed=seed)


def print_of(points):
    return blake2b(np.round(points * 2**40).astype("<i8").tobytes(), digest_size=6).hexdigest()


@pytest.mark.parametrize("name", NAMES)
def test_inside_the_cube_and_on_levels_there_are(name):
    made = usual(name)

    assert made.points.shape[1] == len(MIXED)
    assert made.points.dtype == np.float64
    assert ((made.points >= 0) & (made.points < 1)).all()
    for place, levels in ((0, 2), (2, 3)):
        assert set(range(levels)) == set(np.floor(made.points[:, place] * levels))


@pytest.mark.parametrize("name", NAMES)
def test_the_same_seed_gives_the_same_points_everywhere(name):
    assert PRINTS[name] == print_of(make(name).points)


@pytest.mark.parametrize("name", NAMES)
def test_another_seed_gives_other_points_where_there_is_chance(name):
    same = np.array_equal(usual(name).points, usual(name, 2).points)

    assert same == (name not in DRAWN)


@pytest.mark.parametrize("name", NAMES)
def test_its_note_says_what_was_reached(name):
    made = usual(name)
    measured = made.points[:8] if name == "saltelli" else made.points
    correlation, discrepancy = quality(measured)

    assert made.note.startswith(f"{len(made.points)} points: ")
    assert f"max |rho| {correlation:.3f} and centred L2 discrepancy {discrepancy:.3g}" in made.note
    assert not made.note.endswith(".")
    assert "" == made.warning


@pytest.mark.parametrize("name", NAMES)
def test_one_shape_for_all(name):
    """The same three words first; what a design takes besides has a value of its own."""
    given = inspect.signature(shelves.module("designs", name).design).parameters

    assert ["levels", "points", "seed"] == list(given)[:3]
    assert all(each.default is not inspect.Parameter.empty for each in list(given.values())[3:])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("levels", "told"),
    [
        ([], "a design wants at least one factor"),
        ([None, 1], "factor 2 has 1 level; a design wants at least two of each factor"),
        ([MOST + 1, None], "factor 1 has 1,000,001 levels; make it a range"),
    ],
)
def test_refuses_factors_that_are_none(name, levels, told):
    with pytest.raises(ValueError, match=told):
        make(name, levels)


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("latin-hypercube", 2),
        ("nearly-orthogonal-latin-hypercube", 6),
        ("sobol", 2),
        ("morris", 10),
        ("saltelli", 12),
    ],
)
def test_refuses_too_few_and_too_many_points(name, least):
    told = f"{least - 1} points are too few for 4 factors; this design wants at least {least}"
    with pytest.raises(ValueError, match=told):
        make(name, points=least - 1)
    with pytest.raises(ValueError, match="1,000,001 points are too many; a design has at most 1,000,000"):
        make(name, points=MOST + 1)

    assert least >= len(make(name, points=least).points) > 0


@pytest.mark.parametrize(
    "name", ["latin-hypercube", "nearly-orthogonal-latin-hypercube", "sobol", "morris", "saltelli"]
)
def test_has_a_usual_number_of_points(name):
    counts = {
        "latin-hypercube": 20,
        "nearly-orthogonal-latin-hypercube": 33,
        "sobol": 32,
        "morris": 30,
        "saltelli": 512,
    }

    assert (counts[name], 2) == make(name, [None, None], points=None).points.shape


@pytest.mark.parametrize("count", [1, 2, 5, 40])
def test_discrepancy_of_the_middles_of_cells(count):
    """On paper: its square is 1 / 12 n^2 in one dimension."""
    points = (np.arange(count)[:, None] + 0.5) / count

    assert quality(points)[1] == pytest.approx((1 / 12) ** 0.5 / count, rel=1e-6)


def test_correlation_is_the_greatest_of_all_pairs():
    points = np.random.default_rng(3).random((30, 5))
    table = np.abs(np.corrcoef(points, rowvar=False)) - np.eye(5)

    assert quality(points)[0] == pytest.approx(table.max(), rel=1e-9)


def test_what_never_changes_correlates_with_nothing():
    points = np.column_stack([np.full(9, 0.1), np.linspace(0.0, LAST, 9), np.full(9, 0.7)])

    assert 0.0 == quality(points)[0]


def test_a_great_design_has_no_discrepancy_taken():
    made = make("full-factorial", [100, 90], points=None)

    assert "9000 points: full factorial 100 x 90, with max |rho| 0.000" == made.note


def test_full_factorial_has_every_combination_once():
    points = make("full-factorial", [2, 3, 4], points=None).points
    rows = [tuple(int(u * each) for u, each in zip(row, (2, 3, 4), strict=True)) for row in points]

    assert sorted(rows) == rows
    assert 24 == len(set(rows)) == len(rows)
    assert quality(points)[0] == pytest.approx(0.0, abs=1e-12)


def test_full_factorial_takes_a_range_from_end_to_end():
    points = make("full-factorial", [None, 2], points=3).points

    assert [0.0, 0.5, LAST] == sorted(set(points[:, 0].tolist()))
    assert 6 == len(points)


@pytest.mark.parametrize(
    ("levels", "points", "told"),
    [
        ([2, None], None, "a full factorial of a range wants points: how many values each range takes"),
        (
            [2, None],
            1,
            "a full factorial wants at least 2 values of each range, and at most 1,000,000; not 1",
        ),
        ([2, 3], 6, "a full factorial takes each level of each factor; leave points out"),
        (
            [2] * 20,
            None,
            "a full factorial of these factors has 1,048,576 points; a design has at most 1,000,000",
        ),
    ],
)
def test_full_factorial_refuses(levels, points, told):
    with pytest.raises(ValueError, match=told):
        make("full-factorial", levels, points=points)


def test_one_at_a_time_moves_one():
    made = make("one-at-a-time", [3, None, 2], points=None)
    base, moved = made.points[made.structure["base"]], made.structure["moved"]

    assert [1 / 6, 0.5, 0.25] == base.tolist()
    assert [None, 0, 0, 1, 1, 2] == moved
    for row, place in list(zip(made.points, moved, strict=True))[1:]:
        assert [place] == [at for at in range(3) if row[at] != base[at]]
    assert [0.5, 5 / 6] == made.points[1:3, 0].tolist()
    assert [0.0, LAST] == made.points[3:5, 1].tolist()


def test_one_at_a_time_from_the_base_it_is_told():
    made = make("one-at-a-time", [3, None], points=3, base=[0.5, 1.0])

    assert [[0.5, LAST], [1 / 6, LAST], [5 / 6, LAST], [0.5, 0.0], [0.5, 0.5]] == made.points.tolist()


@pytest.mark.parametrize(
    ("base", "told"),
    [
        ([0.5], "the base has 1 values; there are 2 factors"),
        ([0.5, 1.5], "the base of factor 2 is 1.5; it wants 0 to 1"),
        ([float("nan"), 0.5], "the base of factor 1 is nan; it wants 0 to 1"),
    ],
)
def test_one_at_a_time_refuses_a_base(base, told):
    with pytest.raises(ValueError, match=told):
        make("one-at-a-time", [3, None], base=base)


def test_own_points_are_taken_as_they_are():
    made = make("csv")

    assert [[0.25, 0.0, 5 / 6, LAST], [0.75, 0.5, 1 / 6, 0.25], [0.75, 0.1, 0.5, 0.9]] == made.points.tolist()


@pytest.mark.parametrize(
    ("rows", "points", "told"),
    [
        (None, None, "a design of one's own wants at least one row of points"),
        ([], None, "a design of one's own wants at least one row of points"),
        ([[0, 0.5]], 2, "there are 1 rows of points, not 2; leave points out"),
        ([[0, 0.5], [1]], None, "row 2 has 1 values; there are 2 factors"),
        ([[0, 0.5], [2, 0.5]], None, "row 2: factor 1 has no level 2; it has 0 to 1"),
        ([[0.5, 0.5]], None, "row 1: factor 1 has no level 0.5; it has 0 to 1"),
        ([[0, -0.25]], None, "row 1: factor 2 is outside its range, at -0.25 of the way"),
        ([[0, float("nan")]], None, "row 1: factor 2 is outside its range, at nan of the way"),
    ],
)
def test_own_points_refused(rows, points, told):
    with pytest.raises(ValueError, match=told):
        make("csv", [2, None], points=points, rows=rows)


def test_latin_hypercube_has_each_cell_once():
    points = make("latin-hypercube", [None] * 4, points=23).points

    for column in points.T:
        assert list(range(23)) == sorted(np.floor(column * 23).astype(int))


@pytest.mark.parametrize("name", ["latin-hypercube", "nearly-orthogonal-latin-hypercube"])
@pytest.mark.parametrize("count", [24, 31])
def test_hypercubes_share_points_out_among_levels(name, count):
    levels = [2, 3, 5, 7, None]
    points = make(name, levels, points=count).points

    for place, each in enumerate(levels[:4]):
        often = np.bincount((points[:, place] * each).astype(int), minlength=each)
        assert each == len(often)
        assert set(often.tolist()) <= {count // each, -(-count // each)}


def test_latin_hypercube_is_spread_better_than_chance():
    """Its discrepancy is below that of every one of fifty Latin hypercubes that chance makes."""
    draws = np.random.default_rng(5)
    chance = [(draws.permuted(np.tile(np.arange(16), (4, 1)), axis=1).T + 0.5) / 16 for _ in range(50)]

    assert quality(make("latin-hypercube", [None] * 4).points)[1] < min(quality(each)[1] for each in chance)


@pytest.mark.parametrize("width", [1, 2, 5])
def test_sobol_shares_points_out_among_halves_of_halves(width):
    """32 points: one in each of 32 cells of a factor, and in pairs of neighbours as Sobol' has them, one in each of 4 x 8."""
    points = make("sobol", [None] * width, points=32).points

    for column in points.T:
        assert list(range(32)) == sorted((column * 32).astype(int))
    if width > 1:
        assert 32 == len({(int(x * 4), int(y * 8)) for x, y in points[:, :2]})


def test_sobol_is_spread_better_than_chance():
    draws = np.random.default_rng(5)
    chance = [quality(draws.random((64, 4)))[1] for _ in range(50)]

    assert quality(make("sobol", [None] * 4, points=64).points)[1] < 0.7 * min(chance)


def test_sobol_warns_of_what_is_no_power_of_two():
    made = make("sobol", points=33)

    assert 33 == len(made.points)
    assert "33 points are no power of two and lose the balance of the sequence; take 32 or 64" == made.warning


@pytest.mark.parametrize("optimised", [False, True])
def test_morris_moves_each_factor_once_by_delta(optimised):
    """Cells of all factors are p = 4; a step is two of them, 1/2 of u, exactly, and another level of any factor."""
    made = make("morris", [None, 2, 3, 4, 5], points=43, optimised=optimised)
    order, count = made.structure["order"], made.structure["trajectories"]

    assert (7, 42, 0.5) == (count, len(made.points), made.structure["delta"])
    assert {0.125, 0.375, 0.625, 0.875} == set(made.points.flat)
    for path, moves in zip(made.points.reshape(count, 6, 5), order, strict=True):
        assert [0, 1, 2, 3, 4] == sorted(moves)
        for (one, other), place in zip(pairwise(path), moves, strict=True):
            step = other - one
            assert 0.5 == abs(step[place])
            assert 1 == np.count_nonzero(step)
            assert place == 0 or int(one[place] * (place + 1)) != int(other[place] * (place + 1))
    assert "of 43 points 42 make up whole trajectories" == made.warning


def test_morris_on_a_straight_plane():
    """STA-09: mu* is |a|, sigma is nought."""
    made = make("morris", [None] * 3, points=40)
    heights = (made.points * [2.0, -5.0, 0.5]).sum(axis=1).reshape(10, 4)
    paths = made.points.reshape(10, 4, 3)
    effects = [[], [], []]
    for path, height, moves in zip(paths, heights, made.structure["order"], strict=True):
        for at, place in enumerate(moves):
            effects[place].append((height[at + 1] - height[at]) / (path[at + 1, place] - path[at, place]))

    assert np.mean(np.abs(effects), axis=1) == pytest.approx([2, 5, 0.5], abs=1e-9)
    assert np.std(effects, axis=1) == pytest.approx([0, 0, 0], abs=1e-9)


def test_morris_keeps_trajectories_that_lie_apart():
    """Farther from each other than any of twenty draws without a choice: Campolongo's distance, by another way."""

    def apart(points):
        paths = points.reshape(4, -1, 3)
        return sum(
            np.sqrt(((one[:, None] - other[None]) ** 2).sum(axis=2)).sum() ** 2
            for at, one in enumerate(paths)
            for other in paths[:at]
        )

    plain = [apart(make("morris", [None] * 3, seed, points=16).points) for seed in range(20)]

    assert apart(make("morris", [None] * 3, points=16, optimised=True).points) > max(plain)


@pytest.mark.parametrize("second_order", [False, True])
def test_saltelli_takes_one_column_from_the_other(second_order):
    made = make("saltelli", [None, 3, None], points=200, second_order=second_order)
    names = made.structure["blocks"]
    blocks = dict(zip(names, made.points.reshape(len(names), -1, 3), strict=True))

    assert ["A", "B", "AB1", "AB2", "AB3", "BA1", "BA2", "BA3"][: 8 if second_order else 5] == names
    assert (16 if second_order else 32) == made.structure["rows"] == len(blocks["A"])
    assert (3, second_order) == (made.structure["factors"], made.structure["second_order"])
    for name in names[2:]:
        kept, taken, place = blocks[name[0]], blocks[name[1]], int(name[2]) - 1
        for column in range(3):
            assert (blocks[name][:, column] == (taken if column == place else kept)[:, column]).all()
    assert f"of 200 points {len(made.points)} make up whole blocks of a power of two" == made.warning


def test_saltelli_begins_past_the_corner():
    """No row of A is one of B; each column has the middles of N cells once each."""
    points = make("saltelli", [None] * 3, points=5 * 64).points
    middles = ((np.arange(64) + 0.5) / 64).tolist()

    assert (points[:64] != points[64:128]).any(axis=1).all()
    for column in points[:64].T, points[64:128].T:
        assert all(middles == sorted(each.tolist()) for each in column)


def test_saltelli_finds_the_indices_of_ishigami():
    """STA-07: first and total indices, within .02, by the estimators of Saltelli and others (2010), Jansen's for the total."""
    made = make("saltelli", [None] * 3, points=5 * 1024)
    x, y, z = (np.pi * (2 * made.points - 1)).T
    a, b, *mixed = (np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)).reshape(5, 1024)
    middle, variance = np.mean([a, b]), np.var([a, b])

    first = [np.mean((b - middle) * (each - a)) / variance for each in mixed]
    total = [np.mean((a - each) ** 2) / 2 / variance for each in mixed]
    assert first == pytest.approx([0.3139052, 0.4424111, 0.0], abs=0.02)
    assert total == pytest.approx([0.5575889, 0.4424111, 0.2436837], abs=0.02)
