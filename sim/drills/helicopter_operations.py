"""Helicopter operations: deck cycles, on other ships' decks and across the boundary between the navies first.

Each helicopter goes round the decks: approach, landing, time on deck, take-off. A deck works one at a time on each spot, and those in
the air go first. A deck beyond its sea state is not tried; in a seaway an approach is waved off by a chance that grows with the sea, and is
flown again. Ships hold a flying course. The limits are on the sheets of deck and helicopter; the rest is a proposal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.drills._drill import Drill, Process, Role, assumed
from sim.geometry import velocity
from sim.log import kind
from sim.quantities import NAUTICAL_MILE
from sim.scenario.numbers import Course, Delay, Depth, Duration, Several, Share, Speed
from sim.scenario.sheets import Limits
from sim.setting import SHORTEST
from sim.stations import ON_TOP
from sim.units.aircraft import Aircraft
from sim.units.ship import LANDS, Ship
from sim.variates import chance

if TYPE_CHECKING:
    from sim.serial import LiveSerial

ON_DECK = kind("deck-landing", "A helicopter lands on a deck in drill.", across="count", waited_s="number")
OFF_DECK = kind("deck-take-off", "A helicopter takes off again.", on_deck_s="number")
WAVED = kind("wave-off", "An approach is broken off.", reason="text")
NO_DECK = kind("deck-closed", "A deck is not worked in this sea.", sea_state="count")

SLIGHT = 2  # WMO sea state up to which wave-offs have their least chance
MOST_TRIES = 4  # approaches to one deck, then it is left out


class HelicopterOperations(Drill):
    """Helicopters land on one deck after another."""

    class Parameters(Drill.Parameters):
        """Cycles, decks and chances."""

        cycles: Several = assumed(
            "2 (1 .. 6)", "Landings of each helicopter in the serial, if there is time."
        )
        course: Course = assumed(
            "0 deg (0 .. 360 deg)", "The flying course: into the wind, which is not drawn."
        )
        speed: Speed = assumed("10 kn (5 .. 15 kn)", "Of the ships while decks are worked.")
        approach: Delay = {"low": "2 min", "mode": "3 min", "high": "6 min", "basis": "assumed",
                           "why": "From the wait astern to over the deck."}  # type: ignore[assignment] # fmt: skip
        on_deck: Delay = {"low": "4 min", "mode": "8 min", "high": "15 min", "basis": "assumed",
                          "why": "Chocks, change of crew, rotors running."}  # type: ignore[assignment] # fmt: skip
        again: Duration = assumed("4 min (3 .. 6 min)", "A circuit after a wave-off.")
        wave_off: Share = assumed("4 % (1 .. 8 %)", "Chance for one approach up to sea state 2.")
        wave_off_per_sea_state: Share = assumed("8 % (4 .. 15 %)", "And for each sea state above.")
        stand_off: Depth = assumed(
            "1 nmi (0.5 .. 2 nmi)", "Ships that work their decks cannot give way to a ship passing by."
        )

    roles: ClassVar[dict[str, Role]] = {
        "decks": Role("ships whose decks are used", family=("ship",), carries=("flight-deck",)),
        "aircraft": Role("helicopters that land on them", family=("helicopter",)),
    }
    limits: ClassVar[Limits] = Limits.model_validate(
        {"sea_state": "5 (4 .. 5)", "visibility": "1 nmi (1 .. 3 nmi)", "wind": "15 m/s (12 .. 20 m/s)", "basis": "assumed",
         "why": "Heavy helicopters have been worked in a heavy sea; drills are called off earlier."}
    )  # fmt: skip
    technical: ClassVar[str | None] = "landings-done"

    def conduct(self, serial: LiveSerial) -> Process:
        """Ships take the flying course; each helicopter goes her round."""
        parameters = serial.parameters
        ordered = yield from serial.order(serial.units(), "flying stations")
        for ship in serial.ships("decks"):
            ship.steer(*velocity(ship.on_plane(parameters.course.value), parameters.speed.value), ordered)
        helicopters = [unit for unit in serial.units("aircraft") if isinstance(unit, Aircraft)]
        done = {"landings": 0, "wanted": max(1, len(helicopters) * parameters.cycles.whole)}
        yield from serial.together([self._round(serial, helicopter, done) for helicopter in helicopters])

    def _round(self, serial: LiveSerial, helicopter: Aircraft, done: dict[str, int]) -> Process:
        """One helicopter's landings, on decks of the other navy first."""
        decks = sorted(
            serial.ships("decks"), key=lambda ship: (ship.force == helicopter.force, ship is helicopter.home)
        )
        for cycle in range(serial.parameters.cycles.whole):
            yield from serial.gate()
            if not helicopter.is_on_task or not decks:
                return
            ship = decks[cycle % len(decks)]
            if serial.fit(ship, "decks") and (yield from self._land(serial, helicopter, ship)):
                done["landings"] += 1
                serial.achieved(done["landings"] / done["wanted"])

    def _land(self, serial: LiveSerial, helicopter: Aircraft, ship: Ship) -> Process:
        """Approaches until she is down, stays, and takes off; gives whether she was down."""
        parameters, draws, env = (
            serial.parameters,
            serial.draws("approach", helicopter.name),
            serial.exercise.env,
        )
        sheet = ship.platform.deck
        assert sheet is not None  # the role carries a flight deck
        assert ship.deck is not None
        came = serial.now
        for _ in range(MOST_TRIES):
            sea = serial.exercise.weather.sea_state
            if sea > sheet.sea_state.value:
                serial.write(NO_DECK, helicopter, ship, sea_state=sea)
                return False
            if helicopter.distance_to(ship.position) > NAUTICAL_MILE / 4:
                yield from helicopter.intercept(ship, helicopter.cruise_speed, serial.last)
            with ship.deck.request(LANDS) as spot:
                yield spot
                yield from helicopter.take_station(ship, ON_TOP, helicopter.cruise_speed, serial.last)
                yield env.timeout(max(SHORTEST, parameters.approach.draw(draws)))
                if not helicopter.is_on_task:
                    return False
                rough = parameters.wave_off_per_sea_state.value * max(0, sea - SLIGHT)
                if chance(draws, min(1.0, parameters.wave_off.value + rough)):
                    serial.write(WAVED, helicopter, ship, reason="motion" if sea > SLIGHT else "approach")
                    yield env.timeout(parameters.again.value)
                    continue
                down = serial.write(ON_DECK, helicopter, ship, across=int(ship.force != helicopter.force),
                                    waited_s=serial.now - came)  # fmt: skip
                stays = parameters.on_deck.draw(draws)
                yield from serial.spend(stays)
                serial.write(OFF_DECK, helicopter, ship, cause=down, on_deck_s=stays)
                return True
        return False
