"""Critical path: when each of some activities can begin and must have begun, and how long the whole takes with luck.

Durations and times are in any one unit. An activity may begin as soon as all it waits for are over; who carries it out
and where is left out, so what comes of it is the least a schedule can take.
Source: Malcolm, Roseboom, Clark and Fazar, Operations Research 7 (1959), for the passes and the three estimates.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum, inf, isfinite, sqrt
from statistics import NormalDist
from typing import NamedTuple

from sim.errors import unknown

SLACK = 1e-9  # of the makespan; a float smaller than this is rounding, and the activity critical


class Activity(NamedTuple):
    """Something that takes time. after: names of those that must be over first."""

    name: str
    duration: float
    after: tuple[str, ...] = ()


class Times(NamedTuple):
    """When an activity can begin and end, and when at the latest if the whole is not to take longer."""

    early_start: float
    early_finish: float
    late_start: float
    late_finish: float
    free_float: float
    """By how much it may slip without moving any that waits for it."""

    @property
    def total_float(self) -> float:
        """By how much it may slip without delaying the whole."""
        return max(0.0, self.late_start - self.early_start)  # rounding may leave a hair below nothing


class Network:
    """Activities by name, in the order given, each with its times. makespan: how long the whole takes.

    Raises ValueError for two of one name, a duration below 0, a name nobody has, and activities that wait for each other.
    """

    def __init__(self, activities: Iterable[Activity]) -> None:
        listed = tuple(activities)
        by_name = {each.name: each for each in listed}
        for each in listed:
            if by_name[each.name] is not each:
                raise ValueError(f"two activities are called {each.name!r}")
            if not 0.0 <= each.duration < inf:
                raise ValueError(f"activity {each.name!r}: duration is {each.duration}, want 0 or more")
            for name in each.after:
                if name not in by_name:
                    raise ValueError(f"activity {each.name!r}: {unknown('activity', name, by_name)}")
        ordered = _in_order(by_name)
        start: dict[str, float] = {}
        finish: dict[str, float] = {}
        for each in ordered:
            start[each.name] = max((finish[name] for name in each.after), default=0.0)
            finish[each.name] = start[each.name] + each.duration
        self.makespan: float = max(finish.values(), default=0.0)
        latest, next_start = dict.fromkeys(by_name, self.makespan), dict.fromkeys(by_name, self.makespan)
        for each in reversed(ordered):
            for name in each.after:
                latest[name] = min(latest[name], latest[each.name] - each.duration)
                next_start[name] = min(next_start[name], start[each.name])
        self.times: dict[str, Times] = {
            name: Times(start[name], finish[name], latest[name] - each.duration, latest[name],
                        next_start[name] - finish[name])
            for name, each in by_name.items()
        }  # fmt: skip

    @property
    def critical(self) -> tuple[str, ...]:
        """Those without any float, in the order given: a delay of one delays the whole."""
        slack = SLACK * self.makespan
        return tuple(name for name, times in self.times.items() if times.total_float <= slack)


def _in_order(activities: dict[str, Activity]) -> list[Activity]:
    """Each after all it waits for. Raises ValueError with a circle, if there is one."""
    ordered: list[Activity] = []
    done: dict[str, bool] = {}  # False while what it waits for is being looked at
    for name, activity in activities.items():
        way = [(name, iter(activity.after))] if name not in done else []
        done.setdefault(name, False)
        while way:
            here, waits = way[-1]
            ahead = next(waits, None)
            if ahead is None:
                done[here] = True
                ordered.append(activities[here])
                way.pop()
            elif ahead not in done:
                done[ahead] = False
                way.append((ahead, iter(activities[ahead].after)))
            elif not done[ahead]:
                names = [each for each, _ in way]
                circle = [*names[names.index(ahead) :], ahead]
                raise ValueError(f"activities wait for each other: {' after '.join(circle)}")
    return ordered


class ThreePoint(NamedTuple):
    """A duration by three estimates: least, most likely, most. Use `three_point`, which checks them."""

    low: float
    mode: float
    high: float

    @property
    def mean(self) -> float:
        """(a + 4 m + b) / 6, exact for the beta law of PERT."""
        return (self.low + 4.0 * self.mode + self.high) / 6.0

    @property
    def variance(self) -> float:
        """((b - a) / 6)^2, as planners reckon."""
        return ((self.high - self.low) / 6.0) ** 2

    @property
    def beta_variance(self) -> float:
        """(mean - a)(b - mean) / 7, of the beta law of PERT itself; not the planners' one."""
        return (self.mean - self.low) * (self.high - self.mean) / 7.0


def three_point(low: float, mode: float, high: float) -> ThreePoint:
    """The three estimates. Raises ValueError unless they are finite and in order."""
    if not (low <= mode <= high and isfinite(high - low)):
        raise ValueError(f"estimates are {low}, {mode}, {high}, want finite and least, most likely, most")
    return ThreePoint(low, mode, high)


def in_series(estimates: Sequence[ThreePoint], beta: bool = False) -> NormalDist:
    """The duration of independent activities one after the other, as a normal law: its mean and standard deviation.

    beta: by the variance of the beta law instead of the planners'. `.cdf(t)` is the chance to be done by t.
    Along a critical path only: another path that is nearly as long makes the whole later than this says.
    """
    variances = [each.beta_variance if beta else each.variance for each in estimates]
    return NormalDist(fsum(each.mean for each in estimates), sqrt(fsum(variances)))


def mean_of_longest(count: int, mean: float) -> float:
    """Mean time until the last of some activities side by side is over, each exponential with the same mean.

    mean times the harmonic number: the longest of several takes longer than any is expected to.
    """
    return mean * fsum(1.0 / number for number in range(1, count + 1))
