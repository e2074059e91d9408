"""One look for every picture: fonts, colours of forces and results, words, and how a figure is saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, TypeVar

from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke
from matplotlib.textpath import TextPath

from sim.outcomes import RESULTS
from sim.quantities import HOUR
from sim.runs import Run

Told = TypeVar("Told")  # a run, or many

INK, DIM, FAINT, PAPER = "#1f2328", "#5c6570", "#c9ced6", "#ffffff"
NIGHT, FOG, LAND, SHORE = "#e6e9f2", "#9aa2ad", "#ebe5d6", "#a89f86"
FORCES = ("#0b5fa5", "#b3261e", "#00745a", "#9a5b00", "#6b4299", "#4d4d4d")  # in the order of the file
MARKS = "sDo^vP"  # of the forces, beside their colours
SENSORS = {  # mark and colour, after Okabe and Ito
    "radar": ("o", "#0072b2"),
    "lookout": ("^", "#e69f00"),
    "sonar": ("s", "#009e73"),
    "dipping-sonar": ("D", "#56b4e9"),
    "esm": ("v", "#cc79a7"),
}
SPARE_LOOKS = (("P", "#d55e00"), ("X", "#8c6d00"), ("p", "#6b4299"), ("h", "#1f2328"))
FACES: dict[str, tuple[str, str]] = {  # result: colour and hatch, so that neither is needed alone
    "completed": ("#2f9e77", ""),
    "shortened": ("#e8a317", "////"),
    "stopped": ("#8c4fa0", "xxxx"),
    "cancelled": (INK, ""),
}
TITLE, TEXT, SMALL = 14.0, 9.0, 8.0  # points
HALO = [withStroke(linewidth=2.5, foreground=PAPER)]  # keeps words legible on lines and shading
DPI = 160  # of saved pictures: sharp on a screen, small enough to mail
PACKED = 3  # of 9, how hard a PNG is packed: three times as fast as the usual 6, and little larger
LOOK: dict[str, Any] = {
    "font.family": "DejaVu Sans",  # comes with Matplotlib, so letters have the same width everywhere
    "font.size": TEXT,
    "text.color": INK,
    "axes.edgecolor": DIM,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.8,
    "axes.titlesize": TEXT + 1,
    "xtick.color": DIM,
    "ytick.color": DIM,
    "hatch.linewidth": 0.7,
    "legend.frameon": False,
    "svg.hashsalt": "navdrill",  # else the names inside an SVG change with every call
    "pdf.fonttype": 42,
}
UNDATED: dict[str, dict[str, None]] = {  # what would make two savings of one picture differ
    ".png": {"Software": None},
    ".svg": {"Date": None},
    ".pdf": {"CreationDate": None},
}


def figure(width: float, height: float) -> Figure:
    """An empty figure that belongs to nobody: no window, no global list. width, height: inches."""
    made = Figure(figsize=(width, height), facecolor=PAPER)
    FigureCanvasAgg(made)
    return made


def styled(draw: Callable[[Told], Figure]) -> Callable[[Told], Figure]:
    """Draws in this look, whatever style the user's own Matplotlib is set to."""

    @wraps(draw)
    def drawn(told: Told) -> Figure:
        with style.context(["default", LOOK]):
            return draw(told)

    return drawn


def save(figure: Figure, path: str | Path, dpi: float = DPI) -> Path:
    """Writes a figure as .png, .svg or .pdf, the same bytes each time. Raises ValueError for another ending.

    dpi: dots an inch, of a .png and of what is drawn in dots elsewhere.
    """
    path = Path(path)
    if path.suffix not in UNDATED:
        raise ValueError(
            f"{path.name}: a picture ends in {', '.join(UNDATED)}, not in {path.suffix or 'nothing'!r}"
        )
    with style.context(["default", LOOK]):
        packed: dict[str, Any] = {"pil_kwargs": {"compress_level": PACKED}} if path.suffix == ".png" else {}
        figure.savefig(path, dpi=dpi, metadata=UNDATED[path.suffix], **packed)
    return path


def headline(figure: Figure, run: Run, what: str) -> None:
    """States the exercise, what is shown, the seed and the result, at the top left."""
    width, height = figure.get_size_inches()
    figure.text(0.2 / width, 1 - 0.16 / height, f"{run.plan.exercise}: {what}", fontsize=TITLE, weight="bold",
                va="top")  # fmt: skip
    replication = f", replication {run.replication}" if run.replication else ""
    figure.text(0.2 / width, 1 - 0.46 / height, f"{result(run)}   (seed {run.seed}{replication})",
                fontsize=TEXT + 1, color=DIM, va="top")  # fmt: skip


def nothing(run: Run, what: str, words: str) -> Figure:
    """A picture of a run that has none of the records it is drawn from: says so in a sentence."""
    made = figure(9.0, 2.4)
    headline(made, run, what)
    made.text(0.5, 0.4, words, ha="center", va="center", fontsize=TEXT + 2, color=DIM, gid="nothing")
    return made


def forces_legend(
    made: Figure, run: Run, place: tuple[float, float], marks: Mapping[str, str] | None
) -> None:
    """The forces by colour, and mark where they have one, at a place of the figure, inches from its lower left."""
    width, height = made.get_size_inches()
    lines = {
        run.plan.forces[name].name: Line2D(
            [], [], marker=marks[name] if marks else "", color=colour, markersize=6, linewidth=1.6
        )
        for name, colour in force_colours(run).items()
    }
    made.legend(list(lines.values()), list(lines), loc="lower left", ncols=len(lines), fontsize=SMALL, borderaxespad=0,
                bbox_to_anchor=(place[0] / width, place[1] / height), borderpad=0, columnspacing=1.6)  # fmt: skip


def force_marks(run: Run) -> dict[str, str]:
    """A mark for each force, beside its colour."""
    return {name: MARKS[place % len(MARKS)] for place, name in enumerate(run.plan.forces)}


def sensor_looks(sensors: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Mark and colour of each sensor; the common ones keep theirs from picture to picture."""
    spare = iter(SPARE_LOOKS)
    return {sensor: SENSORS.get(sensor) or next(spare, ("*", DIM)) for sensor in sensors}


def result(run: Run) -> str:
    """The run in one line: 19 of 21 serials completed, 1 shortened, 1 cancelled."""
    found = Counter(record.details["result"] for record in run.outcomes.values())
    others = [f", {found[word]} {word}" for word in RESULTS[1:] if found[word]]
    return f"{found['completed']} of {len(run.outcomes)} serials completed{''.join(others)}"


def force_colours(run: Run) -> dict[str, str]:
    """A colour for each force, in the order of the file."""
    return {name: FORCES[place % len(FORCES)] for place, name in enumerate(run.plan.forces)}


def span(seconds: float) -> str:
    """A length of time as a person says it: 45 min, 1 h 30 min."""
    minutes = round(seconds / 60)
    hours, rest = divmod(minutes, round(HOUR / 60))
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


@lru_cache(maxsize=4096)
def width_of(text: str, size: float = TEXT, weight: str = "normal") -> float:
    """How long a text is when it is set in this look, points."""
    font = FontProperties(family=LOOK["font.family"], size=size, weight=weight)
    return float(TextPath((0, 0), text, prop=font).get_extents().width)


def room_for(axes: Axes, text: str, length: float, size: float = TEXT) -> bool:
    """Whether a text fits, with a letter to spare, on a length of the x axis in data units."""
    left, right = axes.get_xlim()
    inches = axes.get_window_extent().transformed(axes.figure.dpi_scale_trans.inverted()).width
    return width_of(text, size) + size <= length * 72 * inches / (right - left)


def shortened(text: str, letters: int) -> str:
    """A text cut at a word, with an ellipsis, when it is longer than that many letters."""
    if len(text) <= letters:
        return text
    kept = text[: letters - 1].rsplit(" ", 1)[0] or text[: letters - 1]
    return kept.rstrip(" ,;:-") + "\u2026"
