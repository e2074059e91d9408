"""Craft: units that take and keep stations on a guide, intercept and pursue, leg by leg.

Nobody looks at another every so often: `helm` rings when that one alters.
"""

from __future__ import annotations

from math import hypot, inf

import simpy

from sim.geometry import Point, intercept, velocity
from sim.log import Kind, kind
from sim.pursuit import pursuit_marks
from sim.reach import TOO_SLOW, why_no_intercept
from sim.setting import SHORTEST, first_of
from sim.stations import EXACT, ON_TOP, Aim, Station
from sim.units._agent import ARRIVED, ORDERED, OTHERS, Process, Unit
from sim.units._under_way import UnderWay
from sim.ways import CHORD_ERROR, Mark

MET = kind("met", "A unit meets another that it set out to intercept or to pursue.", taken_s="number")
NO_INTERCEPT = kind("no-intercept", "A unit cannot meet another, or take station on it, on the present courses.",
                    reason="text")  # fmt: skip

IN_STATION = 1e-3  # m; nearer than this a craft is in its station
NOTICED = (
    10.0  # s from another's alteration until it is seen and acted on; plots are renewed a few times a minute
)


class Craft(UnderWay):
    """A unit that moves with regard to others. guide: whom it keeps station on.

    Each behaviour gives whether it came to its end; another order ends it at once, an interrupt stops the craft
    unless another order has come before.
    """

    guide: Unit | None = None
    _stations = 0

    def take_station(
        self, guide: Unit, station: Station, speed: float = inf, cause: int | None = None, aim: Aim = EXACT,
        until: float = inf,
    ) -> Process:  # fmt: skip
        """Changes to a station on a guide the quickest way, then takes her course and speed.

        Works the course out anew whenever she alters. aim: errors of handling; with them it ends beside its station.
        until: when to break off, s. Gives whether it came there; where it cannot it keeps company where it is.
        """
        return bool((yield from self._form(guide, station, speed, cause, aim, until)))

    def keep_station(
        self, guide: Unit, station: Station, speed: float = inf, cause: int | None = None
    ) -> Process:
        """Takes a station on a guide and keeps it: forms anew whenever she alters, until ordered elsewhere.

        Her altering reaches it as her helm rings, with her executive signal; nobody keeps station on himself, also not
        by way of others: raises ValueError.
        """
        self._refuse_circle(guide)
        self._stations += 1
        self.guide, number = guide, self._stations
        try:
            while not guide.is_gone:
                if (yield from self._form(guide, station, speed, cause, EXACT, inf)) is None:
                    return False
                if guide.is_gone:
                    break
                if not (
                    yield from self._wait(first_of(self.exercise.env, guide.helm.rung, self.helm.rung), cause)
                ):
                    return False
                cause = guide.leg
        finally:
            if self._stations == number:  # else it keeps another already
                self.guide = None
        self.stop(cause)
        return True

    def intercept(
        self, target: Unit, speed: float = inf, cause: int | None = None, reaction: float = NOTICED
    ) -> Process:
        """Steers to meet a moving target, anew each time it alters, and keeps company once there.

        Gives whether it met it. Where it cannot, it says so in the log and stops.
        reaction: s from the target's altering to its own.
        """
        began = self.now
        came = yield from self._meet(target, ON_TOP, speed, cause, reaction, EXACT, inf)
        return self._end_chase(target, came, began, cause)

    def pursue(
        self, target: Unit, speed: float = inf, cause: int | None = None, reaction: float = NOTICED,
        error: float = CHORD_ERROR,
    ) -> Process:  # fmt: skip
        """Steers for where a target is, always, until it catches it; otherwise as `intercept`.

        The curve is run in chords, none farther than the error, m, from it, at the times of the curve.
        """
        began, ended = self.now, OTHERS
        while not target.is_gone:
            pace, (x, y), (tx, ty) = min(speed, self.max_speed), self.position, target.position
            course = target.motion.vx, target.motion.vy
            marks = pursuit_marks(tx - x, ty - y, *course, pace, error) if pace > 0.0 else []
            if not marks and hypot(tx - x, ty - y) > IN_STATION:
                self._tell(NO_INTERCEPT, cause, target, reason=TOO_SLOW)
                break
            ended = yield from self._run_down(target, marks, pace, cause)
            if ended == ARRIVED:
                break
            if ended == ORDERED or (ended == OTHERS and not (yield from self._notice(reaction, cause))):
                return False
        return self._end_chase(target, ended == ARRIVED, began, cause)

    def close_up(self, guide: Unit, station: Station, seconds: float, cause: int | None = None) -> Process:
        """Comes to a station on a guide in a given time, not the quickest way, then takes her course and speed.

        Gives whether nobody has ordered it elsewhere. Beyond its best speed it ends short of the station.
        """
        due = self.now + seconds
        while due - self.now > SHORTEST:
            left, (x, y) = due - self.now, self._station_of(guide, station)
            to = x + guide.motion.vx * left, y + guide.motion.vy * left
            ended = yield from self._leg(to, due, cause, other=guide)
            if ended == ORDERED:
                return False
        self._keep_company(guide, station, cause)
        return True

    def _form(
        self, guide: Unit, station: Station, speed: float, cause: int | None, aim: Aim, until: float
    ) -> Process:  # fmt: skip
        """Changes station, then keeps company; gives whether it came there, None when ordered elsewhere."""
        came = yield from self._meet(guide, station, speed, cause, 0.0, aim, until)
        if came is None:
            return None
        if guide.is_gone:
            self.stop(cause)
            return False
        self._keep_company(guide, station, cause)
        return came

    def _keep_company(self, guide: Unit, station: Station, cause: int | None) -> None:
        """Takes the guide's course and speed, from its exact station when it is there but for rounding."""
        at = self._station_of(guide, station)
        is_rounding = 0.0 < self.distance_to(at) <= IN_STATION
        self.steer(guide.motion.vx, guide.motion.vy, cause, at if is_rounding else None)

    def _run_down(self, target: Unit, marks: list[Mark], pace: float, cause: int | None) -> Process:
        """Runs a pursuit curve, chord by chord; gives how the last one ended."""
        (x, y), since, way, at = self.position, self.now, 0.0, None
        for mark in marks:
            way += mark.way
            to = x + mark.x, y + mark.y
            ended = yield from self._leg(to, max(since + way / pace, self.now + SHORTEST), cause, at, target)
            if ended != ARRIVED:
                return ended
            at = to
        return ARRIVED

    def _meet(
        self, other: Unit, station: Station, speed: float, cause: int | None, reaction: float, aim: Aim, until: float
    ) -> Process:  # fmt: skip
        """Goes to a place that moves with another unit; gives whether it came there, None when ordered elsewhere."""
        while not other.is_gone:
            pace = min(speed, self.max_speed)
            (x, y), (sx, sy) = self.position, self._station_of(other, station)
            motion = other.motion
            if hypot(sx - x, sy - y) <= IN_STATION:
                return True
            found = intercept(sx - x, sy - y, motion.vx, motion.vy, pace)
            if found is None:
                reason = why_no_intercept(sx - x, sy - y, motion.vx, motion.vy, pace)
                self._tell(NO_INTERCEPT, cause, other, reason=reason)
                return False
            dx, dy = found.x, found.y
            if aim != EXACT:
                dx, dy = velocity(
                    found.course + aim.course, min(pace * (1.0 + aim.speed), self.max_speed) * found.time
                )
            seconds = max(SHORTEST, min(found.time, until - self.now))
            share = min(1.0, seconds / found.time)
            ended = yield from self._leg(
                (x + dx * share, y + dy * share), self.now + seconds, cause, other=other
            )
            if ended == ORDERED:
                return None
            if ended == ARRIVED:
                return share == 1.0
            if ended == OTHERS:
                cause = other.leg
                if reaction > 0.0 and not (yield from self._notice(reaction, cause)):
                    return None
        return False

    def _end_chase(self, target: Unit, came: bool | None, began: float, cause: int | None) -> bool:
        if came is None:
            return False
        if came and not target.is_gone:
            self._tell(MET, cause, target, at=target.position, taken_s=self.now - began)
            self.steer(target.motion.vx, target.motion.vy, cause, target.position)
            return True
        self.stop(cause)
        return False

    def _notice(self, seconds: float, cause: int | None) -> Process:
        """Sails on until it acts on what another did; gives whether nobody has ordered it elsewhere meanwhile."""
        return bool((yield from self._wait(self.exercise.env.timeout(max(SHORTEST, seconds)), cause)))

    def _wait(self, event: simpy.Event, cause: int | None) -> Process:
        """Sails on until something happens; gives whether nobody has ordered it elsewhere meanwhile."""
        order = self.orders
        try:
            yield event
        except simpy.Interrupt:
            if self.orders == order:
                self.stop(cause)
            raise
        return self.orders == order

    def _station_of(self, guide: Unit, station: Station) -> Point:
        (x, y), (dx, dy) = guide.position, station.offset(guide.heading)
        return x + dx, y + dy

    def _refuse_circle(self, guide: Unit) -> None:
        """Raises ValueError when the guide keeps station on this craft, be it by way of others."""
        names, each = [self.name, guide.name], guide
        while isinstance(each, Craft) and each is not self and each.guide is not None:
            each = each.guide
            names.append(each.name)
        if each is self:
            raise ValueError(f"a circle of guides: {' on '.join(names)}")

    def _tell(
        self, what: Kind, cause: int | None, other: Unit, at: Point | None = None, **details: float | str | None
    ) -> None:  # fmt: skip
        self.exercise.log.write(
            what, self.now, serial=self.booked, unit=self.name, other=other.name,
            at=self.position if at is None else at, cause=cause, **details,
        )  # fmt: skip
