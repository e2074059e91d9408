"""Distance run by each ship and flown by each aircraft."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

from sim.quantities import NAUTICAL_MILE
from sim.scenario.roles import muster

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "unit", "nmi"


def measure(run: Run) -> dict[str, float]:
    """Nautical miles over all legs of the units of the forces."""
    enlisted = {unit.name for unit in muster(run.plan)}  # not ships passing by, nor targets
    run_so_far: dict[str, float] = {}
    present: dict[str, tuple[float, float]] = {}
    for record in run.log.of("leg", "landed"):
        unit = record.unit or ""
        if unit not in enlisted:
            continue
        since, speed = present.get(unit, (0.0, 0.0))
        run_so_far[unit] = run_so_far.get(unit, 0.0) + speed * (record.time - since)
        speed = (
            hypot(record.details["vx_m_per_s"], record.details["vy_m_per_s"]) if record.kind == "leg" else 0.0
        )
        present[unit] = (record.time, speed)
    end = run.plan.length
    return {
        unit: (far + present[unit][1] * (end - present[unit][0])) / NAUTICAL_MILE
        for unit, far in run_so_far.items()
    }
