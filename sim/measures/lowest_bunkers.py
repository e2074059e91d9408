"""The least share of her bunkers that any ship of a group was down to on a voyage, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import mean_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "share"


def measure(run: Run) -> dict[str, float]:
    """When looked at, at places of the route, before fuel was taken and at the end; nothing without a voyage."""
    return mean_by_serial(run, "sailed", "lowest")
