"""Which of several alternatives is best, with a stated chance of being right.

The guarantee of all: when the best is better than every other by the margin or more, it is the one selected with at
least the confidence asked for; when others are within the margin, one as good as that. It rests on means that are
normal, which sums over a run mostly are. The margin is the least difference worth knowing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor, fsum, isfinite
from typing import NamedTuple

from sim.estimates import CONFIDENCE, Estimate, student, variance

FIRST = 10  # replications before anybody is dropped; fewer make the variances too unsure to be cheap
NODES = 64  # of a Gauss rule for each of Rinott's two integrals; twice as many change h by less than 1e-4


class Dropped(NamedTuple):
    """An alternative out of the race: after how many replications, and behind which other."""

    name: str
    after: int
    behind: str


class Selection:
    """Drops alternatives replication by replication until one is left: Kim and Nelson's fully sequential procedure.

    Alternatives may share their random numbers, and should: what counts are the variances of differences. Fed with one
    value of each survivor for a replication, in the order of replications; once one is left, nothing more is looked at.

    names: two or more. margin: the least difference worth knowing, above 0. first: replications before any is dropped.
    largest: whether large values are good. Raises ValueError for what makes no sense.
    Source: Kim and Nelson (2001), ACM Transactions on Modeling and Computer Simulation 11, 251-273, with c = 1.
    """

    def __init__(
        self,
        names: Sequence[str],
        margin: float,
        confidence: float = CONFIDENCE,
        first: int = FIRST,
        largest: bool = True,
    ) -> None:
        self.names, self.margin, self.confidence, self.first = tuple(names), margin, confidence, first
        self.largest, self.count = largest, 0
        self.dropped: list[Dropped] = []
        self.survivors = self.names
        self._values: dict[str, list[float]] = {name: [] for name in self.names}
        self._totals = dict.fromkeys(self.names, 0.0)  # of values turned so that large is good
        self._ends: dict[tuple[str, str], float] = {}  # replications after which two are told apart for good
        _check(self.names, margin, confidence, first)
        chance = 2 * (1 - confidence) / (len(self.names) - 1)
        if chance >= 1:
            raise ValueError(f"selection: confidence is {confidence}, want more than a coin has")
        self._boundary = (chance ** (-2 / (first - 1)) - 1) * (first - 1)  # h squared

    @property
    def best(self) -> str | None:
        """The one selected; None while more than one survives."""
        return self.survivors[0] if len(self.survivors) == 1 else None

    @property
    def longest(self) -> int | None:
        """The replications after which one is left for sure; None before the first ones are there."""
        if self.count < self.first:
            return None
        ends = [end for pair, end in self._ends.items() if all(name in self.survivors for name in pair)]
        return max((floor(end) + 1 for end in ends), default=self.count)

    @property
    def why(self) -> str:
        """What stands now, in words."""
        if self.best is not None:
            return f"{self.best} after {self.count} replications, {self.confidence:.0%} sure within {self.margin:g}"
        if self.count < self.first:
            return f"{self.count} of at least {self.first} replications"
        return f"{len(self.survivors)} of {len(self.names)} left after {self.count} replications, {self.longest} at most"

    def mean(self, name: str) -> float:
        """The mean of an alternative so far, or when it was dropped."""
        return fsum(self._values[name]) / len(self._values[name])

    def feed(self, values: Mapping[str, float]) -> tuple[str, ...]:
        """Takes the values of one more replication; gives who survives. Those of others are not looked at.

        Raises ValueError when the value of a survivor is missing or not a number.
        """
        if self.best is not None:
            return self.survivors
        for name in self.survivors:
            if not isfinite(values.get(name, float("nan"))):
                raise ValueError(
                    f"selection: replication {self.count} has {values.get(name)} for {name!r}, want a number"
                )
        self.count += 1
        for name in self.survivors:
            self._values[name].append(values[name])
            self._totals[name] += values[name] if self.largest else -values[name]
        if self.count == self.first:
            self._ends = {(one, other): self._boundary * _spread(self._values, one, other) / self.margin**2
                          for at, one in enumerate(self.names) for other in self.names[at + 1 :]}  # fmt: skip
        if self.count >= self.first:
            self._screen()
        return self.survivors

    def _screen(self) -> None:
        lost: dict[str, str] = {}
        for (one, other), end in self._ends.items():
            if one in self.survivors and other in self.survivors:
                slack = max(0.0, self.margin / 2 * (end - self.count))  # of totals
                ahead = self._totals[one] - self._totals[other]
                if ahead < -slack:
                    lost.setdefault(one, other)
                elif ahead > slack or (
                    self.count > end and one not in lost
                ):  # of two alike, the one named first
                    lost.setdefault(other, one)
        self.dropped += [Dropped(name, self.count, lost[name]) for name in self.survivors if name in lost]
        self.survivors = tuple(name for name in self.survivors if name not in lost)


def _check(names: Sequence[str], margin: float, confidence: float, first: int) -> None:
    if len(names) < 2 or len(dict.fromkeys(names)) < len(names):
        raise ValueError(
            f"selection: alternatives are {', '.join(names) or 'none'}, want two or more, each once"
        )
    if not (isfinite(margin) and margin > 0):
        raise ValueError(f"selection: margin is {margin}, want above 0")
    if not 0 < confidence < 1:
        raise ValueError(f"selection: confidence is {confidence}, want between 0 and 1")
    if first < 2:
        raise ValueError(f"selection: first is {first}, want 2 or more")


def _spread(values: Mapping[str, Sequence[float]], one: str, other: str) -> float:
    """The variance of the difference of two."""
    return variance([here - there for here, there in zip(values[one], values[other], strict=True)])


def needed(
    values: Mapping[str, Sequence[float]],
    margin: float,
    confidence: float = CONFIDENCE,
    common: bool = True,
) -> dict[str, int]:
    """How many replications each alternative takes in all, from the first ones, to select the best mean of all.

    common: whether they share their random numbers; then all take as many. values: as many of each, two at least.
    Raises ValueError for what makes no sense.
    Source: Clark and Yang (1986), Proceedings of the Winter Simulation Conference, 313-315, for common random numbers;
    Rinott (1978), Communications in Statistics A7, 799-811, for independent ones.
    """
    names = list(values)
    first = min(map(len, values.values()), default=0)
    _check(names, margin, confidence, first)
    if any(len(each) != first for each in values.values()):
        raise ValueError("selection: not as many values of each alternative")
    if not common:
        h = rinott(len(names), confidence, first)
        return {name: max(first, ceil(h**2 * variance(values[name]) / margin**2)) for name in names}
    each = (1 - confidence) / (len(names) - 1)  # one-sided
    largest = max(_spread(values, one, other) for at, one in enumerate(names) for other in names[at + 1 :])
    return dict.fromkeys(names, max(first, ceil(student(first - 1, 1 - 2 * each) ** 2 * largest / margin**2)))


def rinott(count: int, confidence: float, first: int) -> float:
    """Rinott's constant h for so many alternatives after so many first replications, to 1e-3.

    Source: Rinott (1978), Communications in Statistics A7, 799-811.
    """
    import numpy as np  # noqa: PLC0415  # only this takes them
    from scipy.special import chdtri, ndtr  # noqa: PLC0415

    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    inverse = 1 / chdtri(first - 1, (nodes + 1) / 2)  # of chi-square, at even chances
    scale = np.sqrt(1 / ((first - 1) * (inverse[:, None] + inverse)))

    def right(h: float) -> float:
        inner = (ndtr(h * scale) * (weights / 2)).sum(axis=1)
        return float((inner ** (count - 1) * (weights / 2)).sum())

    low, high = 0.0, 1.0
    while right(high) < confidence:
        low, high = high, 2 * high
    while high - low > 1e-6:
        middle = (low + high) / 2
        low, high = (middle, high) if right(middle) < confidence else (low, middle)
    return high


def against_best(
    values: Mapping[str, Sequence[float]], margin: float, largest: bool = True
) -> dict[str, Estimate]:
    """How far each alternative is from the best of the others, all intervals right at once with the confidence asked for.

    values: all, once each alternative has the replications that `needed` asked for. An interval that ends at 0 on the
    one side says which side is sure.
    Source: Nelson and Matejcik (1995), Management Science 41, 1935-1945; Matejcik and Nelson (1995), Operations
    Research 43, 633-640.
    """
    means = {name: fsum(each) / len(each) for name, each in values.items()}
    found = {}
    for name, own in means.items():
        others = [each for other, each in means.items() if other != name]
        off = own - (max(others) if largest else min(others))
        found[name] = Estimate(off, min(0.0, off - margin), max(0.0, off + margin), len(values[name]))
    return found
