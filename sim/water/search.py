"""A* over the corners of a chart, each looked from when a way leads there, and what was seen remembered."""

from __future__ import annotations

import heapq
from math import inf

import numpy as np
from numpy.typing import NDArray

from sim.water.chart import Chart
from sim.water.directions import Array, arc, lengths, points

NARROW = (
    2.0  # a mile with less than the clearance counts so often: narrow waters are for those who save by them
)
LET_OFF = (
    2.0  # times the way out to the clearance: so much of the first and last leg may pass nearer the coast
)
HARBOUR = 20_000.0  # m around either end in which every corner counts
HURRIES = (
    2.0,
    1.0,
)  # weight of what is left: first any good way, then the best, looking at nothing that is longer

Place = tuple[float, float]  # latitude, longitude, deg
Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Looks:
    """What may be seen from a place.

    off: m from where the clearance is kept. corners: those a way would go round, by number. costs: of the direct way
    there, m; at the least, until looked for.
    """

    def __init__(self, chart: Chart, here: Array, point: Array, off: float, corners: Numbers) -> None:
        self.corners, self._chart, self._here, self._off = corners, chart, here, LET_OFF * off
        self.costs = arc(lengths(chart.corners.points[corners] - point))
        self._looked = np.zeros(len(corners), dtype=bool)

    def look(self, wanted: Mask) -> None:
        """Makes the costs of the wanted corners true: infinite when they cannot be seen."""
        new = np.flatnonzero(wanted & ~self._looked)
        if len(new):
            corners, seen = self._chart.corners, self.corners[new]
            self.costs[new] = costs(self._chart, self._here, corners.here[seen], self._off, LET_OFF * corners.off[seen],
                                    self.costs[new])  # fmt: skip
            self._looked[new] = True

    def cost(self, corner: int) -> float:
        """To one corner, m; infinite when it cannot be seen."""
        wanted = self.corners == corner
        self.look(wanted)
        return float(self.costs[wanted].min(initial=inf))


def costs(chart: Chart, here: Array, there: Array, off: float, off_there: Array, metres: Array) -> Array:
    """Costs of straight ways of these lengths, m: what is nearer the coast than the clearance counts more."""
    clear, afloat = chart.clear(here, there, off, off_there)
    narrow = np.where(clear, np.minimum(off + off_there, metres), metres)
    return np.asarray(np.where(afloat, metres + (NARROW - 1.0) * narrow, inf))


class Way:
    """One search: the best whole way yet, by way of some corners or of all."""

    def __init__(self, search: Search, start: Place, end: Place, wide: bool) -> None:
        self._search, (first, last) = search, points((start, end))
        self._first, self._last = search.looks_from(start, first), search.looks_from(end, last)
        corners = search.chart.corners
        self._left, gone = (arc(lengths(corners.points - each)) for each in (last, first))
        self._open = corners.is_main | (self._left < HARBOUR) | (gone < HARBOUR) | wide
        self.cost, self.turns = (
            search.straight(start, end, float(arc(lengths((last - first)[None]))[0])),
            list[int](),
        )

    def explore(self, hurry: float) -> None:
        """Finds a better way than the best yet; the best there is when the weight of what is left is 1."""
        left = self._left
        gone, came = np.full(len(left), inf), np.full(len(left), -1)
        heap: list[tuple[float, int]] = []
        looks, here, so_far = self._first, -1, 0.0
        while True:
            total = so_far + looks.costs
            worth = (total < gone[looks.corners]) & (total + left[looks.corners] < self.cost)
            worth &= self._open[looks.corners]
            looks.look(worth)
            total, corners = (so_far + looks.costs)[worth], looks.corners[worth]
            better = total < gone[corners]
            total, corners = total[better], corners[better]
            gone[corners], came[corners] = total, here
            for ahead, corner in zip((total + hurry * left[corners]).tolist(), corners.tolist(), strict=True):
                heapq.heappush(heap, (ahead, corner))
            while heap:
                ahead, here = heapq.heappop(heap)
                so_far = float(gone[here])
                if ahead <= so_far + hurry * left[here] and so_far + left[here] < self.cost:
                    break  # else it has been reached on a better way since, or the whole way is too long
            else:
                return
            whole = so_far + self._last.cost(here)
            if whole < self.cost:
                self.cost, self.turns = whole, self._back(came, here)
                if hurry > 1.0:
                    return
            looks = self._search.looks_of(here)

    def _back(self, came: Numbers, corner: int) -> list[int]:
        turns = []
        while corner >= 0:
            turns.append(corner)
            corner = int(came[corner])
        return turns[::-1]


class Search:
    """All ways on one chart."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self._looks: dict[int, Looks] = {}

    def way(self, start: Place, end: Place) -> list[Place] | None:
        """The cheapest way, ends included; None when there is none."""
        if start == end:
            return [start]
        places = self.chart.corners.places
        for wide in (False, True):
            way = Way(self, start, end, wide)
            for hurry in HURRIES:
                way.explore(hurry)
            if way.cost < inf:
                return [start, *((float(places[turn, 0]), float(places[turn, 1])) for turn in way.turns), end]
        return None

    def straight(self, start: Place, end: Place, metres: float) -> float:
        """Cost of the direct way, which is so long, m; infinite when it is none."""
        chart = self.chart
        here, there = chart.gnomonic(*start), chart.gnomonic(*end)
        off, off_there = LET_OFF * chart.way_off(*start), LET_OFF * chart.way_off(*end)
        return float(costs(chart, here, there[None], off, np.array([off_there]), np.array([metres]))[0])

    def looks_from(self, place: Place, point: Array) -> Looks:
        """From any place, which may lie nearer the coast than the clearance."""
        here = self.chart.gnomonic(*place)
        return Looks(self.chart, here, point, self.chart.way_off(*place), self._passing(here))

    def looks_of(self, corner: int) -> Looks:
        """From a corner, the same for all ways."""
        found = self._looks.get(corner)
        if found is None:
            corners = self.chart.corners
            here, before, after = (each[corner] for each in (corners.here, corners.before, corners.after))
            passing = self._passing(here)
            along = corners.here[passing] - here
            sides = _cross(along, before - here) * _cross(along, after - here)
            passing = passing[(sides >= 0.0) & (passing != corner)]
            found = self._looks[corner] = Looks(
                self.chart, here, corners.points[corner], float(corners.off[corner]), passing
            )
        return found

    def _passing(self, here: Array) -> Numbers:
        """Corners that a way from here would go round, and not run into: both their sides lie to one side of it."""
        corners = self.chart.corners
        along = corners.here - here
        sides = _cross(along, corners.before - corners.here) * _cross(along, corners.after - corners.here)
        return np.flatnonzero(sides >= 0.0)


def _cross(a: Array, b: Array) -> Array:
    return np.asarray(a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0])
