"""Interceptions are drawn from the order to where they ended, both tracks over the same time."""

from pathlib import Path

import numpy as np
import pytest

from sim.plots import intercepts
from sim.quantities import NAUTICAL_MILE
from sim.runs import play
from sim.scenario.read import read

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.fixture(scope="module")
def patrol_run():
    return play(read(SCENARIOS / "joint_air_patrol_2023.yaml"), seed=7)


@pytest.fixture(scope="module")
def drawn(main_run):
    return intercepts.draw(main_run)


def test_every_interception_of_the_log_has_a_panel(main_run, drawn):
    told = list(main_run.log.of(*intercepts.SENT))
    found = intercepts.intercepts(main_run)
    assert told
    assert [(record.unit, record.other, record.time) for record in told] == [
        (each.unit, each.target, each.met) for each in found
    ]
    assert min(len(found), intercepts.MOST) == len(drawn.axes)


def test_it_took_as_long_as_the_log_says(main_run):
    """From the order that sent her; took_s is from there for guards, from the first contact for escorts."""
    for record, each in zip(main_run.log.of(*intercepts.SENT), intercepts.intercepts(main_run), strict=True):
        assert each.sent <= each.met
        if record.kind == "raider-met":
            assert each.met - each.sent == pytest.approx(record.details["took_s"])


def test_both_ways_run_over_the_same_time(main_run):
    for each in intercepts.intercepts(main_run):
        assert each.chase[0, 0] == each.quarry[0, 0]
        assert each.chase[-1, 0] == pytest.approx(each.met)
        assert each.sent <= each.chase[0, 0]


def test_the_chase_ends_where_the_record_says(main_run, drawn, points):
    told = main_run.log.of(*intercepts.SENT)
    for place, (record, each) in enumerate(zip(told, intercepts.intercepts(main_run), strict=True)):
        assert each.chase[-1, 1:] == pytest.approx(record.at, abs=1.0)
        assert points(drawn, "chase", str(place))[-1] == pytest.approx((0.0, 0.0), abs=1.0 / NAUTICAL_MILE)


def test_who_looks_from_abeam_and_who_is_looked_at_stand_where_they_were(patrol_run, points):
    """The ring at the fighter, the cross at the bomber a thousand metres off, also of one who turned meanwhile."""
    figure = intercepts.draw(patrol_run)
    found = intercepts.intercepts(patrol_run)
    told = [record.at for record in patrol_run.log.of("intercepted")]
    for place, (each, at) in enumerate(zip(found, told, strict=True)):
        ends = [points(figure, gid, str(place))[0] for gid in ("met", "quarry met")]
        apart = np.hypot(*(each.quarry[-1, 1:] - each.chase[-1, 1:]))
        assert np.hypot(*(ends[1] - ends[0])) == pytest.approx(apart / NAUTICAL_MILE, abs=1e-6)
        assert each.quarry[-1, 1:] == pytest.approx(at, abs=1.0)
        assert 500.0 < apart < 1500.0


def test_symbols_say_who_is_whose(main_run, patrol_run):
    """Targets of drills are hostile; to bombers that patrol, a neighbour's fighter is neutral."""
    assert {each.signs[0].affiliation for each in intercepts.intercepts(main_run)} == {"friend"}
    assert {each.signs[1].affiliation for each in intercepts.intercepts(main_run)} == {"hostile"}
    pairs = {tuple(sign.affiliation for sign in each.signs) for each in intercepts.intercepts(patrol_run)}
    assert pairs == {("neutral", "friend")}


def test_lines_of_sight_join_both_at_one_time(main_run, drawn):
    for each, axes in zip(intercepts.intercepts(main_run), drawn.axes, strict=False):
        sights = [np.column_stack(line.get_data()) for line in axes.lines if line.get_gid() == "sight"]
        assert len(sights) == intercepts.SIGHTS
        for way, end in ((each.chase, 0), (each.quarry, 1)):
            first = (way[0, 1:] - each.chase[-1, 1:]) / NAUTICAL_MILE
            assert sights[0][end] == pytest.approx(first)


def test_words_stay_inside(drawn, within):
    within(drawn)


def test_a_run_without_interceptions_says_so(quiet, says_so):
    says_so(intercepts.draw(quiet))
