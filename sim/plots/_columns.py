"""Words beside a track chart: areas and their serials at the left, ships and what went wrong at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from string import ascii_lowercase

import numpy as np
from matplotlib.axes import Axes

from sim.plots._paths import Path
from sim.plots._places import SAME, Outline, Place, Trouble
from sim.plots._style import DIM, HALO, INK, PAPER, SMALL, TEXT, shortened
from sim.plots._symbols import SMALLER, symbol
from sim.runs import Run
from sim.symbols import Sign

TROUBLES = {"fouled": ("D", "#b36b00"), "casualty": ("h", "#8c4fa0")}
TARGETS = 4  # of one kind that are named beside a small chart; more are named once
LETTERS = 20  # of a unit's name
TOLD, LINE = 6, 0.045  # troubles told in words, and the height of one, of the panel's


def names(axes: Axes, run: Run, shapes: dict[str, Outline], begun: list[Place]) -> None:
    """The areas and the serials begun there in a column at the left, each with a line to its place."""
    entries: list[tuple[float, float, str]] = []
    left = list(begun)
    for name, (points, _) in shapes.items():
        x, y = points.mean(axis=0)
        here = [each for each in left if np.hypot(each.x - x, each.y - y) < SAME]
        left = [each for each in left if each not in here]
        serials = [serial for each in here for serial in each.serials]
        entries.append(
            (x, y, (run.plan.areas[name].title or name) + (f"\n{listed(serials, run)}" if serials else ""))
        )
    entries += [(each.x, each.y, listed(list(each.serials), run)) for each in left]
    entries.sort(key=lambda each: -each[1])
    for place, (x, y, words) in zip(
        spread([_height(axes, y) for _, y, _ in entries], 0.085, 0.16, 0.97), entries, strict=True
    ):
        title, *more = words.split("\n")
        axes.annotate(words, (x, y), (0.015, place), textcoords="axes fraction", va="center", fontsize=SMALL,
                      linespacing=1.3, zorder=10, path_effects=HALO, gid="area name",
                      arrowprops={"arrowstyle": "-", "color": INK, "linewidth": 0.6, "relpos": (1, 0.5), "shrinkA": 2,
                                  "shrinkB": 3})  # fmt: skip
        if more or title.startswith("COMEX"):
            axes.plot([x], [y], marker="o", markerfacecolor=PAPER, markeredgecolor=INK, markersize=6, zorder=8,
                      linestyle="none", gid="comex")  # fmt: skip
            axes.plot([x], [y], marker=".", color=INK, markersize=2.5, zorder=8.1, linestyle="none")


def listed(serials: list[str], run: Run) -> str:
    """COMEX of the serials, neighbours in the plan drawn together: COMEX 1-4, 7, 9."""
    order = {each.serial: place for place, each in enumerate(run.plan.serials)}
    runs: list[list[str]] = []
    for serial in sorted(serials, key=order.__getitem__):
        if runs and order[serial] == order[runs[-1][-1]] + 1:
            runs[-1].append(serial)
        else:
            runs.append([serial])
    parts = [", ".join(each) if len(each) < 3 else f"{each[0]}–{each[-1]}" for each in runs]
    return "COMEX " + ", ".join(parts)


def ends(
    axes: Axes, ships: list[Path], signs: Mapping[str, Sign], colours: dict[str, str], low: float
) -> None:
    """A symbol where each ship was last and her name in a column at the right, with a line between."""
    ordered = sorted(ships, key=lambda path: -path.end[1])
    places = spread([_height(axes, path.end[1]) for path in ordered], 0.036, low + 0.03, 0.95)
    if places:
        axes.annotate("Ships at the end", (1.03, places[0] + 0.025), xycoords="axes fraction", fontsize=SMALL, color=DIM,
                      annotation_clip=False)  # fmt: skip
    for place, path in zip(places, ordered, strict=True):
        colour = colours[path.force or ""]
        sign = signs[path.unit]
        symbol(axes, *path.end, sign, colour, f"end {path.unit}", zorder=8)
        symbol(axes, 1.045, place, sign, colour, "beside", SMALLER, transform=axes.transAxes, clip_on=False)
        axes.annotate(shortened(path.unit, LETTERS), path.end, (1.065, place), textcoords="axes fraction", va="center_baseline",
                      fontsize=TEXT, color=colour, annotation_clip=False, gid=f"name {path.unit}")  # fmt: skip
        axes.annotate("", path.end, (1.03, place), textcoords="axes fraction", annotation_clip=False, zorder=6,
                      arrowprops={"arrowstyle": "-", "color": colour, "linewidth": 0.5, "alpha": 0.7, "shrinkA": 0,
                                  "shrinkB": 0})  # fmt: skip


def wrongs(axes: Axes, run: Run, found: list[Trouble]) -> float:
    """A lettered mark where each thing went wrong, and a list of them at the lower right.

    Returns how high the list stands, as a share of the panel's height.
    """
    letters = dict(zip(found, ascii_lowercase, strict=False))
    for place, trouble in enumerate(reversed(found)):  # the first on top, letter and all
        over = 8.5 + place / 1e3
        mark, colour = TROUBLES[trouble.kind]
        axes.plot([trouble.x], [trouble.y], marker=mark, color=colour, markersize=10, markeredgecolor=PAPER,
                  markeredgewidth=0.7, linestyle="none", zorder=over, gid=trouble.kind)  # fmt: skip
        axes.annotate(letters.get(trouble, ""), (trouble.x, trouble.y), ha="center", va="center_baseline",
                      fontsize=SMALL - 1, color=PAPER, weight="bold", zorder=over + 5e-4, annotation_clip=True)  # fmt: skip
    told = found[:TOLD]
    if not told:
        return 0.0
    more = [f"and {len(found) - TOLD} more"] if len(found) > TOLD else []
    for place, trouble in enumerate(reversed(told)):
        mark, colour = TROUBLES[trouble.kind]
        when = f"{run.plan.begins + timedelta(seconds=trouble.time):%d %b %H:%M}"
        y = LINE * (place + len(more)) + LINE / 2
        axes.plot([1.045], [y], transform=axes.transAxes, clip_on=False, marker=mark, color=colour, markersize=10,
                  markeredgecolor=PAPER, linestyle="none")  # fmt: skip
        axes.annotate(letters[trouble], (1.045, y), xycoords="axes fraction", ha="center", va="center_baseline",
                      fontsize=SMALL - 1, color=PAPER, weight="bold", annotation_clip=False)  # fmt: skip
        who = shortened(trouble.unit, LETTERS)
        axes.annotate(f"{who}\n{trouble.what}, {when}", (1.07, y), xycoords="axes fraction", va="center", fontsize=SMALL - 0.5,
                      linespacing=1.1, annotation_clip=False, gid="trouble")  # fmt: skip
    head = LINE * (len(told) + len(more)) + 0.01
    for words, y in (("Range fouled, casualties", head), *((each, 0.0) for each in more)):
        axes.annotate(
            words, (1.03, y), xycoords="axes fraction", fontsize=SMALL, color=DIM, annotation_clip=False
        )
    return head + LINE


def beside(axes: Axes, tracks: Sequence[Path], colours: dict[str, str]) -> None:
    """The units in a column at the right, each with a line to where it was last."""
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    ordered = sorted(_named(tracks), key=lambda path: -path.end[1])
    heights = [(path.end[1] - south) / (north - south) for path in ordered]
    for place, path in zip(spread(heights, 0.04, 0.02, 0.98), ordered, strict=True):
        colour, (x, y) = colours.get(path.force or "", INK), path.end
        is_shown = west <= x <= east and south <= y <= north
        if is_shown:
            axes.annotate("", (x, y), (1.03, place), textcoords="axes fraction", annotation_clip=False, zorder=6,
                          arrowprops={"arrowstyle": "-", "color": colour, "linewidth": 0.5, "alpha": 0.6, "shrinkA": 0,
                                      "shrinkB": 0})  # fmt: skip
        words = shortened(path.unit, 22) + ("" if is_shown else ", off chart")
        axes.annotate(words, (x, y), (1.04, place), textcoords="axes fraction", fontsize=SMALL,
                      va="center_baseline", color=colour, annotation_clip=False, path_effects=HALO)  # fmt: skip


def _named(tracks: Sequence[Path]) -> list[Path]:
    """Those with a name of their own; of many targets of one kind the last stands for all."""
    kinds: dict[str, list[Path]] = {}
    for path in tracks:
        if path.group == "target":
            kinds.setdefault(path.unit.rsplit(" ", 1)[0], []).append(path)
    found = [path for path in tracks if path.group != "target"]
    for kind, paths_of in kinds.items():
        many = len(paths_of) > TARGETS
        found += [paths_of[-1]._replace(unit=f"{len(paths_of)} times {kind}")] if many else paths_of
    return found


def _height(axes: Axes, y: float) -> float:
    south, north = axes.get_ylim()
    return (y - south) / (north - south)


def spread(wanted: list[float], apart: float, low: float, high: float) -> list[float]:
    """Heights from the top down, near those wanted but at least so far apart, closer only where the column is full."""
    if not wanted:
        return []
    apart = min(apart, (high - low) / max(1, len(wanted) - 1))
    places: list[float] = []
    for place in wanted:
        places.append(min(place, high if not places else places[-1] - apart))
    floor = low
    for i in reversed(range(len(places))):
        places[i] = max(places[i], floor)
        floor = places[i] + apart
    return places
