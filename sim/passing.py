"""How near units pass each other: the least distance of pairs, from the legs they steer, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from sim.units._agent import Unit

Pair = tuple["Unit", "Unit"]
Leg = tuple[float, float, float, float, float]  # since, s; x, y, m; vx, vy, m/s

SAME = 1e-3  # m; of passes as near as that, the first is told, not the one that rounding prefers


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

    Nobody waits for how near a pass was, so legs are only noted, and all pairs solved at once when it is asked for. Time for which both
    lie still does not count: ships at anchor together do not pass.
    """

    def __init__(self, pairs: Sequence[Pair], now: float) -> None:
        self._pairs, self._start = pairs, now
        self._legs: dict[Unit, list[Leg]] = {unit: [] for pair in pairs for unit in pair}
        for unit in self._legs:
            self.altered(unit, now)

    def altered(self, unit: Unit, now: float) -> None:
        """Her new leg, if she is one of those who are followed."""
        legs = self._legs.get(unit)
        if legs is not None:
            (x, y), motion = unit.position, unit.motion
            legs.append((now, x, y, motion.vx, motion.vy))

    def least(self, now: float) -> Pass | None:
        """The nearest that any pair has been until now; None when none has moved.

        The time is cut wherever anybody alters; in each piece, all are on one leg.
        """
        if not self._pairs or now <= self._start:
            return None
        place = {unit: at for at, unit in enumerate(self._legs)}
        times = np.unique([leg[0] for legs in self._legs.values() for leg in legs])
        x, y, vx, vy = (np.empty((len(place), len(times))) for _ in range(4))
        for at, legs in enumerate(self._legs.values()):
            since, *ways = np.array(legs).T
            on = np.searchsorted(since, times, side="right") - 1
            u, v, vx[at], vy[at] = (way[on] for way in ways)
            x[at], y[at] = u + vx[at] * (times - since[on]), v + vy[at] * (times - since[on])
        one, other = (np.array([place[pair[side]] for pair in self._pairs]) for side in (0, 1))
        moves = (vx != 0.0) | (vy != 0.0)
        dx, dy, du, dv = (each[other] - each[one] for each in (x, y, vx, vy))
        square = du * du + dv * dv
        ahead = -(dx * du + dy * dv) / np.where(square > 0.0, square, 1.0)
        ahead = np.clip(ahead, 0.0, np.append(times[1:], now) - times)
        dx, dy = dx + du * ahead, dy + dv * ahead
        distance = np.where(moves[one] | moves[other], np.sqrt(dx * dx + dy * dy), np.inf)
        nearest = distance.min()
        if nearest == np.inf:
            return None
        same = np.argwhere(
            nearest + SAME >= distance.T
        )  # the earliest first, and of pairs at one time the first
        piece, pair = (int(each) for each in same[0])
        one_unit, other_unit = self._pairs[pair]
        return Pass(
            one_unit, other_unit, float(distance[pair, piece]), float(times[piece] + ahead[pair, piece])
        )
