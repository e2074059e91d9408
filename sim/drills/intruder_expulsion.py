"""Intruder expulsion: a ship that closes the formation and heeds no call is driven off step by step, and boxed in.

The steps are those reported of the drill in July 2023 (S04): calls, flares, warning shots ahead, a helicopter sent, then two ships
take her between them for identification. At each step the intruder complies by a declared chance; the next follows only when
she does not. Rules of engagement are parameters: which steps may be taken, and how far ahead of her shots must fall.
"""

from __future__ import annotations

from math import pi
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

from sim.drills._company import InCompany
from sim.drills._drill import Process, Role, assumed
from sim.drills._nearest import Nearest
from sim.geometry import velocity
from sim.log import kind
from sim.quantities import KNOT
from sim.scenario.numbers import Delay, Duration, Length, Several, Share, Speed
from sim.scenario.sheets import Limits
from sim.stations import Station
from sim.variates import chance, uniform

if TYPE_CHECKING:
    from sim.serial import LiveSerial
    from sim.units.ship import Ship

STEP = kind(
    "step", "A step to drive off an intruder is taken.", step="text", number="count", range_m="number"
)
WARNED = kind(
    "warning-shots", "Warning shots fall ahead of an intruder.", gun="text", rounds="count", ahead_m="number"
)
COMPLIED = kind(
    "complied", "An intruder slows down and does as told.", step="text", number="count", taken_s="number"
)
BOXED = kind("boxed-in", "Two ships have the intruder between them.", taken_s="number")
EXPELLED = kind(
    "expelled",
    "What became of an intruder.",
    complied="count",
    number="count",
    closest_m="number",
    taken_s="number",
)


class _Step(NamedTuple):
    word: str
    complies: str
    takes: str


SLOW = 5 * KNOT  # m/s; what an intruder that complies slows down to
STEPS = (_Step("call", "heeds_call", "call"), _Step("flares", "heeds_flares", "flares"),
         _Step("warning-shots", "heeds_shots", "shots"), _Step("helicopter", "heeds_helicopter", "over_her"),
         _Step("box-in", "heeds_box", "settle"))  # fmt: skip


class IntruderExpulsion(InCompany):
    """A formation drives off an intruder by steps."""

    class Parameters(InCompany.Parameters):
        """Approach, steps and how likely each is heeded."""

        begins: Length = assumed("8 nmi (5 .. 12 nmi)", "From where the intruder begins her approach.")
        approach: Speed = assumed("18 kn (12 .. 22 kn)", "Of the intruder.")
        challenge: Length = assumed("6 nmi (4 .. 8 nmi)", "At this range she is called first.")
        warning_shots: Literal["allowed", "withheld"] = "allowed"
        clear_ahead: Length = assumed(
            "1000 m (500 .. 2000 m)", "Ahead of her bow, at least so far, shots must fall."
        )
        rounds: Several = assumed("3 (2 .. 6)", "Warning shots of one warning.")
        box: Length = assumed("400 m (250 .. 600 m)", "On either beam, once she is between two ships.")
        heeds_call: Share = assumed("10 % (0 .. 30 %)", "In the drill the calls went unheeded.")
        heeds_flares: Share = assumed("15 % (0 .. 40 %)", "In the drill she went on after flares.")
        heeds_shots: Share = assumed("40 % (20 .. 70 %)", "A proposal.")
        heeds_helicopter: Share = assumed("50 % (30 .. 80 %)", "In the drill she slowed down after that.")
        heeds_box: Share = assumed("95 % (80 .. 100 %)", "Between two ships there is not much else to do.")
        call: Delay = {"low": "2 min", "mode": "4 min", "high": "8 min", "basis": "assumed",
                       "why": "Call her on channel 16 until it is clear that she does not answer."}  # type: ignore[assignment] # fmt: skip
        flares: Delay = {"low": "1 min", "mode": "3 min", "high": "6 min", "basis": "assumed",
                         "why": "Fire flares and see what she does."}  # type: ignore[assignment] # fmt: skip
        shots: Delay = {"low": "2 min", "mode": "4 min", "high": "8 min", "basis": "assumed",
                        "why": "Lay, fire ahead, and see what she does."}  # type: ignore[assignment] # fmt: skip
        over_her: Delay = {"low": "3 min", "mode": "6 min", "high": "12 min", "basis": "assumed",
                           "why": "Overhead, until she has had time to think."}  # type: ignore[assignment] # fmt: skip
        settle: Delay = {"low": "2 min", "mode": "5 min", "high": "10 min", "basis": "assumed",
                         "why": "Between the two ships, until she slows."}  # type: ignore[assignment] # fmt: skip
        inspect: Duration = assumed("15 min (10 .. 30 min)", "Alongside and abeam, to identify her.")

    roles: ClassVar[dict[str, Role]] = {
        "intruder": Role("ship that plays the intruder", family=("ship",)),
        "escorts": Role("ships that drive her off; the first two box her in", family=("ship",), least=2),
        "aircraft": Role("helicopter sent to her", family=("helicopter",), least=0, optional=True),
    }
    limits: ClassVar[Limits] = Limits.model_validate(
        {"sea_state": "4 (4 .. 5)", "visibility": "2 nmi (1 .. 3 nmi)", "daylight": "required", "basis": "assumed",
         "why": "Ships at four hundred metres of each other must see and handle well."}
    )  # fmt: skip
    technical: ClassVar[str | None] = "intruders-expelled"
    measures: ClassVar[tuple[str, ...]] = ("steps-taken", "time-to-comply", "closest-approach")

    def conduct(self, serial: LiveSerial) -> Process:
        """She opens, turns and comes on; found, challenged, and taken through the steps."""
        parameters = serial.parameters
        intruder, escorts = serial.ships("intruder")[0], serial.ships("escorts")
        ordered = yield from serial.order(serial.units(), "intruder exercise")
        steaming = serial.start(self.steam(serial, "escorts"))
        guide, bearing = escorts[0], uniform(serial.draws("approach"), 0.0, 2 * pi)
        (x, y), (dx, dy) = guide.position, velocity(bearing, parameters.begins.value)
        yield from intruder.transit((x + dx, y + dy), intruder.max_speed, ordered)
        yield from serial.gate()
        vigil = serial.watch(escorts + serial.units("aircraft"), [intruder], ordered)
        nearest = Nearest(serial, intruder, guide)
        coming = serial.start(intruder.intercept(guide, parameters.approach.value, ordered))
        contact = yield from vigil.await_contact(intruder)
        began, complied, number, cause = serial.now, False, 0, contact.record
        for step in self._steps(serial):
            number += 1
            cause = serial.write(STEP, guide, intruder, cause=cause, step=step.word, number=number,
                                 range_m=serial.exercise.referee.distance(guide, intruder))  # fmt: skip
            yield from self._take(serial, step, guide, intruder, cause)
            yield from serial.spend(getattr(parameters, step.takes).draw(serial.draws("steps", step.word)))
            complied = chance(serial.draws("complies", step.word), getattr(parameters, step.complies).value)
            serial.achieved(0.8 * number / len(STEPS))
            if complied:
                cause = serial.write(
                    COMPLIED,
                    intruder,
                    guide,
                    cause=cause,
                    step=step.word,
                    number=number,
                    taken_s=serial.now - began,
                )
                break
        for process in (coming, steaming):
            if process.is_alive:
                process.interrupt("over")
        slow = velocity(intruder.heading, SLOW if complied else parameters.approach.value)
        intruder.steer(*slow, cause)
        if complied and number < len(STEPS):
            yield from self._box_in(serial, intruder, cause)
        yield from serial.spend(parameters.inspect.value if complied else 0.0)
        nearest.close()
        serial.write(EXPELLED, intruder, guide, cause=cause, complied=int(complied), number=number, closest_m=nearest.least,
                     taken_s=serial.now - began)  # fmt: skip
        serial.achieved(1.0 if complied else 0.8)

    def _steps(self, serial: LiveSerial) -> list[_Step]:
        """Those that the rules of engagement and who is there allow."""
        flown = any(unit.is_on_task for unit in serial.units("aircraft"))
        barred = {word for word, is_barred in (("warning-shots", serial.parameters.warning_shots == "withheld"),
                                               ("helicopter", not flown)) if is_barred}  # fmt: skip
        return [step for step in STEPS if step.word not in barred]

    def _take(self, serial: LiveSerial, step: _Step, guide: Ship, intruder: Ship, cause: int) -> Process:
        """What is done in a step, beside the time it takes."""
        if step.word == "warning-shots":
            gun = next(
                (gun for each in ("main", "machine-gun") for gun in guide.guns_of(each) if gun.rounds), None
            )
            if gun is not None and gun.reaches(serial.exercise.referee.distance(guide, intruder)):
                serial.write(WARNED, guide, intruder, cause=cause, gun=gun.sheet.gun, rounds=gun.fire(serial.parameters.rounds.whole),
                             ahead_m=serial.parameters.clear_ahead.value)  # fmt: skip
        elif step.word == "helicopter":
            helicopter = next(unit for unit in serial.aircraft() if unit.is_on_task)
            serial.start(helicopter.intercept(intruder, cause=cause))
        elif step.word == "box-in":
            yield from self._box_in(serial, intruder, cause)

    def _box_in(self, serial: LiveSerial, intruder: Ship, cause: int) -> Process:
        """The first two escorts take her between them and keep there; whoever cannot come up in time gives it up."""
        began, beam = serial.now, serial.parameters.box.value
        pair = [ship for ship in serial.ships("escorts") if serial.fit(ship, "escorts")][:2]
        yield from serial.together([
            ship.take_station(intruder, Station(side * beam, 0.0, turns=True), ship.max_speed, cause, until=began + 3600.0)
            for ship, side in zip(pair, (1, -1), strict=False)
        ])  # fmt: skip
        if len(pair) == 2:
            serial.write(BOXED, intruder, pair[0], cause=cause, taken_s=serial.now - began)
        for ship, side in zip(pair, (1, -1), strict=False):
            serial.start(ship.keep_station(intruder, Station(side * beam, 0.0, turns=True), cause=cause))
