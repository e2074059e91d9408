"""docs/new_drill.md shows a complete drill from outside the package: it must work as it stands there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "towing"
PAGE = (ROOT / "docs" / "new_drill.md").read_text("utf-8")


def blocks(language):
    """The blocks of a language on the page, in order."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.S)


@pytest.fixture
def folder(tmp_path):
    """The folder of the page, copied as my_kinds, and its scenario beside it."""
    copytree(FOLDER, tmp_path / "my_kinds")
    text = (tmp_path / "my_kinds" / "towing_day.yaml").read_text("utf-8")
    (tmp_path / "towing_day.yaml").write_text(
        text.replace("../../seeds/", f"{ROOT.as_posix()}/seeds/"), "utf-8"
    )
    return tmp_path


def navdrill(folder, *words, **environment):
    """What the command answers: code, stdout, stderr."""
    done = subprocess.run([sys.executable, "-m", "sim", *words], cwd=folder, capture_output=True, text=True, check=False,
                          env=os.environ | {"PYTHONPATH": str(ROOT)} | environment)  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def test_the_page_shows_what_is_in_the_folder():
    shown = {
        place: text for text in blocks("python") for place in re.findall(r"^# (docs/towing/\S+)\n", text)
    }
    assert sorted(shown) == ["docs/towing/drills/towing.py", "docs/towing/measures/tows.py"]
    for place, text in shown.items():
        assert (ROOT / place).read_text("utf-8") == text.partition("\n")[2]
    assert (FOLDER / "towing_day.yaml").read_text("utf-8").endswith("serials:\n" + blocks("yaml")[0])


def test_it_is_played_and_measured(folder):
    """The tow leaves its record, and its measure stands in the tables."""
    code, said, wrong = navdrill(folder, "run", "towing_day.yaml", "--kinds", "my_kinds", "--seed", "1", "--no-pictures",
                                 "--out", "out")  # fmt: skip
    assert code == 0, wrong
    assert "completed" in said
    assert "tows" in "".join(path.read_text("utf-8") for path in (folder / "out").glob("*.csv"))


def test_the_environment_names_folders_too_and_workers_inherit_it(folder):
    code, said, wrong = navdrill(folder, "run", "towing_day.yaml", "-n", "4", "--workers", "2", "--out", "out/four",
                                 NAVDRILL_KINDS=str(folder / "my_kinds"))  # fmt: skip
    assert code == 0, wrong
    assert "4" in said


def test_without_the_folder_the_drill_is_unknown(folder):
    code, _, wrong = navdrill(folder, "check", "towing_day.yaml")
    assert code == 2
    assert "no drill called 'towing'" in wrong


def test_a_typo_in_a_parameter_is_told_with_the_near_match(folder):
    text = (folder / "towing_day.yaml").read_text("utf-8").replace("speed: 4 kn", "sped: 4 kn")
    (folder / "towing_day.yaml").write_text(text, "utf-8")
    code, _, wrong = navdrill(folder, "check", "towing_day.yaml", "--kinds", "my_kinds")
    assert code == 2
    assert "Did you mean 'speed'?" in wrong


BROKEN = {
    "does not import": ("towing.py", "import nothing_of_that_name\n", "towing.py:1: ModuleNotFoundError"),
    "is not Python": ("towing.py", "x = 1\ndef (:\n", "towing.py:2: SyntaxError"),
    "has no class of its name": ("towing.py", '"""Towing."""\n', "no class Towing that is a Drill"),
    "is not a drill": ("towing.py", "class Towing:\n    pass\n", "no class Towing that is a Drill"),
    "has a name of the package's": (
        "surface_gunnery.py",
        '"""Mine."""\n',
        "'surface-gunnery' is one of navdrill's own",
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_file_that_cannot_be_used_is_told_with_its_place(folder, what):
    name, text, told = BROKEN[what]
    (folder / "my_kinds" / "drills" / name).write_text(text, "utf-8")
    code, _, wrong = navdrill(folder, "check", "towing_day.yaml", "--kinds", "my_kinds")
    assert code == 2
    assert told in wrong
    assert "Traceback" not in wrong


def test_two_folders_with_one_name_are_told_both(folder):
    other = folder / "others" / "drills"
    other.mkdir(parents=True)
    (other / "towing.py").write_text('"""Another."""\n', "utf-8")
    code, _, wrong = navdrill(folder, "check", "towing_day.yaml", "--kinds", "my_kinds", "--kinds", "others")
    assert code == 2
    assert wrong.count("towing.py") == 2


def test_a_folder_that_is_not_there_is_told(folder):
    code, _, wrong = navdrill(folder, "show", "drills", "--kinds", "nowhere")
    assert code == 2
    assert "nowhere: no such folder of kinds" in wrong


def test_rows_of_replications_go_by_what_is_in_the_folder(folder):
    """Changed code gives other rows, kept beside the old ones."""
    first = navdrill(
        folder,
        "run",
        "towing_day.yaml",
        "-n",
        "2",
        "--workers",
        "1",
        "--kinds",
        "my_kinds",
        "--out",
        "out/two",
    )
    tows = folder / "my_kinds" / "measures" / "tows.py"
    tows.write_text(tows.read_text("utf-8") + "\n\n# changed\n", "utf-8")
    code = "import sys; from sim import shelves, outside; shelves.use('my_kinds'); print(outside.digest())"
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True,
                          env=os.environ | {"PYTHONPATH": str(ROOT)})  # fmt: skip
    second = navdrill(
        folder,
        "run",
        "towing_day.yaml",
        "-n",
        "2",
        "--workers",
        "1",
        "--kinds",
        "my_kinds",
        "--out",
        "out/two",
    )
    assert first[0] == second[0] == 0, first[2] + second[2]
    assert len(done.stdout.strip()) == 12


def test_an_installed_package_can_bring_kinds(folder):
    """By an entry point of the group; installed as a folder on the path with its metadata."""
    package = folder / "site" / "sea_kinds"
    package.parent.mkdir()
    (folder / "my_kinds").rename(package)
    (package / "__init__.py").write_text("", "utf-8")
    metadata = folder / "site" / "sea_kinds-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: sea-kinds\nVersion: 1.0\n", "utf-8")
    (metadata / "entry_points.txt").write_text("[navdrill.kinds]\nsea = sea_kinds\n", "utf-8")
    code, said, wrong = navdrill(
        folder, "check", "towing_day.yaml", PYTHONPATH=f"{ROOT}{os.pathsep}{folder / 'site'}"
    )
    assert code == 0, wrong
    assert "good" in said
