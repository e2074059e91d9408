"""Targets: a towed shield, a mark ashore, a raider, a mine: what a drill puts out; they belong to nobody.

Who sees a target is for the drill's own vigil to say, so it takes no part in the general picture of contacts.
"""

from __future__ import annotations

from sim.units._craft import Craft


class Target(Craft):
    """Something to be shot at or searched for. It goes where its tow, its flight or its drill takes it and scores nothing itself."""

    def appear(self) -> None:
        """It is out from now on, for those who look for it in its serial."""

    def fly(self, vx: float, vy: float) -> None:
        """Is flown past by the range, at any speed, m/s: its own affair, and no leg in the log."""
        self.motion.steer(self.now, vx, vy)
        self.tell()
