"""Tables for a terminal: columns as wide as what they hold, and words wrapped beside them or beneath."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

from sim.quantities import human

if TYPE_CHECKING:
    from sim.audit import Finding

GAP = "  "  # between columns
BESIDE = 36  # columns that words need to read well beside the rest; with less they go beneath
INDENT = "    "  # of words beneath
WIDEST = 150  # columns; longer lines are hard to follow to their end
TEXT = 100  # columns of running text
FEWEST, MOST = 0.1, 10_000  # a number that is read with ease
KILOMETRES = 2000.0  # m from which lengths are given in km or nautical miles

Row = Sequence[str]


def width() -> int:
    """How many columns the terminal has; 80 where there is none."""
    return min(shutil.get_terminal_size((80, 24)).columns, WIDEST)


def cells(text: str) -> int:
    """How many columns a text takes: letters of East Asia take two."""
    return sum(0 if combining(each) else 2 if east_asian_width(each) in "WF" else 1 for each in text)


def table(
    headings: Row,
    rows: Iterable[Row],
    columns: int,
    right: Sequence[str] = (),
    beside: int = BESIDE,
    gap: str = GAP,
) -> Iterator[str]:
    """Lines of a table: the headings, if there are any, then each row; its last column holds words.

    columns: that there is room for. right: headings of columns set to the right. beside: columns the words
    need so as not to go beneath. gap: between columns. Words that several rows in turn share are given once: beside the first of
    them, or beneath the last.
    """
    listed = [tuple(row) for row in rows]
    inner = [max(cells(row[at]) for row in [headings, *listed]) for at in range(len(headings) - 1)]
    used = sum(size + len(gap) for size in inner)
    longest = max((cells(row[-1]) for row in listed), default=0)
    roomy = columns - used >= min(beside, max(longest, cells(headings[-1])))
    rightward = [each in right for each in headings]
    if any(headings):
        yield _line([*headings[:-1], headings[-1] if roomy else ""], inner, rightward, gap)
    for at, row in enumerate(listed):
        line, words = _line([*row[:-1], ""], inner, rightward, gap), row[-1]
        if roomy:
            told = at > 0 and words and listed[at - 1][-1] == words
            first, *others = _wrapped('"' if told else words, max(1, columns - used)) or [""]
            yield (line.ljust(used + len(line) - cells(line)) + first).rstrip()
            yield from (" " * used + each for each in others)
        else:
            yield line
            if at + 1 == len(listed) or listed[at + 1][-1] != words:
                yield from (INDENT + each for each in _wrapped(words, columns - len(INDENT)))


def paragraphs(text: str, columns: int) -> Iterator[str]:
    """A docstring's text, its paragraphs filled anew; lines that are indented stay as they are."""
    for at, block in enumerate(text.strip().split("\n\n")):
        if at:
            yield ""
        if any(line.startswith(" ") for line in block.splitlines()):
            yield from block.splitlines()
        else:
            yield from _wrapped(" ".join(block.split()), min(columns, TEXT))


def span(low: float, high: float, dimension: str, beside: float | None = None) -> str:
    """From low to high as a person would write it, in one unit where that reads well.

    beside: the value that stands next to it, whose unit is taken if it can be.
    """
    for like in (beside or high, high):
        ends = [human(each, dimension, like) for each in (low, high)]
        if all(_reads_well(each) for each in ends):
            break
    else:
        ends = [human(low, dimension), human(high, dimension)]
    first, last = (each.partition(" ") for each in ends)
    unit = "" if first[2] == last[2] else f" {first[2]}"
    return f"{first[0]}{unit} .. {ends[1]}"


def _reads_well(text: str) -> bool:
    """Whether a number with its unit has few zeros: 0.5 nmi, not 0.0027 nmi."""
    number = abs(float(text.partition(" ")[0]))
    return number == 0 or FEWEST <= number < MOST


def audited(step: float, findings: Iterable[Finding], columns: int) -> Iterator[str]:
    """What steps of time make of the contacts, by kind of sensor."""
    yield from paragraphs(
        f"What looking every {human(step, 'time')} makes of the entries into range; exact crossings miss none:",
        columns,
    )
    headings = ("sensor", "entries", "missed", "share", "late, mean", "at worst", "")
    rows = [(each.sensor, str(each.entries), str(each.missed),
             f"{100 * each.missed / each.entries:.2f} %" if each.entries else "-", f"{each.late:.1f} s",
             f"{each.latest:.1f} s", "") for each in findings]  # fmt: skip
    yield from table(headings, rows, columns, headings[1:])


def _line(row: Row, sizes: Sequence[int], right: Sequence[bool], gap: str) -> str:
    """One line of the table; the last column is not padded."""
    padded = []
    for text, size, to_the_right in zip(row[:-1], sizes, right[:-1], strict=True):
        space = " " * (size - cells(text))
        padded.append(space + text if to_the_right else text + space)
    return gap.join([*padded, row[-1]]).rstrip()


def _wrapped(text: str, columns: int) -> list[str]:
    return textwrap.wrap(text, columns, break_long_words=False, break_on_hyphens=False)
