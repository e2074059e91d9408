"""Draws every kind of picture of the main exercise, of one run of seed 7 and of its first replications, and writes docs/gallery.md.

Run with `python experiments/gallery.py [FOLDER]`; FOLDER is docs unless another is named.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sim import shelves
from sim.plots._style import save
from sim.plots._symbols import table
from sim.runs import Run, play
from sim.scenario.read import read

ROOT = Path(__file__).parent.parent
SCENARIO, SEED = "scenarios/northern_interaction_2023.yaml", 7
RUNS = 40  # replications in pictures of many runs
DOTS = 90  # an inch: legible on a page, and light in a repository
SAID = {
    "timeline": "**Planned and actual.** Each serial has its planned bar above and its actual bar below on one clock, so lateness "
    "is a step to the right, a hold is a hatched gap, and the strip of weather above says why.",
    "tracks": "**Tracks.** The region is at the left and the exercise areas at the right; follow a colour to see where a navy "
    "went, a symbol to see where a ship was last, and a lettered mark to see where something went wrong.",
    "serials": "**Serials.** One small chart for each serial from COMEX to FINEX: tracks in the colours of the navies, targets "
    "dash-dotted, a symbol where each was last, and the kinds of event by shape with their number in brackets.",
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
    "times: parallel lines are a collision course, fanning ones a stern chase or a target that turned. Symbols stand at the beginning, ring and cross at the end.",
}  # in the order of the page


MANY = {
    "timeline": "Under each planned bar the runs' COMEX and FINEX: a short thick bar is a serial one can count on, a long thin one has a tail, "
    "as of gunnery that fog puts off to the next day; at the right how often it was carried out.",
    "scoreboard": "The mean of each unit in each drill, and below it how much it spreads: much spread at a good mean is a drill that "
    "goes well or not at all.",
    "fall-of-shot": "All rounds for effect together: a cross off the middle is an error of aim that does not average out, a wide cloud dispersion.",
    "detection-ranges": "Each point is a first detection; marks and bars say how far off half of them, the middle half and nine in ten were.",
    "fuel-and-ammunition": "A panel for each ship: two branches of a band are runs with a replenishment and without, steps are shoots, and how wide "
    "the band ends is what the planner cannot know.",
    "utilisation": "The share of the exercise that units and areas were in use: long bars are units whose load hangs on luck.",
    "contacts": "Half of the runs are below the line; the pale band holds nine in ten, and its upper edge is what the picture keepers must be able to hold.",
    "cooperation": "The share of possible pairs grows within a narrow band: cooperation is planned, not luck; at the right the pairs that formed in "
    "every run, and those that did not.",
}


def page(run: Run, runs: list[Run], folder: Path) -> str:
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
    save(table(), pictures / "symbols.png", DOTS)
    lines += [
        "", "## Unit symbols", "",
        "Charts, maps and the replay mark units after APP-6: the frame says whose a unit is and where it moves, the icon of what kind it is, and the",
        "colour of which force. Friend is the force of the officer conducting and all that share a serial with it; those its serials are `against` are",
        "unknown until identified; other forces and ships passing by are neutral; targets, and whoever plays an intruder, raider or submarine, hostile.",
        "", "![symbols](pictures/gallery/symbols.png)",
        "", "## Many runs", "",
        f"The same exercise, {len(runs)} replications of seed {run.seed}: `navdrill run SCENARIO -n {len(runs)}` keeps measures, not logs, so `navdrill plot` plays the first",
        "replications (30, or `--runs`) again, checks that each comes out as it did, and draws these. `navdrill plot STUDY` draws what a study shows,",
        "`navdrill plot STUDY@3` these pictures of its point 3; in Python it is `sim.draw(\"timeline\", runs)` with `runs = sim.load_runs(FOLDER)`.",
    ]  # fmt: skip
    for kind in sorted(shelves.names("bands"), key=list(MANY).index):
        path = save(shelves.module("bands", kind).draw(runs), pictures / f"many-{kind}.png", DOTS)
        lines += [
            "",
            f"### {kind}",
            "",
            MANY[kind],
            "",
            f"![{kind} of many runs](pictures/gallery/{path.name})",
        ]
    return "\n".join(lines) + "\n"


def main(folder: Path) -> None:
    """Plays, draws and writes."""
    plan = read(ROOT / SCENARIO)
    runs = [play(plan, SEED, replication) for replication in range(RUNS)]
    (folder / "gallery.md").write_text(page(runs[0], runs, folder), encoding="utf-8")
    print(
        f"{folder / 'gallery.md'}: {len(shelves.names('plots'))} kinds of picture of a run, {len(shelves.names('bands'))} of many"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs")
