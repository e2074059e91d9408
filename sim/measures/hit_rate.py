"""Share of all rounds fired for effect at surface targets that hit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "exercise", "share"


def measure(run: Run) -> float:
    """Hits over rounds for effect; not a number when none was fired."""
    strings = run.log.table("string")
    fired = float(strings["fired"].sum()) if strings else 0.0
    return float(strings["hits"].sum()) / fired if fired else float("nan")
