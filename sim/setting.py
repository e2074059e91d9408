"""What every agent shares: the one clock, the log, the random streams, and the bell that rings for news."""

from __future__ import annotations

from math import inf, nextafter
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import simpy

    from sim.log import Log
    from sim.scenario.sheets import Limits
    from sim.streams import Streams
    from sim.water.shores import Shores

SHORTEST = 1e-3  # s; a shorter wait would not move a clock that stands at 10^5 s


def when(env: simpy.Environment, time: float) -> simpy.Timeout:
    """Happens when the clock stands at a time, to the last bit; at once when that has passed.

    A wait counted from now would end a rounding earlier or later for each time it is begun anew, and then
    news that concerns nobody would move other people's records.
    """
    now = float(env.now)
    delay = max(0.0, time - now)
    while now + delay < time:
        delay = nextafter(delay, inf)
    while delay > 0.0 and now + delay > time:
        delay = nextafter(delay, 0.0)
    return env.timeout(delay)


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


class Sky(Protocol):
    """The weather as agents see it. record: number of its present record."""

    sea_state: int
    record: int

    def beyond(self, limits: Limits | None) -> list[str]:
        """Which limits the present weather is beyond."""


class Setting(Protocol):
    """An exercise as its agents see it."""

    env: simpy.Environment
    log: Log
    streams: Streams
    news: Bell
    shores: Shores

    @property
    def weather(self) -> Sky:
        """The weather over the exercise."""
