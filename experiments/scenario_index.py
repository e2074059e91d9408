"""Writes docs/scenarios/README.md: every scenario with its page, and every fact of the report with the scenarios that use it or the reason why none does.

python experiments/scenario_index.py
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sim.report.markdown import plain
from sim.scenario.facts import Fact, FactSheet, read_facts
from sim.scenario.files import shipped_files
from sim.scenario.read import read

ROOT = Path(__file__).parent.parent
SCENARIOS, PAGES, SEEDS = ROOT / "scenarios", ROOT / "docs" / "scenarios", ROOT / "seeds"
PAGE = PAGES / "README.md"
REPORT = "S01"  # the news report that the project starts from, among the sources
SHARED = {
    "air_patrol_series_2019_2023": "air_patrols",
    "joint_air_patrol_2023": "air_patrols",
    "joint_sea_patrol_2023": "sea_patrol",
    "passage_to_the_area_2023": "sea_patrol",
}  # pages of two scenarios
GROUPS = {
    "": (
        "Scenarios",
        "Exercises drawn from what was reported, and one to learn from. Each runs with `navdrill run NAME`.",
    ),
    "lessons": (
        "Lessons",
        "One drill each, with ships of the exercise: [drills.md](../drills.md) has a picture and the measures of each.",
    ),
    "teaching": (
        "Textbook results",
        "A question, the textbook's answer and what runs show: [teaching.md](../teaching.md).",
    ),
}  # by the name of their folder
MANY = 3  # lessons that are named; more are counted


def main() -> None:
    """Writes the page."""
    PAGE.write_text(page(), encoding="utf-8")


def page() -> str:
    """The page as it should be now."""
    lines = [
        "# Every scenario, and every fact of the report",
        "",
        "What comes with navdrill, with its page, and where the report is used. Written by `python experiments/scenario_index.py`.",
        "",
    ]
    for folder, (title, about) in GROUPS.items():
        lines += [f"## {title}", "", about, "", "| scenario | what it is | page |", "|---|---|---|"]
        lines += [
            _row(name, path) for name, path in sorted(shipped_files().items()) if folder_of(path) == folder
        ]
        lines.append("")
    return "\n".join([*lines, *report()]).rstrip() + "\n"


def folder_of(path: Path) -> str:
    """The folder a scenario stands in, empty for the uppermost."""
    return "" if path.parent.name == SCENARIOS.name else path.parent.name


def _row(name: str, path: Path) -> str:
    there = SHARED.get(name, name)
    link = f"[{there}.md]({there}.md)" if (PAGES / f"{there}.md").is_file() else ""
    return f"| [{name}](../../{path.relative_to(ROOT).as_posix()}) | {plain(read(path).about)} | {link} |"


def report() -> list[str]:
    """The table of the report's facts, of all sheets."""
    lines = ["## Every fact of the report", "",
             "The news report the project starts from (S01 of `seeds/sources.yaml`), fact by fact as the fact sheets in `seeds/` have them: which scenarios draw on each, or why none does. "
             "`navdrill facts NAME` shows where in a scenario.", "",
             "| fact | statement | how exact | used by, or why not |", "|---|---|---|---|"]  # fmt: skip
    lines += [
        f"| {name} | {plain(fact.statement)} | {fact.exactness} | {uses(fact)} |" for name, fact in facts()
    ]
    return lines


def sheets() -> Iterator[FactSheet]:
    """The fact sheets, that of the exercise first."""
    paths = [path for path in SEEDS.glob("*.yaml") if path.stem != "sources"]
    yield from (
        read_facts(path)
        for path in sorted(paths, key=lambda path: (path.stem != "sea_of_japan_2023", path.stem))
    )


def facts() -> Iterator[tuple[str, Fact]]:
    """Those that come from the report."""
    for sheet in sheets():
        yield from ((name, fact) for name, fact in sheet.facts.items() if REPORT in fact.source)


def elsewhere(fact: Fact) -> list[str]:
    """Scenarios that the reason names: they draw on a statement of their own sheet about the same thing."""
    words = re.findall(r"\w+", fact.context or "")
    return [name for name in shipped_files() if name in words]


def uses(fact: Fact) -> str:
    """Scenarios by name, lessons by number when there are many; the reason where there are none."""
    files = shipped_files()
    known = [name for name in fact.used_by if name in files]
    if not known and elsewhere(fact):
        return ", ".join(f"`{name}`" for name in elsewhere(fact)) + ", by a statement of another sheet"
    whole = [f"`{name}`" for name in known if not folder_of(files[name])]
    lessons = [f"`{name}`" for name in known if folder_of(files[name])]
    if len(lessons) > MANY:
        lessons = [f"{len(lessons)} lessons"]
    return ", ".join([*whole, *lessons]) if known else f"not played: {plain(fact.context or '')}"


if __name__ == "__main__":
    main()
