"""Command: staffs that pass orders, take reports, and learn to work with another navy."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, Any

from sim.log import kind
from sim.setting import SHORTEST, when
from sim.units._agent import Agent, Process, Unit
from sim.variates import chance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.scenario.schema import Command as Declaration

ORDER = kind("order", "An order or report is sent.", words="text", across="count")
REPEATED = kind("repeated", "An order was not understood and is sent again.", words="text", across="count")
ACKNOWLEDGED = kind("acknowledged", "An order is acknowledged.", words="text", across="count", delay_s="number",
                    sendings="count")  # fmt: skip
PRACTISED = kind(
    "practised", "Two navies have completed a joint serial together.", serials="count", factor="number"
)

MOST_SENDINGS = 6  # after that a signal officer goes by hand: nobody repeats one order all day


class Commander(Agent):
    """The staff of one force: sends orders from its flagship and remembers with whom it has worked.

    practice: joint serials completed with each other force.
    """

    def __init__(self, exercise: Any, force: str, flagship: str, declared: Declaration) -> None:
        super().__init__(exercise)
        self.force, self.flagship = force, flagship
        self.practice: dict[str, int] = {}
        self._declared = declared

    def factor(self, other: str | None) -> float:
        """What is left of the first delay with another navy after practice: floor + (1 - floor) l^n."""
        learning = self._declared.learning
        done = self.practice.get(other or self.force, 0)
        floor = learning.floor.value
        return floor + (1 - floor) * learning.per_joint_serial.value**done

    def order(
        self, units: Sequence[Unit], words: str, serial: str | None, cause: int | None = None
    ) -> Process:
        """Sends one order to several units at once and waits until the last has acknowledged.

        Inside the navy and across the boundary differ in delay and in the chance of having to repeat.
        Gives the record of the last acknowledgement.
        """
        env, log = self.exercise.env, self.exercise.log
        start = self.now
        answers: list[tuple[float, list[float], int, Unit, bool, int]] = []
        for unit in units:
            across = unit.force != self.force
            sent = log.write(ORDER, start, serial=serial, unit=self.flagship, other=unit.name, cause=cause,
                             words=words, across=int(across))  # fmt: skip
            answers.append((*self._delays(unit, across), len(answers), unit, across, sent))
        last = cause
        for _, delays, _, unit, across, sent in sorted(answers, key=lambda answer: (answer[0], answer[2])):
            due = start + fsum(delays)
            if due - self.now > SHORTEST:
                yield when(env, due)
            for _ in delays[1:]:
                sent = log.write(REPEATED, self.now, serial=serial, unit=self.flagship, other=unit.name, cause=sent,
                                 words=words, across=int(across))  # fmt: skip
            last = log.write(
                ACKNOWLEDGED, self.now, serial=serial, unit=unit.name, other=self.flagship, cause=sent,
                words=words, across=int(across), delay_s=self.now - start, sendings=len(delays),
            )  # fmt: skip
        return last

    def _delays(self, unit: Unit, across: bool) -> tuple[float, list[float]]:
        """Each sending of an order takes its own time; sent again while it is not understood."""
        stream = self.exercise.streams("orders", self.force, unit.name)
        delay = self._declared.order_delay.across if across else self._declared.order_delay.national
        misheard = self._declared.misunderstood.across if across else self._declared.misunderstood.national
        factor = self.factor(unit.force) if across else 1.0
        delays = [delay.draw(stream) * factor]
        while len(delays) < MOST_SENDINGS and chance(stream, misheard.value * factor):
            delays.append(delay.draw(stream) * factor)
        return fsum(delays), delays

    def report_delay(self, unit: Unit, serial: str) -> float:
        """How long a report of a contact takes from a unit to this staff, s: by one sending, from a stream of its own."""
        across = unit.force != self.force
        stream = self.exercise.streams("reports", serial, self.force, unit.name)
        law = self._declared.order_delay.across if across else self._declared.order_delay.national
        return law.draw(stream) * (self.factor(unit.force) if across else 1.0)

    def learn(self, other: str, serial: str, cause: int | None) -> None:
        """A joint serial completed with another force."""
        self.practice[other] = self.practice.get(other, 0) + 1
        self.exercise.log.write(PRACTISED, self.now, serial=serial, unit=self.flagship, other=other, cause=cause,
                                serials=self.practice[other], factor=self.factor(other))  # fmt: skip
