"""How long it took from the challenge of an intruder until she complied, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import mean_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "s"


def measure(run: Run) -> dict[str, float]:
    """From when she was held within the range of the challenge; nothing where she did not comply."""
    return mean_by_serial(run, "complied", "taken_s")
