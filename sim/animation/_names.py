"""Names beside marks: those in one place share a name, and none stands over another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sim.plots._style import SMALL, width_of

TOGETHER = 13.0  # points; marks nearer to each other are one place
OFF = 8.0  # points from a mark to its name
HIGH = SMALL + 2.0  # points, of a line
MOST = 40  # names in one picture


class Name(NamedTuple):
    """Words and where their left end stands: points from the mark. unit: place in the list given."""

    unit: int
    words: str
    right: float
    up: float


def names(marks: Sequence[tuple[str, float, float]], wide: float, high: float) -> list[Name]:
    """Names for marks, those given first before others; "Qiqihar +4" for five in one place.

    marks: name, and place in points from the lower left corner of a chart so wide and high, points.
    """
    places: list[list[int]] = []
    for unit, (_, x, y) in enumerate(marks):
        near = next(
            (
                each
                for each in places
                if max(abs(marks[each[0]][1] - x), abs(marks[each[0]][2] - y)) < TOGETHER
            ),
            None,
        )
        if near is None:
            places.append([unit])
        else:
            near.append(unit)
    taken = [(x - OFF / 2, y - OFF / 2, x + OFF / 2, y + OFF / 2) for _, x, y in marks]
    found = []
    for first, *others in places[:MOST]:
        name, x, y = marks[first]
        words = f"{name} +{len(others)}" if others else name
        long = width_of(words, SMALL)
        for right, up in (
            (OFF, 0.0),
            (-OFF - long, 0.0),
            (-long / 2, OFF + HIGH / 2),
            (-long / 2, -OFF - HIGH / 2),
        ):
            box = (x + right, y + up - HIGH / 2, x + right + long, y + up + HIGH / 2)
            fits = box[0] > 0 and box[2] < wide and box[1] > 0 and box[3] < high
            if fits and not any(
                box[0] < other[2] and box[2] > other[0] and box[1] < other[3] and box[3] > other[1]
                for other in taken
            ):
                taken.append(box)
                found.append(Name(first, words, right, up))
                break
    return found
