"""Aircraft: launch, transit, time on task, return before the fuel is gone, turnaround."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import TYPE_CHECKING, Any

import simpy

from sim.geometry import Point
from sim.log import kind
from sim.quantities import HOUR
from sim.setting import LANDS, LAUNCHES, RESERVE, SHORTEST, first_of, when
from sim.units._agent import Process
from sim.units._craft import Craft
from sim.units.ship import Ship

if TYPE_CHECKING:
    from sim.scenario.sheets import Platform
    from sim.units._agent import Unit

LAUNCHED = kind("launched", "An aircraft takes off.")
ON_TASK = kind("on-task", "An aircraft reports on task.", late_s="number")
OFF_TASK = kind("off-task", "An aircraft leaves its task.", on_task_s="number")
LANDED = kind("landed", "An aircraft is back on its deck or field.", flown_s="number")
UNSERVICEABLE = kind("unserviceable", "An aircraft fails its checks before a sortie.")
DELAYED = kind("delayed", "An aircraft starts late.", delay_s="number")
GROUNDED = kind("grounded", "An aircraft waits for the weather before it takes off.", reason="text")

AIRBORNE = "outbound", "on task", "returning"
MEND = HOUR  # s before an unserviceable aircraft is offered again
GLANCE = 60.0  # s before it has to turn for home from which an aircraft no longer looks where its ship is


class Aircraft(Craft):
    """An aircraft with a home: a ship's deck or an airfield ashore.

    phase: home, starting, outbound, on task, returning, recovering, turning round. Only one that is home can
    be sent. why: the record behind its present state. flown: s in the air on the sorties before this one.
    aboard: a ship on whose deck it stands in the middle of a sortie, rotors running, so that its fuel goes on being burnt.
    """

    phase = "home"
    aboard: Ship | None = None

    def __init__(
        self, exercise: Any, name: str, platform: Platform, force: str | None, home: Ship | Point
    ) -> None:
        at = home.position if isinstance(home, Ship) else home
        super().__init__(exercise, name, platform, force, at)
        self.home = home
        self.why: int | None = None
        self.flown = 0.0
        self._airborne_since = 0.0
        self._mended_at = 0.0

    @property
    def position(self) -> Point:
        """Where it is; aboard, where its ship is."""
        if not self.is_airborne and isinstance(self.home, Ship):
            return self.home.position
        return self.motion.at(self.now)

    @property
    def home_position(self) -> Point:
        """Where it would land now."""
        return self.home.position if isinstance(self.home, Ship) else self.home

    @property
    def is_ready(self) -> bool:
        """Whether it is home and serviceable."""
        return self.phase == "home" and self.now >= self._mended_at

    @property
    def is_out(self) -> bool:
        """Whether it is in the air: nobody sees it on a deck or a field."""
        return self.phase in AIRBORNE and self.aboard is None

    @property
    def is_airborne(self) -> bool:
        """Whether it is in the air."""
        return self.phase in AIRBORNE

    @property
    def is_coming(self) -> bool:
        """Whether it is on its way to a task, and not yet there."""
        return self.phase in ("starting", "outbound")

    @property
    def is_on_task(self) -> bool:
        """Whether it is over its task, between arriving and leaving for home."""
        return self.phase == "on task"

    def unfit(self, wanted: Sequence[str], place: Point) -> tuple[str, int | None] | None:
        """Unserviceable, still busy with the sortie before, or too far away to come and go on its fuel."""
        if not self.is_ready:
            return "aircraft", self.why
        if not self.reaches(place):
            return "aircraft", None
        return super().unfit(wanted, place)

    def reaches(self, place: Point) -> bool:
        """Whether its fuel takes it to a place and home again with its reserve."""
        endurance = self.platform.endurance
        return (
            endurance is None or 2 * self.distance_to(place) / self.cruise_speed + RESERVE < endurance.value
        )

    def limits_broken(self) -> list[str]:
        """Which of its limits forbid a take-off now, as reasons."""
        return self.exercise.weather.beyond(self.platform.limits)

    def lead(self, to: Point) -> float:
        """How long before it is wanted somewhere it has to be told, s, on paper."""
        sheet = self.platform
        prepare = sheet.launch.mean if sheet.launch else 0.0
        return prepare + self.distance_to(to) / sheet.cruise_speed.value

    def endurance_left(self) -> float:
        """Time it can still fly, s; none when it is not in the air, without end when its sheet says nothing."""
        if not self.is_airborne:
            return 0.0
        if self.platform.endurance is None:
            return float("inf")
        return self.platform.endurance.value - (self.now - self._airborne_since)

    def check(self, serial: str, cause: int | None = None) -> bool:
        """Whether it passes its checks before a sortie; a failed one is offered again an hour later."""
        sheet = self.platform
        if sheet.serviceability is None or self.draw("serviceability", sheet.serviceability.value):
            return True
        self._mended_at = self.now + MEND
        self.why = self.exercise.log.write(
            UNSERVICEABLE, self.now, serial=serial, unit=self.name, at=self.position, cause=cause
        )
        self.exercise.env.process(self._mend(self._mended_at))
        return False

    def _mend(self, mended_at: float) -> Process:
        """The hour of the mechanics, after which it is news that it can be had again."""
        yield when(self.exercise.env, mended_at)
        self.exercise.news.ring()

    def sortie(
        self, to: Point, wanted: float, serial: str, cause: int | None = None, scramble: float | None = None
    ) -> Process:
        """Starts, flies out and stays on task until recalled by an interrupt or by its fuel; then goes home.

        wanted: when it was to be on task, s. Coming home is its own affair and goes on after FINEX.
        scramble: m/s on the way out of one that has stood on alert, and takes off at once. Raises RuntimeError when it is not home.
        """
        if self.phase != "home":
            raise RuntimeError(f"{self.name} is sent while {self.phase}")
        self.phase = "starting"  # now, not when the process first runs: nobody else may send it meanwhile
        return self._fly(to, wanted, serial, cause, scramble)

    def _fly(
        self, to: Point, wanted: float, serial: str, cause: int | None, scramble: float | None
    ) -> Process:
        log = self.exercise.log
        on_task_at: float | None = None
        try:
            yield from self._start(serial, cause, scramble is not None)
            cause = self.why = log.write(LAUNCHED, self.now, serial=serial, unit=self.name, at=self.position,
                                         cause=self.why, **self._deck())  # fmt: skip
            before = self.leg
            yield from self.transit(to, self._hurry(to, wanted) if scramble is None else scramble, cause)
            if self.leg == before:  # wanted over its own deck: its track begins there all the same
                self.steer(0.0, 0.0, cause, self.position)
            on_task_at, self.phase = self.now, "on task"
            cause = self.why = log.write(ON_TASK, self.now, serial=serial, unit=self.name, at=self.position,
                                         cause=cause, late_s=max(0.0, self.now - wanted))  # fmt: skip
            self.exercise.news.ring()
            while (left := self.time_on_task()) > SHORTEST:  # half at a time: its ship moves meanwhile
                yield self.exercise.env.timeout(left if left < GLANCE else left / 2)
        except simpy.Interrupt:
            pass
        if not self.is_airborne:
            self.phase = "home"
            self.exercise.news.ring()
            return
        self.phase = "returning"
        if on_task_at is not None:
            cause = self.why = log.write(OFF_TASK, self.now, serial=serial, unit=self.name, at=self.position,
                                         cause=cause, on_task_s=self.now - on_task_at)  # fmt: skip
        self.exercise.news.ring()
        self.exercise.env.process(self._come_home(serial, cause))

    def _start(self, serial: str, cause: int | None, at_once: bool) -> Process:
        """From the order to wheels off: a late start now and then, flying weather, and the deck or runway.

        at_once: checks are done and it stands ready.
        """
        env, sheet, stream = self.exercise.env, self.platform, self.exercise.streams("sorties", self.name)
        self.why = cause
        if (
            not at_once
            and sheet.late_start is not None
            and self.draw("late start", sheet.late_start.chance.value)
        ):
            delay = sheet.late_start.delay.draw(stream)
            self.why = self.exercise.log.write(
                DELAYED, self.now, serial=serial, unit=self.name, at=self.position, cause=cause, delay_s=delay
            )
            yield env.timeout(max(SHORTEST, delay))
        prepare = max(SHORTEST, sheet.launch.draw(stream) if sheet.launch and not at_once else 0.0)
        while True:
            yield from self._await_weather(serial)
            if isinstance(self.home, Ship) and self.home.deck is not None:
                with self.home.deck.request(LAUNCHES) as spot:
                    yield spot
                    yield env.timeout(prepare)
            else:
                yield env.timeout(prepare)
            if not self.limits_broken():
                break
        self.motion.place(self.now, *self.home_position)
        self.phase, self._airborne_since = "outbound", self.now
        self.appear()

    def _await_weather(self, serial: str) -> Process:
        """Waits below, off the deck, until the weather is within its limits."""
        told = ""
        while broken := self.limits_broken():
            if broken[0] != told:
                told = broken[0]
                self.why = self.exercise.log.write(
                    GROUNDED, self.now, serial=serial, unit=self.name, at=self.position,
                    cause=self.exercise.weather.record, reason=told,
                )  # fmt: skip
                self.exercise.news.ring()
            yield self.exercise.news.rung

    def _deck(self) -> dict[str, str]:
        return {"other": self.home.name} if isinstance(self.home, Ship) else {}

    def _hurry(self, to: Point, wanted: float) -> float:
        """Cruising speed, or faster when late."""
        left = wanted - self.now
        if left <= 0:
            return self.max_speed
        return min(self.max_speed, max(self.cruise_speed, self.distance_to(to) / left))

    def steer(self, vx: float, vy: float, cause: int | None = None, at: Point | None = None) -> None:
        """As any unit; on its way home it obeys nobody: fuel, or FINEX, has the last word."""
        if self.phase != "returning":
            super().steer(vx, vy, cause, at)

    def land_on(self, ship: Ship, cause: int | None = None) -> None:
        """Sets down on a ship's deck for a while, where nobody sees it apart from her, and moves as she does."""
        self.aboard = ship
        self.vanish()
        ship.watchers.append(self._ride)
        self.steer(ship.motion.vx, ship.motion.vy, cause, ship.position)

    def lift_off(self, cause: int | None = None) -> None:
        """Leaves that deck and hovers; does nothing in the air."""
        if self.aboard is None:
            return
        self.aboard.watchers.remove(self._ride)
        self.aboard = None
        self.appear()
        self.stop(cause)

    def _ride(self, ship: Unit) -> None:
        """Its ship is on another leg."""
        self.steer(ship.motion.vx, ship.motion.vy, ship.leg, ship.position)

    def time_on_task(self) -> float:
        """How long it can stay before fuel sends it home, s."""
        way = self.distance_to(self.home_position) / self.cruise_speed
        return self.endurance_left() - way - RESERVE

    def _come_home(self, serial: str, cause: int | None) -> Process:
        """Flies to where its ship is when it gets there, lands and is turned round.

        Landing goes before launching; when the deck is not clear by the last of the fuel it is cleared.
        """
        env, stream = self.exercise.env, self.exercise.streams("sorties", self.name)
        self.lift_off(cause)
        while (away := self.distance_to(self.home_position)) > self.cruise_speed:
            (x, y), (u, v), seconds = self.position, self.home_position, away / self.cruise_speed
            super().steer((u - x) / seconds, (v - y) / seconds, cause)
            yield env.timeout(seconds)
        super().steer(0.0, 0.0, cause)
        recovery = max(SHORTEST, self.platform.recovery.draw(stream) if self.platform.recovery else 0.0)
        if isinstance(self.home, Ship) and self.home.deck is not None:
            with self.home.deck.request(LANDS) as spot:
                yield from self._await_deck(self.home, spot, cause)
                self._touch_down(serial, cause)
                yield env.timeout(recovery)
        else:
            self._touch_down(serial, cause)
            yield env.timeout(recovery)
        self.phase = "turning round"
        turnaround = self.platform.turnaround.draw(stream) if self.platform.turnaround else 0.0
        yield env.timeout(max(SHORTEST, turnaround))
        self.phase = "home"
        self.exercise.news.ring()

    def _await_deck(self, ship: Ship, spot: simpy.Event, cause: int | None) -> Process:
        """In company with its ship until a spot is clear, at the longest to the last of its fuel."""
        env, left = self.exercise.env, self.endurance_left()
        last = [] if left == inf else [env.timeout(max(0.0, left))]
        while not spot.triggered and not any(each.processed for each in last):
            super().steer(ship.motion.vx, ship.motion.vy, cause)
            yield first_of(env, spot, ship.helm.rung, *last)
        if not spot.processed and spot.triggered:
            yield spot

    def _touch_down(self, serial: str, cause: int | None) -> None:
        self.phase = "recovering"
        self.vanish()
        flown = self.now - self._airborne_since
        self.flown += flown
        self.motion.place(self.now, *self.home_position)
        self.why = self.exercise.log.write(LANDED, self.now, serial=serial, unit=self.name, at=self.position,
                                           cause=cause, flown_s=flown, **self._deck())  # fmt: skip
