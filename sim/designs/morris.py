"""Morris's elementary effects: trajectories that move one factor a step, each factor once, to screen many factors.

Each factor is cut in p = 4 cells, a point at the middle of its cell: u = 1/8, 3/8, 5/8 or 7/8. A step is
delta = p / (2 (p - 1)) of the cells from first to last, two cells up or down, which is exactly 1/2 of u and another
level of any factor with levels. k + 1 points a trajectory. When asked to, it draws many trajectories and keeps those that
lie farthest apart, taken one by one: cells come more evenly, but points crowd towards corners of many factors.
Sources: Morris (1991), Technometrics 33, 161-174; the choice Campolongo, Cariboni and Saltelli (2007), Environmental
Modelling and Software 22, 1509-1518; one by one Ruano and others (2012), Environmental Modelling and Software 37, 103-109.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from sim.designs._design import Design, Levels, Points, made, size
from sim.streams import Streams

CELLS = 4  # p
STEP = 0.5  # of u; CELLS / 2 cells of 1 / CELLS
TRAJECTORIES = 10  # usual
LEAST = 2  # trajectories; one has no spread
CANDIDATES = 20  # drawn for each one kept
EFFORT = 500_000_000  # differences of coordinates; a few seconds


def design(levels: Levels, points: int | None, seed: int, optimised: bool = False) -> Design:
    """levels: how many each factor has, None for a range. points: at most so many; usually ten trajectories.

    optimised: keep the trajectories that lie farthest apart.
    structure: `trajectories`; `delta`, the step in u; `order`, for each trajectory its factors as they move. Rows are
    trajectory by trajectory, k + 1 each.
    Raises ValueError.
    """
    width = len(levels)
    count = size(levels, points, TRAJECTORIES * (width + 1), LEAST * (width + 1)) // (width + 1)
    draws = Streams(seed)("design", "morris")
    able = EFFORT // (count * (width + 1) ** 2 * width)
    drawn = max(count, min(CANDIDATES * count, able)) if optimised else count
    orders = draws.permuted(np.tile(np.arange(width), (drawn, 1)), axis=1)
    paths = _paths(orders, draws)
    if drawn > count:
        kept = _apart(paths, count)
        orders, paths = orders[kept], paths[kept]
    found = paths.reshape(-1, width)
    structure = {"trajectories": count, "delta": STEP, "order": orders.tolist()}
    warning = ""
    if points not in (None, len(found)):
        warning = f"of {points} points {len(found)} make up whole trajectories"
    how = f"{count} of {drawn} trajectories, the farthest apart" if drawn > count else f"{count} trajectories"
    return made(f"Morris's scheme of {how}", found, structure, warning)


def _paths(orders: np.ndarray[tuple[int, ...], np.dtype[np.int64]], draws: Generator) -> Points:
    """Trajectories (r, k + 1, k): each begins at a random cell; a factor steps to the one cell it can reach."""
    count, width = orders.shape
    starts = (draws.integers(CELLS, size=(count, width)) + 0.5) / CELLS
    paths = np.repeat(starts[:, None, :], width + 1, axis=1)
    for each in range(count):
        for at, place in enumerate(orders[each]):
            start = starts[each, place]
            paths[each, at + 1 :, place] = start + STEP if start < STEP else start - STEP
    return paths


def _apart(paths: Points, count: int) -> list[int]:
    """The first trajectory, then one by one that with the greatest sum of squared distances to those kept."""
    kept, sums = [0], np.zeros(len(paths))
    while len(kept) < count:
        last = paths[kept[-1]]
        apart = np.zeros((len(paths), len(last), len(last)))
        for place in range(paths.shape[2]):
            apart += (paths[:, :, None, place] - last[:, place]) ** 2
        sums += np.sqrt(apart).sum(axis=(1, 2)) ** 2
        sums[kept] = -1.0
        kept.append(int(sums.argmax()))
    return kept
