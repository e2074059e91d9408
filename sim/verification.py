"""Verification: the cases of the shelf worked one by one, and what they show as a table, a page and data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from sim import shelves
from sim.cases._case import ERRORS, SEED, Case, Gap, Got, Wanted
from sim.cases._sources import SOURCES
from sim.errors import UnknownKind, unknown
from sim.listing import paragraphs, table
from sim.packages import own_version

HOLDS, FAILS = "holds", "FAILS"
HEADINGS = ("case", "output", "expected", "got", "SE", "", "")


@dataclass(frozen=True)
class Row:
    """One output of one case. got: None where the case broke, and then fault says how."""

    case: Case
    output: str
    got: Got | None
    holds: bool
    fault: str = ""

    @property
    def wanted(self) -> Wanted:
        """What should have come out."""
        return self.case.wanted[self.output]


def chapters() -> dict[str, ModuleType]:
    """The chapters of the shelf by name."""
    return {name: shelves.module("cases", name) for name in shelves.names("cases")}


def cases_of(chapter: ModuleType) -> list[Case]:
    """The cases a chapter declares, in the order of its file."""
    return [each for each in vars(chapter).values() if isinstance(each, Case)]


def gaps_of(chapter: ModuleType) -> tuple[Gap, ...]:
    """Its cases that are not there, each with the reason."""
    found: tuple[Gap, ...] = getattr(chapter, "GAPS", ())
    return found


def choose(words: Sequence[str] = ()) -> list[Case]:
    """The cases of some chapters (kinematics or KIN) and by id (KIN-01); all without any word.

    Raises UnknownKind with the nearest, or with the reason where a case is not used.
    """
    every = [(name, case) for name, chapter in chapters().items() for case in cases_of(chapter)]
    gaps = {gap.id: gap for chapter in chapters().values() for gap in gaps_of(chapter)}
    names = dict.fromkeys(each for name, case in every for each in _names(name, case))
    wanted = []
    for word in words:
        folded = word.replace("_", "-").casefold()
        known = next((each for each in names if each.casefold() == folded), None)
        gap = next((each for each in gaps.values() if each.id.casefold() == folded), None)
        if known is None and gap is not None:
            raise UnknownKind(f"case {gap.id} is {_state(gap)}: {gap.why}")
        if known is None:
            raise UnknownKind(unknown("case or chapter", word, names))
        wanted.append(known)
    return [case for name, case in every if not words or any(each in wanted for each in _names(name, case))]


def _names(chapter: str, case: Case) -> tuple[str, str, str]:
    return chapter, case.id.split("-")[0], case.id


def work(
    cases: Sequence[Case], quick: bool = False, begun: Callable[[Case], None] = lambda _: None
) -> list[Row]:
    """Works cases, and holds what came out against what was wanted. begun: is told of each before it is worked.

    A case that breaks fails with all its outputs; the others go on.
    """
    rows = []
    for case in cases:
        begun(case)
        try:
            answer = case.answer(quick)
        except Exception as broken:  # whatever is wrong with a component is what is looked for
            fault = f"{type(broken).__name__}: {broken}"
            rows += [Row(case, output, None, False, fault) for output in case.wanted]
            continue
        rows += [Row(case, name, got, case.wanted[name].allows(got, quick)) for name, got in answer.items()]
    return rows


def failed(rows: Sequence[Row]) -> list[str]:
    """Names of the cases of which an output fails."""
    return list(dict.fromkeys(row.case.name for row in rows if not row.holds))


def lines(rows: Sequence[Row], columns: int) -> Iterator[str]:
    """The rows as a table for a terminal, and the sum of it."""
    listed = [
        (row.case.id, row.output, _number(row.wanted.value), *_got(row), HOLDS if row.holds else FAILS,
         f"{row.case.way}: {row.case.component}; {', '.join(row.case.sources)}" + (f"; {row.fault}" if row.fault else ""))
        for row in rows
    ]  # fmt: skip
    yield from table(HEADINGS, listed, columns, ("expected", "got", "SE"))
    yield ""
    yield _sum(rows)


def _sum(rows: Sequence[Row]) -> str:
    wrong, count = failed(rows), len(dict.fromkeys(row.case.name for row in rows))
    told = f"{_many(count, 'case')} with {_many(len(rows), 'output')}"
    return f"{told}: all hold" if not wrong else f"{told}: {len(wrong)} fail: {', '.join(wrong)}"


def _many(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def content(rows: Sequence[Row], quick: bool) -> dict[str, Any]:
    """The rows as data, case by case."""
    listed: dict[str, dict[str, Any]] = {}
    for row in rows:
        case = row.case
        entry = listed.setdefault(case.name, {
            "id": case.id, "level": case.level, "way": case.way, "title": case.title, "component": case.component,
            "given": case.given, "sources": list(case.sources), "holds": True, "fault": row.fault or None, "outputs": [],
        })  # fmt: skip
        entry["holds"] = entry["holds"] and row.holds
        entry["outputs"].append({
            "output": row.output, "expected": row.wanted.value, "tolerance": row.wanted.tolerance,
            "got": row.got.value if row.got else None, "standard_error": row.got.error if row.got else None,
            "holds": row.holds,
        })  # fmt: skip
    gaps = [gap._asdict() for chapter in chapters().values() for gap in gaps_of(chapter)]
    return {
        "navdrill": own_version(), "seed": SEED, "quick": quick, "failed": failed(rows), "cases": list(listed.values()),
        "not_there": gaps, "sources": SOURCES,
    }  # fmt: skip


def page(rows: Sequence[Row], quick: bool) -> str:
    """The rows as a page in Markdown, with what is not there and why."""
    parts = [INTRODUCTION.format(sum=_sum(rows), errors=ERRORS, how=QUICKLY if quick else FULLY)]
    for name, chapter in chapters().items():
        mine = [row for row in rows if row.case in cases_of(chapter)]
        if mine:
            parts.append("\n".join(_chapter(name, chapter, mine)))
    used = dict.fromkeys(source for row in rows for source in row.case.sources)
    parts.append(
        "## Sources\n\n" + "\n".join(f"- **{key}**: {SOURCES[key]}" for key in SOURCES if key in used)
    )
    return "\n\n".join(parts) + "\n"


def _chapter(name: str, chapter: ModuleType, rows: Sequence[Row]) -> Iterator[str]:
    yield f"## {name.replace('-', ' ').capitalize()}\n"
    yield " ".join(paragraphs((chapter.__doc__ or "").split("\n\n")[0], 10_000)) + "\n"
    yield "| case | way | output | expected | tolerance | got | SE | |"
    yield "|---|---|---|---|---|---|---|---|"
    for row in rows:
        got, error = _got(row)
        yield (f"| {row.case.id} | {row.case.way} | `{row.output}` | {_number(row.wanted.value)} | {row.wanted.tolerance} | "
               f"{got} | {error} | {HOLDS if row.holds else FAILS} |")  # fmt: skip
    yield ""
    yield "| case | what | given | answered by | source |"
    yield "|---|---|---|---|---|"
    shown: dict[str, list[Case]] = {}
    for row in rows:
        same = shown.setdefault(row.case.id, [])
        if row.case not in same:
            same.append(row.case)
    for same in shown.values():
        first, answered = same[0], "; ".join(f"{each.way}: `{each.component}`" for each in same)
        yield f"| {first.id} | {first.title} | {first.given} | {answered} | {', '.join(first.sources)} |"
    alone: dict[str, str] = getattr(chapter, "FUNCTION_ONLY", {})
    told = [(id, why) for id, why in alone.items() if id in shown]
    gaps = gaps_of(chapter)
    if told or gaps:
        yield ""
    for why in dict.fromkeys(why for _, why in told):
        yield f"- Not played: {', '.join(id for id, other in told if other == why)}: {why}."
    for gap in gaps:
        yield f"- {_state(gap).capitalize()}: {gap.id} ({gap.title}): {gap.why}."


def _state(gap: Gap) -> str:
    return "not built yet" if gap.later else "not used"


def _got(row: Row) -> tuple[str, str]:
    if row.got is None:
        return "broke", ""
    return _number(row.got.value), "" if row.got.error is None else f"{row.got.error:.1e}"


def _number(value: float) -> str:
    return f"{value:.7g}"


FULLY = "in full"
QUICKLY = "quickly, by a sixteenth of the draws and a fourth of the accuracy"
INTRODUCTION = """\
# Verification

Values with a published or derived answer, and what the shipped components make of them. This page is written by
`navdrill verify --out docs` and was made {how}: {sum}.

- **paper** asks the closed forms, **drawn** the samplers and functions by many draws, **engine** plays exercises and reads their
  records. A case gives what came out; the expected value is written down from its source and never reckoned anew.
- A drawn value holds within {errors:g} standard errors (SE), and the standard error must itself be no larger than the share
  given. Seeds are fixed, so that the page comes out the same wherever it is made. `--quick` takes a sixteenth of the draws and
  allows four times the error.
- Compass degrees run clockwise from north; x is east and y north; a nautical mile is 1852 m; units end the names of outputs.
- Queues leave out the first tenth, and their error is that between independent replications.
- Who is in range at the start is a contact at once and said to be; the closest approach within a step of time counts always,
  for contacts are solved and not sampled (SRCH-13).
- A case is a function in its chapter, a file of `sim/cases/`, under a line that says what is given and wanted; a new one needs
  no list. Small scenarios of cases that are played stand in `sim/cases/scenarios/`.

```sh
navdrill verify --quick --only AIR --only GEO-01
```"""
