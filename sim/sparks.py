"""Small pictures in a line of text: how values are spread, how large a share is, where an interval lies."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from sim.terminal import is_ascii

BLOCKS, ASCII = " ▁▂▃▄▅▆▇█", " .:-=+*#@"  # from nothing to all; something is never shown as nothing
FULL, PART = ("█", "▏▎▍▌▋▊▉"), ("#", "")
LATE = (
    5.0,
    15.0,
    30.0,
    60.0,
    120.0,
    240.0,
)  # min; ends of the steps of lateness, after which there is one more


def spark(counts: Sequence[float]) -> str:
    """A letter for each count, the higher the more; the greatest is full, and only nothing is empty."""
    ramp = ASCII if is_ascii() else BLOCKS
    most = max(counts, default=0.0)
    if most <= 0:
        return " " * len(counts)
    steps = len(ramp) - 1
    return "".join(ramp[0 if each <= 0 else max(1, round(steps * each / most))] for each in counts)


def spread(values: Sequence[float], bins: int) -> tuple[str, float, float] | None:
    """How values lie between the least and the greatest: the picture and the two. None where there is no value.

    Whole numbers have a bin each while there is room.
    """
    kept = [each for each in values if isfinite(each)]
    if not kept:
        return None
    low, high = min(kept), max(kept)
    is_whole = all(float(each).is_integer() for each in kept)
    if is_whole and high - low < bins:
        bins = int(high - low) + 1
        wide = 1.0
    else:
        wide = (high - low) / bins or 1.0
    counts = [0] * bins
    for each in kept:
        counts[min(bins - 1, int((each - low) / wide))] += 1
    return spark(counts), low, high


def lateness(minutes: Sequence[float]) -> str:
    """How late a serial began, in steps: up to 5, 15, 30, 60, 120, 240 min, and more; a letter for each step."""
    counts = [0] * (len(LATE) + 1)
    for each in minutes:
        counts[next((at for at, most in enumerate(LATE) if each <= most), len(LATE))] += 1
    return spark(counts)


def bar(share: float, width: int) -> str:
    """A share from 0 to 1 as a bar that is full at `width` letters."""
    if not isfinite(share):
        return ""
    full, parts = PART if is_ascii() else FULL
    steps = len(parts) + 1
    whole, rest = divmod(round(min(1.0, max(0.0, share)) * width * steps), steps)
    return full * whole + (parts[rest - 1] if rest else "")


def strip(low: float, value: float, high: float, reach: float, width: int = 15) -> str:
    """An interval and its middle on a line from -reach to reach, with nothing at all marked: `   |  --o-  `."""
    if not all(map(isfinite, (low, value, high))) or reach <= 0:
        return ""
    line, dot, zero, both = ("-", "o", "|", "+") if is_ascii() else ("─", "●", "│", "┼")
    middle = width // 2

    def at(place: float) -> int:
        return min(width - 1, max(0, middle + round(place / reach * middle)))

    cells = [line if at(low) <= each <= at(high) else " " for each in range(width)]
    cells[middle] = both if cells[middle] == line else zero
    cells[at(value)] = dot
    return "".join(cells)
