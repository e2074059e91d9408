"""A film shows everybody where the log has them, the serials as they went, and the same pictures each time."""

from datetime import timedelta

import numpy as np
import pytest
from matplotlib.colors import to_rgba
from PIL import Image
from small_exercise import MAIN, played, serial

import sim
from sim.affiliation import PASSING as STRANGE
from sim.affiliation import signs
from sim.animation import _files, _names
from sim.animation._bar import RUNNING
from sim.animation._events import PROGRAMME, events
from sim.animation._looks import colour_of, marks, name_of
from sim.animation._reel import wake
from sim.animation._stage import KEPT
from sim.animation.film import MOST, Film, film
from sim.errors import AccountError, FilmError, FolderError
from sim.plots._clock import nights
from sim.plots._paths import PASSING, SHIPS, paths
from sim.plots._rows import rows
from sim.plots._style import FACES
from sim.runs import play
from sim.scenario.read import read
from sim.symbols import Sign

UNITS = "{units: {any: ship}}"
SMALL_FILM = {"size": (400, 360), "fps": 1.0, "speed": 3600.0}


@pytest.fixture(scope="module")
def foul_weather():
    return play(read(MAIN), seed=5)


@pytest.fixture(scope="module")
def made(foul_weather) -> Film:
    """Of the whole exercise, a picture for each hour."""
    return film(foul_weather, **SMALL_FILM)


@pytest.fixture(scope="module")
def small():
    return played(serial(1, roles=UNITS))


def drawn(made, axes, gid):
    (found,) = [each for each in axes.get_children() if each.get_gid() == gid]
    return found


def turns_at(run, unit, time):
    """Where a ship is by the legs of the log alone: the last leg before, and its velocity."""
    found = None
    for record in run.log.of("leg", "fuel"):
        if (
            record.unit == unit
            and record.time <= time
            and record.at is not None
            and (record.kind == "leg" or found is None)
        ):
            vx, vy = (record.details.get(key, 0.0) for key in ("vx_m_per_s", "vy_m_per_s"))
            found = record.time, *record.at, vx, vy
    since, x, y, vx, vy = found
    return x + vx * (time - since), y + vy * (time - since)


def test_marks_stand_where_the_legs_of_the_log_lead(foul_weather, made):
    """Each ship of each group, by the log's own legs and not by the paths the film is made from."""
    ships = {path.unit: (path.group, path.force) for path in paths(foul_weather) if path.group in SHIPS}
    known = signs(foul_weather)
    for picture in (3, 29, 55):
        made.stage.show(picture)
        shown = {}
        for path, here in zip(made.reel.units, made.reel.places[picture], strict=True):
            shown.setdefault(name_of(known.get(path.unit, STRANGE), path.force), []).append(tuple(here))
        for name, (group, force) in ships.items():
            placed = drawn(made, made.stage.map, f"friend surface {group} {force}").get_xydata()
            wanted = turns_at(foul_weather, name, made.times[picture])
            assert np.hypot(*(placed - wanted).T).min() < 1.0, (name, picture)
        for gid, places in shown.items():
            for name in (gid, *([f"icon {gid}"] if "passing" not in gid else [])):
                np.testing.assert_array_equal(drawn(made, made.stage.map, name).get_xydata(), places)


def test_who_is_not_there_is_not_drawn(foul_weather, made):
    """Aircraft on the ground and ships not yet sighted have no place."""
    for unit, path in enumerate(made.reel.units):
        there = np.zeros(len(made.times), bool)
        for piece in path.pieces:
            there |= (made.times >= piece[0, 0]) & (made.times <= piece[-1, 0])
        assert (np.isfinite(made.reel.places[:, unit, 0]) == there).all()


def test_wakes_end_at_the_ship_and_are_as_long_as_they_last(made):
    for picture in (10, 40):
        for unit, path in enumerate(made.reel.units):
            way = made.reel.wake(unit, picture)
            if path.group == PASSING or np.isnan(made.reel.places[picture, unit, 0]):
                assert not len(way)
                continue
            np.testing.assert_allclose(way[-1], made.reel.places[picture, unit])
    path = next(each for each in made.reel.units if each.group == "warship")
    corners = path.pieces[0]
    way = wake(path, float(corners[3, 0]), float(corners[3, 0] - corners[1, 0]))
    np.testing.assert_allclose(way, corners[1:4, 1:])


def test_the_bar_shows_what_has_become_of_serials_so_far(foul_weather, made):
    for time in (30_000.0, 120_000.0, foul_weather.plan.length):
        made.stage.bar.now(time)
        so_far = drawn(made, made.stage.figure.axes[0], "so far")
        begun = [row for row in rows(foul_weather) if row.actual is not None and row.actual.start <= time]
        boxes = [path.vertices for path in so_far.get_paths()]
        assert [(row.actual.start, min(time, row.actual.end)) for row in begun] == [
            (box[:, 0].min(), box[:, 0].max()) for box in boxes
        ]
        wanted = [FACES[row.result][0] if row.actual.end <= time else RUNNING for row in begun]
        assert [to_rgba(each) for each in wanted] == [tuple(each) for each in so_far.get_facecolor()]


def test_the_night_is_dark_and_the_clock_is_right(foul_weather, made):
    dark = nights(foul_weather)
    for picture in range(0, len(made.times), 7):
        made.stage.show(picture)
        time = made.times[picture]
        moment = foul_weather.plan.begins + timedelta(seconds=float(time))
        assert f"{moment:%a %d %b %H:%M}" == made.stage.clock.get_text()
        is_night = any(night.start + 3600 < time < night.end - 3600 for night in dark)
        is_day = not any(night.start - 3600 < time < night.end + 3600 for night in dark)
        assert not is_night or made.stage.night.get_alpha() > 0.3
        assert not is_day or made.stage.night.get_alpha() == 0.0
        assert ("night" in made.stage.sky.get_text()) or not is_night


def test_the_latest_events_stand_first_and_rings_where_they_were(foul_weather, made):
    told = made.told
    for picture in (12, 44):
        made.stage.show(picture)
        time = made.times[picture]
        past = [each for each in told if each.time <= time][::-1]
        for line, event in zip(made.stage.lines, past, strict=False):
            assert event.words.startswith(line.get_text()[14:].rstrip("…"))
        fresh = [each.at for each in past if each.at and each.time > time - KEPT * made.speed]
        rings = {tuple(each) for each in np.asarray(made.stage.rings.get_offsets())}
        assert set(fresh) == rings


def test_only_so_much_is_told_as_can_be_read(foul_weather):
    fast, slow = (events(foul_weather, 0.0, foul_weather.plan.length, speed) for speed in (7200.0, 60.0))
    assert len(fast) < len(slow)
    kept = {each.kind for each in foul_weather.log if each.kind in PROGRAMME}
    assert {"comex", "finex", "hold"} <= kept
    comex = [record.time for record in foul_weather.log.of("comex")]
    assert set(comex) <= {each.time for each in fast}


def test_a_serial_has_its_own_time_and_waters(foul_weather):
    done = film(foul_weather, serial="4", **SMALL_FILM | {"speed": 60.0})
    row = next(each for each in rows(foul_weather) if each.serial == "4")
    assert done.begin < row.actual.start < row.actual.end < done.end
    begun = next(record.at for record in foul_weather.log.of("comex") if record.serial == "4")
    (west, east), (south, north) = done.stage.map.get_xlim(), done.stage.map.get_ylim()
    assert west < begun[0] < east
    assert south < begun[1] < north
    whole = film(foul_weather, **SMALL_FILM).stage.map.get_xlim()
    assert east - west < whole[1] - whole[0]


def test_the_same_pictures_each_time_and_in_any_order(small):
    one, other = film(small, **SMALL_FILM), film(small, **SMALL_FILM)
    forwards = [each.copy() for each in one.pictures()]
    for picture in reversed(range(len(other.times))):
        other.stage.show(picture)
        np.testing.assert_array_equal(forwards[picture], other.stage.pixels())
    assert any((forwards[0] != each).any() for each in forwards[1:])


def test_a_gif_holds_the_pictures(small, tmp_path):
    """As many as there are, each as it was drawn but for the rounding of colours, and as long as they last."""
    done = film(small, **SMALL_FILM)
    counted = []
    path = done.save(tmp_path / "film.gif", counted.append)
    again = film(small, **SMALL_FILM).save(tmp_path / "again.gif")
    assert path.read_bytes() == again.read_bytes()
    assert list(range(len(done.times))) == counted
    with Image.open(path) as read_back:
        assert (400, 360) == read_back.size
        assert len(done.times) == read_back.n_frames
        assert 1000 == read_back.info["duration"]
        for number, drawn_one in enumerate(done.pictures()):
            read_back.seek(number)
            shown = np.asarray(read_back.convert("RGB")).astype(int)
            off = np.abs(shown - drawn_one[:, :, :3])
            assert off.mean() < 4.0
            assert np.quantile(off, 0.99) < 48


def test_only_what_changed_is_packed():
    before = np.zeros((9, 9), np.uint8)
    now = before.copy()
    now[3, 4] = now[5, 7] = 3
    corner, changed = _files._changes(before, now)
    assert (4, 3) == corner
    assert (3, 4) == changed.shape
    assert 2 == (changed != _files.CLEAR).sum()
    assert (1, 1) == _files._changes(now, now)[1].shape


def test_an_mp4_is_written_by_ffmpeg(small, tmp_path, monkeypatch):
    """By one that takes the pictures and counts them, so that the test needs none."""
    fake = tmp_path / "ffmpeg"
    fake.write_text('#!/bin/sh\nfor last; do :; done\nwc -c > "$last"\n')
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    done = film(small, **SMALL_FILM)
    path = done.save(tmp_path / "film.mp4")
    assert len(done.times) * 400 * 360 * 4 == int(path.read_text())
    fake.write_text("#!/bin/sh\necho no such codec >&2\nexit 1\n")
    with pytest.raises(FilmError, match="no such codec"):
        done.save(tmp_path / "film.mp4")


def test_without_ffmpeg_it_says_so(small, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FilmError, match="there is none on the path"):
        film(small, **SMALL_FILM).save(tmp_path / "film.mp4")
    assert not (tmp_path / "film.mp4").exists()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"serial": "99"}, "no serial called '99'"),
        ({"area": "rnage"}, "Did you mean 'range'?"),
        ({"begin": "20 Jul 10:00", "end": "20 Jul 09:00"}, "would end"),
        ({"size": (100, 4000)}, "each side must be"),
        ({"speed": 0.0}, "more than 0"),
        ({"speed": 0.1}, f"more than {MOST}"),
    ],
)
def test_what_makes_no_film_is_refused(small, asked, said):
    with pytest.raises(FilmError) as refused:
        film(small, **asked)
    assert said in str(refused.value)


def test_a_moment_that_is_none_is_refused(small):
    with pytest.raises(AccountError, match="outside the exercise"):
        film(small, begin="25 Jul 10:00")


def test_where_nothing_can_be_written_it_says_so(small, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderError, match="cannot write the film"):
        film(small, **SMALL_FILM).save(tmp_path / "file" / "film.gif")


def test_the_front_door_makes_one(small, tmp_path):
    path = sim.animate(
        small,
        tmp_path / "film.gif",
        begin="20 Jul 08:00",
        end="20 Jul 09:00",
        size=(320, 320),
        fps=2.0,
        speed=1800.0,
    )
    assert path.read_bytes().startswith(b"GIF89a")
    with Image.open(path) as found:
        assert 5 == found.n_frames


def test_names_of_those_together_are_one():
    marks = [("Alpha", 100.0, 100.0), ("Bravo", 104.0, 103.0), ("Charlie", 200.0, 100.0)]
    found = _names.names(marks, 400.0, 400.0)
    assert ["Alpha +1", "Charlie"] == [each.words for each in found]
    crowd = [(f"Ship {number}", 12.0 * (number % 20), 12.0 * (number // 20)) for number in range(200)]
    found = _names.names(crowd, 400.0, 400.0)
    boxes = []
    for each in found:
        x, y = crowd[each.unit][1] + each.right, crowd[each.unit][2] + each.up
        wide = _names.width_of(each.words, _names.SMALL)
        boxes.append((x, y - _names.HIGH / 2, x + wide, y + _names.HIGH / 2))
    for at, one in enumerate(boxes):
        assert not any(
            one[0] < two[2] and one[2] > two[0] and one[1] < two[3] and one[3] > two[1] for two in boxes[:at]
        )


def test_each_kind_of_unit_has_a_symbol_of_its_own(foul_weather):
    """By frame and icon, so that no colour is needed; who passes by is small, and who has no force has a colour too."""
    found = {
        each for each in {*signs(foul_weather).values(), STRANGE} if each.dimension != "land"
    }  # ashore as on the water
    assert len(found) == len({(sign.frame, sign.icon) for sign in found})
    warship = Sign("surface", "friend", "warship")
    assert (
        marks(STRANGE, "#000000", "one")[0].get_markersize()
        < marks(warship, "#000000", "other")[0].get_markersize()
    )
    assert len({colour_of(STRANGE, None), colour_of(warship, None), colour_of(warship, "#123456")}) == 3
