"""Swept strips are as long and as wide as the log says, and end where the search did."""

import numpy as np
import pytest

from sim.plots import _paths, search_coverage


@pytest.fixture(scope="module")
def drawn(main_run):
    return search_coverage.draw(main_run)


def test_strips_have_the_length_and_end_of_the_record(main_run):
    swept = list(main_run.log.of("swept"))
    sweeps = [sweep for search in search_coverage.searches(main_run) for sweep in search.sweeps]
    assert swept
    assert len(swept) == len(sweeps)
    for record, sweep in zip(swept, sweeps, strict=True):
        length = np.hypot(*np.diff(sweep.track, axis=0).T).sum()
        assert sweep.track[-1] == pytest.approx(record.at, abs=1.0)
        assert length <= record.details["track_m"] + 1e-6
        assert length > 0


def test_strips_are_as_wide_as_the_sweep(main_run, drawn):
    for search, axes in zip(search_coverage.searches(main_run), drawn.axes, strict=True):
        shown = [line for line in axes.lines if str(line.get_gid()).startswith("sweep ")]
        west, east = axes.get_xlim()
        metres = (east - west) / (axes.get_window_extent().width / drawn.dpi * 72)  # of one point
        assert [sweep.width for sweep in search.sweeps] == pytest.approx(
            [line.get_linewidth() * metres for line in shown], rel=1e-3
        )


def test_the_title_has_the_measured_coverage(main_run, drawn):
    measured = main_run.measures("search_coverage")["search_coverage"]
    assert measured
    for axes in drawn.axes:
        if axes.get_label() in measured:
            assert f"coverage {measured[axes.get_label()]:.2f}" in axes.get_title(loc="left")


def test_marks_are_the_records(main_run, drawn, points):
    for axes in drawn.axes:
        for kind in search_coverage.LOOKS:
            wanted = [record.at for record in main_run.log.of(kind) if record.serial == axes.get_label()]
            assert sorted(wanted) == sorted(map(tuple, points(drawn, kind, axes.get_label())))


def test_the_last_part_of_a_way_is_as_long_as_asked():
    """Three sides of a square of 100 m: the last 150 m begin in the middle of the second side."""
    way = np.array([(0, 0, 0), (1, 100, 0), (2, 100, 100), (3, 0, 100)], dtype=float)
    track = search_coverage._last(_paths.Path("Alpha", "warship", "blue", (way,)), 150.0)
    assert track == pytest.approx(np.array([(100, 50), (100, 100), (0, 100)]))
    assert search_coverage._last(_paths.Path("Alpha", "warship", "blue", (way,)), 999.0) == pytest.approx(
        way[:, 1:]
    )


def test_words_stay_inside(drawn, within):
    within(drawn)


def test_a_run_without_searches_says_so(quiet, says_so):
    says_so(search_coverage.draw(quiet))
