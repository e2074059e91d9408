"""How long it took to find who or what was searched for, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import mean_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "s"


def measure(run: Run) -> dict[str, float]:
    """From the beginning of the search; nothing where it was not found."""
    return mean_by_serial(run, "mine-found", "searched_s") | mean_by_serial(
        run, "survivor-found", "searched_s"
    )
