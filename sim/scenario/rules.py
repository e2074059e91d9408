"""Rules of safety: what stops a serial."""

from __future__ import annotations

from sim.scenario.declared import Declared, assumed
from sim.scenario.numbers import Bearing, Depth, Time


class Safety(Declared):
    """What stops a serial (check fire). 0 watches nothing.

    least_cpa: how near a ship with no part in a serial may pass one of its ships. company_cpa: how near two ships of it may pass each other, where
    their drill does not have them close by design; who keep together do not pass. danger_area: while live ammunition is fired, round
    a firing ship, for ships with no part in it. danger_arc: to either side of a line of fire as far as the gun reaches, for all ships.
    aircraft_clear: of firing ships and lines of fire, for aircraft. ahead: so long before a rule would be broken the serial stops.
    """

    least_cpa: Depth = assumed(
        "300 yd (100 .. 500 yd)", "Nearer than that ships of one exercise do not pass each other."
    )
    company_cpa: Depth = assumed(
        "0 yd (0 .. 200 yd)",
        "Ships that hunt or search together steer clear by eye, which is not played; drills in formation have more.",
    )
    danger_area: Depth = assumed(
        "1.5 nmi (1 .. 3 nmi)",
        "Kept clear round firing ships, on top of the range; ricochets fly farther, but not often.",
    )
    danger_arc: Bearing = assumed(
        "5 deg (3 .. 10 deg)",
        "Ranges of navies have such arcs; rounds scatter by a few milliradians, guns are mislaid by more.",
    )
    aircraft_clear: Depth = assumed(
        "1 nmi (0.5 .. 2 nmi)",
        "Aircraft keep so far off firing ships they have no part with, and off lines of fire.",
    )
    ahead: Time = assumed(
        "30 s (0 .. 120 s)", "A safety officer stops the fire before somebody is in the way, not after."
    )
