"""Whether an intruder was made to comply, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import mean_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "share"
STANDARD = 0.8  # full marks; own rubric


def measure(run: Run) -> dict[str, float]:
    """1 where she did, 0 where she did not."""
    return mean_by_serial(run, "expelled", "complied")
