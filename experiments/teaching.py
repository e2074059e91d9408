"""Plays the teaching scenarios and writes docs/teaching.md: for each the question, the textbook's answer, and what many runs show.

python experiments/teaching.py [--runs 400] [NAME ...]    with names: prints their tables, and writes nothing
"""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from textbook import gunnery, motion, schedules, searching
from textbook.line import Answer, Line
from textbook.picture import overview

from sim import shelves
from sim.estimates import Estimate, chance, mean
from sim.plots._style import save
from sim.runs import play
from sim.scenario.overrides import read_with

ROOT = Path(__file__).parent.parent
FOLDER, PAGE = ROOT / "scenarios" / "lessons" / "teaching", ROOT / "docs" / "teaching.md"
PICTURES = PAGE.parent / "pictures" / "teaching"
DRAWN = {
    "random_search": "search-coverage",
    "expanding_datum": "search-coverage",
    "dispersion": "fall-of-shot",
}  # of one run
SEED = 7  # of that run
SAID = ("Question", "Textbook", "Run", "Differs")  # what every head says, in this order, before what to try
ROUNDING = (
    1e-4  # of a textbook's value; where nothing is drawn an interval has no width, and last digits differ
)
INTERVAL = 1.96  # standard errors to either side in an interval of 95 %
ERRORS = 4.0  # standard errors a value may be off before it is said to differ: one line of sixteen thousand is further

LESSONS: dict[str, tuple[Answer, int]] = {
    "closest_approach": (motion.closest_approach, 20),
    "random_search": (searching.random_search, 1000),
    "parallel_sweeps": (searching.parallel_sweeps, 1000),
    "barrier_patrol": (searching.barrier_patrol, 100),
    "expanding_datum": (searching.expanding_datum, 600),
    "radar_horizon": (motion.radar_horizon, 50),
    "guard_on_a_ring": (motion.guard_on_a_ring, 300),
    "scramble_geometry": (motion.scramble_geometry, 600),
    "dispersion": (gunnery.dispersion, 200),
    "spotting": (gunnery.spotting, 600),
    "tanker_queue": (schedules.tanker_queue, 200),
    "merge_bias": (schedules.merge_bias, 600),
    "weather_window": (schedules.weather_window, 1200),
    "learning_curve": (schedules.learning_curve, 100),
}  # in the order of the page, with as many runs as make the intervals short enough to tell


class Head(NamedTuple):
    """What a scenario says of itself in the comment at its top. tries: words of --set, and what comes of them."""

    said: Mapping[str, str]
    tries: Sequence[tuple[str, str]]


class Found(NamedTuple):
    """A line with what the runs show together."""

    line: Line
    shown: Estimate

    @property
    def agrees(self) -> bool:
        """Whether the textbook's value is within four standard errors of the mean, on the side where it lies."""
        shown, textbook = self.shown, self.line.textbook
        half = shown.high - shown.value if textbook > shown.value else shown.value - shown.low
        return abs(shown.value - textbook) <= max(ERRORS / INTERVAL * half, ROUNDING * abs(textbook))


def main() -> None:
    """The page, or some tables."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("names", nargs="*", choices=[*LESSONS, []])
    ask.add_argument("--runs", type=int, help="of each; without, as many as the page has")
    ask.add_argument("--set", dest="settings", action="append", default=[], metavar="PATH=VALUE")
    given = ask.parse_args()
    if given.names:
        for name in given.names:
            print("\n".join([f"# {name}", "", *table({"": results(name, given.runs, given.settings)})]))
        return
    lines = ["# Textbook results, found in runs", "",
             "Small scenarios in [scenarios/lessons/teaching](../scenarios/lessons/teaching), each a lesson with what the textbook leaves out turned off. Runs have the seeds 0 to n - 1; "
             "written by `python experiments/teaching.py`. The textbook's value is worked out from the numbers of the scenario by the functions that verification checks "
             "([verification.md](verification.md)); the case it belongs to and its source stand in brackets. Intervals are of 95 %; a value agrees when it is within four standard errors. "
             "n counts the runs that say something: in the others a casualty took the serial. `python experiments/teaching.py NAME --set ...` gives the table of a variant of your own.", "",
             "![What the runs show over the textbook's value, for every line](pictures/teaching/overview.png)", ""]  # fmt: skip
    PICTURES.mkdir(parents=True, exist_ok=True)
    found = {}
    for name in LESSONS:
        told, found[name] = section(name, given.runs)
        lines += told
        print(name, file=sys.stderr)
    overview(found, PICTURES / "overview.png")
    PAGE.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def head(name: str) -> Head:
    """The comment at the top of a scenario. Raises ValueError when it does not say what every head says."""
    parts: list[tuple[str, list[str]]] = []
    for line in (FOLDER / f"{name}.yaml").read_text(encoding="utf-8").splitlines():
        if not line.startswith("# "):
            break
        key, _, text = line[2:].partition(": ")
        if line.startswith("#  ") and parts:
            parts[-1][1].append(line[2:].strip())
        else:
            parts.append((key, [text]))
    said = {key: " ".join(texts) for key, texts in parts if key != "Try"}
    if tuple(said) != SAID:
        raise ValueError(f"{name}: its head says {', '.join(said)}; want {', '.join(SAID)} and what to try")
    return Head(said, [(texts[0], " ".join(texts[1:])) for key, texts in parts if key == "Try"])


def results(name: str, runs: int | None = None, settings: Sequence[str] = ()) -> list[Found]:
    """What so many runs of a scenario with some settings show, line by line; as many as the page has when not said."""
    plan = read_with(FOLDER / f"{name}.yaml", settings)
    answer, usual = LESSONS[name]
    played = [play(plan, seed) for seed in range(runs or usual)]
    return [Found(line, _together(line.values)) for line in answer(plan, played)]


def _together(values: Sequence[float]) -> Estimate:
    """A mean with its interval; of what happened or not, that of a chance."""
    if set(values) <= {0.0, 1.0}:
        return chance(values.count(1.0), len(values))
    return mean(values)


def settings_of(words: str) -> list[str]:
    """The settings in what is to be tried, as `read_with` takes them."""
    given = shlex.split(words)
    return [value for option, value in zip(given[::2], given[1::2], strict=True) if option == "--set"]


def section(name: str, runs: int | None) -> tuple[list[str], list[Found]]:
    """What the page says of one scenario, and what it showed as written."""
    about, title = head(name), name.replace("_", " ").capitalize()
    found = {"as written": results(name, runs)}
    lines = [f"## {title}", "", f"**Question.** {about.said['Question']}", "", f"**Textbook.** {about.said['Textbook']}", "",
             f"**The run** ([{name}.yaml](../scenarios/lessons/teaching/{name}.yaml)). {about.said['Run']}", ""]  # fmt: skip
    if name in DRAWN:
        run = play(read_with(FOLDER / f"{name}.yaml"), SEED)
        save(shelves.module("plots", DRAWN[name]).draw(run), PICTURES / f"{name}.png")
        lines += [f"![{title}, one run](pictures/teaching/{name}.png)", ""]
    tried = []
    for number, (words, comes) in enumerate(about.tries, 1):
        found[f"try {number}"] = results(name, runs, settings_of(words))
        tried += [f"{number}. `navdrill run {name} -n 200 {words}`", f"   {comes}", ""]
    lines += [*table(found), "", f"**Where it differs.** {about.said['Differs']}", "", "**Try.**", "", *tried]
    return lines, found["as written"]


def table(found: Mapping[str, Sequence[Found]]) -> list[str]:
    """Textbook and runs side by side."""
    lines = [
        "| setting | quantity | textbook | runs: mean | 95 % interval | n | |",
        "|---|---|---|---|---|---|---|",
    ]
    for setting, rows in found.items():
        for each in rows:
            shown, verdict = each.shown, "agrees" if each.agrees else "differs"
            lines.append(f"| {setting} | {each.line.what} | {_number(each.line.textbook)} | {_number(shown.value)} "
                         f"| {_number(shown.low)} to {_number(shown.high)} | {shown.count} | {verdict} |")  # fmt: skip
    return lines


def _number(value: float) -> str:
    """To four figures, at most three places."""
    return f"{value:.3f}" if abs(value) < 10.0 else f"{value:.1f}"


if __name__ == "__main__":
    main()
