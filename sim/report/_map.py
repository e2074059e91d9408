"""Maps as SVG: the coast, the areas, who went where, where serials began and where something went wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import cos, hypot, radians, sin
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.affiliation import signs
from sim.geodesy import Plane
from sim.plots._chart import BARS, Frame, coast
from sim.plots._paths import PASSING, SHIPS, Path
from sim.plots._places import beginnings, outline, troubles
from sim.plots._style import shortened
from sim.plots.tracks import frames, scheduled
from sim.quantities import NAUTICAL_MILE
from sim.report._account import Account
from sim.report._captions import clock
from sim.report._graticule import graticule
from sim.report._html import Markup, fill, join
from sim.report._labels import Room, Spot, around, beside, width
from sim.report._legends import drawn
from sim.runs import Run

WIDE = 1000.0  # px, of a map in its own units
SHAPE = 1.45  # width over height of a map
NEAR = (
    "The waters of the exercise: tracks of ships, and serials where they began. Numbers lead to the serials."
)
FAR = "The region, with the flights of aircraft."
APART = 1.0  # px; nearer corners of a coast are one
LETTERS = 24  # of the name of an area
SYMBOL = 0.85  # px for a unit of a symbol
REACH = 9.0  # px; half of a symbol
COMEX = 5.0  # px; half of the mark where serials began
TROUBLE = 6.0  # px; half of the mark of a trouble
NUMBER, TALL = 7.0, 12.0  # px; width of a digit of a number, and height
DROP = 3.6  # px from the middle of a line of letters down to where they stand
ROUND = (
    65,
    115,
    40,
    140,
    270,
    295,
    245,
)  # deg, of the circle, where the name of a round area may stand but in the north
WITHIN = (10.0, -9.0)  # px from the edge of an area to the middle of its name, within and without


class Chart:
    """A frame of the exercise plane on paper. x, y: m to px."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.scale = WIDE / (frame.east - frame.west)
        self.high = self.scale * (frame.north - frame.south)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A place in px from the upper left corner."""
        return (x - self.frame.west) * self.scale, (self.frame.north - y) * self.scale

    def shows(self, x: float, y: float) -> bool:
        """Whether a place is on it."""
        frame = self.frame
        return frame.west < x < frame.east and frame.south < y < frame.north

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
    room = Room(WIDE, chart.high)
    parts = [
        _land(plane, chart),
        _graticule(plane, chart, room),
        _areas(run, plane, chart),
        _tracks(run, chart, found),
    ]
    parts.append(_scale(chart, room))
    if close:
        ships = [path for path in found if path.group in SHIPS and chart.shows(*path.end)]
        _marked(run, chart, ships, room)
        numbers = _begun(run, chart, accounts, room)
        parts += [numbers, _troubles(run, chart), _ships(run, chart, ships, room)]
    else:
        parts.append(_bases(run, plane, chart, room))
    parts.append(_names(run, plane, chart, close, room))
    return fill('<svg viewBox="0 0 {wide} {high}" role="group" aria-label="{words}">\n<rect class="sea" width="{wide}" '
                'height="{high}"/>\n{parts}</svg>', wide=f"{WIDE:.0f}", high=f"{chart.high:.0f}", words=words, parts=join(parts))  # fmt: skip


def _land(plane: Plane, chart: Chart) -> Markup:
    lines = (chart.line(shore, closed=True, apart=APART) for shore in coast(plane, chart.frame))
    return fill('<path class="land" d="{d}"/>\n', d="".join(lines))


def _graticule(plane: Plane, chart: Chart, room: Room) -> Markup:
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
            at = Spot(x, chart.high - 8, "middle") if upright else Spot(4, y - 7, "start")
            room.put([at], width(name))
            parts.append(fill('<text class="small{side}" x="{x}" y="{y}">{name}</text>\n', side=_side(at), x=f"{at.x:.1f}", y=f"{at.y + DROP:.1f}",
                              name=name))  # fmt: skip
    return join(parts)


def _areas(run: Run, plane: Plane, chart: Chart) -> Markup:
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
    return join(parts)


def _names(run: Run, plane: Plane, chart: Chart, close: bool, room: Room) -> Markup:
    """The names of areas, each on one map: in the region those of grounds no serial uses."""
    used, parts = scheduled(run.plan), []
    for name, area in run.plan.areas.items():
        if close == (name in used):
            said = shortened(area.title or name, LETTERS)
            spot = room.put(_along(chart, *outline(area, plane)), width(said))
            parts.append(_word(said, spot) if spot else Markup(""))
    return join(parts)


def _along(chart: Chart, points: NDArray[np.float64], radius: float | None) -> Iterator[Spot]:
    """Where the name of an area may stand: at its northern edge, where that is on the map, along its circle, or in the south; within or without."""
    away, middle = radius or 0.0, float(points[:, 0].mean())
    north, south = float(points[:, 1].max()) + away, float(points[:, 1].min()) - away
    x, top = chart.at(middle, min(north, chart.frame.north))
    edge = [(x, max(top, 0.0), 1)]
    for bearing in map(radians, ROUND if radius is not None else ()):
        place = chart.at(middle + away * cos(bearing), north - away + away * sin(bearing))
        edge.append((*place, 1 if sin(bearing) > 0.0 else -1))
    edge.append((*chart.at(middle, max(south, chart.frame.south)), -1))
    yield from (Spot(x, y + down * each, "middle") for x, y, down in edge for each in WITHIN)


def _word(name: str, spot: Spot) -> Markup:
    """A name at its place."""
    return fill('<text class="small halo{side}" x="{x}" y="{y}">{name}</text>\n', side=_side(spot), x=f"{spot.x:.1f}", y=f"{spot.y + DROP:.1f}",
                name=name)  # fmt: skip


def _side(spot: Spot) -> str:
    """The class of letters that begin, end or have their middle at a place."""
    return {"start": "", "middle": " middle", "end": " end"}[spot.anchor]


def _leader(spot: Spot) -> Markup:
    """The line to a name that is not beside what it names."""
    if spot.leader is None:
        return Markup("")
    (x, y), (x2, y2) = spot.leader
    return fill(
        '<path class="leader" d="M{x} {y}L{x2} {y2}"/>\n',
        x=f"{x:.1f}",
        y=f"{y:.1f}",
        x2=f"{x2:.1f}",
        y2=f"{y2:.1f}",
    )


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


def _marked(run: Run, chart: Chart, ships: list[Path], room: Room) -> None:
    """Takes the places of all marks, before any name is put beside them."""
    for path in ships:
        room.take(*chart.at(*path.end), 2 * REACH, 2 * REACH)
    for place in beginnings(run):
        room.take(*chart.at(place.x, place.y), 2 * COMEX, 2 * COMEX)
    for trouble in troubles(run):
        room.take(*chart.at(trouble.x, trouble.y), 2 * TROUBLE, 2 * TROUBLE)


def _begun(run: Run, chart: Chart, accounts: list[Account], room: Room) -> Markup:
    """A mark where serials began, with their numbers beside it, each a link."""
    links = {each.row.serial: each for each in accounts}
    parts: list[Markup] = []
    for place in beginnings(run):
        x, y = chart.at(place.x, place.y)
        wide = width(" ".join(place.serials), NUMBER)
        spot = room.put(around(x, y, COMEX + 2.0, TALL), wide, TALL) or next(beside(x, y, COMEX + 2.0))
        numbers = join(fill('<a href="#{link}"><title>{title}</title><tspan>{number}</tspan></a>', link=links[number].link, number=number,
                            title=f"Serial {number}, {links[number].row.title}") for number in place.serials)  # fmt: skip
        spaced = Markup(numbers.replace("</a><a", "</a><tspan> </tspan><a"))
        parts.append(fill('{leader}<circle class="comex" cx="{cx}" cy="{cy}" r="4"/><text class="halo numbers{side}" x="{x}" y="{y}">{spaced}</text>\n',
                          side=_side(spot), leader=_leader(spot), cx=f"{x:.1f}", cy=f"{y:.1f}", x=f"{spot.x:.1f}", y=f"{spot.y + 4:.1f}", spaced=spaced))  # fmt: skip
    return join(parts)


def _ships(run: Run, chart: Chart, ships: list[Path], room: Room) -> Markup:
    """The symbol of each ship where the run leaves her, and her name, those in the north first."""
    known, places = signs(run), {name: place for place, name in enumerate(run.plan.forces)}
    symbols = [
        drawn(
            known[path.unit], f"force-{places[path.force or ''] % 6}", chart.at(*path.end), SYMBOL, path.unit
        )
        for path in ships
    ]
    leaders, names = [], []
    for path in sorted(ships, key=lambda path: -path.end[1]):
        wide = width(path.unit)
        spot = room.put(around(*chart.at(*path.end), REACH + 2.0), wide)
        if spot is not None:
            leaders.append(_leader(spot))
            names.append(_word(path.unit, spot))
    return join([*leaders, *symbols, *names])


def _bases(run: Run, plane: Plane, chart: Chart, room: Room) -> Markup:
    parts = []
    at = {
        name: chart.at(*plane.to_plane(base.at.latitude, base.at.longitude))
        for name, base in run.plan.bases.items()
    }
    for x, y in at.values():
        room.take(x, y, 6.0, 6.0)
    for name, base in run.plan.bases.items():
        x, y = at[name]
        said = base.name or name
        spot = room.put(around(x, y, 6.0), width(said))
        parts.append(
            fill(
                '<rect class="base" x="{left}" y="{top}" width="6" height="6"/>',
                left=f"{x - 3:.1f}",
                top=f"{y - 3:.1f}",
            )
        )
        if spot is not None:
            parts += [_leader(spot), _word(said, spot)]
    return join(parts)


def _troubles(run: Run, chart: Chart) -> Markup:
    parts = []
    for each in troubles(run):
        x, y = chart.at(each.x, each.y)
        parts.append(fill('<path class="trouble" d="M{x} {y}m0-6l6 6l-6 6l-6-6z"><title>{title}</title></path>\n', x=f"{x:.1f}",
                          y=f"{y:.1f}", title=f"{clock(run, each.time)} {each.kind}: {each.unit}, {each.what}"))  # fmt: skip
    return join(parts)


def _scale(chart: Chart, room: Room) -> Markup:
    wide = chart.frame.east - chart.frame.west
    length: Any = max((each for each in BARS if each * NAUTICAL_MILE <= wide / 5), default=BARS[0])
    right = WIDE - 20
    left = right - length * NAUTICAL_MILE * chart.scale
    room.take((left + right) / 2, chart.high - 34, max(right - left, 90.0), 24.0)
    return fill('<path class="scale" d="M{left} {y}v5H{right}v-5"/><text class="small middle halo" x="{middle}" y="{up}">{length} nmi, north up'
                "</text>\n", left=f"{left:.1f}", right=f"{right:.1f}", y=f"{chart.high - 30:.1f}", up=f"{chart.high - 34:.1f}",
                middle=f"{(left + right) / 2:.1f}", length=length)  # fmt: skip
