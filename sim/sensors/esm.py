"""ESM, electronic support measures: hears the radars of others, farther than they see, as long as these radiate.

A radar's signal reaches the listener on one way, its echo comes back on two: so the listener hears out to the horizon.
Source: Richards, Fundamentals of Radar Signal Processing, for one way against two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.scenario.declared import assumed
from sim.scenario.numbers import Chance, Length, Number, Time
from sim.sensors._sensor import Overlook, Shown
from sim.sensors.radar import Radar

if TYPE_CHECKING:
    from sim.scenario.sheets import Platform
    from sim.setting import Conditions


class Esm(Overlook):
    """A receiver for the radars of others."""

    class Parameters(Overlook.Parameters):
        """The antenna and the receiver. antenna: its height above the water; that of the platform when not said."""

        antenna: Length | None = None
        farthest: Length = assumed(
            "120 nmi (60 .. 250 nmi)", "Beyond that a radar is too faint; generic, of no named set."
        )
        look: Time = assumed("10 s (5 .. 30 s)", "To sweep all bands once.")
        chance: Chance = assumed(
            "60 % (30 .. 90 %)", "That a sweep finds a radar that points elsewhere most of the time."
        )

    is_general: ClassVar[bool] = False

    @staticmethod
    def horizon(above: float) -> float:
        """Distance to the radar horizon, m, from a height above the water, m."""
        return Radar.horizon(above)

    @property
    def stands(self) -> Number | None:
        """The height of its antenna."""
        found: Number | None = self.parameters.antenna
        return found

    @classmethod
    def showing(cls, platform: Platform) -> float | None:
        """As far as its top shows, if it has a radar to be heard."""
        return super().showing(platform) if getattr(platform.sensors, "radar", None) is not None else None

    def cap(self, conditions: Conditions) -> float:
        """What the receiver can hear, in any weather."""
        return float(self.parameters.farthest.value)

    def range_to(self, own: Shown, target: Shown, conditions: Conditions) -> float:
        """The horizon, for a target with a radar that radiates; nothing for any other."""
        return super().range_to(own, target, conditions) if target.radiates else 0.0
