"""Submarine search (CASEX): ships sweep, helicopters dip, a submarine patrols and evades; contact, classification, false contacts.

Ships share the area in strips and sweep them on parallel tracks; helicopters dip at places at random in it; aircraft drop buoys. A contact is
classified after a while. False contacts come as a Poisson process of each hunter and take him off his search until they
are classified as false. Looks at random find as 1 - exp(-W v t / A); that is what the coverage of this drill is held against.
Sources: Koopman, Search and Screening (1946); Washburn, Search and Detection, 4th edition (2002).
"""

from __future__ import annotations

from functools import partial
from math import pi
from typing import TYPE_CHECKING, ClassVar

from sim.drills._drill import Drill, Process, Role, assumed
from sim.drills._submarine import Rules, anywhere, patrol
from sim.geometry import velocity
from sim.log import kind
from sim.patterns import parallel_sweeps
from sim.scenario.numbers import Course, Delay, Depth, Duration, Length, Plain, Rate, Some, Speed
from sim.scenario.sheets import Limits, fitted
from sim.setting import SHORTEST, when
from sim.variates import exponential, uniform

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sim.scenario.schema import Scenario, Serial
    from sim.serial import LiveSerial
    from sim.units._agent import Unit
    from sim.units.aircraft import Aircraft
    from sim.units.ship import Ship
    from sim.vigil import Vigil

DIP = kind("dip", "A helicopter dips.", dip="count")
BUOY = kind("buoy", "An aircraft drops a buoy.", buoy="count")
FALSE = kind("false-contact", "A hunter has a contact that is none, and looks into it.", took_s="number")
CLASSIFIED = kind(
    "classified", "A contact is classified as a submarine.", after_s="number", since_comex_s="number"
)
SWEPT = kind("swept", "What one hunter has searched.", track_m="number", width_m="number", coverage="number")


class AswSearch(Drill):
    """Hunters search an area for a submarine."""

    class Parameters(Rules, Drill.Parameters):
        """The submarine, the search, and false contacts."""

        target: str = "submarine-target"
        buoy: str = "sonobuoy"
        speed: Speed = assumed("14 kn (10 .. 18 kn)", "Of ships that sweep: faster they deafen themselves.")
        spacing: Length = assumed("4 nmi (2 .. 8 nmi)", "Between tracks of a ship, about her sweep width.")
        course: Course = assumed("0 deg (0 .. 360 deg)", "Of the tracks.")
        dip_time: Duration = assumed("6 min (4 .. 10 min)", "Of one dip: lower, look, raise.")
        buoys: Some = assumed("8 (4 .. 20)", "Dropped by one aircraft in the serial.")
        classify: Delay = {"low": "3 min", "mode": "8 min", "high": "20 min", "basis": "assumed",
                           "why": "From contact to submarine, or not."}  # type: ignore[assignment] # fmt: skip
        false_contacts: Rate = assumed(
            "0.15 /h (0.05 .. 0.5 /h)", "Of one hunter: wrecks, whales, fish, wakes."
        )
        look_into: Delay = {"low": "8 min", "mode": "15 min", "high": "40 min", "basis": "assumed",
                            "why": "Until a false contact is known to be one."}  # type: ignore[assignment] # fmt: skip
        go_on: Plain = assumed(
            "0 (0 .. 1)", "1: search on after the submarine has been classified, to the end of the serial."
        )
        stand_off: Depth = assumed(
            "1 nmi (0.5 .. 2 nmi)", "Closer than this to a ship passing by, hunters stand fast."
        )

    roles: ClassVar[dict[str, Role]] = {
        "hunters": Role("ships that search", family=("ship",), carries=("sonar",)),
        "aircraft": Role(
            "helicopters that dip, aircraft that drop buoys",
            family=("helicopter", "aircraft"),
            least=0,
            optional=True,
        ),
        "submarine": Role(
            "submarine that is searched for; played when there is none",
            family=("submarine",),
            least=0,
            optional=True,
            plays="hostile",
        ),
    }
    limits: ClassVar[Limits] = Limits.model_validate(
        {"sea_state": "5 (4 .. 5)", "visibility": "1 nmi (0.5 .. 2 nmi)", "basis": "assumed",
         "why": "Helicopters dip, and above sea state 5 hull sonars hear little."}
    )  # fmt: skip
    technical: ClassVar[str | None] = "submarines-found"
    measures: ClassVar[tuple[str, ...]] = ("time-to-detect", "search-coverage", "false-contacts")
    targets: ClassVar[tuple[str, ...]] = ("target", "buoy")

    @classmethod
    def check(cls, serial: Serial, scenario: Scenario) -> Iterator[tuple[str, str]]:
        """A search needs an area; a submarine that runs is not slower than a quiet one."""
        if serial.area is None:
            yield "area", "a submarine search needs an area"
        if serial.parameters.run.value < serial.parameters.quiet.value:  # type: ignore[attr-defined]
            yield "run", "she runs slower than she is quiet"

    def conduct(self, serial: LiveSerial) -> Process:
        """Search until the submarine is found and classified, or the time is up."""
        parameters = serial.parameters
        ordered = yield from serial.order(serial.units(), "submarine search")
        live = serial.units("submarine")
        submarine = live[0] if live else serial.target(parameters.target, anywhere(serial, "start"))
        vigil = serial.watch(serial.ships("hunters"), [submarine], ordered)
        serial.start(patrol(serial, vigil, submarine))
        began, until = serial.now, serial.now + serial.duration - serial.on_task
        for place, ship in enumerate(serial.ships("hunters")):
            sweep = partial(ship.patrol, self._tracks(serial, place), parameters.speed.value, ordered)
            serial.start(self._hunt(serial, ship, sweep))
        for unit in serial.aircraft():
            seek = self._dip if "dipping-sonar" in fitted(unit.platform) else self._drop
            serial.start(self._hunt(serial, unit, partial(seek, serial, vigil, unit)))
        try:
            contact = yield from vigil.await_contact(submarine, until)
            if contact is not None:
                yield from serial.spend(parameters.classify.draw(serial.draws("classify")))
                serial.write(CLASSIFIED, contact.observer, submarine, cause=contact.record, after_s=serial.now - contact.since,
                             since_comex_s=contact.since - began)  # fmt: skip
                serial.achieved(1.0)
            if contact is None or parameters.go_on.value:
                yield from serial.spend(serial.duration - serial.on_task)
        finally:
            serial.achieved(0.5 * min(1.0, serial.on_task / serial.duration))
            for unit in serial.ships("hunters"):
                self._sum_up(serial, unit, serial.now - began)
            serial.leave_datum(submarine, vigil)

    def _hunt(self, serial: LiveSerial, unit: Unit, search: Callable[[], Process]) -> Process:
        """One hunter's search, in turn with his false contacts."""
        draws, env, rate = (
            serial.draws("false", unit.name),
            serial.exercise.env,
            serial.parameters.false_contacts.value,
        )
        while True:
            until = serial.now + exponential(draws, 1.0 / rate) if rate else serial.exercise.plan.length
            searching = serial.start(search())
            yield when(env, until)
            if searching.is_alive:
                searching.interrupt("false contact")
            took = serial.parameters.look_into.draw(draws)
            serial.write(FALSE, unit, took_s=took)
            yield env.timeout(max(SHORTEST, took))

    def _tracks(self, serial: LiveSerial, place: int) -> list[tuple[float, float]]:
        """A ship's parallel tracks in her strip of the square that the area holds."""
        parameters, ships = serial.parameters, max(1, len(serial.ships("hunters")))
        assert serial.shape is not None  # the check asks for an area
        side, spacing = serial.shape.reach * 2**0.5, parameters.spacing.value
        course = serial.on_plane(parameters.course.value)
        ex, ey = velocity(course, 1.0)
        offset = (place - (ships - 1) / 2) * side / ships
        centre = serial.centre[0] + offset * ey, serial.centre[1] - offset * ex
        return parallel_sweeps(centre, course, side, max(side / ships, 1.001 * spacing), spacing)

    def _dip(self, serial: LiveSerial, vigil: Vigil, unit: Aircraft) -> Process:
        """Dip after dip, at places at random, while on task."""
        number = 0
        while True:
            yield from serial.gate()
            if not unit.is_on_task:
                return
            number += 1
            yield from unit.transit(anywhere(serial, f"dips {unit.name}"), unit.cruise_speed, serial.last)
            if not unit.is_on_task:
                return
            try:
                serial.write(DIP, unit, dip=number)
                vigil.enlist(unit, sensors=("dipping-sonar",))
                yield serial.exercise.env.timeout(serial.parameters.dip_time.value)
            finally:
                vigil.drop(unit)

    def _drop(self, serial: LiveSerial, vigil: Vigil, unit: Aircraft) -> Process:
        """Buoys at places at random, each with its life; then remains overhead."""
        draws = serial.draws("buoys", unit.name)
        for number in range(1, serial.parameters.buoys.whole + 1):
            if not unit.is_on_task:
                return
            yield from unit.transit(anywhere(serial, f"buoys {unit.name}"), unit.cruise_speed, serial.last)
            if not unit.is_on_task:
                return
            buoy = serial.target(serial.parameters.buoy, unit.position)
            serial.write(BUOY, unit, buoy, buoy=number)
            vigil.enlist(buoy)
            yield serial.exercise.env.timeout(max(SHORTEST, uniform(draws, 30.0, 90.0)))

    def _sum_up(self, serial: LiveSerial, ship: Ship, seconds: float) -> None:
        """A ship's share of the area searched, by her sweep width: twice the range at which half her looks hear."""
        sonar = fitted(ship.platform).get("sonar")
        if sonar is None or serial.shape is None:
            return
        width = 2.0 * self._reach(serial, ship)
        track = serial.parameters.speed.value * seconds
        area = pi * serial.shape.reach**2
        serial.write(SWEPT, ship, track_m=track, width_m=width, coverage=width * track / area)

    def _reach(self, serial: LiveSerial, ship: Ship) -> float:
        from sim.sensors.sonar import Sonar  # noqa: PLC0415  # a kind of the shelf, asked for its range alone

        sonar = Sonar(fitted(ship.platform)["sonar"], ship.platform)
        return sonar.cap_in(serial.exercise.weather.sea_state)
