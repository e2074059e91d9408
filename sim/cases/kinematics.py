"""Relative motion: closest approach, intercept, pursuit, stations, the guard of an anchorage, lines of approach."""

from __future__ import annotations

from math import degrees, hypot, pi, radians, tau

from sim.cases._case import MINUTE, Answer, Gap, Trial, case, relative, share, within
from sim.cases._played import at, exercise, go, legs, polar, put, times
from sim.geometry import change_of_station, closest_approach, course_of, crossing_times, intercept, velocity
from sim.pursuit import pure_pursuit
from sim.quantities import HOUR, KNOT
from sim.quantities import NAUTICAL_MILE as NMI
from sim.reach import guard_chance, guard_meets, limiting_lines
from sim.stations import Station
from sim.variates import uniform

CPA = "own ship 000/15 kn; contact on 045 at 10 nmi, 270/20 kn"
CPA_WANTED = {
    "tcpa_min": relative(23.7587878479),
    "dcpa_nm": relative(1.41421356237),
    "bearing_at_cpa_deg": relative(323.130102354),
}


@case(
    "KIN-01", "paper", "Closest point of approach", "sim.geometry.closest_approach", CPA, "BOW", **CPA_WANTED
)
def closest_point(trial: Trial) -> Answer:
    """Target minus own on the plane, compass courses; the bearing from where the two are then."""
    x, y = polar(45.0, 10 * NMI)
    (vx, vy), (u, v) = polar(270.0, 20 * KNOT), polar(0.0, 15 * KNOT)
    time, miss = closest_approach(x, y, vx - u, vy - v)
    return {
        "tcpa_min": time / MINUTE,
        "dcpa_nm": miss / NMI,
        "bearing_at_cpa_deg": degrees(course_of(x + (vx - u) * time, y + (vy - v) * time)),
    }


@case("KIN-01", "engine", "Closest point of approach", "sim.contacts.Contacts", CPA, "BOW", **CPA_WANTED)
def closest_point_at_sea(trial: Trial) -> Answer:
    """An hour earlier, out of range: closest in the middle between contact and loss, and there by the legs in the log."""
    played = exercise("meeting")
    x, y = polar(45.0, 10 * NMI)
    put(played.units["Watcher"], 0.0, -15 * NMI, 0.0, 15.0)
    put(played.units["Mark"], x + 20 * NMI, y, 270.0, 20.0)
    log = played.run()
    closest = (times(log, "contact", "Watcher")[0] + times(log, "lost", "Watcher")[0]) / 2.0
    (ox, oy), (cx, cy) = at(log, "Watcher", closest), at(log, "Mark", closest)
    return {
        "tcpa_min": (closest - HOUR) / MINUTE,
        "dcpa_nm": hypot(cx - ox, cy - oy) / NMI,
        "bearing_at_cpa_deg": degrees(course_of(cx - ox, cy - oy)),
    }


MEET = "target on 060 at 30 nmi, 340/18 kn; interceptor makes 28 kn"
MEET_WANTED = {
    "t_h": relative(1.61738091287),
    "course_deg": relative(20.7214814508),
    "distance_nm": relative(45.2866655603),
}


@case("KIN-03", "paper", "Intercept by a faster unit", "sim.geometry.intercept", MEET, "BOW", **MEET_WANTED)
def interception(trial: Trial) -> Answer:
    """The smallest time, the course to steer, the way run."""
    found = intercept(*polar(60.0, 30 * NMI), *polar(340.0, 18 * KNOT), 28 * KNOT)
    assert found is not None
    return {
        "t_h": found.time / HOUR,
        "course_deg": degrees(found.course),
        "distance_nm": hypot(found.x, found.y) / NMI,
    }


@case(
    "KIN-03",
    "engine",
    "Intercept by a faster unit",
    "sim.units.ship.Ship.intercept",
    MEET,
    "BOW",
    **MEET_WANTED,
)
def interception_at_sea(trial: Trial) -> Answer:
    """Watcher is ordered to meet Mark: her first leg, and when and where she reports that she has."""
    played = exercise("meeting")
    own, target = played.units["Watcher"], played.units["Mark"]
    put(own, 0.0, 0.0)
    put(target, *polar(60.0, 30 * NMI), 340.0, 18.0)
    go(played, played.env.process(own.intercept(target, 28 * KNOT)))
    met = next(iter(played.log.of("met")))
    assert met.at is not None
    steered = next(leg for leg in legs(played.log, "Watcher") if hypot(*leg[3:]) > 0.0)
    return {
        "t_h": met.time / HOUR,
        "course_deg": degrees(course_of(*steered[3:])),
        "distance_nm": hypot(*met.at) / NMI,
    }


CHASE = "6 nmi apart, target on the beam; pursuer 30 kn, target 18 kn"


@case(
    "KIN-05", "paper", "Pure pursuit from the beam", "sim.pursuit.pure_pursuit", CHASE, "NAH",
    t_capture_h=relative(0.3125), pursuer_path_nm=relative(9.375), target_path_nm=relative(5.625),
)  # fmt: skip
def pursuit(trial: Trial) -> Answer:
    """In closed form, so far nearer than the 0.2 % that a stepped pursuit may be off."""
    found = pure_pursuit(0.0, 6 * NMI, *polar(90.0, 18 * KNOT), 30 * KNOT)
    assert found is not None
    return {
        "t_capture_h": found.time / HOUR,
        "pursuer_path_nm": found.pursuer_way / NMI,
        "target_path_nm": found.target_way / NMI,
    }


@case(
    "KIN-05", "engine", "Pure pursuit from the beam", "sim.units.ship.Ship.pursue", CHASE, "NAH",
    t_capture_h=relative(0.3125, 2e-3), pursuer_path_nm=relative(9.375, 2e-3), target_path_nm=relative(5.625, 2e-3),
)  # fmt: skip
def pursuit_at_sea(trial: Trial) -> Answer:
    """Watcher runs Mark down: the length of the legs of both up to the meeting."""
    played = exercise("meeting")
    own, target = played.units["Watcher"], played.units["Mark"]
    put(own, 0.0, 0.0)
    put(target, 0.0, 6 * NMI, 90.0, 18.0)
    go(played, played.env.process(own.pursue(target)))
    met = times(played.log, "met")[0]
    ways = {}
    for name in ("Watcher", "Mark"):
        run = legs(played.log, name)
        ends = [*(leg[0] for leg in run[1:]), met]
        ways[name] = sum(
            hypot(*leg[3:]) * max(0.0, min(end, met) - leg[0]) for leg, end in zip(run, ends, strict=True)
        )
    return {
        "t_capture_h": met / HOUR,
        "pursuer_path_nm": ways["Watcher"] / NMI,
        "target_path_nm": ways["Mark"] / NMI,
    }


COOKIE = "range 12 nmi; closest 7 nmi, relative speed 16 kn, 20 nmi before the closest point at the start"
COOKIE_WANTED = {
    "entry_h": relative(0.640825353449),
    "exit_h": relative(1.85917464655),
    "in_range_h": relative(1.2183492931),
}


@case(
    "KIN-07",
    "paper",
    "Time inside a definite range",
    "sim.geometry.crossing_times",
    COOKIE,
    "W02",
    **COOKIE_WANTED,
)
def time_in_range(trial: Trial) -> Answer:
    """Both crossings of the circle."""
    found = crossing_times(7 * NMI, 20 * NMI, 0.0, -16 * KNOT, 12 * NMI)
    assert found is not None
    enter, leave = found
    return {"entry_h": enter / HOUR, "exit_h": leave / HOUR, "in_range_h": (leave - enter) / HOUR}


@case(
    "KIN-07",
    "engine",
    "Time inside a definite range",
    "sim.contacts.Contacts",
    COOKIE,
    "W02",
    **COOKIE_WANTED,
)
def time_in_range_at_sea(trial: Trial) -> Answer:
    """Both ships move; the records of contact and loss."""
    played = exercise("meeting")
    put(played.units["Watcher"], 0.0, 0.0, 0.0, 4.0)
    put(played.units["Mark"], 7 * NMI, 20 * NMI, 180.0, 12.0)
    log = played.run()
    enter, leave = times(log, "contact", "Watcher")[0], times(log, "lost", "Watcher")[0]
    return {"entry_h": enter / HOUR, "exit_h": leave / HOUR, "in_range_h": (leave - enter) / HOUR}


SHIFT = "guide 000/15 kn; from 090 at 4 nmi to 330 at 5 nmi at 22 kn"
SHIFT_WANTED = {
    "t_min": relative(47.8230123545),
    "course_deg": relative(338.242131579),
    "speed_kn": relative(22.0),
}


@case(
    "KIN-09",
    "paper",
    "Change of station on a guide",
    "sim.geometry.change_of_station",
    SHIFT,
    "BOW",
    **SHIFT_WANTED,
)
def station(trial: Trial) -> Answer:
    """The quickest way from one station to the other; the speed is what the way and the time make."""
    guide = polar(0.0, 15 * KNOT)
    found = change_of_station(*polar(90.0, 4 * NMI), *polar(330.0, 5 * NMI), *guide, 22 * KNOT)
    assert found is not None
    return {
        "t_min": found.time / MINUTE,
        "course_deg": degrees(found.course),
        "speed_kn": hypot(found.x, found.y) / found.time / KNOT,
    }


@case(
    "KIN-09",
    "engine",
    "Change of station on a guide",
    "sim.units.ship.Ship.take_station",
    SHIFT,
    "BOW",
    **SHIFT_WANTED,
)
def station_at_sea(trial: Trial) -> Answer:
    """Watcher takes station on Mark: her first leg, and when she is on the guide's course and speed."""
    played = exercise("meeting")
    own, guide = played.units["Watcher"], played.units["Mark"]
    put(guide, 0.0, 0.0, 0.0, 15.0)
    put(own, *polar(90.0, 4 * NMI))
    ordered = Station.on(radians(330.0), 5 * NMI)
    go(played, played.env.process(own.take_station(guide, ordered, 22 * KNOT)))
    first, last = [leg for leg in legs(played.log, "Watcher") if hypot(*leg[3:]) > 0.0]
    return {
        "t_min": last[0] / MINUTE,
        "course_deg": degrees(course_of(*first[3:])),
        "speed_kn": hypot(*first[3:]) / KNOT,
    }


GUARD = (
    "guard anywhere on a ring of 4 nmi at 30 kn; raider from 6 nmi at 28 kn, to be met 2 nmi off or farther"
)
RING, FROM, LINE, RAIDER, WATCH = 4 * NMI, 6 * NMI, 2 * NMI, 28 * KNOT, 30 * KNOT


@case("KIN-11", "paper", "Can the guard meet the raider", "sim.reach.guard_chance", GUARD, "derived",
      p_intercept=relative(0.4674628))  # fmt: skip
def guard(trial: Trial) -> Answer:
    """The share of the ring from which he is in time."""
    return {"p_intercept": guard_chance(RING, FROM, LINE, RAIDER, WATCH)}


@case("KIN-11", "drawn", "Can the guard meet the raider", "sim.reach.guard_meets", GUARD, "derived",
      p_intercept=within(0.4674628))  # fmt: skip
def guard_at_random(trial: Trial) -> Answer:
    """Guards drawn uniformly on the ring, each of whom meets the raider or does not."""
    draws, count = trial.draws("bearing"), trial.count(46_000)
    met = sum(
        guard_meets(RING, uniform(draws, -pi, pi), FROM, LINE, RAIDER, WATCH) is not None
        for _ in range(count)
    )
    return {"p_intercept": share(met, count)}


@case("KIN-11", "engine", "Can the guard meet the raider", "sim.units.ship.Ship.intercept", GUARD, "derived",
      p_intercept=within(0.4674628, 0.02))  # fmt: skip
def guard_at_sea(trial: Trial) -> Answer:
    """Four hundred guards on the ring set out against one raider; those count who report having met him in time."""
    met = guards = 0
    for number in range(trial.count(8, 1)):
        played, draws = exercise("crowd", number), trial.draws("bearing", number)
        put(played.units["Watcher"], 0.0, 500 * NMI)
        raider = played.units["Mark"]
        put(raider, 0.0, FROM, 180.0, 28.0)
        for name in [name for name in played.units if name.startswith("mark ")]:
            put(played.units[name], *velocity(uniform(draws, 0.0, tau), RING))
            played.env.process(played.units[name].intercept(raider, WATCH))
            guards += 1
        go(played, 2 * (FROM - LINE) / RAIDER)
        met += sum(time <= (FROM - LINE) / RAIDER for time in times(played.log, "met"))
    return {"p_intercept": share(met, guards)}


@case("KIN-13", "paper", "Limiting lines of submerged approach", "sim.reach.limiting_lines",
      "submarine 8 kn, ship 16 kn", "W02", "WMS", half_angle_deg=relative(30.0))  # fmt: skip
def lines_of_approach(trial: Trial) -> Answer:
    """Half the sector ahead of the ship."""
    return {"half_angle_deg": degrees(limiting_lines(8 * KNOT, 16 * KNOT))}


FUNCTION_ONLY = {
    "KIN-13": "a sector is read off no record; whether a submarine on either side of the line closes is tested with `intercept`",
}
GAPS: tuple[Gap, ...] = ()
