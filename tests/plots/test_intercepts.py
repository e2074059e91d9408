"""Interceptions are drawn from the order to where they ended, both tracks over the same time."""

import numpy as np
import pytest

from sim.plots import intercepts
from sim.quantities import NAUTICAL_MILE


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
    for place, each in enumerate(intercepts.intercepts(main_run)):
        assert each.chase[-1, 1:] == pytest.approx(each.place, abs=1.0)
        assert points(drawn, "chase", str(place))[-1] == pytest.approx((0.0, 0.0), abs=1.0 / NAUTICAL_MILE)


def test_lines_of_sight_join_both_at_one_time(main_run, drawn):
    for each, axes in zip(intercepts.intercepts(main_run), drawn.axes, strict=False):
        sights = [np.column_stack(line.get_data()) for line in axes.lines if line.get_gid() == "sight"]
        assert len(sights) == intercepts.SIGHTS
        for way, end in ((each.chase, 0), (each.quarry, 1)):
            first = (way[0, 1:] - np.array(each.place)) / NAUTICAL_MILE
            assert sights[0][end] == pytest.approx(first)


def test_words_stay_inside(drawn, within):
    within(drawn)


def test_a_run_without_interceptions_says_so(quiet, says_so):
    says_so(intercepts.draw(quiet))
