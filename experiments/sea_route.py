"""Draws docs/pictures/sea_route.png: the way by sea from Qingdao to the exercise area, beside the great circle.

Run with `python experiments/sea_route.py [PICTURE]`.
"""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.geodesy import Plane, direct, distance, format_position, inverse
from sim.plots._chart import Frame, chart, coast
from sim.plots._style import (
    DIM,
    FORCES,
    HALO,
    INK,
    LAND,
    LOOK,
    PAPER,
    SHORE,
    SMALL,
    TEXT,
    TITLE,
    figure,
    save,
)
from sim.quantities import NAUTICAL_MILE
from sim.water.route import Place, Route, sea_route

QINGDAO, EXERCISE = (35.9, 120.4), (40.0, 134.0)
MIDDLE = Plane(37.0, 127.5)  # of the picture
CORNERS = ((31.9, 117.4), (42.6, 136.6))  # deg; what it shows, from south-west to north-east
WIDTH, HEIGHT = 10.0, 8.6  # inches
BESIDE = (0.05, 0.09, 0.93, 0.83)  # share of the figure taken by the chart
SHORT = 15 * NAUTICAL_MILE  # m; shorter legs are told together
SMOOTH = 60  # places drawn along a geodesic
PICTURE = Path(__file__).parent.parent / "docs" / "pictures" / "sea_route.png"
LABELS = {
    "start": (-10, -2),
    "end": (-10, 12),
    "great circle": (-16, -17),
}  # points off the marks and the line
STEEP = 45.0  # deg; course from which there is room below a leg rather than beside it
BESIDE_LEG = {
    "steep": ((10, -16), "left"),
    "flat": ((6, -18), "center"),
    "down": ((-4, -18), "right"),
}  # points


def along(start: Place, end: Place) -> np.ndarray:
    """A geodesic on the picture, (n, 2) m."""
    line = inverse(*start, *end)
    places = (direct(*start, line.azimuth1, line.metres * share)[:2] for share in np.linspace(0, 1, SMOOTH))
    return np.array([MIDDLE.to_plane(*place) for place in places])


def draw(axes: Axes, route: Route) -> None:
    """The route with its turning points, and the great circle."""
    direct_way = along(route.places[0], route.places[-1])
    axes.plot(
        *direct_way.T, color=FORCES[1], linewidth=1.5, linestyle=(0, (5, 3)), zorder=5, gid="great circle"
    )
    for start, end in pairwise(route.places):
        axes.plot(
            *along(start, end).T, color=FORCES[0], linewidth=2.2, zorder=6, solid_capstyle="round", gid="leg"
        )
    turns = np.array([MIDDLE.to_plane(*place) for place in route.places])
    axes.plot(*turns[1:-1].T, marker="o", color=PAPER, markeredgecolor=FORCES[0], markersize=4.5, linestyle="none",
              zorder=7, gid="turning points")  # fmt: skip
    for (x, y), mark in ((turns[0], "s"), (turns[-1], "D")):
        axes.plot(
            [x], [y], marker=mark, color=INK, markeredgecolor=PAPER, markersize=8, linestyle="none", zorder=8
        )
    lengths(axes, route)
    middle = direct_way[len(direct_way) * 2 // 3]
    note(axes, f"great circle {length(distance(*route.places[0], *route.places[-1]))}", middle, LABELS["great circle"],
         FORCES[1], "left")  # fmt: skip
    note(axes, f"off Qingdao\n{format_position(*route.places[0])}", turns[0], LABELS["start"], INK, "right")
    note(axes, f"exercise area\n{format_position(*route.places[-1])}", turns[-1], LABELS["end"], INK, "right")


def lengths(axes: Axes, route: Route) -> None:
    """The distance on each long leg, and one for the short ones between them."""
    for (start, end), leg in zip(pairwise(route.places), route.legs, strict=True):
        if leg.metres > SHORT * 4:
            x, y = along(start, end)[SMOOTH // 2]
            course = f"{round(leg.azimuth1) % 360:03d}°"
            off, side = BESIDE_LEG[
                "steep" if leg.azimuth1 < STEEP else "flat" if leg.azimuth1 < 90 else "down"
            ]
            note(axes, f"{course}, {length(leg.metres)}", (x, y), off, FORCES[0], side)


def note(
    axes: Axes,
    text: str,
    at: tuple[float, float],
    off: tuple[float, float],
    colour: str,
    side: str = "center",
) -> None:
    """Words beside a place."""
    axes.annotate(text, at, off, textcoords="offset points", fontsize=TEXT, color=colour, ha=side, va="center",
                  path_effects=HALO, zorder=10)  # fmt: skip


def length(metres: float) -> str:
    """In nautical miles."""
    return f"{metres / NAUTICAL_MILE:.0f} nmi"


def main(picture: Path = PICTURE) -> Path:
    """Draws and saves it."""
    route = sea_route(QINGDAO, EXERCISE)
    frame = Frame.around(np.array([MIDDLE.to_plane(*corner) for corner in CORNERS]), 0.0)
    with style.context(["default", LOOK]):
        made = figure(WIDTH, HEIGHT)
        axes = made.add_axes(BESIDE)
        left, _, wide, high = BESIDE
        frame = frame.shaped(WIDTH * wide / (HEIGHT * high))
        chart(axes, MIDDLE, frame, coast(MIDDLE, frame))
        draw(axes, route)
        made.text(
            left,
            0.965,
            "By sea from Qingdao to the exercise area",
            fontsize=TITLE,
            weight="bold",
            va="center",
        )
        told = (f"{length(route.metres)} round Korea, {len(route.legs)} legs; coast at {route.scale}, "
                f"{route.clearance / 1e3:g} km kept off it")  # fmt: skip
        made.text(left, 0.935, told, fontsize=TEXT + 1, color=DIM, va="center")
        entries = {
            "way by sea": Line2D([], [], color=FORCES[0], linewidth=2.2),
            "turning point": Line2D(
                [], [], marker="o", color=PAPER, markeredgecolor=FORCES[0], linestyle="none"
            ),
            "great circle, over land": Line2D([], [], color=FORCES[1], linewidth=1.5, linestyle=(0, (5, 3))),
            "land": Patch(facecolor=LAND, edgecolor=SHORE, linewidth=0.5),
        }
        made.legend(list(entries.values()), list(entries), loc="lower left", ncols=4, fontsize=SMALL,
                    bbox_to_anchor=(left, 0.015), borderaxespad=0)  # fmt: skip
        return save(made, picture)


if __name__ == "__main__":
    print(main(*map(Path, sys.argv[1:2])))
