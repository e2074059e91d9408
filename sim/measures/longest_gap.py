"""The longest gap in the cover of an air station, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import values_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "s"


def measure(run: Run) -> dict[str, float]:
    """Of any of its stations; nothing without stations."""
    return {serial: max(each) for serial, each in values_by_serial(run, "covered", "longest_s").items()}
