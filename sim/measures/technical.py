"""How well each serial was done by its own drill's measure, against that measure's standard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim import shelves

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "share"


def measure(run: Run) -> dict[str, float]:
    """The drill's technical measure over its standard, at most 1; for drills without one, the share achieved."""
    found: dict[str, float] = {}
    values: dict[str, dict[str, float]] = {}
    for serial, record in run.outcomes.items():
        name = shelves.kind("drills", run.serial(serial).drill).technical
        if name is None:
            found[serial] = record.details["share"]
            continue
        module = shelves.module("measures", name)
        if name not in values:
            values[name] = run.once(module.measure)
        found[serial] = min(1.0, values[name].get(serial, 0.0) / module.STANDARD)
    return found
