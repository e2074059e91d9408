"""Formats of scenario files: older ones are rewritten step by step, newer ones refused, and all released ones load."""

import json
import re
from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.scenario import formats
from sim.scenario.formats import STEPS, Step, migrated, rename
from sim.scenario.read import SEEDS, read, read_tree
from sim.scenario.schema import FORMAT
from sim.scenario.tree import plant

ROOT = Path(__file__).parents[2]
RELEASES = ROOT / "tests" / "releases"
OLD = """\
# A day of long ago.
navdrill: 3   # the format
name: Old day  # as it was called
forces:
    # who takes part
    - {side: blue, ships: [NO, 012, "x: y"]}
    - side: red
      ships:
"""
NEW = """\
# A day of long ago.
navdrill: 5   # the format
exercise: Old day # as it was called
forces:
    # who takes part
  - {side: blue, units: [NO, 012, "x: y"]}
  - side: red
    units:
"""


def units(content):
    for each in content["forces"]:
        rename(each, "ships", "units")


MADE_UP = {3: Step("'name' is now 'exercise'.", lambda content: rename(content, "name", "exercise")),
           4: Step("'ships' are now 'units'.", units)}  # fmt: skip


def test_steps_follow_each_other():
    """Each from one format to the next, said in order; comments, words and quotes stay."""
    text, said = migrated(OLD, "x.yaml", MADE_UP, 5)

    assert [step.says for step in MADE_UP.values()] == said
    assert NEW == text
    assert {"exercise": "Old day", "units": ["NO", "012", "x: y"]} == {
        "exercise": plant(text, "x").data["exercise"],
        "units": plant(text, "x").data["forces"][0]["units"],
    }


def test_steps_already_taken_are_not_taken_again():
    half = migrated(OLD, "x.yaml", MADE_UP, 4)[0]

    assert "exercise: Old day" in half
    assert "ships" in half
    assert (NEW, ["'ships' are now 'units'."]) == migrated(half, "x.yaml", MADE_UP, 5)
    assert (NEW, []) == migrated(NEW, "x.yaml", MADE_UP, 5)


def test_what_a_run_wrote_is_rewritten_as_json():
    old = {"navdrill": "3", "name": "é", "forces": [{"ships": [1, None]}]}
    text, _ = migrated(json.dumps(old), "scenario.json", MADE_UP, 5)

    assert {"navdrill": 5, "exercise": "é", "forces": [{"units": [1, None]}]} == json.loads(text)
    assert ["navdrill", "exercise", "forces"] == list(json.loads(text))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("navdrill: 6\n", "x.yaml:1:11: navdrill: format 6 is of a newer navdrill; this one writes format 5: update it first"),
        ("navdrill: 1\n", "x.yaml:1:11: navdrill: nothing leads from format 1 to 2"),
        ("exercise: x\n", "x.yaml:1:1: navdrill: says no format version to begin from; it must have a line like 'navdrill: 5'"),
        ("navdrill: new\n", "x.yaml:1:11: navdrill: says no format version to begin from; it must have a line like 'navdrill: 5'"),
        ("- a\n", "x.yaml:1:1: navdrill: says no format version to begin from; it must have a line like 'navdrill: 5'"),
        ("navdrill: [\n", "x.yaml:2:1: not YAML: "),
    ],
)  # fmt: skip
def test_refused(text, wanted):
    with pytest.raises(ScenarioError) as wrong:
        migrated(text, "x.yaml", MADE_UP, 5)

    assert str(wrong.value).startswith(wanted)


@pytest.mark.parametrize("version", ["0", "2"])
def test_reading_says_what_to_do(version, put, base):
    """With an older format: migrate; with a newer one: update."""
    with pytest.raises(ScenarioError) as wrong:
        read(put(base.replace("navdrill: 1", f"navdrill: {version}")))

    hint = {
        "0": "'navdrill migrate FILE' rewrites it",
        "2": "it was made for a newer navdrill: update this one",
    }
    assert str(wrong.value) == (
        f"x.yaml:1:11: navdrill: the format version is '{version}'; this navdrill reads 'navdrill: 1'; {hint[version]}"
    )


@pytest.mark.parametrize("path", sorted((ROOT / "scenarios").rglob("*.yaml")), ids=lambda path: path.stem)
def test_nothing_else_is_touched(path):
    """A step that changes nothing leaves a file as it is, but for its number, and how it writes lists of mappings in a line."""
    text = path.read_text("utf-8")
    old = text.replace(f"navdrill: {FORMAT}\n", "navdrill: 0\n", 1)
    new = migrated(old, path.name, {0: Step("", lambda content: None)}, FORMAT)[0]

    assert plant(text, "x").data == plant(new, "x").data
    assert re.sub(r"[\s{}]+", "", text) == re.sub(r"[\s{}]+", "", new)


def test_the_command_rewrites_in_place(invoke, put, base, monkeypatch):
    """And the file is a scenario again; what is in the present format stays to the byte."""
    monkeypatch.setattr(formats, "STEPS", {0: Step("'name' is now 'exercise'.", lambda content: rename(content, "name", "exercise"))})  # fmt: skip
    put(base, "good.yaml")
    path = put(base.replace("navdrill: 1", "navdrill: 0").replace("exercise: Base", "name: Base"))
    code, out, err = invoke("migrate", path, "good.yaml")

    assert (0, "") == (code, err)
    assert (
        "x.yaml: now of format 1\n  'name' is now 'exercise'.\ngood.yaml: is of format 1, nothing to do\n"
        == out
    )
    assert read("good.yaml").digest == read(path).digest
    assert base == Path("good.yaml").read_text()


def test_the_command_writes_nothing_when_one_cannot_be(invoke, put, base, monkeypatch):
    monkeypatch.setattr(formats, "STEPS", {0: Step("", lambda content: None)})
    old = base.replace("navdrill: 1", "navdrill: 0")
    put(old, "old.yaml")
    put(base.replace("navdrill: 1", "navdrill: 7"), "newer.yaml")
    code, out, err = invoke("migrate", "old.yaml", "newer.yaml")

    assert (2, "") == (code, out)
    assert (
        "newer.yaml:1:11: navdrill: format 7 is of a newer navdrill; this one writes format 1: update it first\n"
        == err
    )
    assert old == Path("old.yaml").read_text()
    assert (0, "new.yaml: now of format 1\n  \n") == invoke("migrate", "old.yaml", "--out", "new.yaml")[:2]
    assert old == Path("old.yaml").read_text()


def test_a_step_leads_from_every_older_format():
    """From the first one on to the present."""
    assert list(range(1, FORMAT)) == sorted(STEPS)


@pytest.mark.parametrize("path", sorted(RELEASES.rglob("*.yaml")), ids=lambda path: "/".join(path.parts[-2:]))
def test_every_scenario_ever_released_loads(path):
    """At each release the scenarios are copied to a folder of its number, and none of them is changed again."""
    text, _ = migrated(path.read_text("utf-8"), path.name)

    assert read_tree(plant(text, path.name), SEEDS[-1]).serials
