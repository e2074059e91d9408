"""Vessels passing by: merchant ships and fishing boats that belong to nobody in the exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.geometry import Point
from sim.units._craft import Craft
from sim.voyages import Leg

if TYPE_CHECKING:
    from sim.scenario.sheets import Platform


class Vessel(Craft):
    """A ship passing by, leg after leg.

    trade: which of the scenario's kinds of traffic. heeds: keeps clear of warned areas and formations by herself.
    asked: called by a range guard and not yet on her new course. sighted: the record of her coming.
    sailing: the leg of her voyage she is on.
    """

    def __init__(self, exercise: Any, name: str, platform: Platform, force: str | None, at: Point) -> None:
        super().__init__(exercise, name, platform, force, at)
        self.trade = ""
        self.heeds = True
        self.asked = False
        self.sighted = -1
        self.sailing: Leg | None = None
