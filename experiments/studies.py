"""Plays the studies that answer the report's questions, and writes docs/studies.md and docs/studies/ with what came out.

python experiments/studies.py            all of them, some ten minutes on two cores; interrupted, it goes on where it was
python experiments/studies.py --quick    two replications each, to see that they run; writes nothing into docs
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from sim.conclusions import assumption_lines, assumptions, lines
from sim.crews import processors
from sim.figures import _assumptions, interaction, main_effects, tornado
from sim.plots._style import save
from sim.progress import Progress
from sim.scenario.read import planted
from sim.studies.assumptions import study_of_assumptions
from sim.studies.experiment import Study, read_experiment
from sim.studies.results import Results, load
from sim.studies.sweep import sweep

ROOT = Path(__file__).parents[1]
PAGE, PICTURES, OUT = ROOT / "docs" / "studies.md", ROOT / "docs" / "studies", ROOT / "out" / "studies"
MAIN = ROOT / "scenarios" / "northern_interaction_2023.yaml"
COLUMNS, POINTS = 110, 512
ASKED = {
    "fog_and_sea": ("How much of the four days is left in worse weather?", "interaction"),
    "delay_and_learning": (
        "What do delays between two navies, and how fast they learn, cost?",
        "main-effects",
    ),
    "hunters_and_helicopters": ("How many escorts and helicopters find a submarine?", "interaction"),
    "guns_and_range": ("What decides a surface shoot: range, aim, spotting, or the sea?", "tornado"),
    "serials_a_day": ("Do fewer serials, or more patience with one, leave a day less late?", "tornado"),
}  # the question of each, and the picture that answers it
KINDS = {"interaction": interaction, "main-effects": main_effects, "tornado": tornado}


def main() -> None:
    """All studies, one after another."""
    quick = "--quick" in sys.argv[1:]
    told = ["# Studies", "", "What the exercise answers when it is played many times over. Each study is a file in `experiments/`, played by `navdrill sweep`; "
            "this page and its pictures are written by `python experiments/studies.py`. How to make one: [how/studies.md](how/studies.md).", "",
            "A change is from one level to another, or from the low end of a range to the high one, in the mean over all else; a star where its "
            "95 % interval leaves out no change. Points share their luck run by run.", ""]  # fmt: skip
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) if quick else OUT
        PICTURES.mkdir(parents=True, exist_ok=True)
        for name, (question, kind) in ASKED.items():
            study = read_experiment(ROOT / "experiments" / f"{name}.yaml", replications=2 if quick else None)
            found = played(study, out / name)
            told += [f"## {question}", "", f"[experiments/{name}.yaml](../experiments/{name}.yaml)", ""]
            picture = next(iter(KINDS[kind].draw(found)))[1]
            told += [*pictured(found, picture, name, quick), "```text", *lines(found, COLUMNS), "```", ""]
        told += ranking(out, quick)
    if not quick:
        PAGE.write_text("\n".join(told).rstrip() + "\n", encoding="utf-8")


def played(study: Study, folder: Path) -> Results:
    """A study, or what is left of it."""
    with Progress() as progress:
        sweep(study, folder, workers=processors(), finished=progress.counting("runs", study.runs))
    print(f"{study.experiment.experiment}: {study.runs} runs", file=sys.stderr)
    return load(folder)


def pictured(found: Results, figure: object, name: str, quick: bool) -> list[str]:
    """A picture, and the line of the page that shows it."""
    picture = save(figure, (found.folder if quick else PICTURES) / f"{name}.png")  # type: ignore[arg-type]
    return [f"![{found.experiment.experiment}](studies/{picture.name})", ""]


def ranking(out: Path, quick: bool) -> list[str]:
    """Which assumption matters most."""
    tree = planted(MAIN)
    study, lost = study_of_assumptions(tree, MAIN.parent, 16 if quick else POINTS, 1, 7)
    found = played(study, out / "assumptions")
    ranks = assumptions(found)
    said = [
        "## Which assumption matters most?",
        "",
        f"`navdrill sensitivity northern_interaction_2023 --seed 7 --points {POINTS}`",
        "",
    ]
    said += pictured(found, _assumptions.draw(found, ranks), "assumptions", quick)
    return [*said, "```text", *assumption_lines(found, ranks, lost, COLUMNS), "```", ""]


if __name__ == "__main__":
    main()
