"""Sonar: hears a submarine out to where the loss on the way has used up its figure of merit.

Loss is spherical spreading and absorption, TL = 20 log10(r / 1 m) + a r, and the range is the root of TL = FOM. Rough
seas take a few decibels for each sea state. In a vigil a look hears by the signal excess, FOM - TL, that is taken to vary
normally from look to look: half the looks at that range, fewer beyond, more within. A ship that runs fast deafens her own sonar; a
passive one hears a fast submarine farther. The figure of merit stands for source level, noise, directivity and threshold
together, of an active sonar both ways; reverberation and layers of the water are left out.
Source: Wagner, Mylander and Sanders, Naval Operations Analysis, 3rd edition.
"""

from __future__ import annotations

from functools import cache
from math import inf, log10
from typing import TYPE_CHECKING, ClassVar, Literal

from sim.detection import sonar_chance
from sim.quantities import KNOT
from sim.scenario.declared import assumed
from sim.scenario.numbers import Absorption, Chance, Level, Speed, Time
from sim.sensors._sensor import Sensor, Shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.scenario.sheets import Family
    from sim.setting import Conditions

MILLIMETRES = (
    3  # decimals of a range; logarithms differ in their last bit between systems, and ranges must not
)
SPREADS = 2.0  # standard deviations beyond which a look is not worth taking
FARTHEST = 1e7  # m; a quarter of the way round the earth, beyond any sonar


class Sonar(Sensor):
    """A hull or dipped sonar against a submarine."""

    class Parameters(Sensor.Parameters):
        """Figure of merit and the water. figure_of_merit: loss at which every other look finds. mode: active pings, passive listens."""

        figure_of_merit: Level
        absorption: Absorption = assumed(
            "0.8 dB/km (0.3 .. 1.5 dB/km)", "Sea water at the kilohertz of hull sonars."
        )
        per_sea_state: Level = assumed("2 dB (1 .. 4 dB)", "Noise and bubbles a sea state adds, as a loss.")
        look: Time = assumed("30 s (10 .. 60 s)", "From one ping to the next, or one stretch of listening.")
        chance: Chance = assumed("50 % (30 .. 70 %)", "By definition of the figure of merit, at its range.")
        mode: Literal["active", "passive"] = "active"
        spread: Level = assumed(
            "6 dB (3 .. 9 dB)", "Standard deviation of the signal excess from look to look."
        )
        quiet_to: Speed = assumed("14 kn (10 .. 18 kn)", "Own speed up to which her own noise does not tell.")
        own_noise: Level = assumed("2 dB (1 .. 4 dB)", "Lost for each knot above that.")
        loud_from: Speed = assumed(
            "6 kn (4 .. 8 kn)", "Speed of a submarine from which a passive sonar hears her farther."
        )
        louder: Level = assumed(
            "1.5 dB (0.5 .. 3 dB)", "Gained for each knot above that, by a passive sonar."
        )

    sees: ClassVar[tuple[Family, ...]] = ("submarine",)
    confirm = (2, 3)
    drops = 4

    @property
    def looking(self) -> float:
        """The range in a flat calm."""
        return self.cap_in(0)

    def cap(self, conditions: Conditions) -> float:
        """The range in the present sea."""
        return self.cap_in(conditions.sea_state)

    def range_to(self, own: Shown, target: Shown, conditions: Conditions) -> float:
        """To where a look hardly ever hears any more: two standard deviations beyond the figure of merit."""
        if target.platform.family not in self.sees:
            return 0.0
        merit = self._merit(own, target, conditions) + SPREADS * self.parameters.spread.value
        return range_of(merit, self.parameters.absorption.value)

    def chances(self, own: Shown, target: Shown, conditions: Conditions) -> Callable[[float], float]:
        """Of one look, by the signal excess at a distance."""
        merit = self._merit(own, target, conditions)
        absorption, spread = self.parameters.absorption.value, self.parameters.spread.value
        return lambda distance: sonar_chance(merit - loss(max(distance, 1.0), absorption), spread)

    def _merit(self, own: Shown, target: Shown, conditions: Conditions) -> float:
        """The figure of merit in this sea and at these speeds, dB."""
        parameters = self.parameters
        merit = parameters.figure_of_merit.value - conditions.sea_state * parameters.per_sea_state.value
        merit -= max(0.0, own.speed - parameters.quiet_to.value) / KNOT * parameters.own_noise.value
        if parameters.mode == "passive":
            merit += max(0.0, target.speed - parameters.loud_from.value) / KNOT * parameters.louder.value
        return float(merit)

    def cap_in(self, sea_state: int) -> float:
        """The range in a sea state, m."""
        parameters = self.parameters
        left = parameters.figure_of_merit.value - sea_state * parameters.per_sea_state.value
        return range_of(left, parameters.absorption.value)


def loss(distance: float, absorption: float) -> float:
    """Spherical spreading and absorption on one way, dB. distance: m, above 0. absorption: dB/m."""
    return 20.0 * log10(distance) + absorption * distance


@cache
def range_of(figure_of_merit: float, absorption: float) -> float:
    """Where the loss on the way equals a figure of merit, m, to the millimetre; 0 when it is used up within a metre.

    figure_of_merit: dB. absorption: dB/m.
    """
    if figure_of_merit <= 0.0:
        return 0.0
    near, far = 1.0, FARTHEST
    if loss(far, absorption) < figure_of_merit:
        return inf
    while far - near > 10.0 ** -(MILLIMETRES + 1):
        middle = (near + far) / 2.0
        near, far = (middle, far) if loss(middle, absorption) < figure_of_merit else (near, middle)
    return round((near + far) / 2.0, MILLIMETRES)
