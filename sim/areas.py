"""Stays of many tracks in areas: legs far from the edge are told at a glance, the rest solved exactly."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.geometry import Area, Circle
from sim.tracks import MARGIN, Floats, Ints, Stays, Tracks, joined


def stays_in(
    areas: Sequence[Area], tracks: Tracks, start: float, end: float, count: int, first: int
) -> Stays:
    """When each owner is inside each area between two times, s, as stays of code owner * count + first + area's place."""
    here = np.flatnonzero((tracks.end > start) & (tracks.start < end) & (tracks.end > tracks.start))
    since, until = np.maximum(tracks.start[here], start), np.minimum(tracks.end[here], end)
    found = [joined([])]
    for place, area in enumerate(areas):
        near, far = _distances(tracks, here, since, until, *area.centre)
        touching = near <= area.reach + MARGIN
        inside = (
            touching & (far <= area.reach - MARGIN) if isinstance(area, Circle) else np.zeros_like(touching)
        )
        rows = here[inside]
        parts = [Stays(tracks.owner[rows] * count + first + place, since[inside], until[inside])]
        rest = np.flatnonzero(touching & ~inside)
        codes, enters, leaves = [], [], []
        for leg, lo, hi in zip(here[rest].tolist(), since[rest].tolist(), until[rest].tolist(), strict=True):
            x, y, vx, vy = (float(column[leg]) for column in (tracks.x, tracks.y, tracks.vx, tracks.vy))
            for enter, leave in area.spans(x, y, vx, vy, float(tracks.start[leg]), float(tracks.end[leg])):
                if max(enter, lo) < min(leave, hi):
                    codes.append(int(tracks.owner[leg]) * count + first + place)
                    enters.append(max(enter, lo))
                    leaves.append(min(leave, hi))
        parts.append(Stays(np.array(codes, dtype=np.int64), np.array(enters), np.array(leaves)))
        found.append(joined(parts))
    return joined(found)


def _distances(
    tracks: Tracks, rows: Ints, since: Floats, until: Floats, x: float, y: float
) -> tuple[Floats, Floats]:
    """Least and greatest distance of some legs from a place between two times, m."""
    dx, dy = tracks.x[rows] - x, tracks.y[rows] - y
    vx, vy = tracks.vx[rows], tracks.vy[rows]
    speed = np.sqrt(vx * vx + vy * vy)
    still = speed == 0.0
    speed[still] = 1.0
    nearest = -(dx * vx + dy * vy) / (speed * speed)
    least = np.minimum(np.maximum(nearest, since - tracks.start[rows]), until - tracks.start[rows])
    ends = []
    for after in (least, since - tracks.start[rows], until - tracks.start[rows]):
        u, v = dx + vx * after, dy + vy * after
        ends.append(np.sqrt(u * u + v * v))
    return ends[0], np.maximum(ends[1], ends[2])
