"""Fleets for the benchmarks of contact, and the stepped detector that a user would write instead."""

from __future__ import annotations

import math

import numpy as np

from sim.crossings import Crossings, Reach, Tracks

NMI = 1852.0
KNOT = NMI / 3600.0
DURATION = 4 * 86_400.0  # s
STEP = 10.0  # s
ROOM = 400.0  # nmi2 a unit: 15 units in a box of 77 nmi, 5,000 in one of 1,414
LEG, LONGEST = 1800.0, 5400.0  # s, mean before the cut and the cut; the longest fits half the smallest box
SEED = 20
BLOCK = 32_768  # pairs the stepped detector handles at once; its working rows then stay in the cache


def fleet(count: int, duration: float = DURATION) -> tuple[Tracks, Reach]:
    """Ships at 8 to 20 knots in a square box, a new course and speed about every half hour."""
    rng = np.random.default_rng((SEED, count))
    side = math.sqrt(ROOM * count) * NMI
    now, x, y = np.zeros(count), *rng.uniform(0.0, side, (2, count))
    parts = []
    while (now < duration).any():
        end = np.minimum(now + np.minimum(rng.exponential(LEG, count), LONGEST), duration)
        course, speed = rng.uniform(0.0, math.tau, count), rng.uniform(8.0, 20.0, count) * KNOT
        vx, vy = speed * np.sin(course), speed * np.cos(course)
        vx = np.where(np.abs(x + vx * (end - now) - side / 2) > side / 2, -vx, vx)
        vy = np.where(np.abs(y + vy * (end - now) - side / 2) > side / 2, -vy, vy)
        parts.append((np.arange(count), now, end, x, y, vx, vy))
        now, x, y = end, x + vx * (end - now), y + vy * (end - now)
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    kept = np.flatnonzero(columns[1] < columns[2])
    order = kept[np.argsort(columns[0][kept], kind="stable")]
    looking, showing, cap = (rng.uniform(*span, count) * NMI for span in ((5, 9), (4, 8), (10, 14)))
    return Tracks(*(column[order] for column in columns)), Reach(looking, showing, cap)


def stepped(tracks: Tracks, reach: Reach, looks: int) -> tuple[np.ndarray, np.ndarray]:
    """Look at all ordered pairs at every step; gives look and observer * count + target of each new contact."""
    count = reach.looking.size
    everyone = np.arange(count)
    ranges = reach.ranges(np.repeat(everyone, count), np.tile(everyone, count)).reshape(count, count)
    square = np.where(ranges > 0.0, ranges * ranges, -1.0)
    near, before = np.zeros((2, count, count), dtype=np.bool_)
    height = max(1, BLOCK // count)
    dx, dy = np.empty((2, height, count))
    leg = np.searchsorted(tracks.owner, everyone)
    found = []
    for look in range(looks):
        now = look * STEP
        while (over := tracks.end[leg] <= now).any():
            leg += over
        x = tracks.x[leg] + tracks.vx[leg] * (now - tracks.start[leg])
        y = tracks.y[leg] + tracks.vy[leg] * (now - tracks.start[leg])
        for first in range(0, count, height):
            rows = slice(first, min(first + height, count))
            across, along = dx[: rows.stop - first], dy[: rows.stop - first]
            np.subtract(x[rows, None], x, out=across)
            np.subtract(y[rows, None], y, out=along)
            np.multiply(across, across, out=across)
            np.multiply(along, along, out=along)
            np.add(across, along, out=across)
            np.less_equal(across, square[rows], out=near[rows])
            if not np.array_equal(near[rows], before[rows]):
                new = np.flatnonzero(near[rows] & ~before[rows]) + first * count
                found.append(np.stack((np.full(new.size, look), new)))
                before[rows] = near[rows]
    look, code = np.concatenate(found, axis=1)
    return look, code


class Comparison:
    """What each side missed or had late, while both looked. Who is inside from the start is news to neither.

    contacts: entered in that time. steps_missed: of those, never seen at a step. steps_late: s, mean delay of the
    others. missed, late: contacts seen at a step which the exact solution has not got, or a step too late.
    """

    def __init__(self, exact: Crossings, look: np.ndarray, code: np.ndarray, count: int, looks: int) -> None:
        own = exact.observer * count + exact.target
        look, code = look[look > 0], code[look > 0]
        entering = exact.entering & ~exact.initial & (exact.time <= (looks - 1) * STEP)
        times, own = exact.time[entering], own[entering]
        steps = np.ceil(times / STEP)
        seen = code * (looks + 2) + look
        due = own * (looks + 2) + steps.astype(np.int64)  # the look that should have it
        hit = np.isin(due, seen)
        unforeseen = seen[~np.isin(seen, due)]
        self.contacts = int(due.size)
        self.steps_missed = int(due.size - np.unique(due[hit]).size)
        self.steps_late = float((steps[hit] * STEP - times[hit]).mean()) if hit.any() else 0.0
        self.late = int(np.isin(unforeseen + 1, due).sum())
        self.missed = int(unforeseen.size - self.late)
