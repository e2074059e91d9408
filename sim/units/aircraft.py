"""Aircraft: launch, transit, time on task, return before the fuel is gone, turnaround."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import simpy

from sim.geometry import Point
from sim.log import kind
from sim.quantities import HOUR
from sim.setting import SHORTEST
from sim.units._agent import Process, Unit
from sim.units.ship import Ship

if TYPE_CHECKING:
    from sim.scenario.sheets import Platform

LAUNCHED = kind("launched", "An aircraft takes off.")
ON_TASK = kind("on-task", "An aircraft reports on task.", late_s="number")
OFF_TASK = kind("off-task", "An aircraft leaves its task.", on_task_s="number")
LANDED = kind("landed", "An aircraft is back on its deck or field.", flown_s="number")
UNSERVICEABLE = kind("unserviceable", "An aircraft fails its checks before a sortie.")
DELAYED = kind("delayed", "An aircraft starts late.", delay_s="number")

RESERVE = 20 * 60.0  # s of fuel kept for the landing; the usual visual reserve of rotary wing
MEND = HOUR  # s before an unserviceable aircraft is offered again


class Aircraft(Unit):
    """An aircraft with a home: a ship's deck or an airfield ashore.

    phase: home, starting, airborne, recovering, turning round. Only one that is home can be sent.
    """

    def __init__(
        self, exercise: Any, name: str, platform: Platform, force: str | None, home: Ship | Point
    ) -> None:
        at = home.position if isinstance(home, Ship) else home
        super().__init__(exercise, name, platform, force, at)
        self.home = home
        self.phase = "home"
        self.flown = 0.0
        self._airborne_since = 0.0
        self._mended_at = 0.0
        self._defect: int | None = None

    @property
    def position(self) -> Point:
        """Where it is; aboard, where its ship is."""
        if self.phase != "airborne" and isinstance(self.home, Ship):
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
    def is_airborne(self) -> bool:
        """Whether it is in the air."""
        return self.phase == "airborne"

    def unfit(self, serial: str) -> tuple[str, int | None] | None:
        """Unserviceable, or still busy with the sortie before."""
        return None if self.is_ready or self.booked == serial else ("aircraft", self._defect)

    def lead(self, to: Point) -> float:
        """How long before it is wanted somewhere it has to be told, s, on paper."""
        sheet = self.platform
        prepare = sheet.launch.mean if sheet.launch else 0.0
        return prepare + self.distance_to(to) / sheet.cruise_speed.value

    def endurance_left(self) -> float:
        """Time it can still fly, s; none when it is not in the air."""
        if not self.is_airborne or self.platform.endurance is None:
            return 0.0
        return self.platform.endurance.value - (self.now - self._airborne_since)

    def check(self, serial: str, cause: int | None = None) -> bool:
        """Whether it passes its checks before a sortie; a failed one is offered again an hour later."""
        sheet = self.platform
        if sheet.serviceability is None or self.draw("serviceability", sheet.serviceability.value):
            return True
        self._mended_at = self.now + MEND
        self._defect = self.exercise.log.write(
            UNSERVICEABLE, self.now, serial=serial, unit=self.name, at=self.position, cause=cause
        )
        return False

    def sortie(self, to: Point, wanted: float, serial: str, cause: int | None = None) -> Process:
        """Starts, flies out and stays on task until recalled by an interrupt or by its fuel; then goes home.

        wanted: when it was to be on task, s. Coming home is its own affair and goes on after FINEX.
        """
        env, log = self.exercise.env, self.exercise.log
        self.phase = "starting"
        on_task_at: float | None = None
        try:
            yield from self._start(serial, cause)
            cause = log.write(LAUNCHED, self.now, serial=serial, unit=self.name, at=self.position, cause=cause,
                              **self._deck())  # fmt: skip
            yield from self.transit(to, self._hurry(to, wanted), cause)
            on_task_at = self.now
            cause = log.write(ON_TASK, self.now, serial=serial, unit=self.name, at=self.position, cause=cause,
                              late_s=max(0.0, self.now - wanted))  # fmt: skip
            self.exercise.news.ring()
            yield env.timeout(max(SHORTEST, self._time_on_task()))
        except simpy.Interrupt:
            pass
        if self.phase == "starting":
            self.phase = "home"
            self.exercise.news.ring()
            return
        if on_task_at is not None:
            cause = log.write(OFF_TASK, self.now, serial=serial, unit=self.name, at=self.position, cause=cause,
                              on_task_s=self.now - on_task_at)  # fmt: skip
        env.process(self._come_home(serial, cause))

    def _start(self, serial: str, cause: int | None) -> Process:
        """From the order to wheels off: a late start now and then, and the deck or runway."""
        env, sheet, stream = self.exercise.env, self.platform, self.exercise.streams("sorties", self.name)
        if sheet.late_start is not None and self.draw("late start", sheet.late_start.chance.value):
            delay = sheet.late_start.delay.draw(stream)
            self.exercise.log.write(
                DELAYED, self.now, serial=serial, unit=self.name, at=self.position, cause=cause, delay_s=delay
            )
            yield env.timeout(max(SHORTEST, delay))
        prepare = sheet.launch.draw(stream) if sheet.launch else SHORTEST
        if isinstance(self.home, Ship) and self.home.deck is not None:
            with self.home.deck.request() as spot:
                yield spot
                yield env.timeout(max(SHORTEST, prepare))
        else:
            yield env.timeout(max(SHORTEST, prepare))
        self.motion.place(self.now, *self.home_position)
        self.phase, self._airborne_since = "airborne", self.now

    def _deck(self) -> dict[str, str]:
        return {"other": self.home.name} if isinstance(self.home, Ship) else {}

    def _hurry(self, to: Point, wanted: float) -> float:
        """Cruising speed, or faster when late."""
        left = wanted - self.now
        if left <= 0:
            return self.max_speed
        return min(self.max_speed, max(self.cruise_speed, self.distance_to(to) / left))

    def _time_on_task(self) -> float:
        x, y = self.home_position
        way = self.distance_to((x, y)) / self.cruise_speed
        return self.endurance_left() - way - RESERVE

    def _come_home(self, serial: str, cause: int | None) -> Process:
        """Flies to where its ship is when it gets there, lands and is turned round."""
        env, stream = self.exercise.env, self.exercise.streams("sorties", self.name)
        self.stop(cause)
        while self.distance_to(self.home_position) > self.cruise_speed:
            yield from self.transit(self.home_position, self.cruise_speed, cause)
        recovery = self.platform.recovery.draw(stream) if self.platform.recovery else 0.0
        if isinstance(self.home, Ship) and self.home.deck is not None:
            with self.home.deck.request() as spot:
                yield spot
                self._touch_down(serial, cause)
                yield env.timeout(max(SHORTEST, recovery))
        else:
            self._touch_down(serial, cause)
            yield env.timeout(max(SHORTEST, recovery))
        self.phase = "turning round"
        turnaround = self.platform.turnaround.draw(stream) if self.platform.turnaround else 0.0
        yield env.timeout(max(SHORTEST, turnaround))
        self.phase = "home"
        self.exercise.news.ring()

    def _touch_down(self, serial: str, cause: int | None) -> None:
        flown = self.now - self._airborne_since
        self.flown += flown
        self.motion.place(self.now, *self.home_position)
        self.phase = "recovering"
        self.exercise.log.write(LANDED, self.now, serial=serial, unit=self.name, at=self.position, cause=cause,
                                flown_s=flown, **self._deck())  # fmt: skip
