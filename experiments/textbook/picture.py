"""One picture of all lessons: what the runs show over what the textbook has, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from matplotlib import style

from sim.estimates import Estimate
from sim.plots._style import DIM, FAINT, FORCES, INK, LOOK, SMALL, TEXT, TITLE, figure, save
from textbook.line import Line

WIDTH, ROW, HEAD, FOOT = 10.5, 0.245, 0.95, 0.75  # inches
LEFT, RIGHT = 4.35, 0.35  # inches beside the axes
STEPS = (0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5)  # marked on the axis, a logarithm of the ratio
AGREES, DIFFERS = FORCES[0], FORCES[1]


class Shown(Protocol):
    """What `teaching.Found` is."""

    line: Line
    shown: Estimate

    @property
    def agrees(self) -> bool:
        """Within four standard errors."""


def overview(found: Mapping[str, Sequence[Shown]], path: Path) -> Path:
    """A row for each line, grouped by lesson, with its interval; lines of a textbook's 0, or of another law on purpose, are left out."""
    rows = list(_rows(found))
    height = HEAD + FOOT + ROW * len(rows)
    with style.context(["default", LOOK]):
        made = figure(WIDTH, height)
        axes = made.add_axes(
            (LEFT / WIDTH, FOOT / height, 1 - (LEFT + RIGHT) / WIDTH, 1 - (HEAD + FOOT) / height)
        )
        axes.set_xscale("log")
        for place, (lesson, each) in enumerate(rows):
            paper, shown = each.line.textbook, each.shown
            colour, mark = (AGREES, "o") if each.agrees else (DIFFERS, "D")
            axes.plot(
                [shown.low / paper, shown.high / paper],
                [place, place],
                color=colour,
                linewidth=1.6,
                solid_capstyle="butt",
            )
            axes.plot([shown.value / paper], [place], marker=mark, markersize=4.5, color=colour)
            axes.annotate(each.line.what, (0, place), (-8, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
                          ha="right", va="center", fontsize=SMALL, color=INK)  # fmt: skip
            if lesson:
                axes.annotate(lesson, (-0.96 * LEFT / (WIDTH - LEFT - RIGHT), place), xycoords=("axes fraction", "data"), va="center",
                              fontsize=SMALL, color=DIM, annotation_clip=False)  # fmt: skip
                axes.axhline(place - 0.5, color=FAINT, linewidth=0.6, zorder=0)
        axes.axvline(1.0, color=INK, linewidth=1.0, zorder=1)
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_xlim(STEPS[0], 1.75)
        axes.set_xticks(STEPS, [f"{step:g}" for step in STEPS])
        axes.minorticks_off()
        axes.set_yticks([])
        axes.grid(axis="x", color=FAINT, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.set_xlabel("mean of the runs over the textbook's value, with its 95 % interval", fontsize=TEXT)
        made.text(
            0.15 / WIDTH,
            1 - 0.32 / height,
            "Textbook results, found in runs",
            fontsize=TITLE,
            weight="bold",
            color=INK,
        )
        axes.plot([], [], marker="o", color=AGREES, linestyle="", label="within four standard errors")
        axes.plot(
            [],
            [],
            marker="D",
            color=DIFFERS,
            linestyle="",
            label="differs, for the reason that the page gives",
        )
        made.legend(
            loc="upper left", bbox_to_anchor=(LEFT / WIDTH, 1 - 0.42 / height), ncols=2, fontsize=SMALL
        )
        return save(made, path)


def _rows(found: Mapping[str, Sequence[Shown]]) -> Iterator[tuple[str, Shown]]:
    """Lines with the name of their lesson at its first."""
    for name, lines in found.items():
        title = name.replace("_", " ").capitalize()
        for each in lines:
            if each.line.textbook and STEPS[0] < each.shown.value / each.line.textbook < 1.7:
                yield title, each
                title = ""
