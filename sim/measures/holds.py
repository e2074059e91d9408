"""Minutes serials were held, before COMEX or in the middle, by reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "reason", "min"


def measure(run: Run) -> dict[str, float]:
    """Time from each hold to its end, or to the end of its serial; two serials held at once count twice."""
    found: dict[str, float] = {}
    since: dict[tuple[str | None, str], float] = {}
    for record in run.log.of("hold", "resume", "postponed", "outcome"):
        ended = record.details["reason"] if record.kind == "resume" else None
        if record.kind == "hold":
            since[record.serial, record.details["reason"]] = record.time
            continue
        for serial, reason in list(since):
            if serial == record.serial and ended in (None, reason):
                minutes = (record.time - since.pop((serial, reason))) / 60
                found[reason] = found.get(reason, 0.0) + minutes
    return found
