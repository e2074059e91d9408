"""Each scenario that comes with navdrill loads, runs, and gives the log it gave when its line was written.

A changed fingerprint is changed on purpose: `python tests/test_scenarios.py` writes the lines anew.
"""

from pathlib import Path

import invariants
import pytest
from ruamel.yaml import YAML

from sim.exercise import Exercise
from sim.replications import replicate
from sim.runs import play
from sim.scenario.read import find, read, shipped

HERE = Path(__file__).parent
LINES = HERE / "fingerprints.yaml"
SCENARIOS = sorted((HERE.parent / "scenarios").rglob("*.yaml"))
SEED = 7
HEAD = """\
# The fingerprint of each scenario's log at one seed, alike on every Python, machine and hash seed.
# Changed on purpose with `python tests/test_scenarios.py`; the commit says why.
"""


def lines():
    """What is written down: name to seed and fingerprint."""
    return YAML(typ="safe").load(LINES.read_text(encoding="utf-8")) or {}


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_the_scenario_gives_its_fingerprint(path):
    """As recorded; else the model has changed, or it no longer repeats. What must hold in every exercise holds in it."""
    line = lines()[path.stem]
    exercise = Exercise(read(path), line["seed"])
    exercise.run()

    invariants.check(exercise)
    assert line["fingerprint"] == exercise.log.fingerprint()


def test_no_line_without_its_scenario():
    """A scenario taken away takes its line along."""
    assert {path.stem for path in SCENARIOS} == set(lines())


@pytest.mark.parametrize("name", ["crowded_sea", "lessons/crowded_sea"])
def test_scenarios_in_folders_are_found_by_name(name, tmp_path, monkeypatch):
    """With their folder or without it, wherever one works; in a folder that is not theirs they are not."""
    monkeypatch.chdir(tmp_path)

    assert HERE.parent / "scenarios" / "lessons" / "crowded_sea.yaml" == find(name)
    assert Path("studies/crowded_sea") == find("studies/crowded_sea")
    assert "crowded_sea" in shipped()


def test_a_thousand_units_are_played_for_a_day():
    """The crowded sea at one seed: about a thousand ships are there at once, from the first minute to the last."""
    exercise = Exercise(read("crowded_sea"), SEED)
    for hour in range(0, 24, 6):
        exercise.env.run(until=hour * 3600.0 + 60.0)
        assert 850 < len(exercise.agents) < 1150


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "path", [path for path in SCENARIOS if path.parent.name == "scenarios"], ids=lambda path: path.stem
)
def test_a_hundred_replications_end_without_an_error(path):
    """Of the exercises drawn from reports, and the morning to learn from."""
    rows = replicate(read(path), 0, 100)

    assert 100 == len(rows)
    assert [] == [row.fault for row in rows if row.fault is not None]


def rewrite():
    """Writes the lines of all scenarios."""
    text = HEAD
    for path in SCENARIOS:
        text += f"{path.stem}: {{seed: {SEED}, fingerprint: {play(read(path), SEED).fingerprint}}}\n"
    LINES.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    rewrite()
