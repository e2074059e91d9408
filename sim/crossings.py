"""Who comes within range of whom, and when, solved exactly from straight legs.

x is east and y is north, in metres; times in seconds. Nothing is sampled: each overlap of two legs is one quadratic.
A pair is inside while its distance is at most the range, as in `sim.geometry.crossing_times`: on the circle and
keeping its place is inside, and a tangent, which enters and leaves at the same moment, is no crossing.
Legs and queries are half open, [start, end): what happens at a turn belongs to the new leg. Only + - * / and sqrt
are used, one rounding each, so that plain Python and every NumPy give the same bits.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf, isfinite, sqrt
from types import ModuleType
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from sim.kernels import compiled, loaded
from sim.slabs import slabs
from sim.tracks import MARGIN, WINDOW, Bools, Floats, Ints, Pairs, Reach, Stays, Tracks, joined

Wanted = Callable[[Reach], Pairs]
Strategy = Literal["auto", "plain", "slabs", "compiled"]

FEW = 250  # pairs of legs; below this plain Python is done before NumPy has begun
SLOT = 1e-6  # s that NumPy takes longer than compiled kernels for each leg and each window of each unit


class Crossings(NamedTuple):
    """Columns of crossings, one row each, in order of time, observer, target.

    The order is total: a pair has at most one row at any moment, and its rows are entering and leaving in turn.
    A pair inside from the beginning of the time both are there has its first row then, with `initial`; one that is
    inside to the end has no last row.
    """

    time: Floats
    observer: Ints
    target: Ints
    entering: Bools
    initial: Bools


def crossings(
    tracks: Tracks,
    reach: Reach,
    start: float,
    end: float,
    *,
    pairs: ArrayLike | None = None,
    strategy: Strategy = "auto",
) -> Crossings:
    """Every moment in [start, end) at which an observer's range to a target is crossed.

    start, end: s, finite. pairs: (m, 2), the only (observer, target) to look at; None for all.
    strategy: the results do not depend on it to the last bit. Times do not depend on start and end either,
    so that asking again from a later moment gives the same.
    Raises ValueError when end is not after start, or a rank is beyond the columns of reach.
    """
    chosen = None if pairs is None else np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
    if chosen is not None and chosen.size and not (chosen.min() >= 0 and chosen.max() < reach.looking.size):
        raise ValueError(f"crossings: pairs has a rank outside 0 to {reach.looking.size - 1}")
    wanted = None if chosen is None else lambda part: _wanted(part, chosen)
    return _rows(
        tracks, stays(tracks, reach, start, end, wanted=wanted, strategy=strategy), reach, start, end
    )


def stays(
    tracks: Tracks,
    reach: Reach,
    start: float,
    end: float,
    *,
    wanted: Wanted | None = None,
    strategy: Strategy = "auto",
) -> Stays:
    """The same as stays between start and end, those of each code by time. wanted: the pairs to look at, by reach; None for all."""
    count = reach.looking.size
    if not (isfinite(start) and isfinite(end) and start < end):
        raise ValueError(f"crossings: start is {start}, end is {end}, want finite and start < end")
    if tracks.owner.size and tracks.owner[-1] >= count:
        raise ValueError(f"crossings: owner {tracks.owner[-1]} is beyond the {count} of reach")
    here = np.flatnonzero((tracks.end > start) & (tracks.start < end) & (tracks.end > tracks.start))
    module: ModuleType | None = None
    if strategy == "compiled":
        module = loaded()
    elif strategy == "auto":
        first = reach.stretches(start, end)[0][0]
        number = count * (count - 1) / 2 if wanted is None else wanted(first).one.size
        strategy = "plain" if number * 2 * here.size <= FEW * count else "slabs"
        module = compiled(SLOT * (here.size + count * (end - start) / WINDOW))
    plain = module is None and strategy == "plain"
    solved: Callable[..., Stays] = _plain if plain else slabs if module is None else module.stays
    if wanted is None and not plain:  # all pairs are followed through the changes of their range in one go
        return solved(tracks, here, reach, start, end, None)
    asked, parts = wanted or _everybody, reach.stretches(start, end)
    return joined([solved(tracks, here, part, since, until, asked(part)) for part, since, until in parts])


def stay(dx: float, dy: float, vx: float, vy: float, radius: float) -> tuple[float, float] | None:
    """When a straight relative track is inside a circle; `crossing_times` in sums, products and roots alone.

    dx, dy: m, target minus own. vx, vy: m/s, likewise. radius: m.
    Returns seconds from now, enter before leave, (-inf, inf) for a contact that keeps its place inside or on the
    circle; None for a miss or a mere touch.
    """
    speed = sqrt(vx * vx + vy * vy)
    distance = sqrt(dx * dx + dy * dy)
    if speed == 0.0:
        return (-inf, inf) if distance <= radius else None
    ux, uy = vx / speed, vy / speed
    miss = abs(dx * uy - dy * ux)
    if miss >= radius:
        return None
    ahead = -(dx * ux + dy * uy)
    half = sqrt((radius - miss) * (radius + miss))
    # The nearer root from the product of the two, so that its sign agrees with being inside or outside now.
    far = ahead + half if ahead >= 0.0 else ahead - half
    near = (distance - radius) * (distance + radius) / far
    return (near / speed, far / speed) if ahead >= 0.0 else (far / speed, near / speed)


def _rows(tracks: Tracks, found: Stays, reach: Reach, start: float, end: float) -> Crossings:
    """Stays as rows; each rank is there from its first leg to its last."""
    count = reach.looking.size
    there, gone = np.full(count, inf), np.full(count, -inf)
    np.minimum.at(there, tracks.owner, tracks.start)
    np.maximum.at(gone, tracks.owner, tracks.end)
    return told(found, there, gone, start, end)


def told(found: Stays, there: Floats, gone: Floats, start: float, end: float) -> Crossings:
    """Stays as rows. there, gone: s, from when to when each rank is there at all."""
    count = there.size
    code, enter, leave = found.lasting(start, end)
    observer, target = code // count, code % count
    initial = enter == np.maximum(np.maximum(there[observer], there[target]), start)
    left = leave < np.minimum(np.minimum(gone[observer], gone[target]), end)
    yes, no = np.ones(code.size, dtype=np.bool_), np.zeros(int(left.sum()), dtype=np.bool_)
    return _ordered(
        np.concatenate((enter, leave[left])),
        np.concatenate((observer, observer[left])),
        np.concatenate((target, target[left])),
        np.concatenate((yes, no)),
        np.concatenate((initial, no)),
    )


def _wanted(reach: Reach, pairs: Ints) -> Pairs:
    """The pairs asked for, each once, whichever way round it was named."""
    count = reach.looking.size
    asked = pairs[:, 0] * count + pairs[:, 1]
    codes = np.unique(pairs.min(axis=1, initial=count) * count + pairs.max(axis=1, initial=0))
    found = _watched(reach, codes // count, codes % count)
    found.forth[~np.isin(found.one * count + found.other, asked)] = 0.0
    found.back[~np.isin(found.other * count + found.one, asked)] = 0.0
    return found


def _everybody(reach: Reach) -> Pairs:
    """All pairs of which one watches the other."""
    return _watched(reach, *np.triu_indices(reach.looking.size, 1))


def _watched(reach: Reach, one: Ints, other: Ints) -> Pairs:
    """The pairs of which at least one watches the other."""
    forth, back = reach.ranges(one, other), reach.ranges(other, one)
    return Pairs(one, other, forth, back).at(np.flatnonzero(np.maximum(forth, back) > 0.0))


def _plain(tracks: Tracks, here: Ints, reach: Reach, start: float, end: float, pairs: Pairs) -> Stays:
    """Stays leg by leg in plain Python, for few tracks."""
    count = reach.looking.size
    legs: list[list[tuple[float, ...]]] = [[] for _ in range(count)]
    columns = (tracks.start, tracks.end, tracks.x, tracks.y, tracks.vx, tracks.vy)
    for owner, *leg in zip(*(column[here].tolist() for column in (tracks.owner, *columns)), strict=True):
        legs[owner].append((*leg, sqrt(leg[4] * leg[4] + leg[5] * leg[5])))
    found: list[tuple[int, float, float]] = []
    for i, j, forth, back in zip(*(column.tolist() for column in pairs), strict=True):
        ways = ((i * count + j, forth), (j * count + i, back))
        ours, theirs = legs[i], legs[j]
        a = b = 0
        while a < len(ours) and b < len(theirs):
            s, e, x, y, vx, vy, speed = ours[a]
            s2, e2, x2, y2, vx2, vy2, speed2 = theirs[b]
            a, b = a + (e <= e2), b + (e2 <= e)
            since = max(s, s2)
            lo, hi = max(since, start), min(e, e2, end)
            if lo >= hi:
                continue
            dx = (x2 + vx2 * (since - s2)) - (x + vx * (since - s))
            dy = (y2 + vy2 * (since - s2)) - (y + vy * (since - s))
            bound = max(forth, back) + (speed + speed2) * (hi - since) + MARGIN
            if dx * dx + dy * dy > bound * bound:
                continue
            for code, radius in ways:
                times = stay(dx, dy, vx2 - vx, vy2 - vy, radius) if radius > 0.0 else None
                if times is not None:
                    enter, leave = max(since + times[0], lo), min(since + times[1], hi)
                    if enter < leave:
                        found.append((code, enter, leave))
    codes, enters, leaves = zip(*found, strict=True) if found else ((), (), ())
    return joined([Stays(np.array(codes, np.int64), np.array(enters, float), np.array(leaves, float))])


def _ordered(time: Floats, observer: Ints, target: Ints, entering: Bools, initial: Bools) -> Crossings:
    """Rows in their total order."""
    order = np.argsort(time)
    later = np.diff(time[order]) > 0.0
    # Only rows of one moment need the ranks: far fewer than all, and sorting by three columns takes its time.
    tied = np.flatnonzero(~(np.append(later, True) & np.concatenate(([True], later))))
    rows = order[tied]
    order[tied] = rows[np.lexsort((target[rows], observer[rows], time[rows]))]
    return Crossings(time[order], observer[order], target[order], entering[order], initial[order])
