"""Radar: sees what stands above its horizon, up to its instrumented range, once a turn of the antenna.

The horizon is that of an earth of four thirds its radius, smooth sea: d = sqrt(2 k R) (sqrt(h1) + sqrt(h2)). In a vigil a
paint finds by the law of a target that fades slowly (Swerling 1): the echo falls with the fourth power of the range and
rises with the target's cross-section, and low down it stands in the clutter of the sea, which grows with the sea state.
Sources: Federal Standard 1037C, radio horizon range (its rounded constant is not used); Mahafza, MATLAB Simulations for
Radar Systems Design; Richards, Fundamentals of Radar Signal Processing.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any, ClassVar

from sim.detection import echo, range_for, ratio, signal_for, swerling_1
from sim.scenario.declared import assumed
from sim.scenario.numbers import Chance, Length, Level, Number, Time
from sim.sensors._sensor import Overlook, Shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.scenario.sheets import Platform
    from sim.setting import Conditions

EARTH = 6.371e6  # m, mean radius
BENT = 4.0 / 3.0  # effective over true radius: the rays of a standard atmosphere bend after the earth
LOW = 50.0  # m; what shows lower than this is seen against the sea
LEAST = 0.01  # chance of a paint below which it is not worth a look


class Radar(Overlook):
    """A surface and air search radar."""

    class Parameters(Overlook.Parameters):
        """The antenna and the display. antenna: its height above the water; that of the platform when not said."""

        antenna: Length | None = None
        instrumented: Length = assumed("24 nmi (12 .. 48 nmi)", "The scale a watch at sea usually works on.")
        air: Length = assumed("100 nmi (60 .. 200 nmi)", "The scale of an air watch, for what flies.")
        reference: Length = assumed(
            "45 km (25 .. 70 km)",
            "Where a square metre in the air is seen by every other paint; generic, of no named set.",
        )
        false_alarm: Chance = assumed(
            "0.0001 % (0.00001 .. 0.001 %)", "Usual in textbooks: one in a million."
        )
        clutter: Level = assumed(
            "35 dB (25 .. 45 dB)", "What a smooth sea takes of the echo of a thing low on it."
        )
        clutter_per_sea_state: Level = assumed("3 dB (2 .. 5 dB)", "And each sea state besides.")
        look: Time = assumed("3 s (2 .. 6 s)", "One turn of a surface search antenna at 20 a minute.")
        chance: Chance = assumed("80 % (50 .. 95 %)", "Of a paint that the plot keeps, sea clutter included.")

    is_active: ClassVar[bool] = True
    confirm = (2, 3)

    def __init__(self, parameters: Any, platform: Platform) -> None:
        super().__init__(parameters, platform)
        false_alarm = parameters.false_alarm.value
        self._half = signal_for(0.5, false_alarm)  # of a square metre at the reference range
        self._faint = signal_for(LEAST, false_alarm)

    @staticmethod
    def horizon(above: float) -> float:
        """Distance to the radar horizon, m, from a height above the water, m."""
        return sqrt(2.0 * BENT * EARTH) * sqrt(above)

    @property
    def stands(self) -> Number | None:
        """The height of its antenna."""
        found: Number | None = self.parameters.antenna
        return found

    def cap(self, conditions: Conditions) -> float:
        """The instrumented range, in any weather."""
        return float(self.parameters.instrumented.value)

    def range_to(self, own: Shown, target: Shown, conditions: Conditions) -> float:
        """The horizon, the scale of the display, or where a paint hardly ever finds any more."""
        signal = self._signal(target, conditions)
        if target.height is None or target.platform.family not in self.sees or signal <= 0.0:
            return 0.0
        above = own.height if self.stands is None else self.stands.value
        flies = target.height > LOW and target.platform.family not in ("ship", "vessel")
        scale = self.parameters.air.value if flies else self.parameters.instrumented.value
        seen = range_for(signal, self.parameters.reference.value, self._faint)
        return min(self.horizon(above or 0.0) + self.horizon(target.height), scale, round(seen, 3))

    def chances(self, own: Shown, target: Shown, conditions: Conditions) -> Callable[[float], float]:
        """Of one paint, by the signal of the echo."""
        signal, at = self._signal(target, conditions), self.parameters.reference.value
        false_alarm = self.parameters.false_alarm.value
        return lambda distance: swerling_1(echo(signal, at, distance), false_alarm)

    def _signal(self, target: Shown, conditions: Conditions) -> float:
        """Of a target's echo at the reference range, as a ratio."""
        signal = self._half * target.platform.echo
        if target.height is not None and target.height < LOW:
            signal /= ratio(self._lost(conditions.sea_state))
        return signal

    def _lost(self, sea_state: int) -> float:
        """To the clutter of the sea, dB."""
        parameters = self.parameters
        return float(parameters.clutter.value + sea_state * parameters.clutter_per_sea_state.value)
