"""Contacts held as time went on, in many runs: by sensor, by force, and of serials' targets."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from sim.bands._bands import WORDS, band, foot, grid, nothing, sheet, stairs, timed
from sim.plots._style import SMALL, force_colours, force_marks, sensor_looks, styled
from sim.plots.contacts import Held, by_force, by_sensor, of_serials
from sim.quantities import HOUR
from sim.runs import Run

WIDTH, PANEL = 13.5, 2.3  # inches
LEFT, RIGHT, TOP, BETWEEN, BOTTOM = 1.55, 0.25, 1.0, 0.85, 0.45  # inches
MARKS = 24  # on a line


def courses(
    runs: Sequence[Run], counted: Callable[[Run], list[Held]]
) -> dict[str, list[NDArray[np.float64]]]:
    """How many were held at the times of the grid, one row a run; of a sensor or force with nothing in a run none."""
    times = grid(runs[0])
    told = [{held.of: held.course for held in counted(run)} for run in runs]
    names = sorted({name for each in told for name in each})
    return {name: [stairs(each.get(name), times) for each in told] for name in names}


@styled
def draw(runs: Sequence[Run]) -> Figure:
    """A panel each for sensors, forces and serials, on one clock."""
    plan = runs[0].plan
    sensors, targets = courses(runs, by_sensor), courses(runs, of_serials)
    forces = courses(runs, by_force)
    looks = sensor_looks(sorted({*sensors, *targets}))
    marks = force_marks(runs[0])
    of_force = {name: (marks[name], colour) for name, colour in force_colours(runs[0]).items()}
    panels = [
        ("Contacts held, by sensor", "contacts", sensors, looks),
        (
            "Vessels and aircraft held, by force",
            "held",
            {name: forces[name] for name in plan.forces if name in forces},
            of_force,
        ),
        ("Contacts on targets of serials, by sensor", "contacts", targets, looks),
    ]
    panels = [each for each in panels if each[2]]
    if not panels:
        return nothing(runs, "contacts over time", "Nobody gained a contact in these runs.")
    height = TOP + len(panels) * PANEL + (len(panels) - 1) * BETWEEN + BOTTOM + 0.35
    made = sheet(runs, "contacts over time", WIDTH, height)
    times = grid(runs[0])
    for place, (title, unit, found, look) in enumerate(panels):
        low = height - TOP - (place + 1) * PANEL - place * BETWEEN
        axes = made.add_axes(
            (LEFT / WIDTH, low / height, (WIDTH - LEFT - RIGHT) / WIDTH, PANEL / height), label=title
        )
        timed(axes, runs[0], title, unit)
        handles, most = [], 1.0
        for name, values in found.items():
            mark, colour = look[name]
            cuts = band(axes, times, values, colour, name)
            at = np.linspace(0, len(times) - 1, MARKS).round().astype(int)
            at = at[cuts[2, at] > 0]
            axes.plot(
                times[at] / HOUR,
                cuts[2, at],
                marker=mark,
                color=colour,
                markersize=4,
                linestyle="none",
                zorder=4,
            )
            most = max(most, float(cuts[4].max()))
            force = plan.forces.get(name)
            handles.append(
                Line2D(
                    [],
                    [],
                    color=colour,
                    marker=mark,
                    markersize=5,
                    linewidth=1.4,
                    label=force.name if force else name,
                )
            )
        axes.set_ylim(0, 1.08 * most)
        axes.locator_params(axis="y", nbins=6, integer=True)
        axes.legend(handles=handles, loc="lower right", bbox_to_anchor=(1, 1.0), ncols=len(handles), fontsize=SMALL, borderaxespad=0,
                    borderpad=0.2, columnspacing=1.4)  # fmt: skip
    foot(made, WORDS)
    return made
