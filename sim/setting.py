"""What every agent shares: the one clock, the log, the random streams, and the bell that rings for news."""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    import simpy

    from sim.clock import Clock
    from sim.geodesy import Plane
    from sim.log import Log
    from sim.scenario.sheets import Limits
    from sim.streams import Streams
    from sim.water.shores import Shores

LANDS, LAUNCHES = 0, 1  # who goes first on a flight deck: what is in the air cannot wait
RESERVE = 20 * 60.0  # s of fuel kept for the landing; the usual visual reserve of rotary wing
LIGHT = 0.5  # share of its planned duration that a serial by day needs daylight for
FARTHEST_CALL = 90 * 60.0  # s before COMEX; ships called earlier would be missing from serials in between
SHORTEST = 1e-3  # s; a shorter wait would not move a clock that stands at 10^5 s


def when(env: Clock, time: float) -> simpy.Event:
    """Happens when the clock stands at a time, to the last bit; at once when that has passed."""
    return env.when(time)


def first_of(env: Clock, *events: simpy.Event) -> simpy.Event:
    """Happens as soon as one of some events does; none of them may have happened yet."""
    return env.first_of(*events)


class Bell:
    """Rings whenever the state of the world changes; whoever waits looks again for himself."""

    def __init__(self, env: Clock) -> None:
        self._env = env
        self.rung = env.event()

    def ring(self) -> None:
        """Wakes everyone who waits for `rung`."""
        if self.rung.callbacks:
            rung, self.rung = self.rung, self._env.event()
            rung.succeed()


class Agenda:
    """Things to be done at exact times: one event of the clock for each moment, and no process that waits.

    What is due at one moment is done in the order in which it was put down, and what goes on in several parts in that of the first.
    """

    def __init__(self, env: Clock) -> None:
        self._env = env
        self._items: list[tuple[float, int, Callable[[], None]]] = []
        self._struck: set[int] = set()
        self._number = 0
        self._due = inf
        self._busy = False

    def add(self, time: float, do: Callable[[], None], place: int | None = None) -> int:
        """Puts something down for a time, s; at once when that has passed. Gives its place among what is due at one moment.

        place: that of something done before, which this goes on with.
        """
        if place is None:
            self._number += 1
            place = self._number
        heappush(self._items, (time, place, do))
        if not self._busy:
            self._wake()
        return place

    def strike(self, place: int) -> None:
        """Takes off, by its place, what is put down still: it is not done, and no event comes for it alone."""
        self._struck.add(place)

    def _wake(self) -> None:
        """Sees to an event at the first moment put down, if it is not seen to already."""
        while self._items and self._items[0][1] in self._struck:
            self._struck.remove(heappop(self._items)[1])
        if self._items and self._items[0][0] < self._due:
            self._due = self._items[0][0]
            callbacks: Any = when(self._env, self._due).callbacks
            callbacks.append(self._turn)

    def _turn(self, _: simpy.Event) -> None:
        now = self._env.now
        if now < self._due:
            return  # something earlier was put down, and done, after this event had been asked for
        self._busy = True
        while self._items and self._items[0][0] <= now:
            place, do = heappop(self._items)[1:]
            if place in self._struck:
                self._struck.remove(place)
            else:
                do()
        self._busy, self._due = False, inf
        self._wake()


class Conditions(NamedTuple):
    """What sensors depend on. sea_state: WMO code. visibility: m. is_day: the sun is up."""

    sea_state: int
    visibility: float
    is_day: bool


class Sky(Protocol):
    """The weather as agents see it. record: number of its present record."""

    sea_state: int
    record: int

    def beyond(self, limits: Limits | None) -> list[str]:
        """Which limits the present weather is beyond."""


class Presence(Protocol):
    """What a unit holds of the notes kept of its legs while it is out."""

    number: int


class Sightings(Protocol):
    """Who notes where units are, to find who sees whom."""

    def appear(self, unit: Any) -> Presence:
        """A unit is out from now on."""

    def turn(self, presence: Any) -> None:
        """It is on another leg."""

    def hush(self, presence: Any) -> None:
        """Its radars go on or off."""

    def vanish(self, presence: Any) -> None:
        """It is out no more."""


class Setting(Protocol):
    """An exercise as its agents see it."""

    env: Clock
    log: Log
    streams: Streams
    news: Bell
    contacts: Sightings
    plane: Plane
    shores: Shores

    @property
    def weather(self) -> Sky:
        """The weather over the exercise."""

    def meet_sea(self, record: int) -> None:
        """Another sea state, told in a record: whoever is slowed by it, or no longer, takes another speed."""
