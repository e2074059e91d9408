"""Where everybody is in each picture of a film, and the wakes behind them, from the exact paths."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.plots._chart import Frame
from sim.plots._paths import FLIERS, PASSING, Path, paths
from sim.report._replay import targets
from sim.runs import Run

Floats = NDArray[np.float64]
WAKES = {"ship": 2700.0, "flier": 600.0}  # s at least
WAKE = 1.0  # s of the film that a wake lasts at least; of aircraft a quarter of it


class Cut(NamedTuple):
    """What a film shows: from when to when, s, and which part of the exercise plane."""

    begin: float
    end: float
    frame: Frame


class Reel:
    """Everybody's places at the times of the pictures.

    times: (n,) s. units: whoever is there at any of them. places: (n, units, 2) m, nan for who is nowhere.
    """

    def __init__(self, run: Run, times: Floats, speed: float) -> None:
        self.times = times
        near = [
            path for path in (*paths(run), *targets(run)) if _meets(path, float(times[0]), float(times[-1]))
        ]
        self.units = near
        self.places = (
            np.stack([places(path, times) for path in near], axis=1) if near else np.empty((len(times), 0, 2))
        )
        self._lasting = {each: max(least, WAKE * speed * (0.25 if each == "flier" else 1.0)) for each, least in WAKES.items()}  # fmt: skip

    def wake(self, unit: int, picture: int) -> Floats:
        """The last part of a unit's present way, (k, 2) m from the oldest; none of ships passing by and of who is nowhere."""
        path = self.units[unit]
        if path.group == PASSING:
            return np.empty((0, 2))
        lasting = self._lasting["flier" if path.group in FLIERS else "ship"]
        return wake(path, float(self.times[picture]), lasting)


def places(path: Path, times: Floats) -> Floats:
    """Where a unit is at some times, (n, 2) m; nan while it is nowhere."""
    found = np.full((len(times), 2), np.nan)
    for piece in path.pieces:
        there = (times >= piece[0, 0]) & (times <= piece[-1, 0])
        for axis in (0, 1):
            found[there, axis] = np.interp(times[there], piece[:, 0], piece[:, axis + 1])
    return found


def wake(path: Path, time: float, lasting: float) -> Floats:
    """The way of the last so many seconds up to a time, (k, 2) m; none while the unit is nowhere."""
    for piece in reversed(path.pieces):
        if piece[0, 0] <= time <= piece[-1, 0]:
            since = max(time - lasting, float(piece[0, 0]))
            turns = piece[
                np.searchsorted(piece[:, 0], since, "right") : np.searchsorted(piece[:, 0], time), 1:
            ]
            ends = [[np.interp(each, piece[:, 0], piece[:, k]) for k in (1, 2)] for each in (since, time)]
            return np.concatenate([ends[:1], turns, ends[1:]])
    return np.empty((0, 2))


def _meets(path: Path, begin: float, end: float) -> bool:
    return any(piece[0, 0] <= end and piece[-1, 0] >= begin for piece in path.pieces)
