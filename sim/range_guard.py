"""The range guard: watches a live-fire area for ships passing by, calls them, and stops the firing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.geometry import Circle, Point, Span
from sim.log import kind
from sim.serial import LiveSerial
from sim.setting import SHORTEST, Bell, first_of, when
from sim.units._agent import Process
from sim.units.vessel import Vessel

if TYPE_CHECKING:
    from sim.referee import Referee
    from sim.traffic import Traffic

CALLED = kind("called", "A range guard calls a ship passing by and asks her to keep clear.")
FOULED = kind("fouled", "A ship passing by is inside a range: check fire.")

REASON = "foul-range"


class _Plot:
    """Who will be in a range and in the waters round it, and when; solved anew only for whoever comes, alters or goes.

    stays: by name, the vessel with her stays in the waters and in the range. bell: rings when one changes.
    """

    def __init__(self, live: LiveSerial, referee: Referee, margin: float) -> None:
        assert live.shape is not None  # live fire without an area is refused by the reader
        self.shape, self._referee, self._until = live.shape, referee, live.exercise.plan.length
        self._outer = Circle(*self.shape.centre, self.shape.reach + margin)
        self.stays: dict[str, tuple[Vessel, list[Span], list[Span]]] = {}
        self.bell = Bell(live.exercise.env)

    def look(self, vessel: Vessel) -> None:
        """Solves for one ship passing by."""
        near = self._referee.fouling(self._outer, vessel, self._until)
        known = self.stays.pop(vessel.name, None)
        if near:
            self.stays[vessel.name] = (vessel, near, self._referee.fouling(self.shape, vessel, self._until))
        if near or known is not None:
            self.bell.ring()

    def near(self, now: float) -> list[tuple[float, float, Vessel]]:
        """Present and coming stays in the waters round the range: (enters, leaves, vessel), first to enter first."""
        return _ordered(((*span, vessel) for vessel, spans, _ in self.stays.values() for span in spans), now)

    def inside(self, now: float) -> list[tuple[float, float, Vessel]]:
        """Likewise in the range itself."""
        return _ordered(((*span, vessel) for vessel, _, spans in self.stays.values() for span in spans), now)


def _ordered(stays: Iterable[tuple[float, float, Vessel]], now: float) -> list[tuple[float, float, Vessel]]:
    return sorted((each for each in stays if each[1] > max(each[0], now)), key=lambda each: each[0])


def guard(live: LiveSerial, referee: Referee, traffic: Traffic, margin: float) -> Process:
    """Watches until the serial ends.

    Ships nearing within the margin are called; while one is inside the range the serial is on hold. Waits
    for the exact moment of the next entry or exit on the present courses, and for ships that come or alter.
    """
    plot = _Plot(live, referee, margin)
    traffic.watchers.append(plot.look)
    for vessel in traffic.present.values():
        plot.look(vessel)
    try:
        yield from _keep_watch(live, traffic, plot)
    finally:
        traffic.watchers.remove(plot.look)


def _keep_watch(live: LiveSerial, traffic: Traffic, plot: _Plot) -> Process:
    env, centre = live.exercise.env, plot.shape.centre
    calls: dict[str, int] = {}
    while True:
        now = live.now
        turns: list[float] = []
        for enters, _, vessel in plot.near(now):
            if enters > now + SHORTEST:
                turns.append(enters)
            elif not vessel.asked and (vessel.name not in calls or not _leaving(vessel, centre)):
                calls[vessel.name] = live.write(
                    CALLED, next(iter(live.ships()), None), vessel, at=vessel.position, cause=vessel.sighted
                )
                traffic.ask_to_clear(vessel, centre, calls[vessel.name])
        inside = None
        for enters, leaves, vessel in plot.inside(now):
            turns.append(leaves if enters <= now + SHORTEST else enters)
            if enters <= now + SHORTEST and leaves > now + SHORTEST:
                inside = inside or vessel
        if inside is not None and REASON not in live.holds:
            behind = calls.get(inside.name, inside.sighted)
            live.hold(REASON, live.write(FOULED, None, inside, at=inside.position, cause=behind))
            live.exercise.news.ring()  # the conductor's patience counts from here
        elif inside is None:
            live.resume(REASON)
        coming = [turn for turn in turns if turn - now > SHORTEST]
        rung = plot.bell.rung
        yield first_of(env, rung, when(env, min(coming))) if coming else rung


def _leaving(vessel: Vessel, centre: Point) -> bool:
    """Whether she is opening from the centre of a range: then there is nothing more to ask of her."""
    x, y = vessel.position
    return (x - centre[0]) * vessel.motion.vx + (y - centre[1]) * vessel.motion.vy > 0.0
