"""A run: plan, seed, replication and log; all that is kept of an exercise once it has been played."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from sim import shelves
from sim.audit import Audit
from sim.errors import NavdrillError
from sim.exercise import Exercise
from sim.log import Log, Record
from sim.scenario.schema import Scenario, Serial

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Run:
    """What one replication of an exercise left behind. Picklable; asks nothing of the living model."""

    plan: Scenario
    seed: int
    replication: int
    log: Log

    @cached_property
    def fingerprint(self) -> str:
        """The digest of the log: the same for the same plan, seed and replication, wherever it ran."""
        return self.log.fingerprint()

    @cached_property
    def outcomes(self) -> dict[str, Record]:
        """The outcome record of each serial, in the order of the plan."""
        found = {record.serial: record for record in self.log.of("outcome")}
        return {serial.serial: found[serial.serial] for serial in self.plan.serials if serial.serial in found}

    def measures(self, *names: str) -> dict[str, Any]:
        """The named measures of this run, all there are when none is named.

        A measure of the exercise is one number; any other a dict of them, by serial, unit or area, not to be
        changed: whoever asks again gets the same. Raises UnknownKind with the nearest name.
        """
        wanted = names or [name.replace("-", "_") for name in shelves.names("measures")]
        return {
            name: self.once(shelves.module("measures", name.replace("_", "-")).measure) for name in wanted
        }

    def once(self, question: Callable[[Run], Answer]) -> Answer:
        """What a function makes of this run, worked out at the first asking."""
        if question not in self._answers:
            self._answers[question] = question(self)
        found: Answer = self._answers[question]
        return found

    @cached_property
    def _answers(self) -> dict[Callable[[Run], Any], Any]:
        return {}

    def __reduce__(self) -> tuple[Any, ...]:
        return Run, (self.plan, self.seed, self.replication, self.log)  # without what was worked out from it

    def serial(self, number: str) -> Serial:
        """A serial of the plan. Raises KeyError."""
        return self.plan.serial(number)

    def why(self, serial: str) -> list[Record]:
        """What a serial's outcome came from: the record and its causes back to the root."""
        if serial not in self.outcomes:
            raise NavdrillError(f"no serial {serial!r} in this run; there are: {', '.join(self.outcomes)}")
        return self.log.chain(self.outcomes[serial].number)


def play(plan: Scenario, seed: int = 0, replication: int = 0, audit: Audit | None = None) -> Run:
    """Plays an exercise once, from COMEX to ENDEX. audit: keeps what contacts were solved from."""
    return Run(plan, seed, replication, Exercise(plan, seed, replication, audit=audit).run())
