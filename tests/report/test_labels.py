"""Names on maps: each in the nearest free place, never over another, with a leader where it is crowded."""

import re
from itertools import combinations

import pytest

from sim.report._labels import LINE, RINGS, Box, Room, Spot, around, beside, width
from sim.report._map import WIDE

GAP = 10.0  # px, half of a mark


@pytest.fixture
def room():
    return Room(WIDE, 600.0)


def test_a_name_with_room_stands_to_the_right(room):
    assert Spot(100 + GAP, 100, "start") == room.put(around(100, 100, GAP), width("Alpha"))


def test_at_the_edge_it_stands_to_the_left(room):
    assert Spot(WIDE - 20 - GAP, 100, "end") == room.put(around(WIDE - 20, 100, GAP), width("Alpha"))


def test_no_name_lies_over_another_or_over_a_mark(room):
    """Ten ships in a cluster, a few px apart."""
    places = [(300 + 3 * (k % 3), 200 + 7 * k) for k in range(10)]
    for x, y in places:
        room.take(x, y, 2 * GAP, 2 * GAP)
    marks = [Box.around(x, y, 2 * GAP, 2 * GAP) for x, y in places]
    spots = [room.put(around(x, y, GAP), 60.0) for x, y in places]
    boxes = [each.box(60.0, LINE) for each in spots]

    assert not any(one.meets(other) for one, other in combinations(boxes, 2))
    assert not any(box.meets(mark) for box in boxes for mark in marks)
    leaders = [each.leader for each in spots if each.leader]
    assert leaders
    assert not any(box.crossed(leader) for box in boxes for leader in leaders)
    assert spots == [
        Room(WIDE, 600.0).put([each], 60.0) for each in spots
    ]  # a name alone would stand there too


def test_who_has_a_leader_is_reached_by_it():
    for spot in around(300, 200, GAP):
        if spot.leader is not None:
            begin, end = spot.leader
            assert (300, 200) == begin
            assert end[1] == spot.y
            assert 0 < (spot.x - end[0]) * (1 if spot.anchor == "start" else -1) < GAP


def test_where_nothing_is_free_nothing_is_put(room):
    room.take(500, 300, 900, 500)

    assert room.put(around(500, 300, GAP), 60.0) is None


def test_places_beside_come_before_those_with_a_leader():
    spots = list(around(0, 0, GAP))
    near = list(beside(0, 0, GAP))

    assert near == spots[: len(near)]
    assert len(near) + 4 * RINGS == len(spots)


@pytest.mark.parametrize(
    ("line", "crossed"),
    [(((0, 0), (20, 20)), True), (((0, 5), (4, 5)), False), (((0, 0), (0, 20)), False), (((7, 7), (8, 8)), True), (((0, 18), (18, 0)), True),
     (((0, 12), (4, 30)), False)],
)  # fmt: skip
def test_a_box_knows_what_goes_through_it(line, crossed):
    assert crossed == Box(5, 5, 15, 15).crossed(line)


def test_every_ship_of_the_exercise_has_her_name_on_the_map(foul, foul_weather):
    """They end close together, at anchor."""
    text = foul[2].text
    near = text[text.index('<figure class="chart">') :].partition("</figure>")[0]
    named = set(re.findall(r">([^<>]+)</text>", near))

    assert set(re.findall(r'class="symbol force-[^>]*><title>([^<]+)', near)) <= named
