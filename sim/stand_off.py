"""The lookout of a formation: ships in company stand fast while a ship passing by is nearer than they keep off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.geometry import Span
from sim.log import kind
from sim.serial import LiveSerial
from sim.setting import SHORTEST, Bell, when
from sim.units._agent import Process
from sim.units.ship import Ship
from sim.units.vessel import Vessel

if TYPE_CHECKING:
    from sim.referee import Referee
    from sim.traffic import Traffic

CLOSE_QUARTERS = kind("close-quarters", "A ship passing by comes nearer to a ship of a serial than its stand-off.",
                      stand_off_m="number")  # fmt: skip

REASON = "traffic"


class _Plot:
    """Who will be too near to which ship and when; solved anew only for the one that comes, alters or goes.

    closings: by ship and vessel, when she is too near, and herself. bell: rings when one changes.
    """

    def __init__(self, live: LiveSerial, distance: float) -> None:
        self._live, self._distance = live, distance
        self._referee: Referee = live.exercise.referee
        self._traffic: Traffic = live.exercise.traffic
        self.closings: dict[tuple[str, str], tuple[Span, Ship, Vessel]] = {}
        self.bell = Bell(live.exercise.env)

    def look(self, vessel: Vessel) -> None:
        """Solves for one ship passing by."""
        changed = [self._solve(ship, vessel) for ship in self._live.ships()]
        if any(changed):
            self.bell.ring()

    def look_from(self, ship: Ship) -> None:
        """Solves for one ship of the serial, or forgets her when she belongs to it no more."""
        if ship in self._live.ships():
            strangers = [vessel for vessel in self._traffic.present.values() if not vessel.heeds]
            changed = [self._solve(ship, vessel) for vessel in strangers]
        else:
            pairs = [pair for pair in self.closings if pair[0] == ship.name]
            changed = [self.closings.pop(pair) is not None for pair in pairs]
        if any(changed):
            self.bell.ring()

    def _solve(self, ship: Ship, vessel: Vessel) -> bool:
        """Whether a closing there was, or is now."""
        pair = (ship.name, vessel.name)
        known = self.closings.pop(pair, None)
        span = self._referee.closing(ship, vessel, self._distance)
        if span is None or span[1] <= self._live.now + SHORTEST:
            return known is not None
        self.closings[pair] = (span, ship, vessel)
        return True


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
    for vessel in traffic.present.values():
        plot.look(vessel)
    try:
        yield from _keep_lookout(live, plot, distance)
    finally:
        traffic.watchers.remove(plot.look)
        for ship in ships:
            ship.watchers.remove(plot.look_from)


def _keep_lookout(live: LiveSerial, plot: _Plot, distance: float) -> Process:
    env = live.exercise.env
    while True:
        now = live.now
        turns: list[float] = []
        close: tuple[Ship, Vessel] | None = None
        for (enters, leaves), ship, vessel in plot.closings.values():
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
        yield rung | when(env, coming) if coming < live.exercise.plan.length else rung
