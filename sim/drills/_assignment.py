"""Who engages whom: raiders assigned to ships over a picture that comes late across the boundary between navies.

Joint: the officer conducting assigns the ships of all; those of another navy get the order later. National: each staff assigns its own ships to what it
knows of, unless it has heard that somebody else has; in the time that news takes both may take the same raider, a double assignment. Reports of an
assignment, and of one that failed, go to every staff at its own delay. A ship may also fire at who comes too near, told or not.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sim.log import kind
from sim.setting import Agenda, Bell, first_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.command import Commander
    from sim.drills._battery import Battery
    from sim.drills._drill import Process
    from sim.drills._raids import Raid
    from sim.serial import LiveSerial
    from sim.vigil import Vigil

ASSIGNED = kind("raider-assigned", "A ship is assigned to a raider; double when another was at it already.", force="text", raider="count",
                double="count", across="count")  # fmt: skip
SELF_DEFENCE = kind("self-defence", "A ship takes on a raider that has come too near, without being told.", raider="count",
                    range_m="number")  # fmt: skip


class _Staff:
    """One staff, the ships it assigns, and how many ships it believes to be at each raider."""

    def __init__(self, commander: Commander, batteries: Sequence[Battery]) -> None:
        self.commander, self.force, self.batteries = commander, commander.force, batteries
        self.believes: dict[int, int] = {}


class Assignment:
    """The staffs of a serial and the raiders they know of."""

    def __init__(self, serial: LiveSerial, vigil: Vigil, batteries: Sequence[Battery]) -> None:
        self._serial, self._vigil, self._batteries = serial, vigil, batteries
        self._raids: list[Raid] = []
        self._at: dict[int, int] = {}  # how many ships are at each raider in truth
        self._changed, self._agenda = Bell(serial.exercise.env), Agenda(serial.exercise.env)
        forces = dict.fromkeys(battery.ship.force for battery in batteries if battery.ship.force is not None)
        staffs = serial.exercise.commanders
        if serial.parameters.control == "joint":
            self._staffs = [_Staff(serial.officer, batteries)]
        else:
            self._staffs = [
                _Staff(staffs[force], [each for each in batteries if each.ship.force == force])
                for force in forces
            ]
        for staff in self._staffs:
            serial.start(self._assign(staff))

    def add(self, raid: Raid) -> None:
        """A raider to be dealt with from now on, once a staff knows of it."""
        self._raids = [each for each in self._raids if not each.is_over] + [raid]
        for battery in self._batteries:
            self._serial.start(self._defend(battery, raid))

    def _assign(self, staff: _Staff) -> Process:
        """One staff: looks at what it knows whenever a report comes in, or a ship is free."""
        while True:
            for raid in self._raids:
                if not raid.is_over and not staff.believes.get(raid.number) and self._knows(staff, raid):
                    battery = self._best(staff, raid)
                    if battery is not None:
                        self._take(staff, raid, battery)
            frees = [battery.free.rung for battery in staff.batteries]
            yield first_of(self._serial.exercise.env, self._vigil.reported.rung, self._changed.rung, *frees)

    def _knows(self, staff: _Staff, raid: Raid) -> bool:
        return self._vigil.known_to(staff.force, raid.raider) is not None

    def _best(self, staff: _Staff, raid: Raid) -> Battery | None:
        """The ship with a channel to spare in whose reach it is first, and of those in whose reach it is now the nearest."""
        best: tuple[float, float, Battery] | None = None
        for battery in staff.batteries:
            times = raid.crossing(battery.ship, self._serial.parameters.reach.value)
            if not battery.has_channel or battery.is_at(raid) or times is None or times[1] <= 0.0:
                continue
            found = max(0.0, times[0]), battery.ship.distance_to(raid.raider.position), battery
            if best is None or found[:2] < best[:2]:
                best = found
        return best[2] if best is not None else None

    def _take(self, staff: _Staff, raid: Raid, battery: Battery) -> None:
        first, ship = self._vigil.first(raid.raider), battery.ship
        record = self._serial.write(ASSIGNED, ship, raid.raider, cause=first.record if first else raid.cause, force=staff.force,
                                    raider=raid.number, double=int(self._at.get(raid.number, 0) > 0),
                                    across=int(ship.force != staff.force))  # fmt: skip
        staff.believes[raid.number] = staff.believes.get(raid.number, 0) + 1
        self._go(battery, raid, 1, told=staff)
        self._serial.start(self._carry_out(staff, raid, battery, record))

    def _carry_out(self, staff: _Staff, raid: Raid, battery: Battery, cause: int) -> Process:
        """The order, by the staff's own way, and the engagement."""
        told = yield from staff.commander.order(
            [battery.ship], f"engage raider {raid.number}", self._serial.number, cause
        )
        yield from battery.engage(raid, told)
        self._go(battery, raid, -1)

    def _defend(self, battery: Battery, raid: Raid) -> Process:
        """A ship engages by herself whom she holds too near."""
        serial, env, ship = self._serial, self._serial.exercise.env, battery.ship
        while (yield from raid.within(ship, serial.parameters.own_defence.value, is_held=True)):
            if battery.has_channel and not battery.is_at(raid):
                record = serial.write(SELF_DEFENCE, ship, raid.raider, cause=raid.cause, raider=raid.number,
                                      range_m=ship.distance_to(raid.raider.position))  # fmt: skip
                self._go(battery, raid, 1)
                yield from battery.engage(raid, record)
                self._go(battery, raid, -1)
            else:
                yield first_of(env, battery.free.rung, raid.over.rung)

    def _go(self, battery: Battery, raid: Raid, change: int, told: _Staff | None = None) -> None:
        """A ship is at a raider, or no longer; every staff hears of it in its own time, but for the one that ordered it."""
        if change > 0:
            battery.take(raid)
        self._at[raid.number] = self._at.get(raid.number, 0) + change
        for staff in self._staffs:
            if staff is not told:
                delay = staff.commander.report_delay(
                    battery.ship, f"{self._serial.number}, raider {raid.number}"
                )
                self._agenda.add(self._serial.now + delay, partial(self._hear, staff, raid, change))

    def _hear(self, staff: _Staff, raid: Raid, change: int) -> None:
        staff.believes[raid.number] = staff.believes.get(raid.number, 0) + change
        self._changed.ring()
