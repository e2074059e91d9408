"""What records say, in sentences: one for each kind that causes something, and a plain one for all others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sim.quantities import NAUTICAL_MILE, human, spoken

if TYPE_CHECKING:
    from sim.log import Record
    from sim.runs import Run
    from sim.scenario.schema import Scenario

REASONS = {
    "over-run": "serial before ran over", "fog": "poor visibility", "sea": "sea too rough", "wind": "wind too strong",
    "foul-range": "range fouled", "traffic": "ships passing too near", "casualty": "equipment casualty", "aircraft": "aircraft late or unserviceable",
    "transit": "units still on their way", "daylight": "no daylight left", "postponed": "put off to its alternate",
    "prerequisite": "what it needed was not done", "time": "time was up", "endex": "the exercise was over",
    "safety": "somebody too near",
}  # fmt: skip
_UNITS = {"s": "time", "m": "length", "min": "time", "m_per_s": "speed", "h": "time"}
_SCALES = {"min": 60.0, "h": 3600.0}


def clock(plan: Scenario, seconds: float, day: bool = True) -> str:
    """A time of the exercise in its own zone: 21 Jul 16:05, or 16:05."""
    moment = plan.begins + timedelta(seconds=seconds + 0.5)
    return f"{moment.day} {moment:%b %H:%M}" if day else f"{moment:%H:%M}"


def reason(word: str) -> str:
    """Why a serial waited or came to what it did, in words."""
    return REASONS.get(word, word)


def serial(number: str | None, capital: bool = False) -> str:
    """A serial by its number."""
    return f"{'S' if capital else 's'}erial {number}"


def sentence(run: Run, record: Record) -> str:
    """What a record says, without its time. A kind without words of its own is told by its declared description."""
    said = _SAID.get(record.kind)
    return plain(run, record) if said is None else said(run, record)


def plain(run: Run, record: Record) -> str:
    """A sentence made from what the kind of a record declares: who, what it says, and its numbers."""
    docs = {each.word: each.doc for each in run.log.kinds()}
    doc = docs.get(record.kind, record.kind).rstrip(".")
    who = ", ".join(each for each in (record.unit, record.other) if each)
    if not who and record.serial is not None:
        who = serial(record.serial, capital=True)
    numbers = ", ".join(_detail(name, value) for name, value in record.details.items())
    return (f"{who}: {doc[:1].lower()}{doc[1:]}" if who else doc) + (f" ({numbers})" if numbers else "")


def _detail(name: str, value: Any) -> str:
    """A detail with its unit, which is in its name."""
    for suffix, dimension in _UNITS.items():
        if name.endswith("_" + suffix) and isinstance(value, float):
            size = value * _SCALES.get(suffix, 1.0)
            said = spoken(size) if dimension == "time" else human(size, dimension)
            return f"{name.removesuffix('_' + suffix).replace('_', ' ')} {said}"
    said = f"{value:.3g}" if isinstance(value, float) else str(value)
    return f"{name.replace('_', ' ')} {said}"


def _outcome(run: Run, record: Record) -> str:
    details, planned = record.details, run.serial(record.serial or "").comex.value
    said = f"{serial(record.serial, capital=True)} is {details['result']}"
    if details["comex_s"] > planned + 60.0:
        said += f", {spoken(details['comex_s'] - planned)} late"
    if details["result"] in ("shortened", "stopped"):
        said += f", with {100 * details['share']:.0f} % of its purpose achieved"
    return said + (f": {reason(details['reason'])}" if details["reason"] else "")


def _comex(run: Run, record: Record) -> str:
    late = record.time - record.details["planned_s"]
    when = f"{spoken(late)} late" if late > 60.0 else "as planned"
    over = run.outcomes[record.serial or ""].details["finex_s"]
    until = (
        f"; it lasts until {clock(run.plan, over, day=over - record.time > 43_200.0)}"
        if over > record.time
        else ""
    )
    return f"{serial(record.serial, capital=True)} begins {when}{until}"


def _granted(run: Run, record: Record) -> str:
    return f"{serial(record.serial, capital=True)} has its {record.details['units']} units and its area"


def _call(run: Run, record: Record) -> str:
    comex = clock(run.plan, record.details["planned_comex_s"], day=False)
    return f"The units of {serial(record.serial)} are called for COMEX at {comex}, as the schedule has it"


def hold_length(run: Run, hold: Record) -> float:
    """How long a hold lasted, s; until the end of the exercise when nothing ended it."""
    said = hold.serial, hold.details["reason"]
    for each in run.log.of("resume"):
        if (each.serial, each.details["reason"]) == said and each.time >= hold.time:
            return float(each.details["held_s"])
    return run.plan.length - hold.time


def _hold(run: Run, record: Record) -> str:
    held = hold_length(run, record)
    lasted = f", for {spoken(held)}" if held >= 1.0 else ""
    return f"{serial(record.serial, capital=True)} is on hold{lasted}: {reason(record.details['reason'])}"


def _resume(run: Run, record: Record) -> str:
    held = spoken(record.details["held_s"])
    return f"{serial(record.serial, capital=True)} is no longer on hold ({reason(record.details['reason'])}, {held})"


def _postponed(run: Run, record: Record) -> str:
    to = clock(run.plan, record.details["comex_s"])
    return f"{serial(record.serial, capital=True)} is put off to {to}: {reason(record.details['reason'])}"


def _finex(run: Run, record: Record) -> str:
    return f"FINEX of {serial(record.serial)}, with {100 * record.details['share']:.0f} % of its purpose achieved"


def _dropped_out(run: Run, record: Record) -> str:
    why = reason(record.details["reason"])
    return f"{record.unit} drops out of {serial(record.serial)} ({record.details['role']}): {why}"


def _substituted(run: Run, record: Record) -> str:
    instead = f"in place of {record.other}" if record.other else "to fill the role"
    return f"{record.unit} joins {serial(record.serial)} {instead} ({record.details['role']})"


def _weather(run: Run, record: Record) -> str:
    details = record.details
    sight, wind = human(details["visibility_m"], "length"), details["wind_m_per_s"]
    return f"The weather becomes sea state {details['sea_state']}, visibility {sight}, wind {wind:.0f} m/s"


def _sun(run: Run, record: Record) -> str:
    return "The sun rises" if record.details["event"] == "sunrise" else "The sun sets"


def _sighted(run: Run, record: Record) -> str:
    heeds = "" if record.details["heeds"] else ", and does not heed the warning"
    return f"{record.unit}, a ship passing by, comes into the waters around the exercise{heeds}"


def _fouled(run: Run, record: Record) -> str:
    return f"{record.other} is inside the range of {serial(record.serial)}: check fire"


def _called(run: Run, record: Record) -> str:
    return f"{record.unit or 'The range guard'} calls {record.other} and asks her to keep clear"


def _close_quarters(run: Run, record: Record) -> str:
    off = record.details["stand_off_m"] / NAUTICAL_MILE
    return f"{record.other}, passing by, comes within {off:.2g} nmi of {record.unit}"


def _check_fire(run: Run, record: Record) -> str:
    details = record.details
    rule, limit = details["rule"].replace("-", " "), human(details["limit_m"], "length")
    if details["tcpa_s"] > 0.0 and details["cpa_m"] < details["range_m"]:
        near = f"will pass {record.unit} at {human(details['cpa_m'], 'length')}"
    else:
        near = f"is {human(details['range_m'], 'length')} from {record.unit}"
    return f"Safety stops {serial(record.serial)}: {record.other} {near} ({rule}, {limit})"


def _leg(run: Run, record: Record) -> str:
    vx, vy = record.details["vx_m_per_s"], record.details["vy_m_per_s"]
    for_whom = f", for {serial(record.serial)}" if record.serial else ""
    if vx == 0.0 and vy == 0.0:
        return f"{record.unit} stops{for_whom}"
    return f"{record.unit} takes a course{for_whom}, at {human((vx * vx + vy * vy) ** 0.5, 'speed')}"


def _casualty(run: Run, record: Record) -> str:
    mended = next((each for each in run.log.of("repaired") if each.cause == record.number), None)
    lasted = f", and is mended {spoken(mended.time - record.time)} later" if mended is not None else ""
    return f"{record.unit}: {record.details['equipment'].replace('-', ' ')} fails{lasted}"


def _order(run: Run, record: Record) -> str:
    again = "repeats to" if record.kind == "repeated" else "orders"
    lost = ", which has not understood" if record.kind == "repeated" else ""
    return f"{record.unit} {again} {record.other}{lost}: {record.details['words']}"


def _acknowledged(run: Run, record: Record) -> str:
    delay = spoken(record.details["delay_s"])
    return f"{record.unit} acknowledges after {delay}: {record.details['words']}"


_SAID: dict[str, Callable[[Run, Record], str]] = {
    "outcome": _outcome, "comex": _comex, "finex": _finex, "granted": _granted, "call": _call, "hold": _hold,
    "resume": _resume, "postponed": _postponed, "dropped-out": _dropped_out, "substituted": _substituted,
    "weather": _weather, "sun": _sun, "sighted": _sighted, "fouled": _fouled, "called": _called,
    "close-quarters": _close_quarters, "check-fire": _check_fire, "leg": _leg, "casualty": _casualty,
    "order": _order, "repeated": _order, "acknowledged": _acknowledged,
    "unserviceable": lambda run, record: f"{record.unit} fails its checks before the sortie",
    "delayed": lambda run, record: f"{record.unit} starts {spoken(record.details['delay_s'])} late",
    "grounded": lambda run, record: f"{record.unit} waits for the weather before it takes off: {reason(record.details['reason'])}",
    "launched": lambda run, record: f"{record.unit} takes off",
    "landed": lambda run, record: f"{record.unit} is back after {spoken(record.details['flown_s'])}",
    "out-of-fuel": lambda run, record: f"{record.unit} has no fuel left",
    "startex": lambda run, record: "The exercise begins",
    "endex": lambda run, record: "The exercise is over",
}  # fmt: skip
