"""Which serials drove the end: the last one, and those that it waited for, by the causes in the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "share"


def measure(run: Run) -> dict[str, int]:
    """1 for a serial on the chain of causes of the last FINEX, 0 for another that began. Over many runs: its criticality.

    Source: van Slyke (1963), Operations Research 11, 839-860, for the criticality index of an activity.
    """
    ends = list(run.log.of("finex"))
    if not ends:
        return {}
    last = max(ends, key=lambda record: record.time)
    chain = {record.serial for record in run.log.chain(last.number)}
    return {str(record.serial): int(record.serial in chain) for record in run.log.of("comex")}
