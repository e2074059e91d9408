"""Persistent Markov chains: weather that stays a while and has the right shares in the long run."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy.random import Generator

ROUNDING = 1e-9  # by which a row may miss 1: what adding a few doubles leaves, and no more
TABLE_ROUNDING = 1e-3  # by which shares may miss 1: published tables are rounded


@dataclass(frozen=True)
class Chain:
    """A discrete-time Markov chain over states 0, 1, ...

    Frozen, holds no state: a path belongs to whoever drew it.
    matrix: (n, n), row = from, each row 0..1 summing to 1; kept as tuples. step: s between states; leave it
    at 1 to count in steps.
    Raises ValueError for a matrix that is none, or that has more than one closed class: where such a
    chain ends depends on where it began, and it has no long-run shares.
    Source: J. Kemeny and J. Snell, Finite Markov Chains, 1960
    """

    matrix: tuple[tuple[float, ...], ...]
    step: float = 1.0
    _stationary: tuple[float, ...] = field(init=False, repr=False, compare=False)
    _ladders: tuple[tuple[float, ...], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        matrix = tuple(tuple(float(p) for p in row) for row in self.matrix)
        if not 0 < self.step < math.inf:
            raise ValueError(f"Chain: step is {self.step}, want above 0")
        if not matrix:
            raise ValueError("Chain: no states, want at least one")
        for state, row in enumerate(matrix):
            if len(row) != len(matrix):
                raise ValueError(f"Chain: row {state} has {len(row)} entries, want {len(matrix)}")
            if not all(0 <= p <= 1 for p in row) or abs(math.fsum(row) - 1) > ROUNDING:
                raise ValueError(f"Chain: row {state} is {row}, want chances that sum to 1")
        object.__setattr__(self, "matrix", matrix)
        object.__setattr__(self, "_stationary", _long_run(matrix))
        object.__setattr__(self, "_ladders", tuple(_ladder(row) for row in matrix))

    def stationary(self) -> tuple[float, ...]:
        """Long-run share of the time in each state, (n,), summing to 1."""
        return self._stationary

    def mean_spells(self) -> tuple[float, ...]:
        """Mean length of a stay in each state, once entered, (n,) s; inf where there is no way out."""
        return tuple(
            self.step / leaving if (leaving := _leaving(row, state)) > 0 else math.inf
            for state, row in enumerate(self.matrix)
        )

    def mean_spell(self) -> float:
        """Mean length of a stay over all stays of a long path, whatever the state, s.

        That is mean_spells weighted by how often each state is entered, and so the step over the long-run
        chance of a change at a step; inf when nothing ever changes.
        """
        change = math.fsum(
            share * _leaving(row, state)
            for state, (share, row) in enumerate(zip(self._stationary, self.matrix, strict=True))
        )
        return self.step / change if change > 0 else math.inf

    def path(self, rng: Generator, steps: int, start: int | None = None) -> list[int]:
        """The state in each of so many steps, the first being the start.

        start: None draws it from the long-run shares. One uniform a step in one block, the first kept for
        the start even when it is given: the later weather then meets the same uniforms.
        """
        if steps < 0:
            raise ValueError(f"Chain.path: steps is {steps}, want 0 or more")
        if start is not None and not 0 <= start < len(self.matrix):
            raise ValueError(f"Chain.path: start is {start}, want 0 to {len(self.matrix) - 1}")
        if steps == 0:
            return []
        uniforms: list[float] = rng.random(steps).tolist()
        state = bisect_right(_ladder(self._stationary), uniforms[0]) if start is None else start
        path = [state]
        ladders = self._ladders
        for u in uniforms[1:]:
            state = bisect_right(ladders[state], u)
            path.append(state)
        return path


def two_state(worsen: float, better: float, step: float = 1.0) -> Chain:
    """Good (0) and bad (1) weather. worsen, better: chance a step of turning bad, of turning good, 0..1."""
    if not (0 <= worsen <= 1 and 0 <= better <= 1 and worsen + better > 0):
        raise ValueError(f"two_state: worsen is {worsen}, better is {better}, want 0 to 1 and not both 0")
    return Chain(((1 - worsen, worsen), (better, 1 - better)), step)


def birth_death(shares: Sequence[float], persistence: float, step: float = 1.0) -> Chain:
    """A chain over ordered states that moves to neighbours only, with given shares and mean spell.

    For sea-state codes and visibility classes. `stationary()` is shares and `mean_spell()` is persistence,
    both exactly.

    shares: (n,) 0 or more, summing to 1 but for a table's rounding, which is taken out. States of share 0
    at either end are never met; if started in, the chain walks out of them at once.
    persistence: s, mean over all spells of a long path (Chain.mean_spell). step: s.
    Between neighbours as much weather goes up as comes down (detailed balance), in proportion to
    the smaller of the two shares: no state is left faster because its neighbour is common.
    One state alone with all the share stays, whatever the persistence.
    Raises ValueError for a share of 0 between others, which the weather could not cross, and for a
    persistence so short that some state would be left more than once a step.
    """
    if not shares or not all(0 <= share < math.inf for share in shares):
        raise ValueError(f"birth_death: shares are {list(shares)}, want at least one, each 0 or more")
    total = math.fsum(shares)
    if abs(total - 1) > TABLE_ROUNDING:
        raise ValueError(f"birth_death: shares sum to {total}, want 1")
    if not (0 < persistence < math.inf and 0 < step < math.inf):
        raise ValueError(f"birth_death: persistence is {persistence}, step is {step}, want above 0")
    pi = [share / total for share in shares]
    met = [state for state, share in enumerate(pi) if share > 0]
    low, high = met[0], met[-1]
    if len(met) <= high - low:
        raise ValueError(f"birth_death: shares are {list(shares)}, want none of 0 between others")
    flow = [min(pi[state], pi[state + 1]) for state in range(len(pi) - 1)]
    # Of all steps the part 2 x pace x sum(flow) is a change, and that must be step / persistence.
    pace = step / (2 * persistence * math.fsum(flow)) if high > low else 0.0
    hasty = max(pace * math.fsum(flow[max(state - 1, 0) : state + 1]) / pi[state] for state in met)
    if hasty > 1 + ROUNDING:
        raise ValueError(
            f"birth_death: persistence is {persistence} s, want at least {hasty * persistence:g} s"
        )
    rows = []
    for state, share in enumerate(pi):
        row = [0.0] * len(pi)
        if share == 0:
            row[state + 1 if state < low else state - 1] = 1.0
        else:
            if state > low:
                row[state - 1] = min(1.0, pace * flow[state - 1] / share)  # rounding may lift it past 1
            if state < high:
                row[state + 1] = min(1.0, pace * flow[state] / share)
            row[state] = max(0.0, 1.0 - math.fsum(row))
        rows.append(tuple(row))
    return Chain(tuple(rows), step)


def _leaving(row: Sequence[float], state: int) -> float:
    # By the sum of the ways out, not 1 - stay: a long spell keeps its digits.
    return math.fsum(p for other, p in enumerate(row) if other != state)


def _ladder(row: Sequence[float]) -> tuple[float, ...]:
    """Running sums for bisect_right, 1 from the last possible state on so that rounding leaves no gap."""
    last = max(state for state, p in enumerate(row) if p > 0)
    return tuple(total if state < last else 1.0 for state, total in enumerate(accumulate(row)))


def _long_run(matrix: tuple[tuple[float, ...], ...]) -> tuple[float, ...]:
    """Stationary shares by the elimination of Grassmann, Taksar and Heyman (1985), which never subtracts."""
    kept = _closed_class(matrix)
    a = [[matrix[i][j] for j in kept] for i in kept]
    size = len(kept)
    for k in range(size - 1, 0, -1):
        out = math.fsum(a[k][:k])
        for i in range(k):
            a[i][k] /= out
            for j in range(k):
                a[i][j] += a[i][k] * a[k][j]
    weights = [1.0]
    for k in range(1, size):
        weights.append(math.fsum(weights[i] * a[i][k] for i in range(k)))
    total = math.fsum(weights)
    shares = [0.0] * len(matrix)
    for state, weight in zip(kept, weights, strict=True):
        shares[state] = weight / total
    return tuple(shares)


def _closed_class(matrix: tuple[tuple[float, ...], ...]) -> list[int]:
    """The states the chain ends up among, in order."""
    reach = []
    for start in range(len(matrix)):
        seen = [start]
        for state in seen:  # grows as it is walked
            seen += [other for other, p in enumerate(matrix[state]) if p > 0 and other not in seen]
        reach.append(sorted(seen))
    closed = [seen for state, seen in enumerate(reach) if all(state in reach[other] for other in seen)]
    if any(seen != closed[0] for seen in closed):
        raise ValueError(f"Chain: matrix has closed classes {closed[0]} and others, want only one")
    return closed[0]
