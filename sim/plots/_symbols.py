"""Unit symbols on charts: a frame in the colour of its force, tinted by affiliation, and the icon of its kind."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.path import Path

from sim.plots._style import DIM, INK, TEXT, figure
from sim.symbols import (
    AFFILIATIONS,
    AIR,
    FRIEND,
    LAND,
    REACH,
    SUBSURFACE,
    SURFACE,
    TINTS,
    WORDS,
    Sign,
    key,
    steps,
)

SIZE = 16.0  # points, of the square a symbol lies in
SMALLER = 12.0
SHOWN = {SURFACE: ("on the water", "warship"), AIR: ("in the air", "aircraft"), SUBSURFACE: ("under water", "submarine"),
         LAND: ("ashore", "site")}  # fmt: skip
CODES = {"M": Path.MOVETO, "L": Path.LINETO, "C": Path.CURVE4, "Z": Path.CLOSEPOLY}


@cache
def path(data: str) -> Path:
    """Path data as a marker; all of one size, for Matplotlib scales each by its farthest corner."""
    points, codes = [], []
    for word, places in steps(data):
        mine = [(x, -y) for x, y in places] or [(0.0, 0.0)]
        points += mine
        codes += [CODES[word]] * len(mine)
    return Path([*points, (REACH, REACH)], [*codes, Path.MOVETO])


def symbol(
    axes: Axes, x: float, y: float, sign: Sign, colour: str, gid: str, size: float = SIZE, **look: Any
) -> None:
    """Draws a symbol at a place. gid: of its frame; that of its icon begins with `icon`."""
    for artist, name in zip(artists(sign, colour, size), (gid, f"icon {gid}"), strict=False):
        artist.set(data=([x], [y]), gid=name, **look)
        axes.add_line(artist)


def artists(sign: Sign, colour: str, size: float = SIZE) -> tuple[Line2D, ...]:
    """Frame and icon as lines without places, for axes and legends."""
    edge: dict[str, Any] = {"markersize": size, "linestyle": "none"}
    made = [Line2D([], [], marker=path(sign.frame), markerfacecolor=TINTS[sign.affiliation], markeredgecolor=colour,
                   markeredgewidth=size / 14, **edge)]  # fmt: skip
    if sign.icon:
        made.append(Line2D([], [], marker=path(sign.icon), markerfacecolor=colour, markeredgewidth=0, **edge))
    return tuple(made)


def legend_of(shown: Iterable[Sign], size: float = SMALLER) -> dict[str, Any]:
    """Entries for the kinds, the affiliations and the dimensions that occur, each as what it adds to a symbol."""
    return {words: artists(sign, DIM if sign.group else INK, size) for sign, words in key(shown)}


def table() -> Figure:
    """All symbols there are: affiliations across, dimensions down, kinds beneath."""
    made = figure(6.4, 4.5)
    axes = made.add_axes((0.0, 0.0, 1.0, 1.0), label="symbols")
    axes.set(xlim=(0, 6.4), ylim=(4.5, 0))
    axes.set_axis_off()
    for column, side in enumerate(AFFILIATIONS):
        axes.text(2.1 + 1.2 * column, 0.35, side, ha="center", fontsize=TEXT + 1, weight="bold")
        for row, (dimension, (words, group)) in enumerate(SHOWN.items()):
            symbol(
                axes,
                2.1 + 1.2 * column,
                0.85 + 0.65 * row,
                Sign(dimension, side, group),
                INK,
                f"{side} {dimension}",
                30,
            )
            if not column:
                axes.text(0.2, 0.85 + 0.65 * row, words, va="center", fontsize=TEXT + 1)
    for place, (group, words) in enumerate(WORDS.items()):
        symbol(axes, 0.55 + 0.88 * place, 3.65, Sign(SURFACE, FRIEND, group), INK, f"kind {group}", 24)
        axes.text(
            0.55 + 0.88 * place,
            4.0,
            words.replace(" or ", " or\n").replace(" ashore", "\nashore"),
            ha="center",
            va="top",
            fontsize=TEXT,
        )
    return made
