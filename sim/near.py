"""Who comes near whom within a stretch of time, for those that have just turned: the live side of the crossing kernel.

Two functions of one signature, with the same rows to the last bit: `columns` here and `near` of `sim.compiled`; `chosen`
says which.

    legs: (6, n) start, end, x, y, vx, vy of each unit's present leg, as in `Tracks`; x and y at `start`, and start at
        most `now`. Who is not there has end -inf; who may go on for ever has end inf.
    shares: (kinds, 3, n) looking, showing and cap of each kind of sensor, m, as in `Reach`; cap 0 for who has none.
    side: (n,) ranks; nobody watches their own side. arange(n): everybody watches everybody.
    movers: (k,) ranks, each once, set against all n both ways.
    now, until: s, finite.

They give `who`, (m, 3) whole numbers kind, observer, target, and `when`, (m, 2) s enter and leave: each stay within
[now, until), cut there and at the ends of either leg. Who is inside already enters at `now`; who leaves at the least
of `until` and the two ends is not known to leave. Whether a stay is too short (MOMENT) is for the asker to judge.
Rows are in order of mover, other, kind, and observing before being observed; a pair of movers comes once.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf

import numpy as np

from sim.crossings import stay
from sim.kernels import compiled
from sim.tracks import MARGIN, Floats, Ints

Near = Callable[[Floats, Floats, Ints, Ints, float, float], tuple[Ints, Floats]]

HANDFUL = 40  # pairs times kinds; below this plain Python solves them before NumPy would
CALL = 3e-5  # s a call with one mover takes in NumPy, and hardly any compiled


def chosen(calls: float) -> Near:
    """The quicker of the two, when it is going to be called so often with one mover. Raises CompiledError."""
    module = compiled(calls * CALL)
    found: Near = columns if module is None else module.near
    return found


def columns(
    legs: Floats, shares: Floats, side: Ints, movers: Ints, now: float, until: float
) -> tuple[Ints, Floats]:
    """All targets at once in NumPy."""
    parts, many = [], movers.size > 1
    waiting = np.ones(side.size, dtype=np.bool_)
    for i in movers.tolist():
        others = _sifted(legs, shares, side, i, now, until)
        if many:
            others = others[waiting[others]]
            waiting[i] = False
        if others.size:
            solve = _one_by_one if others.size * len(shares) < HANDFUL else _together
            parts.append(solve(legs, shares, i, others, now, until))
    return _joined(parts)


def _sifted(legs: Floats, shares: Floats, side: Ints, i: int, now: float, until: float) -> Ints:
    """The others that may come within reach of i or have it come within theirs."""
    start, end, x, y, vx, vy = legs
    s, e, x0, y0, vx0, vy0 = legs[:, i].tolist()
    looking, showing, cap = shares[:, 0], shares[:, 1], shares[:, 2]
    own = slice(i, i + 1)
    forth = np.minimum(looking[:, own] + showing, cap[:, own])
    widest = np.maximum(forth, np.minimum(looking + showing[:, own], cap)).max(axis=0)
    since = now - start
    dx, dy = x + vx * since - (x0 + vx0 * (now - s)), y + vy * since - (y0 + vy0 * (now - s))
    left = np.maximum(np.minimum(end, min(e, until)), now) - now
    bound = np.abs(vx - vx0) + np.abs(vy - vy0)
    bound *= left
    bound += widest
    bound += MARGIN
    near = dx * dx + dy * dy <= bound * bound
    near &= left > 0.0
    near &= widest > 0.0
    near &= side != side[i]
    return np.flatnonzero(near)


def _one_by_one(
    legs: Floats, shares: Floats, i: int, others: Ints, now: float, until: float
) -> tuple[Ints, Floats]:
    """The stays of i with others and theirs with it, in plain Python."""
    s, e, x, y, vx, vy = legs[:, i].tolist()
    ours = shares[:, :, i].tolist()
    theirs = shares[:, :, others].transpose(2, 0, 1).tolist()
    e = min(e, until)
    who: list[tuple[int, int, int]] = []
    when: list[tuple[float, float]] = []
    for j, (s2, e2, x2, y2, vx2, vy2), reaches in zip(
        others.tolist(), legs[:, others].T.tolist(), theirs, strict=True
    ):
        hi, since = min(e, e2), max(s, s2)
        if now >= hi:
            continue
        dx = (x2 + vx2 * (since - s2)) - (x + vx * (since - s))
        dy = (y2 + vy2 * (since - s2)) - (y + vy * (since - s))
        across, along = vx2 - vx, vy2 - vy
        square, way = dx * dx + dy * dy, MARGIN + (abs(across) + abs(along)) * (hi - since)
        for kind, ((look, show, cap), (looking, showing, limit)) in enumerate(
            zip(ours, reaches, strict=True)
        ):
            forth, back = min(look + showing, cap), min(looking + show, limit)
            bound = max(forth, back) + way
            if square > bound * bound:
                continue
            for radius, one, other in ((forth, i, j), (back, j, i)):
                times = stay(dx, dy, across, along, radius) if radius > 0.0 else None
                if times is not None:
                    enter, leave = max(since + times[0], now), min(since + times[1], hi)
                    if enter < leave:
                        who.append((kind, one, other))
                        when.append((enter, leave))
    if not who:
        return NOBODY
    return np.array(who, np.int64), np.array(when)


def _together(
    legs: Floats, shares: Floats, i: int, others: Ints, now: float, until: float
) -> tuple[Ints, Floats]:
    """The same over columns, `stay` step by step."""
    s, e, x0, y0, vx0, vy0 = legs[:, i].tolist()
    start, end, x, y, vx, vy = legs[:, others]
    hi, since = np.minimum(end, min(e, until)), np.maximum(start, s)
    dx = (x + vx * (since - start)) - (x0 + vx0 * (since - s))
    dy = (y + vy * (since - start)) - (y0 + vy0 * (since - s))
    across, along = vx - vx0, vy - vy0
    speed = np.sqrt(across * across + along * along)
    distance = np.sqrt(dx * dx + dy * dy)
    still = speed == 0.0
    speed[still] = 1.0
    ux, uy = across / speed, along / speed
    miss, ahead = np.abs(dx * uy - dy * ux), -(dx * ux + dy * uy)
    ours, theirs = shares[:, :, i : i + 1], shares[:, :, others]
    ranges = np.empty((others.size, len(shares), 2))
    ranges[:, :, 0] = np.minimum(ours[:, 0] + theirs[:, 1], ours[:, 2]).T
    ranges[:, :, 1] = np.minimum(theirs[:, 0] + ours[:, 1], theirs[:, 2]).T
    within = np.where(still[:, None, None], distance[:, None, None] <= ranges, miss[:, None, None] < ranges)
    pair, kind, back = np.nonzero(within & (ranges > 0.0) & (hi > now)[:, None, None])
    radius, m, d = ranges[pair, kind, back], miss[pair], distance[pair]
    forward, rests, fast = ahead[pair] >= 0.0, still[pair], speed[pair]
    half = np.sqrt(np.maximum((radius - m) * (radius + m), 0.0))
    far = np.where(forward, ahead[pair] + half, ahead[pair] - half)
    far[rests] = 1.0
    close = (d - radius) * (d + radius) / far
    enter = np.where(rests, -inf, np.where(forward, close, far) / fast)
    leave = np.where(rests, inf, np.where(forward, far, close) / fast)
    when = np.stack((np.maximum(since[pair] + enter, now), np.minimum(since[pair] + leave, hi[pair])), axis=1)
    kept = np.flatnonzero(when[:, 0] < when[:, 1])
    other, watched = others[pair[kept]], back[kept] > 0
    who = np.stack((kind[kept], np.where(watched, other, i), np.where(watched, i, other)), axis=1)
    return who, when[kept]


NOBODY = np.empty((0, 3), np.int64), np.empty((0, 2))


def _joined(parts: list[tuple[Ints, Floats]]) -> tuple[Ints, Floats]:
    """The rows of one mover after another."""
    if len(parts) < 2:
        return parts[0] if parts else NOBODY
    who, when = zip(*parts, strict=True)
    return np.concatenate(who), np.concatenate(when)
