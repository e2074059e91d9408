"""Unit symbols: frames by dimension and affiliation, icons by kind, each once, as path data for SVG, canvas and Matplotlib alike.

After APP-6 and MIL-STD-2525: a friend at sea stands in a circle, a neutral in a square, a hostile in a diamond, an unknown in a
quatrefoil; frames of what flies are open below, of what dives above. The shape alone says it; colours only repeat it. Icons are
simplified: at the size of a mark on a chart those of the standards cannot be told apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

REACH = 12.0  # half the side of the square all paths lie in; y runs down, as in SVG
FRIEND, NEUTRAL, HOSTILE, UNKNOWN = "friend", "neutral", "hostile", "unknown"
AFFILIATIONS = (FRIEND, NEUTRAL, HOSTILE, UNKNOWN)
SURFACE, AIR, SUBSURFACE, LAND = "surface", "air", "subsurface", "land"
DIMENSIONS = (SURFACE, AIR, SUBSURFACE, LAND)
TINTS = {FRIEND: "#d3e9fa", NEUTRAL: "#d4eedf", HOSTILE: "#fad7c4", UNKNOWN: "#fbf2b4"}  # after Okabe and Ito
_SQUARE = "M-8 -8L8 -8L8 8L-8 8Z"
_FRAMES = {
    (
        FRIEND,
        SURFACE,
    ): "M9 0C9 4.97 4.97 9 0 9C-4.97 9 -9 4.97 -9 0C-9 -4.97 -4.97 -9 0 -9C4.97 -9 9 -4.97 9 0Z",
    (FRIEND, AIR): "M-8 9L-8 -1C-8 -6 -4.5 -10 0 -10C4.5 -10 8 -6 8 -1L8 9",
    (FRIEND, LAND): "M-10 -7L10 -7L10 7L-10 7Z",
    (NEUTRAL, SURFACE): _SQUARE,
    (NEUTRAL, AIR): "M-8 9L-8 -8L8 -8L8 9",
    (NEUTRAL, LAND): _SQUARE,
    (HOSTILE, SURFACE): "M0 -10L10 0L0 10L-10 0Z",
    (HOSTILE, AIR): "M-8 9L-8 -2L0 -10L8 -2L8 9",
    (HOSTILE, LAND): "M0 -10L10 0L0 10L-10 0Z",
    (UNKNOWN, SURFACE): "M-4.5 -4.5C-4.5 -11.5 4.5 -11.5 4.5 -4.5C11.5 -4.5 11.5 4.5 4.5 4.5"
    "C4.5 11.5 -4.5 11.5 -4.5 4.5C-11.5 4.5 -11.5 -4.5 -4.5 -4.5Z",
    (UNKNOWN, AIR): "M-5 9C-12 9 -12 -3 -5 -3C-5 -12 5 -12 5 -3C12 -3 12 9 5 9",
}
_FRAMES[UNKNOWN, LAND] = _FRAMES[UNKNOWN, SURFACE]
_HULL = "M-6 1L6 1L4 4L-4 4Z"
ICONS = {
    "warship": _HULL + "M-3 1L-3 -1.5L-1 -1.5L-1 -5L1 -5L1 -1.5L3 -1.5L3 1Z",
    "auxiliary": _HULL + "M-4.2 1L-4.2 -4L-2.6 -4L-2.6 1ZM2.6 1L2.6 -4L4.2 -4L4.2 1Z",
    "submarine": "M-6 1C-6 -1 -4 -1.5 -3 -1.5L-1 -1.5L-1 -4L2 -4L2 -1.5L3 -1.5C5 -1.5 6 0 6 1C6 3 4 3.5 3 3.5L-3 3.5C-5 3.5 -6 2.5 -6 1Z",
    "helicopter": "M-6 -3.5L0 0L-6 3.5ZM6 -3.5L0 0L6 3.5Z",
    "aircraft": "M0 -1C2 -4 6 -4 6 0C6 4 2 4 0 1C-2 4 -6 4 -6 0C-6 -4 -2 -4 0 -1Z",
    "site": "M0 -5L5 4L-5 4Z",
    "target": "M-6 -3L0 1L6 -3L6 0L0 4.5L-6 0Z",
}  # by the group of a path; ships passing by have none
OPEN = ((AIR, "in the air: open below"), (SUBSURFACE, "under water: open above"))
WORDS = {
    "warship": "warship",
    "auxiliary": "auxiliary",
    "submarine": "submarine",
    "helicopter": "helicopter",
    "aircraft": "aircraft",
    "site": "site ashore",
    "target": "unmanned or target",
}


class Sign(NamedTuple):
    """What the symbol of a unit says: in which dimension it moves, whose it is, of what kind."""

    dimension: str
    affiliation: str
    group: str

    @property
    def frame(self) -> str:
        """Path data of the frame, open where the frame is."""
        return frame(self.dimension, self.affiliation)

    @property
    def icon(self) -> str:
        """Path data of what is filled inside the frame; empty for a kind without."""
        return ICONS.get(self.group, "")


def frame(dimension: str, affiliation: str) -> str:
    """Path data of a frame. Under water it is that of the air upside down. Raises KeyError."""
    if dimension == SUBSURFACE:
        turned = [(word, [(x, -y) for x, y in points]) for word, points in steps(_FRAMES[affiliation, AIR])]
        return "".join(word + " ".join(f"{x:g} {y:g}" for x, y in points) for word, points in turned)
    return _FRAMES[affiliation, dimension]


def key(shown: Iterable[Sign]) -> list[tuple[Sign, str]]:
    """What a legend of these says: kinds as they occur, friends first, then affiliations, then what open frames mean; each with its words."""
    found = sorted(shown, key=lambda each: AFFILIATIONS.index(each.affiliation))
    kinds = {each.group: each for each in reversed(found)}
    sides = dict.fromkeys(each.affiliation for each in found)
    dimensions = {each.dimension for each in found}
    return [
        *((kinds[group], words) for group, words in WORDS.items() if group in kinds),
        *((Sign(SURFACE, side, ""), side) for side in sides),
        *(
            (Sign(dimension, next(iter(sides)), ""), words)
            for dimension, words in OPEN
            if dimension in dimensions
        ),
    ]


def steps(data: str) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    """Path data of this module as commands (M, L, C, Z) with their points."""
    for word in "MLCZ":
        data = data.replace(word, f"\n{word}")
    for line in data.split("\n")[1:]:
        numbers = [float(each) for each in line[1:].split()]
        yield line[0], list(zip(numbers[::2], numbers[1::2], strict=True))
