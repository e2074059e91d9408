"""What factors do to the variance of a measure, where the design was made to tell: Sobol indices, Morris's elementary effects."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.indices import morris, sobol

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.estimates import Estimate
    from sim.studies.results import Results


class Told(NamedTuple):
    """One factor: what the design tells of it, under the headings of `HEADINGS`."""

    factor: str
    told: tuple[Estimate, ...]


HEADINGS = {"saltelli": ("alone", "with others"), "morris": ("size", "mean", "spread")}


def told_by(found: Results, values: NDArray[np.float64]) -> list[Told]:
    """For each factor, of the means at the points; nothing for a design that is not made for it, or with points not played.

    saltelli: the share of the variance that a factor brings about alone, and with all it does together with others. morris: the size,
    the mean and the spread of what a step through a factor's whole range does.
    """
    kind, width = found.structure.get("kind"), len(found.experiment.factors)
    if kind not in HEADINGS or np.isnan(values).all(axis=1).any():
        return []
    means = np.nanmean(values, axis=1)
    if kind == "saltelli":
        blocks = means.reshape(-1, int(found.structure["rows"]))
        both = blocks[2 + width :] if len(blocks) > 2 + width else None
        indices = sobol(blocks[0], blocks[1], blocks[2 : 2 + width], both)
        return [
            Told(name, (index.first, index.total))
            for name, index in zip(found.experiment.factors, indices, strict=True)
        ]
    shape = (int(found.structure["trajectories"]), width + 1)
    points = np.array([point.shares for point in found.points]).reshape(*shape, width)
    effects = morris(points, means.reshape(shape))
    return [
        Told(name, (each.size, each.mean, each.spread))
        for name, each in zip(found.experiment.factors, effects, strict=True)
    ]
