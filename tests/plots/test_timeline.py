"""The timeline shows what the log says, in words that can be read."""

from itertools import pairwise

import pytest

from sim.plots import _clock, _rows, _style, timeline
from sim.quantities import HOUR


@pytest.fixture(scope="module")
def drawn(run):
    return timeline.draw(run)


def patches(figure, name):
    """From when to when the patches of that name reach, s."""
    return [
        (patch.get_x() * HOUR, (patch.get_x() + patch.get_width()) * HOUR)
        for patch in figure.axes[0].patches
        if patch.get_gid() == name
    ]


def test_rows_stand_in_the_order_of_the_plan(run):
    """One row for each serial."""
    assert [each.serial for each in run.plan.serials] == [row.serial for row in _rows.rows(run)]


def test_planned_bars_are_the_plan(run, drawn):
    """COMEX and FINEX of the plan, and then of each alternate it was put off to."""
    for serial in run.plan.serials:
        put_off = [
            each.details["comex_s"] for each in run.log.of("postponed") if each.serial == serial.serial
        ]
        for began, bar in zip(
            [serial.comex.value, *put_off], patches(drawn, f"planned {serial.serial}"), strict=True
        ):
            assert pytest.approx((began, began + serial.duration.value)) == bar


def test_actual_bars_are_comex_to_finex(run, drawn):
    """A serial has a bar from its COMEX record to its OUTCOME, coloured by its result; or it has none."""
    begun = {record.serial: record.time for record in run.log.of("comex")}
    ended = {record.serial: record.time for record in run.log.of("finex")}
    for number, outcome in run.outcomes.items():
        bars = patches(drawn, f"actual {number}")
        assert (number in begun) == bool(bars)
        if bars:
            assert pytest.approx((begun[number], ended.get(number, outcome.time))) == bars[0]
        crossed = [line for line in drawn.axes[0].lines if line.get_gid() == f"cancelled {number}"]
        assert (outcome.details["result"] == "cancelled") == bool(crossed)
        if crossed:
            assert pytest.approx(run.serial(number).comex.value) == crossed[0].get_xdata()[0] * HOUR


def test_every_hold_is_drawn(run, drawn):
    """One box for each hold; a lifted one is as long as its RESUME record says."""
    began = [(record.serial, record.time) for record in run.log.of("hold")]
    found = [(serial, hold) for serial, each in _rows.holds(run).items() for hold in each]
    assert sorted(began) == sorted((serial, hold.start) for serial, hold in found)
    lifted = {(record.serial, record.details["reason"], record.time): record.details["held_s"]
              for record in run.log.of("resume")}  # fmt: skip
    for serial, hold in found:
        assert hold.end >= hold.start
        if (serial, hold.reason, hold.end) in lifted:
            assert pytest.approx(lifted[serial, hold.reason, hold.end]) == hold.end - hold.start
    for serial, each in _rows.holds(run).items():
        for hold, box in zip(each, patches(drawn, f"hold {serial}"), strict=True):
            assert pytest.approx((hold.start, hold.end)) == box


def test_notes_say_what_went_otherwise(foul_weather):
    """Nothing about a serial that went as planned; result and reason about one that did not."""
    for row in _rows.rows(foul_weather):
        said = _rows.note(row, foul_weather.plan.begins)
        if row.result == "cancelled":
            assert f"cancelled: {row.reason}" in said
        if row.result in ("stopped", "shortened"):
            assert f"{row.result} at {row.share:.0%}: {row.reason}" in said
        if row.result == "completed" and not row.reason and not row.holds:
            assert "" == said


def test_a_hold_that_is_never_lifted_ends_with_the_attempt(foul_weather):
    """The last hold of a cancelled serial reaches up to its outcome at the latest."""
    for number, outcome in foul_weather.outcomes.items():
        for hold in _rows.holds(foul_weather).get(number, ()):
            assert hold.end <= outcome.time


def test_weather_covers_the_exercise(run):
    """Spells follow each other from the beginning to the end, one for each record."""
    spells = _clock.spells(run)
    assert len(list(run.log.of("weather"))) == len(spells)
    assert (0.0, run.plan.length) == (spells[0].start, spells[-1].end)
    assert [spell.end for spell in spells[:-1]] == [spell.start for spell in spells[1:]]


def test_nights_are_between_sunset_and_sunrise(foul_weather):
    """A four-day exercise that begins by day and ends after the last sunset has three nights and part of a fourth."""
    told = [(record.details["event"], record.time) for record in foul_weather.log.of("sun")]
    nights = _clock.nights(foul_weather)
    assert 4 == len(nights)
    assert foul_weather.plan.length == nights[-1].end
    for night in nights[:-1]:
        assert ("sunset", night.start) in told
        assert ("sunrise", night.end) in told


def test_merged_spells_keep_the_whole_time(foul_weather):
    """Spells of the same visibility become one; no neighbours are alike then."""
    merged = _clock.merged(_clock.spells(foul_weather), "visibility")
    assert foul_weather.plan.length == sum(spell.end - spell.start for spell in merged)
    assert all(one.visibility != next_.visibility for one, next_ in pairwise(merged))


def test_texts_stay_inside_and_apart(drawn, texts):
    """No text leaves the figure, and no two overlap."""
    shown = texts(drawn)
    for text, box in shown:
        assert drawn.bbox.padded(1).containsx(box.x0), text.get_text()
        assert drawn.bbox.padded(1).containsx(box.x1), text.get_text()
        assert drawn.bbox.padded(1).containsy(box.y0), text.get_text()
        assert drawn.bbox.padded(1).containsy(box.y1), text.get_text()
    for place, (one, box) in enumerate(shown):
        for other, other_box in shown[place + 1 :]:
            assert not box.padded(-1).overlaps(other_box.padded(-1)), (one.get_text(), other.get_text())


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_saved_files_are_the_same_twice(gunnery_day, tmp_path, suffix):
    """The same run gives the same bytes, drawn and saved anew."""
    for name in ("one", "two"):
        _style.save(timeline.draw(gunnery_day), tmp_path / f"{name}.{suffix}")
    assert (tmp_path / f"one.{suffix}").read_bytes() == (tmp_path / f"two.{suffix}").read_bytes()


def test_save_refuses_an_ending_it_does_not_know(gunnery_day, tmp_path):
    """The message names the endings that work."""
    with pytest.raises(ValueError, match=r"run\.bmp: a picture ends in \.png, \.svg, \.pdf, not in '\.bmp'"):
        _style.save(timeline.draw(gunnery_day), tmp_path / "run.bmp")


def test_spans_in_words():
    """Minutes, and hours with the minutes left over."""
    assert ["0 min", "45 min", "1 h", "1 h 30 min", "2 h"] == [
        _style.span(seconds) for seconds in (20, 45 * 60, 3600, 5400, 7190)
    ]


def test_long_titles_are_cut_at_a_word():
    """With an ellipsis, and never longer than asked."""
    assert "Gun action…" == _style.shortened("Gun action against a surface target", 15)
    assert "Opening" == _style.shortened("Opening", 7)
