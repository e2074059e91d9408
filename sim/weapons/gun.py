"""A gun aboard: how its rounds fall, how fast it fires, what its magazine holds."""

from __future__ import annotations

from math import tan

from sim.scenario.sheets import Gun as Sheet
from sim.weapons.trajectory import Flight, danger_space, flight

ROUGH_FROM = 2  # WMO sea state up to which the ship's motion does not spread the shot


class Gun:
    """All mounts of one kind on one ship.

    rounds: left in the magazines. fired: so far. Never fires what it does not have.
    """

    def __init__(self, sheet: Sheet, mounts: int, magazine: int) -> None:
        self.sheet, self.mounts = sheet, mounts
        self.rounds = mounts * magazine
        self.fired = 0

    def fire(self, rounds: int) -> int:
        """Takes rounds from the magazines; gives how many were there to fire."""
        taken = min(rounds, self.rounds)
        self.rounds -= taken
        self.fired += taken
        return taken

    def reaches(self, distance: float) -> bool:
        """Whether a target at this distance, m, is within range."""
        return distance <= self.sheet.max_range.value

    def flight(self, distance: float) -> Flight:
        """Time of flight and angle of fall to a distance, m."""
        return flight(distance, self.sheet.muzzle_velocity.value, self.sheet.decay_length.value)

    def spread(self, distance: float, roughness: float) -> tuple[float, float]:
        """Standard deviations of the fall of shot across and along the line of fire, m.

        roughness: factor on both for the ship's motion, from `roughening`.
        """
        across = self.sheet.dispersion_deflection.value * distance
        along = self.sheet.dispersion_range.value * distance
        return across * roughness, along * roughness

    def depth_of(self, height: float, distance: float) -> float:
        """Water along the line of fire that a target of this height, m, covers: its danger space, m."""
        return danger_space(height, self.flight(distance).angle_of_fall)

    def slope(self, distance: float) -> float:
        """How steeply shells fall at a distance: height lost for a metre of range."""
        return tan(self.flight(distance).angle_of_fall)


def roughening(sea_state: int, per_state: float) -> float:
    """How much a seaway widens the spread: per_state for each sea state above 2."""
    return 1.0 + per_state * max(0, sea_state - ROUGH_FROM)
