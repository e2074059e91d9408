"""Sonar: hears a submarine out to where the loss on the way has used up its figure of merit.

Loss is spherical spreading and absorption, TL = 20 log10(r / 1 m) + a r, and the range is the root of TL = FOM. Rough
seas take a few decibels for each sea state.
Source: Wagner, Mylander and Sanders, Naval Operations Analysis, 3rd edition.
"""

from __future__ import annotations

from functools import cache
from math import inf, log10
from typing import TYPE_CHECKING, ClassVar

from sim.scenario.declared import assumed
from sim.scenario.numbers import Absorption, Chance, Level, Time
from sim.sensors._sensor import Sensor

if TYPE_CHECKING:
    from sim.scenario.sheets import Family
    from sim.setting import Conditions

MILLIMETRES = (
    3  # decimals of a range; logarithms differ in their last bit between systems, and ranges must not
)
FARTHEST = 1e7  # m; a quarter of the way round the earth, beyond any sonar


class Sonar(Sensor):
    """A hull or dipped sonar against a submarine."""

    class Parameters(Sensor.Parameters):
        """Figure of merit and the water."""

        figure_of_merit: Level
        absorption: Absorption = assumed(
            "0.8 dB/km (0.3 .. 1.5 dB/km)", "Sea water at the kilohertz of hull sonars."
        )
        per_sea_state: Level = assumed("2 dB (1 .. 4 dB)", "Noise and bubbles a sea state adds, as a loss.")
        look: Time = assumed("30 s (10 .. 60 s)", "From one ping to the next, or one stretch of listening.")
        chance: Chance = assumed("50 % (30 .. 70 %)", "By definition of the figure of merit, at its range.")

    sees: ClassVar[tuple[Family, ...]] = ("submarine",)

    @property
    def looking(self) -> float:
        """The range in a flat calm."""
        return self.cap_in(0)

    def cap(self, conditions: Conditions) -> float:
        """The range in the present sea."""
        return self.cap_in(conditions.sea_state)

    def cap_in(self, sea_state: int) -> float:
        """The range in a sea state, m."""
        parameters = self.parameters
        left = parameters.figure_of_merit.value - sea_state * parameters.per_sea_state.value
        return range_of(left, parameters.absorption.value)


@cache
def range_of(figure_of_merit: float, absorption: float) -> float:
    """Where the loss on the way equals a figure of merit, m, to the millimetre; 0 when it is used up within a metre.

    figure_of_merit: dB. absorption: dB/m.
    """
    if figure_of_merit <= 0.0:
        return 0.0
    near, far = 1.0, FARTHEST
    if 20.0 * log10(far) + absorption * far < figure_of_merit:
        return inf
    while far - near > 10.0 ** -(MILLIMETRES + 1):
        middle = (near + far) / 2.0
        near, far = (
            (middle, far) if 20.0 * log10(middle) + absorption * middle < figure_of_merit else (near, middle)
        )
    return round((near + far) / 2.0, MILLIMETRES)
