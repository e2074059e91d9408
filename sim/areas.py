"""Stays of many tracks in areas: legs that cannot cross an edge are told at a glance, the rest solved exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

import numpy as np

from sim.geometry import Area, Circle, Polygon
from sim.slabs import solve
from sim.tracks import MARGIN, Bools, Floats, Ints, Pairs, Stays, Tracks, joined


def stays_in(areas: Sequence[Area], tracks: Tracks, start: float, end: float) -> Stays:
    """When each owner is inside each area between two times, s, as stays of code owner * areas + area's place."""
    here = np.flatnonzero((tracks.end > start) & (tracks.start < end) & (tracks.end > tracks.start))
    since, until = np.maximum(tracks.start[here], start), np.minimum(tracks.end[here], end)
    still = _with_centres(tracks, areas)
    found = [joined([])]
    for place, area in enumerate(areas):
        near, far = _distances(tracks, here, since, until, *area.centre)
        code = tracks.owner[here] * len(areas) + place
        rows = np.flatnonzero(near <= area.reach + MARGIN)
        if isinstance(area, Circle):
            inside = far[rows] <= area.radius - MARGIN
            rest = rows[~inside]
            owner = tracks.owner[here[rest]]
            pairs = Pairs(
                owner,
                np.full_like(owner, place),
                np.full(owner.size, area.radius),
                np.zeros(owner.size),
            )
            centre = np.full(owner.size, tracks.owner.size + place)
            parts = solve(still, len(areas), here[rest], centre, since[rest], until[rest], pairs)
        else:
            ends = [_at(tracks, here[rows], time[rows]) for time in (since, until)]
            clear = ~_crossing(area, *ends)
            inside = clear & _within(area, *ends[0])
            parts = [
                _exactly(
                    area,
                    tracks,
                    here[rows[~clear]],
                    since[rows[~clear]],
                    until[rows[~clear]],
                    code[rows[~clear]],
                )
            ]
        rows = rows[inside]
        found.append(joined([*parts, Stays(code[rows], since[rows], until[rows])]))
    return joined(found)


def _with_centres(tracks: Tracks, areas: Sequence[Area]) -> Tracks:
    """The same tracks, and a leg at rest in the middle of each area."""
    rest = np.zeros(len(areas))
    centres = [
        tracks.owner[-1] + 1 + np.arange(len(areas)), rest, np.full(len(areas), np.inf),
        np.array([area.centre[0] for area in areas]), np.array([area.centre[1] for area in areas]), rest, rest,
    ]  # fmt: skip
    columns = [getattr(tracks, each.name) for each in fields(tracks)]
    return Tracks(*(np.concatenate(pair) for pair in zip(columns, centres, strict=True)))


def _exactly(area: Polygon, tracks: Tracks, legs: Ints, since: Floats, until: Floats, code: Ints) -> Stays:
    """The stays of some legs, edge by edge."""
    codes, enters, leaves = [], [], []
    for leg, lo, hi, number in zip(legs.tolist(), since.tolist(), until.tolist(), code.tolist(), strict=True):
        x, y, vx, vy = (float(column[leg]) for column in (tracks.x, tracks.y, tracks.vx, tracks.vy))
        for enter, leave in area.spans(x, y, vx, vy, float(tracks.start[leg]), float(tracks.end[leg])):
            if max(enter, lo) < min(leave, hi):
                codes.append(number)
                enters.append(max(enter, lo))
                leaves.append(min(leave, hi))
    return Stays(
        np.array(codes, dtype=np.int64), np.array(enters, dtype=float), np.array(leaves, dtype=float)
    )


def _crossing(area: Polygon, start: tuple[Floats, Floats], end: tuple[Floats, Floats]) -> Bools:
    """Whether straight ways may cross an edge, or come within MARGIN of one; some that do not are among them."""
    (x, y), (u, v) = start, end
    found = np.zeros(x.size, dtype=np.bool_)
    for (ax, ay), (bx, by) in zip(area.points, [*area.points[1:], area.points[0]], strict=True):
        # The box around the way against the box around the edge, then both ends of each against the line of the other.
        beside = (np.maximum(x, u) < min(ax, bx) - MARGIN) | (np.minimum(x, u) > max(ax, bx) + MARGIN)
        beside |= (np.maximum(y, v) < min(ay, by) - MARGIN) | (np.minimum(y, v) > max(ay, by) + MARGIN)
        length = np.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay))
        first, last = (((bx - ax) * (q - ay) - (by - ay) * (p - ax)) / length for p, q in (start, end))
        found |= ~beside & (np.minimum(first, last) <= MARGIN) & (np.maximum(first, last) >= -MARGIN)
    return found


def _within(area: Polygon, x: Floats, y: Floats) -> Bools:
    """Whether places, none of them near an edge, are inside: an edge is crossed an odd number of times going east."""
    inside = np.zeros(x.size, dtype=np.bool_)
    for (ax, ay), (bx, by) in zip(area.points, [*area.points[1:], area.points[0]], strict=True):
        if ay != by:
            inside ^= ((ay > y) != (by > y)) & (x < ax + (y - ay) / (by - ay) * (bx - ax))
    return inside


def _at(tracks: Tracks, legs: Ints, time: Floats) -> tuple[Floats, Floats]:
    """Places of legs at times, m."""
    since = time - tracks.start[legs]
    return tracks.x[legs] + tracks.vx[legs] * since, tracks.y[legs] + tracks.vy[legs] * since


def _distances(
    tracks: Tracks, legs: Ints, since: Floats, until: Floats, x: float, y: float
) -> tuple[Floats, Floats]:
    """Least and greatest distance of some legs from a place between two times, m."""
    vx, vy, begun = tracks.vx[legs], tracks.vy[legs], tracks.start[legs]
    speed = vx * vx + vy * vy
    speed[speed == 0.0] = 1.0
    nearest = begun - ((tracks.x[legs] - x) * vx + (tracks.y[legs] - y) * vy) / speed
    found = []
    for time in (np.minimum(np.maximum(nearest, since), until), since, until):
        u, v = _at(tracks, legs, time)
        found.append(np.sqrt((u - x) * (u - x) + (v - y) * (v - y)))
    return found[0], np.maximum(found[1], found[2])
