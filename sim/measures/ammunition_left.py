"""Share of her magazines each ship has left at the end, all guns together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures import rounds
from sim.scenario.roles import muster

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "unit", "share"


def measure(run: Run) -> dict[str, float]:
    """What is left of all rounds carried at first, for each ship with guns."""
    fired = run.once(rounds.measure)
    found: dict[str, float] = {}
    for unit in muster(run.plan):
        carried = sum(gun.mounts.whole * gun.magazine.whole for gun in unit.platform.guns)
        if carried:
            found[unit.name] = 1 - fired.get(unit.name, 0) / carried
    return found
