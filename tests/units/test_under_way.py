"""Units under way: ways, patrols, searches, passages and turns, as their legs in the log show them."""

import math
from math import hypot

import pytest
import simpy
from geographiclib.geodesic import Geodesic as Karney
from hypothesis import given, settings
from hypothesis import strategies as st
from legs import KNOT, NMI, at, at_sea, course, jumps, legs, put, run

from sim.patterns import expanding_square, expanding_square_length, racetrack_length
from sim.ways import Mark, length

PLACES = st.tuples(st.floats(-60e3, 60e3), st.floats(-60e3, 60e3))


def alone():
    """A frigate in an exercise without serials, and the exercise."""
    exercise = at_sea()
    return exercise, exercise.units["Alpha"]


@settings(max_examples=40, deadline=None)
@given(st.lists(PLACES, min_size=1, max_size=8, unique=True), st.floats(2.0, 13.0), st.floats(0.0, 9e4))
def test_arrivals_are_exact(places, speed, begins):
    """Each place to the last bit, at the time of the way on paper within a microsecond, however many legs and late."""
    exercise, ship = alone()
    exercise.env.run(until=1.0 + begins / 10)
    start, began = ship.position, ship.now
    going = exercise.env.process(ship.follow(places, speed))
    way, due = 0.0, []
    for here, there in zip([start, *places], places, strict=False):
        way += math.dist(here, there)
        due.append(began + way / speed)
    if min(after - before for before, after in zip([began, *due], due, strict=False)) < 0.01:
        return

    assert exercise.env.run(until=going)
    found = legs(exercise, "Alpha")
    assert places == [record.at for record in found[1:]]
    assert max(abs(record.time - time) for record, time in zip(found[1:], due, strict=True)) < 1e-6
    assert 0.0 == ship.motion.speed
    assert way == pytest.approx(ship.motion.distance(ship.now), rel=1e-9)


def test_an_interrupted_way_stops_where_it_is():
    """In the middle of the second leg, at rest, with one leg less."""
    exercise, ship = alone()

    def way():
        with pytest.raises(simpy.Interrupt):
            yield from ship.follow([(5000.0, 0.0), (5000.0, 5000.0)], 10.0)

    def finex():
        yield exercise.env.timeout(700.0)
        going.interrupt()

    put(ship, 0.0, 0.0)
    going = exercise.env.process(way())
    exercise.env.process(finex())
    exercise.env.run(until=3000.0)

    assert (5000.0, pytest.approx(2000.0)) == ship.position
    assert [0.0, 500.0, 700.0] == [pytest.approx(record.time) for record in legs(exercise, "Alpha")]


def test_another_order_ends_a_way():
    """At once, and the ship keeps the new course."""
    exercise, ship = alone()
    put(ship, 0.0, 0.0)
    going = exercise.env.process(ship.follow([(5000.0, 0.0), (5000.0, 5000.0)], 10.0))
    exercise.env.run(until=100.0)
    ship.steer(0.0, 5.0)
    exercise.env.run(until=100.5)

    assert not going.is_alive
    assert going.value is False
    exercise.env.run(until=1100.0)
    assert (1000.0, 5000.0) == pytest.approx(ship.position)


def test_a_patrol_goes_on_after_a_defect():
    """Stopped for ten minutes, then on to the same place; round and round until interrupted."""
    exercise, ship = alone()
    put(ship, 0.0, 0.0)
    going = exercise.env.process(ship.patrol([(0.0, 6000.0), (6000.0, 6000.0), (0.0, 0.0)], 10.0))

    def defect():
        yield exercise.env.timeout(300.0)
        ship.down["propulsion"] = 0
        ship.stop()
        exercise.news.ring()
        yield exercise.env.timeout(600.0)
        del ship.down["propulsion"]
        exercise.news.ring()

    exercise.env.process(defect())
    exercise.env.run(until=2 * 3600.0)
    lap = 12000.0 + 6000.0 * math.sqrt(2)

    assert going.is_alive
    assert (0.0, 6000.0) == legs(exercise, "Alpha")[3].at
    assert pytest.approx(1200.0) == legs(exercise, "Alpha")[3].time
    assert (0.0, 6000.0) == legs(exercise, "Alpha")[6].at
    assert pytest.approx(1200.0 + lap / 10, abs=1e-6) == legs(exercise, "Alpha")[6].time
    assert max(jumps(exercise, "Alpha")) < 1e-6


def test_racetrack_laps_do_not_drift():
    """Thirty laps of two legs and a circle: at the start to the last bit each time, at a multiple of the lap's time."""
    exercise, ship = alone()
    put(ship, 0.0, 0.0)
    exercise.env.process(ship.racetrack((0.0, 0.0), 0.5, 4000.0, 1500.0, 10.0))
    exercise.env.run(until=36000.0)
    lap = racetrack_length(4000.0, 1500.0) / 10
    starts = [record.time for record in legs(exercise, "Alpha") if record.at == (0.0, 0.0)]

    assert 1 + int(36000.0 / lap) == len(starts)
    for number, time in enumerate(starts):
        assert time == pytest.approx(number * lap, abs=1e-6)


def test_a_way_round_nothing_is_refused():
    """It would never end and never go on."""
    exercise, ship = alone()
    with pytest.raises(ValueError, match="a way to go round needs some length"):
        next(ship.patrol([(1.0, 1.0)], 10.0))
    assert [] == legs(exercise, "Alpha")
    assert 0.0 == length([Mark(1.0, 1.0, 0.0)])


def test_a_search_is_recorded_with_its_length():
    """An expanding square of seven legs and 2 nmi: 32 nmi at 16 kn are two hours."""
    exercise, ship = alone()
    put(ship, -3000.0, 0.0)
    places = [(0.0, 0.0), *expanding_square((0.0, 0.0), 0.3, 2 * NMI, 7)]

    assert exercise.env.run(until=exercise.env.process(ship.search(places, 16 * KNOT)))
    record = next(iter(exercise.log.of("searched")))
    assert expanding_square_length(2 * NMI, 7) == pytest.approx(record.details["track_m"])
    assert 2 * 3600.0 == pytest.approx(record.details["taken_s"], abs=1e-6)
    assert places[-1] == ship.position


def test_a_passage_follows_the_geodesic():
    """From 36N 122E to 43N 140E at 14 kn: at every hour within 60 m of Karney's line, there at its length over speed."""
    exercise, ship = alone()
    start, end = (36.0, 122.0), (43.0, 140.0)
    put(ship, *exercise.plane.to_plane(*start))
    to = exercise.plane.to_plane(*end)
    line, speed = Karney.WGS84.InverseLine(*start, *end), 14 * KNOT

    assert exercise.env.run(until=exercise.env.process(ship.passage(to, speed)))
    assert to == ship.position
    assert line.s13 / speed == pytest.approx(ship.now, abs=1e-3)
    for hour in range(int(ship.now / 3600)):
        true = line.Position(speed * hour * 3600)
        lat, lon = exercise.plane.to_earth(*at(exercise, "Alpha", hour * 3600.0))
        assert Karney.WGS84.Inverse(lat, lon, true["lat2"], true["lon2"])["s12"] < 60.0


def test_a_passage_at_best_speed_is_never_faster():
    """Where the plane stretches the way she is that much later, not faster than she can."""
    exercise, ship = alone()
    put(ship, *exercise.plane.to_plane(36.0, 122.0))
    to = exercise.plane.to_plane(43.0, 140.0)

    assert exercise.env.run(until=exercise.env.process(ship.passage(to, 99.0)))
    assert to == ship.position
    assert max(hypot(*record.details.values()) for record in legs(exercise, "Alpha")) <= 30 * KNOT * (
        1 + 1e-9
    )
    assert max(jumps(exercise, "Alpha")) < 1e-6


def test_a_short_passage_is_one_leg():
    """Straight on the plane."""
    exercise, ship = alone()
    put(ship, 0.0, 0.0)

    assert exercise.env.run(until=exercise.env.process(ship.passage((40e3, 30e3), 10.0)))
    assert (5000.0, (40e3, 30e3)) == (ship.now, ship.position)
    assert 2 == len(legs(exercise, "Alpha"))


def test_coming_about_takes_the_time_of_the_arc():
    """Ninety degrees to starboard at 1 degree a second take 90 s; then the new course, from the end of the circle."""
    exercise, ship = alone()
    put(ship, 0.0, 0.0, 0.0, 12)
    exercise.env.run(until=100.0)
    going = exercise.env.process(ship.come_about(math.radians(90), math.radians(1)))
    exercise.env.run(until=going)
    radius = 12 * KNOT / math.radians(1)

    assert 190.0 == pytest.approx(ship.now, abs=1e-6)
    assert (radius, 1200 * KNOT + radius) == pytest.approx(ship.position, abs=1e-6)
    assert 90.0 == pytest.approx(course(legs(exercise, "Alpha")[-1]))
    assert 12 * KNOT == pytest.approx(ship.motion.speed)
    assert 12 * KNOT * 190 == pytest.approx(run(exercise, "Alpha", ship.now), rel=2e-3)
    assert 4 <= len(legs(exercise, "Alpha"))


def test_coming_about_to_her_own_course_or_at_rest_is_no_turn():
    """On her course nothing happens; at rest she is on the new one at once."""
    exercise, ship = alone()
    put(ship, 0.0, 0.0, 90.0, 12)
    exercise.env.run(until=exercise.env.process(ship.come_about(ship.heading, math.radians(1))))
    assert 0.0 == ship.now
    ship.stop()
    exercise.env.run(until=exercise.env.process(ship.come_about(math.pi, math.radians(1))))
    assert (0.0, 0.0) == (ship.now, ship.motion.speed)


def test_heading_for_a_place_astern_goes_round_the_circle():
    """Half round and back: the way is longer than straight, and the place is reached exactly."""
    exercise, ship = alone()
    put(ship, 0.0, 0.0, 0.0, 10)
    going = exercise.env.process(ship.head_for((2000.0, -3000.0), math.radians(1), 10 * KNOT))

    assert exercise.env.run(until=going)
    assert (2000.0, -3000.0) == ship.position
    assert 4000.0 < run(exercise, "Alpha", ship.now) < 5000.0
    assert 0.0 == ship.motion.speed
