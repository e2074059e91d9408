"""A watch: who is inside somebody's range or an area now, told by stays, and when each came to be known."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from sim.tracks import Bools, Floats, Ints, Stays

SHIFT = 32  # bits of the one number of a pair in its code
UNTOLD = -1  # in the place of a record's number


class Side(NamedTuple):
    """One side of the pairs of a window, by rank. number: of the whole exercise. there, gone: s, from when to when."""

    number: Ints
    there: Floats
    gone: Floats


class Known(NamedTuple):
    """Pairs inside, in order of their code. known: s, when the observer knows; inf, or later than now, for not yet.

    record: where that was told. initial: inside when the later of the two appeared.
    """

    code: Ints
    known: Floats
    record: Ints
    initial: Bools

    def at(self, rows: Ints | Bools) -> Known:
        return Known(self.code[rows], self.known[rows], self.record[rows], self.initial[rows])


class Gains(NamedTuple):
    """What comes to be known in a window, in order of time, observer, target. code: of the pair."""

    time: Floats
    code: Ints
    initial: Bools


class Losses(NamedTuple):
    """What is lost in a window, in the same order. record: where it was gained."""

    time: Floats
    code: Ints
    record: Ints


class Watch:
    """Keeps who is inside from window to window. crossed: how often a range, or an edge, has been crossed."""

    def __init__(self) -> None:
        self.inside = Known(np.empty(0, np.int64), np.empty(0), np.empty(0, np.int64), np.empty(0, np.bool_))
        self._leave = np.empty(0)
        self._fresh: Ints = np.empty(0, np.int64)
        self._end = 0.0
        self.crossed = 0

    def stand(
        self,
        stays: Stays,
        sides: tuple[Side, Side],
        start: float,
        end: float,
        knows: Callable[[Ints, Floats], Floats],
    ) -> Gains:
        """Takes in the stays of a window; code: rank of one side * ranks of the other + its rank; each code's by time.

        start, end: s, of the window. knows: when observers come to know of pairs, by code and time of entry.
        Gives what is gained. Losses wait until the gains have been told in records: see `told`.
        """
        lasting = stays.at(np.argsort(stays.code, kind="stable")).lasting(start, end)
        observer, target = np.divmod(lasting.code, sides[1].number.size)
        code = (sides[0].number[observer] << SHIFT) | sides[1].number[target]
        there = np.maximum(sides[0].there[observer], sides[1].there[target])
        gone = np.minimum(sides[0].gone[observer], sides[1].gone[target])
        enter, leave = lasting.enter, np.where(lasting.leave < end, lasting.leave, gone)
        # Who was inside before has gone on from the start, or has left then, even where a turn hides the crossing.
        first = np.searchsorted(code, self.inside.code)
        on = np.flatnonzero(first < code.size)
        on = on[(code[first[on]] == self.inside.code[on]) & (enter[first[on]] == start)]
        left = np.full(self.inside.code.size, start)
        left[on] = leave[first[on]]
        new_here = np.ones(code.size, dtype=np.bool_)
        new_here[first[on]] = False
        came = np.flatnonzero(new_here)
        initial = enter[came] == there[came]
        new = Known(
            code[came],
            np.where(initial, enter[came], knows(code[came], enter[came])),
            np.full(came.size, UNTOLD),
            initial,
        )
        everyone = Known(*(np.concatenate(column) for column in zip(self.inside, new, strict=True)))
        leave = np.concatenate((left, leave[came]))
        self.crossed += came.size + int((leave < end).sum())
        order = np.argsort(everyone.code, kind="stable")  # each code's stays are in order of time
        self.inside, self._leave, self._end = everyone.at(order), leave[order], end
        known = (self.inside.record == UNTOLD) & (self.inside.known < np.minimum(self._leave, end))
        fresh = np.flatnonzero(known)
        self._fresh = fresh[np.argsort(self.inside.known[fresh], kind="stable")]
        found = self.inside.at(self._fresh)
        return Gains(found.known, found.code, found.initial)

    def told(self, first: int) -> Losses:
        """The gains have been told in records from this number on; gives what is lost."""
        self.inside.record[self._fresh] = first + np.arange(self._fresh.size)
        over = self._leave < self._end
        lost = np.flatnonzero(over & (self.inside.record != UNTOLD))
        lost = lost[np.argsort(self._leave[lost], kind="stable")]
        found = Losses(self._leave[lost], self.inside.code[lost], self.inside.record[lost])
        self.inside = self.inside.at(~over)
        return found
