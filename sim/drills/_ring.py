"""A ring of guards about an anchorage: who goes to meet a raider, on whose word, and who is away.

A guard who herself holds a raider in her own sector goes at once, by standing orders, unless somebody is on the way. The first report goes to the staff of the
officer conducting, who orders the guard that can meet it soonest; across the boundary both take longer. Whether a guard meets it in time is the interception
of two straight tracks (`sim.reach.guard_meets`).
"""

from __future__ import annotations

from math import atan2, pi, remainder
from typing import TYPE_CHECKING

from sim.geometry import Point, intercept, velocity
from sim.log import kind
from sim.setting import SHORTEST, first_of

if TYPE_CHECKING:
    from sim.drills._drill import Process
    from sim.drills._raids import Raid
    from sim.serial import LiveSerial
    from sim.units.ship import Ship
    from sim.vigil import Vigil

SENT = kind("guard-sent", "A guard is on her way to meet a raider: since the first contact, and until she would meet it.", raider="count",
            reaction_s="number", meets_in_s="number", by_order="count")  # fmt: skip
MET = kind("raider-met", "A raider has been met, at so much from who it came for.", raider="count", off_m="number",
           took_s="number")  # fmt: skip


class Ring:
    """The guards of a serial, evenly spaced on a ring, and what each is doing."""

    def __init__(self, serial: LiveSerial, vigil: Vigil, middle: Point, radius: float) -> None:
        self._serial, self._vigil, self._middle, self._radius = serial, vigil, middle, radius
        self._places = {ship.name: place for place, ship in enumerate(serial.ships("guards"))}
        self._busy: dict[str, int] = {}  # the raider a guard is out for, or being ordered to
        self._sent: dict[int, str] = {}  # the guard who is on the way to a raider

    def station(self, ship: Ship) -> Point:
        """A guard's place: evenly round the middle, the first to the north."""
        bears = self._serial.on_plane(2 * pi * self._places[ship.name] / len(self._places))
        dx, dy = velocity(bears, self._radius)
        return self._middle[0] + dx, self._middle[1] + dy

    def watch_for(self, raid: Raid) -> None:
        """From now on somebody goes to meet a raider as soon as it is found."""
        self._serial.start(self._by_order(raid))
        for ship in self._serial.ships("guards"):
            self._serial.start(self._by_herself(ship, raid))

    def _by_herself(self, ship: Ship, raid: Raid) -> Process:
        """By standing orders: the guard that holds it herself, in her sector, when nobody is on the way."""
        env = self._serial.exercise.env
        while not raid.is_over and raid.number not in self._sent:
            if raid.is_held_by(ship) and self._is_free(ship, raid) and self._in_sector(ship, raid):
                yield from self._meet(ship, raid, None)
            else:
                yield first_of(env, self._vigil.found.rung, raid.over.rung)

    def _by_order(self, raid: Raid) -> Process:
        """By the officer conducting, once his staff has the report."""
        serial, env = self._serial, self._serial.exercise.env
        while not raid.is_over and raid.number not in self._sent:
            known = self._vigil.known_to(serial.officer.force, raid.raider) is not None
            ship = self._soonest(raid) if known else None
            if ship is not None:
                self._busy[ship.name] = raid.number
                contact = self._vigil.first(raid.raider)
                told = yield from serial.order(
                    [ship], f"meet raider {raid.number}", contact.record if contact else raid.cause
                )
                if raid.number not in self._sent:
                    yield from self._meet(ship, raid, told)
                elif self._busy.get(ship.name) == raid.number and self._sent[raid.number] != ship.name:
                    self._set_free(ship)
                return
            yield first_of(env, self._vigil.reported.rung, serial.exercise.news.rung, raid.over.rung)

    def _is_free(self, ship: Ship, raid: Raid) -> bool:
        """Whether a guard has nothing to do with another raider; one to whom the order is still on its way may go before."""
        return self._busy.get(ship.name, raid.number) == raid.number and self._serial.fit(ship, "guards")

    def _in_sector(self, ship: Ship, raid: Raid) -> bool:
        """Whether it bears from the middle within her share of the circle, to either side of her station."""
        (x, y), (u, v), (cx, cy) = self.station(ship), raid.raider.position, self._middle
        off = remainder(atan2(u - cx, v - cy) - atan2(x - cx, y - cy), 2 * pi)
        return abs(off) <= pi / len(self._places) + 1e-9

    def _soonest(self, raid: Raid) -> Ship | None:
        """The free guard that can meet it first."""
        free = [(when_met, ship) for ship in self._serial.ships("guards")
                if self._is_free(ship, raid) and (when_met := self._meets_in(ship, raid)) is not None]  # fmt: skip
        return min(free, key=lambda each: each[0])[1] if free else None

    def _meets_in(self, ship: Ship, raid: Raid) -> float | None:
        (x, y), (u, v), motion = ship.position, raid.raider.position, raid.raider.motion
        speed = min(self._serial.parameters.guard_speed.value, ship.max_speed)
        found = intercept(u - x, v - y, motion.vx, motion.vy, speed)
        return None if found is None else found.time

    def _meet(self, ship: Ship, raid: Raid, told: int | None) -> Process:
        """One guard: on her way after her reaction, near enough or too late, and back to her station."""
        serial, parameters, env = self._serial, self._serial.parameters, self._serial.exercise.env
        self._sent[raid.number], self._busy[ship.name] = ship.name, raid.number
        delay = parameters.reaction.draw(serial.draws("reaction", ship.name, str(raid.number)))
        yield first_of(env, env.timeout(max(SHORTEST, delay)), raid.over.rung)
        if not raid.is_over and serial.fit(ship, "guards"):
            contact, began = self._vigil.first(raid.raider), serial.now
            behind = told if told is not None else contact.record if contact is not None else raid.cause
            meets_in = self._meets_in(ship, raid)
            cause = serial.write(SENT, ship, raid.raider, cause=behind, raider=raid.number, by_order=int(told is not None),
                                 meets_in_s=float("inf") if meets_in is None else meets_in,
                                 reaction_s=began - (contact.since if contact is not None else raid.began))  # fmt: skip
            run = serial.start(ship.intercept(raid.raider, parameters.guard_speed.value, cause))
            if (yield from raid.within(ship, parameters.met_at.value)):
                serial.write(MET, ship, raid.raider, cause=cause, raider=raid.number, took_s=serial.now - began,
                             off_m=raid.raider.distance_to(raid.guide.position))  # fmt: skip
                raid.end(dealt_with=True)
            if run.is_alive:
                run.interrupt("over")
                yield run  # which stops her
            yield from ship.transit(self.station(ship), ship.cruise_speed, cause)
        self._set_free(ship)

    def _set_free(self, ship: Ship) -> None:
        self._busy.pop(ship.name, None)
        self._serial.exercise.news.ring()
