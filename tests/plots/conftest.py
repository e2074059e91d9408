"""Fixtures for tests of plots: a small day on which all goes well, and the whole exercise in foul weather."""

from pathlib import Path

import pytest
from matplotlib.text import Text

from sim.runs import play
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
