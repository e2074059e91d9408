"""How much of the exercise units and areas were in use, in many runs."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.bands._bands import Spread, legend, nothing, sheet, spread
from sim.plots._style import DIM, FAINT, PAPER, SMALL, TEXT, force_colours, force_marks, shortened, styled
from sim.plots.utilisation import AREA
from sim.runs import Run
from sim.scenario.roles import muster

WIDTH, ROW = 10.5, 0.2  # inches
LEFT, RIGHT, TOP, BETWEEN, BOTTOM = 2.6, 0.4, 0.95, 0.7, 0.8  # inches
KINDS = {"units": "unit_utilisation", "areas": "area_utilisation"}


def shares(runs: Sequence[Run], measure: str) -> dict[str, Spread]:
    """The spread of each unit's or area's share, in the order of the measure."""
    told = [run.measures(measure)[measure] for run in runs]
    names = dict.fromkeys(name for each in told for name in each)
    found = {name: spread(each.get(name, 0.0) for each in told) for name in names}
    return {name: each for name, each in found.items() if each is not None}


@styled
def draw(runs: Sequence[Run]) -> Figure:
    """Units above, areas below: a mark for the middle, a bar for the middle half, a line for nine in ten."""
    plan = runs[0].plan
    found = {name: shares(runs, measure) for name, measure in KINDS.items()}
    order = [unit.name for unit in muster(plan)]
    found["units"] = {name: found["units"][name] for name in order if name in found["units"]}
    used = {name: {key: one for key, one in each.items() if one.most > 0} for name, each in found.items()}
    panels = {name: each for name, each in used.items() if each}
    if not panels:
        return nothing(
            runs, "utilisation", "No unit was told off for a serial in these runs, and no area was used."
        )
    height = TOP + ROW * sum(map(len, panels.values())) + BETWEEN * (len(panels) - 1) + BOTTOM
    made = sheet(runs, "utilisation", WIDTH, height)
    top = height - TOP
    most = max(one.most for each in panels.values() for one in each.values())
    for name, each in panels.items():
        high = ROW * len(each)
        axes = made.add_axes(
            (LEFT / WIDTH, (top - high) / height, (WIDTH - LEFT - RIGHT) / WIDTH, high / height), label=name
        )
        top -= high + BETWEEN
        _rows(axes, runs[0], each)
        axes.set_xlim(0, 105 * most)
        if name == list(panels)[-1]:
            axes.set_xlabel("% of the exercise in use by serials", fontsize=SMALL)
    shown = {
        plan.forces[name].name: Line2D(
            [], [], color=colour, marker=force_marks(runs[0])[name], markersize=5, linewidth=4
        )
        for name, colour in force_colours(runs[0]).items()
    }
    legend(made, {**shown, "mark: half of the runs below": Line2D([], [], color=DIM, marker="d", markersize=4, linestyle="none"),
                  "thick: the middle half": Line2D([], [], color=DIM, linewidth=4, alpha=0.6),
                  "thin: nine in ten": Line2D([], [], color=DIM, linewidth=1.2)}, 0.12)  # fmt: skip
    return made


def _rows(axes: Axes, run: Run, found: dict[str, Spread]) -> None:
    forces = {unit.name: unit.force for unit in muster(run.plan)}
    colours, marks = force_colours(run), force_marks(run)
    names = [(run.plan.areas[name].title or name) if name in run.plan.areas else name for name in found]
    axes.set(ylim=(len(found) - 0.5, -0.5))
    axes.set_yticks(range(len(found)), [shortened(name, 30) for name in names], fontsize=TEXT)
    for place, ((name, each), label) in enumerate(zip(found.items(), axes.get_yticklabels(), strict=True)):
        colour = colours.get(forces.get(name, ""), AREA)
        label.set_color(colour)
        axes.plot(
            [100 * each.least, 100 * each.most],
            [place, place],
            color=colour,
            linewidth=1.2,
            gid=f"outer {name}",
        )
        axes.plot(
            [100 * each.low, 100 * each.high],
            [place, place],
            color=colour,
            linewidth=4,
            alpha=0.6,
            solid_capstyle="butt",
            gid=f"inner {name}",
        )
        axes.plot([100 * each.middle], [place], marker=marks.get(forces.get(name, ""), "d"), color=colour, markersize=5.5, markeredgecolor=PAPER,
                  markeredgewidth=0.5, linestyle="none", gid=f"middle {name}")  # fmt: skip
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", labelsize=SMALL)
    axes.grid(color=FAINT, linewidth=0.4)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)
