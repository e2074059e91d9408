"""Share of orders and reports that crossed the boundary between two navies."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "exercise", "share"


def measure(run: Run) -> float:
    """Orders across over all orders sent; not a number when none was."""
    orders = run.log.table("order")
    return float(orders["across"].sum()) / len(orders["across"]) if orders else float("nan")
