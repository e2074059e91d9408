"""Mean time from an order across the boundary between two navies to its acknowledgement."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "exercise", "s"


def measure(run: Run) -> float:
    """Seconds in the mean over orders acknowledged; not a number when none crossed."""
    told = run.log.table("acknowledged")
    across = told["delay_s"][told["across"] == 1] if told else ()
    return float(sum(across)) / len(across) if len(across) else float("nan")
