"""Symbols on charts are those of the one source, to one scale, where the units are."""

from itertools import product

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.path import Path

from sim.affiliation import signs
from sim.plots import _style, serials, tracks
from sim.plots._symbols import artists, path
from sim.report._html import source
from sim.symbols import AFFILIATIONS, DIMENSIONS, REACH, TINTS, Sign, frame, steps


@pytest.mark.parametrize(("dimension", "side"), [*product(DIMENSIONS, AFFILIATIONS)])
def test_a_marker_has_the_corners_of_the_path_data(dimension, side):
    """With y up instead of down, and a last corner that sets the scale and is not drawn."""
    data = frame(dimension, side)
    marker = path(data)
    drawn = marker.vertices[:-1][marker.codes[:-1] != Path.CLOSEPOLY]
    assert [(x, -y) for _, points in steps(data) for x, y in points] == [tuple(each) for each in drawn]
    assert np.abs(marker.vertices).max() == REACH
    assert marker.codes[-1] == Path.MOVETO


def test_a_symbol_has_the_colour_of_its_force_and_the_tint_of_its_side():
    shape, icon = artists(Sign("air", "hostile", "helicopter"), "#0b5fa5")
    assert to_hex(shape.get_markeredgecolor()) == to_hex(icon.get_markerfacecolor()) == "#0b5fa5"
    assert shape.get_markerfacecolor() == TINTS["hostile"]


def test_colours_of_the_page_are_those_of_the_charts():
    """Forces and sides are one colour in pictures and in the report."""
    sheet = source("report.css")
    for place, colour in enumerate(_style.FORCES):
        assert f"--force-{place}: {colour};" in sheet
    for side, colour in TINTS.items():
        assert f"--{side}: {colour};" in sheet


def test_ships_at_the_end_have_the_frames_of_their_signs(main_run):
    known = signs(main_run)
    (_, zoom) = tracks.draw(main_run).axes
    shown = {
        line.get_gid()[4:]: line.get_marker() for line in zoom.lines if str(line.get_gid()).startswith("end ")
    }
    assert shown
    assert {name: path(known[name].frame) for name in shown} == shown


def test_who_plays_the_intruder_is_in_a_diamond_in_that_chart(main_run):
    found = {each.number: each for each in serials.charts(main_run)}
    hostile = [name for name, sign in found["10"].signs.items() if sign.affiliation == "hostile"]
    (record,) = [
        each
        for each in main_run.log.of("assigned")
        if each.serial == "10" and each.details["role"] == "intruder"
    ]
    assert hostile == [record.unit]
    assert found["1"].signs[record.unit].affiliation == "friend"
