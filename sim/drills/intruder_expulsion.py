"""Intruder expulsion: a ship that closes the formation and heeds no call is driven off step by step, and boxed in.

The steps are those reported of the drill in July 2023 (S04): calls, flares, warning shots ahead, a helicopter sent, then two ships
take her between them for identification. Each is taken once she is held and near enough for it; she complies by a declared chance,
and the next follows only when she does not, so that the step at which she does is a product of chances. She comes no nearer than a
declared distance. Rules of engagement are parameters: which steps may be taken, and how near to her no shot may fall.
"""

from __future__ import annotations

from math import pi
from typing import TYPE_CHECKING, ClassVar

from sim.drills._company import InCompany
from sim.drills._drill import Process, Role, assumed
from sim.drills._escalation import STEPS, Escalation
from sim.drills._nearest import Nearest, least_of, until_within
from sim.geometry import velocity
from sim.log import kind
from sim.scenario.declared import Words
from sim.scenario.numbers import Delay, Duration, Length, Plain, Several, Share, Speed
from sim.scenario.sheets import Limits
from sim.stations import Station
from sim.variates import uniform

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.scenario.schema import Scenario, Serial
    from sim.serial import LiveSerial
    from sim.units.ship import Ship

EXPELLED = kind("expelled", "What became of an intruder; how near she came before she was boxed in or complied.",
                complied="count", steps="count", closest_m="number", taken_s="number")  # fmt: skip


class IntruderExpulsion(InCompany):
    """A formation drives off an intruder by steps."""

    class Parameters(InCompany.Parameters):
        """Approach, steps and how likely each is heeded."""

        begins: Length = assumed("8 nmi (5 .. 12 nmi)", "From where the intruder begins her approach.")
        approach: Speed = assumed("18 kn (15 .. 22 kn)", "Of the intruder.")
        closes_to: Length = assumed("1000 yd (500 .. 2000 yd)", "Whatever is done, she comes no nearer.")
        steps: Words = tuple(step.word for step in STEPS)
        challenge: Length = assumed("6 nmi (4 .. 8 nmi)", "At this range she is called first.")
        flares_within: Length = assumed("4 nmi (2 .. 6 nmi)", "Farther off they would hardly impress her.")
        shots_within: Length = assumed("3 nmi (1.5 .. 5 nmi)", "She must see them fall.")
        clear_ahead: Length = assumed(
            "1000 m (500 .. 2000 m)", "Nearer to her than this no warning shot may fall."
        )
        margin: Plain = assumed(
            "4 (3 .. 5)", "Spreads of the gun left beside that; one in 30,000 falls nearer."
        )
        rounds: Several = assumed("3 (2 .. 6)", "Warning shots of one warning.")
        roughness: Plain = assumed(
            "0.15 (0.05 .. 0.3)", "Wider spread for each sea state above 2, as a share."
        )
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
                        "why": "After the fall, see what she does."}  # type: ignore[assignment] # fmt: skip
        over_her: Delay = {"low": "3 min", "mode": "6 min", "high": "12 min", "basis": "assumed",
                           "why": "Overhead, until she has had time to think."}  # type: ignore[assignment] # fmt: skip
        settle: Delay = {"low": "2 min", "mode": "5 min", "high": "10 min", "basis": "assumed",
                         "why": "Between the two ships, until she slows."}  # type: ignore[assignment] # fmt: skip
        inspect: Duration = assumed("15 min (10 .. 30 min)", "Alongside and abeam, to identify her.")

    roles: ClassVar[dict[str, Role]] = {
        "intruder": Role("ship that plays the intruder", family=("ship",), plays="hostile"),
        "escorts": Role("ships that drive her off; the first two box her in", family=("ship",), least=2),
        "formation": Role("ships that she closes; without any, the escorts", family=("ship",), least=0, optional=True),
        "aircraft": Role("helicopter that is sent to her when it comes to that", family=("helicopter",), least=0,
                         optional=True, waits=True),
    }  # fmt: skip
    limits: ClassVar[Limits] = Limits.model_validate(
        {"sea_state": "4 (4 .. 5)", "visibility": "2 nmi (1 .. 3 nmi)", "daylight": "required", "basis": "assumed",
         "why": "Ships at four hundred metres of each other must see and handle well."}
    )  # fmt: skip
    technical: ClassVar[str | None] = "intruders-expelled"
    measures: ClassVar[tuple[str, ...]] = ("steps-taken", "time-to-comply", "closest-approach")

    @classmethod
    def check(cls, serial: Serial, scenario: Scenario) -> Iterator[tuple[str, str]]:
        """Steps must be known ones, and she must begin outside the range of each and come within it."""
        parameters, known = serial.parameters, [step.word for step in STEPS]
        words: Words = parameters.steps  # type: ignore[attr-defined]
        for word in words:
            if word not in known:
                yield "steps", f"{word!r} is no step; they are {', '.join(known)}"
        if parameters.begins.value <= parameters.challenge.value:  # type: ignore[attr-defined]
            yield "begins", "she begins within the range at which she is called"
        for step in STEPS:
            if getattr(parameters, step.within).value <= parameters.closes_to.value:  # type: ignore[attr-defined]
                yield step.within, f"she never comes so near: she stops at {parameters.closes_to.value:.0f} m"  # type: ignore[attr-defined]

    def conduct(self, serial: LiveSerial) -> Process:
        """She opens, turns and comes on; found, challenged, and taken through the steps."""
        parameters, intruder = serial.parameters, serial.ships("intruder")[0]
        guarded = [*serial.ships("formation"), *serial.ships("escorts")]
        guide, bearing = guarded[0], uniform(serial.draws("approach"), 0.0, 2 * pi)
        ordered = yield from serial.order([intruder, *guarded], "intruder exercise")
        steaming = serial.start(self.steam(serial, "formation", "escorts"))
        (x, y), (dx, dy) = guide.position, velocity(bearing, parameters.begins.value)
        yield from intruder.transit((x + dx, y + dy), intruder.max_speed, ordered)
        yield from serial.gate()
        vigil = serial.watch(guarded, [intruder], ordered)
        coming = serial.start(self._come_on(serial, intruder, guide, bearing, ordered))
        watched = [Nearest(serial, intruder, ship) for ship in guarded]
        yield from until_within(serial, guide, intruder, parameters.challenge.value)
        contact = yield from vigil.await_contact(intruder)
        serial.achieved(0.2)
        began, escalation = serial.now, Escalation(serial, intruder, guide, vigil, watched, contact.record)
        yield from escalation.run(before_box=[coming, steaming])
        closest = least_of(watched)
        if escalation.complied:
            for process in (coming, steaming):
                if process.is_alive:
                    process.interrupt("over")
            yield from escalation.inspect()
        serial.write(EXPELLED, intruder, guide, cause=escalation.cause, complied=int(escalation.complied),
                     steps=escalation.number, closest_m=closest, taken_s=serial.now - began)  # fmt: skip
        serial.achieved(1.0 if escalation.complied else 0.8)

    def _come_on(
        self, serial: LiveSerial, intruder: Ship, guide: Ship, bearing: float, cause: int
    ) -> Process:
        """She closes to her distance on the side she comes from, and keeps it; again, after a defect is mended."""
        station, speed = (
            Station.on(bearing, serial.parameters.closes_to.value),
            serial.parameters.approach.value,
        )
        while True:
            if intruder.max_speed > 0.0:
                yield from intruder.keep_station(guide, station, speed, cause)
            yield serial.exercise.news.rung
