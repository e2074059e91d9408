"""How long ships of a group on a voyage were in the straits of its route, by serial."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "s"


def measure(run: Run) -> dict[str, float]:
    """Of its leader, in all areas that the serial names as straits; nothing without a voyage."""
    found: dict[str, float] = {}
    for voyage in run.log.of("sailed"):
        serial = voyage.serial or ""
        begins, straits = voyage.time - voyage.details["taken_s"], run.serial(serial).parameters.straits  # type: ignore[attr-defined]
        stays: list[float] = []
        since: dict[str, float] = {}
        for record in run.log.of("entered", "left"):
            area = record.details["area"]
            if record.unit != voyage.unit or area not in straits or record.time > voyage.time:
                continue
            if record.kind == "entered":
                since[area] = record.time
            elif area in since:
                stays.append(max(0.0, record.time - max(begins, since.pop(area))))
        stays += [voyage.time - max(begins, entered) for entered in since.values()]
        found[serial] = fsum(stays)
    return found
