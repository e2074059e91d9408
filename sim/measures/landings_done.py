"""Share of approaches to decks that ended with a landing, by serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures._count import count_by_serial

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "share"
STANDARD = 0.8  # full marks; own rubric


def measure(run: Run) -> dict[str, float]:
    """Landings over landings, wave-offs and decks found closed."""
    drills = ("helicopter-operations",)
    landed, waved, closed = (
        count_by_serial(run, kind, drills) for kind in ("deck-landing", "wave-off", "deck-closed")
    )
    return {
        serial: landed[serial] / max(1.0, landed[serial] + waved[serial] + closed[serial])
        for serial in landed
    }
