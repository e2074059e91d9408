"""Composite score of each serial, 0 to 1: completion, timeliness, technique and safety.

0.35 completion + 0.25 timeliness + 0.30 technique + 0.10 safety: an own rubric, since the criteria of
navies are not public; the four marks follow the Russian verbal scale at 0.9, 0.75 and 0.6.
"""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, NamedTuple

from sim.measures import technical
from sim.outcomes import PUNCTUAL

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "share"
COMPLETION, TIMELINESS, TECHNIQUE, SAFETY = 0.35, 0.25, 0.30, 0.10
FORGIVEN = 2 * 3600.0  # s late at which nothing is left of the mark for timeliness
MARKS = ((0.9, "excellent"), (0.75, "good"), (0.6, "satisfactory"), (0.0, "unsatisfactory"))


class Parts(NamedTuple):
    """What a score is made of, each part with its weight in it. safety: 0 when it was broken, and then all counts nothing."""

    completion: float
    timeliness: float
    technique: float
    safety: float

    @property
    def total(self) -> float:
        """The score."""
        return self.completion + self.timeliness + self.technique + self.safety if self.safety else 0.0


WHOLE = Parts(COMPLETION, TIMELINESS, TECHNIQUE, SAFETY)
NOTHING = Parts(0.0, 0.0, 0.0, 0.0)


def measure(run: Run) -> dict[str, float]:
    """The composite score of each serial carried out; 0 for one that was stopped or cancelled."""
    return {serial: each.total for serial, each in run.once(parts).items()}


def parts(run: Run) -> dict[str, Parts]:
    """The parts of each serial's score; nothing of one that was stopped or cancelled."""
    technique, unsafe = run.once(technical.measure), breaches(run)
    found: dict[str, Parts] = {}
    for serial, record in run.outcomes.items():
        details = record.details
        if details["result"] not in ("completed", "shortened") or isnan(details["comex_s"]):
            found[serial] = NOTHING
            continue
        late = max(0.0, details["comex_s"] - details["planned_s"] - PUNCTUAL)
        timely = max(0.0, 1 - late / FORGIVEN)
        safe = 0.0 if serial in unsafe else SAFETY
        found[serial] = Parts(
            COMPLETION * details["share"], TIMELINESS * timely, TECHNIQUE * technique[serial], safe
        )
    return found


def breaches(run: Run) -> set[str]:
    """Serials in which a round was fired while somebody who does not belong there was inside the range."""
    found: set[str] = set()
    fouled: set[str] = set()
    if not run.log.table("fouled"):
        return found
    for record in run.log.of("fouled", "resume", "round", "shore-round", "burst", "shots"):
        serial = record.serial or ""
        if record.kind == "fouled":
            fouled.add(serial)
        elif record.kind == "resume":
            if record.details["reason"] == "foul-range":
                fouled.discard(serial)
        elif serial in fouled:
            found.add(serial)
    return found


def mark(score: float) -> str:
    """The verbal mark of a score."""
    return next(word for least, word in MARKS if score >= least)
