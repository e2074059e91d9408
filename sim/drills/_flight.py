"""Aircraft in formation: one leads along a way, the others keep station on it; when fuel sends it home the next takes the lead."""

from __future__ import annotations

from itertools import accumulate, pairwise
from math import dist, inf, pi
from typing import TYPE_CHECKING

from sim.log import kind
from sim.setting import SHORTEST
from sim.stations import Station

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.drills._drill import Process
    from sim.geometry import Point
    from sim.serial import LiveSerial
    from sim.units.aircraft import Aircraft

JOINED = kind("joined", "An aircraft joins a formation in the air; how far it was from its leader.", range_m="number",
              members="count")  # fmt: skip
LEADS = kind("leads", "An aircraft takes the lead of a formation.")

CATCH_UP = 1.15  # times the pace of the formation, to form on it anew
ABAFT = 3 * pi / 4  # rad off the leader's bow, to either side in turn: echelon


class Flight:
    """A formation. members: in the order in which they take the lead. lead: whoever has it.

    spacing: m from one aircraft to the next.
    """

    def __init__(self, serial: LiveSerial, spacing: float) -> None:
        self._serial, self._spacing = serial, spacing
        self._pace = inf
        self.members: list[Aircraft] = []
        self.lead: Aircraft | None = None

    @property
    def flying(self) -> list[Aircraft]:
        """Its members that have not gone home."""
        return [unit for unit in self.members if unit.is_on_task]

    def join(self, unit: Aircraft) -> None:
        """An aircraft on task becomes a member, and keeps station once there is somebody to keep it on."""
        self.members.append(unit)
        if self.lead is not None and self.lead.is_on_task:
            self._serial.write(JOINED, unit, self.lead, cause=unit.why, range_m=unit.distance_to(self.lead.position),
                               members=len(self.flying))  # fmt: skip
            self._follow(unit)

    def fly(self, places: Sequence[Point], speed: float, cause: int | None = None) -> Process:
        """Flies through places in turn, at the pace of the slowest; gives how much of the way was flown, m."""
        left, done = list(places), 0.0
        while left and self.flying:
            pace = self._pace = min([speed, *(unit.cruise_speed for unit in self.flying)])
            lead, began = self._take_lead(cause), self._serial.now
            way = [lead.position, *left]
            if (yield from lead.follow(left, pace, cause)):
                return done + length(way)
            flown = (self._serial.now - began) * pace
            done += min(flown, length(way))
            if flown <= SHORTEST * pace and self.lead is lead and lead.is_on_task:
                break  # it cannot, and nobody else can
            left = _ahead(way, flown)
        return done

    def _take_lead(self, cause: int | None) -> Aircraft:
        """The first that still can leads; the others keep station on it."""
        lead = self.flying[0]
        if self.lead is not lead:
            self.lead, lead.guide = lead, None  # it follows nobody from now on
            self._serial.write(LEADS, lead, cause=lead.why if cause is None else cause)
        for unit in self.flying[1:]:
            self._follow(unit)
        return lead

    def _follow(self, unit: Aircraft) -> None:
        lead, place = self.lead, self.members.index(unit)
        if lead is None or unit is lead or (unit.guide is lead and unit.is_on_task):
            return
        side = ABAFT if place % 2 else -ABAFT
        station = Station.on(side, self._spacing * ((place + 1) // 2), turns=True)
        self._serial.start(unit.keep_station(lead, station, CATCH_UP * self._pace, lead.leg))


def length(way: Sequence[Point]) -> float:
    """Of a way through places, m."""
    return list(accumulate((dist(one, two) for one, two in pairwise(way)), initial=0.0))[-1]


def _ahead(way: Sequence[Point], flown: float) -> list[Point]:
    """The places of a way that have not been reached after so much of it, m."""
    marks = accumulate((dist(one, two) for one, two in pairwise(way)), initial=0.0)
    return [place for place, mark in zip(way, marks, strict=True) if mark > flown]
