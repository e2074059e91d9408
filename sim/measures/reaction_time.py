"""Mean time from the contact with a threat until somebody is on the way, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import mean_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "s"


def measure(run: Run) -> dict[str, float]:
    """Of those somebody was sent to."""
    return mean_by_serial(run, "investigates", "reaction_s") | mean_by_serial(run, "guard-sent", "reaction_s")
