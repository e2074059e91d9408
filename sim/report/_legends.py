"""What the pictures mean, in words beside small samples: no colour is needed alone."""

from __future__ import annotations

from sim.report._html import Markup, fill, join
from sim.runs import Run

_BARS = (
    ("planned", "planned"), ("planned again", "put off to"), ("actual completed", "completed"), ("actual shortened", "shortened"),
    ("actual stopped", "stopped"), ("hold", "on hold"), ("night", "night"), ("fog", "fog"),
)  # fmt: skip
_MARKS = (
    ("M12 0l3.5 3v7h-7v-7z", "warship"),
    ("M8.5 0h7v10h-7z", "auxiliary"),
    ("M12 4l3-4 2 1.5-3.5 3.5 3.5 3.5-2 1.5-3-4-3 4-2-1.5 3.5-3.5-3.5-3.5 2-1.5z", "helicopter"),
    ("M12 0l5 10-5-2.5-5 2.5z", "aircraft"),
    ("M12 0l5 5-5 5-5-5z", "target"),
    ("M12 3a2 2 0 1 0 .01 0z", "ship passing by"),
)  # as chart.js draws them
SAME = 6  # forces with a colour of their own


def bars() -> Markup:
    """Of the timeline."""
    samples = [
        (fill('<rect class="{look}" x="1" y="1" width="22" height="8"/>', look=look), word)
        for look, word in _BARS
    ]
    samples.insert(5, (Markup('<path class="cross" d="M8 1l8 8m-8 0l8-8"/>'), "cancelled"))
    return _list(samples)


def forces(run: Run) -> list[tuple[Markup, str]]:
    """The colour of each force."""
    return [
        (fill('<path class="track swatch force-{place}" d="M1 5h22"/>', place=place % SAME), each.name)
        for place, each in enumerate(run.plan.forces.values())
    ]


def tracks(run: Run) -> Markup:
    """Of the maps."""
    samples = forces(run)
    samples.append(
        (Markup('<path class="track flight force-5" d="M1 5h22"/>'), "flight, in the colour of its force")
    )
    samples.append((Markup('<path class="stranger" d="M1 5h22"/>'), "ship passing by"))
    samples.append((Markup('<circle class="comex" cx="12" cy="5" r="4"/>'), "COMEX"))
    samples.append(
        (Markup('<path class="trouble" d="M12 0l5 5l-5 5l-5-5z"/>'), "range fouled, or a casualty")
    )
    return _list(samples)


def marks(run: Run) -> Markup:
    """Of the replay: colours are forces, shapes are kinds of unit."""
    return _list([*forces(run), *((fill('<path d="{d}"/>', d=shape), word) for shape, word in _MARKS)])


def _list(samples: list[tuple[Markup, str]]) -> Markup:
    return fill('<ul class="legend">{all}</ul>\n', all=join(
        fill('<li><svg viewBox="0 0 24 10" aria-hidden="true">{sample}</svg> {word}</li>', sample=sample, word=word)
        for sample, word in samples))  # fmt: skip
