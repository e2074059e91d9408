"""All that is known of a scenario's numbers as one page, in Markdown or HTML: facts, assumptions, sources that differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sim.provenance import THE_SCENARIO, Provenance
from sim.report._html import document, fill, folded, join, source, table
from sim.report.markdown import plain
from sim.reported import Reported
from sim.scenario.facts import Fact, Source

FOLDED = 40  # rows; a longer table opens when asked for


class Part(NamedTuple):
    """A section of the page: a title, what it is about, and a table."""

    title: str
    about: str
    headings: tuple[str, ...]
    rows: list[tuple[str, ...]]


def parts(
    found: Provenance, sources: Mapping[str, Source], simulated: Sequence[Reported] | None = None
) -> list[Part]:
    """The sections. simulated: what runs show of reported quantities; None without runs."""
    facts = found.sheet.facts if found.sheet is not None else {}
    counts = found.counts()
    told = [
        Part(
            "Numbers",
            f"{len(found.entries)} numbers of the scenario and its data sheets: {counts['fact']} facts, {counts['assumed']} assumptions "
            f"with a range and a reason, {counts['bare']} with neither.",
            ("number", "value", "range", "basis", "how exact", "source", "fact or reason"),
            list(_numbers(found, facts)),
        ),
        Part(
            "Facts used", "What the scenario is drawn from, and by whom each is used.",
            ("fact", "statement", "value", "how exact", "confidence", "source", "used by"),
            [(*_fact(name, facts[name]), ", ".join(path or THE_SCENARIO for path in found.used[name]))
             for name in facts if name in found.used],
        ),
        Part(
            "Facts not used", "On the sheet, and why nothing is drawn from them.",
            ("fact", "statement", "value", "how exact", "confidence", "source", "why"),
            [(*_fact(name, facts[name]), why) for name, why in found.unused().items()],
        ),
        Part(
            "Where sources differ", "Statements about one thing that cannot both be so, side by side.",
            ("fact", "one says", "source", "the other fact", "the other says", "source"),
            list(_differing(facts)),
        ),
    ]  # fmt: skip
    if simulated is not None:
        told.append(
            Part(
                "Reported against simulated",
                "Quantities that were reported and that runs show: the mean of the runs with its 95 % interval, and where nine runs in ten fall. "
                "They agree when what was reported lies there.",
                ("fact", "what", "reported", "runs", "mean of the runs", "95 % interval", "nine in ten", "verdict"),
                [_against(each, found) for each in simulated],
            )
        )  # fmt: skip
    cited = dict.fromkeys(
        [tag for fact in facts.values() for tag in fact.source]
        + [tag for entry in found.entries for tag in entry.source]
    )
    told.append(
        Part(
            "Sources", "What is cited above.", ("source", "title", "what it gives", "address"),
            [(tag, sources[tag].title, sources[tag].says, sources[tag].url or "") for tag in cited if tag in sources],
        )
    )  # fmt: skip
    return told


def as_markdown(title: str, told: Sequence[Part]) -> str:
    """The page in Markdown."""
    lines = [f"# {plain(title)}: where its numbers come from", ""]
    for part in told:
        lines += [f"## {plain(part.title)}", "", plain(part.about), ""]
        if part.rows:
            lines += [_row(part.headings), "|" + "---|" * len(part.headings)]
            lines += [_row([plain(cell) for cell in row]) for row in part.rows]
        else:
            lines.append("None.")
        lines.append("")
    return "\n".join(lines)


def as_html(title: str, told: Sequence[Part]) -> str:
    """The page in HTML: one file that needs nothing else; whatever names hold, they are text."""
    sections = []
    for at, part in enumerate(told):
        body = table(part.headings, part.rows, part.title) if part.rows else fill("<p>None.</p>\n")
        if len(part.rows) > FOLDED:
            body = folded(f"{len(part.rows)} rows", body)
        sections.append(fill('<section id="part-{at}"><h2>{title}</h2>\n<p>{about}</p>\n{body}</section>\n',
                             at=at, title=part.title, about=part.about, body=body))  # fmt: skip
    links = join(
        fill('<li><a href="#part-{at}">{title}</a></li>', at=at, title=part.title)
        for at, part in enumerate(told)
    )
    body = fill(
        "<header><h1>{title}</h1><p>Where its numbers come from.</p></header>\n"
        '<nav aria-label="Parts of this page"><ul>{links}</ul></nav>\n<main>\n{sections}</main>\n',
        title=title, links=links, sections=join(sections),
    )  # fmt: skip
    return document(f"{title}: facts and assumptions", body, [source("report.css")], [])


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _numbers(found: Provenance, facts: Mapping[str, Fact]) -> Iterator[tuple[str, ...]]:
    for row in found.content()["numbers"]:
        name = (row["fact"] or "").rpartition("/")[2]
        exactness = facts[name].exactness if name in facts else ""
        reason = f"{row['fact']}. {row['why'] or ''}".strip() if row["fact"] else row["why"]
        yield (
            row["path"],
            row["value"],
            row["range"],
            row["basis"],
            exactness,
            ", ".join(row["source"]),
            reason,
        )


def _fact(name: str, fact: Fact) -> tuple[str, ...]:
    return (name, fact.statement, _value(fact), fact.exactness, fact.confidence, ", ".join(fact.source))


def _value(fact: Fact) -> str:
    if fact.low is None and fact.high is None:
        return fact.value or ""
    return f"{fact.value} ({fact.low or fact.value} .. {fact.high or fact.value})"


def _differing(facts: Mapping[str, Fact]) -> Iterator[tuple[str, ...]]:
    for name, fact in facts.items():
        for other in fact.against:
            yield (other, *_says(facts[other]), name, *_says(fact))


def _says(fact: Fact) -> tuple[str, str]:
    value = _value(fact)
    return (f"{value}: {fact.statement}" if value else fact.statement, ", ".join(fact.source))


def _against(each: Reported, found: Provenance) -> tuple[str, ...]:
    def shown(*amounts: float) -> str:
        return " .. ".join(each.shown(amount, found.plan) for amount in amounts)

    span = f" ({shown(each.low, each.high)})" if each.low < each.high else ""
    unit = "" if each.is_moment or each.unit == "share" else f" {each.unit}"
    if not each.runs:
        return (each.fact, each.what, f"{shown(each.value)}{span}{unit}", "0", "", "", "", each.verdict)
    return (each.fact, each.what, f"{shown(each.value)}{span}{unit}", str(each.runs), f"{shown(each.simulated.value)}{unit}",
            shown(each.simulated.low, each.simulated.high), shown(*each.usual), each.verdict)  # fmt: skip
