"""Helicopter operations: deck cycles, on other ships' decks and across the boundary between the navies first.

Each helicopter goes round the decks: approach, landing, time on deck with rotors running, take-off. A deck works one at a time on each
spot, and those in the air go first. A deck beyond its sea state is not tried; in a seaway an approach is waved off by a chance that grows
with the sea, and is flown again. Ships steer a flying course: into the wind at the speed that brings the wind over the deck to what is wanted,
or before it when it is too strong as it is; they take another when the wind changes. With more wind over the deck than allowed no approach
comes to a landing. Limits of sea and wind are on the sheets of deck and helicopter; where the wind blows from and the rest is a proposal.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import degrees, hypot, pi
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from sim.drills._drill import Drill, Process, Role, assumed
from sim.geometry import velocity
from sim.log import kind
from sim.quantities import NAUTICAL_MILE
from sim.scenario.numbers import Course, Delay, Depth, Duration, Several, Share, Speed
from sim.scenario.schema import Scenario, Serial
from sim.scenario.sheets import Limits
from sim.setting import LANDS, SHORTEST
from sim.stations import ON_TOP
from sim.variates import choose

if TYPE_CHECKING:
    from sim.serial import LiveSerial
    from sim.units._agent import Unit
    from sim.units.aircraft import Aircraft
    from sim.units.ship import Ship

ON_DECK = kind("deck-landing", "A helicopter lands on a deck in drill.", across="count", waited_s="number")
FLYING = kind("flying-course", "A ship takes a flying course; the wind over her deck is on it.", course_deg="number",
              speed_m_per_s="number", wind_m_per_s="number", over_deck_m_per_s="number")  # fmt: skip
OFF_DECK = kind("deck-take-off", "A helicopter takes off again.", on_deck_s="number")
WAVED = kind("wave-off", "An approach is broken off.", reason="text")
NO_DECK = kind("deck-closed", "A deck is not worked in this sea.", sea_state="count")

SLIGHT = 2  # WMO sea state up to which wave-offs have their least chance
MOST_TRIES = 4  # approaches to one deck, then it is left out


class FlyingCourse(NamedTuple):
    """is_into: into the wind, else before it. speed: m/s. over_deck: the wind over the deck, m/s."""

    is_into: bool
    speed: float
    over_deck: float


def flying_course(
    wind: float, wanted: float, most: float, least_speed: float, most_speed: float
) -> FlyingCourse:
    """The course and speed that bring the wind over the deck nearest to what is wanted, all m/s.

    Steaming into the wind adds the ship's speed to it, before the wind takes it off.
    """
    into = min(most_speed, max(least_speed, wanted - wind))
    if wind + into <= most:
        return FlyingCourse(True, into, wind + into)
    before = min(most_speed, max(least_speed, wind - wanted))
    return FlyingCourse(False, before, abs(wind - before))


class HelicopterOperations(Drill):
    """Helicopters land on one deck after another."""

    class Parameters(Drill.Parameters):
        """Cycles, decks and chances."""

        cycles: Several = assumed(
            "2 (1 .. 6)", "Landings of each helicopter in the serial, if there is time."
        )
        wind_from: Course = assumed("180 deg (0 .. 360 deg)", "The summer wind; its turns are not modelled.")
        over_deck: Speed = assumed("20 kn (10 .. 25 kn)", "Wind wanted over the deck, from ahead.")
        most_over_deck: Speed = assumed(
            "35 kn (30 .. 45 kn)", "More than this over the deck is too much to land."
        )
        steerage: Speed = assumed("5 kn (3 .. 8 kn)", "Least speed of a ship that is to hold her course.")
        speed: Speed = assumed("18 kn (12 .. 20 kn)", "Most speed of the ships while decks are worked.")
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
    measures: ClassVar[tuple[str, ...]] = ("deck-landings", "cross-deck-landings", "wave-offs", "sorties")

    @classmethod
    def check(cls, serial: Serial, scenario: Scenario) -> Iterator[tuple[str, str]]:
        """Wind and speeds in order; chances that add up to one at most in the worst sea a deck is worked in."""
        parameters: Any = serial.parameters
        if parameters.steerage.value > parameters.speed.value:
            yield "steerage", "more than the most speed while decks are worked"
        if parameters.over_deck.value > parameters.most_over_deck.value:
            yield "over_deck", "more wind wanted over the deck than is allowed there"

    def conduct(self, serial: LiveSerial) -> Process:
        """Ships take the flying course; each helicopter goes her round."""
        parameters = serial.parameters
        ordered = yield from serial.order(serial.units(), "flying stations")
        serial.start(self._hold_course(serial, ordered))
        helicopters = serial.aircraft()
        done = {"landings": 0, "wanted": max(1, len(helicopters) * parameters.cycles.whole)}
        yield from serial.together([self._round(serial, helicopter, done) for helicopter in helicopters])

    def _hold_course(self, serial: LiveSerial, cause: int) -> Process:
        """Ships take the flying course for the wind as it is, whenever it is another."""
        parameters, weather, wind = serial.parameters, serial.exercise.weather, None
        while True:
            if weather.wind != wind:
                wind = weather.wind
                found = flying_course(wind, parameters.over_deck.value, parameters.most_over_deck.value,
                                      parameters.steerage.value, parameters.speed.value)  # fmt: skip
                for ship in serial.ships("decks"):
                    course = ship.on_plane(parameters.wind_from.value + (0.0 if found.is_into else pi))
                    record = serial.write(FLYING, ship, cause=cause, course_deg=degrees(course) % 360.0, wind_m_per_s=wind,
                                          speed_m_per_s=found.speed, over_deck_m_per_s=found.over_deck)  # fmt: skip
                    ship.steer(*velocity(course, found.speed), record)
            yield serial.exercise.news.rung
            cause = weather.record

    def _over_deck(self, serial: LiveSerial, ship: Ship) -> float:
        """The wind over a deck as the ship now moves, m/s."""
        wind = velocity(ship.on_plane(serial.parameters.wind_from.value), serial.exercise.weather.wind)
        return hypot(wind[0] + ship.motion.vx, wind[1] + ship.motion.vy)

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
            if not helicopter.is_on_task:  # sent home by its fuel meanwhile
                return False
            sea = serial.exercise.weather.sea_state
            if sea > sheet.sea_state.value:
                serial.write(NO_DECK, helicopter, ship, sea_state=sea)
                return False
            if helicopter.distance_to(ship.position) > NAUTICAL_MILE / 4:
                yield from helicopter.intercept(ship, helicopter.cruise_speed, serial.last)
            with ship.deck.request(LANDS) as spot:
                yield spot
                if not helicopter.is_on_task:
                    return False
                yield from helicopter.take_station(ship, ON_TOP, helicopter.cruise_speed, serial.last)
                yield env.timeout(max(SHORTEST, parameters.approach.draw(draws)))
                if not helicopter.is_on_task:
                    return False
                reason = self._wave_off(serial, helicopter, ship)
                if reason is None:
                    yield from self._visit(serial, helicopter, ship, serial.now - came)
                    return True
            serial.write(WAVED, helicopter, ship, reason=reason)
            yield env.timeout(max(SHORTEST, parameters.again.draw(draws)))
        return False

    def _wave_off(self, serial: LiveSerial, helicopter: Aircraft, ship: Ship) -> str | None:
        """Why an approach is waved off, None when it is not: one uniform an approach, so a calmer sea is never worse."""
        parameters, draws = serial.parameters, serial.draws("wave-off", helicopter.name)
        sea = serial.exercise.weather.sea_state
        least = parameters.wave_off.value
        motion = min(1.0 - least, parameters.wave_off_per_sea_state.value * max(0, sea - SLIGHT))
        drawn = ("approach", "motion", None)[choose(draws, [least, motion, 1.0 - least - motion])]
        return "wind" if self._over_deck(serial, ship) > parameters.most_over_deck.value else drawn

    def _visit(self, serial: LiveSerial, helicopter: Aircraft, ship: Ship, waited: float) -> Process:
        """Down, a while on deck, and off again; with FINEX too, and when its fuel sends it home."""
        down = serial.write(
            ON_DECK, helicopter, ship, across=int(ship.force != helicopter.force), waited_s=waited
        )
        came = serial.now
        whole = serial.parameters.on_deck.draw(serial.draws("on deck", helicopter.name))
        stay = serial.start(serial.spend(whole))

        def off() -> int:
            helicopter.watchers.remove(gone)
            return serial.write(OFF_DECK, helicopter, ship, cause=down, on_deck_s=serial.now - came)

        def gone(_: Unit) -> None:
            """Fuel has sent it home from the deck."""
            if helicopter.aboard is None:
                off()
                if stay.is_alive:  # it may have been about to take off by itself
                    stay.interrupt("gone")

        helicopter.land_on(ship, down)
        helicopter.watchers.append(gone)
        try:
            yield stay
        finally:
            if helicopter.aboard is not None:
                helicopter.lift_off(off())
