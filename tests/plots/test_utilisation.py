"""The bars of units and areas add up to the measured shares."""

import pytest

from sim.plots import utilisation
from sim.quantities import HOUR


@pytest.fixture(scope="module")
def drawn(run):
    return utilisation.draw(run)


def bars(figure, name):
    """(start, end) h of all bars of one row."""
    return [(bar.get_x(), bar.get_x() + bar.get_width()) for axes in figure.axes for bar in axes.patches
            if bar.get_gid() == f"use {name}"]  # fmt: skip


def test_bars_of_a_unit_add_up_to_the_measure(run, drawn):
    shares = run.measures("unit_utilisation")["unit_utilisation"]
    assert shares
    for unit, share in shares.items():
        total = sum(end - start for start, end in bars(drawn, unit))
        assert total * HOUR / run.plan.length == pytest.approx(share), unit


def test_bars_of_an_area_cover_the_measure(run, drawn):
    """Serials at once in an area count once."""
    for area, share in run.measures("area_utilisation")["area_utilisation"].items():
        found = bars(drawn, area)
        total, until = 0.0, 0.0
        for start, end in sorted(found):
            total, until = total + max(0.0, end - max(start, until)), max(until, end)
        assert total * HOUR / run.plan.length == pytest.approx(share), area


def test_serials_at_once_have_lanes_of_their_own():
    uses = [
        utilisation.Use("1", 0.0, 10.0),
        utilisation.Use("2", 5.0, 20.0),
        utilisation.Use("3", 10.0, 15.0),
    ]
    assert [(0, 2), (1, 2), (0, 2)] == [(lane, lanes) for lane, lanes, _ in utilisation._lanes(uses)]


def test_words_stay_inside(drawn, within):
    within(drawn)


def test_a_run_without_serials_says_so(quiet, says_so):
    says_so(utilisation.draw(quiet))
