"""Under way: units that follow ways, patrol, search, make long passages and turn on their turning circle.

Each behaviour is a process that gives whether it came to its end. Another order to the unit ends it at once, an
interrupt stops the unit where it is; legs are logged, nothing is stepped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, cycle

from sim.geometry import Point, velocity
from sim.log import kind
from sim.passages import LONG, Passage
from sim.patterns import racetrack
from sim.units._agent import Process, Unit
from sim.ways import CHORD_ERROR, Mark, arc, length, shortest_turn, through, turn_towards, turning_radius

SEARCHED = kind("searched", "A unit has run a search pattern to its end.", track_m="number", taken_s="number")


class UnderWay(Unit):
    """A unit that goes its way by itself."""

    def follow(self, places: Iterable[Point], speed: float, cause: int | None = None) -> Process:
        """Goes through places in turn and stops at the last; a defect of its propulsion is waited for."""
        return (yield from self._sail(through(self.position, places), speed, cause, to_mend=True))

    def go_round(self, lap: Sequence[Mark], speed: float, cause: int | None = None) -> Process:
        """Goes to where a closed way begins and ends, then round and round until interrupted or ordered elsewhere."""
        if length(lap) <= 0.0:
            raise ValueError(f"a way to go round needs some length, got {list(lap)}")
        first = through(self.position, [(lap[-1].x, lap[-1].y)])
        return (yield from self._sail(chain(first, cycle(lap)), speed, cause, to_mend=True))

    def patrol(self, places: Sequence[Point], speed: float, cause: int | None = None) -> Process:
        """Goes from place to place, after the last to the first again, until interrupted or ordered elsewhere."""
        lap = through(places[0], [*places[1:], places[0]])
        return (yield from self.go_round(lap, speed, cause))

    def racetrack(
        self, start: Point, course: float, straight: float, width: float, speed: float, cause: int | None = None
    ) -> Process:  # fmt: skip
        """Goes up and down two legs joined by half circles to starboard until interrupted or ordered elsewhere."""
        return (yield from self.go_round(racetrack(start, course, straight, width), speed, cause))

    def search(self, places: Sequence[Point], speed: float, cause: int | None = None) -> Process:
        """Goes to where a pattern begins, runs it once, and records it."""
        if not (yield from self.follow(places[:1], speed, cause)):
            return False
        began, marks = self.now, through(places[0], places[1:])
        if not (yield from self._sail(marks, speed, cause, to_mend=True)):
            return False
        self.exercise.log.write(
            SEARCHED, self.now, serial=self.booked, unit=self.name, at=self.position, cause=cause,
            track_m=length(marks), taken_s=self.now - began,
        )  # fmt: skip
        return True

    def passage(self, to: Point, speed: float, cause: int | None = None) -> Process:
        """Goes to a place by the shortest way over the earth; a short one is straight on the plane."""
        if self.distance_to(to) <= LONG:
            yield from self.transit(to, speed, cause)
            return self.position == to
        plane = self.exercise.plane
        marks = Passage(*plane.to_earth(*self.position), *plane.to_earth(*to)).marks(plane)
        marks[-1] = Mark(*to, marks[-1].way)
        return (yield from self._sail(marks, speed, cause, to_mend=True))

    def come_about(
        self, course: float, rate: float, speed: float | None = None, cause: int | None = None,
        error: float = CHORD_ERROR,
    ) -> Process:  # fmt: skip
        """Turns the short way to a course on its turning circle, and holds the course.

        course: rad on the plane. rate: rad/s. speed: m/s, its present one when not said. error: m, chords off the arc.
        """
        speed = min(self.max_speed, self.motion.speed if speed is None else speed)
        turn = shortest_turn(self.heading, course)
        at: Point | None = None
        if turn and speed > 0.0:
            marks = arc(self.position, self.heading, turn, turning_radius(speed, rate), error)
            if not (yield from self._sail(marks, speed, cause, to_stop=False)):
                return False
            at = marks[-1].x, marks[-1].y
        self.steer(*velocity(course, speed), cause, at)
        return True

    def head_for(
        self, to: Point, rate: float, speed: float, cause: int | None = None, error: float = CHORD_ERROR
    ) -> Process:
        """Turns towards a place on its turning circle and goes there. rate: rad/s. error: m, chords off the arc."""
        speed = min(speed, self.max_speed)
        if speed <= 0.0:
            return False
        marks = turn_towards(self.position, self.heading, to, turning_radius(speed, rate), error)
        return (yield from self._sail(marks, speed, cause))
