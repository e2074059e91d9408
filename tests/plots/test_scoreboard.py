"""The heat map shows the measured scores of the serials in which each unit took part."""

import numpy as np
import pytest

from sim.plots import scoreboard


@pytest.fixture(scope="module")
def drawn(run):
    return scoreboard.draw(run)


def test_cells_are_the_means_of_the_measured_scores(run, drawn):
    scores, found = run.measures("score")["score"], scoreboard.board(run)
    (mesh,) = [each for each in drawn.axes[0].collections if each.get_gid() == "scores"]
    grid = np.ma.filled(mesh.get_array(), np.nan).reshape(len(found.units), len(found.drills) + 1)
    taking = {}
    for record in run.log.of("assigned", "dropped-out"):
        taking[record.unit, record.serial] = record.kind == "assigned"
    for row, unit in enumerate(found.units):
        for column, drill in enumerate(found.drills):
            mine = [score for serial, score in scores.items()
                    if run.serial(serial).drill == drill and taking.get((unit.name, serial))]  # fmt: skip
            wanted = sum(mine) / len(mine) if mine else np.nan
            assert grid[row, column] == pytest.approx(wanted, nan_ok=True), (unit.name, drill)


def test_the_last_column_is_the_mean_of_the_row(run, drawn):
    found = scoreboard.board(run)
    (mesh,) = drawn.axes[0].collections
    grid = np.ma.filled(mesh.get_array(), np.nan).reshape(len(found.units), -1)
    for row in grid:
        if not np.isnan(row[:-1]).all():
            assert row[-1] == pytest.approx(np.nanmean(row[:-1]))


def test_who_dropped_out_has_a_cross_and_no_score(foul_weather):
    figure, found = scoreboard.draw(foul_weather), scoreboard.board(foul_weather)
    crosses = [text for text in figure.axes[0].texts if text.get_gid() == "gone"]
    assert found.gone
    assert len(found.gone) == len(crosses)
    assert not found.gone & set(found.scores)


def test_words_stay_inside(drawn, within):
    within(drawn)


def test_a_run_without_serials_says_so(quiet, says_so):
    says_so(scoreboard.draw(quiet))
