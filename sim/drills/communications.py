"""Communications drill (COMMEX): signals sent across the formation, acknowledged, repeated when not understood.

Each signal goes from one force's flagship to every other ship; the forces take turns. What crosses the
boundary between two navies takes longer and has to be repeated more often, and less so with practice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.drills._drill import Drill, Process, Role, assumed
from sim.log import kind
from sim.scenario.numbers import Count, Delay, Time
from sim.scenario.sheets import Limits

if TYPE_CHECKING:
    from sim.serial import LiveSerial

SIGNAL = kind("signal", "A drill signal has reached all addressees.", signal="count", taken_s="number",
              addressees="count")  # fmt: skip


class Communications(Drill):
    """A series of signals by flags, light and voice through the whole formation."""

    class Parameters(Drill.Parameters):
        """How much is signalled."""

        signals: Count = assumed("12 (8 .. 20)", "As many as fit a signal drill of an hour with two navies.")
        interval: Delay = {  # type: ignore[assignment]  # validated: written as a file would
            "low": "60 s", "mode": "90 s", "high": "180 s", "basis": "assumed",
            "why": "From one signal completed to the next hoisted.",
        }  # fmt: skip
        standard: Time = assumed(
            "8 min (5 .. 12 min)", "A signal through the whole formation in this time counts."
        )

    roles: ClassVar[dict[str, Role]] = {
        "ships": Role("ships that exchange signals", family=("ship",), least=2)
    }
    limits: ClassVar[Limits] = Limits.model_validate(
        {"sea_state": "7 (6 .. 8)", "basis": "assumed", "why": "Any weather in which a bridge can be manned."}
    )
    technical: ClassVar[str | None] = "signals-in-time"

    def conduct(self, serial: LiveSerial) -> Process:
        """Signal after signal, each force's flagship in turn."""
        forces = list(dict.fromkeys(ship.force for ship in serial.ships("ships") if ship.force is not None))
        signals = serial.parameters.signals.whole
        for number in range(1, signals + 1):
            sender = serial.exercise.commanders[forces[(number - 1) % len(forces)]]
            addressees = [ship for ship in serial.units("ships") if ship.name != sender.flagship]
            yield from serial.gate()
            began = serial.now
            heard = yield from sender.order(addressees, f"signal {number}", serial.number, serial.last)
            serial.write(
                SIGNAL, cause=heard, signal=number, taken_s=serial.now - began, addressees=len(addressees)
            )
            serial.achieved(number / signals)
            yield from serial.spend(serial.parameters.interval.draw(serial.draws("interval")))
