"""Coastal gunnery: the bracket, its time line, and the effect at the mark."""

import itertools
from math import exp, sqrt

import pytest
from small_exercise import living, played, scenario, serial

from sim.errors import ScenarioError
from sim.exercise import Exercise
from sim.runs import Run
from sim.weapons.dispersion import carleton
from sim.weapons.spotting import splits

STEADY = "{h-pj-26: {like: h-pj-26, dispersion_range: 0 %, dispersion_deflection: 0 mrad, stoppage: 0 %}}"
EXACT = {"spot_error": "1 mm", "string_error": "0 %", "spot": "8 s", "lay": "5 s", "bracket": "800 m", "last_bracket": "50 m",
         "rounds": "10", "most_salvos": "20"}  # fmt: skip


def fire(firing="[Alpha]", **more):
    """A shoot spotted by another ship."""
    return serial(
        1,
        "coastal-gunnery",
        area="range",
        duration="3 h",
        roles=f"{{firing: {firing}, spotter: Hotel}}",
        **more,
    )


def test_the_bracket_is_halved_at_each_crossing_and_takes_its_time():
    """REQ-GUN-13: from 800 to 50 m in four halvings; each ranging round takes its flight, spot and lay."""
    assert 4 == splits(800.0, 50.0)
    for seed in range(6):
        run = played(fire(**EXACT, first_error="9 %"), guns=STEADY, seed=seed)
        spots = list(run.log.of("shore-spot"))
        ranging = [record for record in run.log.of("shore-round") if record.details["phase"] == "ranging"]
        effect = next(record for record in run.log.of("shore-round") if record.details["phase"] == "effect")
        flight = Exercise(run.plan).units["Alpha"].guns_of("main")[0].flight(8000.0).time
        brackets = [record.details["bracket_m"] for record in spots]

        assert [800.0, 400.0, 200.0, 100.0, 50.0] == list(dict.fromkeys(brackets))
        for one, other in itertools.pairwise(spots):
            crossed = one.details["call"] != other.details["call"]
            assert (2 if crossed else 1) == one.details["bracket_m"] / other.details["bracket_m"]
        assert pytest.approx(len(ranging) * (flight + 8 + 5)) == effect.time - ranging[0].time
        assert abs(effect.details["along_m"]) <= 100


def test_the_effect_is_carletons():
    """Aimed at the mark without any error of aim the mean score is the closed form's.

    60 replications of ten rounds, seeds 0 to 59; 4 standard errors.
    """
    none = {
        "first_error": "0 %",
        "string_error": "0 %",
        "most_salvos": "1",
        "last_bracket": "399 m",
        "bracket": "399 m",
    }
    plan = scenario(
        fire("[Alpha, Golf]", rounds="30", **none), guns="{h-pj-26: {like: h-pj-26, stoppage: 0 %}}"
    )
    scores, aims = [], {}
    for seed in range(60):
        exercise = Exercise(plan, seed)
        for record in exercise.run().of("shore-round"):
            aims.setdefault((seed, record.unit), []).append(record.details)
    gun = exercise.units["Alpha"].guns_of("main")[0]
    across, along = gun.spread(8000.0, 1.0)
    for rounds in aims.values():
        for details in rounds:
            fall = details["across_m"], details["along_m"]
            assert pytest.approx(exp(-((fall[0] / 30) ** 2) - (fall[1] / 30) ** 2)) == details["effect"]
            scores.append(details["effect"])
    wide = sqrt(across**2 + (0.001 * 8000) ** 2)  # the first aim is a milliradian off in deflection
    mean = sum(scores) / len(scores)
    strings = [sum(each["effect"] for each in rounds) / len(rounds) for rounds in aims.values()]
    error = sqrt(sum((each - mean) ** 2 for each in strings)) / len(strings)

    assert 3600 == len(scores)
    assert abs(mean - carleton(30, 30, wide, along)) < 4 * error


def test_the_string_counts_what_it_did():
    """Rounds inside the standard, and what is left of the mark after all of them."""
    run = played(fire("[Alpha, Bravo]"), seed=2)
    for string in run.log.of("shore-string"):
        rounds = [record.details for record in run.log.of("shore-round")
                  if record.unit == string.unit and record.details["phase"] == "effect"]  # fmt: skip
        left = 1.0
        for each in rounds:
            left *= 1 - each["effect"]
        assert len(rounds) == string.details["fired"]
        assert (
            sum(each["across_m"] ** 2 + each["along_m"] ** 2 <= 1e4 for each in rounds)
            == string.details["inside"]
        )
        assert pytest.approx(1 - left) == string.details["effect"]


def test_an_empty_magazine_ends_the_mission():
    """The other ship fires on."""
    exercise = living(fire("[Alpha, Bravo]"))
    exercise.units["Alpha"].guns_of("main")[0].rounds = 3
    run = Run(exercise.plan, 0, 0, exercise.run())

    assert 3 == sum(record.unit == "Alpha" for record in run.log.of("shore-round"))
    assert [0] == [record.details["fired"] for record in run.log.of("shore-string") if record.unit == "Alpha"]
    assert 0.5 == run.outcomes["1"].details["share"]


@pytest.mark.parametrize(("said", "fault"), [
    ({"range": "60 km"}, "serials.0.range: no gun here reaches 60 km"),
    ({"bracket": "400"}, "serials.0.bracket: '400' has no unit"),
])  # fmt: skip
def test_bad_parameters_are_refused_at_their_line(said, fault):
    """With the place and what is wanted."""
    with pytest.raises(ScenarioError, match=r"small.yaml:\d+:\d+: " + fault):
        scenario(fire(**said))
