"""What holds for every picture of many runs, and the arithmetic they share."""

import numpy as np
import pytest
from small_exercise import played

import sim
from sim import shelves
from sim.bands import _bands
from sim.errors import UnknownKind
from sim.estimates import quantile
from sim.plots._style import save

KINDS = shelves.names("bands")


def test_every_kind_is_also_one_of_a_single_run():
    assert set(KINDS) <= set(shelves.names("plots"))


@pytest.mark.parametrize("kind", KINDS)
def test_words_are_inside_and_tell_how_many_runs(kind, runs, inside):
    figure = shelves.module("bands", kind).draw(runs)
    inside(figure)
    said = [text.get_text() for text in figure.texts]
    assert any(runs[0].plan.exercise in each for each in said)
    assert any(each.startswith(f"{len(runs)} runs of seed 7, ") for each in said)


@pytest.mark.parametrize("kind", KINDS)
def test_runs_without_serials_say_so_or_draw_what_there_is(kind):
    quiet = played()
    figure = shelves.module("bands", kind).draw([quiet, quiet])
    empty = [text for text in figure.texts if text.get_gid() == "nothing"]
    assert figure.axes or empty[0].get_text().endswith(".")


@pytest.mark.parametrize("suffix", ["svg", "png", "pdf"])
@pytest.mark.parametrize("kind", KINDS)
def test_saved_pictures_are_the_same_twice(kind, suffix, gunnery_runs, tmp_path):
    for name in ("one", "two"):
        save(shelves.module("bands", kind).draw(gunnery_runs[:3]), tmp_path / f"{name}.{suffix}")
    assert (tmp_path / f"one.{suffix}").read_bytes() == (tmp_path / f"two.{suffix}").read_bytes()


def test_quantiles_of_courses_are_observed_values():
    """The same definition as for numbers, at each time by itself."""
    draws = np.random.default_rng(3).integers(0, 50, (13, 4)).astype(float)
    found = _bands.quantiles(list(draws))
    wanted = [[quantile(list(column), share) for column in draws.T] for share in _bands.CUTS]
    assert found.tolist() == wanted


def test_stairs_keep_a_value_until_the_next():
    course = np.array([(10.0, 1.0), (20.0, 3.0), (20.0, 4.0)])
    times = np.array([0.0, 10.0, 19.9, 20.0, 99.0])
    assert _bands.stairs(course, times).tolist() == [0.0, 1.0, 1.0, 4.0, 4.0]
    assert _bands.stairs(None, times).tolist() == [0.0] * 5


def test_a_spread_leaves_out_what_is_no_number():
    found = _bands.spread([3.0, float("nan"), 1.0, 2.0])
    assert (found.least, found.middle, found.most, found.runs) == (1.0, 2.0, 3.0, 3)
    assert _bands.spread([float("nan")]) is None


def test_the_front_door_draws_one_run_and_many(gunnery_runs):
    one, many = sim.draw("timeline", gunnery_runs[0]), sim.draw("timeline", gunnery_runs)
    assert any("(seed 7)" in text.get_text() for text in one.texts)
    assert any("9 runs of seed 7" in text.get_text() for text in many.texts)


def test_the_front_door_refuses_what_it_cannot_draw(gunnery_runs):
    with pytest.raises(UnknownKind, match="'tracks' is a picture of one run; of many runs there are"):
        sim.draw("tracks", gunnery_runs)
    with pytest.raises(ValueError, match="one at least"):
        sim.draw("timeline", [])
