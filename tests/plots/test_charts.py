"""Land is cut at the frame without changing what the frame shows."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from sim.plots import _chart

FRAME = _chart.Frame(0.0, 0.0, 100.0, 100.0)
OUT = 100.0 * _chart.BEYOND


def area(ring):
    """Of a polygon, by the shoelace formula."""
    x, y = ring.T
    return abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2


def test_land_inside_is_left_alone():
    ring = np.array([(10.0, 10.0), (60.0, 20.0), (40.0, 90.0)])
    assert (_chart.within(ring, FRAME) == ring).all()


def test_land_all_around_fills_the_frame():
    ring = np.array([(-900.0, -900.0), (900.0, -900.0), (900.0, 900.0), (-900.0, 900.0)])
    assert area(_chart.within(ring, FRAME)) == pytest.approx((100.0 + 2 * OUT) ** 2)


def test_land_outside_is_left_out():
    """Even when its bounding box covers the frame."""
    assert len(_chart.within(np.array([(200.0, 0.0), (300.0, 0.0), (250.0, 50.0)]), FRAME)) == 0
    hook = np.array([(-500.0, 300.0), (300.0, 300.0), (300.0, -500.0), (310.0, 310.0)])
    assert area(_chart.within(hook, FRAME)) == pytest.approx(0.0)


def test_land_across_an_edge_is_cut_there():
    """A triangle with its tip in the frame: the cut is a straight line just beyond the edge."""
    ring = np.array([(50.0, 50.0), (250.0, 150.0), (250.0, -50.0)])
    cut = _chart.within(ring, FRAME)
    edge = 100.0 + OUT
    assert cut[:, 0].max() == pytest.approx(edge)
    assert area(cut) == pytest.approx((edge - 50.0) ** 2 / 2)


def test_a_small_chart_names_few_lines_and_none_in_the_corner():
    figure = Figure()
    axes = figure.add_subplot()
    axes.set(xlim=(0, 100), ylim=(0, 100))
    axes.set_xticks(range(1, 100, 10), [f"{place} E" for place in range(1, 100, 10)])
    axes.set_yticks([50.0], ["N"])
    _chart.thin(axes)
    assert [label.get_text() for label in axes.get_xticklabels()] == ["11 E", "41 E", "71 E"]
    assert list(axes.get_xticks()) == [11, 41, 71]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["N"]
