"""Boarding: a ship stops a merchant ship, sends a boat across, searches her and reports.

Approach by interception, an order to heave to, the boat's way at her own speed, a search whose time is drawn, the report to the
staff of the force, and the way back. Whether the boat can be lowered is a question of the sea; nothing is found by more than a
declared chance. Times are a proposal.
"""

from __future__ import annotations

from math import hypot, pi
from typing import TYPE_CHECKING, ClassVar

from sim.drills._drill import Drill, Process, Role, assumed
from sim.geometry import velocity
from sim.log import kind
from sim.scenario.numbers import Count, Course, Delay, Length, Share, Speed
from sim.scenario.sheets import Limits
from sim.variates import chance, uniform

if TYPE_CHECKING:
    from sim.serial import LiveSerial

HOVE_TO = kind("hove-to", "A ship to be boarded stops.", taken_s="number")
BOAT = kind("boat-away", "A boat with a boarding party is under way.", away_m="number")
BOARDED = kind("boarded", "The party is aboard.", taken_s="number")
SEARCHED = kind("ship-searched", "The search of a ship is over.", search_s="number", found="count")
BACK = kind("boat-back", "The boat is back alongside.", taken_s="number")
NO_BOAT = kind("no-boat", "The sea is too rough for a boat.", sea_state="count")


class Boarding(Drill):
    """Stop, board and search a merchant ship."""

    class Parameters(Drill.Parameters):
        """The ship to be boarded, the boat and the search."""

        target: str = "merchant-ship"
        boat: str = "work-boat"
        bears: Course = assumed("45 deg (0 .. 360 deg)", "Where the merchant ship is when the serial begins.")
        away: Length = assumed("8 nmi (4 .. 12 nmi)", "And how far.")
        her_speed: Speed = assumed("12 kn (8 .. 14 kn)", "Of the merchant ship.")
        stand_clear: Length = assumed("500 yd (300 .. 1000 yd)", "Kept from her while the boat goes across.")
        heave_to: Delay = {"low": "3 min", "mode": "8 min", "high": "20 min", "basis": "assumed",
                           "why": "From the order until she has lost her way."}  # type: ignore[assignment] # fmt: skip
        man_boat: Delay = {"low": "5 min", "mode": "10 min", "high": "20 min", "basis": "assumed",
                           "why": "Man and lower the boat."}  # type: ignore[assignment] # fmt: skip
        climb: Delay = {"low": "3 min", "mode": "5 min", "high": "10 min", "basis": "assumed",
                        "why": "From alongside to the bridge."}  # type: ignore[assignment] # fmt: skip
        search: Delay = {"low": "20 min", "mode": "40 min", "high": "90 min", "basis": "assumed",
                         "why": "Papers, crew, holds; a large ship takes longer."}  # type: ignore[assignment] # fmt: skip
        boat_limit: Count = assumed("4 (3 .. 4)", "Sea state up to which boats are lowered.")
        finds: Share = assumed("80 % (50 .. 95 %)", "That the party finds what was hidden for it.")

    roles: ClassVar[dict[str, Role]] = {
        "boarding": Role("ship that sends the party", family=("ship",)),
        "aircraft": Role("helicopter that covers", family=("helicopter",), least=0, optional=True),
    }
    limits: ClassVar[Limits] = Limits.model_validate(
        {"sea_state": "4 (3 .. 4)", "visibility": "1 nmi (0.5 .. 3 nmi)", "daylight": "required", "basis": "assumed",
         "why": "A ladder at a ship's side, by day."}
    )  # fmt: skip
    technical: ClassVar[str | None] = "searches-done"
    measures: ClassVar[tuple[str, ...]] = ("boarding-time",)
    targets: ClassVar[tuple[str, ...]] = ("target", "boat")

    def conduct(self, serial: LiveSerial) -> Process:
        """Intercept, stop, board, search, report, return."""
        parameters, draws = serial.parameters, serial.draws("boarding")
        ship, (x, y) = serial.ships("boarding")[0], serial.centre
        dx, dy = velocity(parameters.bears.value, parameters.away.value)
        merchant = serial.target(parameters.target, (x + dx, y + dy))
        merchant.steer(*velocity(uniform(draws, 0.0, 2 * pi), parameters.her_speed.value), serial.last)
        ordered = yield from serial.order(serial.units(), "board and search")
        began = serial.now
        vigil = serial.watch(serial.units(), [merchant], ordered)
        contact = yield from vigil.await_contact(merchant, until=serial.now + 3600.0)
        cause = contact.record if contact is not None else ordered
        yield from ship.intercept(merchant, ship.max_speed, cause)
        serial.achieved(0.2)
        yield from serial.spend(parameters.heave_to.draw(draws))
        merchant.stop(cause)
        cause = serial.write(HOVE_TO, merchant, ship, cause=cause, taken_s=serial.now - began)
        (u, v), clear = merchant.position, parameters.stand_clear.value
        yield from ship.transit((u + clear, v), ship.cruise_speed, cause)
        yield from serial.gate()
        if serial.exercise.weather.sea_state > parameters.boat_limit.value:
            serial.write(NO_BOAT, ship, merchant, cause=cause, sea_state=serial.exercise.weather.sea_state)
            return
        yield from serial.spend(parameters.man_boat.draw(draws))
        (x, y) = ship.position
        boat = serial.target(parameters.boat, (x, y))
        cause = serial.write(BOAT, boat, merchant, cause=cause, away_m=hypot(u - x, v - y))
        yield from boat.transit(merchant.position, boat.cruise_speed, cause)
        yield from serial.spend(parameters.climb.draw(draws))
        cause = serial.write(BOARDED, boat, merchant, cause=cause, taken_s=serial.now - began)
        serial.achieved(0.5)
        seconds = parameters.search.draw(draws)
        yield from serial.spend(seconds)
        found = chance(draws, parameters.finds.value)
        cause = serial.write(SEARCHED, boat, merchant, cause=cause, search_s=seconds, found=int(found))
        serial.achieved(0.9)
        yield from serial.order([ship], "report of the search", cause)
        yield from boat.transit(ship.position, boat.cruise_speed, cause)
        serial.write(BACK, boat, ship, cause=cause, taken_s=serial.now - began)
        merchant.steer(*velocity(merchant.heading, parameters.her_speed.value), cause)
        serial.achieved(1.0)
