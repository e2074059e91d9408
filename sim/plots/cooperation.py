"""Who worked with whom: the network of units, its edges between navies, and how it grew day by day."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from math import log1p, pi
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Curve

from sim.measures._pairs import Pair, edges
from sim.plots._clock import clock, shade
from sim.plots._style import (
    DIM,
    FAINT,
    INK,
    PAPER,
    SMALL,
    TEXT,
    figure,
    force_colours,
    force_marks,
    forces_legend,
    headline,
    nothing,
    shortened,
    styled,
)
from sim.quantities import DAY, HOUR
from sim.runs import Run
from sim.scenario.roles import Enlisted, muster

WIDTH, HEIGHT = 14.5, 8.6  # inches
ROUND = (0.35, 0.55, 7.6)  # inches: left, bottom and size of the network
GROWTH = (9.35, 5.0, 4.9, 2.4)  # inches: the panels at the right
NEW = (9.35, 1.15, 4.9, 2.4)
REACH = 1.62  # half the width of the network's panel, in radii of its circle
BRIDGE = "#d55e00"  # across the boundary between navies
THIN, THICK = 0.4, 3.6  # points


class Network(NamedTuple):
    """Edges by pair: how many records name both, and when the first did, s. across: pairs of two navies."""

    units: tuple[Enlisted, ...]
    counts: dict[Pair, int]
    first: dict[Pair, float]
    across: frozenset[Pair]

    def degree(self, unit: str) -> int:
        """With how many a unit worked."""
        return sum(unit in pair for pair in self.counts)


def network(run: Run) -> Network:
    """The cooperation graph of the run's measures, and the edges within each navy with it."""
    counts: Counter[Pair] = Counter()
    first: dict[Pair, float] = {}
    across = set()
    for edge in run.once(edges):
        counts[edge.pair] += 1
        first[edge.pair] = min(edge.time, first.get(edge.pair, edge.time))
        if edge.across:
            across.add(edge.pair)
    known = {name for pair in counts for name in pair}
    return Network(
        tuple(unit for unit in muster(run.plan) if unit.name in known),
        dict(counts),
        first,
        frozenset(across),
    )


def growth(run: Run) -> list[tuple[float, float]]:
    """The share of possible pairs across navies that have worked together, at each time it grew, s; ends as `cooperation`."""
    found = network(run)
    sizes = Counter(unit.force for unit in muster(run.plan))
    total = sum(sizes.values())
    possible = (total * total - sum(size * size for size in sizes.values())) // 2
    times = sorted(found.first[pair] for pair in found.across)
    return [(time, (number + 1) / possible) for number, time in enumerate(times)]


def new_by_day(run: Run) -> dict[str, dict[str, int]]:
    """Pairs that first worked together on each day of the exercise, within a navy and across."""
    found = network(run)
    begins = run.plan.begins
    midnight = begins.replace(hour=0, minute=0, second=0, microsecond=0)
    offset = (begins - midnight).total_seconds()
    days = int((offset + run.plan.length - 1) // DAY) + 1
    names = [f"{midnight + timedelta(days=day):%d %b}" for day in range(days)]
    counted = {name: {"within": 0, "across": 0} for name in names}
    for pair, time in found.first.items():
        day = min(days - 1, int((offset + time) // DAY))
        counted[names[day]]["across" if pair in found.across else "within"] += 1
    return counted


@styled
def draw(run: Run) -> Figure:
    """The network in a circle, navy by navy; at the right how it grew."""
    found = network(run)
    if not found.counts:
        return nothing(run, "cooperation", "No record of this run names two units that worked together.")
    made = figure(WIDTH, HEIGHT)
    left, low, size = ROUND
    axes = made.add_axes((left / WIDTH, low / HEIGHT, (size + 0.6) / WIDTH, size / HEIGHT), label="network")
    _circle(axes, run, found)
    density = made.add_axes(
        (GROWTH[0] / WIDTH, GROWTH[1] / HEIGHT, GROWTH[2] / WIDTH, GROWTH[3] / HEIGHT), label="growth"
    )
    _growth(density, run)
    bars = made.add_axes((NEW[0] / WIDTH, NEW[1] / HEIGHT, NEW[2] / WIDTH, NEW[3] / HEIGHT), label="new")
    _days(bars, run)
    forces_legend(made, run, (0.25, 0.38), force_marks(run))
    lines = [
        Line2D([], [], color=BRIDGE, linewidth=2.2),
        Line2D([], [], color=DIM, linewidth=1.2, linestyle=(0, (3, 1.5))),
    ]
    made.legend(lines, ["between navies", "within a navy"], loc="lower left", fontsize=SMALL, ncols=2, borderaxespad=0,
                bbox_to_anchor=(0.25 / WIDTH, 0.12 / HEIGHT), borderpad=0, columnspacing=1.6)  # fmt: skip
    made.text(4.0 / WIDTH, 0.12 / HEIGHT, "Width: records that name both (logarithmic). Size of a mark: with how many a unit worked.",
              fontsize=SMALL, color=DIM)  # fmt: skip
    headline(made, run, "cooperation")
    return made


def _circle(axes: Axes, run: Run, found: Network) -> None:
    colours, marks = force_colours(run), force_marks(run)
    forces = [unit.force for unit in found.units]
    gaps = sum(one != other for one, other in zip(forces, forces[1:] + forces[:1], strict=True))
    step = 2 * pi / (len(forces) + 1.5 * gaps)
    angles, angle = {}, pi / 2 - step / 2
    for place, unit in enumerate(found.units):
        angles[unit.name] = angle
        is_last = forces[place] != forces[(place + 1) % len(forces)]
        angle -= step * (2.5 if is_last else 1.0)
    places = {name: np.array([np.cos(each), np.sin(each)]) for name, each in angles.items()}
    most = log1p(max(found.counts.values()))
    for pair in sorted(found.counts, key=lambda each: (each in found.across, found.counts[each])):
        one, other = places[pair[0]], places[pair[1]]
        curve = Curve(
            [tuple(one), tuple(0.25 * (one + other)), tuple(other)],
            [Curve.MOVETO, Curve.CURVE3, Curve.CURVE3],
        )
        is_across = pair in found.across
        wide = THIN + (THICK - THIN) * log1p(found.counts[pair]) / most
        axes.add_patch(PathPatch(curve, facecolor="none", edgecolor=BRIDGE if is_across else DIM,
                                 linestyle="-" if is_across else (0, (3, 1.5)), linewidth=wide if is_across else wide / 3,
                                 alpha=0.6 if is_across else 0.5, zorder=2 if is_across else 1,
                                 gid=f"{'across' if is_across else 'within'} {pair[0]} - {pair[1]}"))  # fmt: skip
    for unit in found.units:
        x, y = places[unit.name]
        axes.plot([x], [y], marker=marks[unit.force], color=colours[unit.force], markeredgecolor=PAPER, zorder=4,
                  markersize=4 + 1.2 * found.degree(unit.name) ** 0.5, linestyle="none", gid=f"unit {unit.name}")  # fmt: skip
        is_right = x >= 0
        turn = np.degrees(angles[unit.name]) + (0 if is_right else 180)
        axes.text(1.08 * x, 1.08 * y, shortened(unit.name, 24), rotation=turn, rotation_mode="anchor", va="center",
                  ha="left" if is_right else "right", fontsize=TEXT, color=colours[unit.force])  # fmt: skip
    axes.set(xlim=(-REACH * 1.08, REACH * 1.08), ylim=(-REACH, REACH))
    axes.set_aspect("equal")
    axes.set_axis_off()


def _growth(axes: Axes, run: Run) -> None:
    clock(axes, run)
    shade(axes, run)
    found = growth(run)
    times = np.array([0.0, *(time for time, _ in found), run.plan.length]) / HOUR
    shares = 100 * np.array([0.0, *(share for _, share in found), found[-1][1] if found else 0.0])
    axes.plot(times, shares, color=BRIDGE, linewidth=1.8, drawstyle="steps-post", zorder=3, gid="growth")
    axes.set_ylim(0, max(1.0, 1.15 * shares[-1]))
    axes.set_ylabel("% of possible pairs", fontsize=SMALL)
    axes.tick_params(axis="y", labelsize=SMALL)
    axes.spines[["top", "right"]].set_visible(False)
    axes.annotate(f"{shares[-1]:.0f} %", (times[-1], shares[-1]), (0, 4), textcoords="offset points", ha="right",
                  fontsize=SMALL, color=BRIDGE, weight="bold")  # fmt: skip
    axes.set_title("Pairs of two navies that have worked together", fontsize=TEXT, loc="left", weight="bold")


def _days(axes: Axes, run: Run) -> None:
    counted = new_by_day(run)
    where = np.arange(len(counted))
    for side, kind, colour, hatch in ((-0.2, "across", BRIDGE, ""), (0.2, "within", PAPER, "////")):
        numbers = [each[kind] for each in counted.values()]
        axes.bar(where + side, numbers, width=0.38, facecolor=colour, edgecolor=colour if not hatch else DIM, hatch=hatch,
                 label={"across": "between navies", "within": "within a navy"}[kind], zorder=3, gid=f"new {kind}")  # fmt: skip
        for x, number in zip(where + side, numbers, strict=True):
            axes.annotate(
                str(number),
                (x, number),
                (0, 2),
                textcoords="offset points",
                ha="center",
                fontsize=SMALL,
                color=INK,
            )
    axes.set_xticks(where, list(counted), fontsize=SMALL)
    axes.margins(y=0.15)
    axes.locator_params(axis="y", integer=True, nbins=6)
    axes.tick_params(axis="y", labelsize=SMALL)
    axes.tick_params(axis="x", length=0)
    axes.grid(axis="y", color=FAINT, linewidth=0.4)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_title("Pairs that worked together for the first time", fontsize=TEXT, loc="left", weight="bold")
    axes.legend(fontsize=SMALL, loc="upper right")
