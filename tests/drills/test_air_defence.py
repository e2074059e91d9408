"""Air defence: horizons, assignment over a late picture, channels and shots, and the textbook of shoot, look, shoot."""

from itertools import pairwise
from math import sqrt

import pytest
from small_exercise import PLATFORMS, SECTIONS, living, played, scenario, serial

from sim.errors import ScenarioError
from sim.exercise import Exercise
from sim.measures import (
    double_assignments,
    leakers,
    raid_detection_range,
    raiders_stopped,
    shots_per_raider,
)
from sim.runs import Run
from sim.sensors.radar import Radar
from sim.weapons.dispersion import shoot_look_shoot

BIG = PLATFORMS + "  raider: {like: raider-drone, cross_section: 900000 m2, max_speed: 300 m/s}\n"
PLAIN = {
    "raiders": "4",
    "at_once": "1",
    "low": "0 %",
    "interval": "20 min",
    "reaction": "10 s",
    "own_defence": "0 m",
}


def defence(defenders="[Alpha, Golf]", raiders=None, aircraft=None, drones="4", **more):
    """Single drones, high, nobody fires without an order."""
    roles = {"defenders": defenders, "raiders": raiders, "aircraft": aircraft}
    said = {"duration": "6 h", "roles": "{" + ", ".join(f"{role}: {names}" for role, names in roles.items() if names) + "}",
            **PLAIN, "raiders": drones}  # fmt: skip
    return serial(1, "air-defence", **said | more)


def command(national="30 s", across="2 min"):
    """With other delays."""
    return SECTIONS["command"].replace(
        "national: 30 s, across: 2 min", f"national: {national}, across: {across}"
    )


def firsts(log):
    """The first engagement of each raider: (shots, hit)."""
    found = {}
    for record in log.of("engagement"):
        found.setdefault(record.other, (record.details["shots"], record.details["hit"]))
    return list(found.values())


def many(**more):
    """Hundreds of slow drones in fours, one ship, orders at once."""
    return scenario(
        defence("[Alpha]", drones="400", at_once="4", begins="13 km", reaction="1 s", interval="270 s", channels="4",
                ready="9999", duration="9 h", **more),
        command=command("0 s"), ends="2023-07-20 23:00 +08:00",
    )  # fmt: skip


def test_shoot_look_shoot_by_its_closed_form():
    """GUN-15, agents: .7 and three shots, 0.973 and 1.39 within four standard errors; 1,200 raiders."""
    plan, paper = many(single_shot="70 %", shots="3"), shoot_look_shoot(0.7, 3)
    found = [each for seed in range(3) for each in firsts(Exercise(plan, seed).run())]
    kills, rounds = sum(hit for _, hit in found) / len(found), sum(shots for shots, _ in found) / len(found)

    assert len(found) == 1200
    error = sqrt(paper.kill * (1 - paper.kill) / len(found))
    assert error < 0.005
    assert abs(kills - paper.kill) < 4 * error
    assert abs(rounds - paper.mean_rounds) < 4 * 0.646 / sqrt(len(found))


def test_a_salvo_has_the_same_chance_for_all_its_shots():
    """GUN-15: three shots each, and the kill chance of shoot, look, shoot."""
    found = firsts(Exercise(many(single_shot="70 %", shots="3", doctrine="salvo"), 1).run())

    assert {3} == {shots for shots, _ in found}
    assert abs(sum(hit for _, hit in found) / len(found) - 0.973) < 4 * sqrt(0.973 * 0.027 / len(found))


@pytest.mark.parametrize(("height", "within"), [("10 m", 10.0), ("40 m", 40.0)])
def test_low_raiders_come_over_the_horizon(height, within):
    """First found inside two horizons, the antenna's and the raider's, and not long after."""
    run = played(defence("[Alpha]", low="100 %", low_height=height, begins="30 nmi", target="raider"),
                 platforms="\n" + BIG, command=command("0 s"))  # fmt: skip
    antenna = run.plan.platforms["frigate"].sensors.radar.antenna.value
    horizon = min(Radar.horizon(antenna) + Radar.horizon(within), 24 * 1852.0)

    first = {}
    for record in run.log.of("detected"):
        first.setdefault(record.other, record.details["range_m"])
    assert len(first) == 4
    assert all(horizon - 500.0 < found <= horizon for found in first.values())
    assert raid_detection_range.measure(run)["1"] == pytest.approx(sum(first.values()) / 4)


def test_low_raiders_are_found_later_and_leak_more():
    """Drones of a tenth of a square metre in the clutter, the same raids high and low."""
    found = {}
    for low in ("0 %", "100 %"):
        plan = scenario(defence("[Alpha, Golf]", drones="6", low=low))
        runs = [Run(plan, seed, 0, Exercise(plan, seed).run()) for seed in range(5)]
        found[low] = (
            sum(raid_detection_range.measure(run).get("1", 0.0) for run in runs),
            sum(leakers.measure(run)["1"] for run in runs),
        )

    assert found["0 %"][0] > 2 * found["100 %"][0]
    assert found["0 %"][1] < found["100 %"][1]


def test_the_officer_assigns_all_ships_and_nobody_twice():
    """Joint control: one staff; Golf fires only when the order has come across, and that takes two minutes."""
    log = played(defence("[Golf, Hotel]", drones="6")).log
    assigned = list(log.of("raider-assigned"))

    assert len(assigned) >= 6
    assert {("blue", 1, 0)} == {
        (record.details["force"], record.details["across"], record.details["double"]) for record in assigned
    }
    for record in assigned:
        acknowledged = next(
            other
            for other in log.of("acknowledged")
            if other.unit == record.unit and other.time > record.time
        )
        assert acknowledged.time == pytest.approx(record.time + 120.0)
        launches = [other.time for other in log.of("simulated-launch") if other.other == record.other]
        assert min(launches) > acknowledged.time


def test_two_staffs_take_the_same_raider_while_the_news_is_on_its_way():
    """National control: both know of it within seconds of each other, and hear of the other's assignment two minutes later."""
    delayed = Run(plan := scenario(defence(control="national", drones="6")), 0, 0, Exercise(plan, 0).run())
    at_once = scenario(defence(control="national", drones="6"), command=command("30 s", "0 s"))
    joint = scenario(defence(drones="6"))

    assert double_assignments.measure(delayed)["1"] >= 3
    assert double_assignments.measure(Run(joint, 0, 0, Exercise(joint, 0).run()))["1"] == 0
    assert (
        double_assignments.measure(Run(at_once, 0, 0, Exercise(at_once, 0).run()))["1"]
        < double_assignments.measure(delayed)["1"]
    )


def test_no_ship_takes_on_more_than_she_has_channels_for():
    """Four at once at one ship of two channels."""
    log = played(defence("[Alpha]", drones="8", at_once="4", channels="2")).log
    at = most = 0
    for record in log.of("raider-assigned", "engagement"):
        at += 1 if record.kind == "raider-assigned" else -1
        most = max(most, at)

    assert most == 2


def test_nobody_fires_more_than_is_ready_between_reloads():
    """Three shots ready and six minutes to reload; every miss counts."""
    log = played(
        defence(
            "[Alpha]", drones="8", at_once="4", ready="3", reload="6 min", single_shot="30 %", channels="4"
        )
    ).log
    shots, times, fired = 0, [], 0
    for record in log.of("simulated-launch", "reloaded"):
        shots = shots + 1 if record.kind == "simulated-launch" else 0
        fired += record.kind == "simulated-launch"
        assert shots <= 3
        if record.kind == "reloaded":
            times.append(record.details["took_s"])

    assert times == [pytest.approx(360.0)]  # the second would be over after FINEX
    assert fired == 6


def test_a_ship_nobody_tells_defends_herself():
    """Her orders take an hour: she stops nobody, unless she may fire at who comes near."""
    stopped = {}
    for near in ("0 m", "8 km"):
        run = played(defence("[Golf]", own_defence=near), command=command(across="1 h"))
        stopped[near] = raiders_stopped.measure(run)["1"]
        assert bool(list(run.log.of("self-defence"))) == (near == "8 km")

    assert (0.0, True) == (stopped["0 m"], stopped["8 km"] > 0.5)


def test_a_ship_fires_only_at_what_she_holds_in_reach():
    """Each launch lies within the reach, and inside one of her own contacts."""
    log = played(defence(drones="6", reach="10 km")).log
    held = {}
    for record in log.of("detected", "faded", "simulated-launch"):
        pair = record.unit, record.other
        if record.kind == "simulated-launch":
            assert record.details["range_m"] <= 10_000.1
            assert held.get(pair, 0) > 0
        else:
            held[pair] = held.get(pair, 0) + (1 if record.kind == "detected" else -1)


def test_a_better_shot_never_lets_more_through():
    """With common random numbers, seed by seed."""
    through = []
    for single in ("20 %", "50 %", "90 %"):
        plan = scenario(defence("[Alpha]", drones="6", shots="1", single_shot=single, raid_speed="60 m/s"))
        through.append(
            [leakers.measure(Run(plan, seed, 0, Exercise(plan, seed).run()))["1"] for seed in range(8)]
        )

    assert all(worst >= middle >= best for worst, middle, best in zip(*through, strict=True))
    assert sum(through[0]) > sum(through[2])


def test_own_aircraft_play_raiders_and_go_home():
    """Each runs in twice, is found and reported anew, and breaks off when hit; the drones come after."""
    exercise = living(defence(raiders="[Juliet, Mike]", drones="2", at_once="2", runs="2", duration="2 h"))
    run = Run(exercise.plan, 0, 0, exercise.run())
    raids = list(run.log.of("raid"))
    over = {record.details["raider"] for record in run.log.of("raid-over")}

    assert ["Juliet", "Mike", "Juliet", "Mike"] == [record.unit for record in raids[:4]]
    assert {1, 2, 3, 4, 5, 6} == over
    assert all(record.details["range_m"] == pytest.approx(25 * 1852, rel=0.05) for record in raids)
    reports = [record.other for record in run.log.of("reported") if record.details["force"] == "blue"]
    assert (2, 2) == (reports.count("Juliet"), reports.count("Mike"))
    assert {"home"} == {exercise.units[name].phase for name in ("Juliet", "Mike")}
    assert exercise.units["Juliet"].height == 6000.0
    assert shots_per_raider.measure(run)["1"] >= 1.0


def test_an_aircraft_runs_in_again_only_when_its_last_run_is_over():
    """Waves a minute apart, and a run of several."""
    log = played(defence(raiders="[Juliet]", drones="1", runs="3", interval="1 min")).log
    out = 0
    for record in log.of("raid", "raid-over"):
        if record.unit == "Juliet":
            out += 1 if record.kind == "raid" else -1
            assert out in (0, 1)
    assert len([record for record in log.of("raid") if record.unit == "Juliet"]) == 3


def test_finex_in_the_middle_leaves_no_raider():
    """Targets are gone, aircraft come home, nothing is launched after FINEX."""
    for after in (400.0, 900.0, 1100.0):
        exercise = living(defence(raiders="[Juliet]", drones="4", at_once="4"))
        live = exercise.conductor.serials["1"]
        while live.comex is None:
            exercise.env.step()
        exercise.env.run(until=live.comex + after)
        live.finex_due = exercise.env.now
        exercise.news.ring()
        log = exercise.run()
        (finex,) = log.of("finex")
        assert all(record.time <= finex.time for record in log.of("simulated-launch", "splash", "raid-over"))
        assert exercise.units["Juliet"].phase == "home"
        assert not [process for process in live._processes if process.is_alive]


def test_waves_come_from_one_bearing():
    """Two and two, one behind the other."""
    raids = list(played(defence(drones="4", at_once="2")).log.of("raid"))
    bearings = [record.details["bearing_deg"] for record in raids]

    assert bearings[0] == bearings[1] != bearings[2] == bearings[3]
    assert all(one.details["range_m"] < two.details["range_m"] for one, two in list(pairwise(raids))[::2])


@pytest.mark.parametrize(("said", "fault"), [
    ({"begins": "10 km"}, "serials.0.begins: raiders begin within the range"),
    ({"release": "13 km"}, "serials.0.release: raiders are through before"),
    ({"control": "nobody"}, "serials.0.control"),
    ({"doctrine": "spray"}, "serials.0.doctrine"),
    ({"single_shot": "120 %"}, "serials.0.single_shot"),
])  # fmt: skip
def test_bad_parameters_are_refused_at_their_line(said, fault):
    """With the place and what is wanted."""
    with pytest.raises(ScenarioError, match=r"small.yaml:\d+:\d+: " + fault):
        scenario(defence(**said))
