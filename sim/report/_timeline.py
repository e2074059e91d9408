"""The timeline as SVG: planned above actual for every serial, with night, fog, sea and visibility; rows lead to serials."""

from __future__ import annotations

from datetime import timedelta
from math import ceil

from sim.plots._clock import merged, nights, sight, spells
from sim.plots._rows import Row
from sim.plots._style import shortened
from sim.quantities import DAY, HOUR, NAUTICAL_MILE
from sim.report._account import Account, late, outcome
from sim.report._captions import clock
from sim.report._html import Markup, fill, join
from sim.runs import Run

WIDE, LEFT, TOP, ROW, FOOT = 1000.0, 250.0, 50.0, 22.0, 8.0  # px
LETTERS = 34  # of a title, that LEFT holds
TICKS = 24  # most hours named
DATES, WORD = 8, 1 / 14  # most dates named, and how much of the timeline one takes at the least
MARK = 4.0  # px, half the cross of a cancelled serial


def timeline(run: Run, found: list[Account]) -> Markup:
    """The whole timeline, one row for each serial."""
    high = TOP + ROW * len(found) + FOOT
    return fill(
        '<div class="scrolls" role="group" tabindex="0" aria-label="Timeline"><svg class="timeline" viewBox="0 0 {wide} {high}" '
        'role="group" aria-label="Planned above actual, serial by serial; the same is told in words below">\n'
        "{sky}{hours}{rows}</svg></div>\n",
        wide=f"{WIDE:.0f}", high=f"{high:.0f}", sky=_sky(run, high), hours=_hours(run, high),
        rows=join(_row(run, each) for each in found),
    )  # fmt: skip


def _x(run: Run, seconds: float) -> float:
    return LEFT + (WIDE - LEFT) * min(1.0, max(0.0, seconds / run.plan.length))


def _bar(run: Run, start: float, end: float, top: float, high: float, look: str) -> Markup:
    left = _x(run, start)
    return fill('<rect x="{x}" y="{y}" width="{wide}" height="{high}" class="{look}"/>', x=f"{left:.1f}", y=f"{top:.1f}",
                wide=f"{max(0.8, _x(run, end) - left):.1f}", high=f"{high:.1f}", look=look)  # fmt: skip


def _sky(run: Run, high: float) -> Markup:
    """Night and fog behind everything; sea state and visibility in a strip at the top."""
    parts = [_bar(run, each.start, each.end, TOP, high - TOP, "night") for each in nights(run)]
    for spell in merged(spells(run), "visibility"):
        word = sight(spell.visibility)
        if word == "fog":
            parts.append(_bar(run, spell.start, spell.end, TOP, high - TOP, "fog"))
        parts.append(_cell(run, spell.start, spell.end, TOP - 14, f"sky-{word}", f"{spell.visibility / NAUTICAL_MILE:.2g}",
                           f"visibility {spell.visibility / NAUTICAL_MILE:.2g} nmi, {word}"))  # fmt: skip
    for spell in merged(spells(run), "sea_state"):
        parts.append(_cell(run, spell.start, spell.end, TOP - 27, f"sea-{min(spell.sea_state, 7)}", str(spell.sea_state),
                           f"sea state {spell.sea_state}"))  # fmt: skip
    for word, y in (("sea state", TOP - 17), ("visibility, nmi", TOP - 4)):
        parts.append(
            fill('<text class="small end" x="{x}" y="{y}">{word}</text>\n', x=LEFT - 6, y=y, word=word)
        )
    return join(parts)


def _cell(run: Run, start: float, end: float, top: float, look: str, word: str, title: str) -> Markup:
    wide = _x(run, end) - _x(run, start)
    middle = (_x(run, end) + _x(run, start)) / 2
    said = fill(
        '<text class="small middle" x="{x}" y="{y}">{word}</text>', x=f"{middle:.1f}", y=top + 10, word=word
    )
    return fill("<g><title>{title}</title>{bar}{said}</g>\n", title=title, bar=_bar(run, start, end, top, 12, look),
                said=said if wide > 6.0 * len(word) else Markup(""))  # fmt: skip


def _hours(run: Run, high: float) -> Markup:
    begins, length = run.plan.begins, run.plan.length
    midnight = begins.replace(hour=0, minute=0, second=0, microsecond=0)
    offset = (begins - midnight).total_seconds()
    every = next((step for step in (1, 2, 3, 6, 12) if length / HOUR / step <= TICKS), 24)
    parts = []
    for hour in range(0, int((offset + length) / HOUR) + 1, every):
        at = hour * HOUR - offset
        if at < 0.0:
            continue
        midnight_strikes = hour % 24 == 0
        parts.append(fill('<path class="{look}" d="M{x} {top}V{high}"/>', look="day" if midnight_strikes else "hour", x=f"{_x(run, at):.1f}",
                          top=TOP, high=high))  # fmt: skip
        if not midnight_strikes and at < length - HOUR / 2:
            parts.append(
                fill(
                    '<text class="small middle" x="{x}" y="20">{hour}</text>\n',
                    x=f"{_x(run, at):.1f}",
                    hour=f"{hour % 24:02d}",
                )
            )
    every = ceil(length / DATES / DAY)  # days from one date to the next
    for day in range(0, int((offset + length - 1) / DAY) + 1, every):
        start = max(0.0, day * DAY - offset)
        if min(length, (day + every) * DAY - offset) - start > length * WORD:
            parts.append(fill('<text class="date" x="{x}" y="9">{date}</text>\n', x=f"{_x(run, start) + 2:.1f}",
                              date=f"{midnight + timedelta(days=day):%a %d %b}"))  # fmt: skip
    return join(parts)


def _row(run: Run, account: Account) -> Markup:
    """Number, title and bars of a serial, as one link to its part of the page."""
    row, top = account.row, TOP + ROW * (account.place - 1)
    parts = [_bar(run, each.start, each.end, top + 3, 7, "planned" if at == 0 else "planned again")
             for at, each in enumerate(row.attempts)]  # fmt: skip
    if row.actual is not None:
        parts.append(_bar(run, row.actual.start, row.actual.end, top + 11, 8, f"actual {row.result}"))
    parts += [_bar(run, hold.start, hold.end, top + 11, 8, "hold") for hold in row.holds]
    if row.result == "cancelled":
        parts.append(fill('<path class="cross" d="M{left} {up}l{size} {size}m-{size} 0l{size}-{size}"/>',
                          left=f"{_x(run, row.planned.start):.1f}", up=top + 11, size=2 * MARK))  # fmt: skip
    return fill(
        '<a href="#{link}" class="row"><title>{words}</title><rect class="hit" x="0" y="{top}" width="{wide}" height="{row}"/>'
        '<text class="no" x="22" y="{base}">{number}</text><text x="30" y="{base}">{title}</text>{bars}</a>\n',
        link=account.link, words=_words(run, row), top=top, wide=f"{WIDE:.0f}", row=ROW, base=top + 15, number=row.serial,
        title=shortened(row.title, LETTERS), bars=join(parts),
    )  # fmt: skip


def _words(run: Run, row: Row) -> str:
    """A row as a sentence, for those who cannot see it and those who point at it."""
    actual = (
        "never begun"
        if row.actual is None
        else f"{clock(run, row.actual.start)} to {clock(run, row.actual.end)}"
    )
    punctual = f", {late(row)}" if row.actual else ""
    return f"Serial {row.serial}, {row.title}: planned {clock(run, row.planned.start)}, {actual}{punctual}, {outcome(row)}"
