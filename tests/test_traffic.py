"""Passing traffic in an exercise: agents while they are near, and ships that clear a range when they are called."""

from collections import Counter
from math import hypot

import pytest
from small_exercise import living, played, serial

from sim.quantities import NAUTICAL_MILE
from sim.voyages import Leg, Voyage

CROWD = "{fishing: {platform: fishing-boat, density: 60 per 1000 nmi2, heed: 0 %, answer: 6 min}}"
SHOOT = {
    "drill": "surface-gunnery",
    "area": "range",
    "roles": "{firing: [Alpha]}",
    "late": "{hold: 4 h, then: skip}",
}
HABITS = "size: 5, radius: 4 nmi, leg: 1 h, working: 2 kn, shift: 20 %"
AREAS = """
  range: {centre: 40-05N 134-00E, radius: 8 nmi, exclusive: true, uses: [live-fire], fouling_margin: 3 nmi}
  sea: {centre: 40-00N 134-00E, radius: 15 nmi}
  far: {box: [37-00N 130-00E, 38-00N 132-00E]}"""


def lane(along, more="rate: 200 per day"):
    """A lane as traffic, as text."""
    return f"{{platform: merchant-ship, heed: 0 %, answer: 6 min, lane: {{along: [{along}], width: 4 nmi, {more}}}}}"


def test_whoever_is_called_alters_away_from_the_range():
    """After her answering time, at her best speed, straight away from its middle; nobody is called while answering."""
    run = played(serial(1, **SHOOT), traffic=CROWD)
    exercise = living(traffic=CROWD)
    centre, best = exercise.areas["range"].centre, run.plan.platforms["fishing-boat"].max_speed.value
    called = list(run.log.of("called"))
    altered = {
        record.cause: record for record in run.log.of("leg") if run.log[record.cause or 0].kind == "called"
    }
    gone = {record.unit for record in run.log.of("gone")}

    assert len(called) > 5
    for record in called:
        leg = altered.get(record.number)
        if leg is None:
            assert record.time + 360 > run.plan.length or record.other in gone
            continue
        assert record.time + 360 == leg.time
        assert pytest.approx(best) == hypot(leg.details["vx_m_per_s"], leg.details["vy_m_per_s"])
        x, y = leg.at[0] - centre[0], leg.at[1] - centre[1]
        assert (
            pytest.approx(hypot(x, y) * best) == x * leg.details["vx_m_per_s"] + y * leg.details["vy_m_per_s"]
        )


def test_ships_come_and_go_as_agents():
    """Those present are agents while they are there, and each that goes was sighted; they go where the waters end."""
    exercise = living(traffic=CROWD)
    log, waters = exercise.run(), exercise.traffic.waters
    sighted, gone = ({record.unit for record in log.of(word)} for word in ("sighted", "gone"))

    assert gone < sighted
    assert sighted - gone == set(exercise.traffic.present)
    assert sighted - gone == {agent.name for agent in exercise.agents if getattr(agent, "trade", "")}
    for record in log.of("gone"):
        off = hypot(record.at[0] - waters.x, record.at[1] - waters.y)
        assert pytest.approx(waters.radius, abs=1e-3) == off


def test_a_ground_keeps_its_trade():
    """Boats that cross a ground stay within its circle."""
    exercise = living(traffic=CROWD.replace("answer: 6 min", "answer: 6 min, ground: range"))
    centre, reach = exercise.areas["range"].centre, exercise.areas["range"].reach

    for record in exercise.run().of("sighted", "gone"):
        assert hypot(record.at[0] - centre[0], record.at[1] - centre[1]) <= reach + 1.0


def test_the_waters_hold_the_schedule_and_its_ships_with_an_outlook():
    """Areas no serial uses do not widen them; without a schedule all areas count."""
    exercise = living(serial(1, roles="{units: [Alpha]}"), areas=AREAS)
    waters, sea = exercise.traffic.waters, exercise.areas["sea"]

    assert pytest.approx(sea.radius + 25 * NAUTICAL_MILE) == waters.radius
    wider = living(serial(1, roles="{units: [Alpha]}"), areas=AREAS, outlook="40 nmi").traffic.waters
    assert pytest.approx(15 * NAUTICAL_MILE) == wider.radius - waters.radius
    assert living(areas=AREAS).traffic.waters.radius > 100 * NAUTICAL_MILE


FAR = {
    "lane": "{far: " + lane("36-00N 128-00E, 37-00N 133-00E, 38-00N 139-00E", "rate: 2000 per day") + "}",
    "ferry": "{far: {platform: ferry, heed: 0 %, answer: 6 min, ferry: {ends: [36-00N 130-00E, 38-00N 132-00E],"
    " departs: 20 Jul 07:00, every: 5 min}}}",
    "fleet": "{far: {platform: fishing-boat, heed: 0 %, answer: 6 min, fleet: {ground: far, boats: 5000, "
    + HABITS
    + "}}}",
}


@pytest.mark.parametrize("traffic", FAR.values(), ids=FAR)
def test_nobody_far_away_is_played(traffic):
    """No agent, no record and no event of the clock: the log is that of an empty sea."""
    plan = serial(1, roles="{units: [Alpha]}")
    empty, full = (living(plan, areas=AREAS, traffic=each) for each in ("{}", traffic))

    assert not full.traffic._agenda._items
    assert empty.run().fingerprint() == full.run().fingerprint()


def test_a_turn_costs_one_event_and_wakes_nobody():
    """Of the clock's events one belongs to each moment at which a ship comes, turns or goes; nobody waits for news."""

    def events(traffic):
        exercise = living(areas=AREAS, traffic=traffic)
        count, step = 0, exercise.env.step

        def counted():
            nonlocal count
            count += 1
            step()

        exercise.env.step = counted
        log = exercise.run()
        return count, {
            record.time for record in log.of("sighted", "leg", "gone") if record.unit.startswith("squid")
        }

    squid = (
        "{squid: {platform: fishing-boat, heed: 0 %, answer: 6 min, fleet: {ground: sea, boats: 40, "
        + HABITS
        + "}}}"
    )
    (without, _), (count, moments) = events("{}"), events(squid)

    assert len(moments) > 300
    assert len(moments) <= count - without <= len(moments) * 1.2  # a boat that lies on needs no record of it


def test_a_lane_passes_leg_by_leg():
    """Its ships turn in the waters where the lane does, follow each other all day, and keep to their names."""
    traffic = (
        "{lane: "
        + lane("40-00N 132-30E, 40-00N 134-00E, 41-30N 134-30E", "rate: 200 per day, speed: 12 kn")
        + "}"
    )
    run = played(traffic=traffic)
    legs = Counter(record.unit for record in run.log.of("leg"))
    sighted = list(run.log.of("sighted"))

    assert sum(record.time == 0 for record in sighted) > 20
    assert sum(record.time > 0 for record in sighted) > 60
    assert {1, 2} == set(legs.values())
    assert len(sighted) == len({record.unit for record in sighted})
    for record in run.log.of("leg"):
        assert pytest.approx(12 * NAUTICAL_MILE / 3600) == hypot(*record.details.values())


def test_a_ferry_comes_back_under_her_name():
    """The same two boats all day, each sighted again and again."""
    traffic = ("{packet: {platform: ferry, heed: 0 %, answer: 6 min, ferry: {ends: [40-40N 134-00E, 39-20N 134-00E],"
               " departs: 20 Jul 07:00, every: 5 h, speed: 20 kn}}}")  # fmt: skip
    sighted = Counter(record.unit for record in played(traffic=traffic).log.of("sighted"))

    assert {"packet 1", "packet 2"} == set(sighted)
    assert min(sighted.values()) >= 2


def test_boats_with_lamps_are_there_by_day_and_move_by_night():
    """Lying from sunrise to sunset at the datum; a boat called to clear a range goes all the same."""
    squid = "{squid: {platform: fishing-boat, heed: 0 %, answer: 6 min, fleet: {ground: sea, boats: 30, night: 100 %, "
    run = played(traffic=squid + HABITS + "}}}", ends="2023-07-21 06:00 +08:00")
    set_, rise = (next(record.time for record in run.log.of("sun") if record.details["event"] == word)
                  for word in ("sunset", "sunrise"))  # fmt: skip
    moves = [record for record in run.log.of("leg") if hypot(*record.details.values()) > 0]

    assert 30 == len(list(run.log.of("sighted")))
    assert len(moves) > 100
    assert all(set_ <= record.time < rise for record in moves)


def test_a_ship_that_altered_does_not_go_back_to_her_way():
    """Asked to clear, she runs until she is out of the waters; the turn she had in mind is not made."""
    exercise = living(traffic=CROWD.replace("60 per", "0 per"))
    x, y = exercise.traffic.waters.centre
    legs = (Leg(0.0, 3600.0, x, y, 1.0, 0.0), Leg(3600.0, 9000.0, x + 3600, y, 0.0, 1.0))
    exercise.traffic.expect("fishing", "fishing 1", Voyage(False, legs))
    exercise.env.run(until=60)
    exercise.traffic.ask_to_clear(exercise.traffic.present["fishing 1"], (x - 100.0, y), 0)
    log = exercise.run()
    ways = [record for record in log.of("leg") if record.unit == "fishing 1"]

    assert [0.0, 420.0] == [record.time for record in ways]
    best = exercise.plan.platforms["fishing-boat"].max_speed.value
    (gone,) = log.of("gone")
    assert pytest.approx(420.0 + (exercise.traffic.waters.radius - 420.0) / best) == gone.time
