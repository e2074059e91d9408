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
        self._keys: dict[str, dict[int, int]] = {}

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

    def keys(self, purpose: str, numbers: Ints) -> Keys:
        """The keys of some names for a purpose; each is made when it is first asked for."""
        known, names = self._keys.setdefault(purpose, {}), list(self._first)
        asked, places = np.unique(self.same(numbers), return_inverse=True)
        for name in asked.tolist():
            if name not in known:
                known[name] = self._streams.key("looks", purpose, names[name])
        return np.array([known[name] for name in asked.tolist()], dtype=np.uint64)[places]
