"""Mean score of all serials, those not carried out counting nothing."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from sim.measures import score

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "exercise", "share"


def measure(run: Run) -> float:
    """The mean of the serials' scores; not a number without serials."""
    scores = run.once(score.measure)
    return fsum(scores.values()) / len(scores) if scores else float("nan")
