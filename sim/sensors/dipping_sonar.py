"""Dipping sonar: lowered by a helicopter in the hover; a sonar that looks only while it is in the water.

A drill enlists it for each dip. No ship's noise is about it, and it hears all round at once.
Source: Wagner, Mylander and Sanders, Naval Operations Analysis, 3rd edition; Ben Yoash, Atkinson and Kress, Where to Dip? (NPS, 2018).
"""

from __future__ import annotations

from typing import ClassVar

from sim.scenario.declared import assumed
from sim.scenario.numbers import Level, Time
from sim.sensors.sonar import Sonar


class DippingSonar(Sonar):
    """A sonar on a cable."""

    class Parameters(Sonar.Parameters):
        """Figure of merit and the water."""

        figure_of_merit: Level = assumed(
            "82 dB (74 .. 90 dB)", "Like a hull sonar of a small ship; generic, of no named set."
        )
        look: Time = assumed("20 s (10 .. 40 s)", "From one ping to the next.")

    is_general: ClassVar[bool] = False
