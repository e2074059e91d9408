"""Air patrol cover: fighters on station over ships, relieved on task; early warning on a station of its own.

Aircraft on station fly a racetrack until fuel sends them home. The relief takes off so as to be there when the other must leave; when
it is late, or there is none, there is a gap. How many aircraft a station takes is the cycle over the time on task, rounded up: with
fewer, the share of time covered is n times the time on task over the cycle.
The closed forms are in `sim.relief`. Source: elementary; the cycle of an aircraft is launch, transit, time on task, way home, recovery and turnaround.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, ClassVar

from sim.drills._company import InCompany
from sim.drills._drill import Process, Role, assumed
from sim.log import kind
from sim.scenario.numbers import Course, Duration, Length, Several
from sim.scenario.sheets import Limits
from sim.setting import SHORTEST, first_of, when

if TYPE_CHECKING:
    from sim.serial import LiveSerial
    from sim.units.aircraft import Aircraft

TAKES_OVER = kind("takes-over", "An aircraft takes over the station.", gap_s="number")
UNCOVERED = kind("uncovered", "A station is without anybody.", gap_s="number")
COVERED = kind(
    "covered", "How long the station was covered.", covered_s="number", gaps="count", planned_s="number"
)


class AirPatrolCover(InCompany):
    """A fighter station over ships, with relief on task."""

    class Parameters(InCompany.Parameters):
        """The racetrack and the relief."""

        straight: Length = assumed("15 nmi (10 .. 25 nmi)", "Of the legs of the racetrack.")
        width: Length = assumed("5 nmi (3 .. 8 nmi)", "Between its legs.")
        course: Course = assumed("0 deg (0 .. 360 deg)", "Of the legs, along the threat.")
        on_station: Several = assumed("2 (1 .. 4)", "Aircraft on the station at once, a pair.")
        margin: Duration = assumed(
            "5 min (2 .. 10 min)", "By which the relief is to be there before the other leaves."
        )

    roles: ClassVar[dict[str, Role]] = {
        "ships": Role("ships that are covered", family=("ship",)),
        "fighters": Role("fighters on station at COMEX", family=("aircraft",)),
        "relief": Role(
            "fighters that relieve them, in this order",
            family=("aircraft",),
            least=0,
            optional=True,
            waits=True,
        ),
        "warning": Role("early warning aircraft", family=("aircraft",), least=0, optional=True),
    }
    limits: ClassVar[Limits] = Limits.model_validate(
        {"visibility": "1 nmi (0.5 .. 3 nmi)", "basis": "assumed", "why": "The fields ashore must be open."}
    )
    technical: ClassVar[str | None] = "station-covered"
    measures: ClassVar[tuple[str, ...]] = ("cover-gaps", "sorties")

    def conduct(self, serial: LiveSerial) -> Process:
        """Ships steam; the station is kept from COMEX to the end of the serial."""
        ordered = yield from serial.order(
            serial.units("ships") + serial.units("fighters"), "combat air patrol"
        )
        serial.start(self.steam(serial, "ships"))
        for unit in serial.units("warning"):
            serial.start(self._circle(serial, unit, ordered))
        began, gone, gaps = serial.now, 0.0, 0
        fighters = serial.aircraft("fighters")
        flying = fighters[: serial.parameters.on_station.whole]
        ready = [*fighters[len(flying):], *serial.aircraft("relief")]  # fmt: skip
        for unit in flying:
            serial.start(self._circle(serial, unit, ordered))
        empty_since: float | None = None
        end = serial.now + serial.duration - serial.on_task
        coming: Aircraft | None = None
        try:
            while end - serial.now > SHORTEST:
                on_task = [unit for unit in (*flying, *ready) if unit.is_on_task]
                if not on_task and empty_since is None:
                    empty_since, gaps = serial.now, gaps + 1
                elif on_task and empty_since is not None:
                    gone += serial.now - empty_since
                    serial.write(TAKES_OVER, on_task[0], gap_s=serial.now - empty_since)
                    empty_since = None
                if coming is not None and not coming.is_coming:
                    if coming.is_on_task:
                        serial.start(self._circle(serial, coming, serial.last))
                    coming = None
                wait = self._until_relief(serial, flying, ready)
                if (
                    coming is None
                    and wait <= SHORTEST
                    and (relief := self._next(serial, flying, ready)) is not None
                ):
                    coming = relief
                    serial.start(
                        relief.sortie(serial.centre, self._bingo(on_task), serial.number, serial.last)
                    )
                times = [end, *([serial.now + wait] if wait > SHORTEST and coming is None else [])]
                yield first_of(
                    serial.exercise.env, when(serial.exercise.env, min(times)), serial.exercise.news.rung
                )
                serial.achieved((serial.now - began) / serial.duration)
        finally:
            if empty_since is not None:
                gone += serial.now - empty_since
                serial.write(UNCOVERED, *serial.ships("ships")[:1], gap_s=serial.now - empty_since)
            planned = serial.now - began
            serial.write(
                COVERED, *serial.ships("ships")[:1], covered_s=planned - gone, gaps=gaps, planned_s=planned
            )

    def _circle(self, serial: LiveSerial, unit: Aircraft, cause: int | None) -> Process:
        parameters = serial.parameters
        yield from unit.racetrack(serial.centre, parameters.course.value, parameters.straight.value, parameters.width.value,
                                  unit.cruise_speed, cause)  # fmt: skip

    def _bingo(self, on_task: list[Aircraft]) -> float:
        """When the first of those on task has to leave, s; now when there is nobody."""
        leaves = [unit.now + left for unit in on_task if (left := unit.time_on_task()) < inf]
        return min(leaves, default=on_task[0].now if on_task else 0.0)

    def _until_relief(self, serial: LiveSerial, flying: list[Aircraft], ready: list[Aircraft]) -> float:
        """Until the next relief has to be sent, s; without end when nobody is left to send."""
        relief = self._next(serial, flying, ready)
        if relief is None:
            return inf
        on_task = [unit for unit in (*flying, *ready) if unit.is_on_task]
        lead = relief.lead(serial.centre) + serial.parameters.margin.value
        return max(0.0, self._bingo(on_task) - serial.now - lead) if on_task else 0.0

    def _next(self, serial: LiveSerial, flying: list[Aircraft], ready: list[Aircraft]) -> Aircraft | None:
        """The next aircraft that can be sent: a relief first, then one that has been turned round."""
        able = [
            unit
            for unit in (*ready, *flying)
            if unit.unfit((), serial.centre) is None and not unit.limits_broken()
        ]
        return able[0] if able else None
