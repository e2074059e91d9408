"""The teaching scenarios: each says what it asks and what the textbook answers, and its runs show that where they are said to."""

import importlib.util
import sys
from pathlib import Path

import pytest

from sim.scenario.overrides import read_with
from sim.scenario.read import find, read, shipped

ROOT = Path(__file__).parents[1]
FEW = 20  # runs of a quick look: a t interval of twenty is honest, and four standard errors leave room


def script():
    """experiments/teaching.py, with what it imports from beside it."""
    sys.path.insert(0, str(ROOT / "experiments"))
    try:
        spec = importlib.util.spec_from_file_location("teaching", ROOT / "experiments" / "teaching.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.pop(0)
    return module


TEACHING = script()
NAMES = list(TEACHING.LESSONS)

# What the textbook column must be, worked out elsewhere: required values of verification where the case has the same
# numbers, else by hand. The first line of each lesson.
ON_PAPER = {
    "closest_approach": (1.41421356237, 2e-3),  # KIN-01; places are rounded to a thousandth of a minute
    "random_search": (0.4262, 1e-3),  # 1 - exp(-5 / 9)
    "parallel_sweeps": (0.8, 1e-9),  # SRCH-03
    "barrier_patrol": (0.480892, 2e-6),  # SRCH-05
    "radar_horizon": (13.5865, 1e-4),  # SEN-01 with 22 and 2 m
    "guard_on_a_ring": (0.4674628, 1e-6),  # KIN-11
    "dispersion": (0.5389, 1e-3),
    "spotting": (83.78, 1e-3),  # sqrt(2 / pi) sqrt(100^2 + 25^2 + 20^2)
    "tanker_queue": (146.0, 1e-9),  # LOG-03: 20 + 15 + 90 + 11 + 10
    "merge_bias": (180.0, 1e-6),
    "weather_window": (0.7142857, 1e-6),  # LOG-07
    "learning_curve": (4.0, 1e-9),
}


def test_every_scenario_of_the_folder_is_a_lesson():
    """And is found by its name, wherever one works."""
    assert sorted(NAMES) == sorted(path.stem for path in TEACHING.FOLDER.glob("*.yaml"))
    assert set(NAMES) <= set(shipped())
    assert find("tanker_queue") == find("teaching/tanker_queue") == TEACHING.FOLDER / "tanker_queue.yaml"


@pytest.mark.parametrize("name", NAMES)
def test_the_head_says_what_is_asked_and_answered(name):
    """Question, textbook with its case or source, run, and where they differ; what is to be tried can be read."""
    head = TEACHING.head(name)

    assert tuple(head.said) == TEACHING.SAID
    assert head.said["Question"].endswith("?")
    assert head.said["Textbook"].rstrip().endswith("]")
    assert head.tries
    for words, comes in head.tries:
        assert comes
        assert (
            read_with(TEACHING.FOLDER / f"{name}.yaml", TEACHING.settings_of(words)).digest
            != read(name).digest
        )


def test_a_head_that_does_not_say_it_is_refused(tmp_path, monkeypatch):
    """By name."""
    (tmp_path / "mute.yaml").write_text("# Question: Why?\nnavdrill: 1\n", encoding="utf-8")
    monkeypatch.setattr(TEACHING, "FOLDER", tmp_path)

    with pytest.raises(
        ValueError, match="mute: its head says Question; want Question, Textbook, Run, Differs"
    ):
        TEACHING.head("mute")


@pytest.mark.parametrize("name", NAMES)
def test_a_few_runs_do_not_contradict_the_textbook(name):
    """Within four standard errors in twenty runs, seeds 0 to 19, where the lesson says that they agree."""
    found = TEACHING.results(name, FEW)

    assert [] == [each.line.what for each in found if each.line.holds and not each.agrees]
    assert all(each.shown.count > FEW / 2 for each in found)
    if name in ON_PAPER:
        wanted, size = ON_PAPER[name]
        assert found[0].line.textbook == pytest.approx(wanted, rel=size)


@pytest.mark.parametrize("name", NAMES)
def test_the_page_has_the_lesson(name):
    """With its words as they are in the scenario."""
    page = TEACHING.PAGE.read_text(encoding="utf-8")

    assert f"[{name}.yaml](../scenarios/lessons/teaching/{name}.yaml)" in page
    for text in TEACHING.head(name).said.values():
        assert text in page, "run python experiments/teaching.py"


def test_a_value_far_off_differs():
    """Agreement can fail: the textbook's value moved by a tenth is refused."""
    (first, *_) = TEACHING.results("learning_curve", FEW)

    assert first.agrees
    assert not first._replace(line=first.line._replace(textbook=1.1 * first.line.textbook)).agrees


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", NAMES)
def test_at_the_number_of_runs_of_the_page(name):
    """As written and for all that is to be tried, every line agrees that is meant to, and the page has its textbook value and verdict."""
    found = {"as written": TEACHING.results(name)}
    for number, (words, _) in enumerate(TEACHING.head(name).tries, 1):
        found[f"try {number}"] = TEACHING.results(name, settings=TEACHING.settings_of(words))

    assert [] == [
        (setting, each.line.what)
        for setting, lines in found.items()
        for each in lines
        if each.line.holds and not each.agrees
    ]
    _, _, section = TEACHING.PAGE.read_text(encoding="utf-8").partition(f"{name}.yaml](")
    there = [told(line) for line in section.partition("\n## ")[0].splitlines() if line.startswith("| ")]
    assert [told(line) for line in TEACHING.table(found) if line.startswith("| ")] == there, (
        "run python experiments/teaching.py"
    )


def told(line):
    """Setting, quantity, textbook and verdict of a row: what does not change with the last digit of a mean."""
    cells = line.split(" | ")
    return (*cells[:3], cells[-1])


def test_what_differs_differs_as_it_is_said():
    """The honest misses, in few runs: a searcher does better than the law of the datum; a real radar sees far less than its horizon; common errors come in streaks."""
    (datum,) = TEACHING.results("expanding_datum", 200)
    assert datum.shown.low > datum.line.textbook

    words, _ = TEACHING.head("radar_horizon").tries[1]
    (radar,) = TEACHING.results("radar_horizon", FEW, TEACHING.settings_of(words))
    assert radar.shown.high < 0.5 * radar.line.textbook

    words, _ = TEACHING.head("dispersion").tries[0]
    *_, variance = TEACHING.results("dispersion", 40, TEACHING.settings_of(words))
    assert variance.shown.low > 1.2
