"""Search and rescue (SAREX): somebody drifts from a datum, is searched for by pattern, found by eye, and picked up.

The place of the accident is known but for a normal error, and the person or raft drifts since, at a speed and to a course drawn within
declared bounds. Ships search an expanding square or sectors from the datum moved on by the drift, helicopters sectors. Finding is for the lookouts; the
chance of having found by then is held against POD = 1 - exp(-C), C the swept area over the area to be searched.
Sources: IAMSAR Manual, volume II; Koopman, Search and Screening (1946).
"""

from __future__ import annotations

from math import fsum, hypot, pi
from typing import TYPE_CHECKING, ClassVar, Literal

from sim.drills._drill import Drill, Process, Role, assumed
from sim.geometry import velocity
from sim.log import kind
from sim.patterns import expanding_square, sector_search
from sim.scenario.numbers import Delay, Depth, Duration, Length, Speed
from sim.scenario.sheets import Limits
from sim.search import containment, detection
from sim.stations import turned
from sim.variates import normal, uniform

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.scenario.schema import Scenario, Serial
    from sim.serial import LiveSerial
    from sim.units.ship import Ship
    from sim.units.target import Target

DISTRESS = kind(
    "distress", "Somebody is in the water; the datum is where that was reported.", error_m="number"
)
SURVIVOR = kind("survivor-found", "The survivor is found.", searched_s="number", pod="number", poc="number")
RECOVERED = kind("recovered", "The survivor is aboard.", took_s="number")


class SearchAndRescue(Drill):
    """Find and pick up who drifts."""

    class Parameters(Drill.Parameters):
        """Who is searched for, how it drifts, and how it is searched for."""

        target: str = "life-raft"
        datum_error: Length = assumed(
            "0.7 nmi (0.3 .. 2 nmi)", "Standard deviation of the reported place on each axis."
        )
        drift: Speed = assumed("0.8 kn (0.3 .. 1.5 kn)", "Leeway of a raft in a moderate wind, and current.")
        drift_error: Speed = assumed(
            "0.3 kn (0.1 .. 0.6 kn)", "Standard deviation of what is reckoned for the drift."
        )
        since: Delay = {"low": "20 min", "mode": "40 min", "high": "90 min", "basis": "assumed",
                       "why": "From the accident to the search."}  # type: ignore[assignment] # fmt: skip
        pattern: Literal["expanding-square", "sectors"] = "expanding-square"
        spacing: Length = assumed("0.8 nmi (0.3 .. 2 nmi)", "Between tracks.")
        speed: Speed = assumed("12 kn (8 .. 15 kn)", "Of ships that search.")
        sweep_width: Length = assumed(
            "0.8 nmi (0.2 .. 2 nmi)", "Reckoned with for the chance reached; by size and weather."
        )
        pick_up: Delay = {"low": "8 min", "mode": "15 min", "high": "30 min", "basis": "assumed",
                          "why": "Come up, lower a boat, take aboard."}  # type: ignore[assignment] # fmt: skip
        give_up: Duration = assumed("4 h (2 .. 8 h)", "Of searching, then the drill is over.")
        stand_off: Depth = assumed(
            "0.5 nmi (0.2 .. 1 nmi)", "Others keep clear of a search they have been told of."
        )

    roles: ClassVar[dict[str, Role]] = {
        "searchers": Role("ships that search", family=("ship",)),
        "aircraft": Role(
            "helicopters and aircraft that search", family=("helicopter", "aircraft"), least=0, optional=True
        ),
    }
    limits: ClassVar[Limits] = Limits.model_validate(
        {"sea_state": "5 (4 .. 6)", "visibility": "2 nmi (1 .. 4 nmi)", "daylight": "required", "basis": "assumed",
         "why": "A drill is not held in weather in which its own boat is in danger."}
    )  # fmt: skip
    technical: ClassVar[str | None] = "survivors-recovered"
    measures: ClassVar[tuple[str, ...]] = ("time-to-find", "pod-reached")
    targets: ClassVar[tuple[str, ...]] = ("target",)

    @classmethod
    def check(cls, serial: Serial, scenario: Scenario) -> Iterator[tuple[str, str]]:
        """A pattern needs some spacing."""
        if serial.parameters.spacing.value >= 20 * serial.parameters.datum_error.value:  # type: ignore[attr-defined]
            yield "spacing", "tracks are so far apart that the first leg leaves where anybody can be"

    def conduct(self, serial: LiveSerial) -> Process:
        """Distress, search, find, recover."""
        parameters, draws = serial.parameters, serial.draws("distress")
        datum, late = serial.centre, parameters.since.draw(draws)
        sd = parameters.datum_error.value
        north = serial.on_plane(0.0)
        error = turned(normal(draws, 0.0, sd), normal(draws, 0.0, sd), north)
        set_ = velocity(uniform(draws, 0.0, 2 * pi), parameters.drift.value)
        wide = parameters.drift_error.value
        off = turned(normal(draws, 0.0, wide), normal(draws, 0.0, wide), north)
        drift = set_[0] + off[0], set_[1] + off[1]
        at = datum[0] + error[0] + late * drift[0], datum[1] + error[1] + late * drift[1]
        survivor = serial.target(parameters.target, at)
        survivor.fly(*drift)
        told = serial.write(DISTRESS, survivor, at=datum, error_m=hypot(at[0] - datum[0], at[1] - datum[1]))
        ordered = yield from serial.order(serial.units(), "search for survivors", told)
        vigil = serial.watch(serial.units(), [survivor], ordered)
        reckoned = datum[0] + late * set_[0], datum[1] + late * set_[1]
        searching = [serial.start(search) for search in self._searches(serial, reckoned)]
        began = serial.now
        contact = yield from vigil.await_contact(survivor, began + parameters.give_up.value)
        if contact is None:
            return
        spread = (sd**2 + (late * parameters.drift_error.value) ** 2) ** 0.5
        half = 2.0 * spread
        swept = fsum(self._track(serial, unit.name) for unit in serial.ships("searchers")) * (
            serial.now - began
        )
        found = serial.write(SURVIVOR, contact.observer, survivor, cause=contact.record, searched_s=serial.now - began,
                             pod=detection(parameters.sweep_width.value * swept / (2 * half) ** 2), poc=containment(spread, half))  # fmt: skip
        serial.achieved(0.7)
        for process in searching:
            if process.is_alive:
                process.interrupt("found")
        yield from self._recover(serial, survivor, found, began)

    def _track(self, serial: LiveSerial, name: str) -> float:
        """The speed at which a searcher sweeps, m/s."""
        ship = next(each for each in serial.ships("searchers") if each.name == name)
        return min(float(serial.parameters.speed.value), ship.max_speed)

    def _searches(self, serial: LiveSerial, datum: tuple[float, float]) -> Iterator[Process]:
        """Each searcher's pattern from the datum, turned from the next one's."""
        parameters = serial.parameters
        for place, unit in enumerate([*serial.ships("searchers"), *serial.units("aircraft")]):
            course, flies = serial.on_plane(place * pi / 2), unit in serial.aircraft()
            if parameters.pattern == "sectors" or flies:
                places = sector_search(datum, course, 6 * parameters.spacing.value, 3)
            else:
                places = expanding_square(
                    datum, course, parameters.spacing.value * max(1, len(serial.ships("searchers"))), 24
                )
            speed = unit.cruise_speed / 2 if flies else parameters.speed.value
            yield unit.search([datum, *places], speed, serial.last)

    def _recover(self, serial: LiveSerial, survivor: Target, cause: int, began: float) -> Process:
        """The nearest ship comes up and takes the survivor aboard."""
        ships: list[Ship] = sorted(
            serial.ships("searchers"), key=lambda ship: serial.exercise.referee.distance(ship, survivor)
        )
        for ship in ships:
            if not serial.fit(ship, "searchers"):
                continue
            yield from ship.intercept(survivor, ship.max_speed, cause)
            yield from serial.spend(serial.parameters.pick_up.draw(serial.draws("pick up", ship.name)))
            serial.write(RECOVERED, ship, survivor, cause=cause, took_s=serial.now - began)
            serial.take_in(survivor)
            serial.achieved(1.0)
            return
