"""How near ships passed each other in a serial, or others its ships, by serial; pairs that a drill has close by design left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "m"


def measure(run: Run) -> dict[str, float]:
    """The least distance of two of which one at least was under way; nothing for a serial without a second ship."""
    found: dict[str, float] = {}
    for record in run.log.of("passed-at"):
        number = record.serial or ""
        found[number] = min(record.details["range_m"], found.get(number, record.details["range_m"]))
    return found
