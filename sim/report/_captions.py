"""Records of the log in words, one line each: for lists of what happened and for what led to an outcome.

Some kinds have their own sentence; any other says what its declaration says of it, who, and its columns. So kinds of
drills from outside are told as well.
"""

from __future__ import annotations

from datetime import timedelta
from math import isnan
from typing import Any

from sim.log import Kind, Record
from sim.quantities import KNOT, NAUTICAL_MILE
from sim.runs import Run
from sim.scoreboard import REASONS

# Kinds too many, or of too little interest by themselves, to be told as events.
QUIET = frozenset(
    ("leg", "contact", "lost", "entered", "left", "order", "acknowledged", "repeated", "sighted", "gone", "fuel", "assigned",
     "released", "practised", "faded", "call", "granted", "reported")
)  # fmt: skip
_SENTENCES = {
    "startex": "The exercise begins",
    "endex": "The exercise is over",
    "call": "The units are asked for",
    "granted": "Units and area are granted: {units} units",
    "comex": "COMEX, with {units} units",
    "finex": "FINEX, {share} done",
    "outcome": "Outcome: {result}{because}",
    "hold": "On hold: {reason}",
    "resume": "The hold ends after {held_s}: {reason}",
    "postponed": "Put off: {reason}",
    "casualty": "{unit}: {equipment} fails",
    "repaired": "{unit}: {equipment} works again",
    "launched": "{unit} takes off",
    "landed": "{unit} is back",
    "detected": "{unit} finds {other} by {sensor}, bearing {bearing_deg}, {range_m}",
    "target": "{unit} is put out",
    "raid": "{unit} runs in on {other}, bearing {bearing_deg}, {range_m}",
    "round": "{unit} fires at {other}: {gun}, {phase}, hits {hit}",
    "string": "{unit} ends her string at {other}: {fired} rounds fired, {hits} hits",
    "on-task": "{unit} is on task",
    "off-task": "{unit} leaves its task",
    "check-fire": "Check fire: {other} and {unit}, {rule}, limit {limit_m}, range {range_m}, CPA {cpa_m}",
    "weather": "Sea state {sea_state}, visibility {visibility_m}, wind {wind_m_per_s}",
    "sun": "The sun: {event}",
}
_SMALL = 1000.0  # m; from here on lengths are told in nautical miles


def said(record: Record, kind: Kind) -> str:
    """A record in one line, without its time and its serial. kind: how it is declared."""
    pattern = _SENTENCES.get(record.kind)
    shown = {name: value(name, record.details[name]) for name, _ in kind.columns}
    if pattern is not None:
        reason = shown.get("reason", "")
        shown |= {
            "unit": record.unit or "",
            "other": record.other or "",
            "because": f" ({reason})" if reason else "",
        }
        return pattern.format_map(shown)
    who = ", ".join(dict.fromkeys(name for name in (record.unit, record.other) if name))
    told = ", ".join(f"{_label(name)} {text}" for name, text in shown.items() if text not in ("", "none"))
    begun = kind.doc.partition(";")[0].rstrip(".")
    return begun + (f": {who}" if who else "") + (f" ({told})" if told else "")


def value(column: str, given: Any) -> str:
    """A column's value with its unit, as its name has it: a range in nautical miles, a course in degrees."""
    if given is None or (isinstance(given, float) and isnan(given)):
        return "none"
    if column in ("reason", "rule"):
        return REASONS.get(str(given), str(given)).replace("-", " ")
    if isinstance(given, str):
        return given
    if column.endswith("_m_per_s"):
        return f"{given / KNOT:.0f} kn" if not column.startswith("wind") else f"{given:.0f} m/s"
    if column.endswith("_m"):
        return f"{given / NAUTICAL_MILE:.1f} nmi" if abs(given) >= _SMALL else f"{given:.0f} m"
    if column.endswith("_s") or column in ("seconds", "minutes"):
        return lasting(given * (60.0 if column == "minutes" else 1.0))
    if column.endswith("_deg"):
        return f"{given % 360.0:03.0f}°"
    if column.endswith("_t"):
        return f"{given:.0f} t"
    if column == "share":
        return f"{given:.0%}"
    return f"{given:.3g}" if isinstance(given, float) else str(given)


def lasting(seconds: float) -> str:
    """A length of time: 40 s, 12 min, 3 h 05 min."""
    if abs(seconds) < 120.0:
        return f"{seconds:.0f} s"
    hours, minutes = divmod(round(abs(seconds) / 60.0), 60)
    sign = "-" if seconds < 0.0 else ""
    return f"{sign}{hours} h {minutes:02d} min" if hours else f"{sign}{minutes} min"


def clock(run: Run, seconds: float) -> str:
    """Day and time of the exercise; a dash for never."""
    if isnan(seconds):
        return "–"
    return f"{run.plan.begins + timedelta(seconds=round(seconds)):%d %b %H:%M}"


def _label(column: str) -> str:
    """A column's name without its unit."""
    for ending in ("_m_per_s", "_deg", "_m", "_s", "_t"):
        if column.endswith(ending):
            return column.removesuffix(ending).replace("_", " ")
    return column.replace("_", " ")
