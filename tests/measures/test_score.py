"""The composite score: its weights, its marks, and that danger leaves nothing of it."""

import pytest

from sim.conductor import COMEX, OUTCOME
from sim.drills.surface_gunnery import ROUND
from sim.log import Log
from sim.measures import mean_score, score, technical
from sim.range_guard import FOULED
from sim.runs import Run
from sim.serial import RESUME

MINUTE = 60.0
FULL_HITS = 0.45  # gunnery-hits at which technique has full marks


def outcome(log, serial="1", result="completed", late=0.0, share=1.0, began=True):
    comex = 5400.0 + late if began else float("nan")
    log.write(OUTCOME, 9000.0, serial=serial, result=result, reason="", planned_s=5400.0, comex_s=comex,
              finex_s=9000.0, share=share)  # fmt: skip


@pytest.fixture
def scored(morning, monkeypatch):
    """The score of serial 1 after some records, its technique given."""

    def found(write, technique=1.0):
        log = Log()
        write(log)
        monkeypatch.setattr(technical, "measure", lambda run: dict.fromkeys(run.outcomes, technique))
        return score.measure(Run(morning.plan, 0, 0, log))

    return found


def test_weights_add_up():
    assert 1.0 == pytest.approx(score.COMPLETION + score.TIMELINESS + score.TECHNIQUE + score.SAFETY)


@pytest.mark.parametrize(
    ("late", "share", "technique", "expected"),
    [
        (0, 1.0, 1.0, 1.0),
        (-5 * MINUTE, 1.0, 1.0, 1.0),  # early is not better than on time
        (15 * MINUTE, 1.0, 1.0, 1.0),  # a quarter of an hour is on time
        (75 * MINUTE, 1.0, 1.0, 1.0 - 0.25 / 2),  # half of the two hours beyond it
        (135 * MINUTE, 1.0, 1.0, 0.75),
        (500 * MINUTE, 1.0, 1.0, 0.75),
        (0, 0.6, 1.0, 1.0 - 0.35 * 0.4),
        (0, 1.0, 0.0, 0.7),
        (135 * MINUTE, 0.5, 0.0, 0.35 * 0.5 + 0.1),
    ],
)
def test_parts_of_the_score(scored, late, share, technique, expected):
    assert {"1": pytest.approx(expected)} == scored(
        lambda log: outcome(log, late=late, share=share), technique
    )


@pytest.mark.parametrize("result", ["stopped", "cancelled"])
def test_what_was_not_carried_out_scores_nothing(scored, result):
    assert {"1": 0.0} == scored(lambda log: outcome(log, result=result, share=0.4, began=result == "stopped"))


def fire(log):
    log.write(ROUND, 7000.0, serial="1", unit="Qiqihar", gun="main", phase="effect", across_m=0.0, along_m=0.0,
              range_m=9e3, hit=0)  # fmt: skip


def test_a_round_into_a_fouled_range_costs_everything(scored):
    def breach(log):
        log.write(FOULED, 6900.0, serial="1", unit="fishing-boat 1")
        fire(log)
        outcome(log)

    assert {"1": 0.0} == scored(breach)


@pytest.mark.parametrize(("reason", "expected"), [("foul-range", 1.0), ("fog", 0.0)])
def test_the_range_is_clear_when_the_hold_for_it_ends(scored, reason, expected):
    def waited(log):
        log.write(FOULED, 6000.0, serial="1", unit="fishing-boat 1")
        log.write(RESUME, 6900.0, serial="1", reason=reason, held_s=900.0)
        fire(log)
        outcome(log)

    assert {"1": pytest.approx(expected)} == scored(waited)


def test_another_serial_s_fouled_range_is_its_own_affair(scored):
    def elsewhere(log):
        log.write(FOULED, 6000.0, serial="2", unit="fishing-boat 1")
        fire(log)
        outcome(log)

    assert {"1": pytest.approx(1.0)} == scored(elsewhere)


@pytest.mark.parametrize(
    ("value", "word"),
    [(1.0, "excellent"), (0.9, "excellent"), (0.899, "good"), (0.75, "good"), (0.749, "satisfactory"),
     (0.6, "satisfactory"), (0.599, "unsatisfactory"), (0.0, "unsatisfactory")],
)  # fmt: skip
def test_marks(value, word):
    assert word == score.mark(value)


def test_technique_is_against_the_standard(run, ask):
    """At most full marks; drills without a measure of their own count what they achieved."""
    found = technical.measure(run)

    for serial, hits in ask("gunnery-hits")(run).items():
        assert min(1.0, hits / FULL_HITS) == pytest.approx(found[serial])
    for serial, record in run.outcomes.items():
        if run.serial(serial).drill == "evolution":
            assert record.details["share"] == found[serial]


def test_a_shoot_without_a_round_has_no_technique(morning):
    log = Log()
    log.write(COMEX, 5400.0, serial="1", planned_s=5400.0, units=5, area="gunnery")
    outcome(log)

    assert {"1": 0.0} == technical.measure(Run(morning.plan, 0, 0, log))


def test_mean_score(run):
    scores = score.measure(run)

    assert list(run.outcomes) == list(scores)
    assert sum(scores.values()) / len(scores) == pytest.approx(mean_score.measure(run))
