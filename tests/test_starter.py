"""`navdrill new`: a scenario that checks and runs for every drill, and explains itself."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from sim import shelves
from sim.runs import play
from sim.scenario.read import read
from sim.starter import KIND, starter

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("kind", shelves.names("drills"))
def test_every_drill_has_one_that_checks(kind, tmp_path):
    """With a serial of that drill, a comment at each section, and every parameter said or told of."""
    path = tmp_path / "day.yaml"
    path.write_text(starter(kind), "utf-8")
    plan = read(path)
    text = path.read_text("utf-8")

    assert kind in [serial.drill for serial in plan.serials]
    for section in re.finditer(r"^(.*)\n([a-z_]+):", text, re.M):
        assert section[1].startswith("# ") or section[2] in ("navdrill", "about", "ends", "drawn_from"), (
            section[2]
        )
    for key in set(shelves.kind("drills", kind).Parameters.model_fields) - {
        "basis",
        "why",
        "source",
        "facts",
    }:
        assert re.search(rf"^ +(# |- )?{key}: ", text, re.M), key


def test_what_is_told_of_can_be_said(tmp_path):
    """Each commented parameter, uncommented as it stands, is what the drill takes anyhow."""
    text = starter(KIND)
    said = re.sub(r"^    # ([a-z_]+: [^A-Z].*)$", r"    \1", text, flags=re.M)
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    (tmp_path / "b.yaml").write_text(said, "utf-8")

    assert said != text
    assert read(tmp_path / "a.yaml").digest == read(tmp_path / "b.yaml").digest


def test_new_writes_one_that_runs(invoke, tmp_path, monkeypatch):
    """Named after its file, in a folder that need not be there; it is played to the end."""
    monkeypatch.chdir(tmp_path)
    code, out, err = invoke("new", "plans/my_first")

    assert (0, "") == (code, err)
    assert out.splitlines()[0] == "Written: plans/my_first.yaml"
    plan = read("plans/my_first.yaml")
    assert "My first" == plan.exercise
    assert ["1"] == list(play(plan, 1).outcomes)
    assert (0, "") == invoke("check", "plans/my_first.yaml")[::2]


def test_new_leaves_what_is_there(invoke, tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text("mine")

    assert (2, "", f"navdrill: {path} is there already; give another name\n") == invoke("new", path)
    assert "mine" == path.read_text()


def test_new_knows_its_drills(invoke, tmp_path):
    code, _, err = invoke("new", tmp_path / "x.yaml", "--kind", "air_gunery")

    assert (2, "no drill called 'air-gunery'. Did you mean 'air-gunnery'?\n") == (code, err)
    assert not (tmp_path / "x.yaml").exists()


def test_odd_names_are_quoted(tmp_path):
    (tmp_path / "x.yaml").write_text(starter(name="It's: a #1"), "utf-8")

    assert "It's: a #1" == read(tmp_path / "x.yaml").exercise


def test_a_drill_from_outside_has_one_too(tmp_path):
    """In a process of its own: folders of kinds are for the whole of one."""
    path = tmp_path / "tow.yaml"
    called = [sys.executable, "-m", "sim", "new", str(path), "--kind", "towing", "--kinds", "docs/towing"]
    done = subprocess.run(called, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    text = path.read_text("utf-8")

    assert (0, "") == (done.returncode, done.stderr)
    assert "    drill: towing\n" in text
    assert "    # speed: " in text
