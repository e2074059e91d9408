"""Small craft defence: runs in closed form, fire by bands and only at what is held, hits by angles and size."""

from itertools import pairwise
from math import cos, fsum, radians, sqrt

import pytest
from small_exercise import living, played, scenario, serial

from sim.drills._fire import chance_of_hit
from sim.errors import ScenarioError
from sim.exercise import Exercise
from sim.measures import boats_stopped, closest_approach, rounds, shots_fired
from sim.quantities import KNOT
from sim.runs import Run

STILL = {"speed": "0 kn", "boats": "1", "interval": "1 min", "boat_speed": "30 kn"}
CALM = {"aim_error": "0 mrad", "roughness": "0"}


def boats(defenders="[Alpha]", **more):
    """One boat runs in on a frigate that lies still, on the range."""
    said = {"area": "range", "duration": "4 h", "roles": f"{{defenders: {defenders}}}", **STILL}
    return serial(1, "small-craft-defence", **said | more)


def unarmed(*serials, **more):
    """A run in which nobody has a round."""
    exercise = living(*serials, **more)
    for name in ("Alpha", "Bravo", "Golf", "Hotel"):
        for gun in exercise.units[name].guns:
            gun.rounds = 0
    return Run(exercise.plan, 0, 0, exercise.run())


def times(log, *words):
    """When the first record of each kind was written."""
    return [next(iter(log.of(word))).time for word in words]


def test_a_straight_run_takes_its_way_over_its_speed():
    run = unarmed(boats(run_in="8 nmi", release="500 m"))
    began, through = times(run.log, "run-in", "through")

    assert (8 * 1852 - 500) / (30 * KNOT) == pytest.approx(through - began, abs=1e-3)
    assert ({"1": 0.0}, {"1": pytest.approx(500.0)}) == (
        boats_stopped.measure(run),
        closest_approach.measure(run),
    )
    assert ({}, {}) == (shots_fired.measure(run), rounds.measure(run))


@pytest.mark.parametrize("angle", [15, 30, 45])
def test_a_weaving_run_makes_good_the_cosine_of_its_angle(angle):
    """To within two legs of twenty seconds: the last ones are cut short by the release."""
    run = unarmed(boats(run_in="8 nmi", release="500 m", weave=f"{angle} deg", weave_leg="20 s"))
    began, through = times(run.log, "run-in", "through")

    assert abs((8 * 1852 - 500) / (30 * KNOT) / cos(radians(angle)) - (through - began)) < 40.0
    legs = [record for record in run.log.of("leg") if record.unit == "fast-boat 1-1"]
    assert len(legs) > (through - began) / 20.0


def test_a_boat_slower_than_is_ordered_runs_at_its_best():
    run = unarmed(boats(boat_speed="60 kn"))
    began, through = times(run.log, "run-in", "through")

    assert (8 * 1852 - 500) / (35 * KNOT) == pytest.approx(through - began, abs=1e-3)


def test_each_gun_fires_inside_its_own_band():
    """The first burst of each at the edge of it, none beyond; eight seconds from a fall to the next burst."""
    run = played(boats(main_from="4 km", close_in_from="1.5 km", hits_to_stop="1000", main_rounds="1", look="8 s",
                       aim_error="60 mrad"))  # fmt: skip
    for gun, opens in (("h-pj-26", 4000.0), ("h-pj-11", 1500.0)):
        shots = [record for record in run.log.of("shots") if record.details["gun"] == gun]
        assert shots[0].details["range_m"] == pytest.approx(opens, abs=0.1)
        assert all(record.details["range_m"] <= opens + 0.1 for record in shots)
        for fell, fired in pairwise(shots):
            assert fired.time - fired.details["flight_s"] - fell.time == pytest.approx(8.0)


def test_hits_on_a_closing_boat_by_their_sum():
    """GUN-18: the hits of all bursts on the way in are the sum of n p, p of a boat end on at its range by then; four standard errors."""
    plan = scenario(boats(main_from="600 m", close_in_from="2.5 km", hits_to_stop="9999", boats="12", burst="0.05 s",
                          **CALM))  # fmt: skip
    sheet, gun = plan.platforms["fast-boat"], plan.guns["h-pj-11"]
    hits, mean, variance = 0, [], []
    for seed in range(12):
        log = Exercise(plan, seed).run()
        over = {record.unit: record.time for record in log.of("run-ended")}
        for record in log.of("shots"):
            if (
                record.details["gun"] != "h-pj-11" or record.time >= over[record.other]
            ):  # gone before its fall
                continue
            reach = record.details["range_m"] - 30 * KNOT * record.details["flight_s"]
            single = chance_of_hit(sheet, gun.dispersion_deflection.value * reach, 0.0, 0.0, 0.0)
            hits += record.details["hits"]
            mean.append(record.details["rounds"] * single)
            variance.append(record.details["rounds"] * single * (1 - single))

    assert len(mean) > 300
    assert abs(hits - fsum(mean)) < 4 * sqrt(fsum(variance))
    assert 4 * sqrt(fsum(variance)) < 0.1 * hits


def test_a_boat_shows_its_width_end_on_and_its_length_abeam():
    """Far off, where the chance is in proportion to the area shown."""
    sheet = scenario(boats()).platforms["fast-boat"]
    end_on, abeam = (chance_of_hit(sheet, 500.0, 0.0, 0.0, angle) for angle in (0.0, radians(90)))

    assert abeam / end_on == pytest.approx(8.0 / 2.5, rel=1e-3)


def test_weaving_boats_come_nearer():
    """Laid for where they would be, rounds miss who alters: over twenty boats the mean range at which they are stopped is less."""
    mean = {}
    for weave in (0, 40):
        plan = scenario(
            boats(boats="20", weave=f"{weave} deg", weave_leg="6 s", main_from="6 km", main_rounds="4")
        )
        ended = list(Exercise(plan, 1).run().of("run-ended"))
        mean[weave] = fsum(record.details["closest_m"] for record in ended) / len(ended)

    assert mean[40] < 0.8 * mean[0]


def test_a_better_aim_never_lets_a_boat_come_nearer():
    """With the same draws."""
    for seed in range(8):
        nearest = [closest_approach.measure(played(boats(aim_error=f"{error} mrad"), seed=seed))["1"]
                   for error in (1, 3, 9)]  # fmt: skip
        assert nearest == sorted(nearest, reverse=True)


def test_a_shell_counts_for_all():
    """One hit of a main gun stops a boat that takes a hundred of the others."""
    run = played(
        boats(
            hits_to_stop="100", close_in_from="501 m", main_rounds="6", main_from="7 km", aim_error="1 mrad"
        )
    )
    last = list(run.log.of("shots"))[-1]

    assert ("h-pj-26", True) == (last.details["gun"], last.details["hits"] >= 1)
    assert {"1": 1.0} == boats_stopped.measure(run)


def test_nobody_fires_at_what_she_does_not_hold():
    """At the trigger of each burst the ship has found the boat and not lost it; three ships, seven boats."""
    run = played(boats("[Alpha, Golf, Hotel]", boats="7", at_once="3", speed="12 kn"),
                 environment="{sea_state: 3, visibility: 3 nmi, wind: 4 m/s}")  # fmt: skip
    fired = list(run.log.of("shots"))

    assert fired
    for shot in fired:
        trigger, pair = shot.time - shot.details["flight_s"], (shot.unit, shot.other)
        gained = [each.time for each in run.log.of("detected") if (each.unit, each.other) == pair]
        lost = [each.time for each in run.log.of("faded") if (each.unit, each.other) == pair]
        held = sum(time <= trigger + 1e-6 for time in gained) - sum(time <= trigger - 1e-6 for time in lost)
        assert held >= 1


def test_several_boats_begin_at_once_each_on_a_ship_of_its_own():
    run = played(boats("[Alpha, Golf]", boats="5", at_once="2", bearings="[90 deg, 200 deg]"))
    runs = list(run.log.of("run-in"))
    ended = list(run.log.of("run-ended"))

    assert [1, 2, 3, 4, 5] == [record.details["boat"] for record in runs]
    assert ["Alpha", "Golf", "Alpha", "Golf", "Alpha"] == [record.other for record in runs]
    assert runs[0].time == runs[1].time < runs[2].time == runs[3].time < runs[4].time
    assert runs[2].time - max(record.time for record in ended[:2]) == pytest.approx(60.0)
    assert [pytest.approx(each, abs=0.01) for each in (90, 200, 90, 200, 90)] == [
        record.details["bearing_deg"] for record in runs
    ]


@pytest.mark.parametrize(("north", "fires"), [(0.0, False), (1000.0, True)])
def test_no_ship_fires_along_a_line_on_which_another_lies(north, fires):
    """Golf two kilometres to the east of Alpha, or to the north-east; the boat comes from the east."""
    exercise = living(boats("[Alpha, Golf]", bearings="[90 deg]", close_in_from="501 m"))
    while not list(exercise.log.of("comex")):
        exercise.env.step()
    alpha, golf = exercise.units["Alpha"], exercise.units["Golf"]
    golf.steer(0.0, 0.0, at=(alpha.position[0] + 2000.0, alpha.position[1] + north))
    log = exercise.run()
    early = [
        record for record in log.of("shots") if record.unit == "Alpha" and record.details["range_m"] > 2500.0
    ]

    assert bool(early) == fires


@pytest.mark.parametrize(("said", "fault"), [
    ({"run_in": "4 km"}, "serials.0.run_in: boats begin within the range"),
    ({"release": "6 km"}, "serials.0.release: boats are through before"),
    ({"weave": "95 deg"}, "serials.0.weave: a boat that weaves so widely"),
    ({"bearings": "[90]"}, "serials.0.bearings.0: '90' has no unit"),
])  # fmt: skip
def test_bad_parameters_are_refused_at_their_line(said, fault):
    with pytest.raises(ScenarioError, match=r"small.yaml:\d+:\d+: " + fault):
        scenario(boats(**said))
