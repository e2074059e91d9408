"""Boarding: a ship stops a merchant ship, sends a boat across, searches her and reports.

She closes where the merchant ship is reported, takes station on her beam once she is held, and orders her to heave to, more than once
if need be. The boat goes across and back at her own speed, when the sea allows. The time of the search is that of one pair of hands for
each metre of the ship, over the size of the party; what was hidden is found by a declared chance, anywhere on the way. The report
takes its time to the staff while the boat goes back. Times are a proposal; their sum is the time of the boarding.
"""

from __future__ import annotations

from math import pi
from typing import TYPE_CHECKING, ClassVar

from sim.drills._drill import Drill, Process, Role, assumed
from sim.geometry import course_of, velocity
from sim.log import kind
from sim.scenario.numbers import Count, Course, Delay, Duration, Length, Several, Share, Speed
from sim.scenario.sheets import Limits
from sim.setting import SHORTEST, first_of, when
from sim.stations import ON_TOP, Station
from sim.variates import chance, uniform

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.scenario.schema import Scenario, Serial
    from sim.serial import LiveSerial
    from sim.units.ship import Ship
    from sim.units.target import Target
    from sim.vigil import Vigil

ALONGSIDE = kind("on-her-beam", "A ship has come up with the one to be boarded.", taken_s="number")
HAILED = kind("hailed", "A ship is ordered to heave to.", hail="count", heeded="count")
HOVE_TO = kind("hove-to", "A ship to be boarded stops.", taken_s="number")
BOAT = kind("boat-away", "A boat with a boarding party is under way.", away_m="number")
BOARDED = kind("boarded", "The party is aboard.", taken_s="number")
SEARCHED = kind("ship-searched", "The search of a ship is over; when what was hidden was found, if it was.", search_s="number",
                found="count", after_s="number")  # fmt: skip
TOLD = kind("search-reported", "The report of a search reaches the staff.", delay_s="number")
BACK = kind("boat-back", "The boat is back alongside.", taken_s="number")
NO_BOAT = kind("no-boat", "The sea is too rough for a boat.", sea_state="count")
BROKEN_OFF = kind("boarding-broken-off", "A boarding comes to nothing.", reason="text")


class Boarding(Drill):
    """Stop, board and search a merchant ship."""

    class Parameters(Drill.Parameters):
        """The ship to be boarded, the boat and the search."""

        target: str = "merchant-ship"
        boat: str = "work-boat"
        bears: Course = assumed("45 deg (0 .. 360 deg)", "Where the merchant ship is when the serial begins.")
        away: Length = assumed("8 nmi (4 .. 12 nmi)", "And how far.")
        her_speed: Speed = assumed("12 kn (8 .. 14 kn)", "Of the merchant ship.")
        find_in: Duration = assumed("60 min (30 .. 90 min)", "Not found in this time, she is let go.")
        stand_clear: Length = assumed("500 yd (300 .. 1000 yd)", "Kept from her while the boat goes across.")
        heeds: Share = assumed("90 % (70 .. 100 %)", "That she heaves to when ordered; each order anew.")
        orders: Several = assumed("3 (2 .. 5)", "To heave to, before the boarding is broken off.")
        heave_to: Delay = {"low": "3 min", "mode": "8 min", "high": "20 min", "basis": "assumed",
                           "why": "From the order until she has lost her way, or has plainly not heeded it."}  # type: ignore[assignment] # fmt: skip
        man_boat: Delay = {"low": "5 min", "mode": "10 min", "high": "20 min", "basis": "assumed",
                           "why": "Man and lower the boat."}  # type: ignore[assignment] # fmt: skip
        climb: Delay = {"low": "3 min", "mode": "5 min", "high": "10 min", "basis": "assumed",
                        "why": "From alongside to the bridge."}  # type: ignore[assignment] # fmt: skip
        team: Several = assumed("8 (6 .. 12)", "In the party; a boat takes no more.")
        search: Delay = {"low": "60 s", "mode": "100 s", "high": "200 s", "basis": "assumed",
                         "why": "Of one of the party for each metre of the ship: papers, crew, holds. Eight take three quarters of an hour for 180 m."}  # type: ignore[assignment] # fmt: skip
        boat_limit: Count = assumed("4 (3 .. 4)", "Sea state up to which boats are lowered and hoisted.")
        wait_for_sea: Duration = assumed(
            "30 min (15 .. 60 min)", "Rougher for longer, and no boat is lowered."
        )
        finds: Share = assumed("80 % (50 .. 95 %)", "That the party finds what was hidden for it.")

    roles: ClassVar[dict[str, Role]] = {
        "boarding": Role("ship that sends the party", family=("ship",)),
        "merchant": Role(
            "ship that plays the merchant ship; else a target does", family=("ship",), least=0, optional=True, plays="unknown"
        ),
        "aircraft": Role("helicopter that covers", family=("helicopter",), least=0, optional=True),
    }  # fmt: skip
    limits: ClassVar[Limits] = Limits.model_validate(
        {"sea_state": "4 (3 .. 4)", "visibility": "1 nmi (0.5 .. 3 nmi)", "daylight": "required", "basis": "assumed",
         "why": "A ladder at a ship's side, by day."}
    )  # fmt: skip
    technical: ClassVar[str | None] = "searches-done"
    measures: ClassVar[tuple[str, ...]] = ("boarding-time",)
    targets: ClassVar[tuple[str, ...]] = ("target", "boat")

    @classmethod
    def check(cls, serial: Serial, scenario: Scenario) -> Iterator[tuple[str, str]]:
        """What is searched has a length, and the boat can move."""
        parameters = serial.parameters
        sheet = scenario.platforms.get(parameters.target)  # type: ignore[attr-defined]
        if sheet is not None and sheet.length is None:
            yield "target", f"{sheet.platform!r} has no length to be searched"
        boat = scenario.platforms.get(parameters.boat)  # type: ignore[attr-defined]
        if boat is not None and boat.cruise_speed.value <= 0.0:
            yield "boat", f"{boat.platform!r} does not move"

    def conduct(self, serial: LiveSerial) -> Process:
        """Find, close, stop, board, search, report, return."""
        parameters, ship = serial.parameters, serial.ships("boarding")[0]
        (x, y), (dx, dy) = (
            serial.centre,
            velocity(serial.on_plane(parameters.bears.value), parameters.away.value),
        )
        merchant = yield from self._merchant(serial, (x + dx, y + dy))
        ordered = yield from serial.order([ship, *serial.units("aircraft")], "board and search")
        began, vigil = serial.now, serial.watch([ship, *serial.units("aircraft")], [merchant], ordered)
        cause = yield from self._close(serial, vigil, ship, merchant, (x + dx, y + dy), ordered)
        if cause is None:
            return
        serial.achieved(0.2)
        if not (yield from self._stop(serial, ship, merchant, began, cause)):
            return
        yield from self._await_sea(serial, ship, parameters.wait_for_sea.value)
        if self._is_rough(serial):
            self._break_off(serial, ship, merchant, "no boat can be lowered")
            return
        yield from serial.spend(parameters.man_boat.draw(serial.draws("man the boat")))
        yield from self._board(serial, ship, merchant, began)
        merchant.steer(*velocity(merchant.heading, parameters.her_speed.value), serial.last)
        serial.achieved(1.0)

    def _merchant(self, serial: LiveSerial, place: tuple[float, float]) -> Process:
        """Who is to be boarded, at her place and on her way past the middle of the area."""
        live, (x, y), draws = serial.ships("merchant"), serial.centre, serial.draws("merchant")
        merchant: Ship | Target = live[0] if live else serial.target(serial.parameters.target, place)
        if live:
            yield from merchant.transit(place, merchant.max_speed, serial.last)
        course = course_of(x - place[0], y - place[1]) + uniform(draws, -pi / 2, pi / 2)
        merchant.steer(*velocity(course, serial.parameters.her_speed.value), serial.last)
        return merchant

    def _close(self, serial: LiveSerial, vigil: Vigil, ship: Ship, merchant: Ship | Target, reported: tuple[float, float],
               cause: int) -> Process:  # fmt: skip
        """Makes for where she was reported; once she is held, for a station on her beam. Gives the record of having come up."""
        began = serial.now
        making = serial.start(ship.transit(reported, ship.max_speed, cause))
        contact = yield from vigil.await_contact(merchant, began + serial.parameters.find_in.value)
        if making.is_alive:
            making.interrupt("found")
        if contact is None:
            self._break_off(serial, ship, merchant, "not found")
            return None
        for unit in serial.aircraft("aircraft"):
            if unit.is_on_task:
                serial.start(unit.keep_station(merchant, ON_TOP, cause=contact.record))
        (x, y), (u, v), (ex, ey) = ship.position, merchant.position, velocity(merchant.heading, 1.0)
        side = 1.0 if (x - u) * ey - (y - v) * ex >= 0.0 else -1.0
        station = Station(side * serial.parameters.stand_clear.value, 0.0, turns=True)
        while not (yield from ship.take_station(merchant, station, ship.max_speed, contact.record)):
            if not (yield from serial.mend(ship, "boarding")) or ship.max_speed <= merchant.motion.speed:
                self._break_off(serial, ship, merchant, "she cannot be come up with")
                return None
        return serial.write(ALONGSIDE, ship, merchant, cause=contact.record, taken_s=serial.now - began)

    def _stop(
        self, serial: LiveSerial, ship: Ship, merchant: Ship | Target, began: float, cause: int
    ) -> Process:
        """Orders her to heave to until she does, or has been told often enough. Gives whether both lie stopped."""
        parameters, draws = serial.parameters, serial.draws("heave to")
        for number in range(1, parameters.orders.whole + 1):
            yield from serial.gate()
            heeded = chance(draws, parameters.heeds.value)
            cause = serial.write(HAILED, ship, merchant, cause=cause, hail=number, heeded=int(heeded))
            yield from serial.spend(parameters.heave_to.draw(draws))
            if heeded:
                merchant.stop(cause)
                ship.stop(serial.write(HOVE_TO, merchant, ship, cause=cause, taken_s=serial.now - began))
                return True
        self._break_off(serial, ship, merchant, "she does not heave to")
        return False

    def _board(self, serial: LiveSerial, ship: Ship, merchant: Ship | Target, began: float) -> Process:
        """The boat goes across, the party searches, the boat comes back while the report is on its way."""
        parameters, draws, length = serial.parameters, serial.draws("boarding"), merchant.platform.length
        boat = serial.target(parameters.boat, ship.position)
        cause = serial.write(BOAT, boat, merchant, away_m=serial.exercise.referee.distance(ship, merchant))
        yield from boat.transit(merchant.position, boat.cruise_speed, cause)
        yield from serial.spend(parameters.climb.draw(draws))
        cause = serial.write(BOARDED, boat, merchant, cause=cause, taken_s=serial.now - began)
        serial.achieved(0.5)
        metres = length.value if length is not None else 0.0
        seconds = metres * parameters.search.draw(draws) / parameters.team.whole
        found, after = chance(draws, parameters.finds.value), uniform(draws, 0.0, seconds)
        yield from serial.spend(seconds)
        cause = serial.write(SEARCHED, boat, merchant, cause=cause, search_s=seconds, found=int(found),
                             after_s=after if found else seconds)  # fmt: skip
        serial.achieved(0.8)
        yield from serial.together(
            [self._report(serial, ship, merchant, cause), self._return(serial, boat, ship, began, cause)]
        )

    def _report(self, serial: LiveSerial, ship: Ship, merchant: Ship | Target, cause: int) -> Process:
        delay = serial.officer.report_delay(ship, serial.number)
        yield from serial.spend(delay)
        serial.write(TOLD, ship, merchant, cause=cause, delay_s=delay)

    def _return(self, serial: LiveSerial, boat: Target, ship: Ship, began: float, cause: int) -> Process:
        """Back to the ship; she is not hoisted in a rough sea, and waits in the lee until it is over."""
        yield from self._await_sea(serial, ship)
        yield from boat.transit(ship.position, boat.cruise_speed, cause)
        serial.write(BACK, boat, ship, cause=cause, taken_s=serial.now - began)
        serial.take_in(boat)

    def _await_sea(self, serial: LiveSerial, ship: Ship, most: float | None = None) -> Process:
        """Waits until the sea lets a boat be lowered or hoisted, at most so long, s."""
        env, until = serial.exercise.env, None if most is None else serial.now + most
        if self._is_rough(serial):
            serial.write(
                NO_BOAT,
                ship,
                cause=serial.exercise.weather.record,
                sea_state=serial.exercise.weather.sea_state,
            )
        while self._is_rough(serial) and (until is None or until - serial.now > SHORTEST):
            rung = serial.exercise.news.rung
            yield rung if until is None else first_of(env, rung, when(env, until))

    def _is_rough(self, serial: LiveSerial) -> bool:
        return bool(serial.exercise.weather.sea_state > serial.parameters.boat_limit.value)

    def _break_off(self, serial: LiveSerial, ship: Ship, merchant: Ship | Target, reason: str) -> None:
        serial.write(BROKEN_OFF, ship, merchant, reason=reason)
