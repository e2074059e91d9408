"""Driving off an intruder: the steps, each taken when it can be, until she complies or none is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sim.drills._fire import works
from sim.drills._nearest import until_within
from sim.geometry import velocity
from sim.log import kind
from sim.quantities import KNOT
from sim.setting import SHORTEST, first_of, when
from sim.stations import ON_TOP, Station
from sim.variates import chance
from sim.weapons.dispersion import fall_of_shot
from sim.weapons.gun import Gun, roughening
from sim.weapons.warning import aim_ahead, off_hull

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import simpy

    from sim.drills._drill import Process
    from sim.drills._nearest import Nearest
    from sim.serial import LiveSerial
    from sim.units._agent import Unit
    from sim.units.aircraft import Aircraft
    from sim.units.ship import Ship
    from sim.vigil import Vigil

STEP = kind("step", "A step to drive off an intruder is taken.", step="text", steps="count", range_m="number")
WITHHELD = kind("step-withheld", "A step that the rules allow cannot be taken.", step="text", reason="text")
WARNED = kind("warning-shots", "Warning shots fall ahead of an intruder: where they were aimed, ahead of her bow, and how near to her "
              "the nearest fell.", gun="text", rounds="count", ahead_m="number", least_m="number")  # fmt: skip
COMPLIED = kind(
    "complied", "An intruder slows down and does as told.", step="text", steps="count", taken_s="number"
)
BOXED = kind("boxed-in", "Two ships have the intruder between them.", taken_s="number")


class Step(NamedTuple):
    """word: its name. complies, takes, within: the parameters that say how likely, how long and how near."""

    word: str
    complies: str
    takes: str
    within: str


STEPS = (Step("call", "heeds_call", "call", "challenge"), Step("flares", "heeds_flares", "flares", "flares_within"),
         Step("warning-shots", "heeds_shots", "shots", "shots_within"),
         Step("helicopter", "heeds_helicopter", "over_her", "challenge"),
         Step("box-in", "heeds_box", "settle", "challenge"))  # fmt: skip
SLOW = 5 * KNOT  # m/s; what an intruder that complies slows down to
COMING_UP = 3600.0  # s after which a ship that has not come up to box her in gives it up
OVER_HER = 3600.0  # s after which a helicopter that was sent is waited for no longer
GUNS = ("main", "close-in", "machine-gun")


class Escalation:
    """One intruder being driven off. number: steps taken. complied: whether she has. cause: record of what happened last.

    watched: how near she comes, until she is boxed in.
    """

    def __init__(self, serial: LiveSerial, intruder: Ship, guide: Ship, vigil: Vigil, watched: Sequence[Nearest],
                 cause: int) -> None:  # fmt: skip
        self._serial, self._intruder, self._guide, self._vigil = serial, intruder, guide, vigil
        self._watched = watched
        self.cause, self.number, self.complied = cause, 0, False
        self._began, self._boxed = serial.now, False
        self._ending: Sequence[simpy.Process] = ()
        self._steps: dict[str, Callable[[Step], Process]] = {
            "call": self._say, "flares": self._say, "warning-shots": self._fire_ahead, "helicopter": self._send,
            "box-in": self._box_in,
        }  # fmt: skip

    def run(self, before_box: Sequence[simpy.Process]) -> Process:
        """Takes the steps that the rules allow, in order, until she complies.

        before_box: what her and the ships are doing, which ends when she is boxed in.
        """
        serial, parameters, self._ending = self._serial, self._serial.parameters, before_box
        for step in STEPS:
            if step.word not in parameters.steps:
                continue
            yield from until_within(
                serial, self._guide, self._intruder, getattr(parameters, step.within).value
            )
            yield from self._vigil.await_contact(self._intruder)
            yield from serial.gate()
            if not (yield from self._steps[step.word](step)):
                continue
            yield from serial.spend(getattr(parameters, step.takes).draw(serial.draws("steps", step.word)))
            serial.achieved(0.2 + 0.6 * self.number / len(STEPS))
            if chance(serial.draws("complies", step.word), getattr(parameters, step.complies).value):
                self.complied = True
                self.cause = serial.write(COMPLIED, self._intruder, self._guide, cause=self.cause, step=step.word,
                                          steps=self.number, taken_s=serial.now - self._began)  # fmt: skip
                return

    def inspect(self) -> Process:
        """She slows down; two ships, if they are not yet, come up on her beams to identify her."""
        self._intruder.steer(*velocity(self._intruder.heading, SLOW), self.cause)
        if not self._boxed:
            yield from self._surround()
        yield from self._serial.spend(self._serial.parameters.inspect.value)

    def _begin(self, step: Step, unit: Unit) -> None:
        self.number += 1
        self.cause = self._serial.write(STEP, unit, self._intruder, cause=self.cause, step=step.word, steps=self.number,
                                        range_m=self._serial.exercise.referee.distance(self._guide, self._intruder))  # fmt: skip

    def _withhold(self, step: Step, reason: str) -> bool:
        self._serial.write(
            WITHHELD, self._guide, self._intruder, cause=self.cause, step=step.word, reason=reason
        )
        return False

    def _fit(self, count: int) -> Process:
        """The first escorts that can go on, so many; the thirty-minute rule for those that cannot."""
        serial, ships = self._serial, self._serial.ships("escorts")
        found = [ship for ship in ships if serial.fit(ship, "escorts")][:count]
        for ship in ships:
            if len(found) < count and ship not in found and (yield from serial.mend(ship, "escorts")):
                found.append(ship)
        return found

    def _say(self, step: Step) -> Process:
        """Calls and flares: she is near enough, and it takes its time."""
        fit = yield from self._fit(1)
        if not fit:
            return self._withhold(step, "no escort is fit")
        self._begin(step, fit[0])
        return True

    def _fire_ahead(self, step: Step) -> Process:
        """Warning shots: aimed so far ahead of her bow that spreads enough are left beside what must be kept clear."""
        serial, parameters, intruder = self._serial, self._serial.parameters, self._intruder
        exercise, length = serial.exercise, intruder.platform.length
        hull, course = length.value if length is not None else 0.0, velocity(intruder.heading, 1.0)
        rough = roughening(exercise.weather.sea_state, parameters.roughness.value)
        for ship, gun in self._guns():
            (x, y), (u, v), sheet = ship.position, intruder.position, gun.sheet
            spread = max(sheet.dispersion_range.value, sheet.dispersion_deflection.value) * rough
            seconds = gun.flight(exercise.referee.distance(ship, intruder)).time
            gone = intruder.motion.speed * seconds + hull / 2
            bow = u - x + course[0] * gone, v - y + course[1] * gone
            ahead = aim_ahead(bow, course, parameters.clear_ahead.value, spread, parameters.margin.value)
            aim = bow[0] + course[0] * ahead, bow[1] + course[1] * ahead
            reach = (aim[0] ** 2 + aim[1] ** 2) ** 0.5
            if not gun.reaches(reach):
                continue
            self._begin(step, ship)
            fired = gun.fire(parameters.rounds.whole)
            yield exercise.env.timeout(max(SHORTEST, gun.flight(reach).time))
            across, along = gun.spread(reach, rough)
            falls = [fall_of_shot(serial.draws("warning", ship.name), across, along) for _ in range(fired)]
            (ex, ey), course = (aim[0] / reach, aim[1] / reach), velocity(intruder.heading, 1.0)
            least = min(off_hull((x + aim[0] + far * ex + side * ey, y + aim[1] + far * ey - side * ex), intruder.position,
                                 course, hull) for side, far in falls)  # fmt: skip
            self.cause = serial.write(WARNED, ship, intruder, cause=self.cause, gun=sheet.gun, rounds=fired, ahead_m=ahead,
                                      least_m=least)  # fmt: skip
            return True
        return self._withhold(step, "no gun reaches far enough ahead of her")

    def _guns(self) -> list[tuple[Ship, Gun]]:
        """Guns of the escorts that work, main guns first, the nearest ship first."""
        ships = sorted(
            self._serial.ships("escorts"), key=lambda ship: ship.distance_to(self._intruder.position)
        )
        return [
            (ship, gun)
            for kind_of in GUNS
            for ship in ships
            for gun in ship.guns_of(kind_of)
            if works(ship, gun)
        ]

    def _send(self, step: Step) -> Process:
        """A helicopter takes off, or comes from its task, and stays over her."""
        serial, intruder = self._serial, self._intruder
        unit = self._helicopter()
        if unit is None:
            return self._withhold(step, "no helicopter can be had")
        self._begin(step, unit)
        told = yield from serial.order([unit], "identify the intruder", self.cause)
        if unit.phase == "home":
            serial.start(unit.sortie(intruder.position, serial.now, serial.number, told))
        until = serial.now + OVER_HER
        while not unit.is_on_task and unit.is_coming and until - serial.now > SHORTEST:
            yield first_of(serial.exercise.env, serial.exercise.news.rung, when(serial.exercise.env, until))
        if not unit.is_on_task or not (yield from unit.intercept(intruder, cause=told)):
            return self._withhold(step, "the helicopter does not get there")
        self._vigil.enlist(unit)
        serial.start(unit.keep_station(intruder, ON_TOP, cause=told))
        return True

    def _helicopter(self) -> Aircraft | None:
        """One on task, or the first that can take off and passes its checks."""
        serial, place = self._serial, self._intruder.position
        for unit in serial.aircraft("aircraft"):
            if unit.is_on_task:
                return unit
            if (
                unit.is_ready
                and not unit.limits_broken()
                and unit.reaches(place)
                and unit.check(serial.number, self.cause)
            ):
                return unit
        return None

    def _box_in(self, step: Step) -> Process:
        """Two ships take her between them while she holds on."""
        pair = yield from self._fit(2)
        if len(pair) < 2:
            return self._withhold(step, "fewer than two escorts are fit")
        self._begin(step, pair[0])
        for each in self._watched:
            each.close()
        for process in self._ending:
            if process.is_alive:
                process.interrupt("boxed in")
        self._intruder.steer(self._intruder.motion.vx, self._intruder.motion.vy, self.cause)
        yield from self._surround()
        return self._boxed or self._withhold(step, "they do not come up with her")

    def _surround(self) -> Process:
        """The first two escorts that are fit come up, each on the side she is on, and keep there."""
        serial, intruder, began = self._serial, self._intruder, self._serial.now
        pair: list[Ship] = yield from self._fit(2)
        ex, ey = velocity(intruder.heading, 1.0)
        pair.sort(key=lambda ship: ship.position[0] * ey - ship.position[1] * ex)  # how far to starboard
        stations = [Station(side * serial.parameters.box.value, 0.0, turns=True) for side in (-1, 1)]
        coming = [serial.start(ship.take_station(intruder, station, ship.max_speed, self.cause, until=began + COMING_UP))
                  for ship, station in zip(pair, stations, strict=False)]  # fmt: skip
        yield serial.exercise.env.all_of(coming)
        if len(pair) == 2 and all(process.value for process in coming):
            self._boxed = True
            self.cause = serial.write(BOXED, intruder, pair[0], cause=self.cause, taken_s=serial.now - began)
        for ship, station in zip(pair, stations, strict=False):
            serial.start(ship.keep_station(intruder, station, cause=self.cause))
