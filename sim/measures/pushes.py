"""Which late serial pushed which: the cascade, by the causes in the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.outcomes import PUNCTUAL

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "pair", "min"


def measure(run: Run) -> dict[str, float]:
    """Minutes that a serial began late because of another, as `9>11`: the nearest other one on the chain of causes of its COMEX.

    Only for those that began late by more than a quarter of an hour.
    """
    found = {}
    for record in run.log.of("comex"):
        late = record.time - record.details["planned_s"]
        if late > PUNCTUAL:
            for cause in run.log.chain(record.number):
                if cause.serial not in (None, record.serial):
                    found[f"{cause.serial}>{record.serial}"] = late / 60
                    break
    return found
