"""What every agent shares: the one clock, the log, the random streams, and the bell that rings for news."""

from __future__ import annotations

from typing import Protocol

import simpy

from sim.log import Log
from sim.streams import Streams

SHORTEST = 1e-3  # s; a shorter wait would not move a clock that stands at 10^5 s


class Bell:
    """Rings whenever the state of the world changes; whoever waits looks again for himself."""

    def __init__(self, env: simpy.Environment) -> None:
        self._env = env
        self.rung = env.event()

    def ring(self) -> None:
        """Wakes everyone who waits for `rung`."""
        if self.rung.callbacks:
            rung, self.rung = self.rung, self._env.event()
            rung.succeed()


class Setting(Protocol):
    """An exercise as its agents see it."""

    env: simpy.Environment
    log: Log
    streams: Streams
    news: Bell
