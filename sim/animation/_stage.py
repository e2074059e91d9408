"""The picture of a film: what stays is drawn once, what moves is moved and drawn over it."""

from __future__ import annotations

from bisect import bisect_right
from datetime import timedelta
from typing import Any

import numpy as np
from matplotlib import style
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Polygon, Rectangle
from matplotlib.text import Text
from numpy.typing import NDArray

from sim.affiliation import PASSING as STRANGE
from sim.affiliation import signs
from sim.animation._bar import Bar
from sim.animation._events import Event
from sim.animation._looks import STRANGERS, colour_of, legend, marks, name_of
from sim.animation._names import MOST, names
from sim.animation._reel import Cut, Reel
from sim.animation._stamp import Stamps
from sim.daylight import SUNRISE, altitude
from sim.geodesy import Plane
from sim.plots._chart import chart, coast, thin
from sim.plots._clock import FOGGY, MISTY, sight, spells
from sim.plots._paths import PASSING, SHIPS
from sim.plots._places import outline
from sim.plots._style import DIM, HALO, INK, LOOK, PAPER, SMALL, TEXT, figure, force_colours, shortened
from sim.plots.tracks import scheduled
from sim.quantities import NAUTICAL_MILE
from sim.runs import Run
from sim.symbols import Sign

DPI = 100.0
LEFT, RIGHT, TOP, BOTTOM = (
    0.3,
    0.12,
    0.86,
    1.0,
)  # inches around map and bar; the lines of events stand in the last
BROAD = 9.0  # inches; in a narrower film the legend is brief
LANE, AXIS = 0.19, 0.3  # inches: of a lane of the bar, and from the map to the bar
LINES, LINE = 4, 0.175  # of events, and the height of one, inches
KEPT = 3.0  # s of the film that a line stands at least, and that the ring of an event grows
RING = 22.0  # points, of a ring when it ends
DAWN = -6.0  # deg, the sun's height at which civil twilight begins
DARK, THICK, LEVELS = (
    0.38,
    0.5,
    8,
)  # how dark the night and how thick the fog; in so many steps, so that pictures pack well
NIGHT, FOG = "#0a1030", "#b9bfc7"
AREA, ACTIVE, WRONG = "#0b5fa50a", "#0b5fa530", "#b36b00"


class Stage:
    """A map with a bar of serials under it. `show` makes it the picture of a time; `pixels` is that picture.

    run, cut: what is shown. reel: where everybody is. told: what happens. speed: s of the exercise in a second of the film.
    size: px.
    """

    def __init__(
        self, run: Run, cut: Cut, reel: Reel, told: list[Event], speed: float, size: tuple[int, int]
    ) -> None:
        self._run, self._reel, self._told, self._speed = run, reel, told, speed
        self._since = [each.time for each in told]
        self._spells = spells(run)
        with style.context(["default", LOOK]):
            self.figure = figure(size[0] / DPI, size[1] / DPI)
            self.figure.set_dpi(DPI)
            self._lay(cut)
        self._moving = [each for each in self.figure.findobj(Artist) if each.get_animated()]
        self._moving.sort(key=lambda each: each.get_zorder())
        self._empty: Any = None
        self._stamps = Stamps(DPI)

    def _lay(self, cut: Cut) -> None:
        run, (wide, high) = self._run, self.figure.get_size_inches()
        strip = self.figure.add_axes(
            (LEFT / wide, BOTTOM / high, 1 - (LEFT + RIGHT) / wide, 0.1), label="serials"
        )
        self.bar = Bar(strip, run, cut.begin, cut.end, 72 * (wide - LEFT - RIGHT))
        deep = LANE * strip.get_ylim()[0]
        strip.set_position((LEFT / wide, BOTTOM / high, 1 - (LEFT + RIGHT) / wide, deep / high))
        floor = BOTTOM + deep + AXIS
        across, up = wide - LEFT - RIGHT, high - floor - TOP
        self.map = self.figure.add_axes((LEFT / wide, floor / high, across / wide, up / high), label="map")
        frame = cut.frame.shaped(across / up)
        plane = Plane(run.plan.datum.latitude, run.plan.datum.longitude)
        chart(self.map, plane, frame, coast(plane, frame))
        thin(self.map)
        self._size = across * 72, up * 72
        self._corner, self._metre = frame[:2], across * 72 / (frame.east - frame.west)
        veil: dict[str, Any] = {
            "transform": self.map.transAxes,
            "linewidth": 0,
            "animated": True,
            "alpha": 0.0,
        }
        self.night, self.fog = (self.map.add_patch(Rectangle((0, 0), 1, 1, facecolor=face, zorder=2.5, gid=name, **veil))
                                for face, name in ((NIGHT, "night"), (FOG, "fog")))  # fmt: skip
        self._areas(plane)
        self._marks()
        self._words(wide, high)

    def _areas(self, plane: Plane) -> None:
        """Their outlines, and over them those in use, which are lit while a serial is carried out there."""
        run = self._run
        self._lit: dict[str, Artist] = {}
        west, east = self.map.get_xlim()
        south, north = self.map.get_ylim()
        for name, area in run.plan.areas.items():
            points, radius = outline(area, plane)
            for is_lit in (False, True):
                shape = Polygon(points) if radius is None else Circle(tuple(points[0]), radius)
                shape.set(facecolor=ACTIVE if is_lit else AREA, edgecolor=INK if is_lit else DIM, linewidth=1.4 if is_lit else 0.8,
                          zorder=2.7 if is_lit else 2, gid=f"area {name}", animated=is_lit, visible=not is_lit)  # fmt: skip
                self.map.add_patch(shape)
                if is_lit:
                    self._lit[name] = shape
            middle, top = float(points[:, 0].mean()), float(points[:, 1].max()) + (radius or 0.0)
            if name in scheduled(run.plan) and west < middle < east and south < top:
                self.map.annotate(shortened(area.title or name, 24), (middle, min(top, north)), (0, -9), textcoords="offset points", ha="center",
                                  va="center", fontsize=SMALL - 1, color=DIM, path_effects=HALO, zorder=2.2, gid="area name", clip_on=True)  # fmt: skip
        ends = {record.serial: record.time for record in run.log.of("finex")}
        self._used = [
            (record.time, ends.get(record.serial, run.plan.length), record.details["area"])
            for record in run.log.of("comex")
        ]

    def _marks(self) -> None:
        """One line of frames and one of icons for all of a kind and force, all wakes in one collection, rings of events in another."""
        run, units = self._run, self._reel.units
        colours = force_colours(run)
        known = signs(run)
        self._groups: dict[tuple[Sign, str | None], list[int]] = {}
        for place, path in enumerate(units):
            self._groups.setdefault((known.get(path.unit, STRANGE), path.force), []).append(place)
        self._lines: dict[tuple[Sign, str | None], tuple[Line2D, ...]] = {}
        self._colours = [""] * len(units)
        for order, ((sign, force), mine) in enumerate(self._groups.items()):
            over = 4.0 if sign == STRANGE else 6.0 if sign.group in SHIPS else 5.5
            colour = colour_of(sign, colours.get(force or ""))
            self._lines[sign, force] = marks(sign, colour, name_of(sign, force))
            for line in self._lines[sign, force]:
                line.set_zorder(over + order / 100)
                self.map.add_line(line)
            for place in mine:
                self._colours[place] = colour
        self.wakes = LineCollection([], linewidths=1.2, alpha=0.6, zorder=3.5, animated=True, gid="wakes")
        self.map.add_collection(self.wakes, autolim=False)
        self.rings = self.map.scatter(
            [], [], s=[], facecolors="none", linewidths=1.6, zorder=7, animated=True, gid="rings"
        )
        box = {"boxstyle": "square,pad=0.1", "facecolor": PAPER, "edgecolor": "none", "alpha": 0.7}
        self._names = [self.map.annotate("", (0, 0), (0, 0), textcoords="offset points", va="center_baseline", fontsize=SMALL, zorder=8,
                                         animated=True, visible=False, gid="name", bbox=box) for _ in range(MOST)]  # fmt: skip
        self._ships = [place for place, path in enumerate(units) if path.group in SHIPS]
        self._ships += [place for place, path in enumerate(units) if path.group not in (*SHIPS, PASSING)]

    def _words(self, wide: float, high: float) -> None:
        """The name of the exercise, the clock and the sky above the map, what each mark means, and events at the bottom."""
        run = self._run
        put = self.figure.text
        replication = f", replication {run.replication}" if run.replication else ""
        put(
            LEFT / wide,
            1 - 0.13 / high,
            f"{run.plan.exercise}, seed {run.seed}{replication}",
            fontsize=TEXT + 1,
            weight="bold",
            va="top",
        )
        self.clock = put(
            1 - RIGHT / wide,
            1 - 0.11 / high,
            "",
            fontsize=TEXT + 3,
            weight="bold",
            va="top",
            ha="right",
            animated=True,
            gid="clock",
        )
        self.sky = put(
            1 - RIGHT / wide,
            1 - 0.32 / high,
            "",
            fontsize=SMALL,
            va="top",
            ha="right",
            color=DIM,
            animated=True,
            gid="sky",
        )
        colours = force_colours(run)
        entries: dict[str, Any] = {
            run.plan.forces[name].name: Line2D([], [], color=colour, linewidth=2.5)
            for name, colour in colours.items()
        }
        symbols = legend((sign for sign, _ in self._groups), wide < BROAD)
        entries |= {name: symbols.pop(name) for name in (STRANGERS,) if name in symbols}
        for row, down in ((entries, 0.49), (symbols, 0.65)):
            self.figure.legend(list(row.values()), list(row), loc="upper left", bbox_to_anchor=(LEFT / wide, 1 - down / high), ncols=len(row) or 1,
                               fontsize=SMALL - 1, borderpad=0, borderaxespad=0, handlelength=1.2, columnspacing=1.1, handletextpad=0.4)  # fmt: skip
        self.lines: list[Text] = [put(LEFT / wide, (0.08 + LINE * (LINES - 1 - place)) / high, "", fontsize=SMALL, animated=True, gid="event")
                                  for place in range(LINES)]  # fmt: skip

    def show(self, picture: int) -> None:
        """Moves everything to where it is in a picture, by its number."""
        time = float(self._reel.times[picture])
        here = self._reel.places[picture]
        for key, units in self._groups.items():
            for line in self._lines[key]:
                line.set_data(here[units, 0], here[units, 1])
        wakes = [self._reel.wake(unit, picture) for unit in range(len(self._reel.units))]
        drawn = [(each, self._colours[unit]) for unit, each in enumerate(wakes) if len(each) > 1]
        self.wakes.set_segments([each for each, _ in drawn])
        self.wakes.set_color([colour for _, colour in drawn])
        self._name(here)
        for name, shape in self._lit.items():
            shape.set_visible(any(begin <= time < end and area == name for begin, end, area in self._used))
        self.bar.now(time)
        self._tell(time)
        self._weather(time)

    def _name(self, here: NDArray[np.float64]) -> None:
        shown = [unit for unit in self._ships if not np.isnan(here[unit, 0])]
        spots = {unit: (here[unit] - self._corner) * self._metre for unit in shown}
        shown = [
            unit
            for unit in shown
            if 0 <= spots[unit][0] <= self._size[0] and 0 <= spots[unit][1] <= self._size[1]
        ]
        marks = [
            (self._reel.units[unit].unit, float(spots[unit][0]), float(spots[unit][1])) for unit in shown
        ]
        found = names(marks, *self._size)
        for text, name in zip(self._names, found, strict=False):
            unit = shown[name.unit]
            text.xy = tuple(here[unit])
            text.set(text=name.words, position=(name.right, name.up), color=self._colours[unit], visible=True)
        for text in self._names[len(found) :]:
            text.set_visible(False)

    def _tell(self, time: float) -> None:
        """The latest events, the last first, those of just now in full ink; and rings where they happened."""
        count = bisect_right(self._since, time)
        fresh = time - KEPT * self._speed
        for line, event in zip(
            self.lines, [*reversed(self._told[max(0, count - LINES) : count]), *[None] * LINES], strict=False
        ):
            if event is None:
                line.set_text("")
                continue
            moment = self._run.plan.begins + timedelta(seconds=event.time)
            line.set_text(f"{moment:%d %b %H:%M}  {shortened(event.words, 130)}")
            line.set_color(DIM if event.time < fresh else WRONG if event.is_wrong else INK)
        grown = [
            (event, (time - event.time) / (KEPT * self._speed))
            for event in self._told[:count]
            if event.time > fresh and event.at
        ]
        self.rings.set_offsets(np.array([event.at for event, _ in grown]).reshape(-1, 2))
        self.rings.set_sizes([(6 + (RING - 6) * age) ** 2 for _, age in grown])
        self.rings.set_edgecolor([WRONG if event.is_wrong else INK for event, _ in grown])

    def _weather(self, time: float) -> None:
        plan = self._run.plan
        moment = plan.begins + timedelta(seconds=time)
        height = altitude(plan.datum.latitude, plan.datum.longitude, moment)
        dark = min(1.0, max(0.0, (SUNRISE - height) / (SUNRISE - DAWN)))
        spell = next((each for each in reversed(self._spells) if each.start <= time), None)
        fog = 0.0 if spell is None or spell.visibility >= MISTY else 1.0 if spell.visibility < FOGGY else 0.4
        self.night.set_alpha(DARK * round(LEVELS * dark) / LEVELS)
        self.fog.set_alpha(THICK * fog)
        self.clock.set_text(f"{moment:%a %d %b %H:%M}")
        light = "day" if dark == 0.0 else "night" if dark == 1.0 else "twilight"
        air = "" if spell is None else (f", {sight(spell.visibility)}" if fog else "") + (
            f", visibility {spell.visibility / NAUTICAL_MILE:.1f} nmi, sea state {spell.sea_state}, wind {spell.wind:.0f} m/s")  # fmt: skip
        self.sky.set_text(light + air)

    def pixels(self) -> NDArray[np.uint8]:
        """The picture shown, (height, width, 4)."""
        canvas = self.figure.canvas
        assert isinstance(canvas, FigureCanvasAgg)
        if self._empty is None:
            with style.context(["default", LOOK]):
                canvas.draw()
            self._empty = canvas.copy_from_bbox(self.figure.bbox)
        canvas.restore_region(self._empty)
        renderer = canvas.get_renderer()
        for artist in self._moving:
            if isinstance(artist, Text):
                self._stamps.put(artist, renderer)
            else:
                artist.draw(renderer)
        return np.array(canvas.buffer_rgba())
