"""Where from, and how far off, contacts were gained in each serial: bearing and range, by sensor."""

from __future__ import annotations

from math import ceil
from typing import Any, NamedTuple

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.projections.polar import PolarAxes
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from sim.plots._style import (
    DIM,
    FAINT,
    HALO,
    INK,
    PAPER,
    SMALL,
    TEXT,
    figure,
    headline,
    nothing,
    sensor_looks,
    shortened,
    styled,
)
from sim.quantities import NAUTICAL_MILE
from sim.runs import Run

WIDE, HIGH, MOST = 3.1, 3.45, 5  # inches of a panel with its words, and panels abreast
TOP, BOTTOM, HEAD = 0.8, 0.55, 0.6  # inches; HEAD is the title's
RINGS = 4  # of range in a panel


class Gain(NamedTuple):
    """A contact gained in a serial. bearing: deg, true. range: m. is_first: nobody had gained that target before."""

    sensor: str
    bearing: float
    range: float
    unit: str
    target: str
    is_first: bool


def gains(run: Run) -> dict[str, list[Gain]]:
    """Contacts gained in each serial, as they came."""
    found: dict[str, list[Gain]] = {}
    known: set[tuple[str | None, str | None]] = set()
    for record in run.log.of("detected"):
        key, told = (record.serial, record.other), record.details
        found.setdefault(record.serial or "", []).append(
            Gain(told["sensor"], told["bearing_deg"], told["range_m"], record.unit or "", record.other or "",
                 key not in known)
        )  # fmt: skip
        known.add(key)
    return {serial: found[serial] for serial in run.outcomes if serial in found}


@styled
def draw(run: Run) -> Figure:
    """A round panel for each serial with contacts: north up, range outwards, a mark for each."""
    found = gains(run)
    if not found:
        return nothing(run, "detection ranges", "No unit on watch in a serial of this run gained a contact.")
    means = run.measures("raid_detection_range")["raid_detection_range"]
    columns = min(MOST, len(found))
    rows = ceil(len(found) / columns)
    width, height = max(8.0, WIDE * columns), TOP + HIGH * rows + BOTTOM
    made = figure(width, height)
    sensors = sorted({gain.sensor for each in found.values() for gain in each})
    looks = sensor_looks(sensors)
    for place, (serial, each) in enumerate(found.items()):
        row, column = divmod(place, columns)
        size = HIGH - HEAD - 0.45
        left, low = column * WIDE + (WIDE - size) / 2, height - TOP - row * HIGH - HEAD - size
        axes = made.add_axes(
            (left / width, low / height, size / width, size / height), projection="polar", label=serial
        )
        _panel(axes, each, looks, means.get(serial))
        title = run.serial(serial).title or run.serial(serial).drill
        made.text((column * WIDE + 0.2) / width, (height - TOP - row * HIGH) / height,
                  f"{serial} {shortened(title, 38)}\n{_counted(each)}",
                  fontsize=TEXT, va="top", linespacing=1.25)  # fmt: skip
    _legend(made, looks, any(serial in means for serial in found))
    headline(made, run, "detection ranges")
    return made


def _panel(axes: Axes, found: list[Gain], looks: dict[str, tuple[str, str]], mean: float | None) -> None:
    assert isinstance(axes, PolarAxes)
    axes.set_theta_zero_location("N")
    axes.set_theta_direction(-1)
    for place, (sensor, (mark, colour)) in enumerate(looks.items()):
        mine = [gain for gain in found if gain.sensor == sensor]
        for name, some, face in (("again", [gain for gain in mine if not gain.is_first], PAPER),
                                 ("first", [gain for gain in mine if gain.is_first], colour)):  # fmt: skip
            if some:
                angle, distance = _polar(some)
                axes.plot(angle, distance, marker=mark, linestyle="none", color=colour, markerfacecolor=face,
                          markersize=7.5 - 0.5 * place, markeredgewidth=1.0, zorder=4 if name == "first" else 3,
                          gid=f"{name} {sensor}", clip_on=False)  # fmt: skip
    farthest = max(gain.range for gain in found) / NAUTICAL_MILE
    rings = [
        ring for ring in MaxNLocator(RINGS, steps=[1, 2, 2.5, 5, 10]).tick_values(0, farthest) if ring > 0
    ]
    axes.set_ylim(0, rings[-1])
    axes.set_yticks(rings, [""] * len(rings))
    for ring in rings:
        axes.annotate(f"{ring:g}" + (" nmi" if ring == rings[-1] else ""), (np.radians(112), ring), ha="center",
                      va="center", fontsize=SMALL - 1, color=DIM, path_effects=HALO, zorder=6)  # fmt: skip
    axes.set_xticks(np.radians([0, 90, 180, 270]), ["N", "E", "S", "W"], fontsize=SMALL)
    axes.tick_params(pad=-1)
    axes.grid(color=FAINT, linewidth=0.6)
    axes.spines["polar"].set_color(FAINT)
    axes.plot([0], [0], marker="o", color=INK, markersize=3, zorder=2)
    if mean is not None:
        around = np.linspace(0, 2 * np.pi, 121)
        axes.plot(around, np.full_like(around, mean / NAUTICAL_MILE), color=INK, linewidth=1.0, linestyle=(0, (4, 2)),
                  zorder=2.5, gid="mean")  # fmt: skip


def _counted(found: list[Gain]) -> str:
    targets = len({gain.target for gain in found})
    return f"{len(found)} contact{'s' * (len(found) > 1)} of {targets} target{'s' * (targets > 1)}"


def _polar(found: list[Gain]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return np.radians([gain.bearing for gain in found]), np.array(
        [gain.range for gain in found]
    ) / NAUTICAL_MILE


def _legend(made: Figure, looks: dict[str, tuple[str, str]], has_mean: bool) -> None:
    shown: dict[str, Artist] = {
        sensor: Line2D([], [], marker=mark, color=colour, linestyle="none", markersize=6)
        for sensor, (mark, colour) in looks.items()
    }
    empty: dict[str, Any] = {"marker": "o", "color": DIM, "linestyle": "none", "markersize": 6}
    shown["filled: first to gain that target"] = Line2D([], [], **empty)
    shown["hollow: gained later"] = Line2D([], [], markerfacecolor=PAPER, **empty)
    if has_mean:
        shown["mean range of first detection of raiders"] = Line2D(
            [], [], color=INK, linewidth=1.0, linestyle=(0, (4, 2))
        )
    width, height = made.get_size_inches()
    made.legend(list(shown.values()), list(shown), loc="lower left", ncols=len(shown) if width > 12 else 3, fontsize=SMALL,
                bbox_to_anchor=(0.2 / width, 0.08 / height), borderaxespad=0, borderpad=0, columnspacing=1.4)  # fmt: skip
    made.text(0.2 / width, 0.42 / height if width > 12 else 0.6 / height,
              "Observer in the middle, true bearing, north up; each panel has its own rings of range.", fontsize=SMALL,
              color=DIM, va="bottom")  # fmt: skip
