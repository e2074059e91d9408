"""The track chart draws units exactly where the log has them, on a true chart."""

from itertools import pairwise

import numpy as np
import pytest
from matplotlib.text import Text
from small_exercise import played

from sim.geodesy import Plane
from sim.plots import _chart, _columns, _paths, _places, _style, tracks
from sim.quantities import NAUTICAL_MILE


@pytest.fixture(scope="module")
def drawn(run):
    return tracks.draw(run)


def data(figure, panel, gid):
    """The places of all lines of that name in a panel, one array for each."""
    axes = figure.axes[panel]
    return [np.column_stack(line.get_data()) for line in axes.lines if line.get_gid() == gid]


def test_paths_pass_through_every_leg(run):
    """Each leg of a ship begins at a corner of her path, at that very moment and place."""
    found = {path.unit: path for path in _paths.paths(run)}
    for record in run.log.of("leg"):
        if record.unit in found:
            corners = np.concatenate(found[record.unit].pieces)
            assert (corners == (record.time, *record.at)).all(axis=1).any(), record


def test_paths_between_corners_are_the_legs(run):
    """From one corner to the next a unit moves as its leg says, to the metre."""
    legs = {}
    for record in run.log.of("leg"):
        velocity = record.details["vx_m_per_s"], record.details["vy_m_per_s"]
        legs[record.unit, record.time] = velocity
    for path in _paths.paths(run):
        if path.group not in _paths.SHIPS:
            continue
        (piece,) = path.pieces
        for (time, x, y), (later, to_x, to_y) in pairwise(piece):
            vx, vy = legs.get((path.unit, time), (0.0, 0.0))
            assert pytest.approx((x + vx * (later - time), y + vy * (later - time)), abs=1.0) == (to_x, to_y)


def test_flights_begin_and_end_with_the_records(foul_weather):
    """One piece for each launch; it ends where and when the aircraft lands."""
    found = {path.unit: path for path in _paths.paths(foul_weather)}
    for word, place in (("launched", 0), ("landed", -1)):
        for record in foul_weather.log.of(word):
            ends = [tuple(piece[place]) for piece in found[record.unit].pieces]
            assert (record.time, *record.at) in ends
    launched = [record.unit for record in foul_weather.log.of("launched")]
    assert len(launched) == sum(len(path.pieces) for path in found.values() if path.group in _paths.FLIERS)


def test_ships_and_strangers_are_drawn_as_they_went(run, drawn):
    """In both panels, in the colour of the force; the last place has the mark. Strangers are one collection."""
    wanted = [
        piece[:, 1:] for path in _paths.paths(run) if path.group == _paths.PASSING for piece in path.pieces
    ]
    for panel in (0, 1):
        (strangers,) = [each for each in drawn.axes[panel].collections if each.get_gid() == "strangers"]
        shown = [line.vertices for line in strangers.get_paths()]
        assert len(wanted) == len(shown)
        assert all((track == line).all() for track, line in zip(wanted, shown, strict=True))
    for path in _paths.paths(run):
        if path.group not in _paths.SHIPS:
            continue
        for panel in (0, 1):
            lines = data(drawn, panel, f"track {path.unit}")
            assert len(path.pieces) == len(lines)
            assert all((piece[:, 1:] == line).all() for piece, line in zip(path.pieces, lines, strict=True))
        assert [path.end] == [tuple(each[0]) for each in data(drawn, 1, f"end {path.unit}")]


def test_visits_are_pieces_of_their_own():
    """A ferry that leaves the waters and comes back is one ship; no line joins her visits."""
    ferry = "ferry: {ends: [41-00N 134-00E, 39-00N 134-00E], departs: 20 Jul 07:00, every: 24 h}"
    run = played(traffic=f"{{packet: {{platform: ferry, heed: 100 %, answer: 6 min, {ferry}}}}}")
    (path,) = [path for path in _paths.paths(run) if path.group == _paths.PASSING]

    assert "packet 1" == path.unit
    assert 2 == len(path.pieces)
    assert path.pieces[0][-1, 0] < path.pieces[1][0, 0]
    assert pytest.approx(path.pieces[0][-1, 1:], abs=1.0) == path.pieces[1][0, 1:]


def test_flights_are_drawn_once_for_each_leg(foul_weather):
    """The legs of a group and force are those of its paths, whatever way and however often they were flown."""
    found = _paths.paths(foul_weather)
    wanted = {}
    for path in found:
        if path.group in _paths.FLIERS:
            for piece in path.pieces:
                for one, other in zip(piece[:-1, 1:], piece[1:, 1:], strict=True):
                    wanted.setdefault((path.group, path.force), set()).add(
                        frozenset((tuple(one), tuple(other)))
                    )
    flights = _paths.flights(found)
    assert wanted == {key: {frozenset(map(tuple, leg)) for leg in legs} for key, legs in flights.items()}
    assert all((legs[:, 0, 1] >= legs[:, 1, 1]).all() for legs in flights.values())


def test_areas_of_no_serial_are_named_apart(foul_weather):
    """A fishing ground has its name in the region, none in the panel of the ships, and does not widen that."""
    figure = tracks.draw(foul_weather)
    region, zoom = figure.axes
    named = [
        [text.get_text() for text in axes.texts if text.get_gid() == "ground name"] for axes in (region, zoom)
    ]
    told = [text.get_text().split("\n")[0] for text in zoom.texts if text.get_gid() == "area name"]

    assert [["Yamato Bank"], []] == named
    assert "Yamato Bank" not in told
    assert ["exercise", "gunnery", "asw", "anchorage"] == tracks.scheduled(foul_weather.plan)
    assert zoom.get_xlim()[1] - zoom.get_xlim()[0] < 80 * NAUTICAL_MILE


def test_serials_are_named_where_they_began(run, drawn):
    """Every COMEX is at one of the places, and every place has its mark."""
    begun = _places.beginnings(run)
    told = [record.serial for record in run.log.of("comex")]
    assert sorted(told) == sorted(serial for place in begun for serial in place.serials)
    for record in run.log.of("comex"):
        (place,) = [each for each in begun if record.serial in each.serials]
        assert np.hypot(place.x - record.at[0], place.y - record.at[1]) < NAUTICAL_MILE
    assert len(begun) == len(data(drawn, 1, "comex"))


def test_troubles_are_the_records(run, drawn):
    """Fouled ranges and casualties have a mark each, where they happened."""
    for word in ("fouled", "casualty"):
        wanted = sorted(record.at for record in run.log.of(word))
        assert wanted == sorted(tuple(each[0]) for each in data(drawn, 1, word))
    assert len(_places.troubles(run)) == len(list(run.log.of("fouled", "casualty")))


def test_neighbouring_serials_are_listed_together(foul_weather):
    """Three and more in a row with a dash, two with a comma."""
    assert "COMEX 1–4, 7, 8, 21" == _columns.listed(["7", "1", "2", "21", "4", "3", "8"], foul_weather)


def test_a_box_a_circle_and_a_polygon_have_outlines(foul_weather):
    """A circle keeps its radius; its centre is the area's."""
    area = foul_weather.plan.areas["gunnery"]
    plane = Plane(foul_weather.plan.datum.latitude, foul_weather.plan.datum.longitude)
    points, radius = _places.outline(area, plane)
    assert area.radius.value == radius
    assert pytest.approx((area.centre.latitude, area.centre.longitude)) == plane.to_earth(*points[0])


def test_the_graticule_is_true(run, drawn):
    """A tick named 40 degrees north stands where 40 degrees north is."""
    plane = Plane(run.plan.datum.latitude, run.plan.datum.longitude)
    for axes in drawn.axes:
        west, south = axes.get_xlim()[0], axes.get_ylim()[0]
        for y, label in zip(axes.get_yticks(), axes.get_yticklabels(), strict=True):
            whole, rest = label.get_text()[:-1].split("\N{DEGREE SIGN}")
            latitude = float(whole) + float(rest.rstrip("′") or 0) / 60
            assert pytest.approx(latitude, abs=1e-3) == plane.to_earth(west, y)[0]
        for x, label in zip(axes.get_xticks(), axes.get_xticklabels(), strict=True):
            whole, rest = label.get_text()[:-1].split("\N{DEGREE SIGN}")
            longitude = float(whole) + float(rest.rstrip("′") or 0) / 60
            assert pytest.approx(longitude, abs=1e-3) == plane.to_earth(x, south)[1]


def test_panels_show_a_metre_alike_in_both_directions(drawn):
    """The axes have the shape of what they show, so nothing is stretched."""
    for axes in drawn.axes:
        box, (west, east), (south, north) = axes.get_window_extent(), axes.get_xlim(), axes.get_ylim()
        assert pytest.approx(box.width / (east - west), rel=1e-3) == box.height / (north - south)


def test_frames_grow_about_their_middle():
    """To the wanted width over height, and never smaller."""
    frame = _chart.Frame(0.0, 0.0, 10.0, 20.0)
    assert _chart.Frame(-15.0, 0.0, 25.0, 20.0) == frame.shaped(2.0)
    assert _chart.Frame(0.0, 0.0, 10.0, 20.0) == frame.shaped(0.5)


def test_texts_stay_inside_and_names_apart(drawn, texts):
    """No text leaves the figure; the names of ships, areas and troubles and the legend do not overlap."""
    shown = texts(drawn)
    for text, box in shown:
        assert box.x0 >= 0, text.get_text()
        assert box.y0 >= 0, text.get_text()
        assert box.x1 <= drawn.bbox.x1, text.get_text()
        assert box.y1 <= drawn.bbox.y1, text.get_text()
    named = [
        (text, box)
        for text, box in shown
        if str(text.get_gid()).startswith(("name ", "area name", "trouble"))
    ]
    assert named
    plain = [
        (text, Text.get_window_extent(text)) for text, _ in named
    ]  # an annotation's own box has its line in it
    for place, (one, box) in enumerate(plain):
        for other, other_box in plain[place + 1 :]:
            assert not box.padded(-1).overlaps(other_box.padded(-1)), (one.get_text(), other.get_text())


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_saved_tracks_are_the_same_twice(gunnery_day, tmp_path, suffix):
    """The same run gives the same bytes, drawn and saved anew."""
    for name in ("one", "two"):
        _style.save(tracks.draw(gunnery_day), tmp_path / f"{name}.{suffix}")
    assert (tmp_path / f"one.{suffix}").read_bytes() == (tmp_path / f"two.{suffix}").read_bytes()
