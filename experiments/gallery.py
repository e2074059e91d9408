"""Draws every kind of picture of the main exercise, seed 7, and writes docs/gallery.md with what each shows.

Run with `python experiments/gallery.py [FOLDER]`; FOLDER is docs unless another is named.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sim import shelves
from sim.plots._style import save
from sim.runs import Run, play
from sim.scenario.read import read

ROOT = Path(__file__).parent.parent
SCENARIO, SEED = "scenarios/northern_interaction_2023.yaml", 7
DOTS = 90  # an inch: legible on a page, and light in a repository
SAID = {
    "timeline": "**Planned and actual.** Each serial has its planned bar above and its actual bar below on one clock, so lateness "
    "is a step to the right, a hold is a hatched gap, and the strip of weather above says why.",
    "tracks": "**Tracks.** The region is at the left and the exercise areas at the right; follow a colour to see where a navy "
    "went, and a lettered mark to see where something went wrong.",
    "serials": "**Serials.** One small chart for each serial from COMEX to FINEX: tracks in the colours of the navies, targets "
    "dash-dotted, and the kinds of event by shape with their number in brackets.",
    "scoreboard": "**Scoreboard.** Units down, drills across, and the mean score in each cell: a dark column is a drill that "
    "went badly for all, a dark row a unit that was in the wrong serials, a cross one that dropped out.",
    "fall-of-shot": "**Fall of shot.** Every round about its target, one panel a string: rounds for effect inside the yellow "
    "outline hit, a cloud beside it is an error of aim, a wide cloud is dispersion.",
    "detection-ranges": "**Detection ranges.** The observer is in the middle and north is up; filled marks are first detections, "
    "so how far out they lie is the warning, and the dashed circle is its mean against raiders.",
    "fuel-and-ammunition": "**Fuel and ammunition.** Each ship's bunkers and magazines in per cent: slopes are fuel burnt, a step up "
    "is a replenishment, steps down are shoots.",
    "utilisation": "**Utilisation.** Bars are serials by number, for each unit from being told off to release and for each area from "
    "COMEX to FINEX; long white stretches are units or water that the schedule leaves idle.",
    "contacts": "**Contacts over time.** What sensors hold, what each navy holds, and what is held of serials' targets: troughs under "
    "fog and silence, peaks when aircraft are up.",
    "cooperation": "**Cooperation.** Orange edges join units of two navies that worked together, the wider the more often; at the "
    "right the share of possible pairs grows to the measured density, day by day.",
    "search-coverage": "**Search coverage.** Pale strips are as wide as a ship's sweep, diamonds are dips, squares buoys, stars "
    "detections; compare the painted area with the dashed one to see how little of it was searched.",
    "intercepts": "**Intercept geometry.** Each panel has who was sent, what was met and the lines of sight between them at equal "
    "times: parallel lines are a collision course, fanning ones a stern chase or a target that turned.",
}  # in the order of the page


def page(run: Run, folder: Path) -> str:
    """Draws all kinds into folder/pictures/gallery and gives the page. Raises ValueError for a kind of which nothing is said."""
    pictures = folder / "pictures" / "gallery"
    pictures.mkdir(parents=True, exist_ok=True)
    lines = [
        "# Gallery",
        "",
        f"Every kind of picture that `navdrill plot` draws, of {run.plan.exercise} with seed {run.seed}. "
        "`navdrill plot RUN` draws them all,",
        "`navdrill plot RUN cooperation --format svg` one; in Python it is `sim.draw(\"cooperation\", run)`. All are drawn from the log and",
        "the measures of a run, in colours that the colour-blind tell apart, with a shape, stroke or hatch beside each colour.",
        "This page is made by `python experiments/gallery.py`.",
    ]  # fmt: skip
    for kind in sorted(shelves.names("plots"), key=list(SAID).index):
        path = save(shelves.module("plots", kind).draw(run), pictures / f"{kind}.png", DOTS)
        lines += ["", f"## {kind}", "", SAID[kind], "", f"![{kind}](pictures/gallery/{path.name})"]
    return "\n".join(lines) + "\n"


def main(folder: Path) -> None:
    """Plays, draws and writes."""
    run = play(read(ROOT / SCENARIO), seed=SEED)
    (folder / "gallery.md").write_text(page(run, folder), encoding="utf-8")
    print(f"{folder / 'gallery.md'}: {len(shelves.names('plots'))} kinds of picture")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs")
