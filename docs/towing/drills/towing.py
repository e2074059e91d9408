"""Towing exercise (TOWEX): one ship passes a tow to another, tows her for a while and slips."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.drills._drill import Drill, Process, Role, assumed
from sim.geometry import velocity
from sim.log import kind
from sim.scenario.numbers import Course, Delay, Duration, Speed
from sim.scenario.sheets import Limits

if TYPE_CHECKING:
    from sim.serial import LiveSerial

TOWED = kind("towed", "A ship has been towed and slipped.", passing_min="number", towed_min="number")


class Towing(Drill):
    """A tow is passed, the ships proceed slowly together, the tow is slipped."""

    class Parameters(Drill.Parameters):
        """Speed, course and phases."""

        speed: Speed = assumed("5 kn (3 .. 8 kn)", "Speed with a ship in tow.")
        course: Course = assumed("0 deg (0 .. 360 deg)", "Into what sea there is.")
        passing: Delay = {
            "low": "15 min",
            "mode": "25 min",
            "high": "60 min",
            "basis": "assumed",
            "why": "From the first line to a secured tow.",
        }
        towing: Duration = assumed("30 min (20 .. 60 min)", "Long enough to work up and slow down.")

    roles: ClassVar[dict[str, Role]] = {
        "towing": Role("ship that tows", family=("ship",)),
        "towed": Role("ship that is towed", family=("ship",)),
    }
    measures: ClassVar[tuple[str, ...]] = ("tows",)
    limits: ClassVar[Limits] = Limits.model_validate(
        {
            "sea_state": "4 (3 .. 5)",
            "daylight": "required",
            "basis": "assumed",
            "why": "Lines are handled by day.",
        }
    )

    def conduct(self, serial: LiveSerial) -> Process:
        """Close, pass the tow, proceed in tow, slip."""
        tug, tow = serial.ships("towing")[0], serial.ships("towed")[0]
        ordered = yield from serial.order([tug, tow], "pass the tow")
        yield from tow.transit(tug.position, tow.cruise_speed, ordered)
        passing = serial.parameters.passing.draw(serial.draws("passing"))
        yield from serial.spend(passing)
        serial.achieved(0.5)
        for ship in (tug, tow):
            ship.steer(*velocity(serial.parameters.course.value, serial.parameters.speed.value), ordered)
        began = serial.now
        yield from serial.spend(serial.parameters.towing.value)
        serial.write(
            TOWED, tug, tow, cause=ordered, passing_min=passing / 60, towed_min=(serial.now - began) / 60
        )
        serial.achieved(1.0)
