"""Names of those who appear, as columns: their codes in the log, who is the same, and their keys for draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.tracks import Ints

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.log import Log
    from sim.looks import Keys
    from sim.streams import Streams


class Names:
    """The name of each appearance, by its number. A unit that appears again has another number and the same name."""

    def __init__(self, log: Log, streams: Streams) -> None:
        self._log, self._streams = log, streams
        self._first: dict[str, int] = {}
        self._same: list[int] = []
        self._codes: list[int] = []
        self._keys: dict[str, list[int]] = {}

    def add(self, name: str) -> int:
        """The number of another appearance."""
        self._same.append(self._first.setdefault(name, len(self._first)))
        self._codes += self._log.codes([name])
        return len(self._same) - 1

    def codes(self) -> NDArray[np.int32]:
        """In the log, by number."""
        return np.array(self._codes, dtype=np.int32)

    def same(self, numbers: Ints) -> Ints:
        """A number for each name: those of one unit have the same."""
        return np.array(self._same, dtype=np.int64)[numbers]

    def keys(self, purpose: str) -> Keys:
        """Each name's key for a purpose, by number."""
        known, names = self._keys.setdefault(purpose, []), list(self._first)
        known += [self._streams.key("looks", purpose, name) for name in names[len(known) :]]
        return np.array(known, dtype=np.uint64)[np.array(self._same, dtype=np.int64)]
