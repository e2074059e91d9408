"""Maps as SVG: the coast, the areas, who went where, where serials began and where something went wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil, floor, hypot
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.affiliation import signs
from sim.geodesy import Plane
from sim.plots._chart import BARS, Frame, angle, coast, stride
from sim.plots._paths import PASSING, SHIPS, Path
from sim.plots._places import beginnings, outline, troubles
from sim.plots._style import shortened
from sim.plots.tracks import frames, scheduled
from sim.quantities import NAUTICAL_MILE
from sim.report._account import Account
from sim.report._captions import clock
from sim.report._html import Markup, fill, join
from sim.report._legends import drawn
from sim.runs import Run

WIDE = 1000.0  # px, of a map in its own units
SHAPE = 1.45  # width over height of a map
NEAR = (
    "The waters of the exercise: tracks of ships, and serials where they began. Numbers lead to the serials."
)
FAR = "The region, with the flights of aircraft."
APART = 1.0  # px; nearer corners of a coast are one
POINTS = 21  # along one line of the graticule; it is nearly straight
LETTERS = 24  # of the name of an area
ALIKE = 12.0  # px; names this near each other in height do not stand side by side
SYMBOL = 0.85  # px for a unit of a symbol
BOX = 5.6  # px; width of a letter


class Chart:
    """A frame of the exercise plane on paper. x, y: m to px."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.scale = WIDE / (frame.east - frame.west)
        self.high = self.scale * (frame.north - frame.south)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A place in px from the upper left corner."""
        return (x - self.frame.west) * self.scale, (self.frame.north - y) * self.scale

    def line(self, points: Iterable[Sequence[float]], closed: bool = False, apart: float = 0.2) -> str:
        """A path through places, m; corners nearer than `apart` px to the one before are left out."""
        kept: list[tuple[float, float]] = []
        for point in points:
            x, y = self.at(point[0], point[1])
            if not kept or hypot(x - kept[-1][0], y - kept[-1][1]) >= apart:
                kept.append((x, y))
        if len(kept) < (3 if closed else 2):
            return ""
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kept) + ("Z" if closed else "")


def panels(run: Run, found: list[Path]) -> tuple[Frame, Frame]:
    """What the maps show: the waters of the exercise, and everything."""
    plane = Plane(run.plan.datum.latitude, run.plan.datum.longitude)
    shapes = {name: outline(area, plane) for name, area in run.plan.areas.items()}
    used = scheduled(run.plan)
    ranges = [shapes[name] for name, area in run.plan.areas.items() if area.exclusive and name in used]
    bases = [plane.to_plane(base.at.latitude, base.at.longitude) for base in run.plan.bases.values()]
    return frames(found, list(shapes.values()), [shapes[name] for name in used], ranges, bases)


def maps(run: Run, found: list[Path], accounts: list[Account]) -> Markup:
    """Two maps: the waters of the exercise, then the region."""
    near, far = panels(run, found)
    plane = Plane(run.plan.datum.latitude, run.plan.datum.longitude)
    parts = []
    for frame, words, close in ((near, NEAR, True), (far, FAR, False)):
        drawn = _map(run, plane, Chart(frame.shaped(SHAPE)), found, accounts, words, close)
        parts.append(
            fill(
                '<figure class="chart">{svg}<figcaption>{words}</figcaption></figure>\n',
                words=words,
                svg=drawn,
            )
        )
    return join(parts)


def _map(
    run: Run, plane: Plane, chart: Chart, found: list[Path], accounts: list[Account], words: str, close: bool
) -> Markup:
    parts = [
        _land(plane, chart),
        _graticule(plane, chart),
        _areas(run, plane, chart, close),
        _tracks(run, chart, found),
    ]
    parts.append(_begun(run, chart, accounts) if close else _bases(run, plane, chart))
    if close:
        parts.append(_troubles(run, chart))
        parts.append(_ships(run, chart, found))
    parts.append(_scale(chart))
    return fill('<svg viewBox="0 0 {wide} {high}" role="group" aria-label="{words}">\n<rect class="sea" width="{wide}" '
                'height="{high}"/>\n{parts}</svg>', wide=f"{WIDE:.0f}", high=f"{chart.high:.0f}", words=words, parts=join(parts))  # fmt: skip


def _land(plane: Plane, chart: Chart) -> Markup:
    lines = (chart.line(shore, closed=True, apart=APART) for shore in coast(plane, chart.frame))
    return fill('<path class="land" d="{d}"/>\n', d="".join(lines))


def graticule(plane: Plane, frame: Frame) -> list[tuple[str, list[tuple[float, float]]]]:
    """Meridians and parallels in a frame, each with its name, as places on the plane, m."""
    edge = [
        plane.to_earth(x, y)
        for x in np.linspace(frame.west, frame.east, POINTS)
        for y in (frame.south, frame.north)
    ]
    edge += [
        plane.to_earth(x, y)
        for y in np.linspace(frame.south, frame.north, POINTS)
        for x in (frame.west, frame.east)
    ]
    latitudes = [latitude for latitude, _ in edge]
    longitudes = [
        plane.longitude + turned(longitude - plane.longitude) for _, longitude in edge
    ]  # on over the date line
    south, north, west, east = min(latitudes), max(latitudes), min(longitudes), max(longitudes)
    step = stride(south, north)
    found = []
    for number in range(ceil(west / step), floor(east / step) + 1):
        longitude = turned(number * step)
        along = [plane.to_plane(float(each), longitude) for each in np.linspace(south, north, POINTS)]
        found.append((angle(longitude, "EW"), along))
    for number in range(ceil(south / step), floor(north / step) + 1):
        along = [
            plane.to_plane(number * step, turned(float(each))) for each in np.linspace(west, east, POINTS)
        ]
        found.append((angle(number * step, "NS"), along))
    return found


def turned(degrees: float) -> float:
    """A longitude, or a difference of two, as -180 up to 180 deg."""
    return (degrees + 180.0) % 360.0 - 180.0


def _graticule(plane: Plane, chart: Chart) -> Markup:
    parts = []
    for name, points in graticule(plane, chart.frame):
        parts.append(fill('<path class="grid" d="{d}"/>', d=chart.line(points)))
        upright = name[-1] in "EW"
        edge = chart.frame.south if upright else chart.frame.west
        places = np.array(points)
        across, up = (places[:, 0], places[:, 1]) if upright else (places[:, 1], places[:, 0])
        if (
            not up[0] <= edge <= up[-1] or (np.diff(up) <= 0.0).any()
        ):  # it does not cross the edge, or comes over the pole
            continue
        x, y = (
            chart.at(float(np.interp(edge, up, across)), edge)
            if upright
            else chart.at(edge, float(np.interp(edge, up, across)))
        )
        if 20 < x < WIDE - 20 or (not upright and 20 < y < chart.high - 20):
            parts.append(fill('<text class="small{middle}" x="{x}" y="{y}">{name}</text>\n', name=name, middle=" middle" if upright else "",
                              x=f"{x if upright else 4:.1f}", y=f"{chart.high - 4 if upright else y - 3:.1f}"))  # fmt: skip
    return join(parts)


def _areas(run: Run, plane: Plane, chart: Chart, close: bool) -> Markup:
    used, parts = scheduled(run.plan), []
    for name, area in run.plan.areas.items():
        points, radius = outline(area, plane)
        look = "area" if name in used else "area unused"
        if radius is not None:
            x, y = chart.at(*points[0])
            shape = fill('<circle class="{look}" cx="{x}" cy="{y}" r="{r}"/>', look=look, x=f"{x:.1f}", y=f"{y:.1f}",
                         r=f"{radius * chart.scale:.1f}")  # fmt: skip
        else:
            shape = fill('<path class="{look}" d="{d}"/>', look=look, d=chart.line(points, closed=True))
        parts.append(shape)
        if close == (name in used):  # each name once: in the region those of grounds no serial uses
            x, y = _label(chart, points, radius)
            if 0 < x < WIDE and 0 < y < chart.high:
                parts.append(fill('<text class="small middle halo" x="{x}" y="{y}">{name}</text>\n', x=f"{x:.1f}", y=f"{y:.1f}",
                                  name=shortened(area.title or name, LETTERS)))  # fmt: skip
    return join(parts)


def _label(chart: Chart, points: NDArray[np.float64], radius: float | None) -> tuple[float, float]:
    """Where the name of an area stands: in the middle at its northern edge, where that is on the map."""
    middle = float(points[:, 0].mean())
    north = float(points[:, 1].max()) + (radius or 0.0)
    x, y = chart.at(middle, min(north, chart.frame.north))
    return x, max(y, 0.0) + 14


def _tracks(run: Run, chart: Chart, found: list[Path]) -> Markup:
    """Ways of each force and group in one path, those of strangers first."""
    places = {name: place for place, name in enumerate(run.plan.forces)}
    lines: dict[str, list[str]] = {"stranger": []}
    for path in found:
        look = "stranger" if path.group == PASSING else f"track force-{places[path.force or ''] % 6}"
        if path.group not in (*SHIPS, PASSING):
            look += " flight"
        for piece in path.pieces:
            if _shows(chart, piece):
                lines.setdefault(look, []).append(chart.line(piece[:, 1:], apart=0.5))
    return join(
        fill('<path class="{look}" d="{d}"/>\n', look=look, d="".join(each)) for look, each in lines.items()
    )


def _shows(chart: Chart, piece: NDArray[np.float64]) -> bool:
    """Whether a way may be on the map at all."""
    frame = chart.frame
    (west, south), (east, north) = piece[:, 1:].min(axis=0), piece[:, 1:].max(axis=0)
    return bool(west < frame.east and east > frame.west and south < frame.north and north > frame.south)


def _begun(run: Run, chart: Chart, accounts: list[Account]) -> Markup:
    """A mark where serials began, with their numbers beside it, each a link."""
    links = {each.row.serial: each for each in accounts}
    parts: list[Markup] = []
    taken: list[tuple[float, float, float]] = []
    for place in beginnings(run):
        x, y = chart.at(place.x, place.y)
        wide = sum(len(number) + 1 for number in place.serials) * BOX + 12
        while any(abs(y - up) < ALIKE and x < right and left < x + wide for left, right, up in taken):
            y += ALIKE / 2
        taken.append((x, x + wide, y))
        numbers = join(fill('<a href="#{link}"><title>{title}</title><tspan>{number}</tspan></a>', link=links[number].link, number=number,
                            title=f"Serial {number}, {links[number].row.title}") for number in place.serials)  # fmt: skip
        spaced = Markup(numbers.replace("</a><a", "</a><tspan> </tspan><a"))
        mark = chart.at(place.x, place.y)
        parts.append(fill('<circle class="comex" cx="{cx}" cy="{cy}" r="4"/><text class="halo numbers" x="{x}" y="{y}">{spaced}</text>\n',
                          cx=f"{mark[0]:.1f}", cy=f"{mark[1]:.1f}", x=f"{x + 7:.1f}", y=f"{y + 4:.1f}", spaced=spaced))  # fmt: skip
    return join(parts)


def _ships(run: Run, chart: Chart, found: list[Path]) -> Markup:
    """The symbol of each ship where the run leaves her; her name beside it, where no other stands."""
    known, places = signs(run), {name: place for place, name in enumerate(run.plan.forces)}
    parts: list[Markup] = []
    taken: list[tuple[float, float, float]] = []
    for path in found:
        x, y = chart.at(*path.end)
        if path.group not in SHIPS or not (0 < x < WIDE and 0 < y < chart.high):
            continue
        parts.append(
            drawn(known[path.unit], f"force-{places[path.force or ''] % 6}", (x, y), SYMBOL, path.unit)
        )
        wide = len(path.unit) * BOX + 12
        if not any(abs(y - up) < ALIKE and x < right and left < x + wide for left, right, up in taken):
            taken.append((x, x + wide, y))
            parts.append(fill('<text class="small halo" x="{x}" y="{y}">{name}</text>\n', x=f"{x + 11:.1f}", y=f"{y + 4:.1f}", name=path.unit))  # fmt: skip
    return join(parts)


def _bases(run: Run, plane: Plane, chart: Chart) -> Markup:
    parts = []
    for name, base in run.plan.bases.items():
        x, y = chart.at(*plane.to_plane(base.at.latitude, base.at.longitude))
        parts.append(fill('<rect class="base" x="{left}" y="{top}" width="6" height="6"/><text class="small halo" x="{x}" y="{y}">{name}</text>\n',
                          left=f"{x - 3:.1f}", top=f"{y - 3:.1f}", x=f"{x + 6:.1f}", y=f"{y + 4:.1f}", name=base.name or name))  # fmt: skip
    return join(parts)


def _troubles(run: Run, chart: Chart) -> Markup:
    parts = []
    for each in troubles(run):
        x, y = chart.at(each.x, each.y)
        parts.append(fill('<path class="trouble" d="M{x} {y}m0-6l6 6l-6 6l-6-6z"><title>{title}</title></path>\n', x=f"{x:.1f}",
                          y=f"{y:.1f}", title=f"{clock(run, each.time)} {each.kind}: {each.unit}, {each.what}"))  # fmt: skip
    return join(parts)


def _scale(chart: Chart) -> Markup:
    wide = chart.frame.east - chart.frame.west
    length: Any = max((each for each in BARS if each * NAUTICAL_MILE <= wide / 5), default=BARS[0])
    right = WIDE - 20
    left = right - length * NAUTICAL_MILE * chart.scale
    return fill('<path class="scale" d="M{left} {y}v5H{right}v-5"/><text class="small middle halo" x="{middle}" y="{up}">{length} nmi, north up'
                "</text>\n", left=f"{left:.1f}", right=f"{right:.1f}", y=f"{chart.high - 30:.1f}", up=f"{chart.high - 34:.1f}",
                middle=f"{(left + right) / 2:.1f}", length=length)  # fmt: skip
