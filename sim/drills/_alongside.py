"""Alongside: what drills share in which a ship takes fuel from another under way, from her waiting station until she is clear.

The time line of each customer is approach, hook-up, pumping at the rig's rate, unhooking and departure; the giver's stations are a queue.
Source of the phases: seeds ras-speed, ras-separation, ras-two-customers.
"""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

from sim.drills._drill import Drill, Process, assumed
from sim.log import kind
from sim.quantities import NAUTICAL_MILE
from sim.scenario.numbers import Delay, Length, Share
from sim.setting import SHORTEST, first_of, when
from sim.stations import Station
from sim.variates import chance, uniform

if TYPE_CHECKING:
    import simpy

    from sim.serial import LiveSerial
    from sim.units.ship import Ship

ALONGSIDE = kind("alongside", "A customer is alongside, first line over.", waited_s="number")
PUMPING = kind("pumping", "Fuel begins to flow.", wanted_t="number")
TRANSFER = kind("transfer", "Fuel has been taken over.", fuel_t="number", wanted_t="number", minutes="number")
BREAKAWAY = kind("breakaway", "An emergency breakaway.", fuel_t="number")
CLEAR = kind("clear", "A customer is clear of the tanker.", served_s="number")

FAR = 2.0 * NAUTICAL_MILE  # m; who waits farther off goes to her place astern first
SLACK = 2.0  # times the separation; farther apart no rig holds
SEAS = (3, 4, 5)  # sea states up to which each of the abort chances holds; beyond, nobody comes alongside


class Alongside(Drill):
    """A drill in which ships come alongside a giver and take fuel."""

    class Parameters(Drill.Parameters):
        """Phases and how often it is broken off."""

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

    def serve(
        self, serial: LiveSerial, tanker: Ship, ship: Ship, rigs: simpy.Resource, place: int
    ) -> Process:
        """One customer from waiting station to clear; gives whether ship, tanker and rig were sound to the end."""
        parameters, draws = serial.parameters, serial.draws("alongside", ship.name)
        began = serial.now
        astern = Station(0.0, -1000.0 - 500.0 * place, turns=True)
        side = 1 if place % 2 == 0 else -1
        beam = Station(side * parameters.separation.value, 0.0, turns=True)
        (x, y), (gx, gy) = ship.position, tanker.position
        is_far = hypot(x - gx, y - gy) > FAR
        waiting = astern if is_far else Station(x - gx, y - gy)
        serial.start(ship.keep_station(tanker, waiting, cause=serial.last))
        with rigs.request() as station:
            yield station
            yield from serial.gate()
            for each in (ship, tanker):
                if not (yield from serial.mend(each, _role(serial, each))):
                    return False
            if is_far and not (yield from ship.take_station(tanker, astern, cause=serial.last)):
                return False
            asked = serial.now
            if not (yield from _close(serial, ship, tanker, beam, parameters.approach.draw(draws))):
                return False
            alongside = serial.write(ALONGSIDE, ship, tanker, waited_s=asked - began)
            yield from serial.spend(parameters.hook_up.draw(draws))
            sound = yield from self._pump(serial, tanker, ship, alongside)
            yield from serial.spend(parameters.unhook.draw(draws))
            yield from _close(serial, ship, tanker, astern, parameters.departure.draw(draws))
            serial.write(CLEAR, ship, tanker, cause=alongside, served_s=serial.now - asked)
        return bool(sound)

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
        if not self._is_fast(serial, tanker, ship):  # somebody broke down while they hooked up
            serial.write(BREAKAWAY, ship, tanker, cause=cause, fuel_t=0.0)
            return False
        began, slipped = serial.now, False
        cause = serial.write(PUMPING, ship, tanker, cause=cause, wanted_t=wanted / 1e3)
        try:
            while length - (serial.now - began) > SHORTEST and not slipped:
                yield first_of(
                    serial.exercise.env, serial.exercise.news.rung, when(serial.exercise.env, began + length)
                )
                slipped = not self._is_fast(serial, tanker, ship)
        finally:  # FINEX in the middle: what has flowed has flowed
            flowed = transfer(tanker, ship, rate * (serial.now - began))
            cause = serial.write(TRANSFER, ship, tanker, cause=cause, fuel_t=flowed / 1e3, wanted_t=wanted / 1e3,
                                 minutes=(serial.now - began) / 60)  # fmt: skip
        if fails or slipped:
            serial.write(BREAKAWAY, ship, tanker, cause=cause, fuel_t=flowed / 1e3)
        return not slipped

    def _is_fast(self, serial: LiveSerial, tanker: Ship, ship: Ship) -> bool:
        """Whether both are sound and still beside each other."""
        sound = all(serial.fit(each, _role(serial, each)) for each in (ship, tanker))
        return sound and ship.distance_to(tanker.position) <= SLACK * serial.parameters.separation.value

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


def _role(serial: LiveSerial, ship: Ship) -> str:
    """The role she has, or had before she dropped out."""
    return next((role for role, units in serial.roles.items() if ship in units), next(iter(serial.roles)))


def _close(serial: LiveSerial, ship: Ship, tanker: Ship, station: Station, length: float) -> Process:
    """Takes up a station on the tanker in a given time, or as soon as she can, then keeps it; gives whether she came there."""
    yield from ship.close_up(tanker, station, length, serial.last)
    came = yield from ship.take_station(tanker, station, cause=serial.last)
    serial.start(ship.keep_station(tanker, station, cause=serial.last))
    return came
