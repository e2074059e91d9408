"""Scramble: a fighter on alert against an intruder who comes straight on, on the line from him to the base.

Lengths in m, times in s, speeds in m/s. The boundary lies between the two; distances beyond it count from it outwards.
The intruder keeps his course and speed; the fighter stands until his alert time is over, climbs out, then dashes.
Source: derived from equal positions on the line; off it, from equal distances from the base (`meet_off`).
"""

from __future__ import annotations

from math import inf
from statistics import NormalDist
from typing import NamedTuple

from sim.geometry import Intercept, intercept


class Alert(NamedTuple):
    """What a fighter on alert can do. Use `alert`, which checks it.

    ready: from the order to wheels up. climb: time of the climb, and climb_way the way made good in it. dash: speed after it.
    """

    ready: float
    climb: float
    climb_way: float
    dash: float

    def place(self, time: float) -> float:
        """How far from the base he is so long after the order."""
        flown = time - self.ready
        if flown <= 0.0:
            return 0.0
        if flown < self.climb:
            return self.climb_way * (flown / self.climb)
        return self.climb_way + self.dash * (flown - self.climb)


class Meeting(NamedTuple):
    """Where and when the two meet."""

    time: float
    """s after the order."""
    flown: float
    """m from the base."""
    beyond: float
    """m beyond the boundary; negative when the intruder is already inside."""
    margin: float
    """s before the intruder would cross the boundary; negative when he has, inf when he never does."""


def alert(ready: float, climb: float, climb_way: float, dash: float) -> Alert:
    """A fighter on alert. Raises ValueError unless all are 0 or more, and a climb that takes no time makes no way."""
    found = Alert(ready, climb, climb_way, dash)
    if not (min(found) >= 0.0 and max(found) < inf):
        raise ValueError(f"an alert is {tuple(found)}, want finite numbers, 0 or more")
    if climb == 0.0 and climb_way > 0.0:
        raise ValueError(f"an alert climbs {climb_way:g} m in no time")
    return found


def meet(fighter: Alert, behind: float, out: float, speed: float) -> Meeting | None:
    """Where a fighter ordered up now meets an intruder head on or from behind.

    behind: of the base from the boundary, inside. out: of the intruder from the boundary, outside; negative when
    he has crossed it. speed: towards the base; negative when he goes away.
    None when they never meet: he overflies the base before the fighter is up, or opens too fast.
    """
    away = behind + out
    if away < 0.0 or (away - speed * fighter.ready < 0.0):
        return None
    airborne, levelled = fighter.ready, fighter.ready + fighter.climb
    if away - speed * levelled <= fighter.climb_way:
        climbing = fighter.climb_way / fighter.climb if fighter.climb > 0.0 else 0.0
        closing, gap, since = climbing + speed, away - speed * airborne, airborne
    else:
        closing, gap, since = fighter.dash + speed, away - speed * levelled - fighter.climb_way, levelled
    if gap > 0.0 and closing <= 0.0:
        return None
    time = since + (gap / closing if gap > 0.0 else 0.0)
    beyond = out - speed * time
    return Meeting(time, behind + beyond, beyond, beyond / speed if speed > 0.0 else inf)


def meet_off(fighter: Alert, dx: float, dy: float, vx: float, vy: float) -> Intercept | None:
    """Where a fighter ordered up now meets an intruder on any course; the fighter flies straight from take-off.

    dx, dy: m, intruder minus base. vx, vy: m/s, the intruder's. Time counts from the order; the place is relative to the base.
    He is as far on as one who had always dashed and had left later, by what the climb costs; so this is exact for a meeting
    after the climb, and early by less than that cost for one in it. None when they never meet, or he cannot dash.
    """
    if fighter.dash <= 0.0:
        return None
    late = fighter.ready + fighter.climb - fighter.climb_way / fighter.dash
    found = intercept(dx + vx * late, dy + vy * late, vx, vy, fighter.dash)
    return None if found is None else found._replace(time=found.time + late)


def time_available(behind: float, dash: float, out: float, speed: float) -> float:
    """Longest alert time with which a fighter who needs no climb still meets the intruder at the boundary or before.

    Negative when he could not even with none. Arguments as for `meet`, both speeds above 0.
    """
    if not (speed > 0.0 and dash > 0.0):
        raise ValueError(f"time available: speed is {speed}, dash is {dash}, want above 0")
    return out / speed - behind / dash


def chance_in_time(available: float, mean: float, sd: float) -> float:
    """Chance that a normal alert time is no longer than what is available. sd: 0 or more, with 0 for certain."""
    if sd == 0.0:
        return float(mean <= available)
    return NormalDist(mean, sd).cdf(available)
