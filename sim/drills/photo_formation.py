"""Photo formation (PHOTOEX): ships close up in an ordered formation for the photographer, and hold it.

Ships form on a guide at close distance; photographs are taken at set moments while each corrects her station again and
again. On time is the first photograph at its moment; in place is a ship within the tolerance of her station.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from sim.drills._company import Handled, alter_course
from sim.drills._drill import Process, Role, assumed
from sim.log import kind
from sim.scenario.numbers import Angle, Duration, Length, Several
from sim.scenario.sheets import Limits

if TYPE_CHECKING:
    from sim.serial import LiveSerial

PHOTOGRAPH = kind(
    "photograph",
    "A photograph of the formation is taken.",
    photograph="count",
    late_s="number",
    ships="count",
)


class PhotoFormation(Handled):
    """Close formation for photographs."""

    class Parameters(Handled.Parameters):
        """Formation, moments and how well stations are kept."""

        formation: Literal["column", "line-abreast", "line-of-bearing", "diamond"] = "diamond"
        spacing: Length = assumed("500 yd (300 .. 1000 yd)", "Close enough to fill a picture.")
        photographs: Several = assumed("3 (2 .. 6)", "So that one of them is good.")
        interval: Duration = assumed(
            "10 min (5 .. 15 min)", "Between photographs: the photographer moves round."
        )
        form_up: Duration = assumed("30 min (20 .. 60 min)", "Given to the ships to close up, from COMEX.")
        tolerance: Length = assumed("100 m (50 .. 150 m)", "Within this of her station a ship has taken it.")
        course_error: Angle = assumed(
            "1 deg (0.5 .. 2 deg)", "Standard deviation of the course steered, with care."
        )

    roles: ClassVar[dict[str, Role]] = {
        "guide": Role("ship the others form on", family=("ship",)),
        "ships": Role("ships in the formation, in this order", family=("ship",), least=2),
        "photographer": Role(
            "helicopter with the photographer", family=("helicopter",), least=0, optional=True
        ),
    }
    limits: ClassVar[Limits] = Limits.model_validate(
        {"sea_state": "4 (3 .. 5)", "visibility": "4 nmi (2 .. 6 nmi)", "daylight": "required", "basis": "assumed",
         "why": "Ships at 500 yards in a seaway are uneasy, and a picture wants light."}
    )  # fmt: skip
    technical: ClassVar[str | None] = "stations-kept"
    measures: ClassVar[tuple[str, ...]] = ("photograph-lateness", "station-error", "station-keeping")

    def conduct(self, serial: LiveSerial) -> Process:
        """One course, one formation; photographs at their moments."""
        parameters, guide = serial.parameters, serial.ships("guide")[0]
        began, late = serial.on_task, serial.now
        ordered = yield from serial.order(serial.ships(), f"photo formation {parameters.formation}")
        alter_course(serial, [guide], ordered)
        seconds = parameters.form_up.draw(serial.draws("form up"))
        due = late + seconds
        for number in range(1, parameters.photographs.whole + 1):
            ships = [ship for ship in serial.ships("ships") if serial.fit(ship, "ships")]
            left = max(60.0, seconds - (serial.on_task - began) if number == 1 else parameters.interval.value)
            until = serial.on_task + left
            yield from self.form(serial, guide, ships, parameters.formation, number, left)
            yield from serial.spend(until - serial.on_task)
            serial.write(PHOTOGRAPH, guide, photograph=number, late_s=serial.now - due, ships=len(ships))
            serial.achieved(number / parameters.photographs.whole)
            due = serial.now + parameters.interval.value
