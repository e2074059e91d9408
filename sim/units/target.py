"""Targets: a towed shield, a mark ashore, something in the air to shoot at; they belong to nobody."""

from __future__ import annotations

from sim.units._agent import Unit


class Target(Unit):
    """Something to be shot at. It goes where its tow or its flight takes it and scores nothing itself."""

    def fly(self, vx: float, vy: float) -> None:
        """Is flown past by the range, at any speed, m/s: its own affair, and no leg in the log."""
        self.motion.steer(self.now, vx, vy)
        if self.presence is not None:
            self.exercise.contacts.turn(self.presence)
        self.tell()
