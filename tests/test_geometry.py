"""Relative motion, range crossings, intercepts, and tracks through areas."""

import math
import pickle

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from sim.geometry import (
    SLACK,
    Circle,
    Polygon,
    box,
    change_of_station,
    closest_approach,
    course_of,
    crossing_times,
    intercept,
    velocity,
)

NMI = 1852.0
KNOT = NMI / 3600.0
HOUR = 3600.0

PLACES = st.floats(-1e5, 1e5)
SPEEDS = st.floats(-40.0, 40.0)
L_SHAPE = Polygon(((0, 0), (30, 0), (30, 10), (10, 10), (10, 30), (0, 30)))
COMB = Polygon(
    ((0, 0), (50, 0), (50, 30), (40, 30), (40, 10), (30, 10), (30, 30), (20, 30), (20, 10), (0, 10))
)
STAR = Polygon(
    tuple(
        (
            (40.0 if i % 2 else 100.0) * math.sin(i * math.pi / 5),
            (40.0 if i % 2 else 100.0) * math.cos(i * math.pi / 5),
        )
        for i in range(10)
    )
)
AREAS = (Circle(3.0, -2.0, 25.0), box(-20, -10, 40, 15), L_SHAPE, COMB, STAR)


def bearing_range(degrees: float, miles: float) -> tuple[float, float]:
    return velocity(math.radians(degrees), miles * NMI)


def knots(degrees: float, speed: float) -> tuple[float, float]:
    return velocity(math.radians(degrees), speed * KNOT)


@pytest.mark.parametrize(
    ("degrees", "vector"),
    [(0, (0, 1)), (45, (1, 1)), (90, (1, 0)), (180, (0, -1)), (225, (-1, -1)), (270, (-1, 0)), (0, (0, 0))],
)
def test_course_is_clockwise_from_north(degrees, vector):
    """North is 0, east a quarter turn; no vector has course 0."""
    assert math.radians(degrees) == pytest.approx(course_of(*vector), abs=1e-15)


def test_course_never_reaches_a_full_turn():
    """A hair west of north rounds to north, not to 360 degrees."""
    assert 0.0 == course_of(-1e-20, 1.0)


@given(st.floats(0.0, 6.28), st.floats(0.1, 1000.0))
def test_velocity_and_course_agree(course, speed):
    """The components of a speed along a course give both back."""
    vx, vy = velocity(course, speed)

    assert speed == pytest.approx(math.hypot(vx, vy))
    assert math.cos(course) == pytest.approx(math.cos(course_of(vx, vy)), abs=1e-9)
    assert math.sin(course) == pytest.approx(math.sin(course_of(vx, vy)), abs=1e-9)


def test_closest_approach_of_a_crossing_contact():
    """KIN-01: own 000/15 kn; contact bears 045 at 10 nmi, course 270/20 kn."""
    dx, dy = bearing_range(45, 10)
    own, other = knots(0, 15), knots(270, 20)
    vx, vy = other[0] - own[0], other[1] - own[1]

    time, distance = closest_approach(dx, dy, vx, vy)
    bearing = math.degrees(course_of(dx + vx * time, dy + vy * time))

    assert 23.7587878479 == pytest.approx(time / 60.0, rel=1e-9)
    assert 1.41421356237 == pytest.approx(distance / NMI, rel=1e-9)
    assert 323.130102354 == pytest.approx(bearing, rel=1e-9)


def test_closest_approach_of_an_opening_contact_is_now():
    """A contact that draws away was nearest before; from now on it is nearest now."""
    assert (0.0, 5000.0) == closest_approach(3000.0, 4000.0, 3.0, 4.0)


def test_closest_approach_without_relative_motion_is_now():
    """Equal velocities keep the distance."""
    assert (0.0, 5000.0) == closest_approach(3000.0, 4000.0, 0.0, 0.0)


@given(PLACES, PLACES, SPEEDS, SPEEDS, st.floats(0.0, 1e5))
def test_nothing_is_nearer_than_the_closest_approach(dx, dy, vx, vy, at):
    """At no later moment is the contact nearer."""
    time, distance = closest_approach(dx, dy, vx, vy)

    assert time >= 0.0
    assert distance <= math.hypot(dx + vx * at, dy + vy * at) + 1e-6


def test_time_inside_a_definite_range():
    """KIN-07: R 12 nmi, passing at 7 nmi, relative speed 16 kn, 20 nmi before the closest approach."""
    enter, leave = crossing_times(7 * NMI, 20 * NMI, 0.0, -16 * KNOT, 12 * NMI)

    assert 0.640825353449 == pytest.approx(enter / HOUR, rel=1e-9)
    assert 1.85917464655 == pytest.approx(leave / HOUR, rel=1e-9)
    assert 1.2183492931 == pytest.approx((leave - enter) / HOUR, rel=1e-9)


def test_start_inside_has_entered_already():
    """Inside now: entered in the past, leaves in the future."""
    enter, leave = crossing_times(0.0, 0.0, 10.0, 0.0, 500.0)

    assert (-50.0, 50.0) == (enter, leave)


def test_start_on_the_rim_enters_now():
    """On the rim and closing: enters at 0; on the rim and opening: leaves at 0."""
    assert (0.0, 100.0) == crossing_times(500.0, 0.0, -10.0, 0.0, 500.0)
    assert (-100.0, 0.0) == crossing_times(500.0, 0.0, 10.0, 0.0, 500.0)


def test_a_circle_left_behind_was_crossed_in_the_past():
    """An opening contact outside gives two negative times."""
    assert (-150.0, -50.0) == crossing_times(1000.0, 0.0, 10.0, 0.0, 500.0)


def test_a_track_that_passes_outside_never_crosses():
    """The whole line stays outside."""
    assert crossing_times(501.0, 1000.0, 0.0, -10.0, 500.0) is None


def test_a_tangent_touches():
    """Touching the rim enters and leaves at the same moment."""
    assert (100.0, 100.0) == crossing_times(500.0, 1000.0, 0.0, -10.0, 500.0)


@pytest.mark.parametrize(
    ("dx", "times"), [(499.0, (-math.inf, math.inf)), (500.0, (-math.inf, math.inf)), (501.0, None)]
)
def test_equal_velocities_stay_inside_or_outside(dx, times):
    """Without relative motion a contact is always or never in range."""
    assert times == crossing_times(dx, 0.0, 0.0, 0.0, 500.0)


def test_an_endless_range_holds_everything():
    """An infinite radius is never entered or left."""
    assert (-math.inf, math.inf) == crossing_times(1e6, 2e6, 3.0, 4.0, math.inf)


def test_a_negative_radius_is_refused():
    """A radius is a length."""
    with pytest.raises(ValueError, match="radius cannot be negative, got -1"):
        crossing_times(0.0, 0.0, 1.0, 0.0, -1.0)


def test_a_fast_look_between_two_ticks_is_not_missed():
    """SRCH-13: 4 nmi of relative travel a tick, yet the sweep is as wide as the circle."""
    radius, step = 4 * NMI, 10 * NMI
    offsets = [(i + 0.5) / 1000 * 6 * NMI for i in range(1000)]
    seen = sum(crossing_times(dx, 3.7 * step, 0.0, -step, radius) is not None for dx in offsets)

    assert 8.0 == pytest.approx(2 * 6.0 * seen / 1000, rel=1e-3)


@given(PLACES, PLACES, SPEEDS, SPEEDS, st.floats(10.0, 1e5))
@example(1e5, 0.0, -1e-9, 0.0, 10.0)
def test_crossing_against_brute_force(dx, dy, vx, vy, radius):
    """On the rim at both times, inside between them, outside before and after; the sign agrees with now."""
    assume(math.hypot(vx, vy) > 0.01)
    times = crossing_times(dx, dy, vx, vy, radius)

    def distance(at: float) -> float:
        return math.hypot(dx + vx * at, dy + vy * at)

    if times is None:
        nearest = -(dx * vx + dy * vy) / (vx * vx + vy * vy)
        assert radius <= distance(nearest) * (1.0 + 1e-9)
        return
    enter, leave = times
    assert enter <= leave
    assert radius == pytest.approx(distance(enter), rel=1e-6)
    assert radius == pytest.approx(distance(leave), rel=1e-6)
    assert (distance(0.0) < radius) == (enter < 0.0 < leave)
    for share in (0.1, 0.5, 0.9):
        assert distance(enter + share * (leave - enter)) <= radius * (1.0 + 1e-9)
    assert distance(enter - 10.0) >= radius * (1.0 - 1e-9)
    assert distance(leave + 10.0) >= radius * (1.0 - 1e-9)


def test_intercept_with_the_faster_ship():
    """KIN-03: target bears 060 at 30 nmi, course 340/18 kn; interceptor 28 kn."""
    meeting = intercept(*bearing_range(60, 30), *knots(340, 18), 28 * KNOT)

    assert 1.61738091287 == pytest.approx(meeting.time / HOUR, rel=1e-9)
    assert 20.7214814508 == pytest.approx(math.degrees(meeting.course), rel=1e-9)
    assert 45.2866655603 == pytest.approx(math.hypot(meeting.x, meeting.y) / NMI, rel=1e-9)


def test_intercept_from_ahead_with_the_slower_ship():
    """Of two meetings with a faster target the earlier one is taken: head on at 10 + 20 m/s over 3 km."""
    time, course, x, y = intercept(0.0, 3000.0, 0.0, -20.0, 10.0)

    assert (100.0, 0.0, 0.0, 1000.0) == (time, course, x, y)


def test_intercept_at_equal_speeds():
    """At equal speeds the target must close: 6 km ahead, coming at 60 degrees off the line of sight."""
    vx, vy = velocity(math.radians(180 - 60), 10.0)

    meeting = intercept(0.0, 6000.0, vx, vy, 10.0)

    assert 600.0 == pytest.approx(meeting.time)
    assert 60.0 == pytest.approx(math.degrees(meeting.course))


@pytest.mark.parametrize(
    ("vx", "vy", "speed", "why"),
    [
        (0.0, 20.0, 10.0, "opening and faster"),
        (0.0, 10.0, 10.0, "opening at the same speed"),
        (10.0, 0.0, 10.0, "beam on at the same speed"),
        (*velocity(0.7, 10.0), 10.0, "same speed but for rounding"),
        (20.0, -1.0, 10.0, "crossing too fast"),
        (0.0, 0.0, 0.0, "both stopped"),
        (1.0, 0.0, 0.0, "own ship stopped"),
    ],
)
def test_infeasible_intercept(vx, vy, speed, why):
    """No course meets the target."""
    assert intercept(0.0, 5000.0, vx, vy, speed) is None, why


def test_a_stopped_ship_meets_what_runs_over_it():
    """Without speed the target must come here."""
    assert 500.0 == intercept(0.0, 5000.0, 0.0, -10.0, 0.0).time


def test_a_target_at_own_place_is_met_at_once():
    """Nothing to run: time 0, on the target's course."""
    assert (0.0, math.pi / 2, 0.0, 0.0) == tuple(intercept(0.0, 0.0, 12.0, 0.0, 3.0))


def test_a_negative_speed_is_refused():
    """A speed is a size."""
    with pytest.raises(ValueError, match="speed cannot be negative, got -3"):
        intercept(1.0, 0.0, 1.0, 0.0, -3.0)


@given(PLACES, PLACES, SPEEDS, SPEEDS, st.floats(0.5, 60.0))
def test_intercept_meets_the_target_and_no_earlier(dx, dy, vx, vy, speed):
    """Own run and the target's end at one place; before that the target is out of reach."""
    assume(math.hypot(dx, dy) > 1.0)
    meeting = intercept(dx, dy, vx, vy, speed)
    if meeting is None:
        for at in (1.0, 60.0, 3600.0, 1e5):
            assert math.hypot(dx + vx * at, dy + vy * at) >= speed * at * (1.0 - 1e-9)
        return
    own_x, own_y = velocity(meeting.course, speed * meeting.time)
    scale = 1.0 + speed * meeting.time
    assume(scale < 1e9)

    assert meeting.time > 0.0
    assert own_x == pytest.approx(dx + vx * meeting.time, abs=1e-6 * scale)
    assert own_y == pytest.approx(dy + vy * meeting.time, abs=1e-6 * scale)
    for share in (0.1, 0.5, 0.99):
        at = share * meeting.time
        assert math.hypot(dx + vx * at, dy + vy * at) >= speed * at * (1.0 - 1e-6)


def test_change_of_station_on_a_guide():
    """KIN-09: guide 000/15 kn; from 090 at 4 nmi to 330 at 5 nmi at 22 kn."""
    move = change_of_station(*bearing_range(90, 4), *bearing_range(330, 5), *knots(0, 15), 22 * KNOT)

    assert 47.8230123545 == pytest.approx(move.time / 60.0, rel=1e-9)
    assert 338.242131579 == pytest.approx(math.degrees(move.course), rel=1e-9)
    assert 22.0 == pytest.approx(math.hypot(move.x, move.y) / move.time / KNOT, rel=1e-9)


def test_change_of_station_too_slow_to_draw_ahead():
    """At the guide's own speed nobody gains on it; falling back is possible."""
    assert change_of_station(0.0, 0.0, 0.0, 2000.0, 0.0, 8.0, 8.0) is None
    assert 125.0 == pytest.approx(change_of_station(0.0, 0.0, 0.0, -2000.0, 0.0, 8.0, 8.0).time)


def test_on_station_already():
    """No change takes no time, on the guide's course."""
    assert (0.0, 0.0, 0.0, 0.0) == tuple(change_of_station(900.0, 50.0, 900.0, 50.0, 0.0, 8.0, 12.0))


def test_zone_crossing():
    """AIR-03: 0..200 by 0..120 km, from (-50, 20) on 075 at 9 km/min."""
    zone = box(0.0, 0.0, 200e3, 120e3)
    vx, vy = velocity(math.radians(75), 9000.0 / 60.0)

    ((enter, leave),) = zone.spans(-50e3, 20e3, vx, vy, 0.0, 3600.0)

    assert 5.75153433561 == pytest.approx(enter / 60.0, rel=1e-9)
    assert 28.7576716781 == pytest.approx(leave / 60.0, rel=1e-9)
    assert 23.0061373424 == pytest.approx((leave - enter) / 60.0, rel=1e-9)
    assert 200.0 == pytest.approx(-50.0 + vx * leave / 1000.0, rel=1e-9)
    assert 86.9872981078 == pytest.approx(20.0 + vy * leave / 1000.0, rel=1e-9)


def test_concave_zone_is_entered_more_than_once():
    """A straight track through the teeth of a comb is inside twice."""
    assert [(20.0, 30.0), (40.0, 50.0)] == COMB.spans(0.0, 20.0, 1.0, 0.0, 0.0, 100.0)


def test_spans_are_cut_to_start_and_end():
    """Start inside, end inside, a later start, an endless track, and a zone behind."""
    zone = box(0, 0, 10, 10)

    assert [(7.0, 12.0)] == zone.spans(5, 5, 1.0, 0.0, 7.0, 90.0)
    assert [(5.0, 8.0)] == zone.spans(-5, 5, 1.0, 0.0, 0.0, 8.0)
    assert [(5.0, 15.0)] == zone.spans(-5, 5, 1.0, 0.0, 0.0, math.inf)
    assert [] == zone.spans(15, 5, 1.0, 0.0, 0.0, math.inf)
    assert [] == zone.spans(-5, 5, 1.0, 0.0, 0.0, 4.0)
    assert [] == zone.spans(-5, 50, 1.0, 0.0, 0.0, math.inf)


@pytest.mark.parametrize("area", [Circle(0, 0, 10), box(-10, -10, 10, 10)])
def test_a_unit_at_rest_is_inside_all_the_time_or_never(area):
    """Without motion the span is the whole time, even an endless one."""
    assert [(3.0, math.inf)] == area.spans(1.0, 2.0, 0.0, 0.0, 3.0, math.inf)
    assert [] == area.spans(11.0, 2.0, 0.0, 0.0, 3.0, 9.0)
    assert [(4.0, 4.0)] == area.spans(1.0, 2.0, 5.0, 0.0, 4.0, 4.0)


def test_a_drifting_unit_is_inside():
    """A speed of a micrometre an hour is a rest, not a track."""
    assert [(0.0, 100.0)] == box(-10, -10, 10, 10).spans(0.0, 0.0, 1e-10, 0.0, 0.0, 100.0)


def test_running_along_an_edge_is_inside():
    """The edge belongs to the area, upright or slanting."""
    slant = Polygon(((0, 0), (70, 30), (40, 90)))
    length = math.hypot(70, 30)

    assert [(10.0, 20.0)] == box(0, 0, 10, 10).spans(-10, 0, 1.0, 0.0, 0.0, 99.0)
    ((enter, leave),) = slant.spans(-70, -30, 70 / length, 30 / length, 0.0, 1e4)
    assert (length, 2 * length) == pytest.approx((enter, leave))


def test_touching_a_corner_is_no_stay():
    """A corner met from outside is left out; a corner on the way in or out counts once."""
    diamond = Polygon(((0, -10), (10, 0), (0, 10), (-10, 0)))

    assert [] == diamond.spans(-50, 10, 1.0, 0.0, 0.0, 200.0)
    assert [(40.0, 60.0)] == diamond.spans(-50, 0, 1.0, 0.0, 0.0, 200.0)


def test_passing_an_inner_corner_stays_inside():
    """A track that brushes the inner corner of an L is one stay."""
    ((enter, leave),) = L_SHAPE.spans(-5.0, 25.0, 1.0, -1.0, 0.0, 99.0)

    assert (5.0, 25.0) == pytest.approx((enter, leave))


def test_circle_spans_are_crossing_times_cut_to_the_track():
    """Entering, leaving, starting inside, and only touching."""
    area = Circle(100.0, 0.0, 50.0)

    assert [(5.0, 15.0)] == area.spans(0.0, 0.0, 10.0, 0.0, 0.0, 60.0)
    assert [(2.0, 7.0)] == area.spans(100.0, 0.0, 10.0, 0.0, 2.0, 60.0)
    assert [(2.0, 4.0)] == area.spans(100.0, 0.0, 10.0, 0.0, 2.0, 4.0)
    assert [] == area.spans(0.0, 50.0, 10.0, 0.0, 0.0, 60.0)
    assert [] == area.spans(0.0, 51.0, 10.0, 0.0, 0.0, 60.0)
    assert [] == area.spans(200.0, 0.0, 10.0, 0.0, 0.0, 60.0)


@pytest.mark.parametrize("area", [Circle(0, 0, 10), box(-10, -10, 10, 10)])
def test_a_track_cannot_end_before_it_starts(area):
    """Times in the wrong order are a fault of the caller."""
    with pytest.raises(ValueError, match=r"cannot end at 1.0 before it starts at 2.0"):
        area.spans(0.0, 0.0, 1.0, 0.0, 2.0, 1.0)


@given(
    st.sampled_from(AREAS),
    st.tuples(st.floats(-200, 200), st.floats(-200, 200)),
    st.tuples(st.floats(-10, 10), st.floats(-10, 10)),
    st.floats(0.0, 1e5),
    st.lists(st.floats(0.0, 1.0), min_size=20, max_size=20),
)
@example(L_SHAPE, (-10.0, 10.0), (1.0, 0.0), 0.0, [i / 20 for i in range(20)])
@example(COMB, (-10.0, 10.0), (1.0, 0.0), 0.0, [i / 20 for i in range(20)])
@example(STAR, (0.0, 200.0), (0.0, -5.0), 1e5, [i / 20 for i in range(20)])
def test_spans_agree_with_contains(area, place, motion, start, shares):
    """Inside within every span, outside between them, whatever the area and track."""
    (x, y), (vx, vy) = place, motion
    assume(math.hypot(vx, vy) > 0.01)
    end = start + 60.0
    spans = area.spans(x, y, vx, vy, start, end)
    bounds = [start, *(time for span in spans for time in span), end]

    assert bounds == sorted(bounds)
    for share in shares:
        time = start + share * 60.0
        px, py = x + vx * (time - start), y + vy * (time - start)
        if min(abs(time - bound) for bound in bounds) > 1e-4 and not _near_an_edge(area, px, py):
            assert area.contains(px, py) == any(enter <= time <= leave for enter, leave in spans)


def _near_an_edge(area: Circle | Polygon, x: float, y: float) -> bool:
    """Whether the answer changes within ten times the slack."""
    steps = [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)]
    return len({area.contains(x + 10 * SLACK * i, y + 10 * SLACK * j) for i, j in steps}) > 1


@given(st.sampled_from(AREAS), st.floats(-200, 200), st.floats(-200, 200))
def test_nothing_is_beyond_the_reach(area, x, y):
    """A place in the area is within reach of its centre."""
    if area.contains(x, y):
        assert math.dist(area.centre, (x, y)) <= area.reach + 2 * SLACK


def test_size_centre_and_reach():
    """Known figures: circle, box far from the datum either way round, and an L."""
    far = box(1e6, 2e6, 1e6 + 30, 2e6 + 40)
    clockwise = Polygon(tuple(reversed(far.points)))

    assert (math.pi * 25, (1, 2), 5) == (Circle(1, 2, 5).size, Circle(1, 2, 5).centre, Circle(1, 2, 5).reach)
    assert (1200.0, (1e6 + 15, 2e6 + 20), 25.0) == (far.size, far.centre, far.reach)
    assert (1200.0, (1e6 + 15, 2e6 + 20), 25.0) == (clockwise.size, clockwise.centre, clockwise.reach)
    assert 500.0 == L_SHAPE.size
    assert (11.0, 11.0) == pytest.approx(L_SHAPE.centre)


@given(st.sampled_from(AREAS[1:]), st.floats(-1e5, 1e5), st.floats(-1e5, 1e5))
def test_size_does_not_depend_on_the_place(area, dx, dy):
    """A polygon moved elsewhere keeps its area."""
    moved = Polygon(tuple((x + dx, y + dy) for x, y in area.points))

    assert area.size == pytest.approx(moved.size, rel=1e-6)


@pytest.mark.parametrize("area", AREAS)
def test_areas_are_values(area):
    """Equal, hashable, and the same after pickling; they cannot be changed."""
    copy = pickle.loads(pickle.dumps(area))

    assert area == copy
    assert hash(area) == hash(copy)
    assert (area.centre, area.reach, area.size) == (copy.centre, copy.reach, copy.size)
    with pytest.raises(AttributeError):
        setattr(area, next(iter(area.__slots__)), 3.0)


def test_the_edge_belongs_to_the_area():
    """Corners, edges and rims are inside; the concave notch is not."""
    assert L_SHAPE.contains(10.0, 10.0)
    assert L_SHAPE.contains(30.0, 5.0)
    assert not L_SHAPE.contains(10.1, 10.1)
    assert Circle(0, 0, 5).contains(3.0, 4.0)
    assert not Circle(0, 0, 5).contains(3.0, 4.1)


def test_a_closed_ring_is_taken_open():
    """The first corner may be repeated at the end, as GeoJSON does."""
    assert Polygon(((0, 0), (1, 0), (0, 1))) == Polygon(((0, 0), (1, 0), (0, 1), (0, 0)))


def test_a_corner_on_a_straight_edge_is_allowed():
    """A corner need not turn."""
    assert 100.0 == Polygon(((0, 0), (5, 0), (10, 0), (10, 10), (0, 10))).size


@pytest.mark.parametrize(
    ("points", "text"),
    [
        ((), "needs at least 3 corners, got 0"),
        (((0, 0), (1, 1)), "needs at least 3 corners, got 2"),
        (((0, 0), (1, 1), (0, 0)), "needs at least 3 corners, got 2"),
        (((0, 0), (1, 1), (2, 2)), "needs an area"),
        (((0, 0), (10, 10), (20, 20), (5, 5)), "needs an area"),
        (((0, 0), (1, 0), (1, 0), (0, 1)), r"corners 2 and 3 of a polygon are the same place: \(1.0, 0.0\)"),
        (((0, 0), (10, 10), (10, 0), (0, 10)), "from corner 1 .* meets the edge from corner 3"),
        (((0, 0), (10, 0), (10, 10), (5, 0), (0, 10)), "must not cross or touch itself"),
        (((0, 0), (10, 0), (15, 0), (10, 0.0), (5, 5)), "must not cross or touch itself"),
        (((0, 0), (10, 0), (5, 0), (5, 10)), "must not cross or touch itself"),
        (((0, 0), (math.nan, 0), (5, 10)), "needs finite numbers"),
        (((0, 0), (math.inf, 0), (5, 10)), "needs finite numbers"),
    ],
)
def test_a_polygon_that_is_none_is_refused(points, text):
    """Too few corners, no area, a repeated corner, edges that cross, touch or fold back."""
    with pytest.raises(ValueError, match=text):
        Polygon(points)


@pytest.mark.parametrize(
    "circle", [(0, 0, 0), (0, 0, -1), (0, 0, math.inf), (math.nan, 0, 1), (0, 0, math.nan)]
)
def test_a_circle_that_is_none_is_refused(circle):
    """No radius, or no place."""
    with pytest.raises(ValueError, match="needs a finite centre and a positive, finite radius"):
        Circle(*circle)
