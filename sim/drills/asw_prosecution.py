"""Submarine prosecution: from a datum, hunters regain contact, hold it, simulate attacks, and oust the submarine.

The datum is where the serial before lost or left the submarine, or one at random. Hunters go to it and search the circle she may have
reached, which grows with the square of the time: 1 - exp(-(W v / pi u^2)(1/tau - 1/t)), never certain however long. Who
holds her simulates an attack each time he has held her long enough; after so many she is made to leave, and is escorted out.
Sources: Washburn, Search and Detection, 4th edition (2002); Danskin, Operations Research 16 (1968). The drill: S06.
"""

from __future__ import annotations

from math import hypot, pi
from typing import TYPE_CHECKING, ClassVar

from sim.drills._drill import Drill, Process, Role, assumed
from sim.drills._submarine import Rules, anywhere, patrol
from sim.geometry import Point, course_of, velocity
from sim.log import kind
from sim.patterns import expanding_square
from sim.scenario.numbers import Delay, Depth, Duration, Length, Several, Share, Speed
from sim.scenario.sheets import Limits, fitted
from sim.setting import SHORTEST
from sim.stations import turned
from sim.variates import chance, normal, uniform

if TYPE_CHECKING:
    from sim.serial import LiveSerial
    from sim.units._agent import Unit
    from sim.units.aircraft import Aircraft
    from sim.units.ship import Ship
    from sim.vigil import Vigil

DATUM = kind(
    "datum", "A datum is named: where a submarine was, and how long ago.", late_s="number", error_m="number"
)
REGAINED = kind("regained", "Contact is gained again.", took_s="number")
ATTACK = kind("simulated-attack", "An attack is simulated on a submarine that is held.", attack="count", success="count",
              range_m="number")  # fmt: skip
OUSTED = kind("ousted", "The submarine leaves, escorted.", attacks="count", took_s="number")
PROSECUTED = kind("prosecuted", "What came of the prosecution.", held_s="number", lost="count", attacks="count", success="count",
                  sought_s="number")  # fmt: skip


class AswProsecution(Drill):
    """Regain, hold, attack by simulation and oust."""

    class Parameters(Rules, Drill.Parameters):
        """Datum, search and attacks."""

        target: str = "submarine-target"
        speed: Speed = assumed("14 kn (10 .. 18 kn)", "Of ships that search.")
        since: Delay = {"low": "10 min", "mode": "25 min", "high": "60 min", "basis": "assumed",
                       "why": "Since she was last held, where no serial before says so."}  # type: ignore[assignment] # fmt: skip
        datum_error: Length = assumed("1 nmi (0.3 .. 2 nmi)", "Standard deviation of a datum on each axis.")
        spacing: Length = assumed("3 nmi (2 .. 6 nmi)", "Of the expanding square about the datum.")
        hold_for: Duration = assumed("10 min (5 .. 20 min)", "Held so long, she is attacked.")
        attack: Duration = assumed("5 min (3 .. 10 min)", "To simulate one attack and judge it.")
        attack_succeeds: Share = assumed("50 % (30 .. 70 %)", "By umpire's table.")
        attacks_to_oust: Several = assumed("2 (1 .. 4)", "Successes after which she gives up and leaves.")
        dip_time: Duration = assumed("6 min (4 .. 10 min)", "Of one dip: lower, look, raise.")
        stand_off: Depth = assumed(
            "1 nmi (0.5 .. 2 nmi)", "Closer than this to a ship passing by, hunters stand fast."
        )

    roles: ClassVar[dict[str, Role]] = {
        "hunters": Role("ships that prosecute", family=("ship",), carries=("sonar",)),
        "aircraft": Role("helicopters that dip", family=("helicopter", "aircraft"), least=0, optional=True),
        "submarine": Role(
            "submarine; played when there is none",
            family=("submarine",),
            least=0,
            optional=True,
            plays="hostile",
        ),
    }
    limits: ClassVar[Limits] = Limits.model_validate(
        {"sea_state": "5 (4 .. 5)", "visibility": "1 nmi (0.5 .. 2 nmi)", "basis": "assumed",
         "why": "Helicopters dip, and above sea state 5 hull sonars hear little."}
    )  # fmt: skip
    technical: ClassVar[str | None] = "submarines-ousted"
    measures: ClassVar[tuple[str, ...]] = ("time-on-contact", "contacts-lost")
    targets: ClassVar[tuple[str, ...]] = ("target",)

    def conduct(self, serial: LiveSerial) -> Process:
        """Datum, search, hold, attack, oust."""
        parameters = serial.parameters
        ordered = yield from serial.order(serial.units(), "prosecute the datum")
        place, late = self._datum(serial)
        submarine = self._submarine(serial, place, late)
        datum = serial.write(DATUM, at=place, other=submarine, cause=ordered, late_s=late,
                             error_m=hypot(submarine.position[0] - place[0], submarine.position[1] - place[1]))  # fmt: skip
        vigil = serial.watch(serial.ships("hunters"), [submarine], datum)
        running = serial.start(patrol(serial, vigil, submarine))
        for number, ship in enumerate(serial.ships("hunters")):
            serial.start(self._hunt(serial, vigil, ship, submarine, place, number))
        for unit in serial.aircraft():
            if "dipping-sonar" in fitted(unit.platform):
                serial.start(self._dip(serial, vigil, unit, place))
        tally = {"attacks": 0, "success": 0}
        began, sought = serial.now, 0.0
        try:
            while tally["success"] < parameters.attacks_to_oust.whole:
                lost_at = serial.now
                contact = yield from vigil.await_contact(submarine)
                sought += serial.now - lost_at
                if serial.now - lost_at > SHORTEST:
                    serial.write(
                        REGAINED,
                        contact.observer,
                        submarine,
                        cause=contact.record,
                        took_s=serial.now - lost_at,
                    )
                yield from self._attack(serial, vigil, submarine, tally)
            if running.is_alive:
                running.interrupt("ousted")
            yield from self._oust(serial, submarine, tally, began)
        finally:
            fades = vigil.faded(submarine)
            serial.write(
                PROSECUTED,
                other=submarine,
                cause=datum,
                held_s=vigil.held(submarine),
                lost=fades,
                sought_s=sought,
                attacks=tally["attacks"],
                success=tally["success"],
            )
            serial.leave_datum(submarine, vigil)

    def _datum(self, serial: LiveSerial) -> tuple[Point, float]:
        """Where and how long ago, s: left by a serial this one follows, or at random."""
        for number in (*serial.plan.requires, *serial.plan.after):
            left = serial.exercise.datums.get(number)
            if left is not None:
                return left[0], max(serial.now - left[1], 60.0)
        return anywhere(serial, "datum"), serial.parameters.since.draw(serial.draws("since"))

    def _submarine(self, serial: LiveSerial, datum: Point, late: float) -> Unit:
        """The live one, or one put out where she may have got to since."""
        live, draws = serial.units("submarine"), serial.draws("submarine")
        if live:
            return live[0]
        sd, far = serial.parameters.datum_error.value, min(late, 3600.0) * serial.parameters.quiet.value
        dx, dy = velocity(uniform(draws, 0.0, 2 * pi), far)
        ex, ey = turned(normal(draws, 0.0, sd), normal(draws, 0.0, sd), serial.on_plane(0.0))
        return serial.target(serial.parameters.target, (datum[0] + dx + ex, datum[1] + dy + ey))

    def _hunt(
        self, serial: LiveSerial, vigil: Vigil, ship: Ship, submarine: Unit, datum: Point, number: int
    ) -> Process:
        """An expanding square about the datum, or about where she was last held; keeps near her while she is held."""
        env, speed, spacing = (
            serial.exercise.env,
            serial.parameters.speed.value,
            serial.parameters.spacing.value,
        )
        last = datum
        while True:
            held = vigil.holders(submarine)
            if held:
                last = held[-1].place
                (x, y), (u, v) = ship.position, last
                near = velocity(
                    course_of(x - u, y - v) if (x, y) != (u, v) else serial.on_plane(0.0), spacing / 2
                )
                closing = serial.start(ship.transit((u + near[0], v + near[1]), speed, held[-1].record))
            else:
                places = [last, *expanding_square(last, serial.on_plane(number * pi / 2), spacing, 24)]
                closing = serial.start(ship.follow(places, speed, serial.last))
            yield vigil.found.rung
            if closing.is_alive:
                closing.interrupt("found")
                yield env.timeout(SHORTEST)

    def _dip(self, serial: LiveSerial, vigil: Vigil, unit: Aircraft, datum: Point) -> Process:
        """Dips on the circle about the datum that she may have reached by now."""
        draws, began = serial.draws("dips", unit.name), serial.now
        while unit.is_on_task:
            yield from serial.gate()
            far = serial.parameters.quiet.value * (serial.now - began + 1200.0)
            dx, dy = velocity(uniform(draws, 0.0, 2 * pi), far)
            yield from unit.transit((datum[0] + dx, datum[1] + dy), unit.cruise_speed, serial.last)
            if not unit.is_on_task:
                return
            try:
                vigil.enlist(unit, sensors=("dipping-sonar",))
                yield serial.exercise.env.timeout(serial.parameters.dip_time.value)
            finally:
                vigil.drop(unit)

    def _attack(self, serial: LiveSerial, vigil: Vigil, submarine: Unit, tally: dict[str, int]) -> Process:
        """Once held without a break for long enough, an attack is simulated."""
        parameters, env = serial.parameters, serial.exercise.env
        held_so_far = vigil.held(submarine)
        yield env.timeout(parameters.hold_for.value)
        yield from serial.gate()
        holders = vigil.holders(submarine)
        if not holders or vigil.held(submarine) - held_so_far < parameters.hold_for.value - SHORTEST:
            return
        tally["attacks"] += 1
        won = chance(serial.draws("attack"), parameters.attack_succeeds.value)
        tally["success"] += int(won)
        serial.write(ATTACK, holders[0].observer, submarine, cause=holders[0].record, attack=tally["attacks"], success=int(won),
                     range_m=serial.exercise.referee.distance(holders[0].observer, submarine))  # fmt: skip
        serial.achieved(0.9 * tally["success"] / parameters.attacks_to_oust.whole)
        yield env.timeout(parameters.attack.value)

    def _oust(self, serial: LiveSerial, submarine: Unit, tally: dict[str, int], began: float) -> Process:
        """She leaves the area on the surface by the shortest way, the first hunter with her."""
        (x, y), (u, v) = submarine.position, serial.centre
        course = course_of(x - u, y - v) if (x, y) != (u, v) else serial.on_plane(0.0)
        submarine.steer(*velocity(course, serial.parameters.run.value), serial.last)
        serial.write(
            OUSTED, submarine, cause=serial.last, attacks=tally["attacks"], took_s=serial.now - began
        )
        serial.achieved(1.0)
        yield from serial.spend(600.0)
