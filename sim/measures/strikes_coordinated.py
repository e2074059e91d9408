"""Share of played missiles that arrive within the window of the time on target, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import values_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "share"
STANDARD = 0.85  # full marks; own rubric


def measure(run: Run) -> dict[str, float]:
    """Those within it over all."""
    found = {}
    for serial, errors in values_by_serial(run, "arrived", "error_s").items():
        window = run.serial(serial).parameters.window.value  # type: ignore[attr-defined]
        found[serial] = sum(abs(error) <= window for error in errors) / len(errors)
    return found
