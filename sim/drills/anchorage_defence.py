"""Anchorage defence: ships at anchor, guards on a ring about them, boats that run in from seaward.

Guards lie on a ring; a raider runs straight in for the middle from a bearing at random. Who can meet it first is sent as soon as it is held: the
interception is solved in closed form, and it counts when it comes about outside the protected radius. One guard of a speed v_p meets
a raider of speed v_t that runs in from D with chance acos((rho^2 + R^2 - L^2) / 2 rho R) / pi, L = v_p (D - R) / v_t.
Source: derived from the meeting of two straight tracks (`sim.reach.guard_chance`); the ring of guards is that of an exercise of 2013 (anchorage-ring-2013).
"""

from __future__ import annotations

from math import pi
from typing import TYPE_CHECKING, ClassVar

from sim.drills._drill import Drill, Process, Role, assumed
from sim.drills._raids import Raid
from sim.geometry import crossing_times, intercept, velocity
from sim.log import kind
from sim.scenario.numbers import Delay, Depth, Duration, Length, Several, Speed
from sim.scenario.sheets import Limits
from sim.setting import SHORTEST, first_of, when
from sim.variates import uniform

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.scenario.schema import Scenario, Serial
    from sim.serial import LiveSerial
    from sim.units.ship import Ship
    from sim.vigil import Vigil

SENT = kind(
    "guard-sent",
    "A guard is sent to meet a raider.",
    raider="count",
    reaction_s="number",
    meets_in_s="number",
)
GUARD_MET = kind("raider-met", "A guard meets a raider.", raider="count", off_m="number", took_s="number")


class AnchorageDefence(Drill):
    """Guards round an anchorage meet boats that run in."""

    class Parameters(Drill.Parameters):
        """Ring, raiders and reactions."""

        target: str = "fast-boat"
        ring: Length = assumed("3 nmi (2 .. 5 nmi)", "Radius of the ring the guards lie on.")
        protected: Length = assumed("1 nmi (0.5 .. 2 nmi)", "Radius of the waters no raider may come into.")
        raiders: Several = assumed("6 (2 .. 12)", "Runs in one serial.")
        begins: Length = assumed("8 nmi (6 .. 12 nmi)", "From where raiders run in.")
        raid_speed: Speed = assumed("25 kn (15 .. 35 kn)", "Of a boat that runs in.")
        guard_speed: Speed = assumed(
            "25 kn (18 .. 30 kn)", "Of guards that run to meet it; less where a ship cannot."
        )
        met_at: Length = assumed("500 m (200 .. 1000 m)", "A guard so near has met the raider.")
        reaction: Delay = {"low": "30 s", "mode": "60 s", "high": "3 min", "basis": "assumed",
                           "why": "From the contact until the guard is on her way."}  # type: ignore[assignment] # fmt: skip
        interval: Delay = {"low": "10 min", "mode": "20 min", "high": "40 min", "basis": "assumed",
                           "why": "From the end of one run to the next."}  # type: ignore[assignment] # fmt: skip
        form_up: Duration = assumed(
            "30 min (15 .. 60 min)", "Given to anchor and to take stations on the ring."
        )
        stand_off: Depth = assumed("0.5 nmi (0.2 .. 1 nmi)", "Who hardly moves need not keep others far off.")

    roles: ClassVar[dict[str, Role]] = {
        "anchored": Role("ships at anchor", family=("ship",)),
        "guards": Role("ships on the ring", family=("ship",)),
        "aircraft": Role(
            "aircraft that keep the air picture", family=("helicopter", "aircraft"), least=0, optional=True
        ),
    }
    limits: ClassVar[Limits] = Limits.model_validate(
        {"sea_state": "4 (3 .. 5)", "wind": "10 m/s (8 .. 12 m/s)", "basis": "assumed", "why": "Ships lie at anchor and boats run."}
    )  # fmt: skip
    technical: ClassVar[str | None] = "raiders-stopped"
    measures: ClassVar[tuple[str, ...]] = ("leakers", "closest-approach", "reaction-time")
    targets: ClassVar[tuple[str, ...]] = ("target",)

    @classmethod
    def check(cls, serial: Serial, scenario: Scenario) -> Iterator[tuple[str, str]]:
        """Protected waters inside the ring, raiders from outside it."""
        parameters = serial.parameters
        if parameters.protected.value >= parameters.ring.value:  # type: ignore[attr-defined]
            yield "protected", "the guards lie inside the waters they protect"
        if parameters.begins.value <= parameters.ring.value:  # type: ignore[attr-defined]
            yield "begins", "raiders begin inside the ring of guards"

    def conduct(self, serial: LiveSerial) -> Process:
        """Anchor and form the ring; one raider after another."""
        parameters, draws = serial.parameters, serial.draws("raid")
        ordered = yield from serial.order(serial.units(), "defence of the anchorage")
        yield from self._form(serial, ordered)
        vigil = serial.watch(serial.units(), cause=ordered)
        middle = serial.ships("anchored")[0]
        for number in range(1, parameters.raiders.whole + 1):
            yield from serial.gate()
            bearing = uniform(draws, 0.0, 2 * pi)
            raid = Raid(serial, vigil, number, parameters.target, middle, bearing, parameters.begins.value)
            guarding = serial.start(self._guard(serial, vigil, raid))
            yield from raid.run(parameters.raid_speed.value, parameters.protected.value)
            if guarding.is_alive:
                guarding.interrupt("over")
            serial.achieved(number / parameters.raiders.whole)
            for place, ship in enumerate(serial.ships("guards")):
                serial.start(ship.transit(self._station(serial, place), ship.cruise_speed, raid.cause))
            yield from serial.spend(parameters.interval.draw(draws))

    def _station(self, serial: LiveSerial, place: int) -> tuple[float, float]:
        """A guard's place: evenly round the ship in the middle."""
        (x, y), guards = serial.ships("anchored")[0].position, max(1, len(serial.ships("guards")))
        dx, dy = velocity(2 * pi * place / guards, serial.parameters.ring.value)
        return x + dx, y + dy

    def _form(self, serial: LiveSerial, cause: int) -> Process:
        """The anchored ships close up in the middle, then the guards go to the ring."""
        (x, y), space = serial.centre, 500.0
        seconds = serial.parameters.form_up.draw(serial.draws("form up"))
        began = serial.on_task
        for place, ship in enumerate(serial.ships("anchored")):
            serial.start(ship.transit((x + place * space, y), ship.cruise_speed, cause))
        for place, ship in enumerate(serial.ships("guards")):
            (u, v), (dx, dy) = (
                serial.centre,
                velocity(2 * pi * place / max(1, len(serial.ships("guards"))), serial.parameters.ring.value),
            )
            serial.start(ship.transit((u + dx, v + dy), ship.cruise_speed, cause))
        yield from serial.spend(seconds - (serial.on_task - began))

    def _guard(self, serial: LiveSerial, vigil: Vigil, raid: Raid) -> Process:
        """The guard that can meet it first runs; when she is near enough the raider has been met."""
        parameters = serial.parameters
        contact = yield from vigil.await_contact(raid.raider)
        yield serial.exercise.env.timeout(max(SHORTEST, parameters.reaction.draw(serial.draws("reaction"))))
        best: tuple[float, Ship] | None = None
        for ship in serial.ships("guards"):
            (x, y), (u, v), motion = ship.position, raid.raider.position, raid.raider.motion
            found = intercept(
                u - x, v - y, motion.vx, motion.vy, min(parameters.guard_speed.value, ship.max_speed)
            )
            if serial.fit(ship, "guards") and found is not None and (best is None or found.time < best[0]):
                best = found.time, ship
        if best is None:
            return
        ship, began = best[1], serial.now
        cause = serial.write(SENT, ship, raid.raider, cause=contact.record, raider=raid.number, meets_in_s=best[0],
                             reaction_s=serial.now - contact.since)  # fmt: skip
        serial.start(ship.intercept(raid.raider, parameters.guard_speed.value, cause))
        while not raid.is_over:
            (x, y), (u, v) = ship.position, raid.raider.position
            own, its = ship.motion, raid.raider.motion
            times = crossing_times(u - x, v - y, its.vx - own.vx, its.vy - own.vy, parameters.met_at.value)
            if times is not None and times[0] <= SHORTEST < times[1]:
                serial.write(GUARD_MET, ship, raid.raider, cause=cause, raider=raid.number, took_s=serial.now - began,
                             off_m=serial.exercise.referee.distance(raid.raider, raid.guide))  # fmt: skip
                raid.end(dealt_with=True)
                return
            turns = [raid.over.rung, ship.helm.rung, raid.raider.helm.rung]
            if times is not None and times[0] > SHORTEST:
                turns.append(when(serial.exercise.env, serial.now + times[0]))
            yield first_of(serial.exercise.env, *turns)
