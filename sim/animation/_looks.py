"""How units are marked in a film: the symbols of the charts, small ones for ships passing by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from matplotlib.lines import Line2D

from sim.affiliation import PASSING
from sim.plots._symbols import artists, legend_of
from sim.symbols import OPEN, Sign

STRANGER = "#4a525d"  # ships passing by, on the sea by day and by night
TARGET = "#b36b00"
STRANGERS = "ship passing by"
SIZE, SMALL = 14.0, 5.0  # points, of the square a symbol lies in


def colour_of(sign: Sign, force: str | None) -> str:
    """The colour of a unit. force: that of its force; None for who has none."""
    return force or (STRANGER if sign == PASSING else TARGET)


def marks(sign: Sign, colour: str, name: str) -> tuple[Line2D, ...]:
    """Frame and icon of all of a kind and force, without places yet. name: gid of the frames; that of the icons begins with `icon`."""
    made = artists(sign, colour, SMALL if sign == PASSING else SIZE)
    for line, gid in zip(made, (name, f"icon {name}"), strict=False):
        line.set(animated=True, gid=gid)
    return made


def name_of(sign: Sign, force: str | None) -> str:
    """What the marks of a kind and force are called."""
    return " ".join([sign.affiliation, sign.dimension, sign.group, *([force] if force else [])])


def legend(shown: Iterable[Sign], brief: bool) -> dict[str, Any]:
    """Entries for the signs that occur. brief: without what open frames mean."""
    found = list(shown)
    entries = legend_of(each for each in found if each != PASSING)
    if brief:
        entries = {words: each for words, each in entries.items() if words not in dict(OPEN).values()}
    if PASSING in found:
        entries[STRANGERS] = artists(PASSING, STRANGER, SMALL)
    return entries
