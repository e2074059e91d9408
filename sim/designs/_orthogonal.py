"""Latin hypercubes with columns that do not correlate at all, by construction.

Half of the points are blocks of h rows, h = 1, 2, 4 or 8; the others are their mirror images, with a point in the
middle when the number is odd. Row x of column u of a block is s(x ^ u, u) e(x ^ u): the real, complex, quaternion or
octonion number e times the unit u, s the signs of products of units. Multiplication by units keeps right angles, so
columns are orthogonal whatever e is; each column has every |e| once, so with all distances from the middle shared out
among the blocks each is Latin. Mirror images free them from squares and products.
Sources: folding over Ye (1998), Journal of the American Statistical Association 93, 1430-1439; blocks that are orthogonal
whatever their entries Georgiou (2009), Journal of Statistical Planning and Inference 139, 1530-1540; the signs Baez (2002),
Bulletin of the American Mathematical Society 39, 145-205, section 2.2.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from sim.designs._design import MEASURED, Levels, cells

Whole = NDArray[np.int64]

WIDEST = 8  # no such numbers beyond octonions
EFFORT = 100_000_000  # differences of coordinates; about a second
TRIES = 2000  # changes tried at most


def fits(count: int, levels: Levels) -> bool:
    """Whether so many points can be orthogonal: ranges only, and whole blocks, folded over, with or without a middle."""
    return len(levels) <= WIDEST and not any(levels) and count % (2 * _block(len(levels))) in (0, 1)


def numbers(count: int, width: int, draws: Generator) -> Whole:
    """The cells 0 .. n-1 of each point (n, k), well spread: changes of e are kept that lower the discrepancy."""
    from scipy.stats import qmc  # noqa: PLC0415  # it takes a second to load

    high = _block(width)
    odd = count % 2
    half = count // 2
    distances = np.arange(1, half + 1) if odd else 2 * np.arange(half) + 1
    units = draws.permuted(np.tile(np.arange(high), (half // high, 1)), axis=1)[:, :width]
    turned = draws.permutation(distances) * (2 * draws.integers(2, size=half) - 1)

    def laid(e: Whole) -> Whole:
        blocks = _columns(e.reshape(-1, high), units)
        found = np.concatenate([blocks, np.zeros((odd, width), dtype=np.int64), -blocks[::-1]])
        return found + half if odd else (found + count - 1) // 2

    def discrepancy(e: Whole) -> float:
        return float(qmc.discrepancy(cells(laid(e), [None] * width), method="CD"))

    tries = min(TRIES, EFFORT // (count * count * width)) if 1 < count <= MEASURED else 0
    least = discrepancy(turned) if tries else 0.0
    for _ in range(tries):
        one, other = draws.integers(half, size=2)
        changed = turned.copy()
        if one == other:
            changed[one] = -changed[one]
        else:
            changed[[one, other]] = turned[[other, one]]
            changed[one] *= 2 * draws.integers(2) - 1
        now = discrepancy(changed)
        if now < least * (1 - 1e-9):  # not by rounding, which may differ between machines
            turned, least = changed, now
    return laid(turned)


def _block(width: int) -> int:
    """Rows of a block: the least power of two with so many columns."""
    return 1 << (width - 1).bit_length()


def _columns(e: Whole, units: Whole) -> Whole:
    """Each block's number times its units, (blocks * h, k)."""
    signs = _signs(e.shape[1])
    row = np.arange(e.shape[1])[None, :, None]
    unit = units[:, None, :]
    block = np.arange(len(e))[:, None, None]
    found: Whole = (e[block, row ^ unit] * signs[row ^ unit, unit]).reshape(-1, units.shape[1])
    return found


def _signs(high: int) -> Whole:
    """The signs of products of units, doubled from the real numbers up (Cayley and Dickson)."""
    signs: NDArray[Any] = np.ones((1, 1), dtype=np.int64)
    while len(signs) < high:
        conjugate = np.array([1] + [-1] * (len(signs) - 1))
        signs = np.block([[signs, signs.T], [signs * conjugate, -signs.T * conjugate]])
    return signs
