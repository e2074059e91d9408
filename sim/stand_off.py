"""The lookout of a formation: ships in company stand fast while a ship passing by is nearer than they keep off."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from sim.geometry import Span
from sim.log import kind
from sim.motion import nearing
from sim.serial import LiveSerial
from sim.setting import SHORTEST, Bell, first_of, when
from sim.units._agent import Process
from sim.units.ship import Ship
from sim.units.vessel import Vessel

if TYPE_CHECKING:
    from sim.referee import Referee
    from sim.traffic import Traffic

CLOSE_QUARTERS = kind("close-quarters", "A ship passing by comes nearer to a ship of a serial than its stand-off.",
                      stand_off_m="number")  # fmt: skip

REASON = "traffic"
Closing: TypeAlias = tuple[Span, Ship, Vessel]


class _Plot:
    """Who will be too near to which ship and when; solved anew only for the one that comes, alters or goes.

    closings: by ship and vessel, when she is too near, and both of them. bell: rings when one changes.
    """

    def __init__(self, live: LiveSerial, distance: float) -> None:
        self._live, self._distance = live, distance
        self._referee: Referee = live.exercise.referee
        self._traffic: Traffic = live.exercise.traffic
        self.closings: dict[str, dict[str, Closing]] = {ship.name: {} for ship in live.ships()}
        self.bell = Bell(live.exercise.env)

    def look(self, vessel: Vessel) -> None:
        """Solves for one ship passing by."""
        if vessel.heeds:
            return
        ships = self._live.ships()
        changed = False
        for ship in ships:
            changed = self.closings[ship.name].pop(vessel.name, None) is not None or changed
        for ship in nearing(vessel.motion, ships, self._live.now, self._distance):
            found = self._closing(ship, vessel)
            if found is not None:
                self.closings[ship.name][vessel.name] = found
                changed = True
        if changed:
            self.bell.ring()

    def look_from(self, ship: Ship) -> None:
        """Solves for one ship of the serial, or forgets her when she belongs to it no more."""
        known, found = self.closings[ship.name], {}
        if self._live.has(ship):
            heedless, now = self._traffic.heedless.values(), self._live.now
            for vessel in nearing(ship.motion, heedless, now, self._distance):
                closing = self._closing(ship, vessel)
                if closing is not None:
                    found[vessel.name] = closing
        self.closings[ship.name] = found
        if known or found:
            self.bell.ring()

    def _closing(self, ship: Ship, vessel: Vessel) -> Closing | None:
        span = self._referee.closing(ship, vessel, self._distance)
        return None if span is None or span[1] <= self._live.now + SHORTEST else (span, ship, vessel)


def keep_clear(live: LiveSerial, distance: float) -> Process:
    """Watches until the serial ends: while someone is nearer to one of its ships than the distance, m, it is on hold.

    Waits for the exact moment at which the next one comes too near or opens again on the present courses, and for
    news of altered ones. A distance of 0 watches nothing.
    """
    if distance <= 0:
        return
    plot, traffic, ships = _Plot(live, distance), live.exercise.traffic, live.ships()
    traffic.watchers.append(plot.look)
    for ship in ships:
        ship.watchers.append(plot.look_from)
        plot.look_from(ship)
    try:
        yield from _keep_lookout(live, plot, distance)
    finally:
        traffic.watchers.remove(plot.look)
        for ship in ships:
            ship.watchers.remove(plot.look_from)


def _keep_lookout(live: LiveSerial, plot: _Plot, distance: float) -> Process:
    env, length = live.exercise.env, live.exercise.plan.length
    while True:
        now = live.now
        turns: list[float] = []
        close: tuple[Ship, Vessel] | None = None
        for (enters, leaves), ship, vessel in chain.from_iterable(
            each.values() for each in plot.closings.values()
        ):
            if leaves <= now + SHORTEST:
                continue
            turns.append(leaves if enters <= now + SHORTEST else enters)
            if enters <= now + SHORTEST:
                close = close or (ship, vessel)
        if close is not None and REASON not in live.holds:
            ship, vessel = close
            live.hold(REASON, live.write(CLOSE_QUARTERS, ship, vessel, at=vessel.position, cause=vessel.sighted,
                                         stand_off_m=distance))  # fmt: skip
            live.exercise.news.ring()  # the conductor's patience counts from here
        elif close is None:
            live.resume(REASON)
        rung, coming = plot.bell.rung, min(turns, default=float("inf"))
        yield first_of(env, rung, when(env, coming)) if coming < length else rung
