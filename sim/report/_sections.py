"""The parts of the page below its pictures: serials, logistics, safety, cooperation, measures, provenance, manifest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sim.log import Record
from sim.measures.score import breaches
from sim.provenance import SHEETS, Provenance
from sim.report._account import Account, Measured, hold_words, interactions, late, outcome, times
from sim.report._captions import clock, said, value
from sim.report._html import Markup, bullets, entries, fill, folded, join, table
from sim.runs import Run
from sim.scenario.roles import muster

KINDS_OF = {
    "exercise": "The exercise as a whole",
    "serial": "Serials",
    "unit": "Units",
    "area": "Areas",
    "reason": "Holds by reason",
    "pair": "Pairs of units of two forces",
}
SAFETY = ("check-fire", "close-quarters", "fouled", "out-of-fuel", "hauled-off", "wave-off", "breakaway")
OPEN = 12  # serials up to which each is open when the page is


def serials(run: Run, found: list[Account]) -> Markup:
    """A part for each serial, which opens."""
    overview = table(
        ("No", "Serial", "Planned", "COMEX", "FINEX", "Outcome", "Score"),
        (_line(run, each) for each in found), "Serials in the order of the plan", right=(6,),
    )  # fmt: skip
    return join((overview, *(_serial(run, each, len(found) <= OPEN) for each in found)))


def _line(run: Run, account: Account) -> Iterable[Any]:
    row, actual, score = account.row, account.row.actual, account.measure("score")
    link = fill('<a href="#{link}">{number}</a>', link=account.link, number=row.serial)
    begun = ("–", "–") if actual is None else (clock(run, actual.start), clock(run, actual.end))
    result = fill('<span class="result {look}">{words}</span>', look=row.result, words=outcome(row))
    return (
        link,
        row.title,
        clock(run, row.planned.start),
        *begun,
        result,
        f"{score.value:.2f}" if score and score.value else "–",
    )


def _serial(run: Run, account: Account, is_open: bool) -> Markup:
    row = account.row
    facts: list[tuple[str, Any]] = [
        ("Drill", account.drill_title),
        ("Area", account.area or "none"),
        ("Conducted by", run.plan.forces[row.force].name),
        *((f"{what.capitalize()}", f"{start} to {end}") for what, start, end in times(run, row)),
    ]
    if row.actual is not None:
        facts.append(("Began", late(row)))
    facts.append(("Result", outcome(row)))
    facts.append(("Units", account.manning))
    parts = [entries(facts)]
    if row.holds:
        parts += [Markup("<h4>Holds</h4>\n"), bullets(hold_words(run, each) for each in row.holds)]
    parts.append(Markup("<h4>What led to it</h4>\n"))
    parts.append(fill("<ol reversed>\n{steps}</ol>\n", steps=join(
        fill("<li><time>{when}</time> {words}</li>\n", when=clock(run, each.time), words=each.words) for each in account.causes)))  # fmt: skip
    if account.measures:
        parts.append(table(("Measure", "Value"), ((each.name, each.shown) for each in account.measures),
                           f"Scores and measures of serial {row.serial}", right=(1,)))  # fmt: skip
    if account.pairs:
        parts.append(table(("Unit", "With", "Interactions"), account.pairs, f"Interactions across the boundary in serial {row.serial}",
                           right=(2,)))  # fmt: skip
    if account.events:
        events = join(fill("<li><time>{when}</time> {words}</li>\n", when=clock(run, each.time), words=each.words)
                      for each in account.events)  # fmt: skip
        parts.append(
            folded(
                f"All {len(account.events)} events", fill('<ol class="events">\n{events}</ol>', events=events)
            )
        )
    return fill(
        '<details class="serial" id="{link}"{opened}><summary><h3>{number} {title}</h3> <span class="result {look}">{outcome}</span></summary>\n'
        "{parts}</details>\n",
        link=account.link, opened=Markup(" open" if is_open else ""), number=row.serial, title=row.title, look=row.result,
        outcome=outcome(row), parts=join(parts),
    )  # fmt: skip


def logistics(run: Run) -> Markup:
    """Fuel of each ship from beginning to end, and what was handed over."""
    first: dict[str, Mapping[str, Any]] = {}
    last: dict[str, Mapping[str, Any]] = {}
    least: dict[str, float] = {}
    for record in run.log.of("fuel"):
        name = record.unit or ""
        first.setdefault(name, record.details)
        last[name] = record.details
        least[name] = min(least.get(name, float("inf")), record.details["fuel_t"])
    taken: dict[str, float] = {}
    for record in run.log.of("transfer"):
        taken[record.unit or ""] = taken.get(record.unit or "", 0.0) + record.details["fuel_t"]
    burnt = run.measures("fuel")["fuel"]
    rows = [
        (name, f"{each['capacity_t']:.0f}", f"{first[name]['fuel_t']:.0f}", f"{burnt.get(name, 0.0):.0f}", f"{taken.get(name, 0.0):.0f}",
         f"{least[name]:.0f}", f"{each['fuel_t']:.0f}", f"{each['fuel_t'] / each['capacity_t']:.0%}" if each["capacity_t"] else "–")
        for name, each in last.items()
    ]  # fmt: skip
    made = [_listed(run, record) for record in run.log.of("transfer", "breakaway", "out-of-fuel")]
    flown, rounds = run.measures("sorties")["sorties"], run.measures("rounds")["rounds"]
    parts = [
        table(
            ("Ship", "Bunkers", "At first", "Burnt", "Taken over", "Least", "At the end", "Left"),
            rows,
            "Fuel, tonnes",
            right=range(1, 8),
        )
    ]
    parts += [Markup("<h3>Handed over at sea</h3>\n"), bullets(made)] if made else []
    used = [
        (each.name, run.plan.forces[each.force].name, flown.get(each.name, 0), rounds.get(each.name, 0))
        for each in muster(run.plan)
    ]
    parts.append(table(("Unit", "Force", "Sorties", "Rounds"), [row for row in used if row[2] or row[3]], "Sorties flown and rounds fired",
                       right=(2, 3)))  # fmt: skip
    return join(parts)


def safety(run: Run) -> Markup:
    """What safety stopped, and what it found."""
    found = [
        (clock(run, record.time), record.serial or "–", _words(run, record)) for record in run.log.of(*SAFETY)
    ]
    unsafe = sorted(breaches(run), key=[each.serial for each in run.plan.serials].index)
    words = (
        f"Rounds were fired with a stranger inside the range in: {', '.join(unsafe)}." if unsafe
        else "No round was fired while a stranger was inside the range."
    )  # fmt: skip
    parts = [fill("<p>{words}</p>\n", words=words)]
    if found:
        parts.append(table(("When", "Serial", "What"), found, "Check fires and other findings"))
    else:
        parts.append(Markup("<p>There was no check fire and nothing else to tell.</p>\n"))
    return join(parts)


def cooperation(run: Run, found: list[Measured]) -> Markup:
    """Who worked with whom across the boundary."""
    pairs = sorted((each for each in found if each.of == "pair"), key=lambda each: -(each.value or 0.0))
    if not pairs:
        return Markup("<p>No two units of different forces worked with each other.</p>\n")
    outside = sum(interactions(run).get(None, {}).values())
    words = f"Records that name two units of different forces in a serial in which both take part, contacts left out; {outside} of them belong to no serial."
    rows = ((each.key, f"{each.value:.0f}") for each in pairs)
    return join(
        (
            fill("<p>{words}</p>\n", words=words),
            _folded("All pairs", ("Pair", "Interactions"), rows, right=(1,)),
        )
    )


def measures(found: list[Measured]) -> Markup:
    """Every measure, by what it is of."""
    whole = [(each.name, each.shown) for each in found if each.of == "exercise"]
    parts = [table(("Measure", "Value"), whole, KINDS_OF["exercise"], right=(1,))]
    for of in dict.fromkeys((*KINDS_OF, *(each.of for each in found))):
        if of != "exercise":
            rows = ((each.name, each.key, each.shown) for each in found if each.of == of)
            parts.append(_folded(KINDS_OF.get(of, of), ("Measure", "Of", "Value"), rows, right=(2,)))
    return join(parts)


def sources(found: Provenance) -> Markup:
    """Facts and assumptions the scenario stands on."""
    content = found.content()
    counts = content["counts"]
    parts = [fill("<p>{total} numbers: {fact} facts, {assumed} assumptions with a range and a reason, {bare} with neither.</p>\n",
                  total=sum(counts.values()), **counts)]  # fmt: skip
    own = [each for each in content["numbers"] if not each["path"].startswith(SHEETS)]
    sheets = [each for each in content["numbers"] if each["path"].startswith(SHEETS)]
    for title, numbers in (("Numbers of the scenario", own), ("Numbers of its data sheets", sheets)):
        parts.append(
            _folded(title, ("Where", "Value", "Range", "Basis", "Source or reason"), map(_number, numbers))
        )
    used = ((name, each["statement"], ", ".join(each["by"])) for name, each in content["facts_used"].items())
    parts.append(_folded("Facts used", ("Fact", "Statement", "Used by"), used))
    parts.append(_folded("Facts not used", ("Fact", "Why not"), content["facts_unused"].items()))
    return join(parts)


def _number(entry: Mapping[str, Any]) -> tuple[Any, ...]:
    """One number of the ledger as a row."""
    reason = entry["fact"] or ", ".join(entry["source"]) or entry["why"]
    return entry["path"], entry["value"], entry["range"], entry["basis"], reason


def _folded(
    title: str, headings: Iterable[str], rows: Iterable[Iterable[Any]], right: Iterable[int] = ()
) -> Markup:
    """A table that opens when asked for, with how many rows it has; nothing when it has none."""
    found = list(rows)
    return folded(f"{title}: {len(found)}", table(headings, found, title, right)) if found else Markup("")


def manifest(about: Mapping[str, Any]) -> Markup:
    """What the run is, and how to play it again."""
    packages = ", ".join(f"{name} {number}" for name, number in about.get("packages", {}).items())
    command = about.get("command") or "not known: it was run from a program"
    return entries((
        ("To repeat it", fill("<code>{command}</code>", command=command)),
        ("Exercise", about["exercise"]),
        ("Seed", about["seed"]),
        ("Replication", about["replication"]),
        ("Fingerprint", fill("<code>{digits}</code>", digits=about["fingerprint"])),
        ("Scenario digest", fill("<code>{digits}</code>", digits=about["scenario_digest"])),
        ("Records", about["records"]),
        ("navdrill", about["version"]),
        ("Python", about["python"]),
        ("Packages", packages),
    ))  # fmt: skip


def _listed(run: Run, record: Record) -> str:
    who = " from ".join(name for name in (record.unit, record.other) if name)
    if record.kind == "transfer":
        return f"{clock(run, record.time)} {who}: {value('fuel_t', record.details['fuel_t'])} in {record.details['minutes']:.0f} min"
    return f"{clock(run, record.time)} {_words(run, record)}"


def _words(run: Run, record: Record) -> str:
    return said(record, next(kind for kind in run.log.kinds() if kind.word == record.kind))
