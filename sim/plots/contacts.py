"""How much everybody saw as time went on: contacts held by each sensor, by each force, and of serials' targets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from sim.plots._clock import clock, shade, weather
from sim.plots._style import (
    DIM,
    FAINT,
    PAPER,
    SMALL,
    figure,
    force_colours,
    force_marks,
    headline,
    nothing,
    sensor_looks,
    styled,
)
from sim.quantities import HOUR
from sim.runs import Run
from sim.scenario.roles import muster

WIDTH, PANEL = 13.5, 2.25  # inches
LEFT, RIGHT, TOP, STRIP, BETWEEN, BOTTOM = 1.55, 0.25, 0.72, 0.46, 0.72, 0.62  # inches
EVERY = 24  # stretches of time, each with a mark on every line
Change = tuple[float, int]


class Held(NamedTuple):
    """How many were held as time went on. course: (n, 2) of time s and number, from the beginning to the end."""

    of: str
    course: NDArray[np.float64]

    @property
    def most(self) -> int:
        """The most at once."""
        return int(self.course[:, 1].max())


def by_sensor(run: Run) -> list[Held]:
    """Contacts held by all units together with each sensor: one for each unit that has it."""
    changes: dict[str, list[Change]] = {}
    for record in run.log.of("contact", "lost"):
        changes.setdefault(record.details["sensor"], []).append(
            (record.time, 1 if record.kind == "contact" else -1)
        )
    return [Held(sensor, _course(changes[sensor], run.plan.length)) for sensor in sorted(changes)]


def by_force(run: Run) -> list[Held]:
    """Ships and aircraft that at least one unit of a force held with any sensor, in the order of the file."""
    forces = {unit.name: unit.force for unit in muster(run.plan)}
    holding: dict[tuple[str, str], int] = {}
    changes: dict[str, list[Change]] = {}
    for record in run.log.of("contact", "lost"):
        force = forces.get(record.unit or "")
        if force is None:
            continue
        key, step = (force, record.other or ""), 1 if record.kind == "contact" else -1
        before = holding.get(key, 0)
        holding[key] = before + step
        if (before == 0) != (holding[key] == 0):
            changes.setdefault(force, []).append((record.time, step))
    return [
        Held(force, _course(changes[force], run.plan.length)) for force in run.plan.forces if force in changes
    ]


def of_serials(run: Run) -> list[Held]:
    """Contacts on targets of serials held by units on watch with each sensor."""
    changes: dict[str, list[Change]] = {}
    for record in run.log.of("detected", "faded"):
        changes.setdefault(record.details["sensor"], []).append(
            (record.time, 1 if record.kind == "detected" else -1)
        )
    return [Held(sensor, _course(changes[sensor], run.plan.length)) for sensor in sorted(changes)]


def _course(changes: Iterable[Change], length: float) -> NDArray[np.float64]:
    """A staircase from its steps."""
    times, steps = zip(*changes, strict=True)
    numbers = np.cumsum(steps)
    return np.array([(0.0, 0.0), *zip(times, numbers, strict=True), (length, numbers[-1])], dtype=float)


@styled
def draw(run: Run) -> Figure:
    """A panel each for sensors, forces and serials, on one clock under the weather."""
    looks = sensor_looks(sorted({held.of for each in (by_sensor(run), of_serials(run)) for held in each}))
    colours, marks = force_colours(run), force_marks(run)
    by_name = {name: (marks[name], colour) for name, colour in colours.items()}
    panels = [
        ("Contacts held, by sensor", "contacts", by_sensor(run), looks),
        ("Vessels and aircraft held, by force", "held", by_force(run), by_name),
        ("Contacts on targets of serials, by sensor", "contacts", of_serials(run), looks),
    ]
    panels = [each for each in panels if each[2]]
    if not panels:
        return nothing(run, "contacts", "Nobody gained a contact in this run.")
    height = TOP + STRIP + len(panels) * (PANEL + BETWEEN) + BOTTOM - 0.3
    made = figure(WIDTH, height)
    wide = (WIDTH - LEFT - RIGHT) / WIDTH
    strip = made.add_axes(
        (LEFT / WIDTH, (height - TOP - STRIP) / height, wide, STRIP / height), label="weather"
    )
    weather(strip, run)
    top = height - TOP - STRIP
    for place, (title, unit, found, look) in enumerate(panels):
        low = top - (place + 1) * (PANEL + BETWEEN) + BETWEEN - 0.32
        axes = made.add_axes((LEFT / WIDTH, low / height, wide, PANEL / height), label=title)
        clock(axes, run)
        shade(axes, run)
        _lines(axes, run, found, look, unit)
        axes.annotate(
            title, (0, 1), (0, 4), xycoords="axes fraction", textcoords="offset points", weight="bold"
        )
    made.text(LEFT / WIDTH, 0.1 / height, "In brackets the most at once. Marks stand on the highest point of each stretch of time.",
              fontsize=SMALL, color=DIM)  # fmt: skip
    headline(made, run, "contacts over time")
    return made


def _highest(held: Held, length: float) -> NDArray[np.int_]:
    """Which steps are the highest of their stretch of time, where anything was held."""
    stretch = (held.course[:, 0] / length * EVERY).astype(int)
    found = [
        max(np.flatnonzero(stretch == each), key=lambda step: held.course[step, 1])
        for each in np.unique(stretch)
    ]
    return np.array([step for step in found if held.course[step, 1] > 0], dtype=int)


def _lines(axes: Axes, run: Run, found: list[Held], looks: dict[str, tuple[str, str]], unit: str) -> None:
    """Staircases, the highest last, each with a mark now and then so that its colour is not needed."""
    handles = []
    for held in found:
        mark, colour = looks[held.of]
        hours, numbers = held.course[:, 0] / HOUR, held.course[:, 1]
        axes.plot(
            hours,
            numbers,
            color=colour,
            linewidth=1.1,
            drawstyle="steps-post",
            zorder=3,
            gid=f"held {held.of}",
        )
        at = _highest(held, run.plan.length)
        axes.plot(hours[at], numbers[at], marker=mark, color=colour, markersize=4.5, markeredgecolor=PAPER,
                  markeredgewidth=0.5, linestyle="none", zorder=4, gid=f"mark {held.of}")  # fmt: skip
        force = run.plan.forces.get(held.of)
        handles.append(Line2D([], [], color=colour, marker=mark, markersize=5, linewidth=1.2,
                              label=f"{force.name if force else held.of} ({held.most})"))  # fmt: skip
    axes.set_ylim(0, 1.12 * max(1, *(held.most for held in found)))
    axes.set_ylabel(unit)
    axes.locator_params(axis="y", nbins=6, integer=True)
    axes.tick_params(axis="y", labelsize=SMALL, color=DIM)
    axes.grid(axis="y", color=FAINT, linewidth=0.4)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(handles=handles, loc="lower right", bbox_to_anchor=(1, 1.0), ncols=len(handles), fontsize=SMALL,
                borderaxespad=0, borderpad=0.2, columnspacing=1.4)  # fmt: skip
