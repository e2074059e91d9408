"""Stays in range of many tracks at once: windows of time, bounds, a grid, and one vectorised solution for what is left."""

from __future__ import annotations

from math import inf

import numpy as np

from sim.tracks import LONGEST, MARGIN, WINDOW, Floats, Ints, Pairs, Reach, Stays, Tracks, joined

BATCH = 5_000  # unit-windows bounded at once; the working columns then stay near the cache
CHUNK = 2**18  # candidate pairs of unit-windows sifted at once; bounds the memory of a crowd
CELLS = 2**20  # per axis of the grid; keeps the integer keys within 63 bits
UNEVEN = 2.0  # times as many pairs as a grid gives of units spread evenly; in an exercise they keep together


def slabs(tracks: Tracks, here: Ints, reach: Reach, start: float, end: float, wanted: Pairs | None) -> Stays:
    """Stays a batch of windows at a time: bound every unit in every window, drop pairs out of reach, solve the rest."""
    count = reach.looking.size
    if wanted is not None:
        needed = np.zeros(count, dtype=np.bool_)
        needed[wanted.one] = needed[wanted.other] = True
        here = here[needed[tracks.owner[here]]]
    if not here.size:
        return joined([])
    together = float((np.minimum(tracks.end[here], end) - np.maximum(tracks.start[here], start)).sum())
    edges = windows(tracks, here, reach, start, end)
    found = [joined([])]
    crowd = max(1.0, together / (end - start))  # units there at a time
    first, step = 0, int(4 * CHUNK / (crowd * crowd))
    while first < edges.size - 1:
        step = max(1, min(step, int(BATCH / crowd)))
        span = edges[first : first + step + 1]
        legs = here[(tracks.end[here] > span[0]) & (tracks.start[here] < span[-1])]
        if legs.size:
            found.append(joined(_batch(tracks, legs, reach, span, wanted)))
        first += step
        step = step * 2 if found[-1].code.size < CHUNK else step // 2  # by how crowded it turns out to be
    return joined(found)


def windows(tracks: Tracks, here: Ints, reach: Reach, start: float, end: float) -> Floats:
    """Edges of the windows between two times, s: in each the reach stays what it is.

    About as many legs begin in each, so that windows are short while many alter, and no box is around a long weave; none
    is longer than twice the usual one.
    """
    began, over = tracks.start[here], tracks.end[here]
    together = float((np.minimum(over, end) - np.maximum(began, start)).sum())
    usual = min(max(together / here.size, WINDOW), LONGEST)
    turns = np.sort(began[began > start])[:: max(1, round(usual * here.size / (end - start)))]
    changes = reach.changes[(reach.changes > start) & (reach.changes < end)]
    edges = np.unique(np.concatenate(([start], turns[1:], changes, [end])))
    gaps = np.diff(edges)
    gap, part = _spread(np.zeros(gaps.size, np.int64), np.ceil(gaps / (2.0 * usual)).astype(np.int64))
    return np.append(edges[gap] + part * (2.0 * usual), end)


def _batch(tracks: Tracks, legs: Ints, reach: Reach, edges: Floats, wanted: Pairs | None) -> list[Stays]:
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
    begins, stops = lo[first], hi[first + sizes - 1]
    slot = slot[first]
    owner, window = slot % count, slot // count
    (x, width), (y, height) = _boxes(tracks, leg, lo, hi, first)
    if wanted is None:
        stretch = np.searchsorted(reach.changes, edges[:-1], "right")[window]
        a, b = _close(reach, owner, window, stretch, x, y, np.maximum(width, height))
        one, other, stretch = owner[a], owner[b], stretch[a]
        pairs = Pairs(one, other, reach.ranges(one, other, stretch), reach.ranges(other, one, stretch))
    else:
        row = np.full(windows * count, -1)
        row[slot] = np.arange(slot.size)
        base = np.repeat(np.arange(windows) * count, wanted.one.size)
        a, b = row[base + np.tile(wanted.one, windows)], row[base + np.tile(wanted.other, windows)]
        pairs = wanted.at(np.tile(np.arange(wanted.one.size), windows))
    found = []
    for k in range(0, a.size, CHUNK):
        c, d, some = a[k : k + CHUNK], b[k : k + CHUNK], pairs.at(slice(k, k + CHUNK))
        across, along = np.abs(x[c] - x[d]), np.abs(y[c] - y[d])
        wide, tall = width[c] + width[d], height[c] + height[d]
        aside, above = np.maximum(across - wide, 0.0), np.maximum(along - tall, 0.0)
        radius = np.maximum(some.forth, some.back)
        bound = radius + MARGIN
        near = (aside * aside + above * above <= bound * bound) & (radius > 0.0) & (c >= 0) & (d >= 0)
        kept = np.flatnonzero(near)
        c, d, some = c[kept], d[kept], some.at(kept)
        across, along = (across + wide)[kept], (along + tall)[kept]
        spans = np.maximum(begins[c], begins[d]), np.minimum(stops[c], stops[d])
        found += _deep(count, some, across * across + along * along, *spans)
        kept = np.flatnonzero((some.forth > 0.0) | (some.back > 0.0))
        c, d, some = c[kept], d[kept], some.at(kept)
        # Every piece of one with every piece of the other; those that share no time fall out.
        pair, piece = _spread(np.zeros(c.size, np.int64), sizes[c] * sizes[d])
        p, q = first[c][pair] + piece // sizes[d][pair], first[d][pair] + piece % sizes[d][pair]
        since, until = np.maximum(lo[p], lo[q]), np.minimum(hi[p], hi[q])
        kept = np.flatnonzero(since < until)
        p, q, some = p[kept], q[kept], some.at(pair[kept])
        found += solve(tracks, count, leg[p], leg[q], since[kept], until[kept], some)
    return found


def _boxes(tracks: Tracks, leg: Ints, lo: Floats, hi: Floats, first: Ints) -> list[tuple[Floats, Floats]]:
    """Middle and half side, east and north, m, of the box around each run of pieces. first: where runs begin."""
    sides = []
    for place, speed in ((tracks.x, tracks.vx), (tracks.y, tracks.vy)):
        since = tracks.start[leg]
        near, far = place[leg] + speed[leg] * (lo - since), place[leg] + speed[leg] * (hi - since)
        low = np.minimum.reduceat(np.minimum(near, far), first)
        high = np.maximum.reduceat(np.maximum(near, far), first)
        sides.append(((low + high) / 2.0, (high - low) / 2.0))
    return sides


def _deep(count: int, pairs: Pairs, farthest: Floats, since: Floats, until: Floats) -> list[Stays]:
    """The stays of pairs in range all the while, told from their farthest, m squared; their ranges become 0."""
    found = []
    for one, other, ranges in ((pairs.one, pairs.other, pairs.forth), (pairs.other, pairs.one, pairs.back)):
        deep = np.flatnonzero((farthest <= (ranges - MARGIN) * (ranges - MARGIN)) & (ranges > MARGIN))
        ranges[deep] = 0.0
        deep = deep[since[deep] < until[deep]]
        found.append(Stays(one[deep] * count + other[deep], since[deep], until[deep]))
    return found


def _close(
    reach: Reach, owner: Ints, window: Ints, stretch: Ints, x: Floats, y: Floats, half: Floats
) -> tuple[Ints, Ints]:
    """Pairs of slots of a window that may come within reach, each once; others may be among them.

    x, y: m, middle of each slot's box. half: m, the greater half side. Slots with a wide spread (aircraft, long
    radars) are set against all others, so that the cells of the grid can suit the rest; or all who watch are, where
    they are few among many, and the rest need no grid.
    """
    share = np.maximum(reach.looking, reach.showing)[owner]
    cap = reach.caps[stretch, owner]
    watching = np.flatnonzero(cap > 0.0)
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
    cost, wide, size = min(choices)
    if 2 * watching.size < owner.size and per_window * watching.size <= UNEVEN * cost:
        rest, broad = watching[:0], watching
    else:
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


def solve(tracks: Tracks, count: int, a: Ints, b: Ints, lo: Floats, hi: Floats, pairs: Pairs) -> list[Stays]:
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
        found.append(Stays(one[k] * count + other[k], enter[kept], leave[kept]))
    return found


def _spread(first: Ints, size: Ints) -> tuple[Ints, Ints]:
    """Runs of whole numbers from `first`, `size` long, end to end, each with the number of its run."""
    run = np.repeat(np.arange(size.size), size)
    return run, np.arange(run.size) + np.repeat(first - (np.cumsum(size) - size), size)
