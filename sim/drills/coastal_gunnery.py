"""Coastal gunnery (naval gunfire support): spotted fire on a mark ashore that the ship does not see.

Ships take their places in a column at the ordered range and fire in turn. The spotter brackets: the aim moves by the bracket towards the mark until a salvo falls on its other side,
then the bracket is halved, down to the last one, and the string is fired for effect. What a round does at
the mark is scored by Carleton's function; what counts for the mark of the shoot is the share of rounds
within a standard distance. Source: M. Driels, Weaponeering, AIAA 2004 (Carleton); seeds artillery-coastal.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import hypot, pi
from typing import TYPE_CHECKING, ClassVar

from sim.drills._drill import Drill, Process, Role, assumed
from sim.drills._fire import column
from sim.drills.surface_gunnery import STOPPAGE, best_gun, need_range
from sim.geometry import Point, velocity
from sim.log import kind
from sim.scenario.numbers import Count, Delay, Length, Plain, Share, Some
from sim.scenario.schema import Scenario, Serial
from sim.scenario.sheets import Limits
from sim.variates import chance, exponential, normal
from sim.weapons.dispersion import carleton_at, fall_of_shot
from sim.weapons.gun import Gun, roughening

if TYPE_CHECKING:
    from sim.serial import LiveSerial
    from sim.stations import Station
    from sim.units.ship import Ship
    from sim.units.target import Target

SHORE_ROUND = kind("shore-round", "One round falls about a mark ashore.", gun="text", phase="text",
                   across_m="number", along_m="number", range_m="number", effect="number")  # fmt: skip
SHORE_SPOT = kind("shore-spot", "The spotter calls a salvo over or short.", call="text", bracket_m="number")
SHORE_STRING = kind("shore-string", "A ship has finished her shoot on the mark.", fired="count", inside="count",
                    salvos="count", effect="number", seconds="number")  # fmt: skip


class CoastalGunnery(Drill):
    """Ships fire one after another at a mark ashore, directed by a spotter."""

    class Parameters(Drill.Parameters):
        """Mark, rounds, bracket and errors."""

        target: str = "shore-target"
        range: Length = assumed("8 km (6 .. 12 km)", "Range to the mark.")
        rounds: Some = {"low": "6", "mode": "10", "high": "16", "basis": "assumed",  # type: ignore[assignment]
                        "why": "Rounds for effect per ship."}  # fmt: skip
        first_error: Share = assumed(
            "4 % (2 .. 6 %)", "Standard deviation of the first aim in range: a mark off a map."
        )
        bracket: Length = assumed("400 m (200 .. 800 m)", "First bracket of the spotter.")
        last_bracket: Length = assumed("50 m (25 .. 100 m)", "Bracket at which fire for effect is called.")
        most_salvos: Count = assumed(
            "10 (6 .. 14)", "Ranging rounds before fire for effect is called anyhow."
        )
        spot_error: Length = assumed(
            "20 m (10 .. 40 m)", "Standard deviation of where the spotter sees a round fall."
        )
        spot: Delay = {"low": "8 s", "mode": "15 s", "high": "40 s", "basis": "assumed",
                       "why": "From splash to the correction on the air."}  # type: ignore[assignment] # fmt: skip
        lay: Delay = {"low": "5 s", "mode": "15 s", "high": "30 s", "basis": "assumed",
                      "why": "From the correction to the next round away."}  # type: ignore[assignment] # fmt: skip
        string_error: Share = assumed("0.4 % (0.2 .. 0.8 %)", "Aim error in range common to a string.")
        stopped: Delay = {"value": "6 min", "low": "2 min", "high": "20 min", "basis": "assumed",
                          "why": "Mean time to clear a stoppage; drawn from an exponential."}  # type: ignore[assignment] # fmt: skip
        effect_across: Length = assumed("30 m (15 .. 50 m)", "Carleton radius across the line of fire.")
        effect_along: Length = assumed("30 m (15 .. 50 m)", "Carleton radius along the line of fire.")
        standard: Length = assumed("100 m (75 .. 150 m)", "A round within this of the mark counts.")
        roughness: Plain = assumed(
            "0.15 (0.05 .. 0.3)", "Wider spread for each sea state above 2, as a share."
        )

    roles: ClassVar[dict[str, Role]] = {
        "firing": Role("ships that fire, in this order", family=("ship",), carries=("main-gun",)),
        "spotter": Role("who sees the mark and corrects the fire", family=("helicopter", "aircraft", "ship")),
    }
    limits: ClassVar[Limits] = Limits.model_validate(
        {"sea_state": "4 (3 .. 5)", "visibility": "3 nmi (2 .. 5 nmi)", "daylight": "required", "basis": "assumed",
         "why": "Gunfire support practice by day, with the danger area seen to be clear."}
    )  # fmt: skip
    live_fire: ClassVar[bool] = True
    technical: ClassVar[str | None] = "shore-hits"
    measures: ClassVar[tuple[str, ...]] = ("rounds", "ammunition-left")
    close: ClassVar[tuple[tuple[str, str], ...]] = (("firing", "spotter"),)
    targets: ClassVar[tuple[str, ...]] = ("target",)

    @classmethod
    def check(cls, serial: Serial, scenario: Scenario) -> Iterator[tuple[str, str]]:
        """Live fire needs an area and guns that reach."""
        yield from need_range(serial, scenario)

    def conduct(self, serial: LiveSerial) -> Process:
        """Each ship in turn brackets the mark and fires for effect."""
        (x, y), north, distance = serial.centre, serial.on_plane(0.0), serial.parameters.range.value
        dx, dy = velocity(north, distance)
        mark = serial.target(serial.parameters.target, (x + dx, y + dy))
        firing = serial.ships("firing")
        places = column(firing, mark, north + pi, distance)
        for ship, place in zip(firing, places, strict=True):
            serial.start(ship.take_station(mark, place, cause=serial.last))
        done = 0
        for ship, place in zip(firing, places, strict=True):
            if (yield from serial.mend(ship, "firing")) and (
                yield from self._shoot(serial, ship, mark, place)
            ):
                done += 1
                serial.achieved(done / len(firing))

    def _shoot(self, serial: LiveSerial, ship: Ship, mark: Target, place: Station) -> Process:
        """One ship's shoot: position, order, bracket, effect. Gives whether she has fired for effect."""
        began, parameters = serial.now, serial.parameters
        distance = parameters.range.value
        gun = best_gun(ship, distance)
        if gun is None:
            return False
        yield from ship.take_station(mark, place, cause=serial.last)
        spotters = [unit for unit in serial.units("spotter") if unit is not ship]
        with serial.lines.lay(ship, mark, gun.sheet.max_range.value):
            called = yield from serial.order([ship, *spotters], "fire mission")
            aim, salvos = yield from self._bracket(serial, ship, gun, mark, called)
            fired, inside, left = yield from self._for_effect(serial, ship, gun, mark, aim, called)
        serial.write(SHORE_STRING, ship, mark, cause=called, fired=fired, inside=inside, salvos=salvos,
                     effect=1 - left, seconds=serial.now - began)  # fmt: skip
        return fired > 0

    def _bracket(self, serial: LiveSerial, ship: Ship, gun: Gun, mark: Target, cause: int) -> Process:
        """Halves the bracket each time the fall crosses the mark; gives the aim and the rounds it took."""
        parameters, draws = serial.parameters, serial.draws("aim", ship.name)
        distance, bracket = parameters.range.value, parameters.bracket.value
        aim = (
            normal(draws, 0.0, 0.001 * distance),
            normal(draws, 0.0, parameters.first_error.value * distance),
        )
        side, salvos = 0, 0
        while bracket > parameters.last_bracket.value and salvos < parameters.most_salvos.whole:
            yield from serial.gate()
            if not serial.fit(ship, "firing"):
                break
            fall = self._fire(serial, ship, gun, mark, aim, "ranging", cause)
            if fall is None:
                break
            salvos += 1
            yield from serial.spend(gun.flight(distance).time + parameters.spot.draw(draws))
            seen = fall[1] + normal(draws, 0.0, parameters.spot_error.value)
            over = 1 if seen > 0 else -1
            if side and over != side:
                bracket /= 2
            side = over
            spotter = (serial.units("spotter") or [ship])[0]
            cause = serial.write(SHORE_SPOT, spotter, ship, cause=cause, call="over" if over > 0 else "short",
                                 bracket_m=bracket)  # fmt: skip
            aim = (
                aim[0] - fall[0],
                aim[1] - over * bracket,
            )  # left and right are seen well, and taken off whole
            yield from serial.spend(parameters.lay.draw(draws))
        return aim, salvos

    def _for_effect(
        self, serial: LiveSerial, ship: Ship, gun: Gun, mark: Target, aim: Point, cause: int
    ) -> Process:
        """The string for effect; gives rounds fired, rounds inside the standard, and what is left of the mark."""
        parameters, draws = serial.parameters, serial.draws("string", ship.name)
        distance = parameters.range.value
        aim = (aim[0], aim[1] + normal(draws, 0.0, parameters.string_error.value * distance))
        wanted = round(parameters.rounds.draw(serial.draws("rounds", ship.name)))
        if chance(draws, gun.sheet.stoppage.value):
            stopped = exponential(draws, parameters.stopped.value)
            serial.write(STOPPAGE, ship, gun=gun.sheet.gun, stopped_s=stopped, cause=cause)
            yield from serial.spend(stopped)
        fired = inside = 0
        left = 1.0
        while fired < wanted:
            yield from serial.gate()
            if not (yield from serial.mend(ship, "firing")):
                break
            if serial.holds:
                continue
            fall = self._fire(serial, ship, gun, mark, aim, "effect", cause)
            if fall is None:
                break
            fired += 1
            inside += hypot(*fall) <= parameters.standard.value
            left *= 1 - carleton_at(*fall, parameters.effect_across.value, parameters.effect_along.value)
            yield from serial.spend(1 / gun.sheet.drill_rate.value)
        return fired, inside, left

    @staticmethod
    def _fire(serial: LiveSerial, ship: Ship, gun: Gun, mark: Target, aim: Point, phase: str,
              cause: int) -> Point | None:  # fmt: skip
        if not gun.fire(1):
            return None
        parameters = serial.parameters
        distance = parameters.range.value
        rough = roughening(serial.exercise.weather.sea_state, parameters.roughness.value)
        fall = fall_of_shot(serial.draws("rounds fall", ship.name), *gun.spread(distance, rough), aim)
        effect = carleton_at(*fall, parameters.effect_across.value, parameters.effect_along.value)
        serial.write(SHORE_ROUND, ship, mark, cause=cause, at=mark.position, gun=gun.sheet.gun, phase=phase,
                     across_m=fall[0], along_m=fall[1], range_m=distance, effect=effect)  # fmt: skip
        return fall
