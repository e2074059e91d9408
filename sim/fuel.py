"""Fuel burnt under way, by the cube of speed.

Source: cube law for ship power, F = F0 + k V^3
"""

import math
from dataclasses import dataclass
from functools import cached_property

from sim.quantities import HOUR, KNOT

FULL = 0.9  # share of the bunkers full at the start when a scenario does not say; ships sail topped up
TONNE_AN_HOUR = 1e3 / HOUR  # kg/s
PINNED_AT = (
    20.0  # kn; the speed of the known burn that from_coefficients writes down, of no effect on the curve
)


@dataclass(frozen=True)
class CubicBurn:
    """A ship's burn: what she takes lying still, and one known burn at one known speed.

    idle: kg/s, hotel load and idling engines. burn: kg/s in all at burn_at, above idle. burn_at: m/s.
    Knows nothing of sea, hull fouling or how many engines are on line.
    """

    idle: float
    burn: float
    burn_at: float

    def __post_init__(self) -> None:
        if not (0 <= self.idle < self.burn < math.inf and 0 < self.burn_at < math.inf):
            raise ValueError(
                f"CubicBurn: idle is {self.idle}, burn is {self.burn}, burn_at is {self.burn_at}, "
                "want 0 <= idle < burn and burn_at above 0"
            )

    @classmethod
    def from_coefficients(cls, idle: float, cubic: float) -> "CubicBurn":
        """From F = idle + cubic V^3 in tonnes an hour and knots.

        idle: t/h. cubic: t/h per kn^3, above 0.
        """
        burn = idle + cubic * PINNED_AT**3
        return cls(idle * TONNE_AN_HOUR, burn * TONNE_AN_HOUR, PINNED_AT * KNOT)

    @cached_property
    def cubic(self) -> float:
        """Coefficient of the cube of speed, kg/s per (m/s)^3."""
        return (self.burn - self.idle) / (self.burn_at * self.burn_at * self.burn_at)

    @property
    def economic_speed(self) -> float:
        """Speed that goes furthest on a tonne, m/s; 0 without idle burn."""
        return math.cbrt(self.idle / (2 * self.cubic))

    def rate(self, speed: float) -> float:
        """Burn at a speed, kg/s. speed: m/s, 0 or more."""
        if not 0 <= speed < math.inf:
            raise ValueError(f"CubicBurn.rate: speed is {speed}, want a finite number, 0 or more")
        return self.idle + self.cubic * (speed * speed * speed)

    def endurance(self, fuel: float, speed: float) -> float:
        """How long some fuel lasts at a speed, s. fuel: kg. speed: m/s. inf when nothing is burnt."""
        if not 0 <= fuel < math.inf:
            raise ValueError(f"CubicBurn.endurance: fuel is {fuel}, want a finite number, 0 or more")
        rate = self.rate(speed)
        return fuel / rate if rate > 0 else math.inf

    def range(self, fuel: float, speed: float) -> float:
        """How far some fuel goes at a speed, m; 0 at rest. fuel: kg. speed: m/s."""
        return self.endurance(fuel, speed) * speed if speed > 0 else 0.0
