"""What happens in a film, in lines: all of it while it can be read, else what the programme is about."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from sim.report._captions import QUIET, said
from sim.runs import Run

PROGRAMME = ("startex", "endex", "comex", "finex", "hold", "resume", "postponed", "outcome", "casualty", "check-fire", "fouled",
             "substituted", "dropped-out")  # fmt: skip
WRONG = ("hold", "postponed", "casualty", "check-fire", "fouled", "dropped-out")
READABLE = 1.0  # lines in a second of the film; more go by too fast


class Event(NamedTuple):
    """One thing that happens. time: s. at: m on the plane, where it has a place. is_wrong: whether it upsets the plan."""

    time: float
    words: str
    at: tuple[float, float] | None
    is_wrong: bool


def events(run: Run, begin: float, end: float, speed: float) -> list[Event]:
    """From one time to another, in their order; the commonest kinds are left out until the rest can be read at a speed."""
    kinds = {each.word: each for each in run.log.kinds()}
    told = [
        each
        for each in run.log.of(*(word for word in kinds if word not in QUIET))
        if begin <= each.time <= end
    ]
    counts = Counter(each.kind for each in told)
    room = READABLE * (end - begin) / speed
    for word in sorted(counts, key=lambda word: (-counts[word], word)):
        if counts.total() <= room:
            break
        if word not in PROGRAMME:
            del counts[word]
            told = [each for each in told if each.kind != word]
    good = [each for each in told if not (each.kind == "outcome" and each.details["result"] == "completed")]
    return [Event(each.time, (f"Serial {each.serial}: " if each.serial else "") + said(each, kinds[each.kind]), each.at,
                  each.kind in (*WRONG, "outcome")) for each in good]  # fmt: skip
