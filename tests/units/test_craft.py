"""Craft with regard to others: stations, intercepts and pursuits at engine level, read from the legs in the log."""

import math
from itertools import pairwise
from math import hypot

import pytest
import simpy
from hypothesis import example, given, settings
from hypothesis import strategies as st
from legs import KNOT, NMI, at, at_sea, course, jumps, legs, of_leg, put, run

from sim.geometry import change_of_station, closest_approach, velocity
from sim.stations import Aim, Station


def pair():
    """Two frigates of 30 kn in an exercise without serials: the one that acts, the other, and the exercise."""
    exercise = at_sea()
    return exercise, exercise.units["Alpha"], exercise.units["Golf"]


def polar(degrees, distance):
    return velocity(math.radians(degrees), distance)


def later(exercise, seconds, act):
    """Does something at a time."""

    def wait():
        yield exercise.env.timeout(seconds)
        act()

    exercise.env.process(wait())


def record(exercise, kind):
    return next(iter(exercise.log.of(kind)))


def test_closest_approach_of_two_tracks():
    """REQ-KIN-01 at engine level: own 000/15 kn, contact 045 at 10 nmi on 270/20 kn, by their legs in the log."""
    exercise, own, other = pair()
    put(own, 0.0, 0.0, 0, 15)
    put(other, *polar(45, 10 * NMI), 270, 20)
    exercise.env.run(until=3600.0)
    (a,), (b,) = legs(exercise, "Alpha"), legs(exercise, "Golf")
    time, miss = closest_approach(b.at[0] - a.at[0], b.at[1] - a.at[1],
                                  *(there - here for there, here in zip(of_leg(b), of_leg(a), strict=True)))  # fmt: skip
    (x, y), (u, v) = at(exercise, "Alpha", time), at(exercise, "Golf", time)

    assert 23.7587878479 == pytest.approx(time / 60, rel=1e-9)
    assert 1.41421356237 == pytest.approx(hypot(u - x, v - y) / NMI, rel=1e-9)
    assert 323.130102354 == pytest.approx(math.degrees(math.atan2(u - x, v - y)) % 360, rel=1e-9)
    assert miss == pytest.approx(hypot(u - x, v - y))


def test_intercept_of_a_steady_target():
    """REQ-KIN-03 at engine level: 060 at 30 nmi on 340/18 kn, interceptor at 28 kn."""
    exercise, own, other = pair()
    put(own, 0.0, 0.0)
    put(other, *polar(60, 30 * NMI), 340, 18)

    assert exercise.env.run(until=exercise.env.process(own.intercept(other, 28 * KNOT)))
    first, last = legs(exercise, "Alpha")
    assert 1.61738091287 == pytest.approx(last.time / 3600, rel=1e-9)
    assert 20.7214814508 == pytest.approx(course(first), rel=1e-9)
    assert 45.2866655603 == pytest.approx(run(exercise, "Alpha", last.time) / NMI, rel=1e-9)
    assert other.position == last.at == own.position
    assert of_leg(legs(exercise, "Golf")[0]) == of_leg(last)
    assert last.time == record(exercise, "met").details["taken_s"]


def test_an_intercept_is_worked_out_anew_when_the_target_alters():
    """Ten seconds after she has; no sooner, and no look in between; it ends where she really is."""
    exercise, own, other = pair()
    put(own, 0.0, 0.0)
    put(other, *polar(60, 20 * NMI), 340, 15)
    going = exercise.env.process(own.intercept(other))
    later(exercise, 1000.0, lambda: other.steer(*polar(200, 15 * KNOT)))

    assert exercise.env.run(until=going)
    assert [0.0, 1010.0] == [pytest.approx(leg.time) for leg in legs(exercise, "Alpha")[:-1]]
    assert legs(exercise, "Golf")[1].number == legs(exercise, "Alpha")[1].cause
    assert other.position == own.position
    assert max(jumps(exercise, "Alpha")) < 1e-6


@pytest.mark.parametrize(("towards", "reason"), [(60, "passed"), (150, "too-slow")])
def test_an_intercept_that_cannot_be_says_so(towards, reason):
    """The target has passed, or crosses too fast: a record with the reason, and no leg."""
    exercise, own, other = pair()
    put(own, 0.0, 0.0)
    put(other, *polar(60, 5 * NMI), towards, 20)

    assert exercise.env.run(until=exercise.env.process(own.intercept(other, 10 * KNOT))) is False
    found = record(exercise, "no-intercept")
    assert ("Alpha", "Golf", reason) == (found.unit, found.other, found.details["reason"])
    assert [] == legs(exercise, "Alpha")


def test_an_intercept_that_becomes_impossible_ends_at_rest():
    """The target turns away and runs."""
    exercise, own, other = pair()
    put(own, 0.0, 0.0)
    put(other, 0.0, 20 * NMI, 180, 20)
    going = exercise.env.process(own.intercept(other, 10 * KNOT))
    later(exercise, 600.0, lambda: other.steer(0.0, 20 * KNOT))

    assert exercise.env.run(until=going) is False
    assert (610.0, 0.0) == (pytest.approx(own.now), own.motion.speed)
    assert "passed" == record(exercise, "no-intercept").details["reason"]


def test_a_guard_meets_the_raider_before_the_line():
    """REQ-KIN-11 at engine level: of guards at 75 and 100 degrees off the track only the first is in time."""
    times = []
    for off in (75, 100):
        exercise, guard, raider = pair()
        put(guard, *polar(off, 4 * NMI))
        put(raider, 0.0, 6 * NMI, 180, 28)
        exercise.env.run(until=exercise.env.process(guard.intercept(raider, 30 * KNOT)))
        times.append(exercise.env.now)
    line = 4 * NMI / (28 * KNOT)

    assert times[0] < line < times[1]


def test_pursuit_from_the_beam():
    """REQ-KIN-05 at engine level: 6 nmi on the beam, 30 kn against 18 kn."""
    exercise, own, other = pair()
    put(own, 0.0, 0.0)
    put(other, 0.0, 6 * NMI, 90, 18)

    assert exercise.env.run(until=exercise.env.process(own.pursue(other)))
    caught = record(exercise, "met")
    assert 0.3125 == pytest.approx(caught.time / 3600, rel=1e-9)
    assert 9.375 == pytest.approx(run(exercise, "Alpha", caught.time) / NMI, rel=2e-3)
    assert 5.625 == pytest.approx(run(exercise, "Golf", caught.time) / NMI, rel=1e-9)
    assert other.position == own.position
    assert len(legs(exercise, "Alpha")) < 100
    assert max(jumps(exercise, "Alpha")) < 1e-6


@settings(max_examples=40, deadline=None)
@given(st.floats(0, 360), st.floats(1.0, 20.0), st.floats(0, 360), st.floats(1.0, 25.0))
@example(1.0, 1.0, 3.5, 1.0)
def test_a_pursuit_always_points_at_its_target(bearing, miles, towards, knots):
    """On every chord the course is within the bearings of the target at its ends; caught at the time of the equation."""
    exercise, own, other = pair()
    put(own, 0.0, 0.0)
    put(other, *polar(bearing, miles * NMI), towards, knots)
    (x, y), (vx, vy) = other.position, (other.motion.vx, other.motion.vy)

    assert exercise.env.run(until=exercise.env.process(own.pursue(other, 27 * KNOT, error=20.0)))
    v, u = 27 * KNOT, knots * KNOT
    assert (hypot(x, y) * v + x * vx + y * vy) / (v * v - u * u) == pytest.approx(own.now, rel=1e-6, abs=2e-3)
    chords = legs(exercise, "Alpha")
    for leg, end in pairwise(chords):
        if end is chords[-1]:
            break
        sights = []
        for time, place in ((leg.time, leg.at), (end.time, end.at)):
            tx, ty = x + vx * time - place[0], y + vy * time - place[1]
            sights.append(math.atan2(tx, ty) if hypot(tx, ty) > 1e-6 else math.nan)
        if math.isnan(sights[1]):  # it ends on the target, which has no bearing from there
            break
        swing = (sights[1] - sights[0] + math.pi) % math.tau - math.pi
        off = (math.radians(course(leg)) - sights[0] + math.pi) % math.tau - math.pi
        assert min(0.0, swing) - 1e-6 <= off <= max(0.0, swing) + 1e-6


def test_a_pursuit_of_a_faster_target_says_so():
    """And one in which the target turns away is begun anew."""
    exercise, own, other = pair()
    put(own, 0.0, 0.0)
    put(other, 5000.0, 5000.0, 90, 20)
    assert exercise.env.run(until=exercise.env.process(own.pursue(other, 20 * KNOT))) is False
    assert "too-slow" == record(exercise, "no-intercept").details["reason"]

    going = exercise.env.process(own.pursue(other, 27 * KNOT))
    later(exercise, 300.0, lambda: other.steer(0.0, 20 * KNOT))
    assert exercise.env.run(until=going)
    assert other.position == own.position
    assert 1 == len([leg for leg in legs(exercise, "Alpha") if leg.time == pytest.approx(310.0)])


def test_change_of_station_on_a_guide():
    """REQ-KIN-09 at engine level: guide 000/15 kn, from 090 at 4 nmi to 330 at 5 nmi at 22 kn."""
    exercise, own, guide = pair()
    put(guide, 0.0, 0.0, 0, 15)
    put(own, *polar(90, 4 * NMI))
    station = Station.on(math.radians(330), 5 * NMI)

    assert exercise.env.run(until=exercise.env.process(own.take_station(guide, station, 22 * KNOT)))
    first, last = legs(exercise, "Alpha")
    assert 47.8230123545 == pytest.approx(last.time / 60, rel=1e-9)
    assert 338.242131579 == pytest.approx(course(first), rel=1e-9)
    assert 22.0 == pytest.approx(hypot(*of_leg(first)) / KNOT, rel=1e-9)
    assert of_leg(legs(exercise, "Golf")[0]) == of_leg(last)


def test_a_station_is_kept_as_the_guide_alters():
    """A station by relative bearing moves with her turn: formed anew at once by change of station, exactly."""
    exercise, own, guide = pair()
    put(guide, 0.0, 0.0, 0, 12)
    put(own, -2000.0, -2000.0)
    exercise.env.process(own.keep_station(guide, Station.on(math.pi / 2, 1000.0, turns=True), 20 * KNOT))
    later(exercise, 3600.0, lambda: guide.steer(12 * KNOT, 0.0))
    exercise.env.run(until=3600.5)
    assert (guide.position[0], guide.position[1]) == pytest.approx((0.5 * 12 * KNOT, 3600 * 12 * KNOT))

    way = change_of_station(1000.0, 0.0, 0.0, -1000.0, 12 * KNOT, 0.0, 20 * KNOT)
    exercise.env.run(until=3600.0 + way.time - 1.0)
    assert 20 * KNOT == pytest.approx(own.motion.speed)
    exercise.env.run(until=3600.0 + way.time + 1.0)
    assert guide.position == pytest.approx((own.position[0], own.position[1] + 1000.0))
    assert (guide.motion.vx, guide.motion.vy) == (own.motion.vx, own.motion.vy)
    assert max(jumps(exercise, "Alpha")) < 1e-6
    assert legs(exercise, "Golf")[1].number == legs(exercise, "Alpha")[2].cause


def test_another_order_releases_from_a_station():
    """The next station keeps only the new one; the guide's wheel no longer moves the old."""
    exercise, own, guide = pair()
    put(guide, 0.0, 0.0, 0, 12)
    put(own, 1000.0, 0.0)
    first = exercise.env.process(own.keep_station(guide, Station(1000.0, 0.0)))
    exercise.env.run(until=60.0)
    second = exercise.env.process(own.keep_station(guide, Station(0.0, -1000.0)))
    exercise.env.run(until=3600.0)
    guide.steer(12 * KNOT, 0.0)
    exercise.env.run(until=7200.0)

    assert not first.is_alive
    assert second.is_alive
    assert own.guide is guide
    assert (guide.position[0], guide.position[1] - 1000.0) == pytest.approx(own.position)
    own.steer(0.0, 3.0)
    exercise.env.run(until=7201.0)
    assert own.guide is None
    assert (second.is_alive, second.value) == (False, False)


def test_an_interrupt_stops_whoever_keeps_station():
    """FINEX: where she is, at rest, nobody's follower."""
    exercise, own, guide = pair()
    put(guide, 0.0, 0.0, 0, 12)
    put(own, 1000.0, 0.0)

    def keep():
        with pytest.raises(simpy.Interrupt):
            yield from own.keep_station(guide, Station(1000.0, 0.0))

    keeping = exercise.env.process(keep())
    later(exercise, 600.0, keeping.interrupt)
    exercise.env.run(until=700.0)

    assert (1000.0, pytest.approx(600 * 12 * KNOT)) == own.position
    assert (0.0, None) == (own.motion.speed, own.guide)


@pytest.mark.parametrize("behaviour", [
    lambda own, guide: own.keep_station(guide, Station(1000.0, 0.0)),
    lambda own, guide: own.intercept(guide),
    lambda own, _: own.transit((90_000.0, 0.0), 10.0),
    lambda own, _: own.patrol([(9000.0, 0.0), (9000.0, 9000.0)], 10.0),
], ids=["keep station", "intercept", "transit", "patrol"])  # fmt: skip
def test_an_interrupt_leaves_an_order_that_came_before_it(behaviour):
    """Called off and ordered elsewhere at the same moment, she does what she was ordered last."""
    exercise, own, guide = pair()
    put(guide, 20_000.0, 0.0, 0, 12)
    put(own, 0.0, 0.0)

    def do():
        with pytest.raises(simpy.Interrupt):
            yield from behaviour(own, guide)

    doing = exercise.env.process(do())

    def call_off():
        doing.interrupt()
        own.steer(0.0, 7.0)

    later(exercise, 100.0, call_off)
    exercise.env.run(until=200.0)

    assert (0.0, 7.0) == (own.motion.vx, own.motion.vy)


def test_a_circle_of_guides_is_refused():
    """Nobody keeps station on himself, by way of others neither."""
    exercise, own, guide = pair()
    third = exercise.units["Bravo"]
    put(guide, 0.0, 0.0, 0, 12)
    exercise.env.process(third.keep_station(own, Station(0.0, 500.0)))
    exercise.env.process(own.keep_station(guide, Station(1000.0, 0.0)))
    exercise.env.run(until=10.0)

    with pytest.raises(ValueError, match="a circle of guides: Golf on Bravo on Alpha on Golf"):
        next(guide.keep_station(third, Station(0.0, 500.0)))
    with pytest.raises(ValueError, match="a circle of guides: Alpha on Alpha"):
        next(own.keep_station(own, Station(0.0, 500.0)))


def test_who_cannot_reach_a_station_keeps_company_and_says_so():
    """At the guide's own speed nobody draws ahead."""
    exercise, own, guide = pair()
    put(guide, 0.0, 0.0, 0, 12)
    put(own, 1000.0, 0.0)

    assert (
        exercise.env.run(
            until=exercise.env.process(own.take_station(guide, Station(1000.0, 500.0), 12 * KNOT))
        )
        is False
    )
    assert (0.0, 12 * KNOT) == pytest.approx((own.motion.vx, own.motion.vy))
    assert 1 == len(list(exercise.log.of("no-intercept")))


def test_errors_of_handling_end_beside_the_station():
    """Two degrees to starboard over the way of the change: off by two degrees of it."""
    exercise, own, guide = pair()
    put(guide, 0.0, 0.0, 0, 12)
    put(own, 2000.0, 0.0)
    aim = Aim(math.radians(2))
    exercise.env.run(
        until=exercise.env.process(own.take_station(guide, Station(-2000.0, 0.0), 18 * KNOT, aim=aim))
    )
    way = run(exercise, "Alpha", own.now)
    (x, y), (gx, gy) = own.position, guide.position

    assert 2 * way * math.sin(math.radians(1)) == pytest.approx(hypot(x - gx + 2000.0, y - gy), rel=1e-6)
    assert (guide.motion.vx, guide.motion.vy) == (own.motion.vx, own.motion.vy)


def test_closing_up_takes_the_time_given():
    """To the beam in twenty minutes, though the guide alters in the middle."""
    exercise, own, guide = pair()
    put(guide, 0.0, 0.0, 0, 12)
    put(own, 0.0, -1500.0, 0, 12)
    going = exercise.env.process(own.close_up(guide, Station(60.0, 0.0), 1200.0))
    later(exercise, 500.0, lambda: guide.steer(2.0, 10 * KNOT))

    assert exercise.env.run(until=going)
    assert 1200.0 == own.now
    assert (guide.position[0] + 60.0, guide.position[1]) == pytest.approx(own.position)
    assert (2.0, 10 * KNOT) == (own.motion.vx, own.motion.vy)


@pytest.mark.parametrize("act", ["intercept", "pursue", "keep_station"])
def test_a_target_taken_in_ends_it(act):
    """Whoever is after it stops."""
    exercise, own, other = pair()
    put(own, 0.0, 0.0)
    put(other, 0.0, 30 * NMI, 90, 5)
    going = exercise.env.process(
        own.keep_station(other, Station(0.0, 0.0)) if act == "keep_station" else getattr(own, act)(other)
    )
    later(exercise, 300.0, other.remove)
    exercise.env.run(until=400.0)

    assert not going.is_alive
    assert 0.0 == own.motion.speed
