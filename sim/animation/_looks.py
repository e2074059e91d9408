"""How each kind of unit is marked in a film: shapes beside colours, so that no colour is needed alone."""

from __future__ import annotations

from typing import Any

from sim.plots._paths import PASSING
from sim.plots._style import PAPER

STRANGER = "#4a525d"  # ships passing by, on the sea by day and by night
TARGET = "#b36b00"
SHAPES = {"warship": "o", "auxiliary": "s", "helicopter": "X", "aircraft": "^", "target": "D", PASSING: "o"}
SIZES = {PASSING: 2.2, "helicopter": 6.0, "aircraft": 6.5, "target": 5.0}  # points
USUAL = 7.0


def look(group: str, colour: str | None) -> dict[str, Any]:
    """The marker of a kind of unit, as Matplotlib's lines take it. colour: of its force; None for who has none."""
    shown = colour or (TARGET if group == "target" else STRANGER)
    edge = "none" if group == PASSING else PAPER
    return {"marker": SHAPES.get(group, "o"), "markersize": SIZES.get(group, USUAL), "color": shown,
            "markeredgecolor": edge, "markeredgewidth": 0.7, "linestyle": "none"}  # fmt: skip
