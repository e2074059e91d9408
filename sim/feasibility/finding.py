"""What is found wrong with a plan."""

from __future__ import annotations

from math import ceil
from typing import Any, NamedTuple

from sim.errors import Fault
from sim.scenario.schema import Scenario
from sim.wording import clock

ROUNDED = 5 * 60.0  # s; times to move a serial to are given to this


class Finding(NamedTuple):
    """Something that cannot go as planned. place: where in the file; its message is what is wrong.

    kind: a word. deficit: how much is lacking, in words. mend: the smallest change that would help.
    """

    kind: str
    place: Fault
    deficit: str
    mend: str

    def __str__(self) -> str:
        return f"{self.place}: {self.deficit}; {self.mend}"

    def content(self) -> dict[str, Any]:
        """The finding as JSON has it."""
        place = {key: getattr(self.place, key) for key in ("file", "line", "column", "path", "message")}
        return {"kind": self.kind, **place, "deficit": self.deficit, "mend": self.mend}


def later(plan: Scenario, number: str, time: float) -> str:
    """To begin a serial no earlier than a time, s: as the change of a plan, or what else there is when that is too late."""
    rounded = ceil(time / ROUNDED) * ROUNDED
    serial = plan.serial(number)
    if rounded + serial.duration.mean > plan.length:
        return f"moving serial {number} would take it past ENDEX: shorten what comes before, or leave one out"
    return f"move serial {number} to {clock(plan, rounded)} or later"


def earlier(plan: Scenario, number: str, time: float) -> str:
    """To begin a serial no later than a time, s, as the change of a plan."""
    rounded = time // ROUNDED * ROUNDED
    return f"move serial {number} to {clock(plan, rounded)} or earlier"


def minutes_up(seconds: float) -> str:
    """A time rounded up to five minutes, as a scenario writes it."""
    return f"{ceil(seconds / ROUNDED) * 5} min"
