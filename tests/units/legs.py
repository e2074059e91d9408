"""What tests of motion read from the legs in a log: tracks, courses, ways and arrivals of one unit."""

from functools import cache
from itertools import pairwise
from math import degrees, hypot, radians

from small_exercise import PLATFORMS, scenario

from sim.exercise import Exercise
from sim.geometry import course_of, velocity

NMI = 1852.0
KNOT = NMI / 3600.0


@cache
def fortnight():
    """The small scenario over a fortnight with frigates of 30 kn, as the textbook cases want; read once."""
    fast = PLATFORMS.replace("{like: type-054a,", "{like: type-054a, max_speed: 30 kn,")
    return scenario(ends="2023-08-03 18:00 +08:00", platforms="\n" + fast)


def at_sea():
    """An exercise of a fortnight without serials that has not begun."""
    return Exercise(fortnight())


def legs(exercise, name):
    """The leg records of a unit."""
    return [record for record in exercise.log.of("leg") if record.unit == name]


def of_leg(record):
    """(vx, vy) of a leg, m/s."""
    return record.details["vx_m_per_s"], record.details["vy_m_per_s"]


def course(record):
    """Of a leg, deg on the plane."""
    return degrees(course_of(*of_leg(record)))


def run(exercise, name, until):
    """Length of the track a unit leaves in its legs up to a time, m."""
    found = legs(exercise, name)
    ends = [record.time for record in found[1:]] + [until]
    return sum(
        hypot(*of_leg(record)) * max(0.0, min(end, until) - record.time)
        for record, end in zip(found, ends, strict=True)
    )


def at(exercise, name, time):
    """Where a unit is by its legs, m."""
    last = [record for record in legs(exercise, name) if record.time <= time][-1]
    return tuple(
        place + speed * (time - last.time) for place, speed in zip(last.at, of_leg(last), strict=True)
    )


def jumps(exercise, name):
    """How far each leg begins from where the one before ends, m."""
    return [
        hypot(*(there - here - speed * (after.time - before.time)
                for there, here, speed in zip(after.at, before.at, of_leg(before), strict=True)))
        for before, after in pairwise(legs(exercise, name))
    ]  # fmt: skip


def put(unit, x, y, towards=0.0, speed=0.0):
    """Puts a unit somewhere at the start of a test and sets it off. towards: deg. speed: kn."""
    unit.motion.place(unit.now, x, y)
    if speed:
        unit.steer(*velocity(radians(towards), speed * KNOT))
