"""Direct fire at a small target: bursts with a common error of aim, and rounds spread about it.

Errors and spread are angles, so misses grow with the range; a round hits when it falls on the presented area, a rectangle as
high and as wide as the target shows, or its disc. Hits of a burst are binomial. Rounds take their time of flight to where the target
will be if it does not alter; when it does, they miss by as much as it has gone elsewhere.
Source: Driels, Weaponeering (2004); Washburn, Notes on Firing Theory (NPS, 2002).
"""

from __future__ import annotations

from math import cos, hypot, pi, sin
from typing import TYPE_CHECKING

from sim.geometry import course_of
from sim.log import kind
from sim.quantities import NAUTICAL_MILE
from sim.setting import SHORTEST
from sim.stations import Station, uncrossed
from sim.variates import binomial, normal
from sim.weapons.dispersion import chance_in_disc_offset, chance_in_rectangle
from sim.weapons.gun import Gun, roughening

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.drills._drill import Process
    from sim.geometry import Point
    from sim.scenario.sheets import Platform
    from sim.serial import LiveSerial
    from sim.units._agent import Unit
    from sim.units.ship import Ship

SHOTS = kind("shots", "A burst of direct fire at a target in sight; the range is that at the trigger.", gun="text", rounds="count",
             hits="count", range_m="number", flight_s="number")  # fmt: skip

APART = NAUTICAL_MILE / 4  # m from one ship in a column to the next
LAYING = 3  # times the flight to where the target will be is worked out; each shrinks what is left by target over shell speed


def column(ships: Sequence[Ship], target: Unit, bears: float, distance: float) -> list[Station]:
    """A place on a target for each ship, to fire at it one after another, none in another's line of fire: as far off, m, and in column.

    No two cross each other's way there. bears: where the middle of the column bears from the target, rad.
    """
    apart, middle = APART / distance, (len(ships) - 1) / 2.0
    places = [Station.on(bears + (place - middle) * apart, distance) for place in range(len(ships))]
    x, y = target.position
    chosen = uncrossed([ship.position for ship in ships], [(x + place.x, y + place.y) for place in places])
    return [places[each] for each in chosen]


def fire_at(serial: LiveSerial, ship: Ship, gun: Gun, target: Unit, rounds: int, aim_error: float, roughness: float,
            cause: int | None = None) -> Process:  # fmt: skip
    """Fires a burst, waits for its fall and gives its hits.

    aim_error: rad, standard deviation on each axis. roughness: for each sea state above 2.
    """
    draws, distance, hits = (
        serial.draws("fire", ship.name, gun.sheet.gun),
        serial.exercise.referee.distance(ship, target),
        0,
    )
    rough = roughening(serial.exercise.weather.sea_state, roughness)
    (x, y), seconds, aimed = ship.position, 0.0, target.position
    for _ in range(LAYING):
        seconds = gun.flight(hypot(aimed[0] - x, aimed[1] - y)).time
        aimed = target.motion.at(serial.now + seconds)
    fired, reach = gun.fire(rounds), hypot(aimed[0] - x, aimed[1] - y)
    across, above = (normal(draws, 0.0, aim_error * reach * rough) for _ in range(2))
    try:
        yield serial.exercise.env.timeout(max(SHORTEST, seconds))
        if not target.is_gone:
            aside, beyond = _elsewhere((x, y), aimed, target.position)
            aspect = target.heading - course_of(aimed[0] - x, aimed[1] - y)
            single = chance_of_hit(target.platform, gun.sheet.dispersion_deflection.value * reach * rough, across + aside,
                                   above + beyond * gun.slope(reach), aspect)  # fmt: skip
            hits = binomial(draws, fired, single)
    finally:
        serial.write(SHOTS, ship, target, cause=cause, gun=gun.sheet.gun, rounds=fired, hits=hits, range_m=distance,
                     flight_s=seconds)  # fmt: skip
    return hits


def _elsewhere(gun: Point, aimed: Point, target: Point) -> tuple[float, float]:
    """How far where rounds fall is from the target, m: across the line of fire, and beyond."""
    ex, ey = aimed[0] - gun[0], aimed[1] - gun[1]
    reach, dx, dy = hypot(ex, ey), aimed[0] - target[0], aimed[1] - target[1]
    if reach == 0.0:
        return 0.0, 0.0
    return (dx * ey - dy * ex) / reach, (dx * ex + dy * ey) / reach


def chance_of_hit(
    platform: Platform, spread: float, across: float, above: float, aspect: float = pi / 2
) -> float:
    """Of one round. spread: m, at the target, on each axis. across, above: m, from its middle to the mean point of impact.

    aspect: rad between its heading and the line of fire; end on it shows its width, else of its length what is seen from there.
    """
    if spread <= 0.0:
        return 1.0
    if platform.radius is not None:
        return chance_in_disc_offset(platform.radius.value, spread, hypot(across, above))
    length = platform.length.value if platform.length is not None else 0.0
    beam = next((each.value for each in (platform.width, platform.beam) if each is not None), length)
    wide = abs(sin(aspect)) * (length or beam) + abs(cos(aspect)) * beam
    high = platform.height.value if platform.height is not None else beam
    return chance_in_rectangle(wide, high, spread, spread, bias_across=across, bias_along=above)


def works(ship: Ship, gun: Gun) -> bool:
    """Whether a gun of a ship has rounds and nothing has failed."""
    return gun.rounds > 0 and {"main": "main-gun"}.get(gun.sheet.kind, gun.sheet.kind) not in ship.down


def best_gun(ship: Ship, distance: float, kinds: tuple[str, ...]) -> Gun | None:
    """The first gun of some kinds, in that order, that reaches so far, m, works and has rounds."""
    guns = (gun for kind_of in kinds for gun in ship.guns_of(kind_of))
    return next((gun for gun in guns if gun.reaches(distance) and works(ship, gun)), None)
