"""Helicopters: aircraft that live in a ship's hangar and fly when her deck is steady enough."""

from __future__ import annotations

from sim.units.aircraft import Aircraft
from sim.units.ship import Ship


class Helicopter(Aircraft):
    """A helicopter, ashore or embarked. Its deck must be within its own limits as well."""

    def deck_limit(self) -> int | None:
        """Highest sea state its deck is worked in; None ashore."""
        if isinstance(self.home, Ship) and self.home.platform.deck is not None:
            return self.home.platform.deck.sea_state.whole
        return None
