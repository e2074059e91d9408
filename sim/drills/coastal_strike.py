"""Coastal strike: electronic launches at a mark ashore, timed so that all arrive together.

An aircraft finds the mark and reports it; the officer conducting names a time on target; each ship works her own launch time from her
distance and the speed of what she would fire. Errors of her clock and the delay of a launch make her early or late. Nothing is
launched (S07): the moment of arrival is what is scored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.drills._drill import Drill, Process, Role, assumed
from sim.geometry import velocity
from sim.log import kind
from sim.scenario.numbers import Course, Delay, Duration, Length, Several, Speed, Time
from sim.scenario.sheets import Limits
from sim.setting import SHORTEST
from sim.variates import exponential, normal

if TYPE_CHECKING:
    from sim.serial import LiveSerial
    from sim.units.ship import Ship
    from sim.units.target import Target

TARGETED = kind("targeted", "The mark ashore is found and reported.", searched_s="number", by="text")
ORDERED = kind("time-on-target", "A time on target is ordered.", in_s="number")
ELECTRONIC = kind(
    "electronic-launch", "A ship plays a launch.", strike="count", range_m="number", flight_s="number"
)
ARRIVED = kind("arrived", "A played missile would arrive.", strike="count", error_s="number")


class CoastalStrike(Drill):
    """Ships play a strike on a mark ashore, all at one time."""

    class Parameters(Drill.Parameters):
        """The mark, the strikes and their timing."""

        target: str = "shore-target"
        bears: Course = assumed("300 deg (0 .. 360 deg)", "Where the mark is from the middle of the area.")
        away: Length = assumed("60 nmi (30 .. 120 nmi)", "And how far; a notional mark.")
        strikes: Several = assumed("2 (1 .. 4)", "Played one after another.")
        missile_speed: Speed = assumed(
            "280 m/s (240 .. 320 m/s)", "Of a subsonic missile; generic, of no named type."
        )
        notice: Duration = assumed("12 min (8 .. 20 min)", "From the order to the time on target.")
        search: Duration = assumed(
            "30 min (15 .. 45 min)", "After which the strike goes by the chart, found or not."
        )
        window: Time = assumed(
            "20 s (10 .. 60 s)", "Either side of the time on target that counts as coordinated."
        )
        clock_error: Time = assumed(
            "4 s (1 .. 10 s)", "Standard deviation between a ship's clock and the flagship's."
        )
        launch_delay: Time = assumed("5 s (2 .. 15 s)", "Mean delay of a launch, drawn from an exponential.")
        interval: Delay = {"low": "8 min", "mode": "12 min", "high": "20 min", "basis": "assumed",
                           "why": "From one strike to the next order."}  # type: ignore[assignment] # fmt: skip

    roles: ClassVar[dict[str, Role]] = {
        "firing": Role("ships that play the launches", family=("ship",), least=1),
        "aircraft": Role(
            "aircraft that find the mark", family=("helicopter", "aircraft"), least=0, optional=True
        ),
    }
    limits: ClassVar[Limits] = Limits.model_validate(
        {"sea_state": "6 (5 .. 6)", "basis": "assumed", "why": "Nothing leaves the ships."}
    )
    technical: ClassVar[str | None] = "strikes-coordinated"
    measures: ClassVar[tuple[str, ...]] = ("time-on-target-error", "time-to-find")
    targets: ClassVar[tuple[str, ...]] = ("target",)

    def conduct(self, serial: LiveSerial) -> Process:
        """Find the mark; then order, launch and arrive, strike after strike."""
        parameters, (x, y) = serial.parameters, serial.centre
        dx, dy = velocity(parameters.bears.value, parameters.away.value)
        mark = serial.target(parameters.target, (x + dx, y + dy))
        ordered = yield from serial.order(serial.units(), "strike exercise")
        cause = yield from self._find(serial, mark, ordered)
        serial.achieved(0.3)
        for strike in range(1, parameters.strikes.whole + 1):
            yield from serial.gate()
            ships = [ship for ship in serial.ships("firing") if serial.fit(ship, "firing")]
            due = serial.now + parameters.notice.value
            told = serial.write(ORDERED, mark, cause=cause, in_s=parameters.notice.value)
            yield from serial.together([self._fire(serial, ship, mark, strike, due, told) for ship in ships])
            serial.achieved(0.3 + 0.7 * strike / parameters.strikes.whole)
            if strike < parameters.strikes.whole:
                yield from serial.spend(parameters.interval.draw(serial.draws("interval")))

    def _find(self, serial: LiveSerial, mark: Target, ordered: int) -> Process:
        """The aircraft look for it; without a report in time the strike goes by the chart."""
        searchers, began = serial.units("aircraft"), serial.now
        if not searchers:
            return serial.write(TARGETED, mark, cause=ordered, searched_s=0.0, by="chart")
        vigil = serial.watch(searchers, [mark], ordered)
        for unit in searchers:
            serial.start(unit.transit(mark.position, unit.cruise_speed, ordered))
        until = serial.now + serial.parameters.search.value
        contact = yield from vigil.await_contact(mark, until)
        while contact is not None and vigil.known_to(serial.officer.force, mark) is None:
            yield vigil.reported.rung
        by, cause = ("chart", ordered) if contact is None else (contact.observer.name, contact.record)
        return serial.write(TARGETED, mark, cause=cause, searched_s=serial.now - began, by=by)

    def _fire(
        self, serial: LiveSerial, ship: Ship, mark: Target, strike: int, due: float, cause: int
    ) -> Process:
        """One ship: told by the staff, launches so as to arrive in time by her own clock."""
        parameters, draws = serial.parameters, serial.draws("timing", ship.name)
        told = yield from serial.order([ship], f"time on target, strike {strike}", cause)
        flight = serial.exercise.referee.distance(ship, mark) / parameters.missile_speed.value
        error, delay = (
            normal(draws, 0.0, parameters.clock_error.value),
            exponential(draws, parameters.launch_delay.value),
        )
        yield serial.exercise.env.timeout(max(SHORTEST, due - flight - serial.now + error + delay))
        launched = serial.write(ELECTRONIC, ship, mark, cause=told, strike=strike, flight_s=flight,
                                range_m=serial.exercise.referee.distance(ship, mark))  # fmt: skip
        yield serial.exercise.env.timeout(max(SHORTEST, flight))
        serial.write(ARRIVED, ship, mark, cause=launched, strike=strike, error_s=serial.now - due)
