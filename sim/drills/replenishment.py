"""Replenishment at sea (RAS): customers come alongside a tanker under way, take fuel, and break away.

The time line of each customer is approach, hook-up, pumping at the rig's rate, unhooking and departure;
the tanker's stations are a queue. Source of the phases: seeds ras-speed, ras-separation, ras-two-customers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.drills._alongside import Alongside
from sim.drills._drill import Process, Role, assumed
from sim.geometry import velocity
from sim.scenario.numbers import Course, Depth, Speed
from sim.scenario.sheets import Limits

if TYPE_CHECKING:
    import simpy

    from sim.serial import LiveSerial
    from sim.units.ship import Ship


class Replenishment(Alongside):
    """A tanker on a steady course serves customers at her stations, one after another."""

    class Parameters(Alongside.Parameters):
        """Course, speed and safety, beside the phases."""

        speed: Speed = {"value": "12 kn", "low": "12 kn", "high": "14 kn", "source": ["X07", "X10"],
                        "confidence": "typical"}  # type: ignore[assignment] # fmt: skip
        course: Course = assumed(
            "90 deg (0 .. 360 deg)", "A steady course; the staff picks one with room ahead."
        )
        stand_off: Depth = assumed(
            "1 nmi (0.5 .. 2 nmi)",
            "Closer than this to a ship passing by, ships in company stand fast until she is clear.",
        )

    roles: ClassVar[dict[str, Role]] = {
        "tanker": Role("ship that gives fuel", family=("ship",), carries=("replenishment-rig",)),
        "customers": Role("ships that take fuel", family=("ship",)),
    }
    limits: ClassVar[Limits] = Limits.model_validate(
        {"sea_state": "5 (4 .. 5)", "visibility": "1 nmi (0.5 .. 2 nmi)", "basis": "assumed",
         "why": "Designs work to sea state 5, routine stops at 4; the approach needs sight of the tanker."}
    )  # fmt: skip
    technical: ClassVar[str | None] = "fuel-delivered"
    measures: ClassVar[tuple[str, ...]] = ("fuel-left",)
    close: ClassVar[tuple[tuple[str, str], ...]] = (("tanker", "customers"), ("customers", "customers"))

    def conduct(self, serial: LiveSerial) -> Process:
        """The tanker takes her course; customers wait astern and come up as stations fall free."""
        tanker = serial.ships("tanker")[0]
        sheet = tanker.platform.replenishment
        assert sheet is not None  # the role carries a rig
        yield from serial.order(serial.units(), "replenish")
        course = tanker.on_plane(serial.parameters.course.value)
        tanker.steer(*velocity(course, serial.parameters.speed.value), serial.last)
        import simpy  # noqa: PLC0415  # not to read what is declared here

        rigs = simpy.Resource(serial.exercise.env, sheet.stations.whole)
        customers = serial.ships("customers")
        served: list[str] = []
        yield from serial.together(
            [self._one(serial, tanker, ship, rigs, place, served) for place, ship in enumerate(customers)]
        )

    def _one(
        self,
        serial: LiveSerial,
        tanker: Ship,
        ship: Ship,
        rigs: simpy.Resource,
        place: int,
        served: list[str],
    ) -> Process:
        """One customer, and what her being served is of the whole."""
        total = max(1, len(serial.ships("customers")))
        if (yield from self.serve(serial, tanker, ship, rigs, place)):
            served.append(ship.name)
        serial.achieved(len(served) / total)
