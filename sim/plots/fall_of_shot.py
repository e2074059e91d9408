"""Where rounds fell about a surface target or a mark ashore, string by string, with what they had to hit."""

from __future__ import annotations

from math import ceil
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Ellipse, Patch, Rectangle
from matplotlib.ticker import MaxNLocator

from sim.log import Record
from sim.plots._style import DIM, FAINT, PAPER, SMALL, TEXT, figure, headline, nothing, shortened, styled
from sim.runs import Run
from sim.weapons.trajectory import danger_space, flight

WIDE, HIGH, ACROSS = 2.6, 2.75, 5  # inches of a panel with its words, and panels abreast
TOP, BOTTOM, GAP = 0.8, 0.62, (0.5, 0.78)  # inches
HIT, MISS, RANGING = "#0b5fa5", "#b3261e", "#5c6570"
OUTLINE = "#e8a317"
SPARE = 1.15


class String(NamedTuple):
    """What one ship fired at one target in a serial. size: m across and along that count, round if is_round.

    effect, ranging: (n, 2) errors across and along, m. hits: which rounds for effect hit or fell inside.
    """

    serial: str
    unit: str
    gun: str
    range: float
    size: tuple[float, float]
    is_round: bool
    effect: np.ndarray[Any, np.dtype[np.float64]]
    hits: np.ndarray[Any, np.dtype[np.bool_]]
    ranging: np.ndarray[Any, np.dtype[np.float64]]


def strings(run: Run) -> list[String]:
    """All strings in the order of their first round."""
    found: dict[tuple[str, str, str], list[Record]] = {}
    platforms = {record.unit: record.details["platform"] for record in run.log.of("target")}
    for record in run.log.of("round", "shore-round"):
        found.setdefault((record.serial or "", record.unit or "", record.details["gun"]), []).append(record)
    made = []
    for (serial, unit, gun), rounds in found.items():
        ashore, distance = rounds[0].kind == "shore-round", rounds[0].details["range_m"]
        if ashore:
            standard = run.serial(serial).parameters.standard.value  # type: ignore[attr-defined]
            size = 2 * standard, 2 * standard
        else:
            size = _outline(run, gun, platforms.get(rounds[0].other, ""), distance)
        effect = [record for record in rounds if record.details["phase"] == "effect"]
        errors = _errors(effect)
        hits = (
            np.hypot(*errors.T) <= size[0] / 2
            if ashore
            else np.array([each.details["hit"] for each in effect], bool)
        )
        ranging = _errors([record for record in rounds if record.details["phase"] != "effect"])
        made.append(String(serial, unit, gun, distance, size, ashore, errors, hits, ranging))
    return made


def _outline(run: Run, gun: str, platform: str, distance: float) -> tuple[float, float]:
    """A target's length, and the water along the line of fire it covers at this range: its danger space."""
    sheet, target = run.plan.guns[gun], run.plan.platforms[platform]
    angle = flight(distance, sheet.muzzle_velocity.value, sheet.decay_length.value).angle_of_fall
    length, height = target.length, target.height
    return (length.value if length else 0.0), danger_space(height.value if height else 0.0, angle)


def _errors(rounds: list[Record]) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.array([(each.details["across_m"], each.details["along_m"]) for each in rounds]).reshape(-1, 2)


@styled
def draw(run: Run) -> Figure:
    """One panel for each string; those of one kind of shoot to one scale."""
    found = strings(run)
    if not found:
        return nothing(
            run, "fall of shot", "No round was fired at a surface target or a mark ashore in this run."
        )
    columns = min(ACROSS, len(found))
    rows = ceil(len(found) / columns)
    width, height = max(7.0, WIDE * columns + 0.25), TOP + HIGH * rows + BOTTOM
    made = figure(width, height)
    for place, string in enumerate(found):
        row, column = divmod(place, columns)
        left, low = 0.2 + column * WIDE + GAP[0], height - TOP - (row + 1) * HIGH + GAP[1] - 0.25
        axes = made.add_axes((left / width, low / height, (WIDE - GAP[0] - 0.12) / width, (HIGH - GAP[1] - 0.05) / height),
                             label=f"{string.serial} {string.unit} {string.gun}")  # fmt: skip
        _panel(axes, string, _reach([each for each in found if each.is_round == string.is_round]))
        if column == 0:
            axes.set_ylabel("over (+), short (−), m", fontsize=SMALL)
        axes.set_xlabel("left (−), right (+), m", fontsize=SMALL, labelpad=1)
    _legend(made, found)
    headline(made, run, "fall of shot")
    return made


def _reach(found: list[String]) -> tuple[float, float]:
    """Half the width and height of the panels: every round for effect and every outline is inside."""
    places = np.concatenate(
        [np.abs(each.effect) for each in found] + [np.array([each.size]) / 2 for each in found]
    )
    across, along = SPARE * places.max(axis=0)
    return float(across), float(along)


def _panel(axes: Axes, string: String, reach: tuple[float, float]) -> None:
    across, along = reach
    outlined(axes, string.size, string.is_round)
    axes.axhline(0, color=FAINT, linewidth=0.6, zorder=1)
    axes.axvline(0, color=FAINT, linewidth=0.6, zorder=1)
    inside = (np.abs(string.ranging) <= reach).all(axis=1)
    axes.plot(
        *string.ranging[inside].T,
        marker="+",
        color=RANGING,
        markersize=6,
        linestyle="none",
        zorder=3,
        gid="ranging",
    )
    far = np.clip(string.ranging[~inside], (-0.96 * across, -0.96 * along), (0.96 * across, 0.96 * along))
    for sign, mark in ((1, "^"), (-1, "v")):
        axes.plot(*far[far[:, 1] * sign > 0].T, marker=mark, color=RANGING, markerfacecolor=PAPER, markersize=5,
                  linestyle="none", zorder=3, gid="beyond")  # fmt: skip
    axes.plot(
        *string.effect[~string.hits].T,
        marker="x",
        color=MISS,
        markersize=4.5,
        linestyle="none",
        zorder=4,
        gid="miss",
    )
    axes.plot(*string.effect[string.hits].T, marker="o", color=HIT, markersize=4.5, markeredgecolor=PAPER, markeredgewidth=0.5,
              linestyle="none", zorder=5, gid="hit")  # fmt: skip
    axes.set(xlim=(-across, across), ylim=(-along, along))
    axes.tick_params(labelsize=SMALL - 1, length=3, pad=2)
    for axis, most in ((axes.xaxis, across), (axes.yaxis, along)):
        axis.set_ticks([each for each in MaxNLocator(5).tick_values(-most, most) if abs(each) <= most])
    counted = f"{int(string.hits.sum())} of {len(string.effect)} {'inside' if string.is_round else 'hit'}"
    axes.set_title(f"{string.serial} {shortened(string.unit, 24)}\n{string.gun}, {string.range / 1e3:g} km: {counted}",
                   fontsize=TEXT - 0.5, loc="left", pad=4, linespacing=1.2)  # fmt: skip


def outlined(axes: Axes, size: tuple[float, float], is_round: bool) -> None:
    """What had to be hit. size: m across and along."""
    wide, deep = size
    look: dict[str, Any] = {
        "facecolor": f"{OUTLINE}33",
        "edgecolor": OUTLINE,
        "linewidth": 1.4,
        "zorder": 2,
        "gid": "outline",
    }
    axes.add_patch(Ellipse((0, 0), wide, deep, **look) if is_round
                   else Rectangle((-wide / 2, -deep / 2), wide, deep, **look))  # fmt: skip


def _legend(made: Figure, found: list[String]) -> None:
    def mark(shape: str, colour: str, face: str | None = None) -> Line2D:
        return Line2D(
            [], [], marker=shape, color=colour, markerfacecolor=face or colour, linestyle="none", markersize=6
        )

    shown: dict[str, Any] = {"for effect, hit or inside": mark("o", HIT), "for effect, miss": mark("x", MISS),
                             "ranging": mark("+", RANGING), "ranging, off the panel": mark("^", RANGING, PAPER)}  # fmt: skip
    kinds = [("target: length by danger space", False), ("standard about the mark", True)]
    for words, is_round in kinds:
        if any(each.is_round == is_round for each in found):
            shown[words] = Patch(facecolor=f"{OUTLINE}33", edgecolor=OUTLINE, linewidth=1.4)
    width, height = made.get_size_inches()
    made.legend(list(shown.values()), list(shown), loc="lower left", ncols=len(shown) if width > 9 else 3, fontsize=SMALL,
                bbox_to_anchor=(0.2 / width, 0.3 / height if width > 9 else 0.26 / height), borderaxespad=0, borderpad=0,
                columnspacing=1.3)  # fmt: skip
    made.text(
        0.2 / width,
        0.1 / height,
        "Line of fire upwards. The two scales of a panel differ.",
        fontsize=SMALL,
        color=DIM,
    )
