"""Confirmation: looks that each succeed by some chance, until m of the last n have; the law of when, exactly.

The outcomes of the last looks are the state of a Markov chain, and the share of it that has been confirmed so far is
the accumulated chance of a detection. Compared with one uniform number it gives the look that confirms, so that a
better chance at any look never confirms later.
Source: Koopman, Search and Screening, OEG Report 56 (1946), for independent glimpses; the chain is elementary.
"""

from __future__ import annotations


class Confirmation:
    """How likely it is by now that m of the last n looks have succeeded. confirmed: that chance, 0 to 1.

    Raises ValueError unless 1 <= m <= n.
    """

    __slots__ = ("_keep", "_open", "_wanted", "confirmed")

    def __init__(self, wanted: int = 1, of: int = 1) -> None:
        if not 1 <= wanted <= of:
            raise ValueError(f"confirmation: {wanted} of {of} looks, want at least 1 and at most all of them")
        self._wanted = wanted
        self._keep = (1 << (of - 1)) - 1  # of the outcomes, as bits, those the next look will be counted with
        self._open = {0: 1.0}  # chance of each run of outcomes that confirms nothing yet
        self.confirmed = 0.0

    def advance(self, chance: float) -> None:
        """Another look, which succeeds by a chance from 0 to 1."""
        ahead: dict[int, float] = {}
        for outcomes, share in self._open.items():
            for bit, part in ((1, share * chance), (0, share * (1.0 - chance))):
                if part == 0.0:
                    continue
                after = outcomes << 1 | bit
                if after.bit_count() >= self._wanted:
                    self.confirmed += part
                else:
                    kept = after & self._keep
                    ahead[kept] = ahead.get(kept, 0.0) + part
        self._open = ahead

    def copy(self) -> Confirmation:
        """The same state, to look ahead from."""
        found = Confirmation.__new__(Confirmation)
        found._wanted, found._keep, found.confirmed = self._wanted, self._keep, self.confirmed
        found._open = dict(self._open)
        return found


__all__ = ["Confirmation"]
