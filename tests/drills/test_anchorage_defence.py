"""Anchorage defence: whether a guard meets a raider in time, on whose word she goes, and divers."""

from itertools import pairwise
from math import hypot, pi, radians, sqrt

import pytest
from small_exercise import PLATFORMS, living, played, scenario, serial

from sim.errors import ScenarioError
from sim.exercise import Exercise
from sim.measures import leakers, raiders_stopped, reaction_time
from sim.quantities import KNOT, NAUTICAL_MILE
from sim.reach import guard_chance, guard_meets
from sim.runs import Run

NEAR = "sensors: {radar: {antenna: 20 m, instrumented: 10 m, air: 10 m}, lookout: {eye: 10 m, by_day: 10 m, by_night: 10 m}}"
SEEN = "sensors: {radar: {antenna: 22 m, look: 0.1 s}, lookout: {eye: 14 m}}"
BOATS = PLATFORMS + "  boat: {like: fast-boat, cross_section: 900000 m2}\n"
EXACT = {"target": "boat", "ring": "4 nmi", "begins": "6 nmi", "protected": "2 nmi", "raid_speed": "28 kn", "guard_speed": "30 kn",
         "met_at": "5 m", "reaction": "0 s", "interval": "15 min", "divers": "0"}  # fmt: skip


def anchorage(guards="[Bravo, Golf, Hotel]", anchored="[Tango]", pickets=None, **more):
    """Six boats, no divers if not said otherwise."""
    roles = {"anchored": anchored, "guards": guards, "pickets": pickets}
    said = {
        "duration": "8 h",
        "divers": "0",
        "roles": "{" + ", ".join(f"{role}: {names}" for role, names in roles.items() if names) + "}",
    }
    return serial(1, "anchorage-defence", **said | more)


def frigates(sheet, more=PLATFORMS):
    """Platforms with something else on the sheet of the frigates."""
    return "\n" + more.replace("{like: type-054a,", "{like: type-054a, " + sheet + ",")


def test_a_guard_on_the_ring_against_a_raider_that_runs_in():
    """KIN-11, agents: 4, 2, 6 nmi, 28 against 30 kn, 0.467; and raid by raid as on paper. 1,200 raids.

    The guard lies to the north and raiders come from anywhere: the same as a guard anywhere on the ring.
    """
    plan = scenario(
        anchorage("[Bravo]", duration="70 h", raiders="100", **EXACT), ends="2023-07-24 18:00 +08:00",
        platforms=frigates(f"max_speed: 30 kn, cruise_speed: 30 kn, {SEEN}", BOATS),
    )  # fmt: skip
    knots, mile = (28 * KNOT, 30 * KNOT), NAUTICAL_MILE
    met = raids = otherwise = 0
    for seed in range(12):
        log = Exercise(plan, seed).run()
        bearings = {record.unit: radians(record.details["bearing_deg"]) for record in log.of("raid")}
        for record in log.of("raid-over"):
            paper = guard_meets(4 * mile, bearings[record.unit], 6 * mile, 2 * mile, *knots) is not None
            raids, met = raids + 1, met + record.details["dealt_with"]
            otherwise += paper != bool(record.details["dealt_with"])
    wanted = guard_chance(4 * mile, 6 * mile, 2 * mile, *knots)

    assert raids == 1200
    assert wanted == pytest.approx(0.4674628, rel=1e-6)
    assert abs(met / raids - wanted) < 4 * sqrt(wanted * (1 - wanted) / raids)
    assert otherwise <= 6  # of those so near the edge that a contact half a second late decides


def test_guards_lie_evenly_on_the_ring_and_go_back():
    """Three at 120 degrees, before the first raider comes and after the last; pickets farther out."""
    exercise = living(
        anchorage(
            "[Bravo, Golf]",
            pickets="[Hotel]",
            ring="3 nmi",
            pickets_at="6 nmi",
            raiders="2",
            interval="40 min",
        )
    )
    live = exercise.conductor.serials["1"]
    while not list(exercise.log.of("raid")):
        exercise.env.step()
    centre = live.centre
    away = {
        name: exercise.units[name].distance_to(centre) / NAUTICAL_MILE
        for name in ("Bravo", "Golf", "Hotel", "Tango")
    }
    (x, y), (u, v) = exercise.units["Bravo"].position, exercise.units["Golf"].position

    assert away == pytest.approx({"Bravo": 3.0, "Golf": 3.0, "Hotel": 6.0, "Tango": 0.0}, abs=1e-6)
    assert hypot(u - x, v - y) == pytest.approx(6.0 * NAUTICAL_MILE)
    while len(list(exercise.log.of("raid-over"))) < 2:
        exercise.env.step()
    assert {round(exercise.units[name].distance_to(centre)) for name in ("Bravo", "Golf")} != {
        round(3 * NAUTICAL_MILE)
    }
    exercise.env.run(until=exercise.env.now + 39 * 60.0)
    assert {round(exercise.units[name].distance_to(centre)) for name in ("Bravo", "Golf")} == {
        round(3 * NAUTICAL_MILE)
    }


def test_who_holds_it_in_her_sector_goes_by_herself():
    """Without a word from the staff: after her reaction only, from her own side of the anchorage."""
    run = played(
        anchorage(guards="[Bravo, Golf]", reaction="20 s", raiders="12", target="boat"),
        platforms="\n" + BOATS,
    )
    bearings = {record.unit: radians(record.details["bearing_deg"]) for record in run.log.of("raid")}
    own = [record for record in run.log.of("guard-sent") if not record.details["by_order"]]

    assert len(own) > 6
    for record in own:
        north = abs((bearings[record.other] + pi / 2) % (2 * pi)) < pi
        assert record.unit == ("Bravo" if north else "Golf")
    assert min(record.details["reaction_s"] for record in own) == pytest.approx(
        20.0, abs=3.0
    )  # another may have seen it a look before


def test_guards_who_see_nothing_are_sent_by_the_staff():
    """The tanker at anchor sees and reports across in two minutes, the order takes half a minute to Bravo, two to Golf."""
    run = played(
        anchorage(guards="[Bravo, Golf]", reaction="20 s", raiders="8", target="boat"),
        platforms=frigates(NEAR, BOATS),
    )
    sent = list(run.log.of("guard-sent"))
    delays = {"Bravo": 120.0 + 30.0 + 20.0, "Golf": 120.0 + 120.0 + 20.0}
    acknowledged = {record.number for record in run.log.of("acknowledged")}

    assert {"Bravo", "Golf"} == {record.unit for record in sent}
    for record in sent:
        assert record.details["by_order"] == 1
        assert record.details["reaction_s"] == pytest.approx(delays[record.unit], abs=1.0)
        assert record.cause in acknowledged


def test_the_measures_count_the_records():
    """Met over all, those through, and the mean reaction."""
    run = played(anchorage(guards="[Bravo]", raiders="8", divers="1"))
    over = [record.details["dealt_with"] for record in run.log.of("raid-over")]
    reactions = [record.details["reaction_s"] for record in run.log.of("guard-sent")]

    assert len(over) == 9
    assert sum(over) == len(list(run.log.of("raider-met")))
    assert raiders_stopped.measure(run)["1"] == pytest.approx(sum(over) / 9)
    assert leakers.measure(run)["1"] == 9 - sum(over)
    assert reaction_time.measure(run)["1"] == pytest.approx(sum(reactions) / len(reactions))


def test_faster_guards_never_meet_fewer():
    """With common random numbers, run by run: raiders, contacts and delays are the same."""
    met = []
    for speed in ("10 kn", "18 kn", "27 kn"):
        plan = scenario(
            anchorage(
                guards="[Bravo, Golf]", guard_speed=speed, raiders="10", interval="60 min", duration="14 h"
            ),
            ends="2023-07-21 10:00 +08:00",
        )
        met.append(
            [
                raiders_stopped.measure(Run(plan, seed, 0, Exercise(plan, seed).run()))["1"]
                for seed in range(6)
            ]
        )

    assert all(slow <= middle <= fast for slow, middle, fast in zip(*met, strict=True))
    assert sum(met[0]) < sum(met[2])


def test_two_boats_at_once_take_two_guards():
    """A guard who is away is sent to nobody else until she is back."""
    log = played(anchorage(raiders="8", at_once="2", target="boat"), platforms="\n" + BOATS).log
    sent = {}
    for record in log.of("guard-sent"):
        sent.setdefault(record.unit, []).append(record.time)
    back = {unit: [record.time for record in log.of("raider-met") if record.unit == unit] for unit in sent}

    assert len(sent) >= 2
    for unit, times in sent.items():
        assert all(any(one < done < two for done in back[unit]) for one, two in pairwise(times))


def test_divers_are_found_by_sonar_near_the_ship_and_met_by_her_boat():
    """Inside the reach of the set in this sea; a boat goes from the ship he swims for, after the time to get it away."""
    run = played(anchorage(raiders="1", divers="4", boat_away="2 min", duration="10 h"))
    found = [record for record in run.log.of("detected") if record.other.startswith("diver")]
    sent = [record for record in run.log.of("guard-sent") if record.other.startswith("diver")]

    assert {"diver-sonar"} == {record.details["sensor"] for record in found}
    assert all(record.details["range_m"] <= 400.0 * (1 - 2 * 0.08) for record in found)
    assert {"Tango"} == {record.unit for record in sent}
    assert [120.0] * len(sent) == pytest.approx([record.details["reaction_s"] for record in sent])
    assert any(record.other.startswith("diver") for record in run.log.of("raider-met"))


def test_a_sonar_of_no_reach_finds_no_diver():
    """He is under the ship before anybody knows."""
    tanker = PLATFORMS.replace(
        "{like: type-903a,", "{like: type-903a, sensors: {diver-sonar: {reach: 31 m}},"
    )
    run = played(anchorage(raiders="1", divers="2", target="boat"), platforms="\n" + tanker + BOATS[len(PLATFORMS):])  # fmt: skip
    over = {
        record.unit: record.details for record in run.log.of("raid-over") if record.unit.startswith("diver")
    }

    assert len(over) == 2
    assert {0} == {details["dealt_with"] for details in over.values()}
    assert [30.0, 30.0] == pytest.approx([details["closest_m"] for details in over.values()], abs=0.1)


def test_finex_while_a_guard_and_a_boat_are_out_leaves_nothing():
    """Whatever is going on; every half hour."""
    for after in (40, 60, 80, 100):
        exercise = living(anchorage(raiders="4", divers="2", at_once="2"))
        live = exercise.conductor.serials["1"]
        while live.comex is None:
            exercise.env.step()
        exercise.env.run(until=live.comex + after * 60.0)
        live.finex_due = exercise.env.now
        exercise.news.ring()
        log = exercise.run()
        (finex,) = log.of("finex")
        assert all(record.time <= finex.time for record in log.of("raid-over", "raider-met", "guard-sent"))
        assert not [process for process in live._processes if process.is_alive]
        assert not [unit.name for unit in exercise.units.values() if unit.watchers or unit.booked]


@pytest.mark.parametrize(("said", "fault"), [
    ({"protected": "3 nmi"}, "serials.0.protected: the guards lie inside"),
    ({"begins": "3 nmi"}, "serials.0.begins: raiders begin inside"),
    ({"diver_begins": "20 m"}, "serials.0.diver_begins: divers begin where"),
    ({"target": "galleon"}, "serials.0.target"),
])  # fmt: skip
def test_bad_parameters_are_refused_at_their_line(said, fault):
    """With the place and what is wanted."""
    with pytest.raises(ScenarioError, match=r"small.yaml:\d+:\d+: " + fault):
        scenario(anchorage(**said))
