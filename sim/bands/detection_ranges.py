"""How far off targets were first detected in many runs, pooled: a panel for each serial, with the spread by sensor."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.bands._bands import Spread, foot, legend, nothing, sheet, spread
from sim.plots._style import DIM, FAINT, PAPER, SMALL, TEXT, sensor_looks, shortened, styled
from sim.plots.detection_ranges import gains
from sim.quantities import NAUTICAL_MILE
from sim.runs import Run

WIDE, HIGH, ACROSS = 4.4, 2.0, 3  # inches of a panel with its words, and panels abreast
TOP, BOTTOM = 0.85, 0.7  # inches
JITTER = (-0.24, 0.24)  # of a row, how far points stand off its middle


def ranges(runs: Sequence[Run]) -> dict[str, dict[str, list[float]]]:
    """The ranges of first detections by serial and then sensor, m, run after run; serials in the order of the plan."""
    found: dict[str, dict[str, list[float]]] = {}
    for run in runs:
        for serial, each in gains(run).items():
            for gain in each:
                if gain.is_first:
                    found.setdefault(serial, {}).setdefault(gain.sensor, []).append(gain.range)
    order = [serial.serial for serial in runs[0].plan.serials if serial.serial in found]
    return {serial: {sensor: found[serial][sensor] for sensor in sorted(found[serial])} for serial in order}


@styled
def draw(runs: Sequence[Run]) -> Figure:
    """Every first detection as a point by its range, and over it the spread."""
    found = ranges(runs)
    if not found:
        return nothing(
            runs, "detection ranges", "No unit on watch in a serial of these runs gained a contact."
        )
    columns = min(ACROSS, len(found))
    lines = ceil(len(found) / columns)
    width, height = max(10.5, WIDE * columns), TOP + HIGH * lines + BOTTOM
    made = sheet(runs, "detection ranges", width, height)
    looks = sensor_looks(sorted({sensor for each in found.values() for sensor in each}))
    for place, (serial, each) in enumerate(found.items()):
        row, column = divmod(place, columns)
        left, low = column * width / columns + 1.2, height - TOP - (row + 1) * HIGH + 0.5
        axes = made.add_axes(
            (left / width, low / height, (width / columns - 1.4) / width, (HIGH - 0.9) / height), label=serial
        )
        _panel(axes, each, looks)
        title = runs[0].serial(serial).title or runs[0].serial(serial).drill
        axes.set_title(f"{serial} {shortened(title, 38)}", fontsize=TEXT, loc="left", pad=4)
    legend(made, {"a first detection": Line2D([], [], marker="o", color=DIM, alpha=0.5, markersize=3, linestyle="none"),
                  "mark: half of them nearer": Line2D([], [], marker="d", color=DIM, markersize=6, linestyle="none"),
                  "thick: the middle half": Line2D([], [], color=DIM, linewidth=4, alpha=0.6),
                  "thin: nine in ten": Line2D([], [], color=DIM, linewidth=1.2)}, 0.36)  # fmt: skip
    foot(
        made,
        "Range at which a target was first detected in a serial, by the sensor that did; in brackets how many. Each panel has its own scale.",
    )
    return made


def _panel(axes: Axes, found: dict[str, list[float]], looks: dict[str, tuple[str, str]]) -> None:
    names = []
    for place, (sensor, values) in enumerate(found.items()):
        mark, colour = looks[sensor]
        miles = [value / NAUTICAL_MILE for value in values]
        low, high = JITTER
        off = [
            place + low + (high - low) * (number % 7) / 6 for number in range(len(miles))
        ]  # spread evenly, by no chance
        axes.plot(miles, off, marker=mark, color=colour, markersize=2.5, alpha=max(0.12, min(0.6, 30 / len(miles))), linestyle="none",
                  gid=f"first {sensor}", zorder=2)  # fmt: skip
        cuts = spread(miles)
        assert isinstance(cuts, Spread)
        axes.plot(
            [cuts.least, cuts.most],
            [place, place],
            color=colour,
            linewidth=1.2,
            zorder=3,
            gid=f"outer {sensor}",
        )
        axes.plot(
            [cuts.low, cuts.high],
            [place, place],
            color=colour,
            linewidth=4,
            alpha=0.6,
            zorder=3,
            solid_capstyle="butt",
            gid=f"inner {sensor}",
        )
        axes.plot([cuts.middle], [place], marker=mark, color=colour, markersize=7, markeredgecolor=PAPER, linestyle="none", zorder=4,
                  gid=f"middle {sensor}")  # fmt: skip
        names.append(f"{sensor} ({len(values)})")
    axes.set(ylim=(len(found) - 0.5, -0.5))
    axes.set_xlim(left=0)
    axes.set_yticks(range(len(found)), names, fontsize=SMALL)
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", labelsize=SMALL, length=3)
    axes.set_xlabel("nmi", fontsize=SMALL, labelpad=1)
    axes.grid(axis="x", color=FAINT, linewidth=0.4)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)
