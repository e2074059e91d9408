"""What pictures of studies have in common: one panel a measure, titles, colours, and words for a factor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import isnan
from textwrap import shorten
from typing import TYPE_CHECKING

from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.plots._style import DIM, FAINT, FORCES, INK, LOOK, SMALL, TITLE, figure

if TYPE_CHECKING:
    from sim.estimates import Estimate
    from sim.studies.results import Results

LINES = FORCES  # told apart by marks and dashes too
MARKS, DASHES = "osD^vP", ("-", "--", "-.", ":", (0, (5, 1)), (0, (1, 1)))
NARROWEST = 7.5  # inches; below it a title has no room
LONGEST = 28  # letters of a label on an axis


@contextmanager
def look() -> Iterator[None]:
    """In our own look, whatever style the user's Matplotlib is set to."""
    with style.context(["default", LOOK]):
        yield


def sheet(
    found: Results, what: str, rows: int, columns: int, width: float = 3.2, height: float = 2.6
) -> tuple[Figure, list[list[Axes]]]:
    """A figure with its title and a grid of panels, each so many inches."""
    made = figure(max(NARROWEST, columns * width + 0.6), rows * height + 1.1)
    tall = float(made.get_size_inches()[1])
    made.suptitle(shorten(found.experiment.experiment, int(8.5 * float(made.get_size_inches()[0])), placeholder=" ..."), x=0.02, y=1 - 0.16 / tall, ha="left", va="top",
                  fontsize=TITLE, fontweight="bold", color=INK)  # fmt: skip
    made.text(0.02, 1 - 0.52 / tall, f"{what}. {len(found.points)} points, {found.experiment.replications} replications each, seed "
              f"{found.experiment.seed}.", ha="left", va="top", fontsize=SMALL, color=DIM)  # fmt: skip
    grid = made.subplots(rows, columns, squeeze=False)
    made.subplots_adjust(
        left=0.95 / float(made.get_size_inches()[0]),
        right=0.98,
        top=1 - 1.0 / tall,
        bottom=0.75 / tall,
        hspace=0.55,
        wspace=0.3,
    )
    return made, [list(row) for row in grid]


def plain(axes: Axes) -> None:
    """No frame above and to the right, and a faint grid across."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color=FAINT, linewidth=0.6)
    axes.set_axisbelow(True)


def words(name: str) -> str:
    """A column or factor as people say it."""
    return name.replace("_", " ")


def label(level: str) -> str:
    """A level, short enough for an axis."""
    return shorten(level, LONGEST, placeholder="...") if len(level) > LONGEST else level


def bar(axes: Axes, x: float, estimate: Estimate, colour: str, mark: str = "o") -> None:
    """A mean with its interval."""
    low, high = estimate.value - estimate.low, estimate.high - estimate.value
    spread = [[low], [high]] if not isnan(low + high) else None
    axes.errorbar([x], [estimate.value], yerr=spread, fmt=mark, color=colour, capsize=3, markersize=5)
