"""A regression on the factors of a design: what they do alone, two by two and squared, and how well that fits.

Factors are coded: -1 at the least value of the design, 1 at the greatest. So a coefficient says how far the response
moves from the middle of a factor's range to its end, and those of all factors compare.
Source: Kleijnen, Design and Analysis of Simulation Experiments, 2nd ed. (2015), chapters 2 and 3; Montgomery, Peck
and Vining, Introduction to Linear Regression Analysis, 5th ed. (2012), chapters 3 and 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import nan, sqrt
from typing import TYPE_CHECKING

import numpy as np

from sim.estimates import CONFIDENCE, Estimate, student

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

SAME = 1e-6  # share of a column's length that others leave of it: below this they tell the same
MIXED = 3  # terms one more may be mixed up with by a fraction's design; told by more, the points have run out

Factors = tuple[int, ...]  # of a term: none of the intercept, one of a main effect, one twice of a square


@dataclass(frozen=True, slots=True)
class Term:
    """One coefficient. factors: by number; () the constant, (2,) a main effect, (1, 2) a product, (2, 2) a square."""

    name: str
    factors: Factors
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class LackOfFit:
    """Whether points are off the model by more than their replications are apart.

    statistic: F, of so many degrees of freedom above and below. chance: of one as large when the model is right.
    """

    statistic: float
    freedom: tuple[int, int]
    chance: float


@dataclass(frozen=True, slots=True)
class Metamodel:
    """A fitted regression. Frozen.

    names: of the factors. middles, halves: what codes them. left_out: terms the design cannot bear, and why. count:
    values fitted, at so many points. residual: standard deviation of what is left. freedom: its degrees. r_squared:
    share of the variance of all values that is explained; adjusted for the number of terms; and predicted: of the
    variance of the points' means, each foretold without its own values. lack_of_fit: None without replications.
    """

    names: tuple[str, ...]
    middles: tuple[float, ...]
    halves: tuple[float, ...]
    terms: tuple[Term, ...]
    left_out: tuple[tuple[str, str], ...]
    count: int
    points: int
    residual: float
    freedom: int
    r_squared: float
    adjusted_r_squared: float
    predicted_r_squared: float
    lack_of_fit: LackOfFit | None
    _errors: _Errors = field(repr=False)

    def __getitem__(self, name: str) -> Estimate:
        """The coefficient of a term by its name. Raises KeyError."""
        return {term.name: term.estimate for term in self.terms}[name]

    def at(self, point: Sequence[float]) -> Estimate:
        """The mean response at a point, in the factors' own units, with the interval of that mean."""
        if len(point) != len(self.names):
            raise ValueError(f"metamodel: {len(point)} values for {len(self.names)} factors")
        coded = (np.asarray(point, np.float64) - self.middles) / self.halves
        row = np.array([float(coded[list(term.factors)].prod()) for term in self.terms])
        value = float((row * [term.estimate.value for term in self.terms]).sum())
        return self._errors.around(value, row, self.count)


@dataclass(frozen=True, slots=True)
class _Errors:
    """How sure the coefficients are. root: times its transpose it is their covariance."""

    root: NDArray[np.float64]
    freedom: int
    confidence: float

    def around(self, value: float, row: NDArray[np.float64], count: int) -> Estimate:
        """A weighted sum of coefficients with its interval."""
        error = sqrt(float(((self.root * row[:, None]).sum(axis=0) ** 2).sum()))
        half = student(self.freedom, self.confidence) * error
        return Estimate(value, value - half, value + half, count)


def fit(
    factors: ArrayLike,
    responses: ArrayLike,
    names: Sequence[str] = (),
    *,
    confidence: float = CONFIDENCE,
    common: bool = False,
) -> Metamodel:
    """Fits constant, main effects, products of two and squares by least squares, as far as the design bears them.

    factors: a row of numbers for each point. responses: likewise, a column for each replication or one value a point;
    nan where there is none. names: of the factors, else x1, x2 and so on. common: points share their random numbers
    within a replication; the intervals are then of the fits of single replications, those without gaps.
    A term that others already tell, and products or squares that are too many for the points, are left out.
    Raises ValueError for shapes that do not fit, too few points for the main effects, or fewer than two replications
    without gaps when they are common.
    """
    design, table = np.asarray(factors, np.float64), np.asarray(responses, np.float64)
    table = table.reshape(len(table), -1)
    if design.ndim != 2 or len(design) != len(table):
        raise ValueError(f"metamodel: factors of shape {design.shape} for {len(table)} points")
    width = design.shape[1]
    names = tuple(names) or tuple(f"x{at + 1}" for at in range(width))
    if len(names) != width:
        raise ValueError(f"metamodel: {len(names)} names for {width} factors")
    seen = ~np.isnan(table)
    if not seen.any():
        raise ValueError("metamodel: no values")
    kept = seen.any(axis=1)
    low, high = design[kept].min(axis=0), design[kept].max(axis=0)
    middles, halves = (low + high) / 2, np.where(high > low, (high - low) / 2, 1.0)
    coded = (design - middles) / halves
    points, place = np.unique(coded[kept], axis=0, return_inverse=True)
    values = table[seen]
    at = np.repeat(place.reshape(-1), seen[kept].sum(axis=1))
    chosen, left_out = _bearable(points, names, len(points) if len(values) > len(points) else len(points) - 1)
    counts = np.bincount(at)
    means, roots = np.bincount(at, values) / counts, np.sqrt(counts)
    columns = _columns(points, chosen)
    q, r = np.linalg.qr(columns * roots[:, None])  # a point of many values weighs as much as they
    coefficients = np.linalg.solve(r, (q * (means * roots)[:, None]).sum(axis=0))
    rests = means - (columns * coefficients).sum(axis=1)
    pure, lack = float(((values - means[at]) ** 2).sum()), float((counts * rests**2).sum())
    squares = pure + lack
    freedom = len(values) - len(chosen)  # 1 at least, by what is bearable
    residual = sqrt(squares / freedom)
    total = float(((values - values.mean()) ** 2).sum())
    explained = 1 - squares / total if total else nan
    if common:
        coefficients, errors = _by_replication(_columns(coded, chosen), table, confidence)
    else:
        errors = _Errors(np.linalg.inv(r) * residual, freedom, confidence)
    unit, leverage = np.eye(len(chosen)), (q**2).sum(axis=1)
    return Metamodel(
        names, tuple(middles.tolist()), tuple(halves.tolist()),
        tuple(Term(_name(term, names), term, errors.around(value, unit[number], len(values)))
              for number, (term, value) in enumerate(zip(chosen, coefficients.tolist(), strict=True))),
        left_out, len(values), len(points), residual, freedom, explained,
        1 - (1 - explained) * (len(values) - 1) / freedom,
        _predicted(counts, means, rests / (1 - leverage)) if leverage.max() < 1 - SAME else nan,
        _lack_of_fit(lack, pure, (len(points) - len(chosen), len(values) - len(points))), errors,
    )  # fmt: skip


def _name(term: Factors, names: Sequence[str]) -> str:
    if len(term) == 2:
        return f"{names[term[0]]}^2" if term[0] == term[1] else f"{names[term[0]]}*{names[term[1]]}"
    return names[term[0]] if term else "constant"


def _columns(coded: NDArray[np.float64], terms: Sequence[Factors]) -> NDArray[np.float64]:
    """What each term is at each point."""
    return np.stack([coded[:, list(term)].prod(axis=1) for term in terms], axis=1)


def _bearable(
    points: NDArray[np.float64], names: Sequence[str], most: int
) -> tuple[list[Factors], tuple[tuple[str, str], ...]]:
    """The terms the points can tell apart, at most so many, and why the others cannot be had."""
    width = points.shape[1]
    chosen: list[Factors] = []
    left_out: list[tuple[str, str]] = []
    axes = np.empty((0, len(points)))  # at right angles, of length 1: what the chosen terms span
    groups: tuple[tuple[str, list[Factors]], ...] = (
        ("main effects", [(), *((one,) for one in range(width))]),
        ("products", list(combinations(range(width), 2))),
        ("squares", [(one, one) for one in range(width)]),
    )
    for kind, group in groups:
        taken: list[Factors] = []
        told: list[tuple[str, str]] = []
        for term in group:
            own, same = _own(axes, _columns(points, [term])[:, 0]), None
            if own is not None:
                taken.append(term)
                axes = np.vstack([axes, own])
            else:
                same = _told_by(points, [*chosen, *taken], term)
                others = [_name(each, names) for each in same if each]
                why = f"not told from {', '.join(others)}" if others else "does not vary"
                if kind == "squares" and same == [()]:
                    why = "has two levels only"
                told.append((_name(term, names), why))
            if len(chosen) + len(taken) > most or (same is not None and len(same) > MIXED):
                if not chosen:
                    raise ValueError(f"metamodel: {len(points)} points are too few for {width} main effects")
                why = f"{len(group)} {kind} are too many for {len(points)} points"
                taken, told, axes = [], [(_name(each, names), why) for each in group], axes[: len(chosen)]
                break
        chosen += taken
        left_out += told
    return chosen, tuple(left_out)


def _own(axes: NDArray[np.float64], column: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """The direction a column has of its own, at right angles to all axes; None when it has none."""
    rest = column
    for _ in range(2):  # the second time takes away what rounding left
        rest = rest - (axes * (axes * rest).sum(axis=1)[:, None]).sum(axis=0)
    length, left = (sqrt(float((each**2).sum())) for each in (column, rest))
    return rest / left if left > SAME * length else None


def _told_by(points: NDArray[np.float64], terms: list[Factors], term: Factors) -> list[Factors]:
    """The terms that together tell what one more would."""
    weights = np.linalg.lstsq(_columns(points, terms), _columns(points, [term])[:, 0], rcond=None)[0]
    return [each for each, weight in zip(terms, weights.tolist(), strict=True) if abs(weight) > SAME]


def _by_replication(
    columns: NDArray[np.float64], table: NDArray[np.float64], confidence: float
) -> tuple[NDArray[np.float64], _Errors]:
    """Mean coefficients of the replications without gaps, and how these differ.

    A point without any value is nobody's gap.
    """
    kept = ~np.isnan(table).all(axis=1)
    whole = table[kept][:, ~np.isnan(table[kept]).any(axis=0)]
    count = whole.shape[1]
    if count < 2:
        raise ValueError(
            f"metamodel: {count} replications have all values, want two that share random numbers"
        )
    fits = np.linalg.lstsq(columns[kept], whole, rcond=None)[0]
    middle = fits.mean(axis=1)
    return middle, _Errors((fits - middle[:, None]) / sqrt(count * (count - 1)), count - 1, confidence)


def _predicted(counts: NDArray[np.intp], means: NDArray[np.float64], off: NDArray[np.float64]) -> float:
    """Share of the variance between points that is foretold. off: of each mean, from a fit without its point.

    Source: Montgomery, Peck and Vining, 5th ed., section 4.2; of the means of points for single values.
    """
    total = float((counts * (means - (counts * means).sum() / counts.sum()) ** 2).sum())
    return 1 - float((counts * off**2).sum()) / total if total else nan


def _lack_of_fit(lack: float, pure: float, freedom: tuple[int, int]) -> LackOfFit | None:
    """F of the sum of squares of points off the model, over that of values off their point."""
    if min(freedom) < 1 or not pure:
        return None
    from scipy.special import fdtrc  # noqa: PLC0415  # only reports ask for it

    statistic = lack / freedom[0] / (pure / freedom[1])
    return LackOfFit(statistic, freedom, float(fdtrc(*freedom, statistic)))
