"""Experiments as files: what is refused, where it is told, and what comes of a good one."""

import pytest
from small_study import EXPERIMENTS, TEXT, study

from sim.errors import ScenarioError
from sim.studies.experiment import read_experiment


def faults(text=TEXT, **instead):
    with pytest.raises(ScenarioError) as told:
        study(text, **instead)
    return [str(fault) for fault in told.value.faults]


def test_a_full_factorial_has_each_combination_once():
    made = study()
    assert [tuple(point.values.values()) for point in made.points] == [
        ("1", "1 min"), ("1", "8 min"), ("4", "1 min"), ("4", "8 min")]  # fmt: skip
    assert made.runs == 24


def test_the_plan_of_a_point_says_what_the_point_says():
    made = study()
    plan = made.plan(made.points[3])
    assert plan.environment.sea_state.value == 4
    assert plan.command.order_delay.across.value == 480.0
    assert made.plan(made.points[0]).digest != plan.digest


def test_the_points_depend_on_the_seed_and_on_nothing_else():
    text = TEXT.replace("levels: [1 min, 8 min]", "low: 1 min, high: 8 min")
    lots = {"design": "latin-hypercube", "points": "8"}
    one, two, other = (study(text, seed=seed, **lots).points for seed in (5, 5, 6))
    assert (
        [point.values for point in one]
        == [point.values for point in two]
        != [point.values for point in other]
    )


def test_what_is_given_holds_at_every_point():
    made = study(given="{environment.visibility: 3 nmi}")
    assert {made.plan(point).environment.visibility.value for point in made.points} == {3 * 1852.0}


def test_every_fault_is_told_at_once_at_its_line():
    text = TEXT.replace("environment.sea", "enviroment.sea").replace(
        "[serials_completed, ", "[serials_complete, lateness, "
    )
    slip, unknown, keyless = sorted(faults(text))
    assert "study.yaml:7:21: factors.sea_state.path: no part of a scenario called 'enviroment" in slip
    assert unknown.startswith(
        "study.yaml:9:12: measures.0: no measure called 'serials_complete'. Did you mean"
    )
    assert "say of which, like 'lateness.14'" in keyless


@pytest.mark.parametrize(("instead", "wanted"), [
    ({"design": "full-factoral"}, "Did you mean 'full-factorial'?"),
    ({"scenario": "comunications"}, "communications"),
    ({"replications": "0"}, "replications"),
    ({"design": "{csv: nowhere.csv}"}, "no such file"),
    ({"design": "{file: points.csv}"}, "write a name of a design, or '{csv: FILE}'"),
    ({"factors": "{tug: {without: Nobody}}"}, "no unit or serial 'Nobody'"),
    ({"factors": "{sea: {path: environment.sea_state, low: 1, high: 4}}", "design": "full-factorial"}, "points"),
    ({"limit": "soon"}, "limit"),
    ({"colour": "blue"}, "colour"),
])  # fmt: skip
def test_what_cannot_be_played_is_refused(instead, wanted):
    assert wanted in "\n".join(faults(**instead))


def test_a_level_that_breaks_the_scenario_is_told_at_both_lines():
    own, its = sorted(faults(TEXT.replace("levels: [1, 4]", "levels: [1, rough]")), reverse=True)
    assert own.startswith("study.yaml:7:3: factors: 1 fault in the scenario at some of the points")
    assert "communications:20:14: environment.sea_state: 'rough' is not" in its
    assert "(at point 2: sea_state rough, delay 1 min)" in its


def test_a_design_of_the_users_own(tmp_path):
    (tmp_path / "points.csv").write_text("delay,sea_state\n2 min,1\n3 min,2\n5 min,3\n")
    made = study(design=f"{{csv: {tmp_path / 'points.csv'}}}")
    assert [list(point.values.values()) for point in made.points] == [
        ["1", "2 min"],
        ["2", "3 min"],
        ["3", "5 min"],
    ]
    assert made.plan(made.points[2]).environment.sea_state.value == 3


@pytest.mark.parametrize("file", sorted(EXPERIMENTS.glob("*.yaml")), ids=lambda file: file.stem)
def test_every_experiment_that_comes_along_can_be_planned(file):
    made = read_experiment(file, replications=1)
    assert len(made.points) > 3
    assert len({packed.digest for packed in made.packed}) == len(made.points)
