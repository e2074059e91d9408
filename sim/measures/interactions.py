"""Who worked with whom: interactions of each pair of units of two navies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._pairs import pairs

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "pair", "interactions"


def measure(run: Run) -> dict[str, int]:
    """Records that name two units of different forces, by pair, in the order in which they first met."""
    found: dict[str, int] = {}
    for first, second in pairs(run):
        name = f"{first} - {second}"
        found[name] = found.get(name, 0) + 1
    return found
