"""Shadowers know only what is found and reported, keep their distance, and hand over."""

from pathlib import Path

import pytest

from sim.measures import shadowers_sent, shadowing_distance, zone_shadowed
from sim.runs import play
from sim.scenario.read import read_tree
from sim.scenario.tree import plant

LESSONS = Path(__file__).parents[2] / "scenarios" / "lessons"


def lesson(*changes):
    """The lesson, with some of its text replaced."""
    text = (LESSONS / "shadowing.yaml").read_text(encoding="utf-8")
    for said, instead in changes:
        assert said in text
        text = text.replace(said, instead)
    return read_tree(plant(text, "lesson.yaml"), LESSONS)


@pytest.fixture(scope="module")
def run():
    """One run."""
    return play(lesson(), 3)


def test_nobody_is_sent_before_a_report(run):
    """Found, reported, identified, sent, there: in this order."""
    times = [
        next(each.time for each in run.log.of(kind) if each.serial == "1")
        for kind in ("detected", "reported", "closing", "sent-to-shadow", "closed")
    ]

    assert times == sorted(times)
    assert len(set(times)) >= 4


def test_strangers_who_stay_away_are_left_alone():
    """They go the other way."""
    away = play(
        lesson(
            (
                "route: [38-30N 134-30E (±10 nmi), 38-50N 136-40E (±10 nmi)]",
                "route: [39-30N 131-00E (±10 nmi)]",
            )
        ),
        3,
    )

    assert shadowers_sent.measure(away)["1"] == 0
    assert zone_shadowed.measure(away) == {}


def test_a_ship_keeps_the_distance_that_is_said():
    """Within a mile of it, when ships go and none flies."""
    for miles in (2, 5):
        found = play(
            lesson(
                (
                    "wait: 20 min (10 .. 60 min)",
                    f"wait: 12 h (6 .. 12 h)\n    distance: {miles} nmi (1 .. 6 nmi)",
                )
            ),
            3,
        )
        nearest = shadowing_distance.measure(found)["1"] / 1852.0

        assert nearest == pytest.approx(miles, abs=1.0)


def test_who_is_relieved_goes_when_the_other_is_there():
    """Tours of three hours: no gap between two ships."""
    found = play(
        lesson(("wait: 20 min (10 .. 60 min)", "wait: 12 h (6 .. 12 h)\n    tour: 3 h (2 .. 4 h)")), 3
    )
    over = list(found.log.of("taken-over"))
    (told,) = (each for each in found.log.of("shadowed") if each.details["entered"])

    assert over
    assert {each.unit for each in over} <= {"Patrol boat 1", "Patrol boat 2"}
    assert all(each.details["gap_s"] == 0.0 for each in over)
    assert told.details["gaps"] == 0
