"""What a verification case is: inputs, wanted outputs with their tolerance, and how the shipped components answer.

A case never reckons what it wants: expected values are written down from their source, and what is got comes from
public functions, samplers and exercises of the package.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, fsum, sqrt
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from sim.streams import Streams

if TYPE_CHECKING:
    from numpy.random import Generator

SEED = 20230720  # the first day of the exercise; another seed is another sample of the same law
ERRORS = 4.0  # standard errors a drawn value may be off: one honest case in sixteen thousand is further
COARSER = 4.0  # times the accuracy of a quick check is less; it takes a sixteenth of the draws
FEWEST = 20  # draws or replications that are left of however many
MINUTE = 60.0  # s

Way = Literal["paper", "drawn", "engine"]
Rule = Literal["exact", "relative", "absolute", "errors", "about"]


class Got(NamedTuple):
    """What came out. error: its standard error, None where nothing was drawn."""

    value: float
    error: float | None = None


class Wanted(NamedTuple):
    """What should come out. size: of the tolerance; for errors the largest standard error as a share of the value.

    about: as relative, but of a drawn value, so that a quick check allows more.
    """

    value: float
    rule: Rule
    size: float = 0.0

    def allows(self, got: Got, quick: bool) -> bool:
        """Whether what came out is near enough."""
        off, coarser = abs(got.value - self.value), COARSER if quick else 1.0
        if self.rule == "errors":
            error = got.error
            return (
                error is not None
                and 0.0 < error <= self.size * coarser * abs(self.value)
                and off <= ERRORS * error
            )
        if self.rule == "about":
            return off <= self.size * coarser * abs(self.value)
        if self.rule == "relative":
            return off <= self.size * abs(self.value)
        return off <= self.size

    @property
    def tolerance(self) -> str:
        """In words."""
        if self.rule == "errors":
            return f"4 SE, SE up to {100 * self.size:g} %"
        if self.rule == "exact":
            return "exact"
        return f"{self.size:g}" if self.rule == "absolute" else f"{100 * self.size:g} %"


def exactly(value: float) -> Wanted:
    """To the last bit."""
    return Wanted(value, "exact")


def relative(value: float, share: float = 1e-6) -> Wanted:
    """Within a share of the value."""
    return Wanted(value, "relative", share)


def absolute(value: float, size: float) -> Wanted:
    """Within so much of it."""
    return Wanted(value, "absolute", size)


def within(value: float, share: float = 0.005) -> Wanted:
    """A drawn value within four standard errors, which may be no larger than a share of it."""
    return Wanted(value, "errors", share)


def about(value: float, share: float) -> Wanted:
    """A drawn value within a share of it."""
    return Wanted(value, "about", share)


class Trial:
    """One working of a case: how much may be drawn, and from which streams.

    quick: a sixteenth of the draws. progress: told how far a long case has come, 0 to 1.
    """

    def __init__(self, case: str, quick: bool = False) -> None:
        self.quick = quick
        self._case, self._streams = case, Streams(SEED)

    def count(self, full: int, fewest: int = FEWEST) -> int:
        """How many to draw where the full accuracy takes so many."""
        return min(full, max(fewest, ceil(full / COARSER**2))) if self.quick else full

    def draws(self, purpose: str, number: int = 0) -> Generator:
        """The random stream of a purpose in this case; number: of the replication."""
        return self._streams(self._case, purpose, number)


Answer = Mapping[str, "float | Got"]


@dataclass(frozen=True, eq=False)
class Case:
    """One way to put one case. Frozen.

    way: on paper (closed forms), drawn (samplers and functions), or engine (an exercise is played). given: the inputs,
    in words. component: the dotted name of what answers. sources: keys of `sim.cases._sources`.
    """

    id: str
    way: Way
    title: str
    component: str
    given: str
    sources: tuple[str, ...]
    wanted: Mapping[str, Wanted]
    work: Callable[[Trial], Answer] = field(repr=False)

    @property
    def name(self) -> str:
        """What tells it from all others."""
        return f"{self.id} {self.way}"

    @property
    def level(self) -> str:
        """function or engine."""
        return "engine" if self.way == "engine" else "function"

    def answer(self, quick: bool = False) -> dict[str, Got]:
        """Works the case; gives what came out for each wanted output, in their order.

        Raises KeyError when the case does not give exactly what is wanted of it.
        """
        found = self.work(Trial(self.name, quick))
        if set(found) != set(self.wanted):
            raise KeyError(f"{self.name}: gives {sorted(found)}, wanted are {sorted(self.wanted)}")
        return {
            name: each if isinstance(each := found[name], Got) else Got(float(each)) for name in self.wanted
        }


def case(
    id: str, way: Way, title: str, component: str, given: str, *sources: str, **wanted: Wanted
) -> Callable[[Callable[[Trial], Answer]], Case]:
    """Makes a case of the function below it, which gives what came out by the names of the wanted outputs."""
    return lambda work: Case(id, way, title, component, given, sources, wanted, work)


class Gap(NamedTuple):
    """A case, or one level of it, that is not there. when: never, or with a component that is still to come."""

    id: str
    title: str
    why: str
    later: bool = False


def share(hits: int, count: int) -> Got:
    """A chance by counting, with its binomial standard error."""
    found = hits / count
    return Got(found, sqrt(found * (1.0 - found) / count))


def mean(values: Iterable[float]) -> Got:
    """A mean of independent values, with its standard error."""
    drawn = np.fromiter(values, dtype=np.float64)
    return Got(float(drawn.mean()), float(drawn.std(ddof=1)) / sqrt(drawn.size))


def spread(values: Sequence[float]) -> Got:
    """A standard deviation of independent values; its standard error from their fourth moment, by the delta method."""
    drawn = np.array(values, dtype=np.float64)
    squares = (drawn - drawn.mean()) ** 2
    variance = float(squares.mean())
    return Got(float(drawn.std(ddof=1)), float(squares.std()) / sqrt(drawn.size) / (2.0 * sqrt(variance)))


def over(replications: Sequence[float]) -> Got:
    """The mean of replications, one value each: few, so summed exactly."""
    count = len(replications)
    middle = fsum(replications) / count
    return Got(middle, sqrt(fsum((each - middle) ** 2 for each in replications) / (count - 1) / count))
