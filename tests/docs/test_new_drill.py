"""docs/how/new_drill.md shows a complete drill from outside the package: it must work as it stands there."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "towing"
PAGE = (ROOT / "docs" / "how" / "new_drill.md").read_text("utf-8")


def blocks(language):
    """The blocks of a language on the page, in order."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.S)


def navdrill(folder, *words, **environment):
    """What the command answers: code, stdout, stderr."""
    done = subprocess.run([sys.executable, "-m", "sim", *words], cwd=folder, capture_output=True, text=True, check=False,
                          env=os.environ | {"PYTHONPATH": str(ROOT)} | environment)  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """What each command of the page answers, run in its order in a copy of the folder."""
    place = tmp_path_factory.mktemp("page")
    copytree(FOLDER, place / "docs" / "towing")
    (place / "seeds").symlink_to(ROOT / "seeds")
    lines = [line.split() for block in blocks("sh") for line in block.splitlines()]
    assert {line[0] for line in lines} == {"navdrill"}
    return place, [(line[1:], navdrill(place, *line[1:])) for line in lines]


def answer(said, *words):
    """Of the command with these words."""
    return next(found for line, found in said[1] if all(word in line for word in words))[1]


def test_the_page_shows_what_is_in_the_folder():
    shown = {
        place: text for text in blocks("python") for place in re.findall(r"^# (docs/towing/\S+)\n", text)
    }
    assert sorted(shown) == ["docs/towing/drills/towing.py", "docs/towing/measures/tows.py"]
    for place, text in shown.items():
        assert (ROOT / place).read_text("utf-8") == text.partition("\n")[2]
    assert (FOLDER / "towing_day.yaml").read_text("utf-8").endswith("serials:\n" + blocks("yaml")[0])


def test_every_command_of_the_page_works(said):
    assert {line[0] for line, _ in said[1]} == {"check", "show", "facts", "run", "plot"}
    assert [(line, wrong) for line, (code, _, wrong) in said[1] if code] == []


def test_the_drill_is_shown_like_any_other(said):
    shown = answer(said, "show", "drills", "towing")
    assert "ship that is towed" in shown
    assert "How long ships were towed" in shown


def test_it_is_played_and_measured(said):
    """The tow leaves its record, and its measure stands in the tables, as long as the drill has them towed."""
    with (said[0] / "out" / "towing" / "measures.csv").open(encoding="utf-8", newline="") as file:
        (tow,) = [row for row in csv.DictReader(file) if row["measure"] == "tows"]
    assert tow["key"] == "4"
    assert float(tow["value"]) == pytest.approx(30.0)
    manifest = json.loads((said[0] / "out" / "towing" / "run.json").read_text("utf-8"))
    assert manifest["command"] == "navdrill run docs/towing/towing_day.yaml --kinds docs/towing --seed 1"
    assert re.search(r"\+kinds\.[0-9a-f]{12}$", manifest["version"])
    assert (said[0] / "out" / "towing" / "timeline.png").is_file()


def test_workers_play_it(said):
    with (said[0] / "out" / "towing-many" / "replications.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["result.4"] for row in rows] == ["completed"] * 4


def test_its_parameters_are_in_the_schema(said):
    schema = json.loads(answer(said, "show", "schema"))
    serial = schema["$defs"]["Serial"]
    assert "towing" in serial["properties"]["drill"]["enum"]
    (towing,) = [each for each in serial["allOf"] if each["if"]["properties"]["drill"]["const"] == "towing"]
    assert {"speed", "passing", "roles"} <= set(towing["then"]["properties"])
