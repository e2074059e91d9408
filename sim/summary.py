"""What many replications showed: a table of measures and one of serials, and the same as plain content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import fsum, isnan
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.estimates import Estimate, chance, mean, quantile
from sim.listing import cells, paragraphs, table
from sim.outcomes import DONE, PUNCTUAL
from sim.shown import between, number, percent, plain, shown, whole
from sim.sparks import LATE, bar, lateness, spread

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario
    from sim.worker import Row

SHARES = (0.05, 0.5, 0.95)  # of the runs: a bad one, a middling one, a good one
MOST_PUSHES = 8  # pairs told; --json has all
LEGEND = ("done: carried out, % of runs and its 95 % interval; began, ended: % within a quarter of an hour of the plan; late: how many runs "
          f"began up to {', '.join(f'{each:.0f}' for each in LATE)} min late, and later; min: minutes late in half of the runs and in 95 % at most; "
          "slack: minutes it might have ended later; crit: % in which it drove the end")  # fmt: skip
COUNTED = "serials_completed"
BINS, FEWEST, LONGEST = (
    8,
    4,
    40,
)  # most and fewest letters of the spread of a measure; letters of the longest bar
NARROW, WORDS = " ", 20  # between the columns of wide tables, and columns that titles need beside them


def content(plan: Scenario, seed: int, rows: Sequence[Row]) -> dict[str, Any]:
    """The summary as JSON holds it; what is not a number becomes null."""
    good = [row for row in rows if row.fault is None]
    return {
        "exercise": plan.exercise,
        "scenario_digest": plan.digest,
        "seed": seed,
        "replications": len(good),
        "failed": [{"replication": row.replication, "fault": row.fault} for row in rows if row.fault is not None],
        "measures": {name: plain(estimate) | {f"q{100 * share:.0f}": number(quantile(values, share)) for share in SHARES}
                     for name, values, estimate in measured(good)},
        "serials": {each.number: {
            "title": each.title, "carried_out": plain(each.carried), "began_on_time": plain(each.began),
            "ended_on_time": plain(each.ended), "critical": plain(each.critical), "slack_min": plain(each.slack),
            "lateness_min": {f"q{100 * share:.0f}": number(quantile(each.lateness, share)) for share in SHARES},
            "reasons": dict(each.reasons)} for each in serials(plan, good)},
        "cascade": [{"late": late, "pushed": pushed, "runs": runs, "mean_min": minutes} for late, pushed, runs, minutes in cascade(good)],
    }  # fmt: skip


def lines(plan: Scenario, seed: int, rows: Sequence[Row], columns: int) -> Iterator[str]:
    """For a terminal so many columns wide: the measures, how many serials were completed how often, and the serials."""
    good = [row for row in rows if row.fault is None]
    yield f"{plan.exercise}, seed {seed}, {len(good)} replications"
    yield ""
    headings = ("measure", "mean", "95 % interval", *(f"{100 * share:.0f} %" for share in SHARES), "spread")
    listed: list[tuple[str, ...]] = []
    drawn: list[list[float]] = []
    counted = Counter[int]()
    for name, values, estimate in measured(good):
        cuts = [shown(quantile(values, share)) for share in SHARES]
        runs = "" if len(values) == len(good) else f" ({len(values)} runs)"
        listed.append((name.replace("_", " ") + runs, shown(estimate.value), between(estimate), *cuts))
        drawn.append(values)
        if name == COUNTED:
            counted = Counter(map(int, values))
    taken = sum(max(map(cells, column)) + len(NARROW) for column in zip(headings, *listed, strict=False))
    bins = min(BINS, columns - taken)  # a picture that is wider than its column would be broken as words are
    pictures = [spread(values, bins) if bins >= FEWEST else None for values in drawn]
    told = [(*row, picture[0] if picture else "", "") for row, picture in zip(listed, pictures, strict=True)]
    yield from table((*headings, ""), told, columns, headings[1:-1], 0, NARROW)
    if counted:
        yield ""
        yield from _counted(counted, columns)
    yield ""
    headings = ("No", "done %", "began", "ended", "late", "min", "slack", "crit", "serial")
    listed = []
    for each in serials(plan, good):
        most = each.reasons.most_common(1)
        why = f" ({most[0][0]} {most[0][1]})" if most else ""
        late = f"{whole(quantile(each.lateness, 0.5))} .. {whole(quantile(each.lateness, 0.95))}"
        listed.append((each.number, f"{percent(each.carried.value)} ({between(each.carried, 100)})", percent(each.began.value),
                       percent(each.ended.value), lateness(each.lateness), late, whole(each.slack.value), percent(each.critical.value),
                       each.title + why))  # fmt: skip
    yield from table(headings, listed, columns, [each for each in headings if each != "late"], WORDS, NARROW)
    yield ""
    yield from paragraphs(LEGEND, columns)
    pushed = list(cascade(good))[:MOST_PUSHES]
    if pushed:
        said = ", ".join(
            f"{late} pushed {after} in {runs} (by {minutes:.0f} min)" for late, after, runs, minutes in pushed
        )
        yield ""
        yield from paragraphs(f"Cascade: {said}.", columns)


def _counted(counted: Counter[int], columns: int) -> Iterator[str]:
    """In how many runs how many serials were completed, as bars."""
    yield "serials completed, in how many runs"
    most = max(counted.values())
    wide = min(LONGEST, columns - 16)
    for many in range(min(counted), max(counted) + 1):
        runs = counted[many]
        yield f"{many:>4}  {bar(runs / most, wide)}{' ' if runs else ''}{runs}"


def measured(rows: Sequence[Row]) -> Iterator[tuple[str, list[float], Estimate]]:
    """The measures of the exercise as a whole: name, values where there is one, mean with its interval."""
    names = dict.fromkeys(
        name for row in rows for name, value in row.measures.items() if not isinstance(value, dict)
    )
    for name in names:
        values = [
            float(row.measures[name]) for row in rows if not isnan(row.measures.get(name, float("nan")))
        ]
        yield name, values, mean(values)


class OfSerial(NamedTuple):
    """One serial over many runs: chances that it is carried out, begins and ends on time, and drives the end; minutes late and of slack."""

    number: str
    title: str
    carried: Estimate
    began: Estimate
    ended: Estimate
    critical: Estimate
    slack: Estimate
    lateness: list[float]
    reasons: Counter[str]


def serials(plan: Scenario, rows: Sequence[Row]) -> Iterator[OfSerial]:
    """Each serial of a plan. Chances are of all runs, but that of ending on time and of driving the end of those in which it began."""
    for serial in plan.serials:
        number = serial.serial
        outcomes = [row.outcomes[number] for row in rows if number in row.outcomes]
        carried = sum(result in DONE for result, _ in outcomes)
        reasons = Counter(reason for result, reason in outcomes if result not in DONE and reason)
        late, ended = _of(rows, "lateness_min", number), _of(rows, "finish_lateness_min", number)
        critical = _of(rows, "criticality_share", number)
        yield OfSerial(number, serial.title, chance(carried, len(outcomes)), chance(sum(each * 60 <= PUNCTUAL for each in late), len(outcomes)),
                       chance(sum(each * 60 <= PUNCTUAL for each in ended), len(ended)), chance(round(fsum(critical)), len(critical)),
                       mean(_of(rows, "slack_min", number)), late, reasons)  # fmt: skip


def cascade(rows: Sequence[Row]) -> Iterator[tuple[str, str, int, float]]:
    """Which late serial pushed which: how often, and by how many minutes in the mean; the most frequent first."""
    found: dict[str, list[float]] = {}
    for row in rows:
        pushes = row.measures.get("pushes_min")
        for pair, minutes in pushes.items() if isinstance(pushes, dict) else ():
            found.setdefault(pair, []).append(minutes)
    for pair, each in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        late, _, pushed = pair.partition(">")
        yield late, pushed, len(each), fsum(each) / len(each)


def _of(rows: Sequence[Row], measure: str, serial: str) -> list[float]:
    """A measure of one serial, of the runs that have it."""
    found = (row.measures.get(measure) for row in rows)
    return [float(each[serial]) for each in found if isinstance(each, dict) and serial in each]
