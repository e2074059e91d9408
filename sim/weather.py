"""Weather and daylight: persistent sea state and visibility drawn for each replication, and the sun."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Generator, Sequence
from datetime import timedelta
from math import fsum
from typing import TYPE_CHECKING, Any

import simpy

from sim.chain import Chain, birth_death
from sim.daylight import sun
from sim.log import kind
from sim.quantities import HOUR
from sim.scenario.schema import Scenario
from sim.setting import SHORTEST, Setting, when

if TYPE_CHECKING:
    from sim.scenario.sheets import Limits

WEATHER = kind("weather", "Sea state, visibility or wind change.", sea_state="count", visibility_m="number",
               wind_m_per_s="number")  # fmt: skip
SUN = kind("sun", "The sun rises or sets.", event="text")

STEP = HOUR  # the season's chains move once an hour, as weather is reported


class Weather:
    """The weather over the whole exercise area, one state at a time.

    sea_state: WMO code. visibility: m. wind: m/s. Drawn beforehand from the season, told as it comes.
    record: the number of the present weather's record, cause of what it stops.
    """

    def __init__(self, plan: Scenario, setting: Setting) -> None:
        self._setting = setting
        environment, season = plan.environment, plan.season
        hours = int(plan.length / STEP) + 2
        self._sea = [(3, 0.0)] * hours
        self._sight = [0.0] * hours
        if season is not None:
            sea, sight = season.sea_state, season.visibility
            path = birth_death([each.share.value for each in sea.states], sea.persistence.value, STEP).path(
                setting.streams("weather", "sea state"), hours
            )
            self._sea = [(sea.states[state].code.whole, sea.states[state].wind.value) for state in path]
            path = spells([each.share.value for each in sight.states], sight.persistence.value).path(
                setting.streams("weather", "visibility"), hours
            )
            self._sight = [sight.states[state].range.value for state in path]
        if environment.sea_state is not None:
            self._sea = [(environment.sea_state.whole, wind) for _, wind in self._sea]
        if environment.wind is not None:
            self._sea = [(code, environment.wind.value) for code, _ in self._sea]
        if environment.visibility is not None:
            self._sight = [environment.visibility.value] * hours
        self.sea_state, self.wind = self._sea[0]
        self.visibility = self._sight[0]
        self.record = -1

    def at(self, time: float) -> tuple[int, float]:
        """Sea state and visibility, m, at a time of the exercise."""
        hour = min(int(time / STEP), len(self._sight) - 1)
        return self._sea[hour][0], self._sight[hour]

    def changes(self, start: float, end: float) -> list[float]:
        """When sea state, visibility or wind change between two times, s."""
        hours = range(int(start / STEP) + 1, min(int(end / STEP) + 1, len(self._sight)))
        states = [(*sea, sight) for sea, sight in zip(self._sea, self._sight, strict=True)]
        return [
            hour * STEP for hour in hours if states[hour] != states[hour - 1] and start < hour * STEP < end
        ]

    def beyond(self, limits: Limits | None) -> list[str]:
        """Which of some limits the present weather is beyond, as reasons: sea, fog, wind."""
        if limits is None:
            return []
        found = []
        if limits.sea_state is not None and self.sea_state > limits.sea_state.value:
            found.append("sea")
        if limits.visibility is not None and self.visibility < limits.visibility.value:
            found.append("fog")
        if limits.wind is not None and self.wind > limits.wind.value:
            found.append("wind")
        return found

    def blow(self) -> Generator[simpy.Event, Any, None]:
        """The process that tells each change at its hour."""
        told: tuple[Any, ...] = ()
        for hour, (sea, sight) in enumerate(zip(self._sea, self._sight, strict=True)):
            if (*sea, sight) != told:
                if hour:
                    yield when(self._setting.env, hour * STEP)
                rose, told = told[:1] != sea[:1], (*sea, sight)
                (self.sea_state, self.wind), self.visibility = sea, sight
                self.record = self._setting.log.write(
                    WEATHER, self._setting.env.now, sea_state=self.sea_state,
                    visibility_m=self.visibility, wind_m_per_s=self.wind,
                )  # fmt: skip
                if rose:
                    self._setting.meet_sea(self.record)
                self._setting.news.ring()


class Daylight:
    """Sunrise to sunset at the datum on every day of the exercise."""

    def __init__(self, plan: Scenario, setting: Setting) -> None:
        self._setting = setting
        self.record = -1
        self._turns: list[tuple[float, str]] = []
        datum, zone = plan.datum, plan.begins.tzinfo
        assert zone is not None  # the reader refuses times without a zone
        day = plan.begins.date()
        while day <= plan.ends.date():
            found = sun(datum.latitude, datum.longitude, day, zone)
            for moment, word in ((found.rise, "sunrise"), (found.set, "sunset")):
                if moment is not None:
                    self._turns.append(((moment - plan.begins).total_seconds(), word))
            day += timedelta(days=1)
        self._turns.sort()
        self._times = [time for time, _ in self._turns]

    def is_day(self, now: float) -> bool:
        """Whether the sun is up."""
        turn = bisect_right(self._times, now)
        if turn < len(self._turns):
            return self._turns[turn][1] == "sunset"
        return bool(self._turns) and self._turns[-1][1] == "sunrise"

    def changes(self, start: float, end: float) -> list[float]:
        """Sunrises and sunsets between two times, s."""
        return [time for time in self._times if start < time < end]

    def left(self, now: float) -> float:
        """Daylight left, s; none in the dark, without end where the sun does not set."""
        return self.dusk(now) - now

    def dusk(self, now: float) -> float:
        """When the present day ends, s: now in the dark, never where the sun does not set."""
        if not self.is_day(now):
            return now
        turn = bisect_right(self._times, now)
        return self._times[turn] if turn < len(self._times) else float("inf")

    def next_day(self, now: float) -> float | None:
        """When the sun rises next, s; None when it does not within the exercise."""
        return next((time for time, word in self._turns if time > now and word == "sunrise"), None)

    def turn(self) -> Generator[simpy.Event, Any, None]:
        """The process that tells sunrise and sunset."""
        for time, word in self._turns:
            if time - self._setting.env.now > SHORTEST:
                yield when(self._setting.env, time)
                self.record = self._setting.log.write(SUN, self._setting.env.now, event=word)
                self._setting.news.ring()


def spells(shares: Sequence[float], persistence: float) -> Chain:
    """The usual state interrupted by spells of the others, as fog is.

    shares: long-run shares, the usual state first. persistence: mean length of any other state's spell, s.
    """
    end = min(1.0, STEP / persistence)
    usual = shares[0]
    begin = [end * share / usual for share in shares[1:]]
    rows = [(1.0 - fsum(begin), *begin)]
    for state in range(1, len(shares)):
        rows.append(
            tuple(end if other == 0 else 1.0 - end if other == state else 0.0 for other in range(len(shares)))
        )
    return Chain(tuple(rows), STEP)
