"""A* over the corners of a chart, each looked from when a way leads there, and what was seen remembered."""

from __future__ import annotations

import heapq
from math import inf

import numpy as np
from numpy.typing import NDArray

from sim.geodesy import SPHERE
from sim.water.chart import Chart
from sim.water.directions import Array, arc, lengths, points

NARROW = (
    2.0  # a mile with less than the clearance counts so often: narrow waters are for those who save by them
)
LET_OFF = (
    2.0  # times the way out to the clearance: so much of the first and last leg may pass nearer the coast
)
HURRIES = (
    2.0,
    1.0,
)  # weight of what is left: first any good way, then the best, looking at nothing that is longer

Place = tuple[float, float]  # latitude, longitude, deg
Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Looks:
    """What may be seen from a place.

    corners: those a way would go round, by number. costs: of the direct way there, m; at the least, until looked for.
    """

    def __init__(
        self, chart: Chart, here: Array, point: Array, corners: Numbers, let_off: float = 0.0
    ) -> None:
        self.corners, self._chart, self._here, self._let_off = corners, chart, here, let_off
        self.costs = arc(lengths(chart.corners.points[corners] - point))
        self._looked = np.zeros(len(corners), dtype=bool)

    def look(self, wanted: Mask) -> None:
        """Makes the costs of the wanted corners true: infinite when they cannot be seen."""
        new = np.flatnonzero(wanted & ~self._looked)
        if len(new):
            there = self._chart.corners.here[self.corners[new]]
            clear, afloat = self._chart.clear(self._here, there, self._let_off)
            self.costs[new] *= np.where(clear, 1.0, np.where(afloat, NARROW, inf))
            self._looked[new] = True

    def cost(self, corner: int) -> float:
        """To one corner, m; infinite when it cannot be seen."""
        wanted = self.corners == corner
        self.look(wanted)
        return float(self.costs[wanted].min(initial=inf))


class Way:
    """One search: what has been reached from the start, and the best whole way yet."""

    def __init__(self, search: Search, start: Place, end: Place) -> None:
        self._search, (first, last) = search, points((start, end))
        self._first, self._last = search.looks_from(start, first), search.looks_from(end, last)
        self._left = arc(lengths(search.chart.corners.points - last))
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
        way = Way(self, start, end)
        for hurry in HURRIES:
            way.explore(hurry)
        if way.cost == inf:
            return None
        places = self.chart.corners.places
        return [start, *((float(places[turn, 0]), float(places[turn, 1])) for turn in way.turns), end]

    def straight(self, start: Place, end: Place, metres: float) -> float:
        """Cost of the direct way, which is so long, m; infinite when it is none."""
        chart = self.chart
        here, there = chart.gnomonic(*start), chart.gnomonic(*end)
        middle = (here + there) / 2.0  # each half has a port at one end
        clear = True
        for port, place in ((here, start), (there, end)):
            kept, afloat = chart.clear(port, middle[None], LET_OFF * chart.way_off(*place) / SPHERE)
            if not afloat[0]:
                return inf
            clear &= bool(kept[0])
        return metres if clear else NARROW * metres

    def looks_from(self, place: Place, point: Array) -> Looks:
        """From any place, which may lie nearer the coast than the clearance."""
        here = self.chart.gnomonic(*place)
        let_off = LET_OFF * self.chart.way_off(*place) / SPHERE
        return Looks(self.chart, here, point, self._passing(here), let_off)

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
            found = self._looks[corner] = Looks(self.chart, here, corners.points[corner], passing)
        return found

    def _passing(self, here: Array) -> Numbers:
        """Corners that a way from here would go round, and not run into: both their sides lie to one side of it."""
        corners = self.chart.corners
        along = corners.here - here
        sides = _cross(along, corners.before - corners.here) * _cross(along, corners.after - corners.here)
        return np.flatnonzero(sides >= 0.0)


def _cross(a: Array, b: Array) -> Array:
    return np.asarray(a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0])
