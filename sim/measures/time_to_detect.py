"""How long a submarine was searched for before the first contact, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import mean_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "s"


def measure(run: Run) -> dict[str, float]:
    """From the beginning of the search; nothing where she was not found."""
    return mean_by_serial(run, "classified", "since_comex_s")
