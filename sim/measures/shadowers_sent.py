"""How often ships or aircraft were sent to shadow ships, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import count_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "times"


def measure(run: Run) -> dict[str, float]:
    """Reliefs count; 0 where nobody was."""
    return count_by_serial(run, "sent-to-shadow", ("shadowing",))
