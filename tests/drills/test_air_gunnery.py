"""Anti-air gunnery: bursts at a target that passes, looks between them, and the count of hits."""

from math import sqrt

import numpy as np
import pytest
from scipy import stats
from small_exercise import living, played, scenario, serial

from sim.errors import ScenarioError
from sim.exercise import Exercise
from sim.runs import Run
from sim.variates import binomial
from sim.weapons.dispersion import shoot_look_shoot

SURE = "{h-pj-11: {like: h-pj-11, stoppage: 0 %}}"


def shoot(firing="[Alpha, Golf]", **more):
    """Presentations for each ship."""
    return serial(1, "air-gunnery", area="range", duration="3 h", roles=f"{{firing: {firing}}}", **more)


@pytest.mark.parametrize(("rounds", "single"), [(75, 0.02), (166, 0.3), (10, 0.5), (3, 0.99), (1, 0.001)])
def test_hits_are_binomial(rounds, single):
    """Against scipy's distribution: 4,000 draws of seed 0, chi-squared at one in ten thousand."""
    draws = np.random.Generator(np.random.PCG64(0))
    hits = np.array([binomial(draws, rounds, single) for _ in range(4000)])
    law = stats.binom(rounds, single)
    expected = 4000 * law.pmf(np.arange(rounds + 1))
    seen = np.bincount(hits, minlength=rounds + 1)
    rare = expected < 5
    statistic = sum((seen[~rare] - expected[~rare]) ** 2 / expected[~rare])

    assert statistic < stats.chi2(max(1, sum(~rare))).isf(1e-4)
    assert abs(sum(seen[rare]) - sum(expected[rare])) < 5 * max(1.0, sum(expected[rare])) ** 0.5


def test_certain_counts_need_no_draw():
    """No round, no chance, or certainty."""
    draws = np.random.Generator(np.random.PCG64(0))

    assert (0, 0, 7) == (binomial(draws, 0, 0.5), binomial(draws, 5, 0.0), binomial(draws, 7, 1.0))


def test_firing_stops_after_a_hit():
    """Shoot, look, shoot: no burst follows one that hit, and none is fired beyond those allowed."""
    plan = scenario(shoot(presentations="4", most_bursts="3"))
    seen = set()
    for seed in range(15):
        log = Exercise(plan, seed).run()
        passes = {}
        for record in log.of("burst"):
            passes.setdefault((record.unit, record.other), []).append(record.details["hits"])
        for hits in passes.values():
            assert all(each == 0 for each in hits[:-1])
            assert len(hits) <= 3
            seen.add((len(hits), hits[-1] > 0))
    assert {(1, True), (2, True), (3, False)} <= seen


def test_shoot_look_shoot_by_its_closed_form():
    """REQ-GUN-15 with the chance of a burst as it comes out: kill 1 - q^n, bursts (1 - q^n)/p.

    200 replications of one ship's four presentations; a slow target nearly at rest keeps the range alike.
    """
    plan = scenario(shoot("[Alpha]", presentations="4", most_bursts="3", target_speed="5 m/s", crossing="1400 m",
                          open_fire="1500 m", aim_error="5 mrad"), guns=SURE)  # fmt: skip
    bursts, kills, hits, passes = 0, 0, 0, 0
    for seed in range(60):
        for record in Exercise(plan, seed).run().of("presentation", "burst"):
            if record.kind == "burst":
                bursts, hits = bursts + 1, hits + (record.details["hits"] > 0)
            else:
                passes, kills = passes + 1, kills + record.details["hit"]
    single = hits / bursts
    paper = shoot_look_shoot(single, 3)

    assert 240 == passes
    assert abs(kills / passes - paper.kill) < 4 * sqrt(paper.kill * (1 - paper.kill) / passes)
    assert abs(bursts / passes - paper.mean_rounds) < 4 / sqrt(passes)


def test_a_jam_costs_its_time_and_maybe_the_target():
    """A gun that always jams fires nothing in the time the target is there."""
    run = played(
        shoot("[Alpha]", presentations="2", most_bursts="1"),
        guns="{h-pj-11: {like: h-pj-11, stoppage: 100 %}}",
    )

    assert [] == list(run.log.of("burst"))
    assert list(run.log.of("jam"))
    assert {0} == {record.details["bursts"] for record in run.log.of("presentation")}


def test_no_burst_without_rounds():
    """The last burst takes what is left; then the ship's turn is over."""
    exercise = living(shoot("[Alpha, Bravo]", presentations="3"), guns=SURE)
    exercise.units["Alpha"].guns_of("close-in")[0].rounds = 100
    exercise.units["Bravo"].guns_of("close-in")[0].rounds = 0
    run = Run(exercise.plan, 0, 0, exercise.run())

    assert [("Alpha", 100)] == [(record.unit, record.details["rounds"]) for record in run.log.of("burst")]
    assert ("stopped", pytest.approx(1 / 6)) == (
        run.outcomes["1"].details["result"],
        run.outcomes["1"].details["share"],
    )


@pytest.mark.parametrize(("said", "fault"), [
    ({"crossing": "2000 m"}, "serials.0.crossing: the target never comes within the range"),
    ({"target": "towed-shield"}, "serials.0.target: 'towed-shield' has no radius to be hit"),
    ({"burst": "1"}, "serials.0.burst: '1' has no unit"),
])  # fmt: skip
def test_bad_parameters_are_refused_at_their_line(said, fault):
    """With the place and what is wanted."""
    with pytest.raises(ScenarioError, match=r"small.yaml:\d+:\d+: " + fault):
        scenario(shoot(**said))
