"""Share of rounds fired for effect that fell within the standard distance of a mark ashore, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import share_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "share"
STANDARD = 0.6  # full marks; our own rubric, gunfire support criteria are not public


def measure(run: Run) -> dict[str, float]:
    """Rounds inside over rounds for effect in each coastal shoot."""
    return share_by_serial(run, "shore-string", "inside", "fired")
