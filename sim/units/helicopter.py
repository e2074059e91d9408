"""Helicopters: aircraft that live in a ship's hangar and fly when her deck is steady enough."""

from __future__ import annotations

from sim.units.aircraft import Aircraft
from sim.units.ship import Ship


class Helicopter(Aircraft):
    """A helicopter, ashore or embarked. Its deck must be within its own limits as well."""

    def limits_broken(self) -> list[str]:
        """Its own limits, and the sea its deck is worked in."""
        found = super().limits_broken()
        deck = self.home.platform.deck if isinstance(self.home, Ship) else None
        if deck is not None and self.exercise.weather.sea_state > deck.sea_state.value and "sea" not in found:
            found.append("sea")
        return found
