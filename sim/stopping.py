"""When enough runs have been played: once the interval is as narrow as asked for, or the budget is spent.

Values come one by one in the order of replications, so that where it stops does not hang on who plays how many at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import ceil, inf, isfinite, isnan, log, nan, sqrt
from typing import NamedTuple

from sim.errors import unknown
from sim.estimates import CONFIDENCE, Estimate, chance, student
from sim.quantities import parse

LEAST = 10  # values before an interval is believed; Law's advice for t intervals of a sequential procedure
MOST = 10_000  # values, unless somebody says otherwise
OTHERWISE = 0.05  # share of runs that may still differ when all so far are alike


class Precision(NamedTuple):
    """Half the width an interval may have: a share of the mean when relative, else in the measure's own unit."""

    size: float
    relative: bool = False

    def __str__(self) -> str:
        return f"{100 * self.size:g} %" if self.relative else f"{self.size:g}"


_WRITTEN = re.compile(r"^\s*(?P<measure>.*?)\s*(?:±|\+/?-)\s*(?P<size>.*?)\s*$", re.DOTALL)
_NAME = re.compile(r"^[A-Za-z][\w-]*(?:[.:\[][^\s±]*)?$", re.ASCII)
EXAMPLE = "write it like 'serials_completed ±2%' or 'serials_completed +-0.5'"


def read(text: str, measures: Iterable[str] = ()) -> tuple[str, Precision]:
    """The measure and the precision of a text such as `serials_completed ±2%`; `+-` and `+/-` also stand for the sign.

    measures: those there are, as they are written; without any, every name will do. Raises ValueError saying what
    came, what is wanted and the nearest good name.
    """
    match = _WRITTEN.match(text)
    if match is None:
        raise ValueError(f"{text!r} has no ± in it; {EXAMPLE}")
    name, size = match["measure"], match["size"]
    if not _NAME.match(name):
        raise ValueError(
            f"{text!r} {'names no measure' if not name else f'has {name!r} for a measure'}; {EXAMPLE}"
        )
    known = list(measures)
    if known and name not in known:
        raise ValueError(unknown("measure", name, known))
    relative = size.endswith("%")
    try:
        found = parse(size, "share" if relative else "number")
    except ValueError as fault:
        raise ValueError(f"precision of {name}: {fault}; {EXAMPLE}") from None
    if found <= 0:
        raise ValueError(f"precision of {name}: {size} is not above 0; {EXAMPLE}")
    if relative and found >= 1:
        raise ValueError(f"precision of {name}: {size} is the whole of it; want less than 100 %")
    return name, Precision(found, relative)


class Stopping:
    """Says after each value whether to stop, and why. What comes after it has said so is not looked at.

    Of a mean it stops once Student's interval is short enough; a share is of the true mean, so the half-width is taken
    over the end of the interval that is nearer to 0 (Law's correction). While all values are alike their spread is
    unknown, and it goes on until at most OTHERWISE of all runs can differ at that confidence. Of a chance it stops once
    half of Wilson's interval is short enough; a precision of 2 % is then 2 of 100 runs, never a share of the chance.

    An interval looked at again and again stops a little too early: at 95 % it holds the mean in some 93 to 95 % of all
    cases; a larger least makes that better.

    precision: see `read`. least, most: values, at least 2 and no fewer than least. chances: values are 0 and 1.
    Raises ValueError for what makes no sense.
    Source: Chow and Robbins (1965), Annals of Mathematical Statistics 36, 457-462; with t in place of the normal law,
    a least number, and the share of the true mean: Law, Simulation Modeling and Analysis, 5th ed., section 9.4.1.
    """

    def __init__(
        self,
        precision: Precision,
        confidence: float = CONFIDENCE,
        least: int = LEAST,
        most: int = MOST,
        chances: bool = False,
    ) -> None:
        if not (isfinite(precision.size) and precision.size > 0):
            raise ValueError(f"stopping: precision is {precision}, want above 0")
        if not 0 < confidence < 1:
            raise ValueError(f"stopping: confidence is {confidence}, want between 0 and 1")
        if not 2 <= least <= most:
            raise ValueError(f"stopping: least is {least} and most is {most}, want 2 or more and no fewer")
        self.precision, self.confidence, self.least, self.most = precision, confidence, least, most
        self.chances = chances
        self.spent, self.count = 0, 0  # replications, and those of them that have a value
        self.stopped = False
        self._mean, self._squares, self._alike = 0.0, 0.0, True
        self._first = nan

    def feed(self, value: float) -> bool:
        """Takes the value of the next replication, nan where it has none; says whether to stop.

        One without a value is spent all the same. Raises ValueError for a chance that is not 0 or 1, and for an
        infinite value.
        """
        if self.stopped:
            return True
        if not isnan(value):
            if value not in (0, 1) if self.chances else not isfinite(value):
                wanted = "0 or 1" if self.chances else "a number"
                raise ValueError(f"stopping: value {self.spent} is {value}, want {wanted}")
            self.count += 1
            if self.count == 1:
                self._first = value
            self._alike = self._alike and value == self._first
            step = (
                value - self._mean
            )  # the mean and the squares as they grow: Welford (1962), Technometrics 4
            self._mean += step / self.count
            self._squares += step * (value - self._mean)
        self.spent += 1
        self.stopped = self.spent >= self.most or (self.count >= self.least and self._narrow)
        return self.stopped

    @property
    def estimate(self) -> Estimate:
        """What has been found so far."""
        if self.chances:
            return chance(round(self._mean * self.count), self.count, self.confidence)
        if self.count < 2:
            return Estimate(self._mean if self.count else nan, nan, nan, self.count)
        if self._alike:
            return Estimate(self._first, self._first, self._first, self.count)
        half = student(self.count - 1, self.confidence) * sqrt(self._squares / (self.count - 1) / self.count)
        return Estimate(self._mean, self._mean - half, self._mean + half, self.count)

    @property
    def half(self) -> float:
        """The half-width as the precision takes it: a share of the true mean at its worst, or in the measure's unit."""
        found = self.estimate
        half = (found.high - found.low) / 2
        if self.chances or not self.precision.relative or not half:
            return half
        nearest = abs(found.value) - half
        return half / nearest if nearest > 0 else nan if isnan(half) else inf

    @property
    def _narrow(self) -> bool:
        return self.half <= self.precision.size and (
            self.chances or not self._alike or self.count >= self._sure
        )

    @property
    def _sure(self) -> int:
        """Values that must be alike until at most OTHERWISE of all can differ."""
        return ceil(log(1 - self.confidence) / log(1 - OTHERWISE))

    @property
    def forecast(self) -> int | None:
        """How many replications it may take in all, as the spread stands; None before there are enough to tell."""
        if self.stopped:
            return self.spent
        if self.count < self.least:
            return None
        if self._alike and not self.chances:
            wanted = float(self._sure)
        elif not isfinite(self.half):
            return self.most
        else:
            wanted = self.count * (self.half / self.precision.size) ** 2
        return min(self.most, max(self.spent + 1, ceil(wanted * self.spent / self.count)))

    @property
    def why(self) -> str:
        """Why it stops, or goes on, in words."""
        relation = "<=" if self._narrow else ">"
        shown = f"half-width {self._shown(self.half)} {relation} {self._shown(self.precision.size)}"
        if self.count < self.least:
            shown = f"{self.count} of at least {self.least} values"
        elif self._alike and not self.chances:
            shown = (
                f"{self.count} values all alike, {self._sure} wanted"
                if not self._narrow
                else f"{self.count} values all alike"
            )
        if self.stopped and (not self._narrow or self.count < self.least):
            return f"budget of {self.most} spent, {shown}"
        return shown

    def _shown(self, half: float) -> str:
        if not isfinite(half):
            return "unknown"
        return f"{100 * half:.3g} %" if self.precision.relative else f"{half:.3g}"
