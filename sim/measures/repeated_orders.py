"""Share of orders that had to be sent more than once before they were understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "exercise", "share"


def measure(run: Run) -> float:
    """Orders sent again over orders acknowledged; not a number when none was."""
    told = run.log.table("acknowledged")
    return float((told["sendings"] > 1).mean()) if told else float("nan")
