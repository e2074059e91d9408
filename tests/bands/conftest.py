"""Fixtures for pictures of many runs: some replications of the small scenario and of the whole exercise."""

from pathlib import Path

import pytest
from matplotlib.text import Text

from sim.runs import play
from sim.scenario.read import read

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.fixture(scope="session")
def gunnery_runs():
    """Nine of the small scenario."""
    plan = read(SCENARIOS / "gunnery_day.yaml")
    return [play(plan, 7, replication) for replication in range(9)]


@pytest.fixture(scope="session")
def main_runs(main_plan):
    """Five of the whole exercise."""
    return [play(main_plan, 7, replication) for replication in range(5)]


@pytest.fixture(scope="session", params=["gunnery_runs", "main_runs"])
def runs(request):
    """Each of the two."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def line():
    """The places of the one line of a figure that has this gid, as two tuples."""

    def of(figure, gid, axes=None):
        (found,) = [
            each
            for ax in figure.axes
            if axes in (None, ax.get_label())
            for each in ax.lines
            if each.get_gid() == gid
        ]
        return tuple(found.get_xdata()), tuple(found.get_ydata())

    return of


@pytest.fixture(scope="session")
def inside():
    """Asserts that no text of a figure stands outside it."""

    def check(figure):
        figure.canvas.draw()
        renderer = figure.canvas.get_renderer()
        hidden = [label for ax in figure.axes for axis in (ax.xaxis, ax.yaxis)
                  for at, label in zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=True)
                  if not min(axis.get_view_interval()) <= at <= max(axis.get_view_interval())]  # fmt: skip
        for text in figure.findobj(Text):
            if text.get_text() and text.get_visible() and text not in hidden:
                box = text.get_window_extent(renderer)
                assert box.width == 0 or (box.x0 >= -1 and box.y0 >= -1), text.get_text()
                assert box.width == 0 or (box.x1 <= figure.bbox.x1 + 1 and box.y1 <= figure.bbox.y1 + 1), (
                    text.get_text()
                )

    return check
