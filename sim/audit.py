"""An audit: the same exercise looked at in steps of time, to tell what a stepped simulator misses or sees late."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil, fsum
from typing import NamedTuple

import numpy as np

from sim.crossings import Crossings
from sim.tracks import Floats, Ints, Reach, Tracks


class Part(NamedTuple):
    """What one kind of sensor was asked from `start` to `end`, s, and the crossings found: exact ones."""

    sensor: str
    reach: Reach
    start: float
    end: float
    rows: Crossings


@dataclass(slots=True)
class Window:
    """All who were there in a stretch of time, and what each kind of sensor was asked of them."""

    tracks: Tracks
    start: float
    end: float
    parts: list[Part] = field(default_factory=list)


class Finding(NamedTuple):
    """What steps made of one kind of sensor.

    entries: times somebody came into range, those inside from the beginning not counted. missed: of these, never seen
    by a step. late: s, mean and worst of those seen. unforeseen: seen by a step, but not among the exact ones.
    """

    sensor: str
    entries: int
    missed: int
    late: float
    latest: float
    unforeseen: int


class Audit:
    """Keeps what contacts were solved from; nothing of it flows back into the exercise."""

    def __init__(self) -> None:
        self.windows: list[Window] = []

    def begin(self, tracks: Tracks, start: float, end: float) -> None:
        """A stretch of time is being settled."""
        self.windows.append(Window(tracks, start, end))

    def note(self, sensor: str, reach: Reach, start: float, end: float, rows: Crossings) -> None:
        """One kind of sensor has been asked."""
        self.windows[-1].parts.append(Part(sensor, reach, start, end, rows))

    def stepped(self, step: float) -> list[Finding]:
        """Looks at all pairs at every step, as a simulator without exact crossings would, and compares.

        step: s, above 0. Raises ValueError otherwise.
        """
        if not step > 0.0:
            raise ValueError(f"a step must be longer than 0 s, got {step}")
        looks: dict[str, list[tuple[Part, Ints, Ints]]] = {}
        for window in self.windows:
            for part, look, code in _seen(window, step):
                looks.setdefault(part.sensor, []).append((part, look, code))
        return [_finding(sensor, parts, step) for sensor, parts in sorted(looks.items())]


def _seen(window: Window, step: float) -> list[tuple[Part, Ints, Ints]]:
    """For each part the looks, by number of the step, at which a pair was first inside, with the code of the pair."""
    tracks, count = window.tracks, int(window.tracks.owner.max()) + 1
    first = np.searchsorted(tracks.owner, np.arange(count))
    last = np.searchsorted(tracks.owner, np.arange(count), "right") - 1
    leg, news = first.copy(), np.sort(np.concatenate((tracks.start[first], tracks.end[last])))
    marks = np.unique(np.concatenate((news, [part.start for part in window.parts], [window.end])))
    begun: list[list[tuple[int, Ints]]] = [[] for _ in window.parts]
    here = np.empty(0, np.int64)
    plots: list[_Plot] = []
    upto = -1.0
    for look in range(ceil(window.start / step), ceil(window.end / step)):
        now = look * step
        while (over := (tracks.end[leg] <= now) & (leg < last)).any():
            leg += over
        if now >= upto:  # somebody came or went, or a range has changed: the plots are made anew
            upto = float(marks[np.searchsorted(marks, now, "right")])
            inside = {(plot.part, *pair) for plot in plots for pair in plot.pairs(here)}
            here = np.flatnonzero((tracks.start[first] <= now) & (tracks.end[last] > now))
            plots = [
                _Plot(place, part, here, inside)
                for place, part in enumerate(window.parts) if part.start <= now < part.end
            ]  # fmt: skip
        row = leg[here]
        since = now - tracks.start[row]
        x, y = tracks.x[row] + tracks.vx[row] * since, tracks.y[row] + tracks.vy[row] * since
        for plot in plots:
            observer, target = plot.look(x, y)
            if observer.size:
                begun[plot.part].append((look, here[observer] * count + here[target]))
    found = []
    for part, each in zip(window.parts, begun, strict=True):
        codes = np.concatenate([np.empty(0, np.int64), *(code for _, code in each)])
        found.append(
            (
                part,
                np.repeat([look for look, _ in each], [code.size for _, code in each]).astype(np.int64),
                codes,
            )
        )
    return found


class _Plot:
    """What one kind of sensor sees at a step, while the same ones are there and its ranges stay. part: its place."""

    def __init__(self, part: int, asked: Part, here: Ints, inside: set[tuple[int, int, int]]) -> None:
        self.part = part
        self._watching = np.flatnonzero(asked.reach.cap[here] > 0.0)
        one, other = np.repeat(here[self._watching], here.size), np.tile(here, self._watching.size)
        radius = np.maximum(asked.reach.ranges(one, other), 0.0)
        self._limit = np.where(radius > 0.0, radius * radius, -1.0).reshape(-1, here.size)
        before = [(part, *pair) in inside for pair in zip(one.tolist(), other.tolist(), strict=True)]
        self._near = np.array(before, dtype=np.bool_).reshape(-1, here.size)

    def look(self, x: Floats, y: Floats) -> tuple[Ints, Ints]:
        """Observers and targets, by place among those here, that were not inside at the step before."""
        dx, dy = x[self._watching, None] - x, y[self._watching, None] - y
        near = dx * dx + dy * dy <= self._limit
        observer, target = np.nonzero(near & ~self._near)
        self._near = near
        return self._watching[observer], target

    def pairs(self, here: Ints) -> list[tuple[int, int]]:
        """Ranks of observer and target of all pairs inside at the last step."""
        observer, target = np.nonzero(self._near)
        return list(zip(here[self._watching[observer]].tolist(), here[target].tolist(), strict=True))


def _finding(sensor: str, parts: list[tuple[Part, Ints, Ints]], step: float) -> Finding:
    entries = missed = unforeseen = 0
    delays: list[float] = []
    for part, look, code in parts:
        rows, count = part.rows, part.reach.looking.size
        pair = rows.observer * count + rows.target
        entering = rows.entering & ~rows.initial
        due = np.ceil(rows.time[rows.entering] / step).astype(np.int64)
        width = int(part.end / step) + 2
        seen = code * width + look
        wanted = pair[rows.entering] * width + due
        hit = np.isin(wanted, seen) & (due * step < part.end)
        counted = entering[rows.entering]
        entries += int(counted.sum())
        missed += int((counted & ~hit).sum())
        delays += (due[counted & hit] * step - rows.time[rows.entering][counted & hit]).tolist()
        unforeseen += int((~np.isin(seen, wanted)).sum())
    late = fsum(delays) / len(delays) if delays else 0.0
    return Finding(sensor, entries, missed, late, max(delays, default=0.0), unforeseen)
