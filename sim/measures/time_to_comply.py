"""How long it took from finding an intruder until she complied, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import mean_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "s"


def measure(run: Run) -> dict[str, float]:
    """From the contact on."""
    return mean_by_serial(run, "complied", "taken_s")
