"""Confirmation: looks that each succeed by some chance, until m of the last n have; the law of when, exactly.

The outcomes of the last looks are the state of a Markov chain, and the share of it that has been confirmed so far is
the accumulated chance of a detection. Compared with one uniform number it gives the look that confirms, so that a
better chance at any look never confirms later.
Source: Koopman, Search and Screening, OEG Report 56 (1946), for independent glimpses; the chain is elementary.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from math import inf


class Confirmation:
    """How likely it is by now that m of the last n looks have succeeded. confirmed: that chance, 0 to 1.

    Raises ValueError unless 1 <= m <= n.
    """

    __slots__ = ("_open", "_steps", "confirmed")

    def __init__(self, wanted: int = 1, of: int = 1) -> None:
        if not 1 <= wanted <= of:
            raise ValueError(f"confirmation: {wanted} of {of} looks, want at least 1 and at most all of them")
        self._steps = _steps(wanted, of)
        self._open = [1.0] + [0.0] * (len(self._steps) - 1)  # chance of each run of outcomes so far
        self.confirmed = 0.0

    def advance(self, chance: float) -> None:
        """Another look, which succeeds by a chance from 0 to 1."""
        self.look((chance,))

    def look(self, chances: Iterable[float], until: float = inf) -> int:
        """Looks one after another, by their chances, until a confirmation is as likely as that; how many were made."""
        steps, ahead, confirmed, made = self._steps, self._open, self.confirmed, 0
        for chance in chances:
            made += 1
            miss, before = 1.0 - chance, ahead
            ahead = [0.0] * len(steps)
            for state, hit, missed in steps:
                share = before[state]
                if hit is None:
                    confirmed += share * chance
                else:
                    ahead[hit] += share * chance
                ahead[missed] += share * miss
            if confirmed >= until:
                break
        self._open, self.confirmed = ahead, confirmed
        return made

    def copy(self) -> Confirmation:
        """The same state, to look ahead from."""
        found = Confirmation.__new__(Confirmation)
        found._steps, found._open, found.confirmed = self._steps, self._open, self.confirmed
        return found


@cache
def _steps(wanted: int, of: int) -> tuple[tuple[int, int | None, int], ...]:
    """Each run of outcomes that confirms nothing yet, the run after a hit, None when that confirms, and after a miss; by number."""
    keep = (1 << (of - 1)) - 1  # of the outcomes, as bits, those the next look will be counted with
    runs = [outcomes for outcomes in range(keep + 1) if outcomes.bit_count() < wanted]
    number = {outcomes: place for place, outcomes in enumerate(runs)}
    return tuple(
        (
            state,
            None if (outcomes << 1 | 1).bit_count() >= wanted else number[(outcomes << 1 | 1) & keep],
            number[(outcomes << 1) & keep],
        )
        for outcomes, state in number.items()
    )


__all__ = ["Confirmation"]
