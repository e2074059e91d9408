"""The charts of serials show the units, the places and the hours that the log has."""

import numpy as np
import pytest
from matplotlib.text import Text

from sim.plots import _paths, serials
from sim.plots._paths import paths


@pytest.fixture(scope="module")
def drawn(run):
    return serials.draw(run)


def test_there_is_a_chart_for_each_serial_that_began(run, drawn):
    begun = [record.serial for record in run.log.of("comex")]
    assert sorted(axes.get_label() for axes in drawn.axes) == sorted(begun)


def test_tracks_are_the_paths_between_comex_and_finex(run, drawn):
    whole = {path.unit: path for path in paths(run)}
    begin = {record.serial: record.time for record in run.log.of("comex")}
    end = {record.serial: record.time for record in run.log.of("finex")}
    seen = 0
    for axes in drawn.axes:
        for line in axes.lines:
            name = (line.get_gid() or "").removeprefix("track ")
            if name in whole:
                clipped = _paths.clipped(whole[name], begin[axes.get_label()], end[axes.get_label()])
                assert any(
                    np.array_equal(np.column_stack(line.get_data()), piece[:, 1:]) for piece in clipped.pieces
                )
                seen += 1
    assert seen > 10


def test_a_clipped_path_begins_and_ends_on_the_way_at_those_times(run):
    path = next(path for path in paths(run) if path.group == "warship")
    (piece,) = path.pieces
    begin, end = piece[0, 0] + 1000.0, piece[-1, 0] - 1000.0
    (cut,) = _paths.clipped(path, begin, end).pieces
    assert (cut[0, 0], cut[-1, 0]) == (begin, end)
    for time, x, y in cut[[0, -1]]:
        assert (x, y) == pytest.approx([np.interp(time, piece[:, 0], piece[:, k]) for k in (1, 2)])
    assert _paths.clipped(path, piece[-1, 0] + 1.0, piece[-1, 0] + 2.0).pieces == ()


def test_every_event_shown_is_a_record_of_that_serial(run, drawn):
    places = {}
    for record in run.log:
        if record.at is not None:
            places.setdefault((record.serial, record.kind), []).append(record.at)
    shown = 0
    for axes in drawn.axes:
        for line in axes.lines:
            gid = line.get_gid() or ""
            if gid.startswith("event "):
                known = np.array(places[axes.get_label(), gid.removeprefix("event ")])
                for place in np.column_stack(line.get_data()):
                    assert (np.abs(known - place) < 1e-9).all(axis=1).any()
                    shown += 1
    assert shown > 0


def test_titles_say_number_hours_and_result(run, drawn):
    for axes in drawn.axes:
        title = axes.get_title(loc="left")
        assert title.startswith(axes.get_label())
        assert run.outcomes[axes.get_label()].details["result"] in title


def test_no_words_stand_outside_the_picture(drawn):
    drawn.canvas.draw()
    wide, high = drawn.canvas.get_width_height()
    for text in drawn.findobj(Text):
        if text.get_text() and text.get_visible():
            box = text.get_window_extent()
            assert box.x0 >= -1, text.get_text()
            assert box.x1 <= wide + 1, text.get_text()
            assert -1 <= box.y0 <= box.y1 <= high + 1, text.get_text()
