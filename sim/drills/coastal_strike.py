"""Coastal strike: electronic launches at a mark ashore, timed so that all arrive together.

The mark is known to lie somewhere near a place on the chart. Aircraft find it and hold it; their fix goes to their own staff and across the
boundary to the other, who knows it later. The officer conducting then orders a time on target. Each ship works her launch time from her distance, her own
way until then and the speed of what she plays to launch (`sim.time_on_target`), and again whenever she alters course or gets a better fix.
An error of her clock and the delay of a launch make her early or late; without a fix she aims at the chart. Nothing is launched: the moment and place of
arrival are what is scored.
Sources: derived; law of sines for the lead angle (Maneuvering Board Manual). That launches were electronic and aircraft of both sides gave the target is
reported (fact electronic-strike).
"""

from __future__ import annotations

from math import hypot, pi, sqrt
from typing import TYPE_CHECKING, ClassVar

from sim.drills._company import InCompany
from sim.drills._drill import Process, Role, assumed
from sim.geometry import Point, velocity
from sim.log import kind
from sim.scenario.numbers import Course, Delay, Depth, Duration, Length, Several, Speed, Time
from sim.scenario.sheets import Limits
from sim.setting import SHORTEST, first_of, when
from sim.stations import turned
from sim.time_on_target import flight_time
from sim.variates import exponential, normal, uniform

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.scenario.schema import Scenario, Serial
    from sim.serial import LiveSerial
    from sim.units._agent import Unit
    from sim.units.aircraft import Aircraft
    from sim.units.ship import Ship
    from sim.units.target import Target
    from sim.vigil import Vigil

MARK_FOUND = kind("mark-found", "The officer conducting has a fix of the mark ashore.", searched_s="number", fix_off_m="number")  # fmt: skip
BY_CHART = kind("strike-by-chart", "The strike goes by the chart: nobody has found the mark in time.", searched_s="number",
                off_m="number")  # fmt: skip
TIME_ON_TARGET = kind(
    "time-on-target", "A time on target is ordered.", strike="count", in_s="number", ships="count"
)
LAUNCH = kind("electronic-launch", "A ship plays a launch.", strike="count", range_m="number", flight_s="number",
              by_fix="count")  # fmt: skip
ARRIVED = kind("arrived", "A played missile would arrive: how late, and how far from the mark.", strike="count",
               error_s="number", off_m="number", coordinated="count")  # fmt: skip
WITHHELD = kind("launch-withheld", "A ship that was to launch does not.", strike="count", reason="text")


class CoastalStrike(InCompany):
    """Ships play a strike on a mark ashore, all at one time."""

    class Parameters(InCompany.Parameters):
        """The mark, the strikes and their timing."""

        target: str = "coastal-mark"
        bears: Course = assumed("300 deg (0 .. 360 deg)", "Where the mark is from the middle of the area.")
        away: Length = assumed("60 nmi (30 .. 120 nmi)", "And how far; a notional mark.")
        uncertain: Depth = assumed(
            "4 nmi (1 .. 10 nmi)", "It lies somewhere within so much of its place on the chart."
        )
        fix_error: Depth = assumed(
            "300 m (50 .. 1000 m)", "Standard deviation on each axis of the place an aircraft reports."
        )
        strikes: Several = assumed("2 (1 .. 4)", "Played one after another.")
        missile_speed: Speed = assumed(
            "280 m/s (240 .. 320 m/s)", "Of a subsonic missile; generic, of no named type."
        )
        reach: Length = assumed("120 nmi (80 .. 160 nmi)", "Beyond this nobody plays a launch; generic.")
        notice: Duration = assumed("12 min (8 .. 20 min)", "From the order to the time on target.")
        search: Duration = assumed(
            "30 min (15 .. 45 min)", "After which the strike goes by the chart, found or not."
        )
        window: Time = assumed(
            "20 s (10 .. 60 s)", "Either side of the time on target that counts as coordinated."
        )
        basket: Length = assumed(
            "2 km (1 .. 5 km)", "Aimed within so much of the mark counts; so wide a seeker is taken to look."
        )
        clock_error: Time = assumed(
            "4 s (1 .. 10 s)", "Standard deviation between a ship's clock and the flagship's."
        )
        launch_delay: Time = assumed("5 s (2 .. 15 s)", "Mean delay of a launch, drawn from an exponential.")
        interval: Delay = {"low": "8 min", "mode": "12 min", "high": "20 min", "basis": "assumed",
                           "why": "From one strike to the next order."}  # type: ignore[assignment] # fmt: skip

    roles: ClassVar[dict[str, Role]] = {
        "firing": Role("ships that play the launches", family=("ship",)),
        "aircraft": Role(
            "aircraft that find and hold the mark", family=("helicopter", "aircraft"), least=0, optional=True
        ),
    }
    limits: ClassVar[Limits] = Limits.model_validate(
        {"sea_state": "6 (5 .. 6)", "basis": "assumed", "why": "Nothing leaves the ships."}
    )
    technical: ClassVar[str | None] = "strikes-coordinated"
    measures: ClassVar[tuple[str, ...]] = ("time-on-target-error", "arrival-spread", "time-to-find")
    targets: ClassVar[tuple[str, ...]] = ("target",)

    @classmethod
    def check(cls, serial: Serial, scenario: Scenario) -> Iterator[tuple[str, str]]:
        """A mark within reach, and more notice than the flight takes."""
        parameters = serial.parameters
        away, reach = parameters.away.value, parameters.reach.value  # type: ignore[attr-defined]
        if away > reach:
            yield "away", "the mark lies beyond the reach of what is played"
        if parameters.missile_speed.value <= parameters.speed.value:  # type: ignore[attr-defined]
            yield "missile_speed", "the ships outrun what they play to launch"
        elif away / parameters.missile_speed.value >= parameters.notice.value:  # type: ignore[attr-defined]
            yield "notice", "less notice than the flight takes: everybody would be late"

    def conduct(self, serial: LiveSerial) -> Process:
        """Find the mark; then order, launch and arrive, strike after strike."""
        parameters = serial.parameters
        charted, mark = self._lay_out(serial)
        ordered = yield from serial.order(serial.units(), "strike exercise")
        serial.start(self.steam(serial, "firing"))
        targeting = _Targeting(serial, mark, charted, ordered)
        cause = yield from targeting.find()
        serial.achieved(0.3)
        for strike in range(1, parameters.strikes.whole + 1):
            yield from serial.gate()
            ships = serial.ships("firing")
            due = serial.now + parameters.notice.value
            told = serial.write(TIME_ON_TARGET, mark, cause=cause, strike=strike, in_s=parameters.notice.value,
                                ships=len(ships))  # fmt: skip
            yield from serial.together(
                [self._launch(serial, targeting, ship, strike, due, told) for ship in ships]
            )
            serial.achieved(0.3 + 0.7 * strike / parameters.strikes.whole)
            if strike < parameters.strikes.whole:
                yield from serial.spend(parameters.interval.draw(serial.draws("interval")))

    def _lay_out(self, serial: LiveSerial) -> tuple[Point, Target]:
        """The mark's place on the chart, and the mark, somewhere about it, each part of that circle as likely."""
        parameters, draws, (x, y) = serial.parameters, serial.draws("mark"), serial.centre
        dx, dy = velocity(serial.on_plane(parameters.bears.value), parameters.away.value)
        charted = x + dx, y + dy
        aside, off = uniform(draws, 0.0, 2 * pi), parameters.uncertain.value * sqrt(uniform(draws, 0.0, 1.0))
        dx, dy = velocity(aside, off)
        return charted, serial.target(parameters.target, (charted[0] + dx, charted[1] + dy))

    def _launch(
        self, serial: LiveSerial, targeting: _Targeting, ship: Ship, strike: int, due: float, cause: int
    ) -> Process:
        """One ship: told by the staff, launches so as to arrive in time by her own clock, at where she takes the mark to be."""
        parameters, env = serial.parameters, serial.exercise.env
        told = yield from serial.order([ship], f"time on target, strike {strike}", cause)
        clock = targeting.clocks[ship.name]
        delay = exponential(serial.draws("launch", ship.name), parameters.launch_delay.value)
        while True:  # as long as she has not altered course, got another fix, or come to her time
            aim = targeting.aim(ship)
            flight = self._flight(serial, ship, aim, due)
            if flight is None or (wait := due - flight + clock - serial.now) <= SHORTEST:
                break
            yield first_of(env, when(env, serial.now + wait), ship.helm.rung, targeting.vigil.reported.rung)
        yield env.timeout(max(SHORTEST, delay))
        away = hypot(aim[0] - ship.position[0], aim[1] - ship.position[1])
        reason = self._withheld(serial, ship, away)
        if reason:
            serial.write(WITHHELD, ship, targeting.mark, cause=told, strike=strike, reason=reason)
            return
        flight = away / parameters.missile_speed.value
        launched = serial.write(LAUNCH, ship, targeting.mark, cause=told, strike=strike, flight_s=flight, range_m=away,
                                by_fix=int(aim != targeting.charted))  # fmt: skip
        yield env.timeout(max(SHORTEST, flight))
        (x, y), error = targeting.mark.position, serial.now - due
        off = hypot(aim[0] - x, aim[1] - y)
        serial.write(ARRIVED, ship, targeting.mark, cause=launched, strike=strike, error_s=error, off_m=off,
                     coordinated=int(abs(error) <= parameters.window.value and off <= parameters.basket.value))  # fmt: skip

    def _flight(self, serial: LiveSerial, ship: Ship, aim: Point, due: float) -> float | None:
        (x, y), motion = ship.position, ship.motion
        return flight_time(
            aim[0] - x,
            aim[1] - y,
            motion.vx,
            motion.vy,
            serial.parameters.missile_speed.value,
            due - serial.now,
        )

    def _withheld(self, serial: LiveSerial, ship: Ship, away: float) -> str:
        """Why she does not launch now; nothing when she does."""
        if serial.holds:
            return "hold"
        if not serial.fit(ship, "firing"):
            return "casualty"
        return "range" if away > serial.parameters.reach.value else ""


class _Targeting:
    """Who looks for the mark, what each staff knows of its place, and how wrong each ship's clock is, s."""

    def __init__(self, serial: LiveSerial, mark: Target, charted: Point, cause: int) -> None:
        self._serial, self.mark, self.charted = serial, mark, charted
        self.vigil: Vigil = serial.watch(serial.units("aircraft"), [mark], cause)
        draws, sd = serial.draws("fix"), serial.parameters.fix_error.value
        (x, y), east, north = mark.position, normal(draws, 0.0, sd), normal(draws, 0.0, sd)
        dx, dy = turned(east, north, serial.on_plane(0.0))
        self._fix = x + dx, y + dy
        self.clocks = {ship.name: normal(serial.draws("clock", ship.name), 0.0, serial.parameters.clock_error.value)
                       for ship in serial.ships("firing")}  # fmt: skip
        for unit in serial.aircraft("aircraft"):
            serial.start(self._hold(unit, cause))

    def aim(self, ship: Unit) -> Point:
        """Where a ship takes the mark to be: by the fix, once her own staff has it; else by the chart."""
        is_known = ship.force is not None and self.vigil.known_to(ship.force, self.mark) is not None
        return self._fix if is_known else self.charted

    def find(self) -> Process:
        """Waits until the officer conducting has a fix; without one in time the strike goes by the chart. Gives the record."""
        serial, env, began = self._serial, self._serial.exercise.env, self._serial.now
        limit = when(env, began + serial.parameters.search.value) if serial.units("aircraft") else None
        (x, y), force = self.mark.position, serial.officer.force
        while self.vigil.known_to(force, self.mark) is None:
            if limit is None or limit.processed:
                off = hypot(self.charted[0] - x, self.charted[1] - y)
                return serial.write(BY_CHART, self.mark, searched_s=serial.now - began, off_m=off)
            yield first_of(env, self.vigil.reported.rung, limit)
        contact = self.vigil.first(self.mark)
        off = hypot(self._fix[0] - x, self._fix[1] - y)
        return serial.write(MARK_FOUND, contact.observer if contact else None, self.mark,
                            cause=contact.record if contact else None, searched_s=serial.now - began, fix_off_m=off)  # fmt: skip

    def _hold(self, unit: Aircraft, cause: int) -> Process:
        """Flies to the place on the chart and up and down there, until fuel or FINEX sends it home."""
        straight = max(2.0 * self._serial.parameters.uncertain.value, unit.platform.cruise_speed.value * 60.0)
        yield from unit.racetrack(
            self.charted, unit.on_plane(0.0), straight, straight / 2, unit.cruise_speed, cause
        )
