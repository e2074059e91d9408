"""Lookout: eyes and binoculars, to the visible horizon by day, and to the lights of ships by night, fog allowing.

The visible horizon is 1.17 nautical miles times the root of the height of eye in feet, refraction included.
Source: Bowditch, American Practical Navigator, geographic range.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from sim.quantities import NAUTICAL_MILE
from sim.scenario.declared import assumed
from sim.scenario.numbers import Angle, Chance, Length, Number, Share, Time
from sim.sensors._sensor import Overlook, Shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.setting import Conditions

FOOT = 0.3048  # m
SEA_HORIZON = 1.17 * NAUTICAL_MILE / sqrt(FOOT)  # m for the root of a metre
MANY = 1e3  # looks' worth; nearer than that nothing is missed
PLACES = 12  # decimals of a chance; powers differ in their last bit between systems, and records must not


class Lookout(Overlook):
    """The lookouts of a ship, or the crew of an aircraft."""

    class Parameters(Overlook.Parameters):
        """Height of eye, and how far a ship is made out. eye: above the water; the platform's height when not said."""

        eye: Length | None = None
        by_day: Length = assumed("10 nmi (6 .. 14 nmi)", "A hull is made out at about so much in clear air.")
        by_night: Length = assumed(
            "5 nmi (3 .. 8 nmi)",
            "Masthead lights carry 5 to 6 nmi, side lights 2 to 3, by the collision regulations.",
        )
        look: Time = assumed("2 min (1 .. 5 min)", "To sweep the horizon once with binoculars.")
        chance: Chance = assumed("70 % (40 .. 90 %)", "That a sweep notes a ship in sight.")
        made_out: Angle = assumed(
            "0.6 mrad (0.3 .. 1.2 mrad)",
            "A thing is made out with binoculars when it stands under so large an angle.",
        )
        unlit: Share = assumed(
            "20 % (5 .. 40 %)",
            "Of that range left by night for what shows no lights: targets, drills' marks.",
        )

    @staticmethod
    def horizon(above: float) -> float:
        """Distance to the visible horizon, m, from a height of eye, m."""
        return SEA_HORIZON * sqrt(above)

    @property
    def stands(self) -> Number | None:
        """The height of its eye."""
        found: Number | None = self.parameters.eye
        return found

    def range_to(self, own: Shown, target: Shown, conditions: Conditions) -> float:
        """As far as the horizon, the light and the air allow, and the target is large enough."""
        far, size = super().range_to(own, target, conditions), target.platform.size
        if not size:
            return far
        dark = not conditions.is_day and target.platform.family == "target"
        return float(
            min(far, size / self.parameters.made_out.value * (self.parameters.unlit.value if dark else 1.0))
        )

    def chances(self, own: Shown, target: Shown, conditions: Conditions) -> Callable[[float], float]:
        """Of one sweep: as declared at half the range, falling by the inverse cube law: 1 - (1 - p)^((R / 2r)^3)."""
        reach, miss = self.range_to(own, target, conditions), 1.0 - self.parameters.chance.value

        def chance(distance: float) -> float:
            times = (reach / (2.0 * distance)) ** 3 if distance > 0.0 else MANY
            return round(1.0 - float(miss ** min(times, MANY)), PLACES)

        return chance

    def cap(self, conditions: Conditions) -> float:
        """What the light allows, and the visibility."""
        light = self.parameters.by_day if conditions.is_day else self.parameters.by_night
        return float(min(light.value, conditions.visibility))
