"""What cases at engine level share: small exercises read from beside them, units put in their places, legs read back."""

from __future__ import annotations

from functools import cache
from math import radians
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.exercise import Exercise
from sim.geometry import Point, velocity
from sim.quantities import KNOT
from sim.scenario.read import read

if TYPE_CHECKING:
    from sim.audit import Audit
    from sim.log import Log
    from sim.scenario.schema import Scenario
    from sim.units._agent import Unit

FOLDER = Path(__file__).parent / "scenarios"


@cache
def plan(name: str) -> Scenario:
    """A small scenario that stands beside the cases, read once."""
    return read(FOLDER / f"{name}.yaml")


def exercise(name: str, seed: int = 0, audit: Audit | None = None) -> Exercise:
    """An exercise of it that has not begun."""
    return Exercise(plan(name), seed, audit=audit)


def go(played: Exercise, until: Any) -> None:
    """Plays an exercise up to a time, or until something has happened, and no further than its case wants to know."""
    played.env.run(until=until)
    played.forget()


def put(unit: Unit | Any, x: float, y: float, course: float = 0.0, knots: float = 0.0) -> None:
    """Puts a unit somewhere before the exercise begins, and sets it off. x, y: m. course: deg on the plane."""
    unit.motion.place(unit.now, x, y)
    unit.steer(*velocity(radians(course), knots * KNOT))
    unit.exercise.contacts.turn(unit.presence)


def polar(bearing: float, distance: float) -> Point:
    """East and north of a place by its bearing, deg, and distance, m."""
    return velocity(radians(bearing), distance)


def legs(log: Log, name: str) -> list[tuple[float, float, float, float, float]]:
    """The legs of a unit: time, x, y, vx, vy."""
    found = []
    for record in log.of("leg"):
        if record.unit == name:
            assert record.at is not None
            details = record.details
            found.append((record.time, *record.at, details["vx_m_per_s"], details["vy_m_per_s"]))
    return found


def at(log: Log, name: str, time: float) -> Point:
    """Where a unit is at a time by its legs, m."""
    start, x, y, vx, vy = [leg for leg in legs(log, name) if leg[0] <= time][-1]
    return x + vx * (time - start), y + vy * (time - start)


def times(log: Log, kind: str, unit: str | None = None) -> list[float]:
    """When records of a kind were written, of one unit or of all."""
    return [record.time for record in log.of(kind) if unit in (None, record.unit)]
