"""A* over the corners of a chart, each looked from when it is first reached and remembered."""

from __future__ import annotations

import heapq
from math import inf

import numpy as np
from numpy.typing import NDArray

from sim.geodesy import SPHERE
from sim.water.chart import Chart
from sim.water.directions import Array, arc, lengths, points

NARROW = 2.0  # a mile with less than the clearance counts so often: narrow waters are for those who save by them
LET_OFF = 2.0  # times the way out to the clearance: so much of the first and last leg may pass nearer the coast

Place = tuple[float, float]  # latitude, longitude, deg
Looks = tuple[NDArray[np.int64], Array]  # corners to be seen, and what the way there costs, m


class Search:
    """All ways on one chart."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self._looks: dict[int, Looks] = {}

    def way(self, start: Place, end: Place) -> list[Place] | None:
        """The cheapest way, ends included; None when there is none."""
        if start == end:
            return [start]
        ends = points((start, end))
        straight = self._straight(start, end, ends)
        corners = self.chart.corners
        left = arc(lengths(corners.points - ends[1]))
        gone = np.full(len(left), inf)
        last = np.full(len(left), inf)  # from each corner to the end
        seen, costs = self._looks_from(end, ends[1])
        last[seen] = costs
        came = np.full(len(left), -1)
        best, turn = straight, -1  # the cheapest whole way yet, and its last corner
        heap: list[tuple[float, int]] = []
        seen, costs = self._looks_from(start, ends[0])
        reached = [(seen, costs, -1)]
        while True:
            for seen, costs, here in reached:
                better = costs < gone[seen]
                seen, costs = seen[better], costs[better]
                gone[seen], came[seen] = costs, here
                ahead = costs + left[seen]
                for index in np.flatnonzero(ahead < best):
                    heapq.heappush(heap, (float(ahead[index]), int(seen[index])))
            reached = []
            while heap and not reached:
                ahead, here = heapq.heappop(heap)
                if ahead >= best:
                    heap.clear()
                elif ahead <= gone[here] + left[here]:  # else it has been reached on a better way since
                    if gone[here] + last[here] < best:
                        best, turn = float(gone[here] + last[here]), here
                    seen, costs = self._looks_of(here)
                    reached = [(seen, gone[here] + costs, here)]
            if not reached:
                break
        if best == inf:
            return None
        turns = []
        while turn >= 0:
            turns.append((float(corners.places[turn, 0]), float(corners.places[turn, 1])))
            turn = int(came[turn])
        return [start, *reversed(turns), end]

    def _straight(self, start: Place, end: Place, ends: Array) -> float:
        """Cost of the direct way, m; infinite when it is none."""
        chart = self.chart
        here, there = chart.gnomonic(*start), chart.gnomonic(*end)
        middle = (here + there) / 2.0  # each half has a port at one end
        halves = [
            chart.clear(port, middle[None], LET_OFF * chart.way_off(*place) / SPHERE)
            for port, place in ((here, start), (there, end))
        ]
        if not all(bool(afloat[0]) for _, afloat in halves):
            return inf
        way = float(arc(lengths(ends[1:] - ends[0]))[0])
        return way if all(bool(clear[0]) for clear, _ in halves) else NARROW * way

    def _looks_from(self, place: Place, point: Array) -> Looks:
        """From any place, not only a corner."""
        let_off = LET_OFF * self.chart.way_off(*place) / SPHERE
        here = self.chart.gnomonic(*place)
        return self._looked(here, point, self._passing(here), let_off)

    def _looks_of(self, corner: int) -> Looks:
        found = self._looks.get(corner)
        if found is None:
            corners = self.chart.corners
            here, before, after = (each[corner] for each in (corners.here, corners.before, corners.after))
            wanted = self._passing(here)
            along = corners.here[wanted] - here
            wanted = wanted[_cross(along, before - here) * _cross(along, after - here) >= 0.0]
            found = self._looks[corner] = self._looked(here, corners.points[corner], wanted[wanted != corner])
        return found

    def _passing(self, here: Array) -> NDArray[np.int64]:
        """Corners that a way from here would go round, and not run into: both their sides lie to one side of it."""
        corners = self.chart.corners
        along = corners.here - here
        sides = _cross(along, corners.before - corners.here) * _cross(along, corners.after - corners.here)
        return np.flatnonzero(sides >= 0.0)

    def _looked(self, here: Array, point: Array, wanted: NDArray[np.int64], let_off: float = 0.0) -> Looks:
        corners = self.chart.corners
        clear, afloat = self.chart.clear(here, corners.here[wanted], let_off)
        costs = arc(lengths(corners.points[wanted] - point)) * np.where(clear, 1.0, NARROW)
        return wanted[afloat], costs[afloat]


def _cross(a: Array, b: Array) -> Array:
    return np.asarray(a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0])
