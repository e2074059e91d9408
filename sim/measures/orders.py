"""Orders and reports sent by each staff, repetitions included."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "unit", "orders"


def measure(run: Run) -> dict[str, int]:
    """Orders by the flagship that sent them."""
    found: dict[str, int] = {}
    for record in run.log.of("order", "repeated"):
        found[record.unit or ""] = found.get(record.unit or "", 0) + 1
    return found
