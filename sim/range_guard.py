"""The range guard: watches a live-fire area for ships passing by, calls them, and stops the firing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.geometry import Circle
from sim.log import kind
from sim.serial import LiveSerial
from sim.setting import SHORTEST
from sim.units._agent import Process

if TYPE_CHECKING:
    from sim.referee import Referee
    from sim.traffic import Traffic

CALLED = kind("called", "A range guard calls a ship passing by and asks her to keep clear.")
FOULED = kind("fouled", "A ship passing by is inside a range: check fire.")

REASON = "foul-range"
AHEAD = 6 * 3600.0  # s the guard plots ahead; longer than any range window


def guard(live: LiveSerial, referee: Referee, traffic: Traffic, margin: float) -> Process:
    """Watches until the serial ends.

    Ships nearing within the margin are called; while one is inside the range the serial is on hold. Waits
    for the exact moment of the next entry or exit on the present courses, and for news of altered ones.
    """
    shape = live.shape
    assert shape is not None  # live fire without an area is refused by the reader
    outer = Circle(*shape.centre, shape.reach + margin)
    env, last_call = live.exercise.env, None
    while True:
        now = live.now
        turns: list[float] = []
        for enters, _, vessel in referee.fouling(outer, now, now + AHEAD):
            if enters > now + SHORTEST:
                turns.append(enters)
            elif not vessel.asked and vessel.called != live.number:
                vessel.called = live.number
                last_call = live.write(
                    CALLED, live.units()[0] if live.units() else None, vessel, at=vessel.position
                )
                traffic.ask_to_clear(vessel, shape.centre, last_call)
        inside = None
        for enters, leaves, vessel in referee.fouling(shape, now, now + AHEAD):
            turns.append(leaves if enters <= now + SHORTEST else enters)
            if enters <= now + SHORTEST and leaves > now + SHORTEST:
                inside = inside or vessel
        if inside is not None and REASON not in live.holds:
            live.hold(REASON, live.write(FOULED, None, inside, at=inside.position, cause=last_call))
        elif inside is None:
            live.resume(REASON)
        rung = live.exercise.news.rung
        coming = [turn - now for turn in turns if turn - now > SHORTEST]
        yield rung | env.timeout(min(coming)) if coming else rung
