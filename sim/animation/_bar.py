"""The bar of serials under a film: what was planned, what became of it so far, the night, the fog and the present."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

from sim.plots._clock import Span, merged, nights, sight, spells
from sim.plots._rows import Row, rows
from sim.plots._style import DIM, FACES, FAINT, FOG, HALO, INK, NIGHT, PAPER, SMALL, width_of
from sim.quantities import DAY, HOUR
from sim.runs import Run

STEPS = (
    60.0,
    300.0,
    600.0,
    1800.0,
    HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    7 * DAY,
)  # s between names of the clock
NAMED = 9  # names at most
LANES = 5  # at most; with more the bars would be lines
RUNNING = "#0b5fa5"
TOP, PLAN, REAL = 0.1, 0.3, 0.5  # of a lane: free above, the bar of the plan, and of what became of it
NUMBER, SPARE = SMALL - 1, 4.0  # points, of a serial's number and free beside it


class Bar:
    """The serials of a run between two times, s, in lanes. `now` makes it show a time. wide: points, of the axes."""

    def __init__(self, axes: Axes, run: Run, begin: float, end: float, wide: float) -> None:
        self._rows = [each for each in rows(run) if any(_meets(span, begin, end) for span in _spans(each))]
        point = (end - begin) / wide  # s
        firsts = [max(begin, min(each.start for each in _spans(row))) for row in self._rows]
        self._lanes = lanes([(first - point * (width_of(row.serial, NUMBER) + SPARE), max(each.end for each in _spans(row)))
                             for first, row in zip(firsts, self._rows, strict=True)])  # fmt: skip
        count = max(self._lanes, default=0) + 1
        axes.set(xlim=(begin, end), ylim=(count, 0), yticks=[], facecolor=PAPER)
        axes.tick_params(axis="x", length=2, labelsize=SMALL, pad=1)
        axes.spines[["top", "right", "left"]].set_visible(False)
        _clock(axes, run, begin, end)
        for night in nights(run):
            axes.axvspan(night.start, night.end, color=NIGHT, linewidth=0, zorder=0)
        for spell in merged(spells(run), "visibility"):
            if sight(spell.visibility) == "fog":
                axes.axvspan(spell.start, spell.end, facecolor="none", edgecolor=FOG, hatch="....", linewidth=0, alpha=0.7, zorder=0.5)  # fmt: skip
        axes.set(xlim=(begin, end), ylim=(count, 0))
        planned = [
            _box(row.planned, lane, TOP, PLAN) for row, lane in zip(self._rows, self._lanes, strict=True)
        ]
        axes.add_collection(PolyCollection(planned, facecolors=PAPER, edgecolors=DIM, linewidths=0.7, zorder=2, gid="planned"), autolim=False)  # fmt: skip
        look: dict[str, Any] = {"zorder": 3, "animated": True}
        self._real = PolyCollection([], linewidths=0, gid="so far", **look)
        self._held = PolyCollection([], facecolors=PAPER, edgecolors=INK, linewidths=0.5, gid="held", **look)
        for each in (self._real, self._held):
            axes.add_collection(each, autolim=False)
        for first, row, lane in zip(firsts, self._rows, self._lanes, strict=True):
            at_edge = first - point * (width_of(row.serial, NUMBER) + SPARE) < begin
            axes.annotate(row.serial, (first, lane + TOP + (PLAN + REAL) / 2), (2 if at_edge else -2, 0), textcoords="offset points",
                          ha="left" if at_edge else "right", va="center_baseline", fontsize=NUMBER, zorder=4, path_effects=HALO,
                          gid="number")  # fmt: skip
        (self._now,) = axes.plot(
            [begin, begin], [0, count], color="#b3261e", linewidth=1.2, zorder=5, animated=True, gid="now"
        )

    def now(self, time: float) -> None:
        """Shows what has become of the serials up to a time, s."""
        done, faces, held = [], [], []
        for row, lane in zip(self._rows, self._lanes, strict=True):
            if row.actual is not None and row.actual.start <= time:
                done.append(_box(Span(row.actual.start, min(time, row.actual.end)), lane, TOP + PLAN, REAL))
                faces.append(FACES[row.result][0] if row.actual.end <= time else RUNNING)
            held += [_box(Span(each.start, min(time, each.end)), lane, TOP + PLAN + REAL / 3, REAL / 3) for each in row.holds if each.start < time]  # fmt: skip
        self._real.set_verts(done)
        self._real.set_facecolor(faces)
        self._held.set_verts(held)
        self._now.set_xdata([time, time])


def lanes(spans: list[tuple[float, float]]) -> list[int]:
    """A lane for each span, none over another while there are lanes left."""
    free: list[float] = []
    found = []
    for start, end in spans:
        at = next((at for at, until in enumerate(free) if until <= start), None)
        if at is None and len(free) < LANES:
            free.append(end)
            at = len(free) - 1
        elif at is None:
            at = free.index(min(free))
        free[at] = end
        found.append(at)
    return found


def _spans(row: Row) -> list[Span]:
    return [
        row.planned,
        *([row.actual] if row.actual else []),
        *(Span(each.start, each.end) for each in row.holds),
    ]


def _meets(span: Span, begin: float, end: float) -> bool:
    return span.start < end and span.end > begin


def _box(span: Span, lane: int, top: float, deep: float) -> list[tuple[float, float]]:
    upper, lower = lane + top, lane + top + deep
    return [(span.start, upper), (span.end, upper), (span.end, lower), (span.start, lower)]


def _clock(axes: Axes, run: Run, begin: float, end: float) -> None:
    """Round hours of the exercise's own zone, with the day where there is more than one."""
    step = next((each for each in STEPS if (end - begin) / each <= NAMED), STEPS[-1])
    begins = run.plan.begins
    offset = (begins - begins.replace(hour=0, minute=0, second=0, microsecond=0)).total_seconds()
    first = -(-(begin + offset) // step) * step - offset
    times = [first + number * step for number in range(int((end - first) // step) + 1)]
    names = []
    for at, time in enumerate(times):
        moment = begins + timedelta(seconds=time)
        dated = at == 0 or moment.date() != (begins + timedelta(seconds=times[at - 1])).date()
        names.append(f"{moment:%d %b %H:%M}" if dated else f"{moment:%H:%M}")
    axes.set_xticks(times, names, color=INK)
    axes.grid(axis="x", color=FAINT, linewidth=0.4)
    axes.set_axisbelow(True)
