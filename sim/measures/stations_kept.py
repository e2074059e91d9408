"""Share of changes of station that ended within the tolerance, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "share"
STANDARD = 0.85  # full marks; own rubric


def measure(run: Run) -> dict[str, float]:
    """Stations taken within the drill's tolerance over all changes of station."""
    kept: dict[str, list[int]] = {}
    for record in run.log.of("station"):
        parameters = run.serial(record.serial or "").parameters
        tolerance = parameters.tolerance.value  # type: ignore[attr-defined]
        kept.setdefault(record.serial or "", []).append(int(record.details["error_m"] <= tolerance))
    return {serial: sum(each) / len(each) for serial, each in kept.items()}
