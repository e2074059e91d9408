"""A watch: who is inside somebody's range or an area now, told by crossings, and when each came to be known."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import NamedTuple

import numpy as np

from sim.crossings import Crossings
from sim.tracks import Bools, Floats, Ints

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
    """Keeps who is inside from window to window."""

    def __init__(self) -> None:
        self.inside = Known(np.empty(0, np.int64), np.empty(0), np.empty(0, np.int64), np.empty(0, np.bool_))
        self._leave = np.empty(0)
        self._fresh: Ints = np.empty(0, np.int64)
        self._end = 0.0

    def pairs(self) -> Ints:
        """(n, 2) numbers of observer and target of all pairs inside."""
        return np.column_stack((self.inside.code >> SHIFT, self.inside.code & (2**SHIFT - 1)))

    def stand(
        self, rows: Crossings, one: Side, other: Side, end: float, knows: Callable[[Ints, Floats], Floats]
    ) -> Gains:
        """Takes in the crossings of a window that ends at `end`, without those already known; gives what is gained.

        knows: when observers come to know of pairs, by code and time of entry. Losses wait for `losses`, until the
        gains have been told and their records are given to `told`.
        """
        code = (one.number[rows.observer] << SHIFT) | other.number[rows.target]
        order = np.lexsort((rows.time, code))
        code, time, entering = code[order], rows.time[order], rows.entering[order]
        observer, target = rows.observer[order], rows.target[order]
        came = np.flatnonzero(entering)
        there = np.maximum(one.there[observer[came]], other.there[target[came]])
        initial = time[came] == there
        new = Known(
            code[came],
            np.where(initial, time[came], knows(code[came], time[came])),
            np.full(came.size, UNTOLD),
            initial,
        )
        after = np.minimum(came + 1, code.size - 1)
        ends_here = (after != came) & (code[after] == code[came]) & ~entering[after]
        leave = np.where(
            ends_here, time[after], np.minimum(one.gone[observer[came]], other.gone[target[came]])
        )
        # Of those inside before, each has left at the first row of its code, or else with one of the two, or not.
        first = np.searchsorted(code, self.inside.code)
        there_is = first < code.size
        there_is[there_is] = code[first[there_is]] == self.inside.code[there_is]
        gone = np.minimum(_of(one, self.inside.code >> SHIFT), _of(other, self.inside.code & (2**SHIFT - 1)))
        left = np.where(there_is, time[np.minimum(first, code.size - 1)] if code.size else inf, gone)
        everyone = Known(*(np.concatenate(column) for column in zip(self.inside, new, strict=True)))
        leave = np.concatenate((left, leave))
        order = np.lexsort((leave, everyone.code))
        self.inside, self._leave = everyone.at(order), leave[order]
        self._end = end
        fresh = (self.inside.record == UNTOLD) & (self.inside.known < np.minimum(self._leave, end))
        self._fresh = np.flatnonzero(fresh)[np.lexsort((self.inside.code[fresh], self.inside.known[fresh]))]
        found = self.inside.at(self._fresh)
        return Gains(found.known, found.code, found.initial)

    def told(self, first: int) -> Losses:
        """The gains have been told in records from this number on; gives what is lost."""
        self.inside.record[self._fresh] = first + np.arange(self._fresh.size)
        over = self._leave < self._end
        lost = np.flatnonzero(over & (self.inside.record != UNTOLD))
        lost = lost[np.lexsort((self.inside.code[lost], self._leave[lost]))]
        found = Losses(self._leave[lost], self.inside.code[lost], self.inside.record[lost])
        self.inside = self.inside.at(~over)
        return found


def _of(side: Side, number: Ints) -> Floats:
    """When some numbers are gone, s; every one of them is on the side."""
    return side.gone[np.searchsorted(side.number, number)]
