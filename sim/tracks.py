"""Tracks of straight legs as columns, the reach of those who watch, and the stays in range found from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

MOMENT = 1e-3  # s; a stay or an absence shorter than this is rounding at a turn or a touch, and no clock waits for it
WINDOW = (
    2700.0  # s dealt with at once; a ship then moves about as far as she sees; cost is flat from 1800 to 3600
)
LONGEST = 10_800.0  # s likewise, of units that keep their course for long: cost is flat from 7200 to 14400
MARGIN = 1.0  # m; what bounds are widened by: far above their rounding, far below any range


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

    def at(self, owner: Ints, time: Floats) -> tuple[Floats, Floats]:
        """Where some owners are at times when they are there, m. owner, time: (n,)."""
        # The last leg that has begun: times by their place among all starts, in whole numbers beside the owner's.
        starts, width = np.sort(self.start), self.start.size + 1
        legs = self.owner * width + np.searchsorted(starts, self.start, "right")
        leg = np.searchsorted(legs, owner * width + np.searchsorted(starts, time, "right"), "right") - 1
        since = time - self.start[leg]
        return self.x[leg] + self.vx[leg] * since, self.y[leg] + self.vy[leg] * since


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """How far each owner sees each other: min(looking[i] + showing[j], cap[i]), m. Frozen; knows no places.

    looking, showing: m, (n,), the observer's and the target's share, such as two distances to the horizon; -inf for a
    target that nobody sees.
    cap: m, (n,), visibility or instrumented range, inf for none; who has 0 sees nobody. Or (k, n), of k stretches of
    time, one after another; changes: (k - 1,) s, increasing, when each but the first begins.
    side: (n,) ranks; an observer does not watch its own side unless own_side. None: everybody watches everybody.
    Raises ValueError on shares below 0 or not finite, on caps below 0, on shapes that differ, or on changes out of order.
    """

    looking: Floats
    showing: Floats
    cap: Floats
    side: Ints | None = None
    own_side: bool = False
    changes: Floats = field(default_factory=lambda: np.empty(0))

    def __post_init__(self) -> None:
        object.__setattr__(self, "changes", np.ascontiguousarray(self.changes, dtype=np.float64))
        if not (self.changes[1:] > self.changes[:-1]).all():
            raise ValueError("reach: changes are not in increasing order")
        for name in ("looking", "showing", "cap"):
            column = np.ascontiguousarray(getattr(self, name), dtype=np.float64)
            object.__setattr__(self, name, column)
            wanted: tuple[int, ...] = (self.looking.size,)
            if name == "cap" and self.changes.size:
                wanted = (self.changes.size + 1, self.looking.size)
            if column.shape != wanted:
                raise ValueError(f"reach: {name} has shape {column.shape}, want {wanted}")
            hidden = (column == -inf) & (name == "showing")
            if not (hidden | (column >= 0.0) & ((column < inf) | (name == "cap"))).all():
                raise ValueError(f"reach: {name} has a number below 0 or not finite")
        if self.side is not None:
            object.__setattr__(self, "side", np.ascontiguousarray(self.side, dtype=np.int64))
            if self.side.shape != self.looking.shape:
                raise ValueError(f"reach: side has shape {self.side.shape}, want {self.looking.shape}")

    @property
    def caps(self) -> Floats:
        """(k, n), also where nothing changes."""
        return np.atleast_2d(self.cap)

    def stretches(self, start: float, end: float) -> list[tuple[Reach, float, float]]:
        """The reach that does not change, from when to when, in each stretch of time between two moments, s."""
        if not self.changes.size:
            return [(self, start, end)]
        first, last = np.searchsorted(self.changes, start, "right"), np.searchsorted(self.changes, end)
        edges = [start, *self.changes[first:last].tolist(), end]
        parts = (Reach(self.looking, self.showing, cap, self.side, self.own_side) for cap in self.cap[first:])
        return list(zip(parts, edges, edges[1:], strict=False))

    def ranges(self, observer: Ints, target: Ints, stretch: Ints | int = 0) -> Floats:
        """m, pair by pair; 0 for who does not watch. stretch: of time, by number."""
        found = np.minimum(self.looking[observer] + self.showing[target], self.caps[stretch, observer])
        blind = observer == target
        if self.side is not None and not self.own_side:
            blind = self.side[observer] == self.side[target]
        found[blind] = 0.0
        return found


class Pairs(NamedTuple):
    """Unordered pairs and the range each way, m; 0 for who does not watch."""

    one: Ints
    other: Ints
    forth: Floats
    back: Floats

    def at(self, rows: Ints | slice) -> Pairs:
        return Pairs(self.one[rows], self.other[rows], self.forth[rows], self.back[rows])


class Stays(NamedTuple):
    """Times inside: observer * owners + target, from, to."""

    code: Ints
    enter: Floats
    leave: Floats

    def at(self, rows: Ints) -> Stays:
        return Stays(self.code[rows], self.enter[rows], self.leave[rows])

    def lasting(self, start: float, end: float) -> Stays:
        """Those not too short; what the ends of the time asked for cut short may last longer outside it."""
        kept = (self.leave - self.enter >= MOMENT) | (self.enter == start) | (self.leave == end)
        return self.at(np.flatnonzero(kept))

    def between(self, start: float, end: float) -> Stays:
        """What of them is between two moments, s."""
        enter, leave = np.maximum(self.enter, start), np.minimum(self.leave, end)
        some = enter < leave
        return Stays(self.code[some], enter[some], leave[some])


def joined(parts: list[Stays]) -> Stays:
    """Stays, cut anyhow at turns and windows, in order of code and time, as one where they touch."""
    if not parts:
        return Stays(np.empty(0, np.int64), np.empty(0), np.empty(0))
    code, enter, leave = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((enter, code))
    code, enter, leave = code[order], enter[order], leave[order]
    apart = (code[1:] != code[:-1]) | (enter[1:] - leave[:-1] >= MOMENT)
    begin = np.flatnonzero(np.concatenate(([True], apart))[: code.size])
    return Stays(code[begin], enter[begin], leave[np.append(begin, code.size)[1:] - 1])
