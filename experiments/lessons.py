"""Plays every lesson once, draws it, and writes docs/drills.md with what each drill is and what came out.

python experiments/lessons.py
"""

from __future__ import annotations

import sys
from pathlib import Path

from sim import shelves
from sim.plots import serials
from sim.plots._style import save
from sim.runs import Run, play
from sim.scenario.read import read

ROOT = Path(__file__).parents[1]
LESSONS, PAGE, PICTURES = (
    ROOT / "scenarios" / "lessons",
    ROOT / "docs" / "drills.md",
    ROOT / "docs" / "pictures" / "lessons",
)
SEED = 7
EVERYWHERE = {
    "lateness",
    "holds",
    "score",
    "technical",
    "check-fires",
    "orders",
    "fuel",
    "least-cpa",
}  # of every serial, not of a drill


def main() -> None:
    """One section for each drill on the shelf."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    lines = ["# Drills", "", "What is on the shelf, from its own declarations; the pictures and figures are of one run of each lesson, at seed 7.",
             "Written by `python experiments/lessons.py`. `navdrill show drills NAME` prints roles, parameters and limits.", ""]  # fmt: skip
    for name in shelves.names("drills"):
        lines += section(name)
        print(name, file=sys.stderr)
    PAGE.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def section(name: str) -> list[str]:
    """What the page says of one drill."""
    module, kind = shelves.module("drills", name), shelves.kind("drills", name)
    said = (module.__doc__ or "").strip().split("\n\n")
    about = " ".join("\n\n".join(said[1:]).split("Source")[0].split())
    lines = [f"## {name}", "", said[0].strip(), ""]
    if about:
        lines += [about, ""]
    roles = "; ".join(
        f"{role}: {each.doc}{' (or none)' if each.optional else ''}" for role, each in kind.roles.items()
    )
    lines += [f"Roles: {roles}.", ""]
    lesson = LESSONS / f"{name.replace('-', '_')}.yaml"
    run = play(read(lesson), SEED)
    picture = save(serials.draw(run), PICTURES / f"{lesson.stem}.png")
    lines += [f"Lesson: [scenarios/lessons/{lesson.name}](../scenarios/lessons/{lesson.name})", "",
              f"![{name}]({picture.relative_to(PAGE.parent).as_posix()})", "", *measured(run)]  # fmt: skip
    return lines


def measured(run: Run) -> list[str]:
    """What the run's own measures say of its serial, where they say something."""
    rows = []
    for measure in shelves.names("measures"):
        module = shelves.module("measures", measure)
        if (
            module.OF == "serial"
            and measure not in EVERYWHERE
            and (found := module.measure(run)).get("1") is not None
        ):
            rows.append(f"| {measure} | {found['1']:.3g} {module.UNIT} |")
    return ["| measure | this run |", "|---|---|", *rows, ""] if rows else []


if __name__ == "__main__":
    main()
