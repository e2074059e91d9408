"""How near units pass each other: the least distance of pairs, from the legs they steer, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot, inf
from typing import TYPE_CHECKING, NamedTuple

from sim.geometry import closest_approach

if TYPE_CHECKING:
    from sim.units._agent import Unit

Pair = tuple["Unit", "Unit"]

SAME = 1e-3  # m; of pairs as near as that, the first is told, not the one that rounding prefers


class Pass(NamedTuple):
    """The nearest two have been to each other."""

    one: Unit
    other: Unit
    distance: float
    """m."""
    time: float
    """s, when."""


class Passes:
    """Follows pairs of units from now on; `altered` is called as one of them alters, `least` at the end.

    Time for which both lie still does not count: ships at anchor together do not pass.
    """

    def __init__(self, pairs: Sequence[Pair], now: float) -> None:
        self._legs = {pair: _leg(pair, now) for pair in pairs}
        self._of: dict[Unit, list[Pair]] = {}
        for pair in pairs:
            for unit in pair:
                self._of.setdefault(unit, []).append(pair)
        self._least: Pass | None = None

    def altered(self, unit: Unit, now: float) -> None:
        """What has passed since its pairs were looked at, and their new legs."""
        for pair in self._of.get(unit, ()):
            self._count(pair, now)
            self._legs[pair] = _leg(pair, now)

    def least(self, now: float) -> Pass | None:
        """The nearest that any pair has been until now; None when none has moved."""
        for pair in self._legs:
            self._count(pair, now)
        return self._least

    def _count(self, pair: Pair, now: float) -> None:
        since, dx, dy, vx, vy, moves = self._legs[pair]
        if not moves:
            return
        ahead, _ = closest_approach(dx, dy, vx, vy)
        ahead = min(ahead, now - since)
        distance = hypot(dx + vx * ahead, dy + vy * ahead)
        if distance < (inf if self._least is None else self._least.distance - SAME):
            self._least = Pass(*pair, distance, since + ahead)


def _leg(pair: Pair, now: float) -> tuple[float, float, float, float, float, bool]:
    (x, y), (u, v), own, her = pair[0].position, pair[1].position, pair[0].motion, pair[1].motion
    return now, u - x, v - y, her.vx - own.vx, her.vy - own.vy, own.speed > 0.0 or her.speed > 0.0
