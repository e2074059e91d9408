"""Air patrol cover: fighters on a station out towards the threat, relieved on task; early warning on one of its own.

Aircraft on station fly a racetrack until fuel sends them home. The relief is told so as to be there when the other must leave; when it
is late, or there is none, there is a gap. One aircraft's cycle is launch, way out, time on task, way home, recovery and turnaround: to hold
one place takes the cycle over the time on task, rounded up, and n aircraft hold it for the share n x time on task / cycle at most.
The closed forms are in `sim.relief`. Source: derived from the phases of the cycle; the times are those of the data sheets. Ships need not
be there; with them, they steam in the area. Interceptions from the station are not played.
"""

from __future__ import annotations

from math import pi
from typing import TYPE_CHECKING, ClassVar

from sim.drills._company import InCompany
from sim.drills._cover import Cover, Track
from sim.drills._drill import Process, Role, assumed
from sim.geometry import Point, velocity
from sim.scenario.numbers import Course, Depth, Length, Several, Time
from sim.scenario.sheets import Limits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.scenario.schema import Scenario, Serial
    from sim.serial import LiveSerial


class AirPatrolCover(InCompany):
    """A fighter station over ships, with relief on task, and one for early warning."""

    class Parameters(InCompany.Parameters):
        """The stations and the relief."""

        threat: Course = assumed("180 deg (0 .. 360 deg)", "Where raiders would come from; not public.")
        ahead: Depth = assumed(
            "25 nmi (10 .. 60 nmi)", "The fighter station is so far out towards the threat."
        )
        straight: Length = assumed(
            "15 nmi (10 .. 25 nmi)", "Of the legs of a racetrack, flown to and from it."
        )
        width: Length = assumed("5 nmi (3 .. 8 nmi)", "Between its legs.")
        on_station: Several = assumed("2 (1 .. 4)", "Fighters on the station at once, a pair.")
        warning_behind: Depth = assumed(
            "40 nmi (20 .. 80 nmi)", "The station of early warning is so far on the other side of the ships."
        )
        margin: Time = assumed(
            "5 min (0 .. 10 min)", "By which the relief is to be there before the other leaves."
        )

    roles: ClassVar[dict[str, Role]] = {
        "ships": Role("ships that are covered", family=("ship",), least=0, optional=True),
        "fighters": Role("fighters on station at COMEX", family=("aircraft",)),
        "relief": Role("fighters that relieve them, in this order, and are relieved by them", family=("aircraft",), least=0,
                       optional=True, waits=True),
        "warning": Role("early warning aircraft", family=("aircraft",), least=0, optional=True),
    }  # fmt: skip
    limits: ClassVar[Limits] = Limits.model_validate(
        {"visibility": "1 nmi (0.5 .. 3 nmi)", "basis": "assumed", "why": "The fields ashore must be open."}
    )
    technical: ClassVar[str | None] = "station-covered"
    measures: ClassVar[tuple[str, ...]] = ("cover-gaps", "longest-gap", "cover-sorties", "sorties")

    @classmethod
    def check(cls, serial: Serial, scenario: Scenario) -> Iterator[tuple[str, str]]:
        """No more fighters at COMEX than places for them."""
        fighters, places = serial.roles.get("fighters"), serial.parameters.on_station.whole  # type: ignore[attr-defined]
        if fighters is not None and len(fighters.names) > places:
            yield (
                "on_station",
                f"{len(fighters.names)} fighters at COMEX for {places} places; the others are its relief",
            )

    def conduct(self, serial: LiveSerial) -> Process:
        """Ships steam; the stations are kept from COMEX to the end of the serial."""
        parameters, duration = serial.parameters, serial.duration
        try:
            ordered = yield from serial.order(
                serial.units("ships") + serial.units("fighters") + serial.units("warning"),
                "combat air patrol",
            )
            serial.start(self.steam(serial, "ships"))
            fighters = Cover(serial, "fighters", self._track(serial, parameters.ahead.value), parameters.on_station.whole,
                             parameters.margin.value)  # fmt: skip
            serial.start(fighters.keep(serial.aircraft("fighters"), ("relief", "fighters"), ordered))
            if serial.aircraft("warning"):
                warning = Cover(serial, "warning", self._track(serial, -parameters.warning_behind.value), 1,
                                parameters.margin.value)  # fmt: skip
                serial.start(warning.keep(serial.aircraft("warning"), ("warning",), ordered))
            yield from serial.spend(duration - serial.on_task)
        finally:
            serial.achieved(serial.on_task / duration)

    def _track(self, serial: LiveSerial, out: float) -> Track:
        """A racetrack along the threat, its middle so far out towards it, m; behind when negative."""
        parameters, (x, y) = serial.parameters, serial.centre
        course = serial.on_plane(parameters.threat.value)
        start = _beside((x, y), course, out - parameters.straight.value / 2, -parameters.width.value / 2)
        return Track(start, course, parameters.straight.value, parameters.width.value)


def _beside(place: Point, course: float, along: float, across: float) -> Point:
    """A place so far along a course and to the right of it, m."""
    (ax, ay), (bx, by) = velocity(course, along), velocity(course + pi / 2, across)
    return place[0] + ax + bx, place[1] + ay + by
