"""The passage to the exercise and the patrol of 2023: what was reported comes out of ways and speeds, and every seed runs to its end."""

import pytest

from sim.quantities import DAY, HOUR
from sim.runs import play
from sim.scenario.read import read


@pytest.fixture(scope="module")
def passage():
    """One run."""
    return play(read("passage_to_the_area_2023"), 7)


def at(run, serial, place):
    """When a group passed a place of its route, s."""
    return next(
        each.time
        for each in run.log.of("way-point")
        if each.serial == serial and each.details["place"] == place
    )


def test_the_five_are_off_tsushima_and_at_the_rendezvous_as_reported(passage):
    """At 01:00 Japanese time on 17 July, and at noon Chinese time on 18 July: 42 and 78 hours from 06:00 on 15 July, within a few."""
    assert abs(at(passage, "1", 2) - 42 * HOUR) < 5 * HOUR
    assert abs(at(passage, "1", 4) - 78 * HOUR) < 5 * HOUR


def test_the_groups_meet_and_the_strait_is_not_passed_unseen(passage):
    """Both end within two miles of each other; Japanese ships were with the five for most of the strait."""
    ended = {each.serial: each.unit for each in passage.log.of("sailed")}
    assert set(ended) == {"1", "2"}
    (told,) = (each for each in passage.log.of("shadowed") if each.details["entered"])
    assert told.details["covered_s"] > 0.5 * told.details["inside_s"]


def test_nobody_is_sent_after_ships_he_cannot_reach_before_they_are_gone():
    """Seed 16: Otaka loses sight of them, and the minesweeper left would need 32 hours. She stays, and is not sent again and again."""
    run = play(read("passage_to_the_area_2023"), 16)
    sent = run.log.of("sent-to-shadow")

    assert ["Otaka"] == [each.unit for each in sent]
    assert all(each.details["meets_s"] < 12 * HOUR for each in sent)


def finished(name, serials, seed):
    """Plays a seed; every serial has an outcome, and those named were carried out."""
    run = play(read(name), seed)
    assert {
        serial
        for serial in serials
        if run.outcomes[serial].details["result"] not in ("completed", "cut-short")
    } == set()
    return run


@pytest.mark.slow
def test_the_passage_runs_to_its_end_at_many_seeds():
    """Whatever weather and defects."""
    for seed in range(40):
        finished("passage_to_the_area_2023", ("1", "2", "3"), seed)


@pytest.mark.slow
def test_the_patrol_runs_to_its_end_at_many_seeds():
    """Three weeks, ten ships: the first leg is always sailed, Soya on 28 or 29 July, and hardly any run misses a leg."""
    whole = 0
    for seed in range(12):
        run = play(read("joint_sea_patrol_2023"), seed)
        assert DAY < at(run, "1", 2) < 3.5 * DAY
        whole += len(list(run.log.of("sailed"))) == 4
    assert whole >= 11
