"""Lines of fire of a serial: which ship fires at what, and how far her rounds go, as long as she may."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sim.units._agent import Unit


class LineOfFire(NamedTuple):
    """From a ship to her target, and on to the range of her gun, m."""

    ship: Unit
    target: Unit
    reach: float


class Lines:
    """Those of one serial that are laid. watchers: called when one comes or goes."""

    def __init__(self) -> None:
        self.laid: list[LineOfFire] = []
        self.watchers: list[Callable[[], None]] = []

    @contextmanager
    def lay(self, ship: Unit, target: Unit, reach: float) -> Iterator[None]:
        """From the order to open fire until the ship has ceased fire; safety keeps the line clear meanwhile.

        To be laid before the order and not at the first round, so that whoever is in the way is seen in time.
        """
        line = LineOfFire(ship, target, reach)
        self.laid.append(line)
        self._tell()
        try:
            yield
        finally:
            self.laid.remove(line)
            self._tell()

    def _tell(self) -> None:
        for watcher in list(self.watchers):
            watcher()
