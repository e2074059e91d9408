"""Relief on task: how many helicopters keep a station filled, and what fewer of them cover.

Times are in any one unit; each takes the same cycle over and over, checks, weather and breakdowns left out.
Source: derived from the phases of the cycle; the daily plan of any air unit is made so.
"""

from __future__ import annotations

from math import ceil, inf
from typing import NamedTuple

SLACK = 1e-9  # of a ratio of times: 0.3 over 0.1 must count as 3 though it is a little less


class Cycle(NamedTuple):
    """One sortie, from one launch to the next of the same aircraft. Use `cycle`, which checks the phases."""

    launch: float
    out: float
    on_task: float
    back: float
    turnaround: float

    @property
    def length(self) -> float:
        """The whole of it."""
        return self.launch + self.out + self.on_task + self.back + self.turnaround

    def needed(self, stations: int = 1) -> int:
        """Fewest aircraft that keep some stations filled without a gap, each handing over on task."""
        ratio = stations * self.length / self.on_task
        return ceil(ratio - SLACK * ratio)

    def coverage(self, aircraft: int) -> float:
        """Share of the time one station is filled by so many aircraft that are spaced evenly, 0 to 1."""
        return min(1.0, aircraft * self.on_task / self.length)

    def gap(self, aircraft: int) -> float:
        """How long the station stays empty from one aircraft to the next, when they are spaced evenly; inf without any."""
        return inf if aircraft == 0 else max(0.0, self.length / aircraft - self.on_task)


def cycle(launch: float, out: float, on_task: float, back: float, turnaround: float) -> Cycle:
    """The phases in order. Raises ValueError unless each is 0 or more and there is time on task."""
    phases = Cycle(launch, out, on_task, back, turnaround)
    if not (min(phases) >= 0.0 and on_task > 0.0 and phases.length < inf):
        raise ValueError(f"a cycle is {tuple(phases)}, want each phase 0 or more and time on task above 0")
    return phases
