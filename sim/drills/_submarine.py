"""A submarine in drill, live or played: where she goes, and how she evades within her rules.

She patrols on legs of random course inside the area at a quiet speed. Told by the pings that she is held, she turns away from who
holds her and runs for a while; then she goes quiet again. Depth is not modelled.
"""

from __future__ import annotations

from math import hypot, pi
from typing import TYPE_CHECKING, Any

from sim.geometry import Point, course_of, velocity
from sim.log import kind
from sim.scenario.declared import assumed
from sim.scenario.numbers import Delay, Duration, Speed
from sim.setting import SHORTEST, first_of
from sim.variates import uniform

if TYPE_CHECKING:
    from sim.drills._drill import Process
    from sim.serial import LiveSerial
    from sim.units._agent import Unit
    from sim.vigil import Vigil

EVADES = kind("evades", "A submarine that is held turns away and runs.", course_deg="number")

WIDTH = pi / 3  # rad; she turns away within so much either side of the bearing from who holds her


class Rules:
    """What a submarine may do. A mixin of parameters."""

    quiet: Speed = assumed("5 kn (3 .. 7 kn)", "On patrol, to be heard as little as may be.")
    run: Speed = assumed("12 kn (8 .. 16 kn)", "When she evades; her battery does not last for more.")
    evade_for: Delay = {"low": "10 min", "mode": "20 min", "high": "40 min", "basis": "assumed",
                        "why": "How long she runs before she goes quiet again."}  # type: ignore[assignment] # fmt: skip
    submarine_leg: Duration = assumed("60 min (30 .. 120 min)", "Between alterations of course on patrol.")


def patrol(serial: LiveSerial, vigil: Vigil, submarine: Unit, evades: bool = True) -> Process:
    """Quiet legs in the area, and running away while she is held; until it is interrupted."""
    parameters, draws, env = serial.parameters, serial.draws("submarine", submarine.name), serial.exercise.env
    while True:
        course = _inwards(serial, submarine.position, uniform(draws, 0.0, 2 * pi))
        submarine.steer(*velocity(course, parameters.quiet.value), serial.last)
        timeout = env.timeout(parameters.submarine_leg.value)
        while not timeout.processed:
            yield first_of(env, timeout, vigil.found.rung)
            pinging = [contact for contact in vigil.holders(submarine) if _pings(contact)]
            if evades and pinging:
                yield from _run(serial, submarine, pinging[0], draws)
                break


def _pings(contact: Any) -> bool:
    """Whether a contact is held by something she hears."""
    sheet = getattr(contact.observer.platform.sensors, contact.sensor, None)
    return getattr(sheet, "mode", None) == "active"


def _run(serial: LiveSerial, submarine: Unit, contact: Any, draws: Any) -> Process:
    (x, y), (u, v) = contact.observer.position, submarine.position
    course = course_of(u - x, v - y) + uniform(draws, -WIDTH, WIDTH)
    speed = min(serial.parameters.run.value, submarine.max_speed)
    serial.write(EVADES, submarine, contact.observer, cause=contact.record,
                 course_deg=serial.exercise.plane.true_course(u, v, course * 180.0 / pi))  # fmt: skip
    submarine.steer(*velocity(course, speed), serial.last)
    yield serial.exercise.env.timeout(max(SHORTEST, serial.parameters.evade_for.draw(draws)))


def _inwards(serial: LiveSerial, at: Point, course: float) -> float:
    """A course, or the one home when she is near the edge of the area."""
    if serial.shape is None:
        return course
    (x, y), (u, v) = at, serial.centre
    return course_of(u - x, v - y) if hypot(u - x, v - y) > 0.7 * serial.shape.reach else course


def anywhere(serial: LiveSerial, purpose: str) -> Point:
    """A place uniform over the serial's area, or over a circle as wide about its middle, in its inner part."""
    draws, (u, v) = serial.draws(purpose), serial.centre
    reach = serial.shape.reach if serial.shape is not None else 10 * 1852.0
    bearing, share = uniform(draws, 0.0, 2 * pi), uniform(draws, 0.0, 1.0)
    dx, dy = velocity(bearing, 0.9 * reach * share**0.5)
    return u + dx, v + dy


__all__ = ["EVADES", "Rules", "anywhere", "patrol"]
