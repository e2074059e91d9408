"""An exercise in steps of the clock, as a simulator plays it that solves nothing: whoever watches for something looks at every step.

Agents, orders, drills and arrivals are those of the exact exercise, on the same clock. But who is found in a vigil, who comes too near to a ship of a serial or
into her line of fire, into a range, or near a formation, is asked at every step by those who watch for it, by the same rules; it comes out up to a
step late, or not at all. The general picture of contacts is found by looking at all pairs at every step (`sim.audit`, in NumPy).
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from math import floor, hypot
from typing import Any
from unittest.mock import patch

from sim import range_guard, safety, serial, stand_off, vigil
from sim.encounter import Encounter
from sim.exercise import Exercise


class Pair(Encounter):
    """An observer, a target and a sensor that are looked at, never solved."""

    def renew(self) -> None:
        """Who alters is seen to have done so at the next step."""

    def look(self, step: float) -> None:
        """The looks of one step, s, all by what there is to be seen at its end."""
        now, period = self._vigil.now, self.sensor.looks[0]
        seen = self._solved(now)
        if seen is None or seen.enter > now:
            self.leave()
        elif period <= 0.0 and self.contact is None:
            self.looks = 1
            self.contact = self._vigil.gained(self, 1)
            self._begin()
        elif self._counts:
            chance = self.sensor.chances(seen.own, seen.target, seen.conditions)(hypot(seen.dx, seen.dy))
            made = floor((now - self._phase) / period) - floor((now - step - self._phase) / period)
            self._chain.look([chance if self.contact is None else 1.0 - chance] * made)
            self.looks += made
            self._decide()


class Watchers:
    """All who watch for something now, each as the exercise made it."""

    def __init__(self) -> None:
        self.vigils: list[Any] = []
        self.safety: list[Any] = []
        self.lookouts: list[Any] = []
        self.guards: list[Any] = []

    def look(self, exercise: Exercise, step: float) -> None:
        """One step of all of them."""
        for watch in list(self.vigils):
            for pair in list(watch._pairs.values()):
                pair.look(step)
        for watch in list(self.safety):
            watch._anew()
        passing = exercise.traffic
        self.lookouts[:] = [plot for plot in self.lookouts if plot.look in passing.watchers]
        for plot in self.lookouts:
            for ship in plot._live.ships():
                plot.see(ship)
        self.guards[:] = [plot for plot in self.guards if plot.look in passing.watchers]
        for plot in self.guards:
            for vessel in passing.present.values():
                plot.see(vessel)


def deaf(kind: Any, kept: list[Any], *told: str) -> Any:
    """A kind of watcher that is kept, and hears nothing of what it is told; asked to `see`, it looks as if told the first."""

    class Deaf(kind):
        see = getattr(kind, told[0])

        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            kept.append(self)

    for each in told:
        setattr(Deaf, each, lambda *_: None)
    return Deaf


@contextmanager
def looking() -> Any:
    """While it lasts, whoever is set to watch for something looks at every step instead of solving when it will be."""
    watchers = Watchers()

    class Vigil(vigil.Vigil):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            watchers.vigils.append(self)

        def close(self) -> None:
            watchers.vigils.remove(self)
            super().close()

    class Safety(safety._Watch):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            watchers.safety.append(self)

        def altered(self, unit: Any) -> None:
            self.passes.altered(unit, self._live.now)

        def aimed(self) -> None:
            """Lines of fire are looked at with the rest."""

        def leave(self) -> None:
            watchers.safety.remove(self)
            super().leave()

    def rung_only(_: Any, rung: Any, *__: Any) -> Any:
        """Nobody waits for a moment that was worked out."""
        return rung

    with ExitStack() as stack:
        for place, name, other in ((serial, "Vigil", Vigil), (vigil, "Encounter", Pair), (safety, "_Watch", Safety),
                                   (stand_off, "_Plot", deaf(stand_off._Plot, watchers.lookouts, "look_from", "look")), (range_guard, "_Plot", deaf(range_guard._Plot, watchers.guards, "look"))):  # fmt: skip
            stack.enter_context(patch.object(place, name, other))
        for place in (safety, stand_off, range_guard):
            stack.enter_context(patch.object(place, "first_of", rung_only))
            stack.enter_context(patch.object(place, "when", lambda *_: None))
        yield watchers


def stepped(plan: Any, seed: int, step: float) -> Exercise:
    """Plays a scenario in steps, s; its general picture is left to `sim.audit`."""
    with looking() as watchers:
        exercise = Exercise(plan, seed, tick=step)
        exercise.contacts.settle = lambda: None
        while exercise.running:
            exercise.step()
            watchers.look(exercise, step)
    return exercise
