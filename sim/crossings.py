"""Who comes within range of whom, and when, solved exactly from straight legs.

x is east and y is north, in metres; times in seconds. Nothing is sampled: each overlap of two legs is one quadratic.
A pair is inside while its distance is at most the range, as in `sim.geometry.crossing_times`: on the circle and
keeping its place is inside, and a tangent, which enters and leaves at the same moment, is no crossing.
Legs and queries are half open, [start, end): what happens at a turn belongs to the new leg. Only + - * / and sqrt
are used, one rounding each, so that plain Python and every NumPy give the same bits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from math import inf, isfinite, sqrt
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Strategy = Literal["auto", "plain", "slabs"]

MOMENT = 1e-3  # s; a stay or an absence shorter than this is rounding at a turn or a touch, and no clock waits for it
MARGIN = 1.0  # m; what bounds are widened by: far above their rounding, far below any range
WINDOW = 1800.0  # s; a ship then moves about as far as she sees; cost is flat from 1350 to 2700
BATCH = 16_000  # unit-windows bounded at once; the working columns then stay near the cache
FEW = 250  # pairs of legs; below this plain Python is done before NumPy has begun
CHUNK = 2**18  # candidate pairs of unit-windows sifted at once; bounds the memory of a crowd
CELLS = 2**20  # per axis of the grid; keeps the integer keys within 63 bits


@dataclass(frozen=True, slots=True, eq=False)
class Tracks:
    """Legs as columns, sorted by owner and time, each owner's without a gap. Frozen; knows nothing of ranges.

    owner: rank, from 0. start, end: s, end may be inf. x, y: m, the place at `start`. vx, vy: m/s.
    An owner is there from its first start to its last end; a leg of no length is passed over.
    Raises ValueError on columns of unlike length, numbers that are not finite, or legs out of order.
    """

    owner: Ints
    start: Floats
    end: Floats
    x: Floats
    y: Floats
    vx: Floats
    vy: Floats

    def __post_init__(self) -> None:
        for each in fields(self):
            kind = np.int64 if each.name == "owner" else np.float64
            column = np.ascontiguousarray(getattr(self, each.name), dtype=kind)
            object.__setattr__(self, each.name, column)
            if column.shape != (self.owner.size,):
                raise ValueError(f"tracks: {each.name} has shape {column.shape}, want ({self.owner.size},)")
            if each.name != "end" and not np.isfinite(column).all():
                raise ValueError(f"tracks: {each.name} has a number that is not finite")
        if not (self.end >= self.start).all():
            raise ValueError("tracks: a leg cannot end before it starts")
        same = self.owner[1:] == self.owner[:-1]
        wrong = np.where(same, self.start[1:] != self.end[:-1], self.owner[1:] < self.owner[:-1])
        if (self.owner < 0).any() or wrong.any():
            k = int(np.argmax(wrong)) + 1 if wrong.any() else 0
            raise ValueError(
                f"tracks: leg {k} of owner {self.owner[k]} does not follow on from the leg before it"
            )

    @classmethod
    def of(cls, legs: Iterable[tuple[int, float, float, float, float, float, float]]) -> Tracks:
        """From rows (owner, start, end, x, y, vx, vy) in any order."""
        rows = sorted(legs, key=lambda leg: leg[:3])
        columns = zip(*rows, strict=True) if rows else ([],) * 7
        return cls(*(np.array(column) for column in columns))


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """How far each owner sees each other: min(looking[i] + showing[j], cap[i]), m. Frozen; knows no places.

    looking, showing: m, (n,), the observer's and the target's share, such as two distances to the horizon.
    cap: m, (n,), visibility or instrumented range, inf for none; who has 0 sees nobody.
    side: (n,) ranks; an observer does not watch its own side unless own_side. None: everybody watches everybody.
    Raises ValueError on shares below 0 or not finite, on caps below 0, or on shapes that differ.
    """

    looking: Floats
    showing: Floats
    cap: Floats
    side: Ints | None = None
    own_side: bool = False

    def __post_init__(self) -> None:
        for name in ("looking", "showing", "cap"):
            column = np.ascontiguousarray(getattr(self, name), dtype=np.float64)
            object.__setattr__(self, name, column)
            if column.ndim != 1 or column.shape != self.looking.shape:
                raise ValueError(f"reach: {name} has shape {column.shape}, want {self.looking.shape}")
            if not ((column >= 0.0) & ((column < inf) | (name == "cap"))).all():
                raise ValueError(f"reach: {name} has a number below 0 or not finite")
        if self.side is not None:
            object.__setattr__(self, "side", np.ascontiguousarray(self.side, dtype=np.int64))
            if self.side.shape != self.looking.shape:
                raise ValueError(f"reach: side has shape {self.side.shape}, want {self.looking.shape}")

    def ranges(self, observer: Ints, target: Ints) -> Floats:
        """m, pair by pair; 0 for who does not watch."""
        found = np.minimum(self.looking[observer] + self.showing[target], self.cap[observer])
        blind = observer == target
        if self.side is not None and not self.own_side:
            blind = self.side[observer] == self.side[target]
        found[blind] = 0.0
        return found


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


class _Pairs(NamedTuple):
    """Unordered pairs and the range each way, m; 0 for who does not watch."""

    one: Ints
    other: Ints
    forth: Floats
    back: Floats

    def at(self, rows: Ints) -> _Pairs:
        return _Pairs(self.one[rows], self.other[rows], self.forth[rows], self.back[rows])


class _Stays(NamedTuple):
    """Times inside: observer * owners + target, from, to."""

    code: Ints
    enter: Floats
    leave: Floats


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
    wanted = None if pairs is None else _wanted(reach, np.asarray(pairs, dtype=np.int64).reshape(-1, 2))
    return _found(tracks, reach, start, end, wanted, strategy)


def from_turn(
    tracks: Tracks,
    reach: Reach,
    owner: int,
    moment: float,
    end: float,
    *,
    strategy: Strategy = "auto",
) -> Crossings:
    """The crossings of one owner with all others, both ways, from a moment on: what its change of course alters.

    tracks: as they are after the turn. Its rows replace all rows with that owner at or after the moment.
    """
    others = np.arange(reach.looking.size)
    wanted = _watched(reach, np.full_like(others, owner), others)
    return _found(tracks, reach, moment, end, wanted, strategy)


def news(found: Crossings, inside: ArrayLike, start: float) -> Crossings:
    """What a solution from `start` adds for someone who knows who was inside just before.

    inside: (m, 2), the known (observer, target) among the pairs asked for. Initial rows of those are dropped;
    those without one have left, at `start`, even where the two legs of a turn put the crossing on the turn itself.
    """
    known = np.asarray(inside, dtype=np.int64).reshape(-1, 2)
    size = int(max(found.observer.max(initial=0), found.target.max(initial=0), known.max(initial=0))) + 1
    begun = found.observer * size + found.target
    held = known[:, 0] * size + known[:, 1]
    kept = ~(found.initial & np.isin(begun, held))
    gone = known[~np.isin(held, begun[found.initial])]
    flags = np.zeros(len(gone), dtype=np.bool_)
    added = (np.full(len(gone), start), gone[:, 0], gone[:, 1], flags, flags)
    return _ordered(*(np.concatenate((old[kept], new)) for old, new in zip(found, added, strict=True)))


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


def _found(
    tracks: Tracks, reach: Reach, start: float, end: float, wanted: _Pairs | None, strategy: Strategy
) -> Crossings:
    """The crossings of the wanted pairs, or of all, by the quicker strategy."""
    count = reach.looking.size
    if not (isfinite(start) and isfinite(end) and start < end):
        raise ValueError(f"crossings: start is {start}, end is {end}, want finite and start < end")
    if tracks.owner.size and tracks.owner[-1] >= count:
        raise ValueError(f"crossings: owner {tracks.owner[-1]} is beyond the {count} of reach")
    here = np.flatnonzero((tracks.end > start) & (tracks.start < end) & (tracks.end > tracks.start))
    if strategy == "auto":
        number = count * (count - 1) / 2 if wanted is None else wanted.one.size
        strategy = "plain" if number * 2 * here.size <= FEW * count else "slabs"
    if strategy == "plain":
        if wanted is None:
            wanted = _watched(reach, *np.triu_indices(count, 1))
        stays = _plain(tracks, here, count, start, end, wanted)
    else:
        stays = _slabs(tracks, here, reach, start, end, wanted)
    return _rows(tracks, count, start, end, stays)


def _wanted(reach: Reach, pairs: Ints) -> _Pairs:
    """The pairs asked for, each once, whichever way round it was named."""
    count = reach.looking.size
    if pairs.size and not (pairs.min() >= 0 and pairs.max() < count):
        raise ValueError(f"crossings: pairs has a rank outside 0 to {count - 1}")
    asked = pairs[:, 0] * count + pairs[:, 1]
    codes = np.unique(pairs.min(axis=1, initial=count) * count + pairs.max(axis=1, initial=0))
    found = _watched(reach, codes // count, codes % count)
    found.forth[~np.isin(found.one * count + found.other, asked)] = 0.0
    found.back[~np.isin(found.other * count + found.one, asked)] = 0.0
    return found


def _watched(reach: Reach, one: Ints, other: Ints) -> _Pairs:
    """The pairs of which at least one watches the other."""
    forth, back = reach.ranges(one, other), reach.ranges(other, one)
    return _Pairs(one, other, forth, back).at(np.flatnonzero(np.maximum(forth, back) > 0.0))


def _plain(tracks: Tracks, here: Ints, count: int, start: float, end: float, pairs: _Pairs) -> _Stays:
    """Stays leg by leg in plain Python, for few tracks."""
    legs: list[list[tuple[float, ...]]] = [[] for _ in range(count)]
    columns = (tracks.start, tracks.end, tracks.x, tracks.y, tracks.vx, tracks.vy)
    for owner, *leg in zip(*(column[here].tolist() for column in (tracks.owner, *columns)), strict=True):
        legs[owner].append((*leg, sqrt(leg[4] * leg[4] + leg[5] * leg[5])))
    stays: list[tuple[int, float, float]] = []
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
                        stays.append((code, enter, leave))
    codes, enters, leaves = zip(*stays, strict=True) if stays else ((), (), ())
    return _joined([_Stays(np.array(codes, np.int64), np.array(enters, float), np.array(leaves, float))])


def _slabs(
    tracks: Tracks, here: Ints, reach: Reach, start: float, end: float, wanted: _Pairs | None
) -> _Stays:
    """Stays a batch of windows at a time: bound every unit in every window, drop pairs out of reach, solve the rest."""
    count = reach.looking.size
    if wanted is not None:
        needed = np.zeros(count, dtype=np.bool_)
        needed[wanted.one] = needed[wanted.other] = True
        here = here[needed[tracks.owner[here]]]
    edges = start + WINDOW * np.arange(int((end - start) / WINDOW) + 2, dtype=np.float64)
    edges = np.append(edges[edges < end], end)
    found = [_joined([])]
    first, step = 0, 4 * CHUNK // (count * count)
    while first < edges.size - 1:
        step = max(1, min(step, BATCH // count))
        span = edges[first : first + step + 1]
        legs = here[(tracks.end[here] > span[0]) & (tracks.start[here] < span[-1])]
        if legs.size:
            found.append(_joined(_batch(tracks, legs, reach, span, wanted)))
        first += step
        step = step * 2 if found[-1].code.size < CHUNK else step // 2  # by how crowded it turns out to be
    return _joined(found)


def _batch(tracks: Tracks, legs: Ints, reach: Reach, edges: Floats, wanted: _Pairs | None) -> list[_Stays]:
    """The stays within some windows, cut at their edges.

    A piece is a leg within a window; a slot is a unit in a window, with the box around its pieces.
    """
    count, windows = reach.looking.size, edges.size - 1
    start, end = tracks.start[legs], tracks.end[legs]
    begin = np.maximum(np.searchsorted(edges, start, "right") - 1, 0)
    last = np.minimum(np.searchsorted(edges, end, "left") - 1, windows - 1)
    leg, window = _spread(begin, last - begin + 1)
    lo, hi = np.maximum(start[leg], edges[window]), np.minimum(end[leg], edges[window + 1])
    leg = legs[leg]
    slot = window * count + tracks.owner[leg]
    first = np.flatnonzero(np.concatenate(([True], slot[1:] != slot[:-1])))
    sizes = np.diff(np.append(first, slot.size))
    slot = slot[first]
    owner, window = slot % count, slot // count
    sides = []
    for place, speed in ((tracks.x, tracks.vx), (tracks.y, tracks.vy)):
        since = tracks.start[leg]
        near, far = place[leg] + speed[leg] * (lo - since), place[leg] + speed[leg] * (hi - since)
        low = np.minimum.reduceat(np.minimum(near, far), first)
        high = np.maximum.reduceat(np.maximum(near, far), first)
        sides.append(((low + high) / 2.0, (high - low) / 2.0))
    (x, width), (y, height) = sides
    if wanted is None:
        a, b = _close(reach, owner, window, x, y, np.maximum(width, height))
        one, other = owner[a], owner[b]
        pairs = _Pairs(one, other, reach.ranges(one, other), reach.ranges(other, one))
    else:
        row = np.full(windows * count, -1)
        row[slot] = np.arange(slot.size)
        base = np.repeat(np.arange(windows) * count, wanted.one.size)
        a, b = row[base + np.tile(wanted.one, windows)], row[base + np.tile(wanted.other, windows)]
        pairs = wanted.at(np.tile(np.arange(wanted.one.size), windows))
    found = []
    for k in range(0, a.size, CHUNK):
        c, d, some = a[k : k + CHUNK], b[k : k + CHUNK], _Pairs(*(column[k : k + CHUNK] for column in pairs))
        aside = np.maximum(np.abs(x[c] - x[d]) - (width[c] + width[d]), 0.0)
        above = np.maximum(np.abs(y[c] - y[d]) - (height[c] + height[d]), 0.0)
        radius = np.maximum(some.forth, some.back)
        bound = radius + MARGIN
        near = (aside * aside + above * above <= bound * bound) & (radius > 0.0) & (c >= 0) & (d >= 0)
        kept = np.flatnonzero(near)
        c, d, some = c[kept], d[kept], some.at(kept)
        # Every piece of one with every piece of the other; those that share no time fall out.
        pair, piece = _spread(np.zeros(c.size, np.int64), sizes[c] * sizes[d])
        p, q = first[c][pair] + piece // sizes[d][pair], first[d][pair] + piece % sizes[d][pair]
        since, until = np.maximum(lo[p], lo[q]), np.minimum(hi[p], hi[q])
        kept = np.flatnonzero(since < until)
        p, q, some = p[kept], q[kept], some.at(pair[kept])
        found += _solve(tracks, count, leg[p], leg[q], since[kept], until[kept], some)
    return found


def _close(reach: Reach, owner: Ints, window: Ints, x: Floats, y: Floats, half: Floats) -> tuple[Ints, Ints]:
    """Pairs of slots of a window that may come within reach, each once; others may be among them.

    x, y: m, middle of each slot's box. half: m, the greater half side. Slots with a wide spread (aircraft, long
    radars) are set against all others, so that the cells of the grid can suit the rest.
    """
    share = np.maximum(reach.looking, reach.showing)[owner]
    cap = reach.cap[owner]
    order = np.argsort(np.minimum(share, reach.cap.max()) + half, kind="stable")
    per_window = owner.size / (int(window.max()) + 1)
    area = max(float(np.ptp(x)) * float(np.ptp(y)), 1.0)
    choices = []
    for part in (0, 64, 16, 4, 1):
        wide = owner.size // part if part else 0
        rest = order[: owner.size - wide]
        size = MARGIN
        if rest.size:
            size += min(2.0 * float(share[rest].max()), float(cap[rest].max())) + 2.0 * float(
                half[rest].max()
            )
        choices.append((per_window * (wide + rest.size * min(0.5, 2.5 * size * size / area)), wide, size))
    _, wide, size = min(choices)
    rest, broad = np.sort(order[: owner.size - wide]), np.sort(order[owner.size - wide :])
    a, b = _grid(window[rest], x[rest], y[rest], size)
    if not broad.size:
        return rest[a], rest[b]
    by_window = np.argsort(window, kind="stable")
    ends = np.searchsorted(window[by_window], np.arange(int(window.max()) + 2))
    c, d = _spread(ends[window[broad]], np.diff(ends)[window[broad]])
    c, d = broad[c], by_window[d]
    is_broad = np.zeros(owner.size, dtype=np.bool_)
    is_broad[broad] = True
    kept = ~is_broad[d] | (c < d)
    return np.concatenate((rest[a], c[kept])), np.concatenate((rest[b], d[kept]))


def _grid(window: Ints, x: Floats, y: Floats, size: float) -> tuple[Ints, Ints]:
    """Pairs of points of a window no further apart than `size` along either axis, each once, and some others.

    Strips along y, sorted into one run of whole-number keys; each point takes a stretch of its own strip after
    itself, and of the two strips to the east.
    """
    if not x.size:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    across = max(size / 2.0, float(np.ptp(x)) / CELLS)
    along = max(size / 8.0, float(np.ptp(y)) / CELLS)
    strip = ((x - x.min()) / across).astype(np.int64)
    cell = ((y - y.min()) / along).astype(
        np.int64
    ) + 9  # room below and above, so that no stretch reaches next door
    tall = int(cell.max()) + 10
    key = (window * (int(strip.max()) + 3) + strip) * tall + cell
    order = np.argsort(key, kind="stable")
    key = key[order]
    a, b = [], []
    for ahead in range(3):
        begin = np.searchsorted(key, key + (ahead * tall - 9)) if ahead else np.arange(1, key.size + 1)
        stop = np.searchsorted(key, key + (ahead * tall + 9), "right")
        p, q = _spread(begin, stop - begin)
        a.append(order[p])
        b.append(order[q])
    return np.concatenate(a), np.concatenate(b)


def _solve(
    tracks: Tracks, count: int, a: Ints, b: Ints, lo: Floats, hi: Floats, pairs: _Pairs
) -> list[_Stays]:
    """The stays of legs a and b in each other's range between lo and hi; `stay` over columns, step by step."""
    since = np.maximum(tracks.start[a], tracks.start[b])
    ta, tb = since - tracks.start[a], since - tracks.start[b]
    vxa, vya, vxb, vyb = tracks.vx[a], tracks.vy[a], tracks.vx[b], tracks.vy[b]
    dx = (tracks.x[b] + vxb * tb) - (tracks.x[a] + vxa * ta)
    dy = (tracks.y[b] + vyb * tb) - (tracks.y[a] + vya * ta)
    vx, vy = vxb - vxa, vyb - vya
    speed = np.sqrt(vx * vx + vy * vy)
    distance = np.sqrt(dx * dx + dy * dy)
    still = speed == 0.0
    speed[still] = 1.0
    ux, uy = vx / speed, vy / speed
    miss = np.abs(dx * uy - dy * ux)
    ahead = -(dx * ux + dy * uy)
    found = []
    for one, other, ranges in ((pairs.one, pairs.other, pairs.forth), (pairs.other, pairs.one, pairs.back)):
        k = np.flatnonzero(np.where(still, distance <= ranges, miss < ranges) & (ranges > 0.0))
        radius, m, d, forward, fast = ranges[k], miss[k], distance[k], ahead[k] >= 0.0, speed[k]
        half = np.sqrt(np.maximum((radius - m) * (radius + m), 0.0))
        far = np.where(forward, ahead[k] + half, ahead[k] - half)
        far[still[k]] = 1.0
        near = (d - radius) * (d + radius) / far
        enter = np.where(still[k], -inf, np.where(forward, near, far) / fast)
        leave = np.where(still[k], inf, np.where(forward, far, near) / fast)
        enter, leave = np.maximum(since[k] + enter, lo[k]), np.minimum(since[k] + leave, hi[k])
        kept = np.flatnonzero(enter < leave)
        k = k[kept]
        found.append(_Stays(one[k] * count + other[k], enter[kept], leave[kept]))
    return found


def _spread(first: Ints, size: Ints) -> tuple[Ints, Ints]:
    """Runs of whole numbers from `first`, `size` long, end to end, each with the number of its run."""
    run = np.repeat(np.arange(size.size), size)
    return run, np.arange(run.size) + np.repeat(first - (np.cumsum(size) - size), size)


def _joined(parts: list[_Stays]) -> _Stays:
    """Stays, cut anyhow at turns and windows, in order of code and time, as one where they touch."""
    if not parts:
        return _Stays(np.empty(0, np.int64), np.empty(0), np.empty(0))
    code, enter, leave = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((enter, code))
    code, enter, leave = code[order], enter[order], leave[order]
    apart = (code[1:] != code[:-1]) | (enter[1:] - leave[:-1] >= MOMENT)
    begin = np.flatnonzero(np.concatenate(([True], apart))[: code.size])
    return _Stays(code[begin], enter[begin], leave[np.append(begin, code.size)[1:] - 1])


def _rows(tracks: Tracks, count: int, start: float, end: float, stays: _Stays) -> Crossings:
    """Stays told as rows."""
    code, enter, leave = stays
    # What the ends of the query cut short may last longer outside them.
    kept = (leave - enter >= MOMENT) | (enter == start) | (leave == end)
    code, enter, leave = code[kept], enter[kept], leave[kept]
    observer, target = code // count, code % count
    there, gone = np.full(count, inf), np.full(count, -inf)
    np.minimum.at(there, tracks.owner, tracks.start)
    np.maximum.at(gone, tracks.owner, tracks.end)
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


def _ordered(time: Floats, observer: Ints, target: Ints, entering: Bools, initial: Bools) -> Crossings:
    """Rows in their total order."""
    order = np.lexsort((target, observer, time))
    return Crossings(time[order], observer[order], target[order], entering[order], initial[order])
