"""Saltelli's scheme for Sobol' indices: two samples A and B, and A with each column in turn from B.

A and B are the left and right halves of one Sobol' sequence, N points that begin at the N-th, N a power of two: so no
row of A is the same in B, as the first of the sequence would be, and each column has the middles of N cells once each. k factors take N (k + 2) points; with
second-order indices also B with each column from A, N (2k + 2).
Sources: Saltelli (2002), Computer Physics Communications 145, 280-297; Saltelli and others (2010), Computer Physics
Communications 181, 259-270; the start Owen (2022), in Monte Carlo and Quasi-Monte Carlo Methods 2020, 71-86.
"""

from __future__ import annotations

import numpy as np

from sim.designs._design import MOST, Design, Levels, made, size, snapped

ROWS = 128  # usual N
LEAST = 2  # N


def design(levels: Levels, points: int | None, seed: int, second_order: bool = False) -> Design:
    """levels: how many each factor has, None for a range. points: at most so many, of all blocks together.

    seed: changes nothing.
    structure: `rows`, N; `factors`, k; `second_order`; `blocks`, the name of each N rows in turn: A, B, AB1 .. ABk,
    then BA1 .. BAk; AB1 is A with the first column from B.
    Raises ValueError.
    """
    from scipy.stats import qmc  # noqa: PLC0415  # it takes a second to load

    width = len(levels)
    blocks = 2 * width + 2 if second_order else width + 2
    count = size(levels, points, min(ROWS, 2 ** ((MOST // blocks).bit_length() - 1)) * blocks, LEAST * blocks)
    rows = 2 ** ((count // blocks).bit_length() - 1)
    sequence = qmc.Sobol(2 * width, scramble=False).fast_forward(rows)
    both = sequence.random(rows)
    one, other = snapped(both[:, :width], levels), snapped(both[:, width:], levels)
    found, names = [one, other], ["A", "B"]
    for name, kept, taken in (("AB", one, other), ("BA", other, one))[: 1 + second_order]:
        for place in range(width):
            block = kept.copy()
            block[:, place] = taken[:, place]
            found.append(block)
            names.append(f"{name}{place + 1}")
    structure = {"rows": rows, "factors": width, "second_order": second_order, "blocks": names}
    warning = _fewer(points, rows * blocks)
    return made(
        f"Saltelli's scheme of {rows} rows in {blocks} blocks", np.concatenate(found), structure, warning, one
    )


def _fewer(points: int | None, count: int) -> str:
    return (
        ""
        if points in (None, count)
        else f"of {points} points {count} make up whole blocks of a power of two"
    )
