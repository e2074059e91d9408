"""Patterns of patrol and search as marks to pass: racetrack, barrier, sweeps, expanding square, sectors.

Lengths in m, courses in rad clockwise from north on the exercise plane. Each pattern has its length of track in
closed form beside it. Source of the search patterns and their names: IAMSAR Manual, volume II, chapter 5.
"""

from __future__ import annotations

from math import pi, tau

from sim.geometry import Point, velocity
from sim.ways import CHORD_ERROR, Mark, arc

QUARTER = pi / 2.0  # rad; every turn of an expanding square
SECTOR = tau / 3.0  # rad; every turn of a sector search
SECTORS = 3  # sectors in one sector search
NEXT_SECTORS = pi / 6.0  # rad to starboard: where the next sector search over the same datum begins


def racetrack(
    start: Point, course: float, straight: float, width: float, starboard: bool = True,
    error: float = CHORD_ERROR,
) -> list[Mark]:  # fmt: skip
    """One lap of two straight legs and two half circles, back to the start on the first course.

    width: between the legs. error: the chords of the half circles stay within this of them.
    """
    turn, radius = pi if starboard else -pi, width / 2.0
    marks: list[Mark] = []
    place = start
    for heading in (course, course + pi):
        place = _ahead(place, heading, straight)
        marks.append(Mark(*place, straight))
        marks.extend(arc(place, heading, turn, radius, error))
        place = marks[-1].x, marks[-1].y
    marks[-1] = Mark(*start, marks[-1].way)  # the start itself, so that a hundred laps do not drift
    return marks


def racetrack_length(straight: float, width: float) -> float:
    """Length of one lap, m."""
    return 2.0 * straight + pi * width


def barrier(first: Point, second: Point, spacing: float = 0.0) -> list[Point]:
    """One lap of a barrier: forth along a line, back along it or along a parallel one to starboard.

    The lap begins at the first end of the line and comes back to it. spacing: between the lines.
    """
    if spacing == 0.0:
        return [second, first]
    dx, dy = second[0] - first[0], second[1] - first[1]
    size = (dx * dx + dy * dy) ** 0.5
    ox, oy = dy / size * spacing, -dx / size * spacing
    return [second, (second[0] + ox, second[1] + oy), (first[0] + ox, first[1] + oy), first]


def barrier_length(line: float, spacing: float = 0.0) -> float:
    """Length of one lap, m."""
    return 2.0 * (line + spacing)


def parallel_sweeps(centre: Point, course: float, along: float, across: float, spacing: float) -> list[Point]:
    """Parallel legs over a rectangle: the search begins half a spacing inside its corner and works to starboard.

    along, across: sides of the rectangle along the course of the first leg and across it. With the course along the
    short side it is a creeping line search. The first place is the commence search point.
    Raises ValueError where the rectangle is narrower than the spacing either way.
    """
    count = sweeps_in(along, across, spacing)
    leg = along - spacing
    ex, ey = velocity(course, 1.0)
    places: list[Point] = []
    for number in range(count):
        right = (number - (count - 1) / 2.0) * spacing
        ends = (-leg / 2.0, leg / 2.0) if number % 2 == 0 else (leg / 2.0, -leg / 2.0)
        places.extend(
            (centre[0] + ahead * ex + right * ey, centre[1] + ahead * ey - right * ex) for ahead in ends
        )
    return places


def sweeps_in(along: float, across: float, spacing: float) -> int:
    """How many parallel sweeps a spacing makes of a rectangle; the last strip is dropped when less than half."""
    if not (0.0 < spacing <= across and spacing < along):
        raise ValueError(
            f"sweeps need a track spacing above 0 and within the area, got {spacing:g} m for {along:g} x {across:g} m"
        )
    return max(1, int(across / spacing + 0.5))


def parallel_sweeps_length(along: float, across: float, spacing: float) -> float:
    """Length from the commence search point to the end, m."""
    count = sweeps_in(along, across, spacing)
    return count * (along - spacing) + (count - 1) * spacing


def expanding_square(datum: Point, course: float, spacing: float, legs: int) -> list[Point]:
    """Legs of 1, 1, 2, 2, 3, 3, ... spacings round a datum, each turn 90 degrees to starboard."""
    places, place = [], datum
    for number in range(legs):
        place = _ahead(place, course + number * QUARTER, (number // 2 + 1) * spacing)
        places.append(place)
    return places


def expanding_square_length(spacing: float, legs: int) -> float:
    """Length from the datum to the end of the last leg, m."""
    return ((legs + 1) * (legs + 1) // 4) * spacing


def sector_search(datum: Point, course: float, radius: float, searches: int = 1) -> list[Point]:
    """Three sectors swept from a datum: legs as long as the radius, each turn 120 degrees to starboard.

    The leg home of one sector goes on through the datum as the leg out of the next. Further searches begin 30 degrees
    to starboard of the one before. The datum is passed at every third place and is the last.
    """
    places: list[Point] = []
    for search in range(searches):
        out = course + search * NEXT_SECTORS
        for _ in range(SECTORS):
            corner = _ahead(datum, out, radius)
            places += [corner, _ahead(corner, out + SECTOR, radius), datum]
            out += 2.0 * SECTOR
    return places


def sector_search_length(radius: float, searches: int = 1) -> float:
    """Length from the datum and back to it, m."""
    return 3.0 * SECTORS * searches * radius


def _ahead(place: Point, course: float, distance: float) -> Point:
    dx, dy = velocity(course, distance)
    return place[0] + dx, place[1] + dy
