"""Direct fire at a small target: bursts with a common error of aim, and rounds spread about it.

Errors and spread are angles, so misses grow with the range; a round hits when it falls on the presented area, a rectangle as
high and as wide as the target shows, or its disc. Hits of a burst are binomial.
Source: Driels, Weaponeering (2004); Washburn, Notes on Firing Theory (NPS, 2002).
"""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

from sim.log import kind
from sim.variates import binomial, normal
from sim.weapons.dispersion import chance_in_disc_offset, chance_in_rectangle
from sim.weapons.gun import Gun, roughening

if TYPE_CHECKING:
    from sim.scenario.sheets import Platform
    from sim.serial import LiveSerial
    from sim.units._agent import Unit
    from sim.units.ship import Ship

SHOTS = kind("shots", "A burst of direct fire at a target in sight.", gun="text", rounds="count", hits="count",
             range_m="number")  # fmt: skip


def fire_at(serial: LiveSerial, ship: Ship, gun: Gun, target: Unit, rounds: int, aim_error: float, roughness: float,
            cause: int | None = None) -> int:  # fmt: skip
    """Fires a burst and gives its hits. aim_error: rad, standard deviation on each axis. roughness: for each sea state above 2."""
    draws = serial.draws("fire", ship.name)
    distance = serial.exercise.referee.distance(ship, target)
    rough = roughening(serial.exercise.weather.sea_state, roughness)
    across, above = (normal(draws, 0.0, aim_error * distance * rough) for _ in range(2))
    fired = gun.fire(rounds)
    single = chance_of_hit(
        target.platform, gun.sheet.dispersion_deflection.value * distance * rough, across, above
    )
    hits = binomial(draws, fired, single)
    serial.write(
        SHOTS, ship, target, cause=cause, gun=gun.sheet.gun, rounds=fired, hits=hits, range_m=distance
    )
    return hits


def chance_of_hit(platform: Platform, spread: float, across: float, above: float) -> float:
    """Of one round. spread: m, at the target, on each axis. across, above: m, from its middle to the mean point of impact."""
    if spread <= 0.0:
        return 1.0
    if platform.radius is not None:
        return chance_in_disc_offset(platform.radius.value, spread, hypot(across, above))
    wide = max(each.value for each in (platform.width, platform.length) if each is not None)
    high = platform.height.value if platform.height is not None else wide
    return chance_in_rectangle(wide, high, spread, spread, bias_across=across, bias_along=above)


def best_gun(ship: Ship, distance: float, kinds: tuple[str, ...]) -> Gun | None:
    """The first gun of some kinds, in that order, that reaches so far, m, works and has rounds."""
    for kind_of in kinds:
        equipment = {"main": "main-gun"}.get(kind_of, kind_of)
        for gun in ship.guns_of(kind_of):
            if gun.rounds and gun.reaches(distance) and equipment not in ship.down:
                return gun
    return None
