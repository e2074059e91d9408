"""A generic evolution: assemble, proceed in company, time passes, disperse.

An honest stand-in for a serial whose own drill is not modelled: it occupies units, area and hours, burns
fuel and is subject to weather, casualties and orders, but nothing happens in it that could be scored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.drills._company import InCompany
from sim.drills._drill import Process, Role

if TYPE_CHECKING:
    from sim.serial import LiveSerial


class Evolution(InCompany):
    """Ships steam in company inside the area, altering course now and then, for the time of the serial."""

    roles: ClassVar[dict[str, Role]] = {
        "units": Role("ships that take part", family=("ship",)),
        "aircraft": Role(
            "aircraft that take part", family=("helicopter", "aircraft"), least=0, optional=True
        ),
    }

    def conduct(self, serial: LiveSerial) -> Process:
        """Legs of steaming in company until the time on task is up."""
        duration = serial.duration
        try:
            yield from serial.order(serial.ships("units"), "proceed in company")
            serial.start(self.steam(serial, "units"))
            yield from serial.spend(duration - serial.on_task)
        finally:
            serial.achieved(serial.on_task / duration)
