"""Radar: sees what stands above its horizon, up to its instrumented range, once a turn of the antenna.

The horizon is that of an earth of four thirds its radius, smooth sea: d = sqrt(2 k R) (sqrt(h1) + sqrt(h2)).
Source: Federal Standard 1037C, radio horizon range; its rounded constant is not used.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, ClassVar

from sim.scenario.declared import assumed
from sim.scenario.numbers import Chance, Length, Number, Time
from sim.sensors._sensor import Overlook

if TYPE_CHECKING:
    from sim.setting import Conditions

EARTH = 6.371e6  # m, mean radius
BENT = 4.0 / 3.0  # effective over true radius: the rays of a standard atmosphere bend after the earth


class Radar(Overlook):
    """A surface and low-air search radar."""

    class Parameters(Overlook.Parameters):
        """The antenna and the display."""

        antenna: Length | None = None
        instrumented: Length = assumed("24 nmi (12 .. 48 nmi)", "The scale a watch at sea usually works on.")
        look: Time = assumed("3 s (2 .. 6 s)", "One turn of a surface search antenna at 20 a minute.")
        chance: Chance = assumed("80 % (50 .. 95 %)", "Of a paint that the plot keeps, sea clutter included.")

    is_active: ClassVar[bool] = True

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
