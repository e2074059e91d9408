"""What the pictures mean, in words beside small samples: no colour is needed alone."""

from __future__ import annotations

from collections.abc import Iterable

from sim.affiliation import PASSING, signs
from sim.plots._paths import SHIPS
from sim.report._html import Markup, fill, join
from sim.runs import Run
from sim.symbols import Sign, key

_BARS = (
    ("planned", "planned"), ("planned again", "put off to"), ("actual completed", "completed"), ("actual shortened", "shortened"),
    ("actual stopped", "stopped"), ("hold", "on hold"), ("night", "night"), ("fog", "fog"),
)  # fmt: skip
SAMPLE = 12.0, 5.0  # px, the middle of a sample
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
    ships = [each for each in signs(run).values() if each.group in SHIPS]
    samples += [
        (sample, f"{word}, where the run leaves her" if word in SHIPS else word)
        for sample, word in symbols(ships)
    ]
    samples.append((Markup('<circle class="comex" cx="12" cy="5" r="4"/>'), "COMEX"))
    samples.append(
        (Markup('<path class="trouble" d="M12 0l5 5l-5 5l-5-5z"/>'), "range fouled, or a casualty")
    )
    return _list(samples)


def marks(run: Run) -> Markup:
    """Of the replay: colours are forces, frames are affiliations and dimensions, icons are kinds of unit."""
    return _list(
        [
            *forces(run),
            *symbols(signs(run).values()),
            (drawn(PASSING, "passing", SAMPLE, 0.4), "ship passing by"),
            (
                Markup('<path class="scale" d="M4 5h16"/>'),
                "line from a symbol: where it goes, the longer the faster",
            ),
        ]
    )


def symbols(found: Iterable[Sign]) -> list[tuple[Markup, str]]:
    """The kinds, affiliations and dimensions that occur, each as what it adds to a symbol."""
    return [(drawn(sign, "plain", SAMPLE), words) for sign, words in key(found)]


def drawn(sign: Sign, look: str, at: tuple[float, float], size: float = 0.75, name: str = "") -> Markup:
    """A symbol. look: class of its colour. at: px. size: px for a unit of its paths. name: shown when pointed at."""
    title = fill("<title>{name}</title>", name=name) if name else Markup("")
    icon = fill('<path class="icon" d="{icon}"/>', icon=sign.icon) if sign.icon else Markup("")
    return fill('<g class="symbol {look}" transform="{where}">{title}<path class="{side}" d="{frame}"/>{icon}</g>\n', look=look, title=title,
                where=f"translate({at[0]:.1f} {at[1]:.1f}) scale({size:g})", side=sign.affiliation, frame=sign.frame, icon=icon)  # fmt: skip


def _list(samples: list[tuple[Markup, str]]) -> Markup:
    return fill('<ul class="legend">{all}</ul>\n', all=join(
        fill('<li><svg viewBox="0 0 24 10" aria-hidden="true">{sample}</svg> {word}</li>', sample=sample, word=word)
        for sample, word in samples))  # fmt: skip
