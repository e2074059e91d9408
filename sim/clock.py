"""The clock: SimPy's environment, quick to read, on which waits end at exact times."""

from __future__ import annotations

from heapq import heappush

import simpy
from simpy.events import NORMAL


class When(simpy.Event):
    """Happens when the clock stands at a time, to the last bit; at once when that has passed.

    A wait counted from now would end a rounding earlier or later for each time it is begun anew, and then
    news that concerns nobody would move other people's records.
    """

    def __init__(self, clock: Clock, time: float) -> None:
        self.env, self.callbacks = clock, []
        self._ok, self._value = True, None
        heappush(clock._queue, (max(time, clock.now), NORMAL, next(clock._eid), self))


class FirstOf(simpy.Event):
    """Happens as soon as one of some events does, and then listens to none of them; none may have happened yet.

    SimPy's own condition gives the values of its events as well, and takes several times as long.
    """

    def __init__(self, clock: Clock, *events: simpy.Event) -> None:
        self.env, self.callbacks, self._events = clock, [], events
        for event in events:
            event.callbacks.append(self._hear)

    def _hear(self, _: simpy.Event) -> None:
        self.succeed()
        for event in self._events:
            if event.callbacks is not None:
                event.callbacks.remove(self._hear)


class Clock(simpy.Environment):
    """SimPy's environment with two more kinds of event. start: s; a float, so that every time is one."""

    __slots__ = ("_now",)
    now: float

    def __init__(self, start: float = 0.0) -> None:
        super().__init__(float(start))

    def when(self, time: float) -> When:
        """Happens when it stands at a time, s."""
        return When(self, time)

    def first_of(self, *events: simpy.Event) -> FirstOf:
        """Happens with the first of some events."""
        return FirstOf(self, *events)


Clock.now = Clock._now  # type: ignore[misc]  # the slot itself: a property would be called a hundred thousand times a run
