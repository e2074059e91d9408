"""Night passage: ships proceed darkened and silent, keeping station by eye, and change station now and then.

Emission control: no ship's radar or radio is on from COMEX to FINEX, so radars see nothing, receivers hear nothing, and stations
are kept less well than with radar; in station each ship corrects once in a while. Now and then somebody slips and radiates for
a moment; such lapses come as a Poisson process of each ship. Nothing public says how the two navies did it; the model is a proposal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.drills._company import Handled, alter_course
from sim.drills._drill import Process, Role, assumed
from sim.log import kind
from sim.scenario.numbers import Delay, Duration, Plain, Rate
from sim.scenario.sheets import Limits
from sim.setting import SHORTEST
from sim.variates import choose, exponential

if TYPE_CHECKING:
    from sim.serial import LiveSerial
    from sim.units._agent import Unit

CONTROL = kind("emission-control", "A ship falls silent, or may radiate again.", silent="count")
EMISSION = kind("emission", "A ship under emission control radiates by a slip.", lasted_s="number")

FORMATIONS = ("column", "line-of-bearing", "diamond")


class NightPassage(Handled):
    """Darkened ships in company under emission control."""

    class Parameters(Handled.Parameters):
        """Pace, spacing, and how silent the ships are."""

        evolution: Duration = assumed(
            "45 min (30 .. 90 min)", "Between changes of station, fewer than by day."
        )
        by_eye: Plain = assumed(
            "1.8 (1.2 .. 2.5)", "Factor on the errors of handling without radar and lights."
        )
        lapses: Rate = assumed(
            "0.05 /h (0.01 .. 0.2 /h)", "Of one ship: a navigation radar left on, a word by radio."
        )
        lapse: Delay = {"low": "5 s", "mode": "30 s", "high": "5 min", "basis": "assumed",
                        "why": "Until somebody notices."}  # type: ignore[assignment] # fmt: skip

    roles: ClassVar[dict[str, Role]] = {
        "guide": Role("ship the others keep station on", family=("ship",)),
        "ships": Role("ships in company", family=("ship",), least=2),
        "aircraft": Role(
            "aircraft that keep the air picture", family=("helicopter", "aircraft"), least=0, optional=True
        ),
    }
    limits: ClassVar[Limits] = Limits.model_validate(
        {"sea_state": "6 (5 .. 7)", "visibility": "1 nmi (0.5 .. 2 nmi)", "basis": "assumed",
         "why": "Without radar a ship must see the next one."}
    )  # fmt: skip
    technical: ClassVar[str | None] = "stations-kept"
    measures: ClassVar[tuple[str, ...]] = ("station-error", "station-keeping", "emissions")

    def conduct(self, serial: LiveSerial) -> Process:
        """Go silent, change station time after time, and radiate again at the end."""
        parameters, guide, draws = serial.parameters, serial.ships("guide")[0], serial.draws("formation")
        began, number = serial.on_task, 0
        ordered = yield from serial.order(serial.units(), "darken ship, emission control")
        silent = serial.ships()
        try:
            for ship in silent:
                ship.radiates = False
                serial.write(CONTROL, ship, cause=ordered, silent=1)
                serial.start(self._slip(serial, ship))
            while serial.on_task - began < serial.duration and serial.fit(guide, "guide"):
                yield from serial.gate()
                number += 1
                alter_course(serial, [guide])
                ships = [ship for ship in serial.ships("ships") if serial.fit(ship, "ships")]
                seconds = parameters.evolution.draw(serial.draws("evolution"))
                until = serial.on_task + seconds
                formation = FORMATIONS[choose(draws, [1.0] * len(FORMATIONS))]
                yield from self.form(
                    serial, guide, ships, formation, number, seconds, parameters.by_eye.value
                )
                yield from serial.spend(until - serial.on_task)
                serial.achieved((serial.on_task - began) / serial.duration)
        finally:
            for ship in silent:
                ship.radiates = True
                serial.write(CONTROL, ship, silent=0)

    def _slip(self, serial: LiveSerial, ship: Unit) -> Process:
        """The lapses of one ship."""
        draws, parameters = serial.draws("lapses", ship.name), serial.parameters
        while True:
            yield serial.exercise.env.timeout(
                max(SHORTEST, exponential(draws, 1.0 / parameters.lapses.value))
            )
            lasts = max(SHORTEST, parameters.lapse.draw(draws))
            ship.radiates = True
            serial.write(EMISSION, ship, lasted_s=lasts)
            yield serial.exercise.env.timeout(lasts)
            ship.radiates = False
