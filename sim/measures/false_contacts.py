"""False contacts that hunters looked into, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import count_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "contacts"


def measure(run: Run) -> dict[str, float]:
    """All of them."""
    return count_by_serial(run, "false-contact", ("asw-search",))
