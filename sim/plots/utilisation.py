"""Who and what was in use when: units by the serials they were told off for, areas by the serials in them."""

from __future__ import annotations

from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

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
    width_of,
)
from sim.quantities import HOUR
from sim.runs import Run
from sim.scenario.roles import muster

WIDTH, ROW, THICK = 14.0, 0.205, 0.74  # inches, inches, of a row
LEFT, RIGHT, TOP, BETWEEN, BOTTOM = 2.35, 0.7, 0.85, 0.75, 0.9  # inches
AREA = "#4d4d4d"


class Use(NamedTuple):
    """One stretch in which a unit or an area was in use by a serial. start, end: s."""

    serial: str
    start: float
    end: float


def units(run: Run) -> dict[str, list[Use]]:
    """From assignment to release or dropping out, units in the order of the file."""
    found: dict[str, list[Use]] = {}
    since: dict[str, tuple[str, float]] = {}
    for record in run.log.of("assigned", "released", "dropped-out"):
        unit = record.unit or ""
        found.setdefault(unit, [])
        if record.kind == "assigned":
            since[unit] = record.serial or "", record.time
        elif unit in since:
            found[unit].append(Use(*since.pop(unit), record.time))
    for unit, (serial, began) in since.items():
        found[unit].append(Use(serial, began, run.plan.length))
    return {unit.name: found[unit.name] for unit in muster(run.plan) if unit.name in found}


def areas(run: Run) -> dict[str, list[Use]]:
    """From COMEX to FINEX, areas in the order of the file; those never used are left out."""
    ends = {record.serial: record.time for record in run.log.of("finex")}
    found: dict[str, list[Use]] = {}
    for record in run.log.of("comex"):
        area = record.details["area"]
        if area is not None:
            end = ends.get(record.serial, run.plan.length)
            found.setdefault(area, []).append(Use(record.serial or "", record.time, end))
    return {area: found[area] for area in run.plan.areas if area in found}


@styled
def draw(run: Run) -> Figure:
    """Units above, areas below; at the right the measured share of the exercise."""
    used, places = units(run), areas(run)
    panels = [(name, uses, of) for name, uses, of in (("units", used, "unit_utilisation"), ("areas", places, "area_utilisation"))
              if uses]  # fmt: skip
    if not panels:
        return nothing(
            run, "utilisation", "No unit was told off for a serial in this run, and no area was used."
        )
    deep = ROW * sum(len(uses) for _, uses, _ in panels) + BETWEEN * (len(panels) - 1)
    height = TOP + deep + BOTTOM
    made = figure(WIDTH, height)
    top = height - TOP
    for name, uses, of in panels:
        high = ROW * len(uses)
        axes = made.add_axes(
            (LEFT / WIDTH, (top - high) / height, (WIDTH - LEFT - RIGHT) / WIDTH, high / height), label=name
        )
        top -= high + BETWEEN
        axes.set(ylim=(len(uses) - 0.5, -0.5))
        axes.spines[["top", "right", "left"]].set_visible(False)
        clock(axes, run)
        shade(axes, run)
        _rows(axes, run, uses, run.measures(of)[of])
    forces_legend(made, run, (LEFT, 0.3), force_marks(run))
    made.text(LEFT / WIDTH, 0.1 / height, "Bars bear the numbers of the serials; at the right the share of the exercise.",
              fontsize=SMALL, color=DIM)  # fmt: skip
    headline(made, run, "utilisation")
    return made


def _rows(axes: Axes, run: Run, uses: dict[str, list[Use]], shares: dict[str, float]) -> None:
    forces = {unit.name: unit.force for unit in muster(run.plan)}
    colours, marks = force_colours(run), force_marks(run)
    axes.set_yticks(range(len(uses)), [_name(run, name) for name in uses], fontsize=TEXT)
    axes.tick_params(axis="y", length=0, pad=14)
    for place, ((name, mine), label) in enumerate(zip(uses.items(), axes.get_yticklabels(), strict=True)):
        colour = colours.get(forces.get(name, ""), AREA)
        label.set_color(colour)
        if name in forces:
            axes.plot([-0.008], [place], marker=marks[forces[name]], color=colour, markersize=4.5, clip_on=False,
                      linestyle="none", transform=axes.get_yaxis_transform())  # fmt: skip
        if place:
            axes.axhline(place - 0.5, color=FAINT, linewidth=0.4, zorder=0.8)
        for lane, lanes, use in _lanes(mine):
            deep = THICK / lanes
            low, wide = place - THICK / 2 + lane * deep, (use.end - use.start) / HOUR
            axes.add_patch(Rectangle((use.start / HOUR, low), wide, deep, facecolor=colour, edgecolor=PAPER, linewidth=0.6,
                                     zorder=3, gid=f"use {name}"))  # fmt: skip
            if lanes == 1:
                free = (
                    min((each.start for each in mine if each.start >= use.end), default=run.plan.length)
                    - use.end
                )
                _number(axes, use, place, wide, free / HOUR)
        axes.annotate(f"{100 * shares.get(name, 0.0):.0f} %", (1, place), (6, 0), xycoords=("axes fraction", "data"),
                      textcoords="offset points", va="center_baseline", fontsize=SMALL, color=INK)  # fmt: skip


def _number(axes: Axes, use: Use, place: int, wide: float, free: float) -> None:
    """The serial's number on its bar, or behind it when the bar is too short and there is room."""
    if _fits(axes, use.serial, wide):
        where, side, colour = (use.start + use.end) / 2 / HOUR, "center", PAPER
    elif _fits(axes, use.serial, free):
        where, side, colour = use.end / HOUR, "left", INK
    else:
        return
    axes.text(
        where, place, use.serial, ha=side, va="center_baseline", fontsize=SMALL - 1, color=colour, zorder=4
    )


def _fits(axes: Axes, text: str, hours: float) -> bool:
    """Whether a serial's number stands on so long a bar, with a point to spare on either side."""
    left, right = axes.get_xlim()
    return width_of(text, SMALL - 1) + 2 <= hours / (right - left) * (WIDTH - LEFT - RIGHT) * 72


def _name(run: Run, name: str) -> str:
    area = run.plan.areas.get(name)
    return shortened((area.title or name) if area is not None else name, 30)


def _lanes(uses: list[Use]) -> list[tuple[int, int, Use]]:
    """Serials at once in one area lie beside each other: the lane of each, and how many there are."""
    ends: list[float] = []
    placed: list[tuple[int, Use]] = []
    for use in sorted(uses, key=lambda each: each.start):
        lane = next((place for place, end in enumerate(ends) if end <= use.start), len(ends))
        ends[lane : lane + 1] = [use.end]
        placed.append((lane, use))
    return [(lane, len(ends), use) for lane, use in placed]
