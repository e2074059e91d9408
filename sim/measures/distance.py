"""Distance run by each ship and flown by each aircraft."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import repeat
from math import hypot
from typing import TYPE_CHECKING

from sim.quantities import NAUTICAL_MILE
from sim.scenario.roles import muster

if TYPE_CHECKING:
    import numpy as np

    from sim.runs import Run

OF, UNIT = "unit", "nmi"
VELOCITY = ("vx_m_per_s", "vy_m_per_s")


def measure(run: Run) -> dict[str, float]:
    """Nautical miles over all legs of the units of the forces."""
    enlisted = {unit.name for unit in muster(run.plan)}  # not ships passing by, nor targets
    legs, landings = run.log.table("leg"), run.log.table("landed")
    speeds = map(hypot, *(legs[name].tolist() for name in VELOCITY)) if legs else ()
    moves = [*_moves(legs, speeds), *_moves(landings, repeat(0.0))]
    run_so_far: dict[str, float] = {}
    present: dict[str, tuple[float, float]] = {}
    for _, time, unit, speed in sorted(moves):
        if unit in enlisted:
            since, before = present.get(unit, (0.0, 0.0))
            run_so_far[unit] = run_so_far.get(unit, 0.0) + before * (time - since)
            present[unit] = (time, speed)
    end = run.plan.length
    return {
        unit: (far + present[unit][1] * (end - present[unit][0])) / NAUTICAL_MILE
        for unit, far in run_so_far.items()
    }


def _moves(table: dict[str, np.ndarray], speeds: Iterable[float]) -> Iterator[tuple[int, float, str, float]]:
    """Number and time of each record of a kind, the unit, and its speed from then on."""
    columns = (table[name].tolist() for name in ("number", "time", "unit")) if table else ((), (), ())
    return zip(*columns, speeds, strict=False)  # speeds may be repeated for ever
