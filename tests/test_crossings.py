"""Range crossings from straight legs, against closed forms and against a solution in sixty digits."""

import hashlib
import importlib
import math
from decimal import Decimal, localcontext
from importlib.util import find_spec
from itertools import pairwise

import numpy as np
import pytest

from sim.crossings import Crossings, Reach, Tracks, crossings, stay
from sim.geometry import crossing_times
from sim.slabs import windows
from sim.tracks import LONGEST, MOMENT

NMI = 1852.0
KNOT = NMI / 3600.0
HOUR = 3600.0
DIGITS = 60
DIGEST = "94d91d0e35e0027c30c0626a3e62ff163289e2fbd0edcfa1cfc9067d5ae96e20"  # of the rows of two scenes
COMPILED = pytest.param(
    "compiled", marks=pytest.mark.skipif(find_spec("numba") is None, reason="needs the extra `compiled`")
)
STRATEGIES = ("plain", "slabs", COMPILED)


def alike(count, radius=5.0, **more):
    """Everybody sees everybody at one range."""
    return Reach(np.full(count, radius), np.zeros(count), np.full(count, radius), **more)


def rows(found):
    """Rows as tuples (time, observer, target, entering, initial)."""
    return list(zip(*(column.tolist() for column in found), strict=True))


def bits(found):
    return [column.tobytes() for column in found]


def one_way(found, observer=0, target=1):
    """What one observer has on one target: (time, entering, initial)."""
    return [(row[0], *row[3:]) for row in rows(found) if row[1:3] == (observer, target)]


def chosen(found, keep):
    return Crossings(*(column[keep] for column in found))


def every(window):
    """Edges of windows all as long, s, whatever the legs."""
    return lambda tracks, here, reach, start, end: np.append(np.arange(start, end, window), end)


def legs_of(owner, times, x, y, velocities):
    """The legs of one owner through its turns."""
    made = []
    for (start, end), (vx, vy) in zip(pairwise(times), velocities, strict=True):
        made.append((owner, start, end, x, y, vx, vy))
        x, y = x + vx * (end - start), y + vy * (end - start)
    return made


def scene(seed, owners=15, coarse=False):
    """Random legs and ranges over six hours; coarse: whole numbers, so that turns, speeds and distances coincide."""
    rng = np.random.default_rng(seed)
    made = []
    for owner in range(owners):
        turns = rng.integers(2, 10)
        if coarse:
            times = np.sort(rng.choice(22, turns + 1, replace=False)) * 1000.0
            x, y = rng.integers(-6, 7, 2) * 1000.0
            speeds = rng.integers(-2, 3, (turns, 2)) * 1.0
        else:
            times = np.sort(np.append(rng.uniform(0.0, 6 * HOUR, turns), rng.uniform(4, 6) * HOUR))
            x, y = rng.uniform(-1e4, 1e4, 2)
            speeds = rng.uniform(-5.0, 5.0, (turns, 2)) * (rng.random((turns, 1)) < 0.85)
        made += legs_of(owner, times.tolist(), float(x), float(y), speeds.tolist())
    if coarse:
        looking, showing, cap = (rng.integers(0, 6, owners) * 1000.0 for _ in range(3))
        cap[::3] = np.inf
    else:
        looking, showing, cap = (rng.uniform(0.0, most, owners) for most in (9e3, 6e3, 2e4))
    side = rng.integers(0, 3, owners) if seed % 3 == 0 else None
    return Tracks.of(made), Reach(looking, showing, cap, side), made


def brute_force(made, reach, start, end):
    """The same rows, pair by pair and leg by leg, from the two roots of the quadratic in sixty digits."""
    count = reach.looking.size
    legs = [[tuple(map(Decimal, leg[1:])) for leg in made if leg[0] == owner] for owner in range(count)]
    found = []
    pairs = [(i, j) for i in range(count) for j in range(count)]
    ranges = reach.ranges(*np.array(pairs).T).tolist()
    with localcontext() as context:
        context.prec = DIGITS
        for (i, j), radius in zip(pairs, ranges, strict=True):
            if radius > 0.0 and legs[i] and legs[j]:
                first = max(Decimal(start), legs[i][0][0], legs[j][0][0])
                last = min(Decimal(end), legs[i][-1][1], legs[j][-1][1])
                for enter, leave in _exact_stays(legs[i], legs[j], Decimal(radius), first, last):
                    if leave - enter >= MOMENT or enter == start or leave == end:
                        found.append((float(enter), i, j, True, enter == first))
                        if leave < last:
                            found.append((float(leave), i, j, False, False))
    return sorted(found)


def _exact_stays(ours, theirs, radius, first, last):
    stays = []
    for s1, e1, x1, y1, vx1, vy1 in ours:
        for s2, e2, x2, y2, vx2, vy2 in theirs:
            lo, hi = max(s1, s2, first), min(e1, e2, last)
            if lo >= hi:
                continue
            x, y = x2 + vx2 * (lo - s2) - x1 - vx1 * (lo - s1), y2 + vy2 * (lo - s2) - y1 - vy1 * (lo - s1)
            vx, vy = vx2 - vx1, vy2 - vy1
            a, b, c = vx * vx + vy * vy, x * vx + y * vy, x * x + y * y - radius * radius
            if a == 0:
                enter, leave = (lo, hi) if c <= 0 else (hi, lo)
            else:
                root = max(b * b - a * c, Decimal(0)).sqrt()
                enter, leave = max(lo, lo + (-b - root) / a), min(hi, lo + (-b + root) / a)
            if enter < leave:
                if stays and enter - stays[-1][1] < MOMENT:
                    stays[-1] = (stays[-1][0], leave)
                else:
                    stays.append((enter, leave))
    return stays


def assert_same_rows(expected, found, within=1e-6):
    """The same pairs in the same turn, times within a microsecond."""
    in_turn = sorted((row[1], row[2], row[0], *row[3:]) for row in rows(found))
    expected = sorted((row[1], row[2], row[0], *row[3:]) for row in expected)
    assert [(*row[:2], *row[3:]) for row in expected] == [(*row[:2], *row[3:]) for row in in_turn]
    times = np.array([row[2] for row in in_turn])
    np.testing.assert_allclose(times, [row[2] for row in expected], rtol=0, atol=within)


# Verification cases


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_time_inside_a_cookie_cutter(strategy):
    """KIN-07: 12 nm range, passing at 7 nm with 16 kn, 20 nm before the closest approach."""
    tracks = Tracks.of(
        [(0, 0.0, 4 * HOUR, 0.0, 0.0, 0.0, 0.0), (1, 0.0, 4 * HOUR, -20 * NMI, 7 * NMI, 16 * KNOT, 0.0)]
    )
    found = crossings(tracks, alike(2, 12 * NMI), 0.0, 4 * HOUR, strategy=strategy)
    (enter, *entering), (leave, *leaving) = one_way(found)
    assert ([True, False], [False, False]) == (entering, leaving)
    assert 0.640825353449 == pytest.approx(enter / HOUR, rel=1e-11)
    assert 1.85917464655 == pytest.approx(leave / HOUR, rel=1e-11)
    assert 1.2183492931 == pytest.approx((leave - enter) / HOUR, rel=1e-10)


def test_a_swept_cookie_cutter_has_its_whole_width():
    """SRCH-13: 4 nm swept past targets evenly offset over 12 nm detects a width of 8 nm, whatever the step."""
    count, breadth = 4000, 12 * NMI
    offsets = ((np.arange(count) + 0.5) / count - 0.5) * breadth
    lines = [(k + 1, 0.0, 2 * HOUR, 10 * NMI, float(y), 0.0, 0.0) for k, y in enumerate(offsets)]
    tracks = Tracks.of([(0, 0.0, 2 * HOUR, 0.0, 0.0, 10 * KNOT, 0.0), *lines])
    reach = Reach(
        np.full(count + 1, 4 * NMI), np.zeros(count + 1), np.where(np.arange(count + 1) == 0, np.inf, 0)
    )
    found = crossings(tracks, reach, 0.0, 2 * HOUR)
    assert not found.observer.any()
    width = np.unique(found.target[found.entering]).size / count * breadth
    assert 8.0 == pytest.approx(width / NMI, rel=1e-3)


@pytest.mark.parametrize(("step", "width"), [(4.0, 7.652892), (1.0, 7.979118), (10.0, 5.026548)])
def test_a_step_sampled_cookie_cutter_is_narrower(step, width):
    """SRCH-13: looking only every so many miles loses the targets between looks. Seed 13, n 400,000, 4 SE."""
    n, breadth, radius = 400_000, 12.0, 4.0
    rng = np.random.default_rng(13)
    offset, phase = rng.uniform(-breadth / 2, breadth / 2, n), rng.uniform(0.0, step, n)
    seen = np.zeros(n, dtype=bool)
    for k in range(-math.ceil(radius / step) - 1, math.ceil(radius / step) + 1):
        look = phase + k * step
        seen |= look * look + offset * offset <= radius * radius
    share = seen.mean()
    error = math.sqrt(share * (1 - share) / n)
    assert error / share <= 0.002
    assert width == pytest.approx(share * breadth, abs=4 * error * breadth)


# Against brute force


def test_ten_thousand_pairs_agree_with_sixty_digits():
    """10,080 pairs, fine and coarse in turn: zero differences; plain and slabs the same to the last bit.

    Coarse ones begin inside, touch, rest, and keep company at equal velocities (see the scenes' own test).
    """
    seeds = range(100, 196)
    assert len(seeds) * 15 * 14 // 2 >= 10_000
    for seed in seeds:
        tracks, reach, made = scene(seed, coarse=seed % 2 == 1)
        start, end = (0.0, 6 * HOUR) if seed % 5 else (4000.0, 17_000.0)
        plain = crossings(tracks, reach, start, end, strategy="plain")
        assert_same_rows(brute_force(made, reach, start, end), plain)
        assert bits(plain) == bits(crossings(tracks, reach, start, end, strategy="slabs"))


@pytest.mark.parametrize("strategy", [COMPILED])
@pytest.mark.parametrize("few", [0, 99], ids=["by windows", "pair by pair"])
def test_ten_thousand_pairs_are_the_same_compiled(monkeypatch, strategy, few):
    """The same 10,080 pairs: every bit as in plain Python, and so zero differences from sixty digits too."""
    monkeypatch.setattr("sim.compiled.FEW", few)
    for seed in range(100, 196):
        tracks, reach, _ = scene(seed, coarse=seed % 2 == 1)
        start, end = (0.0, 6 * HOUR) if seed % 5 else (4000.0, 17_000.0)
        plain = crossings(tracks, reach, start, end, strategy="plain")
        assert bits(plain) == bits(crossings(tracks, reach, start, end, strategy=strategy))


@pytest.mark.parametrize("strategy", [COMPILED])
@pytest.mark.parametrize(("owners", "hours"), [(15, 96), (50, 96), (200, 48), (1000, 6)])
def test_fleets_are_the_same_compiled(strategy, owners, hours):
    """Whole fleets, also of sides, told by NumPy and compiled: every bit and the order. Seed 6 and the size."""
    rng = np.random.default_rng((6, owners))
    side, made = 4e4 * math.sqrt(owners), []
    for owner in range(owners):
        times = [0.0, *np.sort(rng.uniform(0.0, hours * HOUR, 2 * hours)).tolist(), hours * HOUR]
        velocities = (rng.uniform(-8.0, 8.0, (len(times) - 1, 2)) * (rng.random() < 0.9)).tolist()
        made += legs_of(owner, times, *rng.uniform(0.0, side, 2), velocities)
    tracks = Tracks.of(made)
    looking, showing, cap = (rng.uniform(*span, owners) for span in ((9e3, 2e4), (5e3, 2e4), (0.0, 3e4)))
    for sides in (None, rng.integers(0, 4, owners)):
        reach = Reach(looking, showing, cap, sides)
        expected = crossings(tracks, reach, 0.0, hours * HOUR, strategy="slabs")
        assert expected.time.size > owners
        assert bits(expected) == bits(crossings(tracks, reach, 0.0, hours * HOUR, strategy=strategy))


def test_scenes_hold_the_awkward_cases():
    """Coarse scenes do start inside and on the circle, touch, share turns and speeds, stand still, come late."""
    tracks, reach, made = scene(1, coarse=True)
    starts = [leg[1] for leg in made]
    assert len(set(starts)) < len(starts)
    assert (tracks.vx == 0.0)[tracks.vy == 0.0].any()
    assert crossings(tracks, reach, 0.0, 6 * HOUR).initial.any()
    assert 1 < len({min(leg[1] for leg in made if leg[0] == owner) for owner in range(15)})
    found = {"touching": 0, "on the circle": 0, "in company": 0}
    for mine in made:
        for their in made:
            since, until = max(mine[1], their[1]), min(mine[2], their[2])
            radius = reach.ranges(np.array([mine[0]]), np.array([their[0]]))[0]
            if since >= until or radius == 0.0:
                continue
            dx, dy = (b[k] + b[k + 2] * (since - b[1]) - a[k] - a[k + 2] * (since - a[1])
                      for k in (3, 4) for a, b in [(mine, their)])  # fmt: skip
            vx, vy = their[5] - mine[5], their[6] - mine[6]
            speed = math.hypot(vx, vy)
            found["on the circle"] += dx * dx + dy * dy == radius * radius
            found["in company"] += speed == 0.0 < math.hypot(mine[5], mine[6])
            found["touching"] += speed > 0.0 and (dx * vy - dy * vx) ** 2 == (radius * speed) ** 2
    assert all(found.values()), found


def test_stay_is_crossing_times():
    """The same answer as the scalar geometry, but for touches; random lines, seed 4, n 2,000."""
    rng = np.random.default_rng(4)
    for dx, dy, vx, vy, radius in rng.uniform(-1.0, 1.0, (2000, 5)) * (1e4, 1e4, 10, 10, 1e4):
        expected, found = crossing_times(dx, dy, vx, vy, abs(radius)), stay(dx, dy, vx, vy, abs(radius))
        assert (expected is None) == (found is None)
        if expected is not None:
            assert expected == pytest.approx(found, rel=1e-9, abs=1e-9)
    assert crossing_times(-3.0, 5.0, 1.0, 0.0, 5.0) == (3.0, 3.0)
    assert stay(-3.0, 5.0, 1.0, 0.0, 5.0) is None
    assert (-math.inf, math.inf) == stay(3.0, 4.0, 0.0, 0.0, 5.0) == crossing_times(3.0, 4.0, 0.0, 0.0, 5.0)


# Single cases; own unit at rest in the origin, range 5 m


@pytest.mark.parametrize("strategy", STRATEGIES)
@pytest.mark.parametrize(
    ("times", "x", "y", "velocities", "expected"),
    [
        ((0, 100), -10.0, 0.0, [(1, 0)], [(5.0, True, False), (15.0, False, False)]),
        ((0, 100), 0.0, 0.0, [(1, 0)], [(0.0, True, True), (5.0, False, False)]),
        ((0, 100), 3.0, 4.0, [(0, 0)], [(0.0, True, True)]),
        ((0, 100), 3.0, 5.0, [(0, 0)], []),
        ((0, 100), -10.0, 5.0, [(1, 0)], []),
        ((0, 100), 5.0, 0.0, [(1, 0)], []),
        ((0, 100), -5.0, 0.0, [(1, 0)], [(0.0, True, True), (10.0, False, False)]),
        ((20, 100), 0.0, 0.0, [(1, 0)], [(20.0, True, True), (25.0, False, False)]),
        ((0, 7), -10.0, 0.0, [(1, 0)], [(5.0, True, False)]),
        ((0, 5, 50), -10.0, 0.0, [(1, 0), (2, 0)], [(5.0, True, False), (10.0, False, False)]),
        ((0, 5, 50), -10.0, 0.0, [(1, 0), (0, 1)], []),
        ((0, 5, 50), -10.0, 0.0, [(1, 0), (-1, 0)], []),
        ((0, 5, 9, 50), -10.0, 0.0, [(1, 0), (0, 0), (-1, 0)], [(5.0, True, False), (9.0, False, False)]),
        ((0, 5, 50), 0.0, 0.0, [(1, 0), (-1, 0)], [(0.0, True, True), (15.0, False, False)]),
        ((0, 5, 50), 0.0, 0.0, [(1, 0), (2, 0)], [(0.0, True, True), (5.0, False, False)]),
        ((0, 2, 2, 50), 0.0, 0.0, [(1, 0), (9, 9), (1, 0)], [(0.0, True, True), (5.0, False, False)]),
    ],
    ids=[
        "passes",
        "starts inside",
        "rests on the circle",
        "rests outside",
        "touches",
        "starts on the circle outwards",
        "starts on the circle inwards",
        "appears inside",
        "goes while inside",
        "enters at a turn",
        "enters at a turn along the circle",
        "turns away on the circle",
        "rests on the circle awhile",
        "turns back on the circle",
        "leaves at a turn",
        "leg of no length",
    ],
)
def test_one_target(strategy, times, x, y, velocities, expected):
    """Each crossing once, half open at turns; touching is nothing."""
    tracks = Tracks.of([(0, 0.0, 100.0, 0.0, 0.0, 0.0, 0.0), *legs_of(1, times, x, y, velocities)])
    found = crossings(tracks, alike(2), 0.0, 100.0, strategy=strategy)
    assert expected == one_way(found)
    assert expected == one_way(found, 1, 0)


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_equal_velocities_keep_the_range(strategy):
    """In company nothing is crossed; who is in one place with another is inside from the start."""
    made = [(k, 0.0, 1e4, x, 0.0, 3.0, 4.0) for k, x in enumerate((0.0, 0.0, 5.0, 10.5))]
    found = crossings(Tracks.of(made), alike(4), 0.0, 1e4, strategy=strategy)
    inside = [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)]
    assert [(0.0, *pair, True, True) for pair in inside] == rows(found)


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_range_is_the_sum_of_shares_up_to_the_cap(strategy):
    """Each way its own range; cap 0 sees nobody but is seen."""
    made = [(0, 0.0, 100.0, 0.0, 0.0, 0.0, 0.0), (1, 0.0, 100.0, -20.0, 0.0, 1.0, 0.0)]
    reach = Reach(np.array([4.0, 1.0]), np.array([2.0, 3.0]), np.array([6.0, 9.0]))
    found = crossings(Tracks.of(made), reach, 0.0, 100.0, strategy=strategy)
    assert [(14.0, 0, 1), (17.0, 1, 0), (23.0, 1, 0), (26.0, 0, 1)] == [row[:3] for row in rows(found)]
    blind = Reach(reach.looking, reach.showing, np.array([0.0, 9.0]))
    assert {1} == set(crossings(Tracks.of(made), blind, 0.0, 100.0, strategy=strategy).observer.tolist())


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_nobody_watches_their_own_side_unless_told(strategy):
    """Sides are masks on pairs."""
    made = [(k, 0.0, 10.0, 0.0, 0.0, 0.0, 0.0) for k in range(3)]
    side = np.array([0, 0, 1])
    found = crossings(Tracks.of(made), alike(3, side=side), 0.0, 10.0, strategy=strategy)
    assert [(0, 2), (1, 2), (2, 0), (2, 1)] == [row[1:3] for row in rows(found)]
    told = crossings(Tracks.of(made), alike(3, side=side, own_side=True), 0.0, 10.0, strategy=strategy)
    assert 6 == told.time.size


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_no_tracks_no_crossings(strategy):
    """Empty columns, and legs outside the time asked for."""
    assert [] == rows(crossings(Tracks.of([]), alike(3), 0.0, 10.0, strategy=strategy))
    assert [] == rows(crossings(Tracks.of([]), alike(0), 0.0, 10.0, strategy=strategy))
    late = Tracks.of([(k, 50.0, 60.0, 0.0, 0.0, 0.0, 0.0) for k in range(3)])
    assert [] == rows(crossings(late, alike(3), 0.0, 10.0, strategy=strategy))
    assert [] == rows(crossings(late, alike(3), 0.0, 90.0, pairs=[], strategy=strategy))


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_moment_too_short_is_kept_at_the_ends(strategy):
    """Half a millisecond inside is nothing, unless the query cuts a longer stay there."""
    made = [(0, 0.0, 100.0, 0.0, 0.0, 0.0, 0.0), (1, 0.0, 100.0, -10.0, 0.0, 1.0, 0.0)]
    tracks, bit = Tracks.of(made), MOMENT / 2
    early = crossings(tracks, alike(2), 0.0, 5.0 + bit, strategy=strategy)
    assert [(5.0, True, False)] == one_way(early)
    late = crossings(tracks, alike(2), 15.0 - bit, 50.0, strategy=strategy)
    assert [(15.0 - bit, True, True), (15.0, False, False)] == one_way(late)
    grazing = Tracks.of([made[0], (1, 0.0, 100.0, -10.0, 5.0 - 1e-9, 1.0, 0.0)])
    assert [] == one_way(crossings(grazing, alike(2), 0.0, 100.0, strategy=strategy))


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_legs_without_end(strategy):
    """An open leg is followed as far as asked."""
    tracks = Tracks.of(
        [(0, 0.0, math.inf, 0.0, 0.0, 0.0, 0.0), (1, 0.0, math.inf, -3.6e5 - 5.0, 0.0, 1.0, 0.0)]
    )
    found = crossings(tracks, alike(2), 0.0, 4e5, strategy=strategy)
    assert [(3.6e5, True, False), (3.6e5 + 10.0, False, False)] == one_way(found)


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_range_that_changes_is_crossed_where_it_does(strategy):
    """3 m, 7 m from second 8, nothing from 14: in at 8 as the range grows, out at 14 as it goes; 5 m from 30: in again."""
    made = [(0, 0.0, 100.0, 0.0, 0.0, 0.0, 0.0), (1, 0.0, 100.0, -14.0, 0.0, 1.0, 0.0)]
    made += [(k, 0.0, 100.0, 1e3 * k, 9e4, 0.0, 0.0) for k in range(2, 30)]
    made += [(30, 0.0, 100.0, 1.0, 4.0, 0.0, 0.0)]
    caps = np.repeat([[3.0], [7.0], [0.0], [5.0]], 31, axis=1)
    reach = Reach(np.full(31, 9.0), np.zeros(31), caps, changes=np.array([8.0, 14.0, 30.0]))
    found = crossings(Tracks.of(made), reach, 0.0, 100.0, strategy=strategy)
    assert [(8.0, True, False), (14.0, False, False)] == one_way(found)
    still = [(8.0, True, False), (14.0, False, False), (30.0, True, False)]
    assert still == one_way(found, 0, 30) == one_way(found, 30, 0)
    late = crossings(Tracks.of(made), reach, 10.0, 31.0, strategy=strategy)
    assert [(10.0, True, True), *still[1:]] == one_way(late, 0, 30)
    some = crossings(Tracks.of(made), reach, 0.0, 100.0, pairs=[(0, 30)], strategy=strategy)
    assert still == one_way(some, 0, 30)
    assert {0} == set(some.observer.tolist())


@pytest.mark.parametrize("strategy", ["slabs", COMPILED])
def test_ranges_that_change_are_the_same_by_every_strategy(strategy):
    """Six hours with four ranges, some of them 0, few and many who watch: every bit as in plain Python."""
    for seed, watching in ((70, 15), (71, 15), (72, 4)):
        tracks, reach, _ = scene(seed, coarse=seed == 71)
        caps = np.random.default_rng(seed).uniform(-2e3, 2e4, (4, 15)).clip(0.0)
        caps[:, watching:] = 0.0
        changing = Reach(reach.looking, reach.showing, caps, reach.side, changes=np.array([3e3, 9e3, 1e4]))
        asked = tracks, changing, 0.0, 6 * HOUR
        expected = bits(crossings(*asked, strategy="plain"))
        assert expected == bits(crossings(*asked, strategy=strategy))


# Invariances


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_ranks_are_only_names(strategy):
    """Permuting owners permutes the rows, to the last bit."""
    for seed in (7, 8, 9):
        tracks, reach, made = scene(seed, coarse=seed == 9)
        other = np.random.default_rng(seed).permutation(15)
        place = np.argsort(other)  # new rank k was rank place[k]
        side = None if reach.side is None else reach.side[place]
        moved = Reach(reach.looking[place], reach.showing[place], reach.cap[place], side)
        shuffled = Tracks.of([(int(other[leg[0]]), *leg[1:]) for leg in made])
        found = crossings(shuffled, moved, 0.0, 6 * HOUR, strategy=strategy)
        back = [(row[0], int(place[row[1]]), int(place[row[2]]), *row[3:]) for row in rows(found)]
        assert rows(crossings(tracks, reach, 0.0, 6 * HOUR, strategy=strategy)) == sorted(back)


def test_place_and_direction_do_not_matter():
    """Turned by 0.7 rad and moved by 300 km, the same rows to a microsecond."""
    cosine, sine = math.cos(0.7), math.sin(0.7)
    for seed in (10, 12, 14, 16):
        tracks, reach, made = scene(seed)
        turned = [
            (
                o,
                s,
                e,
                x * cosine - y * sine + 3e5,
                x * sine + y * cosine - 1e5,
                *(v * cosine - w * sine,),
                *(v * sine + w * cosine,),
            )
            for o, s, e, x, y, v, w in made
        ]
        expected = rows(crossings(tracks, reach, 0.0, 6 * HOUR))
        assert_same_rows(expected, crossings(Tracks.of(turned), reach, 0.0, 6 * HOUR))


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_pairs_select(strategy):
    """Some pairs give the rows of those pairs; to the last bit."""
    for seed in (20, 21, 22):
        tracks, reach, _ = scene(seed, coarse=seed == 21)
        whole = crossings(tracks, reach, 0.0, 6 * HOUR, strategy=strategy)
        pairs = [(3, 1), (1, 3), (2, 7), (14, 0), (5, 5), (2, 7)]
        asked = np.array([(row[1], row[2]) in pairs for row in rows(whole)])
        some = crossings(tracks, reach, 0.0, 6 * HOUR, pairs=pairs, strategy=strategy)
        assert bits(chosen(whole, asked)) == bits(some)


# Strategies


@pytest.mark.parametrize("strategy", ["slabs", COMPILED])
@pytest.mark.parametrize("fast", [0, 3, 40])
def test_aircraft_among_ships(fast, strategy):
    """Wide spreads do not upset the grid: slabs as plain, to the last bit. Seed 5, 120 units."""
    rng = np.random.default_rng(5)
    made = []
    for owner in range(120):
        speed = 250.0 if owner < fast else 9.0
        times = [0.0, *np.sort(rng.uniform(0, 8 * HOUR, 4)).tolist(), 8 * HOUR]
        made += legs_of(owner, times, *rng.uniform(-2e5, 2e5, 2), rng.uniform(-speed, speed, (5, 2)).tolist())
    looking = np.where(np.arange(120) < fast, 1.5e5, rng.uniform(5e3, 1.5e4, 120))
    reach = Reach(looking, rng.uniform(1e3, 9e3, 120), np.where(np.arange(120) % 2, 2e4, np.inf))
    slabs = crossings(Tracks.of(made), reach, 0.0, 8 * HOUR, strategy=strategy)
    assert slabs.time.size > 300
    assert bits(slabs) == bits(crossings(Tracks.of(made), reach, 0.0, 8 * HOUR, strategy="plain"))
    assert bits(slabs) == bits(crossings(Tracks.of(made), reach, 0.0, 8 * HOUR))


@pytest.mark.parametrize(
    ("name", "value"), [("CHUNK", 50), ("BATCH", 40), ("LONGEST", 433.0), ("UNEVEN", 1e9)]
)
def test_cuts_do_not_show(monkeypatch, name, value):
    """However slabs are cut, the rows are the same to the last bit."""
    for seed in (60, 61):
        tracks, reach, _ = scene(seed, coarse=seed == 61)
        expected = bits(crossings(tracks, reach, 0.0, 6 * HOUR, strategy="plain"))
        with monkeypatch.context() as patch:
            patch.setattr(f"sim.slabs.{name}", value)
            assert expected == bits(crossings(tracks, reach, 0.0, 6 * HOUR, strategy="slabs"))


@pytest.mark.parametrize("strategy", [COMPILED])
@pytest.mark.parametrize(
    ("name", "value"),
    [("CHUNK", 7), ("windows", every(433.0)), ("CELL", 0.1), ("CELL", 1e-9), ("CELL", 9.0)],
)
def test_cuts_do_not_show_compiled(monkeypatch, strategy, name, value):
    """However compiled slabs and the grid are cut, the rows are the same to the last bit."""
    module = importlib.import_module("sim.compiled")
    monkeypatch.setattr(module, "FEW", 0)
    for seed in (60, 61):
        tracks, reach, _ = scene(seed, coarse=seed == 61)
        expected = bits(crossings(tracks, reach, 0.0, 6 * HOUR, strategy="plain"))
        with monkeypatch.context() as patch:
            patch.setattr(module, name, value)
            assert expected == bits(crossings(tracks, reach, 0.0, 6 * HOUR, strategy=strategy))


def test_windows_are_short_where_many_alter():
    """One of ten units weaves for an hour of a day: her hour is cut up, a quiet stretch is not, and nothing is left out."""
    weave = [0.0, *np.arange(36_000.0, 39_600.0, 20.0).tolist(), 24 * HOUR]
    made = legs_of(0, weave, 0.0, 0.0, [(5.0, 0.0)] * (len(weave) - 1))
    for owner in range(1, 10):
        made += legs_of(owner, [0.0, 24 * HOUR], 0.0, 0.0, [(1.0, 1.0)])
    tracks = Tracks.of(made)
    reach = Reach(*np.ones((2, 10)), np.ones((2, 10)), changes=np.array([1234.5]))
    edges = windows(tracks, np.arange(tracks.owner.size), reach, 0.0, 24 * HOUR)
    assert (edges[0], edges[-1]) == (0.0, 24 * HOUR)
    assert 1234.5 in edges
    assert (np.diff(edges) > 0.0).all()
    assert np.diff(edges).max() <= 2.0 * LONGEST
    begins = np.histogram(tracks.start[tracks.start > 0.0], edges)[0]
    assert begins.max() <= 10
    assert np.count_nonzero(begins) >= 18


@pytest.mark.parametrize("strategy", ["slabs", COMPILED])
def test_a_crowd_and_one_far_away(strategy):
    """Everybody in one place, one ten thousand miles off: as plain. Seed 12, 60 units."""
    rng = np.random.default_rng(12)
    made = []
    for owner in range(60):
        x, y = rng.uniform(-9e3, 9e3, 2) if owner else (1.8e7, -9e6)
        times = [0.0, *np.sort(rng.uniform(0, 3 * HOUR, 2)).tolist(), 3 * HOUR]
        made += legs_of(owner, times, x, y, rng.uniform(-9.0, 9.0, (3, 2)).tolist())
    reach = Reach(rng.uniform(1e3, 9e3, 60), rng.uniform(1e3, 9e3, 60), np.full(60, 1e4))
    found = crossings(Tracks.of(made), reach, 0.0, 3 * HOUR, strategy=strategy)
    assert bits(crossings(Tracks.of(made), reach, 0.0, 3 * HOUR, strategy="plain")) == bits(found)


def test_rows_are_in_order_and_in_turn():
    """By time, observer, target; a pair enters and leaves in turn."""
    tracks, reach, _ = scene(41, coarse=True)
    found = crossings(tracks, reach, 0.0, 22_000.0)
    keys = [row[:3] for row in rows(found)]
    assert sorted(set(keys)) == keys
    for pair in {key[1:] for key in keys}:
        turns = [entering for _, entering, _ in one_way(found, *pair)]
        assert [k % 2 == 0 for k in range(len(turns))] == turns


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_bits_are_the_same_everywhere(strategy):
    """The columns of two scenes have the digest they had when written, whatever the Python, NumPy and numba."""
    digest = hashlib.sha256()
    for seed in (50, 51):
        tracks, reach, _ = scene(seed, coarse=seed == 51)
        for column in bits(crossings(tracks, reach, 0.0, 6 * HOUR, strategy=strategy)):
            digest.update(column)
    assert DIGEST == digest.hexdigest()


# Faults


@pytest.mark.parametrize(
    ("legs", "words"),
    [
        ([(0, 5.0, 1.0, 0, 0, 0, 0)], "cannot end before it starts"),
        ([(0, 0.0, 1.0, math.nan, 0, 0, 0)], "x has a number that is not finite"),
        ([(0, 0.0, 1.0, 0, 0, 0, 0), (0, 2.0, 3.0, 0, 0, 0, 0)], "leg 1 of owner 0 does not follow on"),
        ([(-1, 0.0, 1.0, 0, 0, 0, 0)], "leg 0 of owner -1"),
    ],
)
def test_faulty_tracks(legs, words):
    """Columns are refused with the leg or the column named."""
    with pytest.raises(ValueError, match=words):
        Tracks.of(legs)


def test_faulty_columns():
    """Unlike lengths, owners out of order, and shares out of bounds."""
    with pytest.raises(ValueError, match=r"tracks: y has shape \(2,\), want \(1,\)"):
        Tracks([0], [0.0], [1.0], [0.0], [0.0, 1.0], [0.0], [0.0])
    with pytest.raises(ValueError, match="leg 1 of owner 0 does not follow"):
        Tracks([1, 0], *([0.0, 0.0], [1.0, 1.0]), *([[0.0, 0.0]] * 4))
    with pytest.raises(ValueError, match="reach: cap has shape"):
        Reach([1.0], [1.0], [1.0, 2.0])
    with pytest.raises(ValueError, match="reach: side has shape"):
        Reach([1.0], [1.0], [1.0], [1, 2])
    with pytest.raises(ValueError, match=r"reach: cap has shape \(1,\), want \(2, 1\)"):
        Reach([1.0], [1.0], [1.0], changes=[5.0])
    with pytest.raises(ValueError, match="reach: changes are not in increasing order"):
        Reach([1.0], [1.0], [[1.0], [1.0], [1.0]], changes=[5.0, 5.0])
    with pytest.raises(ValueError, match="reach: looking has a number below 0 or not finite"):
        Reach([math.inf], [1.0], [1.0])
    with pytest.raises(ValueError, match="reach: cap has a number below 0"):
        Reach([1.0], [1.0], [-1.0])


def test_faulty_questions():
    """Times and ranks out of bounds."""
    tracks = Tracks.of([(4, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0)])
    with pytest.raises(ValueError, match=r"start is 2\.0, end is 2\.0"):
        crossings(tracks, alike(5), 2.0, 2.0)
    with pytest.raises(ValueError, match="owner 4 is beyond the 3 of reach"):
        crossings(tracks, alike(3), 0.0, 1.0)
    with pytest.raises(ValueError, match="pairs has a rank outside 0 to 4"):
        crossings(tracks, alike(5), 0.0, 1.0, pairs=[(0, 5)])
