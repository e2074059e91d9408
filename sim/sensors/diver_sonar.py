"""Diver sonar: a small set hung over the side of a ship at anchor, that sees swimmers at a few hundred metres.

It is rigged only while she lies still. Inside its reach each look finds a diver by the same chance; rough water takes a share of the reach for each
sea state. Reach, chance and rate are assumptions, of no named set: nothing public gives them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.quantities import KNOT
from sim.scenario.declared import assumed
from sim.scenario.numbers import Chance, Length, Share, Time
from sim.sensors._sensor import Sensor, Shown

if TYPE_CHECKING:
    from sim.scenario.sheets import Platform
    from sim.setting import Conditions

STILL = KNOT  # m/s; a ship that makes more way than a ship at anchor swings has it on deck


class DiverSonar(Sensor):
    """A sonar against swimmers, over the side of a ship at anchor."""

    class Parameters(Sensor.Parameters):
        """Reach and looks."""

        reach: Length = assumed("400 m (200 .. 800 m)", "So far off a diver is made out in quiet water.")
        per_sea_state: Share = assumed("8 % (3 .. 15 %)", "Of its reach, lost with each sea state.")
        look: Time = assumed("2 s (1 .. 5 s)", "From one look all round to the next.")
        chance: Chance = assumed(
            "5 % (2 .. 20 %)", "Of a look; bubbles and fish hide a diver most of the time."
        )

    confirm = (2, 5)
    is_general: ClassVar[bool] = False

    @property
    def looking(self) -> float:
        """The reach in a flat calm."""
        return float(self.parameters.reach.value)

    @classmethod
    def showing(cls, platform: Platform) -> float | None:
        """Divers only."""
        return 0.0 if "diver" in platform.words else None

    def range_to(self, own: Shown, target: Shown, conditions: Conditions) -> float:
        """Its reach in this sea; nothing while the ship is under way."""
        if self.showing(target.platform) is None or own.speed > STILL:
            return 0.0
        left = 1.0 - conditions.sea_state * self.parameters.per_sea_state.value
        return max(0.0, self.looking * left)
