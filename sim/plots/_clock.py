"""The time axis of an exercise: hours and days of its own zone, the night, and a strip of weather."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from sim.daylight import SUNRISE, altitude
from sim.plots._style import DIM, FAINT, FOG, INK, NIGHT, PAPER, SMALL, room_for
from sim.quantities import DAY, HOUR
from sim.runs import Run

FOGGY, MISTY = 1e3, 5e3  # m; below these a METAR says fog, mist
MIST = "#dfe3e8"
SEAS = (
    "#f6f9fc",
    "#f6f9fc",
    "#e6eff8",
    "#cfe1f0",
    "#a9cae4",
    "#7fb0d6",
    "#5590c1",
    "#336fa3",
    "#1d4f80",
    "#0f3357",
)
PALE = 5  # highest sea state whose colour takes dark letters
DAYS = ("%a %d %B %Y", "%a %d %b", "%d", "")  # names of a day, the longest first
TICKS = 18  # most hours named on the axis


class Span(NamedTuple):
    """From when to when, s since the exercise begins."""

    start: float
    end: float


class Spell(NamedTuple):
    """Weather that lasts. start, end: s. visibility: m. wind: m/s."""

    start: float
    end: float
    sea_state: int
    visibility: float
    wind: float


def spells(run: Run) -> list[Spell]:
    """The weather, one spell after another to the end of the exercise."""
    told = list(run.log.of("weather"))
    ends = [record.time for record in told[1:]] + [run.plan.length]
    return [
        Spell(record.time, end, record.details["sea_state"], record.details["visibility_m"],
              record.details["wind_m_per_s"])
        for record, end in zip(told, ends, strict=True)
    ]  # fmt: skip


def nights(run: Run) -> list[Span]:
    """When the sun is down at the datum."""
    datum = run.plan.datum
    dark = altitude(datum.latitude, datum.longitude, run.plan.begins) < SUNRISE
    began, found = 0.0, []
    for record in run.log.of("sun"):
        if dark:
            found.append(Span(began, record.time))
        dark, began = record.details["event"] == "sunset", record.time
    if dark:
        found.append(Span(began, run.plan.length))
    return found


def sight(visibility: float) -> str:
    """Fog, mist or clear. visibility: m."""
    return "fog" if visibility < FOGGY else "mist" if visibility < MISTY else "clear"


def clock(axes: Axes, run: Run, named: bool = True) -> None:
    """Makes an x axis in hours since the exercise begins show the hours and days of its zone. named: the zone as well, at the left."""
    begins, length = run.plan.begins, run.plan.length
    midnight = begins.replace(hour=0, minute=0, second=0, microsecond=0)
    offset = (begins - midnight).total_seconds()
    every = next((step for step in (1, 2, 3, 6, 12) if length / HOUR / step <= TICKS), 24)
    hours = [hour for hour in range(0, int((offset + length) / HOUR) + 1, every) if hour >= offset / HOUR]
    axes.set_xlim(0, length / HOUR)
    axes.set_xticks([hour - offset / HOUR for hour in hours], [f"{hour % 24:02d}" for hour in hours])
    axes.tick_params(axis="x", length=3, labelsize=SMALL, pad=2)
    axes.grid(axis="x", color=FAINT, linewidth=0.4)
    axes.set_axisbelow(True)
    days = [
        Span(max(0.0, day * DAY - offset), min(length, (day + 1) * DAY - offset))
        for day in range(int((offset + length - 1) / DAY) + 1)
    ]
    fits = [_fitting(axes, midnight, day) for day in days]
    usual = max(
        (fit for fit, day in zip(fits, days, strict=True) if day.end - day.start >= DAY / 2), default=0
    )
    for number, (day, fit) in enumerate(zip(days, fits, strict=True)):
        if day.start > 0:
            axes.axvline(day.start / HOUR, color=DIM, linewidth=0.9, zorder=1)
        form = DAYS[max(fit, usual)]
        axes.annotate(f"{midnight + timedelta(days=number):{form}}" if form else "", ((day.start + day.end) / 2 / HOUR, 0), (0, -17),
                      xycoords=("data", "axes fraction"), textcoords="offset points", ha="center", va="top", weight="bold")  # fmt: skip
    if named:
        axes.annotate(zone(run), (0, 0), (-10, -5), xycoords="axes fraction", textcoords="offset points", ha="right", va="top",
                      fontsize=SMALL, color=DIM)  # fmt: skip


def _fitting(axes: Axes, midnight: datetime, day: Span) -> int:
    """Which of DAYS is the longest that a day has room for; the last is no name at all."""
    names = (
        place
        for place, form in enumerate(DAYS[:-1])
        if room_for(axes, f"{midnight:{form}}", (day.end - day.start) / HOUR)
    )
    return next(names, len(DAYS) - 1)


def zone(run: Run) -> str:
    """What the hours of the axis are."""
    told = run.plan.begins.strftime("%z")
    return f"hour, UTC{told[:3]}:{told[3:]}"


def shade(axes: Axes, run: Run) -> None:
    """Lays night and fog behind what happens."""
    for night in nights(run):
        axes.axvspan(night.start / HOUR, night.end / HOUR, color=NIGHT, linewidth=0, zorder=0, gid="night")
    for spell in merged(spells(run), "visibility"):
        if sight(spell.visibility) == "fog":
            axes.axvspan(spell.start / HOUR, spell.end / HOUR, facecolor="none", edgecolor=FOG, hatch="....",
                         linewidth=0, alpha=0.7, zorder=0.5, gid="fog")  # fmt: skip


def weather(strip: Axes, run: Run) -> None:
    """Sea state and wind in the upper lane of the strip, visibility in the lower."""
    strip.set(xlim=(0, run.plan.length / HOUR), ylim=(2, 0), xticks=[])
    strip.set_yticks([0.5, 1.5], ["sea state (wind)", "visibility"], fontsize=SMALL)
    strip.tick_params(axis="y", length=0)
    for spell in merged(spells(run), "sea_state", "wind"):
        words = (f"{spell.sea_state} ({spell.wind:.0f} m/s)", f"{spell.sea_state}")
        dark = spell.sea_state > PALE
        _cell(strip, spell, 0, SEAS[min(spell.sea_state, len(SEAS) - 1)], words, PAPER if dark else INK)
    for spell in merged(spells(run), "visibility"):
        name = sight(spell.visibility)
        face = {"fog": FOG, "mist": MIST}.get(name, PAPER)
        _cell(strip, spell, 1, face, (f"{name}, {spell.visibility / 1e3:.2g} km", name), INK)


def _cell(strip: Axes, spell: Spell, lane: int, face: str, words: tuple[str, ...], colour: str) -> None:
    """One spell in its lane, with the longest of the words it has room for."""
    start, wide = spell.start / HOUR, (spell.end - spell.start) / HOUR
    strip.add_patch(Rectangle((start, lane), wide, 1, facecolor=face, edgecolor=DIM, linewidth=0.5))
    said = next((each for each in words if room_for(strip, each, wide, SMALL)), None)
    if said is not None:
        strip.text(start + wide / 2, lane + 0.5, said, ha="center", va="center_baseline", fontsize=SMALL,
                   color=colour)  # fmt: skip


def merged(found: list[Spell], *same: str) -> list[Spell]:
    """Spells that differ in nothing named become one."""
    joined: list[Spell] = []
    for spell in found:
        if joined and all(getattr(joined[-1], name) == getattr(spell, name) for name in same):
            joined[-1] = joined[-1]._replace(end=spell.end)
        else:
            joined.append(spell)
    return joined
