"""Frames tell affiliation and dimension by their shape alone, after APP-6."""

from itertools import product

import pytest

from sim.symbols import AFFILIATIONS, DIMENSIONS, ICONS, REACH, WORDS, Sign, frame, key, steps


def corners(data):
    return [place for word, points in steps(data) for place in points]


@pytest.mark.parametrize("side", AFFILIATIONS)
def test_what_flies_is_open_below_and_what_dives_above(side):
    """Frames at sea and ashore are closed; in the air both ends are at the bottom, under water at the top."""
    assert frame("surface", side).endswith("Z")
    assert frame("land", side).endswith("Z")
    for dimension, sign in (("air", 1), ("subsurface", -1)):
        data = frame(dimension, side)
        places = corners(data)
        extreme = max(sign * y for _, y in places)
        assert "Z" not in data
        assert sign * places[0][1] == sign * places[-1][1] == extreme
        assert places[0][0] == -places[-1][0]


def test_frames_of_one_dimension_differ_in_shape():
    """No two affiliations are told apart by colour alone."""
    for dimension in DIMENSIONS:
        assert len({frame(dimension, side) for side in AFFILIATIONS}) == len(AFFILIATIONS)


def test_a_friend_at_sea_is_round_a_hostile_pointed_and_a_neutral_square():
    kinds = {side: {word for word, _ in steps(frame("surface", side))} for side in AFFILIATIONS}
    assert kinds["friend"] == kinds["unknown"] == {"M", "C", "Z"}
    assert kinds["neutral"] == kinds["hostile"] == {"M", "L", "Z"}
    assert {abs(x) == abs(y) for x, y in corners(frame("surface", "neutral"))} == {True}
    assert {0.0 in place for place in corners(frame("surface", "hostile"))} == {True}


def test_frames_are_alike_left_and_right():
    for dimension, side in product(DIMENSIONS, AFFILIATIONS):
        places = corners(frame(dimension, side))
        assert {*places} == {(-x, y) for x, y in places}


def test_everything_lies_in_one_square():
    """So that Matplotlib, which scales a marker by its farthest corner, draws all to one scale."""
    for data in [*ICONS.values(), *(frame(*each) for each in product(DIMENSIONS, AFFILIATIONS))]:
        assert max(max(abs(x), abs(y)) for x, y in corners(data)) <= REACH


def test_every_icon_has_a_word_and_no_two_are_alike():
    assert list(ICONS) == list(WORDS)
    assert len(set(ICONS.values())) == len(ICONS)
    assert Sign("surface", "neutral", "passing").icon == ""


def test_a_legend_says_each_thing_once():
    """Kinds by a friend where there is one, then sides, then what is open where."""
    shown = [
        Sign("surface", "hostile", "warship"),
        Sign("surface", "friend", "warship"),
        Sign("air", "hostile", "target"),
    ]
    assert key(shown) == [
        (Sign("surface", "friend", "warship"), "warship"),
        (Sign("air", "hostile", "target"), "unmanned or target"),
        (Sign("surface", "friend", ""), "friend"),
        (Sign("surface", "hostile", ""), "hostile"),
        (Sign("air", "friend", ""), "in the air: open below"),
    ]
    assert key([]) == []
