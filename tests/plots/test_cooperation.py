"""The network is the cooperation graph of the measures, and it grows to the measured density."""

from itertools import pairwise

import pytest

from sim.plots import cooperation


@pytest.fixture(scope="module")
def drawn(run):
    return cooperation.draw(run)


def test_edges_between_navies_are_the_measured_interactions(run, drawn):
    wanted = run.measures("interactions")["interactions"]
    shown = [
        patch.get_gid().removeprefix("across ")
        for patch in drawn.axes[0].patches
        if patch.get_gid().startswith("across ")
    ]
    found = cooperation.network(run)
    assert wanted == {" - ".join(pair): found.counts[pair] for pair in found.across}
    assert sorted(wanted) == sorted(shown)


def test_more_records_make_a_wider_edge(run, drawn):
    found = cooperation.network(run)
    widths = {patch.get_gid(): patch.get_linewidth() for patch in drawn.axes[0].patches}
    ordered = sorted(found.across, key=lambda pair: found.counts[pair])
    for less, more in pairwise(ordered):
        assert widths[f"across {less[0]} - {less[1]}"] <= widths[f"across {more[0]} - {more[1]}"]


def test_growth_ends_at_the_measured_density(run, drawn, points):
    line = points(drawn, "growth")
    assert line[-1, 1] == pytest.approx(100 * run.measures("cooperation")["cooperation"])
    assert all(one[1] <= other[1] for one, other in pairwise(line))


def test_every_pair_is_new_on_one_day(run, drawn):
    found, counted = cooperation.network(run), cooperation.new_by_day(run)
    assert len(found.across) == sum(each["across"] for each in counted.values())
    assert len(found.counts) - len(found.across) == sum(each["within"] for each in counted.values())
    bars = [patch.get_height() for patch in drawn.axes[2].patches if patch.get_gid() == "new across"]
    assert bars == [each["across"] for each in counted.values()]


def test_every_unit_with_an_edge_has_a_mark(run, drawn):
    found = cooperation.network(run)
    marks = [line.get_gid() for line in drawn.axes[0].lines]
    assert [f"unit {unit.name}" for unit in found.units] == marks
    assert all(found.degree(unit.name) > 0 for unit in found.units)


def test_words_stay_inside(drawn, within):
    within(drawn)


def test_a_run_in_which_nobody_worked_says_so(nothing_logged, says_so):
    says_so(cooperation.draw(nothing_logged))
