"""Whether the submarine was found and classified, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import count_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "share"
STANDARD = 0.6  # full marks; own rubric


def measure(run: Run) -> dict[str, float]:
    """1 where she was, 0 where she was not."""
    return {
        serial: min(1.0, found)
        for serial, found in count_by_serial(run, "classified", ("asw-search",)).items()
    }
