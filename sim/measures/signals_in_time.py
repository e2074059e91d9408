"""Share of drill signals that reached the whole formation within the standard time, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "share"
STANDARD = 0.8  # full marks; own rubric


def measure(run: Run) -> dict[str, float]:
    """Signals in time over signals sent."""
    heard: dict[str, list[int]] = {}
    for record in run.log.of("signal"):
        standard = run.serial(record.serial or "").parameters.standard.value  # type: ignore[attr-defined]
        heard.setdefault(record.serial or "", []).append(int(record.details["taken_s"] <= standard))
    return {serial: sum(each) / len(each) for serial, each in heard.items()}
