"""The geometry of interceptions: who was sent after what, both tracks, and lines of sight from one to the other."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from sim.affiliation import PASSING, players, signs
from sim.log import Record
from sim.plots._paths import Path, clipped, paths, target_path
from sim.plots._style import (
    DIM,
    FAINT,
    INK,
    PAPER,
    SMALL,
    figure,
    force_colours,
    forces_legend,
    headline,
    nothing,
    shortened,
    styled,
)
from sim.plots._symbols import SMALLER, legend_of, symbol
from sim.quantities import NAUTICAL_MILE
from sim.runs import Run
from sim.symbols import Sign

SENT = {
    "threat-met": "investigates",
    "raider-met": "guard-sent",
    "intercepted": "scrambled",
}  # by how it ended
WIDE, HIGH, ACROSS, MOST = (
    2.75,
    3.0,
    5,
    20,
)  # inches of a panel with its words, panels abreast, panels at most
TOP, BOTTOM = 0.95, 1.0  # inches
SIGHTS = 7  # lines of sight in a panel
STROKE = (0, (4.0, 1.5, 1.0, 1.5))  # of who is intercepted
LEAST = 0.25 * NAUTICAL_MILE  # half of what a panel shows at least


class Intercept(NamedTuple):
    """One interception. sent, met: s. chase, quarry: (n, 3) of time s, x m, y m, over the same time.

    force: of who was sent. signs: of who was sent and of what was intercepted. Both stand at the end of their ways when it is over,
    fighters abeam of what they look at.
    """

    serial: str
    unit: str
    target: str
    force: str
    sent: float
    met: float
    chase: NDArray[np.float64]
    quarry: NDArray[np.float64]
    signs: tuple[Sign, Sign]


def intercepts(run: Run) -> list[Intercept]:
    """All interceptions that came to it, as they ended."""
    ways = {path.unit: path for path in paths(run)}
    rows: dict[str, list[Record]] = {}
    for record in run.log.of("target", "leg"):
        if record.unit not in ways:
            rows.setdefault(record.unit or "", []).append(record)
    usual, played = signs(run), players(run)
    found = []
    for met in run.log.of(*SENT):
        chase, target = ways.get(met.unit or ""), met.other or ""
        order = next((record for record in run.log.chain(met.number) if record.kind == SENT[met.kind]), None)
        if chase is None or order is None or met.at is None or (target not in ways and target not in rows):
            continue
        mine = [record for record in rows.get(target, ()) if record.time <= met.time]
        quarry = ways[target] if target in ways else target_path(target, [*mine, met], met.time)
        both = _together(chase, quarry, order.time, met.time)
        if both is not None:
            parts = played.get(met.serial or "", {})
            first, second = (
                sign._replace(affiliation=parts.get(name, sign.affiliation))
                for name, sign in (
                    (met.unit or "", usual[met.unit or ""]),
                    (target, usual.get(target, PASSING)),
                )
            )
            found.append(Intercept(met.serial or "", met.unit or "", target, chase.force or "", order.time, met.time, *both,
                                   (first, second)))  # fmt: skip
    return found


def _together(
    chase: Path, quarry: Path, sent: float, met: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Both ways over the time when both were under way; None when that is no time at all."""
    mine, other = clipped(chase, sent, met).pieces, clipped(quarry, sent, met).pieces
    if not mine or not other:
        return None
    begin = max(mine[-1][0, 0], other[-1][0, 0])
    mine, other = clipped(chase, begin, met).pieces, clipped(quarry, begin, met).pieces
    return (mine[-1], other[-1]) if mine and other else None


@styled
def draw(run: Run) -> Figure:
    """One panel for each interception, north up, distances from where the interceptor was when it ended."""
    found = intercepts(run)
    if not found:
        return nothing(
            run, "intercepts", "Nobody was sent to intercept anything in this run, or nobody came up with it."
        )
    shown = found[:MOST]
    columns = min(ACROSS, len(shown))
    rows = ceil(len(shown) / columns)
    width, height = max(9.0, WIDE * columns + 0.2), TOP + HIGH * rows + BOTTOM
    made = figure(width, height)
    side = WIDE - 0.62
    for place, each in enumerate(shown):
        row, column = divmod(place, columns)
        left, low = 0.55 + column * WIDE, height - TOP - (row + 1) * HIGH + 0.28
        axes = made.add_axes((left / width, low / height, side / width, side / height), label=f"{place}")
        _panel(axes, run, each)
    _legend(made, run, found)
    headline(made, run, "intercept geometry")
    return made


def _panel(axes: Axes, run: Run, each: Intercept) -> None:
    colour = force_colours(run)[each.force]
    middle = each.chase[-1, 1:]
    chase, quarry = ((way[:, 1:] - middle) / NAUTICAL_MILE for way in (each.chase, each.quarry))
    times = np.linspace(max(each.chase[0, 0], each.quarry[0, 0]), each.met, SIGHTS)
    for time in times:
        ends = [(_at(way, time) - middle) / NAUTICAL_MILE for way in (each.chase, each.quarry)]
        axes.plot(
            *np.array(ends).T, color=FAINT if time > times[0] else DIM, linewidth=0.8, zorder=1, gid="sight"
        )
    axes.plot(*quarry.T, color=INK, linewidth=1.2, linestyle=STROKE, zorder=3, gid="quarry")
    axes.plot(*chase.T, color=colour, linewidth=1.4, zorder=4, gid="chase")
    symbol(axes, quarry[0, 0], quarry[0, 1], each.signs[1], INK, "quarry first", SMALLER, zorder=5)
    symbol(axes, chase[0, 0], chase[0, 1], each.signs[0], colour, "chase first", SMALLER, zorder=6)
    axes.plot([0], [0], marker="o", markersize=8, markerfacecolor="none", markeredgecolor=INK, markeredgewidth=1.2, zorder=7,
              gid="met")  # fmt: skip
    axes.plot(*quarry[-1:].T, marker="X", markersize=5, color=INK, markeredgecolor=PAPER, markeredgewidth=0.5, linestyle="none",
              zorder=7.1, gid="quarry met")  # fmt: skip
    places = np.vstack([chase, quarry, [(0.0, 0.0)]])
    low, high = places.min(axis=0), places.max(axis=0)
    half = max(0.58 * float((high - low).max()), LEAST / NAUTICAL_MILE)
    (x, y) = (low + high) / 2
    axes.set(xlim=(x - half, x + half), ylim=(y - half, y + half))
    for axis, (least, most) in ((axes.xaxis, axes.get_xlim()), (axes.yaxis, axes.get_ylim())):
        axis.set_ticks([tick for tick in MaxNLocator(4).tick_values(least, most) if least <= tick <= most])
    axes.tick_params(labelsize=SMALL - 1, length=3, pad=2)
    axes.grid(color=FAINT, linewidth=0.3)
    axes.set_axisbelow(True)
    when = f"{run.plan.begins + timedelta(seconds=each.sent):%d %b %H:%M}"
    run_m = float(np.hypot(*np.diff(each.chase[:, 1:], axis=0).T).sum())
    axes.set_title(f"{each.serial}: {shortened(each.unit, 18)} to\n{shortened(each.target, 24)}\n{when}, {_minutes(each.met - each.sent)}, "
                   f"ran {run_m / NAUTICAL_MILE:.1f} nmi", fontsize=SMALL, loc="left", linespacing=1.2, pad=4)  # fmt: skip


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.0f} min" if seconds >= 60 else f"{seconds:.0f} s"


def _at(way: NDArray[np.float64], time: float) -> NDArray[np.float64]:
    return np.array([np.interp(time, way[:, 0], way[:, k]) for k in (1, 2)])


def _legend(made: Figure, run: Run, found: list[Intercept]) -> None:
    shown: dict[str, Any] = {
        "who was sent (symbol: where first)": Line2D([], [], color=DIM, linewidth=1.4),
        "what was intercepted (symbol: where it was then)": Line2D(
            [], [], color=INK, linewidth=1.2, linestyle=STROKE
        ),
        "line of sight": Line2D([], [], color=FAINT, linewidth=1.0),
        "interceptor in the end": Line2D(
            [], [], marker="o", markerfacecolor="none", color=INK, linestyle="none", markersize=8
        ),
        "intercepted in the end": Line2D([], [], marker="X", color=INK, linestyle="none", markersize=5),
    }
    symbols = legend_of(sign for each in found[:MOST] for sign in each.signs)
    width, height = made.get_size_inches()
    made.legend(list(shown.values()), list(shown), loc="lower left", ncols=5 if width > 11 else 2, fontsize=SMALL,
                bbox_to_anchor=(0.25 / width, 0.62 / height), borderaxespad=0, borderpad=0, columnspacing=1.4)  # fmt: skip
    made.legend(list(symbols.values()), list(symbols), loc="lower left", ncols=len(symbols) if width > 11 else 4, fontsize=SMALL,
                bbox_to_anchor=(0.25 / width, 0.36 / height), borderaxespad=0, borderpad=0, columnspacing=1.4)  # fmt: skip
    forces_legend(made, run, (0.25, 0.12), None)
    count = len(found)
    more = f" The first {MOST} of {count}." if count > MOST else ""
    made.text(0.2 / width, 1 - 0.66 / height, "nmi from where the interceptor ended; parallel lines of sight are a collision course: steady bearing, "
              f"falling range.{more}", fontsize=SMALL, color=DIM, va="top")  # fmt: skip
