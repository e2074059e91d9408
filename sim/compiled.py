"""The kernels of contact compiled by numba; the same sums, products, quotients and roots in the same order.

Loaded only through `sim.kernels`. No fast mathematics, so that nothing is reassociated or contracted. What other modules
define is passed in, never read as a global: code kept from an earlier day would not notice that it has changed.
"""

from __future__ import annotations

from collections.abc import Callable
from math import floor, inf, sqrt
from typing import Any

import numba
import numpy as np

from sim.slabs import windows
from sim.tracks import MARGIN, MOMENT, WINDOW, Ints, Pairs, Reach, Stays, Tracks

FEW = 24  # units; below this every pair is walked through from beginning to end
CHUNK = 2**18  # pairs walked through at once; bounds the memory of a crowd
CELL = 1.5  # side of the grid's cells over the reach of the middle unit; cost is flat from 1 to 2


def _kept() -> bool:
    """Whether compiled code can be kept, beside the source or in the user's cache, for the next process."""
    try:
        numba.njit(_kept, cache=True)
    except RuntimeError:
        return False
    return True


KEPT = _kept()
_compile: Callable[..., Any] = numba.njit(cache=KEPT, error_model="numpy")


@_compile
def _relative(dx, dy, vx, vy):
    """Relative speed, distance, distance at the closest approach, way to it: what `stay` needs of a pair."""
    speed = sqrt(vx * vx + vy * vy)
    distance = sqrt(dx * dx + dy * dy)
    if speed == 0.0:
        return 0.0, distance, 0.0, 0.0
    ux, uy = vx / speed, vy / speed
    return speed, distance, abs(dx * uy - dy * ux), -(dx * ux + dy * uy)


@_compile
def _times(speed, distance, miss, ahead, radius):
    """`stay` from there on; (inf, -inf) for None."""
    if speed == 0.0:
        return (-inf, inf) if distance <= radius else (inf, -inf)
    if miss >= radius:
        return inf, -inf
    half = sqrt((radius - miss) * (radius + miss))
    if ahead >= 0.0:
        far = ahead + half
        return (distance - radius) * (distance + radius) / far / speed, far / speed
    far = ahead - half
    return far / speed, (distance - radius) * (distance + radius) / far / speed


def stays(tracks: Tracks, here: Ints, reach: Reach, start: float, end: float, wanted: Pairs | None) -> Stays:
    """The stays between start and end, of the wanted pairs or of all, each code's by time: as `sim.slabs`, to the last bit."""
    count = reach.looking.size
    place = np.searchsorted(tracks.owner, np.arange(count + 1))
    first, stop = place[:-1], place[1:]
    legs = tracks.start, tracks.end, tracks.x, tracks.y, tracks.vx, tracks.vy
    if wanted is None and count <= FEW and not reach.changes.size:
        one, other = np.triu_indices(count, 1)
        wanted = Pairs(one, other, reach.ranges(one, other), reach.ranges(other, one))
    if wanted is not None:
        some, none = (tuple(wanted), wanted.one.size, start, end), np.full(1, -1)
        room = np.empty(count, np.int64), np.empty(count), np.empty(count)
        *found, rows = _walk(legs, first, stop, *some, room, 0, (none, none), MARGIN, MOMENT)
        return Stays(*(column[:rows] for column in found))
    if not here.size:
        return Stays(np.empty(0, np.int64), np.empty(0), np.empty(0))
    share = np.minimum(np.maximum(reach.looking, reach.showing), reach.cap.max())
    speed = np.zeros(count)
    np.maximum.at(speed, tracks.owner, np.abs(tracks.vx) + np.abs(tracks.vy))
    edges = windows(tracks, here, reach, start, end)
    size = share + speed * (WINDOW / 2.0)
    order = np.argsort(size, kind="stable")
    cell = CELL * float(size[order[count // 2]]) + MARGIN
    side = np.arange(count) if reach.side is None or reach.own_side else reach.side
    stretch = np.searchsorted(reach.changes, edges[:-1], "right")
    limits = reach.looking, reach.showing, reach.caps, share
    return Stays(*_slabs(legs, first, stop, limits, side, order, edges, stretch, cell, CHUNK, MARGIN, MOMENT))


@_compile
def _slabs(legs, first, stop, limits, side, order, edges, stretch, cell, chunk, margin, moment):
    """Window by window: a box around each unit, a grid of their middles, a walk through the legs of pairs near enough.

    order: ranks, the narrowest first. Each looks for those put into the grid before it, none of which reaches much
    farther than it does; so the few with a wide spread (aircraft, long radars) do not spoil the grid for the rest.
    """
    looking, showing, caps, share = limits
    count, most = first.size, caps.max()
    at = first.copy()
    size = _power(2 * count)
    head, after = np.empty(size, np.int64), np.empty(count, np.int64)
    column, row = np.empty(count, np.int64), np.empty(count, np.int64)
    who, hits = np.empty(count, np.int64), np.empty(count, np.int64)
    x, y, width, height = np.empty(count), np.empty(count), np.empty(count), np.empty(count)
    one, other = np.empty(count, np.int64), np.empty(count, np.int64)
    forth, back = np.empty(count), np.empty(count)
    found, rows = (np.empty(count, np.int64), np.empty(count), np.empty(count)), 0
    held, table = np.empty(0, np.int64), (np.full(1, -1), np.full(1, -1))
    for turn in range(edges.size - 1):
        lo, hi, cap = edges[turn], edges[turn + 1], caps[stretch[turn]]
        head[:] = -1
        here, number, before, farthest, widest, tallest = 0, 0, rows, 0.0, 0.0, 0.0
        for turned in range(count):
            i = order[turned]
            while at[i] < stop[i] and legs[1][at[i]] <= lo:
                at[i] += 1
            if at[i] < stop[i] and legs[0][at[i]] < hi:
                cx, cy, w, h = _box(legs, at[i], stop[i], lo, hi)
                reach = min(share[i] + farthest, most) + margin
                around = cx, cy, w + widest + reach, h + tallest + reach
                hit = _seek((head, after, column, row), here, around, cell, hits)
                for k in hits[:hit]:
                    j = who[k]
                    aside = max(abs(cx - x[k]) - (w + width[k]), 0.0)
                    above = max(abs(cy - y[k]) - (h + height[k]), 0.0)
                    out, home = min(looking[i] + showing[j], cap[i]), min(looking[j] + showing[i], cap[j])
                    radius, bound = max(out, home), max(out, home) + margin
                    if aside * aside + above * above > bound * bound or radius <= 0.0 or side[i] == side[j]:
                        continue
                    if number == one.size:
                        one, other = np.concatenate((one, one)), np.concatenate((other, other))
                        forth, back = np.concatenate((forth, forth)), np.concatenate((back, back))
                    one[number], other[number], forth[number], back[number] = i, j, out, home
                    number += 1
                who[here], x[here], y[here], width[here], height[here] = i, cx, cy, w, h
                column[here], row[here] = _cell(cx, cell), _cell(cy, cell)
                bucket = _bucket(column[here], row[here], size)
                after[here], head[bucket] = head[bucket], here
                here += 1
                farthest, widest, tallest = max(farthest, share[i]), max(widest, w), max(tallest, h)
            if number > chunk or turned == count - 1:
                pairs = one, other, forth, back
                code, enter, leave, rows = _walk(
                    legs, at, stop, pairs, number, lo, hi, found, rows, table, margin, moment
                )
                found, number = (code, enter, leave), 0
        # What is not over by now may go on in the next window, as one stay with what begins there.
        held = np.concatenate((held, np.arange(before, rows)))
        held = held[found[2][held] > hi - moment]
        table = _table(found[0], held)
    return found[0][:rows], found[1][:rows], found[2][:rows]


@_compile
def _box(legs, leg, stop, lo, hi):
    """Middle and half sides of the box around a unit between two times, from the first leg that reaches into them."""
    start, end, x, y, vx, vy = legs
    west, east, south, north = inf, -inf, inf, -inf
    while leg < stop and start[leg] < hi:
        begin, finish = max(start[leg], lo) - start[leg], min(end[leg], hi) - start[leg]
        x0, x1 = x[leg] + vx[leg] * begin, x[leg] + vx[leg] * finish
        y0, y1 = y[leg] + vy[leg] * begin, y[leg] + vy[leg] * finish
        west, east = min(west, x0, x1), max(east, x0, x1)
        south, north = min(south, y0, y1), max(north, y0, y1)
        leg += 1
    return (west + east) / 2.0, (south + north) / 2.0, (east - west) / 2.0, (north - south) / 2.0


@_compile
def _cell(place, size):
    """Number of the cell of the grid, along one axis; whoever is a million million cells away shares the last."""
    return floor(min(max(place / size, -1e12), 1e12))


@_compile
def _bucket(column, row, size):
    """Where cells are kept; several may share a bucket. The factors are odd and unlike (Teschner and others, 2003)."""
    return ((column * 73856093) ^ (row * 19349663)) & (size - 1)


@_compile
def _seek(grid, here, room, size, hits):
    """Fills in who is in the grid no farther from x, y than width, height, and some others; gives their number."""
    head, after, column, row = grid
    x, y, width, height = room
    west, east = _cell(x - width, size), _cell(x + width, size)
    south, north = _cell(y - height, size), _cell(y + height, size)
    if (east - west + 1.0) * (north - south + 1.0) > here:
        hits[:here] = np.arange(here)
        return here
    number = 0
    for across in range(west, east + 1):
        for along in range(south, north + 1):
            k = head[_bucket(across, along, head.size)]
            while k >= 0:
                if column[k] == across and row[k] == along:
                    hits[number] = k
                    number += 1
                k = after[k]
    return number


@_compile
def _walk(legs, at, stop, pairs, number, start, end, found, rows, table, margin, moment):
    """Adds the stays of pairs between two times, leg by leg from the first of each; one stay where they touch.

    table: where stays are that may go on from before.
    """
    starts, ends, xs, ys, vxs, vys = legs
    code, enter, leave = found
    count = at.size
    last = np.empty(2, np.int64)
    for pair in range(number):
        i, j = pairs[0][pair], pairs[1][pair]
        radii = pairs[2][pair], pairs[3][pair]
        radius = max(radii[0], radii[1])
        a, b, stop_a, stop_b = at[i], at[j], stop[i], stop[j]
        last[0] = last[1] = -1
        while a < stop_a and b < stop_b:
            p, q = a, b
            since, until = max(starts[p], starts[q]), min(ends[p], ends[q])
            if since >= end:
                break
            a, b = a + (ends[p] == until), b + (ends[q] == until)
            lo, hi = max(since, start), min(until, end)
            if lo >= hi:
                continue
            dx = (xs[q] + vxs[q] * (since - starts[q])) - (xs[p] + vxs[p] * (since - starts[p]))
            dy = (ys[q] + vys[q] * (since - starts[q])) - (ys[p] + vys[p] * (since - starts[p]))
            vx, vy = vxs[q] - vxs[p], vys[q] - vys[p]
            x, y = dx + vx * (lo - since), dy + vy * (lo - since)
            bound = radius + margin + (abs(vx) + abs(vy)) * (hi - lo)
            if x * x + y * y > bound * bound:
                continue
            speed, distance, miss, ahead = _relative(dx, dy, vx, vy)
            for way in range(2):
                if radii[way] <= 0.0:
                    continue
                begin, finish = _times(speed, distance, miss, ahead, radii[way])
                begin, finish = max(since + begin, lo), min(since + finish, hi)
                if begin >= finish:
                    continue
                name = j * count + i if way else i * count + j
                if last[way] < 0 and begin - start < moment:
                    last[way] = _held(table, name)
                if last[way] >= 0 and begin - leave[last[way]] < moment:
                    leave[last[way]] = finish
                    continue
                if rows == code.size:
                    code, enter = np.concatenate((code, code)), np.concatenate((enter, enter))
                    leave = np.concatenate((leave, leave))
                code[rows], enter[rows], leave[rows] = name, begin, finish
                last[way] = rows
                rows += 1
    return code, enter, leave, rows


@_compile
def _power(number):
    """The power of two that is no smaller."""
    power = 1
    while power < number:
        power *= 2
    return power


@_compile
def _table(code, held):
    """Where the held rows are, by code: open addressing."""
    size = _power(2 * held.size + 1)
    keys, values = np.full(size, -1), np.empty(size, np.int64)
    for row in held:
        k = _bucket(code[row], 0, size)
        while keys[k] >= 0:
            k = (k + 1) & (size - 1)
        keys[k], values[k] = code[row], row
    return keys, values


@_compile
def _held(table, code):
    """The row held for a code; -1 for none."""
    keys, values = table
    k = _bucket(code, 0, keys.size)
    while keys[k] >= 0:
        if keys[k] == code:
            return values[k]
        k = (k + 1) & (keys.size - 1)
    return -1
