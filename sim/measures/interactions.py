"""Who worked with whom: interactions of each pair of units of two navies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._pairs import pairs

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "pair", "interactions"


def measure(run: Run) -> dict[str, int]:
    """Records that name two units of different forces in a serial in which both take part, by pair, in the order of the first."""
    return {f"{first} - {second}": count for (first, second), count in run.once(pairs).items()}
