"""The index of the documentation in four parts; a page that no list names is found by its folder."""

from __future__ import annotations

from pathlib import Path

from making.markdown import opening, page, section

ABOUT = """\
Four parts: the tutorial is for learning, how-to pages answer one question each, the reference says all there is, and explanation tells why.
`python docs/build.py --html out/docs` makes browsable pages of them that need no network."""
PARTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "Tutorial": ("Begin here.", ("tutorial.md",)),
    "How to": ("One question each.", (
        "how/plan.md", "how/scenario.md", "how/why.md", "how/replications.md", "how/studies.md", "how/cluster.md", "how/teach.md", "how/new_drill.md",
        "how/python.md", "how/tables.md", "how/facts.md", "how/figures.md", "how/report.md",
    )),
    "Reference": ("Written from the declarations in the code.", (
        "reference/commands.md", "reference/scenario.md", "reference/experiment.md", "reference/drills.md", "reference/scenarios.md",
        "reference/platforms.md", "reference/guns.md", "reference/sensors.md", "reference/seasons.md", "reference/units.md", "reference/measures.md",
        "reference/plots.md", "reference/bands.md", "reference/designs.md", "reference/figures.md", "reference/run_folder.md", "reference/records.md",
            "json.md", "reference/python.md",
    )),
    "Explanation": ("What it is made of, and what came out.", (
        "architecture.md", "drills.md", "teaching.md", "scenarios/README.md", "gallery.md", "results.md", "studies.md", "verification.md", "performance.md",
    )),
}  # fmt: skip
HOMES = {
    "how": "How to",
    "reference": "Reference",
}  # of pages no list names, by folder; the others are explanation


def parts(docs: Path, generated: dict[str, str]) -> dict[str, list[str]]:
    """The pages of each part, by their path in docs. generated: texts of pages that may not be on disk yet."""
    there = {each.relative_to(docs).as_posix() for each in docs.rglob("*.md")} | {
        each for each in generated if each.endswith(".md")
    }
    there -= {"README.md"}
    found = {part: [name for name in names if name in there] for part, (_, names) in PARTS.items()}
    for name in sorted(there - {each for names in found.values() for each in names}):
        found[HOMES.get(name.partition("/")[0], "Explanation")].append(name)
    return found


def index(docs: Path, generated: dict[str, str]) -> str:
    """The page."""
    sections = []
    for part, names in parts(docs, generated).items():
        rows = []
        for name in names:
            title, words = opening(generated.get(name) or (docs / name).read_text("utf-8"))
            rows.append(f"- [{title}]({name}): {words}")
        sections.append(section(part, PARTS[part][0], "\n".join(rows)))
    return page("Documentation", ABOUT, *sections)
