"""Replenishment at sea (RAS): customers come alongside a tanker under way, take fuel, and break away.

The time line of each customer is approach, hook-up, pumping at the rig's rate, unhooking and departure;
the tanker's stations are a queue. Source of the phases: seeds ras-speed, ras-separation, ras-two-customers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import simpy

from sim.drills._drill import Drill, Process, Role, assumed
from sim.geometry import velocity
from sim.log import kind
from sim.scenario.numbers import Course, Delay, Depth, Length, Share, Speed
from sim.scenario.sheets import Limits
from sim.setting import SHORTEST, first_of, when
from sim.stations import Station
from sim.variates import chance, uniform

if TYPE_CHECKING:
    from sim.serial import LiveSerial
    from sim.units.ship import Ship

ALONGSIDE = kind("alongside", "A customer is alongside, first line over.", waited_s="number")
PUMPING = kind("pumping", "Fuel begins to flow.", wanted_t="number")
TRANSFER = kind("transfer", "Fuel has been taken over.", fuel_t="number", wanted_t="number", minutes="number")
BREAKAWAY = kind("breakaway", "An emergency breakaway.", fuel_t="number")
CLEAR = kind("clear", "A customer is clear of the tanker.", served_s="number")

SEAS = (3, 4, 5)  # sea states up to which each of the abort chances holds; beyond, nobody comes alongside


class Replenishment(Drill):
    """A tanker on a steady course serves customers at her stations, one after another."""

    class Parameters(Drill.Parameters):
        """Course, phases and how often it is broken off."""

        speed: Speed = {"value": "12 kn", "low": "12 kn", "high": "14 kn", "source": ["X07", "X10"],
                        "confidence": "typical"}  # type: ignore[assignment] # fmt: skip
        course: Course = assumed(
            "90 deg (0 .. 360 deg)", "A steady course; the staff picks one with room ahead."
        )
        separation: Length = {"value": "55 m", "low": "43 m", "high": "70 m", "source": ["X08", "X10"],
                              "confidence": "typical"}  # type: ignore[assignment] # fmt: skip
        approach: Delay = {"low": "15 min", "mode": "20 min", "high": "25 min", "basis": "assumed",
                           "why": "From waiting station to the first line over."}  # type: ignore[assignment] # fmt: skip
        hook_up: Delay = {"low": "10 min", "mode": "15 min", "high": "20 min", "basis": "assumed",
                          "why": "From the first line to a tensioned rig and pumping."}  # type: ignore[assignment] # fmt: skip
        unhook: Delay = {"low": "8 min", "mode": "10 min", "high": "15 min", "basis": "assumed",
                         "why": "From pumping stopped to the last line gone."}  # type: ignore[assignment] # fmt: skip
        departure: Delay = {"low": "5 min", "mode": "10 min", "high": "15 min", "basis": "assumed",
                            "why": "From the last line gone to clear of the tanker."}  # type: ignore[assignment] # fmt: skip
        top_up_to: Share = assumed(
            "95 % (90 .. 98 %)", "Bunkers are filled to this share, leaving room to expand."
        )
        abort_slight: Share = assumed("3 % (1 .. 5 %)", "Chance of an emergency breakaway up to sea state 3.")
        abort_moderate: Share = assumed("8 % (4 .. 12 %)", "Chance of an emergency breakaway in sea state 4.")
        abort_rough: Share = assumed("25 % (15 .. 40 %)", "Chance of an emergency breakaway in sea state 5.")

        stand_off: Depth = assumed(
            "1 nmi (0.5 .. 2 nmi)",
            "Closer than this to a ship passing by, ships in company stand fast until she is clear.",
        )

    roles: ClassVar[dict[str, Role]] = {
        "tanker": Role("ship that gives fuel", family=("ship",), carries=("replenishment-rig",)),
        "customers": Role("ships that take fuel", family=("ship",)),
    }
    limits: ClassVar[Limits] = Limits.model_validate(
        {"sea_state": "5 (4 .. 5)", "visibility": "1 nmi (0.5 .. 2 nmi)", "basis": "assumed",
         "why": "Designs work to sea state 5, routine stops at 4; the approach needs sight of the tanker."}
    )  # fmt: skip
    technical: ClassVar[str | None] = "fuel-delivered"
    measures: ClassVar[tuple[str, ...]] = ("fuel-left",)
    close: ClassVar[tuple[tuple[str, str], ...]] = (("tanker", "customers"), ("customers", "customers"))

    def conduct(self, serial: LiveSerial) -> Process:
        """The tanker takes her course; customers wait astern and come up as stations fall free."""
        tanker = serial.ships("tanker")[0]
        sheet = tanker.platform.replenishment
        assert sheet is not None  # the role carries a rig
        yield from serial.order(serial.units(), "replenish")
        course = tanker.on_plane(serial.parameters.course.value)
        tanker.steer(*velocity(course, serial.parameters.speed.value), serial.last)
        rigs = simpy.Resource(serial.exercise.env, sheet.stations.whole)
        customers = serial.ships("customers")
        served: list[str] = []
        yield from serial.together(
            [self._serve(serial, tanker, ship, rigs, place, served) for place, ship in enumerate(customers)]
        )

    def _serve(self, serial: LiveSerial, tanker: Ship, ship: Ship, rigs: simpy.Resource, place: int,
               served: list[str]) -> Process:  # fmt: skip
        """One customer from waiting station to clear."""
        parameters, draws = serial.parameters, serial.draws("alongside", ship.name)
        began, total = serial.now, max(1, len(serial.ships("customers")))
        astern = Station(0.0, -1000.0 - 500.0 * place, turns=True)
        side = 1 if place % 2 == 0 else -1
        beam = Station(side * parameters.separation.value, 0.0, turns=True)
        (x, y), (gx, gy) = ship.position, tanker.position
        serial.start(ship.keep_station(tanker, Station(x - gx, y - gy), cause=serial.last))
        with rigs.request() as station:
            yield station
            yield from serial.gate()
            if not (yield from serial.mend(ship, "customers")) or not (
                yield from serial.mend(tanker, "tanker")
            ):
                return
            asked = serial.now
            yield from _close(serial, ship, tanker, beam, parameters.approach.draw(draws))
            alongside = serial.write(ALONGSIDE, ship, tanker, waited_s=asked - began)
            yield from serial.spend(parameters.hook_up.draw(draws))
            sound = yield from self._pump(serial, tanker, ship, alongside)
            yield from serial.spend(parameters.unhook.draw(draws))
            yield from _close(serial, ship, tanker, astern, parameters.departure.draw(draws))
            serial.write(CLEAR, ship, tanker, cause=alongside, served_s=serial.now - asked)
        if sound:
            served.append(ship.name)
        serial.achieved(len(served) / total)

    def _pump(self, serial: LiveSerial, tanker: Ship, ship: Ship, cause: int) -> Process:
        """Fuel flows until the bunkers are full enough, the cargo is out, or the rig has to be slipped.

        Gives whether ship, tanker and rig were sound to the end.
        """
        sheet = tanker.platform.replenishment
        assert sheet is not None
        rate, draws = sheet.rate.value, serial.draws("rig", ship.name)
        ship.settle()
        wanted = max(0.0, min(serial.parameters.top_up_to.value * ship.capacity - ship.bunkers, tanker.cargo))
        length = wanted / rate
        fails = chance(draws, self._abort(serial))
        length *= uniform(draws, 0.0, 1.0) if fails else 1.0
        began, slipped = serial.now, False
        cause = serial.write(PUMPING, ship, tanker, cause=cause, wanted_t=wanted / 1e3)
        try:
            while length - (serial.now - began) > SHORTEST and not slipped:
                yield first_of(
                    serial.exercise.env, serial.exercise.news.rung, when(serial.exercise.env, began + length)
                )
                slipped = not (serial.fit(ship, "customers") and serial.fit(tanker, "tanker"))
        finally:  # FINEX in the middle: what has flowed has flowed
            flowed = transfer(tanker, ship, rate * (serial.now - began))
            cause = serial.write(TRANSFER, ship, tanker, cause=cause, fuel_t=flowed / 1e3, wanted_t=wanted / 1e3,
                                 minutes=(serial.now - began) / 60)  # fmt: skip
        if fails or slipped:
            serial.write(BREAKAWAY, ship, tanker, cause=cause, fuel_t=flowed / 1e3)
        return not slipped

    def _abort(self, serial: LiveSerial) -> float:
        parameters, sea = serial.parameters, serial.exercise.weather.sea_state
        chances = (parameters.abort_slight, parameters.abort_moderate, parameters.abort_rough)
        return next((each.value for state, each in zip(SEAS, chances, strict=True) if sea <= state), 1.0)


def transfer(tanker: Ship, ship: Ship, amount: float) -> float:
    """Moves fuel, kg, as far as the cargo lasts and the bunkers hold; gives what was moved."""
    ship.settle()
    moved = min(amount, tanker.cargo, ship.capacity - ship.bunkers)
    tanker.cargo -= moved
    tanker.delivered += moved
    ship.bunkers += moved
    ship.received += moved
    return moved


def time_line(
    approach: float, hook_up: float, amount: float, rate: float, unhook: float, departure: float
) -> float:
    """One customer's time from waiting station to clear: the sum of the phases. One unit of time throughout."""
    return approach + hook_up + amount / rate + unhook + departure


def _close(serial: LiveSerial, ship: Ship, tanker: Ship, station: Station, length: float) -> Process:
    """Takes up a station on the tanker in a given time, then keeps it."""
    yield from ship.close_up(tanker, station, length, serial.last)
    serial.start(ship.keep_station(tanker, station, cause=serial.last))
