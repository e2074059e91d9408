"""Fixtures for tests of plots: a small day on which all goes well, and the whole exercise in foul weather."""

from pathlib import Path

import numpy as np
import pytest
from matplotlib.text import Text
from small_exercise import played, scenario

from sim.log import Log
from sim.runs import Run, play
from sim.scenario.read import read

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.fixture(scope="session")
def gunnery_day():
    """One run of the small scenario."""
    return play(read(SCENARIOS / "gunnery_day.yaml"), seed=7)


@pytest.fixture(scope="session")
def foul_weather():
    """A run of the whole exercise in which serials are held, put off, stopped and cancelled."""
    return play(read(SCENARIOS / "northern_interaction_2023.yaml"), seed=5)


@pytest.fixture(scope="session")
def quiet():
    """A day without a serial."""
    return played()


@pytest.fixture(scope="session")
def nothing_logged():
    """A run whose log is empty."""
    return Run(scenario(), 0, 0, Log())


@pytest.fixture(scope="session")
def main_run(main_plan):
    """The whole exercise with all its serials."""
    return play(main_plan, seed=7)


@pytest.fixture(scope="session")
def points():
    """The (n, 2) places of all marks or corners of a figure that have this gid."""

    def of(figure, gid, axes=None):
        lines = [
            line
            for each in figure.axes
            if axes is None or each.get_label() == axes
            for line in each.lines
            if line.get_gid() == gid
        ]
        return np.concatenate([np.column_stack(line.get_data()) for line in lines] + [np.empty((0, 2))])

    return of


@pytest.fixture(scope="session")
def within(texts):
    """Asserts that no text of a figure stands outside it."""

    def check(figure):
        for text, box in texts(figure):
            assert box.x0 >= -1, text.get_text()
            assert box.y0 >= -1, text.get_text()
            assert box.x1 <= figure.bbox.x1 + 1, text.get_text()
            assert box.y1 <= figure.bbox.y1 + 1, text.get_text()

    return check


@pytest.fixture(scope="session")
def says_so():
    """Asserts that a figure says in a sentence that there was nothing to draw."""

    def check(figure):
        (text,) = [text for text in figure.findobj(Text) if text.get_gid() == "nothing"]
        assert text.get_text().endswith(".")
        assert not figure.axes

    return check


@pytest.fixture(scope="session", params=["gunnery_day", "foul_weather"])
def run(request):
    """Each of the two."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def texts():
    """The texts of a figure that show, with the boxes they take up in pixels."""

    def of(figure):
        figure.canvas.draw()
        renderer = figure.canvas.get_renderer()
        found = [text for text in figure.findobj(Text) if text.get_text()]
        boxes = [(text, text.get_window_extent(renderer)) for text in found if text.get_visible()]
        return [(text, box) for text, box in boxes if box.width > 0]

    return of
