"""Who is friend and who is not follows from what the scenario says."""

from pathlib import Path

import pytest
from small_exercise import played

from sim.affiliation import PASSING, of_forces, players, signs
from sim.runs import play
from sim.scenario.read import read
from sim.scenario.roles import muster

SCENARIOS = Path(__file__).parents[1] / "scenarios"


def forces(name):
    return of_forces(read(SCENARIOS / name))


def test_who_exercises_together_is_friend():
    assert forces("northern_interaction_2023.yaml") == {"china": "friend", "russia": "friend"}


def test_who_is_conducted_by_the_officer_conducting_is_friend():
    """The only serial is one of Russian units alone, under a Chinese officer."""
    assert set(forces("lessons/teaching/random_search.yaml").values()) == {"friend"}


def test_neighbours_are_neutral():
    """Korea and Japan share no serial with those who patrol; that theirs are against the patrol makes nobody hostile."""
    found = forces("joint_air_patrol_2023.yaml")
    assert found == {"russia": "friend", "china": "friend", "korea": "neutral", "japan": "neutral"}


def test_strangers_are_unknown_to_those_who_watch_for_them(tmp_path):
    """Once the neighbour's own serial names whom it is against."""
    text = (SCENARIOS / "lessons" / "scramble.yaml").read_text(encoding="utf-8")
    assert forces("lessons/scramble.yaml") == {"neighbour": "friend", "strangers": "neutral"}
    path = SCENARIOS / "lessons" / "scramble.yaml"
    lines = text.split("\n")
    at = next(place for place, line in enumerate(lines) if line.strip() == "drill: scramble")
    lines.insert(at + 1, lines[at].replace("drill: scramble", "against: [strangers]"))
    changed = tmp_path / path.name
    changed.write_text("\n".join(lines).replace("../../", f"{SCENARIOS.parent}/"), encoding="utf-8")
    assert of_forces(read(changed)) == {"neighbour": "friend", "strangers": "unknown"}


@pytest.fixture(scope="module")
def gunnery_day():
    return play(read(SCENARIOS / "gunnery_day.yaml"), seed=7)


def test_targets_are_hostile_where_they_are(gunnery_day):
    """On the water, in the air and ashore, by their data sheets."""
    found = signs(gunnery_day)
    for record in gunnery_day.log.of("target"):
        assert found[record.unit].affiliation == "hostile"
        assert found[record.unit].group == "target"
    assert {each.dimension for each in found.values() if each.affiliation == "hostile"} == {
        "surface", "air", "land"}  # fmt: skip


def test_boats_of_our_own_are_friends_survivors_neutral_and_merchantmen_unknown():
    told = {}
    for name in ("boarding", "search_and_rescue"):
        run = play(read(SCENARIOS / "lessons" / f"{name}.yaml"), seed=1)
        found = signs(run)
        for record in run.log.of("target"):
            told.setdefault(record.details["platform"], set()).add(found[record.unit].affiliation)
    wanted = {
        "work-boat": "friend",
        "life-raft": "neutral",
        "person-in-water": "neutral",
        "merchant-ship": "unknown",
    }
    assert told
    assert {name: {wanted[name]} for name in told} == told


def test_who_plays_the_intruder_is_hostile_in_that_serial_only():
    run = play(read(SCENARIOS / "lessons" / "intruder_expulsion.yaml"), seed=1)
    (record,) = [each for each in run.log.of("assigned") if each.details["role"] == "intruder"]
    assert players(run) == {record.serial: {record.unit: "hostile"}}
    assert signs(run)[record.unit].affiliation == "friend"


def test_without_a_common_serial_only_the_officers_own_are_friends():
    """And ships passing by are neutral."""
    run = played()
    officer = run.plan.command.officer_conducting
    found = signs(run)
    home = next(unit.force for unit in muster(run.plan) if unit.name == officer)
    assert PASSING.affiliation == "neutral"
    assert {unit.name: "friend" if unit.force == home else "neutral" for unit in muster(run.plan)} == {
        name: each.affiliation for name, each in found.items()
    }
