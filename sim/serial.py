"""A serial being carried out: what a drill sees of the exercise while it lasts."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from itertools import chain
from math import degrees, radians
from typing import TYPE_CHECKING, Any

import simpy

from sim.geometry import Point
from sim.line_of_fire import Lines
from sim.log import Kind, kind
from sim.outcomes import DONE
from sim.scenario.roles import Role
from sim.scenario.schema import Serial
from sim.setting import SHORTEST, Bell, first_of, when
from sim.units._agent import Process, Unit
from sim.units.aircraft import Aircraft
from sim.units.ship import Ship
from sim.units.target import Target
from sim.vigil import Vigil
from sim.waters import Closing, Wait, Waters

if TYPE_CHECKING:
    from numpy.random import Generator as Draws

    from sim.command import Commander
    from sim.referee import Shape

HOLD = kind("hold", "A serial waits: before COMEX, or in the middle of it.", reason="text")
RESUME = kind("resume", "A hold ends.", reason="text", held_s="number")
DROPPED_OUT = kind("dropped-out", "A unit takes no further part in a serial.", role="text", reason="text")
TARGET = kind("target", "A target is streamed, launched or laid out.", platform="text")


class LiveSerial:
    """One serial from its call to its end: its units by role, its clock, its holds.

    Drills wait through `spend`, `gate`, `order` and `mend`, start side processes with `start`, and write
    records with `write`; FINEX interrupts whatever they are waiting for and frees the units.
    """

    def __init__(
        self, exercise: Any, plan: Serial, declared: dict[str, Role], gear: dict[str, tuple[str, ...]]
    ) -> None:
        self.exercise: Waters = exercise
        self.plan, self.declared, self.number = plan, declared, plan.serial
        self._needs = {name: (*role.carries, *gear.get(name, ())) for name, role in declared.items()}
        self.parameters: Any = plan.parameters
        self.roles: dict[str, list[Unit]] = {}
        self.area: str | None = None
        self.planned = plan.comex.value
        self.comex: float | None = None
        self.finex_due = float("inf")
        self.duration = plan.duration.draw(exercise.streams("duration", plan.serial))
        self.share = 0.0
        self.holds: dict[str, tuple[int, float]] = {}
        self.waits: list[Wait] = []
        self.lost: dict[str, tuple[str, int]] = {}
        self.postponed: int | None = None
        self.last: int | None = None
        self.over = exercise.env.event()
        self.result: str | None = None
        self._paused, self._put_out = 0.0, 0
        self._paused_since: float | None = None
        self._halt, self.lines = Bell(exercise.env), Lines()
        self._processes: list[simpy.Process] = []
        self._targets: list[Target] = []
        self._vigils: list[Vigil] = []
        self._kept: list[Closing] = []
        self._guide_at: Point | None = None

    # ----------------------------------------------------------------- what a drill may ask

    @property
    def now(self) -> float:
        """The exercise's clock, s."""
        return self.exercise.env.now

    @property
    def was_done(self) -> bool:
        """Whether it has been carried out, if not to its end."""
        return self.result in DONE

    @property
    def behind(self) -> int | None:
        """The record behind its present state: the hold it is on, or what happened to it last."""
        return min((record for record, _ in self.holds.values()), default=self.last)

    @property
    def on_task(self) -> float:
        """Time since COMEX without the holds, s."""
        if self.comex is None:
            return 0.0
        until = self.now if self._paused_since is None else self._paused_since
        return until - self.comex - self._paused

    def units(self, role: str | None = None) -> list[Unit]:
        """The units in a role, or in all of them, in the order they were assigned."""
        if role is not None:
            return list(self.roles.get(role, ()))
        return list(chain.from_iterable(self.roles.values()))

    def on_call(self, unit: Unit) -> bool:
        """Whether a unit waits at home until the drill sends for it."""
        return any(self.declared[role].waits and unit in units for role, units in self.roles.items())

    def has(self, unit: Unit) -> bool:
        """Whether a unit is in any of its roles."""
        return unit in chain.from_iterable(self.roles.values())

    def ships(self, role: str | None = None) -> list[Ship]:
        """The ships among them."""
        return [unit for unit in self.units(role) if isinstance(unit, Ship)]

    def aircraft(self, role: str | None = None) -> list[Aircraft]:
        """The aircraft among them."""
        return [unit for unit in self.units(role) if isinstance(unit, Aircraft)]

    @property
    def shape(self) -> Shape | None:
        """The area of the serial on the exercise plane."""
        return None if self.area is None else self.exercise.areas[self.area]

    @property
    def centre(self) -> Point:
        """The middle of its area; without one, where its first ship was when she was granted."""
        shape = self.shape
        if shape is not None:
            return shape.centre
        if self._guide_at is None and self.ships():
            self._guide_at = self.ships()[0].position
        if self._guide_at is not None:
            return self._guide_at
        return self.units()[0].position if self.units() else (0.0, 0.0)

    def on_plane(self, course: float) -> float:
        """A true course or bearing, rad, as one on the exercise plane at the middle of the serial."""
        return radians(self.exercise.plane.grid_course(*self.centre, degrees(course)))

    def draws(self, purpose: str, *owner: str) -> Draws:
        """The random stream of a purpose in this serial, for one owner."""
        return self.exercise.streams(self.plan.drill, purpose, self.number, *owner)

    def write(self, kind: Kind, unit: Unit | None = None, other: Unit | None = None, *, cause: int | None = None,
              at: Point | None = None, **details: Any) -> int:  # fmt: skip
        """Writes a record of this serial; without a cause it follows from its COMEX."""
        return self.exercise.log.write(
            kind, self.now, serial=self.number, unit=unit.name if unit else None, other=other.name if other else None,
            at=at if at is not None else unit.position if unit else None,
            cause=self.last if cause is None else cause, **details,
        )  # fmt: skip

    def start(self, process: Process) -> simpy.Process:
        """Begins a side process that ends with the serial at the latest."""
        begun = self.exercise.env.process(_until_interrupted(process))
        self._processes.append(begun)
        return begun

    def together(self, processes: list[Process]) -> Process:
        """Does several things at once and goes on when the last is done."""
        yield self.exercise.env.all_of([self.start(process) for process in processes])

    def gate(self) -> Process:
        """Waits while the serial is on hold."""
        while self.holds:
            yield self.exercise.news.rung

    def spend(self, seconds: float) -> Process:
        """Time on task passes; time on hold does not count."""
        left = seconds
        while left > SHORTEST:
            yield from self.gate()
            began = self.now
            yield first_of(self.exercise.env, self.exercise.env.timeout(left), self._halt.rung)
            left -= self.now - began

    def order(self, units: list[Unit], words: str, cause: int | None = None) -> Process:
        """The officer conducting the serial passes an order to units, and waits for all to acknowledge."""
        if not units:
            return cause
        return (
            yield from self.officer.order(units, words, self.number, self.last if cause is None else cause)
        )

    @property
    def officer(self) -> Commander:
        """The commander who conducts this serial."""
        return self.exercise.commanders[self.plan.command or self.exercise.officer_force]

    def fit(self, unit: Unit, role: str) -> bool:
        """Whether a unit can go on with its role: still in it, moving, the role's equipment working."""
        return unit in self.roles.get(role, ()) and self.defect(unit, role) is None

    def defect(self, unit: Unit, role: str) -> int | None:
        """The record of the defect that keeps a unit from its role, None when there is none."""
        return unit.broken(self.needs(role))

    def needs(self, role: str) -> tuple[str, ...]:
        """What a unit of a role must have in working order, of the things it carries."""
        return self._needs[role]

    def least(self, role: str) -> int:
        """Fewest units the serial can be carried out with, once it has to go without some."""
        selector, spec = self.plan.roles[role], self.declared[role]
        if selector.least is not None:
            return selector.least.whole
        return 0 if spec.optional else min(spec.least, len(selector.names) or spec.least)

    def short(self) -> Iterator[str]:
        """The roles with fewer units than that."""
        return (role for role in self.plan.roles if len(self.roles.get(role, ())) < self.least(role))

    def mend(self, unit: Unit, role: str) -> Process:
        """The thirty-minute rule: waits so long for a defect to be mended, then the unit drops out.

        Gives whether the unit goes on.
        """
        until = self.now + self.exercise.plan.command.defect_grace.value
        while not self.fit(unit, role):
            defect = self.defect(unit, role)
            if defect is None or unit not in self.roles.get(role, ()):
                return False  # no longer in the role
            if until - self.now <= SHORTEST:
                self.drop_out(unit, role, "casualty", defect)
                return False
            yield first_of(self.exercise.env, self.exercise.news.rung, when(self.exercise.env, until))
        return True

    def drop_out(self, unit: Unit, role: str, reason: str, cause: int | None) -> None:
        """A unit leaves the serial; a ship stops."""
        self.roles[role].remove(unit)
        record = self.write(DROPPED_OUT, unit, cause=cause, role=role, reason=reason)
        self.lost[role] = reason, record
        for vigil in self._vigils:
            vigil.drop(unit)
        if isinstance(unit, Ship):
            unit.stop(record)
        unit.tell()
        unit.booked = None
        self.exercise.news.ring()

    def target(self, platform: str, at: Point) -> Target:
        """Puts out a target; it is gone after FINEX."""
        sheet = self.exercise.plan.platforms[platform]
        self._put_out += 1
        name = f"{platform} {self.number}-{self._put_out}"
        target = Target(self.exercise, name, sheet, None, at)
        target.booked = self.number
        self._targets.append(target)
        self.write(TARGET, target, platform=platform)
        return target

    def take_in(self, target: Target) -> None:
        """A target is spent or recovered before FINEX."""
        self._targets.remove(target)
        target.remove()

    def watch(
        self, observers: Sequence[Unit], targets: Sequence[Unit] = (), cause: int | None = None
    ) -> Vigil:
        """Puts units on the lookout for others, with all sensors they carry, until FINEX."""
        forces = dict.fromkeys(unit.force for unit in self.units() if unit.force is not None)
        forces[self.officer.force] = None  # who conducts hears of contacts, though none of his own take part
        vigil = Vigil(self.exercise, self.number, list(forces), self.last if cause is None else cause)
        self._vigils.append(vigil)
        self.keep(vigil)
        for observer in observers:
            vigil.enlist(observer)
        for target in targets:
            vigil.add(target)
        return vigil

    def keep(self, thing: Closing) -> None:
        """Has something closed at FINEX, whatever happens before."""
        self._kept.append(thing)

    def leave_datum(self, target: Unit, vigil: Vigil) -> None:
        """Notes where a target was last known and when, for a serial that follows."""
        known = vigil.last_known(target)
        if known is not None:
            self.exercise.datums[self.number] = known

    def achieved(self, share: float) -> None:
        """How much of its purpose the serial has achieved so far, 0 to 1."""
        self.share = min(1.0, max(self.share, share))

    # ----------------------------------------------------------------- what the conductor does

    def hold(self, reason: str, cause: int | None) -> None:
        """Puts the serial on hold for a reason; once for each."""
        if reason in self.holds:
            return
        record = self.write(HOLD, cause=cause, reason=reason)
        if not self.holds and self.comex is not None:
            self._paused_since = self.now
        self.holds[reason] = (record, self.now)
        self._halt.ring()

    def resume(self, reason: str, cause: int | None = None) -> None:
        """Ends a hold."""
        if reason not in self.holds:
            return
        record, since = self.holds.pop(reason)
        held = self.now - since
        self.waits.append(Wait(reason, held, record, self.comex is not None))
        if not self.holds and self._paused_since is not None:
            self._paused += self.now - self._paused_since
            self._paused_since = None
        self.last = self.write(RESUME, cause=record if cause is None else cause, reason=reason, held_s=held)
        self.exercise.news.ring()

    def blame(self, begun: bool) -> tuple[str, int] | None:
        """What the serial waited for longest, before COMEX or after, and where that began."""
        waited: dict[str, float] = {}
        for wait in self.waits:
            if wait.begun == begun:
                waited[wait.reason] = waited.get(wait.reason, 0.0) + wait.seconds
        if not waited:
            return None
        worst = max(waited, key=lambda reason: waited[reason])
        return worst, next(wait.record for wait in self.waits if wait.reason == worst and wait.begun == begun)

    def finish(self) -> Generator[simpy.Event, Any, None]:
        """FINEX reaches everything the serial started; targets are recovered, ships stop."""
        while alive := [process for process in self._processes if process.is_alive]:
            for process in alive:
                process.interrupt("FINEX")
            yield self.exercise.env.all_of(alive)
        for thing in self._kept:
            thing.close()
        self._kept.clear()
        self._vigils.clear()
        for target in self._targets:
            target.remove()
        self._targets.clear()
        for ship in self.ships():
            ship.stop(self.last)
        self._processes.clear()
        self._guide_at = None


def _until_interrupted(process: Process) -> Process:
    """Runs a process until its end or its interruption, which is not a failure."""
    try:
        return (yield from process)
    except simpy.Interrupt:
        return None
