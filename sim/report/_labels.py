"""Where names stand on a map: beside what they name and on nothing else, farther off with a leader where it is crowded.

Names are placed one after another and stay; each takes the nearest of its places that is free. What is drawn first chooses
first, so the same run has the same map.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple, TypeAlias

from sim.listing import cells

LETTER, LINE = 5.8, 11.0  # px; width of a letter of a name, and height of its line
RINGS = 9  # of places with a leader, each a line farther off than the one before
OUT, OUTWARD = 14.0, 2.0  # px to the side to a name with a leader, and more in each ring
NEAR = 2.0  # px between a leader and its name
AIR = 1.0  # px kept free around what is taken
SIDES: tuple[tuple[int, Literal["start", "end"]], ...] = ((1, "start"), (-1, "end"))


Line: TypeAlias = tuple[tuple[float, float], tuple[float, float]]


class Box(NamedTuple):
    """A rectangle on the paper, px from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, x: float, y: float, wide: float, high: float) -> Box:
        """One by its middle."""
        return cls(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)

    def meets(self, other: Box) -> bool:
        """Whether two lie over each other."""
        return (
            self.left < other.right + AIR
            and other.left < self.right + AIR
            and self.top < other.bottom + AIR
            and other.top < self.bottom + AIR
        )

    def crossed(self, line: Line) -> bool:
        """Whether a line goes through it, by cutting off what is beyond each side in turn (Liang and Barsky)."""
        (x, y), (x2, y2) = line
        begin, end = 0.0, 1.0
        for step, room in ((x - x2, x - self.left), (x2 - x, self.right - x), (y - y2, y - self.top), (y2 - y, self.bottom - y)):  # fmt: skip
            if step == 0.0:
                if room < 0.0:
                    return False
            elif step < 0.0:
                begin = max(begin, room / step)
            else:
                end = min(end, room / step)
        return begin <= end


class Spot(NamedTuple):
    """A place for a name: where its letters begin, end or have their middle, and a line from what it names where it is not beside it."""

    x: float
    y: float
    anchor: Literal["start", "middle", "end"]
    leader: Line | None = None

    def box(self, wide: float, high: float) -> Box:
        """What a name takes there."""
        middle = self.x + {"start": 0.5, "middle": 0.0, "end": -0.5}[self.anchor] * wide
        return Box.around(middle, self.y, wide, high)


class Room:
    """The paper of a map, and what is taken of it. wide, high: px."""

    def __init__(self, wide: float, high: float) -> None:
        self.paper = Box(0.0, 0.0, wide, high)
        self._names: list[Box] = []
        self._marks: list[Box] = []
        self._leaders: list[Line] = []

    def take(self, x: float, y: float, wide: float, high: float) -> None:
        """A mark is there, by its middle: no name may cover it, but a leader may pass over it."""
        self._marks.append(Box.around(x, y, wide, high))

    def put(self, spots: Iterable[Spot], wide: float, high: float = LINE) -> Spot | None:
        """The first free of some places for a name, which is taken then; None when there is none. wide, high: px of the name."""
        for spot in spots:
            box = spot.box(wide, high)
            if self._is_free(box, spot.leader):
                self._names.append(box)
                self._leaders += [spot.leader] if spot.leader else []
                return spot
        return None

    def _is_free(self, box: Box, leader: Line | None) -> bool:
        paper = self.paper
        return (
            paper.left < box.left
            and box.right < paper.right
            and paper.top < box.top
            and box.bottom < paper.bottom
            and not any(box.meets(each) for each in (*self._names, *self._marks))
            and not any(box.crossed(each) for each in self._leaders)
            and (leader is None or not any(each.crossed(leader) for each in self._names))
            and (leader is None or not any(_cross(leader, each) for each in self._leaders))
        )


def width(text: str, letter: float = LETTER) -> float:
    """Of a name on the paper, px."""
    return cells(text) * letter


def beside(x: float, y: float, gap: float, high: float = LINE) -> Iterator[Spot]:
    """The places around a mark: to its right and left, above and below it, at its corners. gap: px, half of the mark."""
    yield Spot(x + gap, y, "start")
    yield Spot(x - gap, y, "end")
    yield from (Spot(x, y + up, "middle") for up in (-gap - high / 2, gap + high / 2))
    for up in (-high / 2, high / 2, -gap, gap):
        yield Spot(x + gap, y + up, "start")
        yield Spot(x - gap, y + up, "end")


def around(x: float, y: float, gap: float, high: float = LINE) -> Iterator[Spot]:
    """The places beside a mark, then farther off with a leader, ring by ring, up and down, to both sides."""
    yield from beside(x, y, gap, high)
    for ring in range(1, RINGS + 1):
        away = gap + OUT + ring * OUTWARD
        for up in (-ring * high, ring * high):
            for side, anchor in SIDES:
                yield Spot(x + side * away, y + up, anchor, ((x, y), (x + side * (away - NEAR), y + up)))


def _cross(one: Line, other: Line) -> bool:
    """Whether two lines cross between their ends."""

    def side(line: Line, place: tuple[float, float]) -> float:
        (x, y), (x2, y2) = line
        return (x2 - x) * (place[1] - y) - (y2 - y) * (place[0] - x)

    return side(one, other[0]) * side(one, other[1]) < 0.0 and side(other, one[0]) * side(other, one[1]) < 0.0
