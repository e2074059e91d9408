"""The range guard: watches a live-fire area for ships passing by, calls them, and stops the firing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.geometry import Circle, Point
from sim.log import kind
from sim.serial import LiveSerial
from sim.setting import SHORTEST, when
from sim.units._agent import Process

if TYPE_CHECKING:
    from sim.referee import Referee
    from sim.traffic import Traffic
    from sim.units.vessel import Vessel

CALLED = kind("called", "A range guard calls a ship passing by and asks her to keep clear.")
FOULED = kind("fouled", "A ship passing by is inside a range: check fire.")

REASON = "foul-range"


def guard(live: LiveSerial, referee: Referee, traffic: Traffic, margin: float) -> Process:
    """Watches until the serial ends.

    Ships nearing within the margin are called; while one is inside the range the serial is on hold. Waits
    for the exact moment of the next entry or exit on the present courses, and for news of altered ones.
    """
    shape = live.shape
    assert shape is not None  # live fire without an area is refused by the reader
    outer = Circle(*shape.centre, shape.reach + margin)
    env, end = live.exercise.env, live.exercise.plan.length
    calls: dict[str, int] = {}
    while True:
        now = live.now
        turns: list[float] = []
        for enters, _, vessel in referee.fouling(outer, now, end):
            if enters > now + SHORTEST:
                turns.append(enters)
            elif not vessel.asked and (vessel.name not in calls or not _leaving(vessel, shape.centre)):
                calls[vessel.name] = live.write(
                    CALLED, next(iter(live.ships()), None), vessel, at=vessel.position, cause=vessel.sighted
                )
                traffic.ask_to_clear(vessel, shape.centre, calls[vessel.name])
        inside = None
        for enters, leaves, vessel in referee.fouling(shape, now, end):
            turns.append(leaves if enters <= now + SHORTEST else enters)
            if enters <= now + SHORTEST and leaves > now + SHORTEST:
                inside = inside or vessel
        if inside is not None and REASON not in live.holds:
            behind = calls.get(inside.name, inside.sighted)
            live.hold(REASON, live.write(FOULED, None, inside, at=inside.position, cause=behind))
        elif inside is None:
            live.resume(REASON)
        rung = live.exercise.news.rung
        coming = [turn for turn in turns if turn - now > SHORTEST]
        yield rung | when(env, min(coming)) if coming else rung


def _leaving(vessel: Vessel, centre: Point) -> bool:
    """Whether she is opening from the centre of a range: then there is nothing more to ask of her."""
    x, y = vessel.position
    return (x - centre[0]) * vessel.motion.vx + (y - centre[1]) * vessel.motion.vy > 0.0
