"""Kinds from outside the package: folders of a user's own, and what is told when they cannot be used."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

import sim
from sim import archive, outside, shelves
from sim.crews import InTurn
from sim.errors import KindsError, ScenarioError
from sim.replications import replicate
from sim.scenario.read import read

ROOT = Path(__file__).parents[1]
TOWING = ROOT / "docs" / "towing"


@pytest.fixture(autouse=True)
def _forgotten(monkeypatch):
    """Each test begins without folders, and leaves none."""
    monkeypatch.delenv(outside.FOLDERS, raising=False)
    yield
    os.environ.pop(outside.FOLDERS, None)  # not by monkeypatch, which would bring it back
    outside.forget()
    shelves.names.cache_clear()


@pytest.fixture
def folder(tmp_path):
    """The folder of docs/how/new_drill.md, copied as my_kinds, with its scenario."""
    copytree(
        TOWING,
        tmp_path / "my_kinds",
        ignore=lambda _, names: [each for each in names if each == "__pycache__"],
    )
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


def test_a_picture_of_many_runs_stands_with_the_others(tmp_path):
    """A folder may hold nothing but bands; one without `draw` is told when it is used."""
    (tmp_path / "bands").mkdir()
    (tmp_path / "bands" / "rain.py").write_text(
        '"""How much it rained in many runs."""\n\n\ndef draw(runs):\n    return len(runs)\n'
    )
    (tmp_path / "bands" / "snow.py").write_text('"""How much it snowed."""\n')
    sim.kinds(tmp_path)

    assert "rain" in shelves.names("bands")
    assert ("bands",) == shelves.pictures()["rain"]
    assert 2 == sim.draw("rain", [object(), object()])
    with pytest.raises(KindsError, match=r"snow.py:1: a band needs draw; there is no draw"):
        shelves.picture("bands", "snow")


def test_without_the_folder_the_drill_is_unknown(folder):
    with pytest.raises(ScenarioError, match="no drill called 'towing'"):
        read(folder / "towing_day.yaml")


def test_in_python_a_folder_is_named_before_it_is_used(folder):
    sim.kinds(folder / "my_kinds")
    run = sim.run(folder / "towing_day.yaml", seed=1)
    assert run.outcomes["4"].details["result"] == "completed"
    assert run.measures("tows")["tows"] == {"4": pytest.approx(30.0)}


def test_what_it_declares_can_be_pickled(folder):
    sim.kinds(folder / "my_kinds")
    plan = read(folder / "towing_day.yaml")
    assert pickle.loads(pickle.dumps(plan)) == plan


def test_the_environment_names_folders_and_workers_inherit_it(folder):
    code, _, wrong = navdrill(folder, "run", "towing_day.yaml", "-n", "2", "--workers", "2", "--out", "out/two",
                              NAVDRILL_KINDS="my_kinds")  # fmt: skip
    assert code == 0, wrong


class Elsewhere(InTurn):
    """Plays here, but as a process that began before any folder was named."""

    def submit(self, work, /, *given, **named):
        os.environ.pop(outside.FOLDERS)
        for name in [each for each in sys.modules if each.startswith(outside.PRIVATE)]:
            del sys.modules[name]
        outside.forget()
        shelves.names.cache_clear()
        return super().submit(work, *given, **named)


def test_a_lent_executor_is_told_of_the_folders(folder):
    sim.kinds(folder / "my_kinds")
    (row,) = replicate(read(folder / "towing_day.yaml"), 1, 1, executor=Elsewhere())
    assert row.fault is None
    assert row.outcomes["4"][0] == "completed"


def test_rows_of_other_code_are_played_anew(folder):
    """The archive keeps both; a comment is a change too, a scenario beside the code is none."""
    sim.kinds(folder / "my_kinds")
    plan = read(folder / "towing_day.yaml")
    with archive.Archive(folder / "out", *archive.about(plan)) as held:
        series = held.series(plan.digest, 1)
        held.add(series, [archive.Row(0, "f", {}, {})])
        assert held.done(series, 1) == {0}
    (folder / "my_kinds" / "towing_day.yaml").write_text("# other\n", "utf-8")
    with archive.Archive(folder / "out", *archive.about(plan)) as held:
        series = held.series(plan.digest, 1)
        assert held.done(series, 1) == {0}
    tows = folder / "my_kinds" / "measures" / "tows.py"
    tows.write_text(tows.read_text("utf-8") + "\n# changed\n", "utf-8")
    with archive.Archive(folder / "out", *archive.about(plan)) as held:
        series = held.series(plan.digest, 1)
        assert held.done(series, 1) == set()


def test_shared_code_counts_and_where_a_file_stands_does(folder):
    sim.kinds(folder / "my_kinds")
    digests = [outside.digest()]
    (folder / "my_kinds" / "drills" / "_lines.py").write_text("LENGTH = 1.0\n", "utf-8")
    digests.append(outside.digest())
    (folder / "my_kinds" / "drills" / "_lines.py").rename(folder / "my_kinds" / "measures" / "_lines.py")
    digests.append(outside.digest())
    assert len(set(digests)) == 3


def test_files_of_a_folder_may_share_code_and_those_of_two_do_not_collide(folder):
    """Both have a file _words.py, and each drill finds its own."""
    for place, name, word in (("one", "first", "ahoy"), ("two", "second", "avast")):
        drills = folder / place / "drills"
        drills.mkdir(parents=True)
        (drills / "_words.py").write_text(f"WORD = {word!r}\n", "utf-8")
        (drills / f"{name}.py").write_text(
            f'"""A drill."""\nfrom sim.drills._drill import Drill, Role\nfrom ._words import WORD\n\n\n'
            f'class {name.capitalize()}(Drill):\n    """One."""\n\n    roles = {{"ship": Role("a ship")}}\n    word = WORD\n',
            "utf-8",
        )
    sim.kinds(folder / "one", folder / "two")
    assert [shelves.kind("drills", name).word for name in ("first", "second")] == ["ahoy", "avast"]


SENSOR = '''"""Night glass: an eye that needs no light."""

from sim.sensors._sensor import Sensor


class NightGlass(Sensor):
    """Sees everything above water within its reach."""

    sees = ("ship", "vessel", "target")

    @property
    def looking(self):
        """Three miles."""
        return 5556.0
'''


def test_a_sensor_of_ones_own_is_fitted_and_finds(folder):
    """Named on the command line, before data sheets are read; records tell of its contacts."""
    (folder / "my_kinds" / "sensors").mkdir()
    (folder / "my_kinds" / "sensors" / "night_glass.py").write_text(SENSOR, "utf-8")
    text = (folder / "towing_day.yaml").read_text("utf-8")
    fitted = "platforms:\n  sea-tug: {like: sea-tug, sensors: {night-glass: {look: 1 min, chance: 100 %, why: Made up.}}}\n\nserials:"
    (folder / "towing_day.yaml").write_text(text.replace("\nserials:", "\n" + fitted), "utf-8")
    code, _, wrong = navdrill(
        folder, "run", "towing_day.yaml", "--kinds", "my_kinds", "--no-pictures", "--out", "out"
    )
    assert code == 0, wrong
    assert '"night-glass"' in (folder / "out" / "records.jsonl").read_text("utf-8")


def test_a_folder_with_sensors_comes_before_the_sheets_that_name_them(folder):
    (folder / "my_kinds" / "sensors").mkdir()
    (folder / "my_kinds" / "sensors" / "night_glass.py").write_text(SENSOR, "utf-8")
    with pytest.raises(KindsError, match="must be named before anything of navdrill is used"):
        sim.kinds(folder / "my_kinds")


def test_a_sensor_that_tells_its_chances_the_old_way_is_refused(folder):
    """Its law would be passed over, and all its looks taken to find by the chance of its data sheet."""
    mine = folder / "my_kinds" / "sensors" / "night_glass.py"
    mine.parent.mkdir()
    mine.write_text(
        SENSOR + "\n    def chance_at(self, distance, own, target, conditions):\n        return 0.5\n",
        "utf-8",
    )
    code, _, wrong = navdrill(folder, "run", "towing_day.yaml", "--kinds", "my_kinds", "--out", "out")
    assert code == 2
    assert (
        "night_glass.py:6: NightGlass: chance_at is asked by nobody; chances(own, target, conditions)"
        in wrong
    )
    assert "Traceback" not in wrong


GOOD = '''"""A drill."""
from sim.drills._drill import Drill, Limits, Role, assumed
from sim.scenario.numbers import Speed


class Towing(Drill):
    """One."""

    roles = {"ship": Role("a ship")}
'''
PARAMETERS = "    class Parameters(Drill.Parameters):\n        "
BROKEN = {
    "does not import": ("import nothing_of_that_name\n", 1, "ModuleNotFoundError: No module named"),
    "is not Python": ("x = 1\ndef (:\n", 2, "SyntaxError: invalid syntax"),
    "ends the program": ("\nraise SystemExit('no')\n", 2, "SystemExit: no"),
    "has no class of its name": ('"""Towing."""\n', 1, "holds no class Towing that is a Drill"),
    "is not a drill": ("\n\nclass Towing:\n    pass\n", 3, "holds no class Towing that is a Drill"),
    "has no roles": (GOOD.replace('{"ship": Role("a ship")}', "{}"), 6, "Towing: has no roles"),
    "has roles of another kind": (GOOD.replace('Role("a ship")', '"a ship"'), 6, "Towing: roles: ship is no Role"),
    "has parameters of another kind": (GOOD + "    class Parameters: pass\n", 6, "its Parameters are no Drill.Parameters"),
    "has a default of another unit": (GOOD + PARAMETERS + "pace: Speed = assumed('5 nmi (3 .. 8 nmi)', 'So.')\n", 6, "pace: "),
    "has a default from nowhere": (GOOD + PARAMETERS + "pace: Speed = '5 kn'\n", 6, "pace: a default needs a source"),
    "has limits from nowhere": (GOOD + "    limits = Limits.model_validate({'sea_state': '4'})\n", 6, "limits.sea_state: a default"),
    "hides a key of every serial": (GOOD + PARAMETERS + "duration: Speed = assumed('5 kn (3 .. 8 kn)', 'So.')\n", 6,
                                    "duration: every serial has a key of that name"),
    "is scored by nothing": (GOOD + "    technical = 'tow'\n", 6, "no measure called 'tow'. Did you mean 'tows'?"),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_a_drill_that_cannot_be_used_is_told_with_its_line(folder, what):
    text, line, told = BROKEN[what]
    path = folder / "my_kinds" / "drills" / "towing.py"
    path.write_text(text, "utf-8")
    sim.kinds(folder / "my_kinds")
    with pytest.raises(KindsError) as wrong:
        read(folder / "towing_day.yaml")
    assert str(wrong.value).startswith(f"{path}:{line}: ")
    assert told in str(wrong.value)


def test_what_breaks_in_shared_code_is_told_where_it_breaks(folder):
    drills = folder / "my_kinds" / "drills"
    (drills / "_lines.py").write_text("A = 1\nB = A / 0\n", "utf-8")
    (drills / "towing.py").write_text("from ._lines import B\n", "utf-8")
    sim.kinds(folder / "my_kinds")
    with pytest.raises(KindsError, match=r"_lines.py:2: ZeroDivisionError"):
        shelves.kind("drills", "towing")


def test_a_measure_without_its_unit_is_told(folder):
    tows = folder / "my_kinds" / "measures" / "tows.py"
    tows.write_text('"""Tows."""\nOF = "serial"\n\n\ndef measure(run):\n    return {}\n', "utf-8")
    sim.kinds(folder / "my_kinds")
    with pytest.raises(KindsError, match=r"tows.py:1: a measure needs OF, UNIT, measure; there is no UNIT"):
        shelves.module("measures", "tows")


def test_the_command_tells_it_without_a_traceback(folder):
    (folder / "my_kinds" / "drills" / "towing.py").write_text("x = 1\ndef (:\n", "utf-8")
    code, said, wrong = navdrill(folder, "check", "towing_day.yaml", "--kinds", "my_kinds")
    assert (code, said) == (2, "")
    assert "my_kinds/drills/towing.py:2: SyntaxError" in wrong
    assert "Traceback" not in wrong


def test_a_name_of_the_packages_own_is_refused_with_both_places(folder):
    mine = folder / "my_kinds" / "drills" / "surface_gunnery.py"
    mine.write_text('"""Mine."""\n', "utf-8")
    sim.kinds(folder / "my_kinds")
    with pytest.raises(KindsError) as wrong:
        shelves.names("drills")
    assert str(mine) in str(wrong.value)
    assert str(ROOT / "sim" / "drills" / "surface_gunnery.py") in str(wrong.value)


def test_a_name_in_two_folders_is_refused_with_both_places(folder):
    other = folder / "others" / "drills" / "towing.py"
    other.parent.mkdir(parents=True)
    other.write_text('"""Another."""\n', "utf-8")
    sim.kinds(folder / "my_kinds", folder / "others")
    with pytest.raises(KindsError) as wrong:
        shelves.names("drills")
    assert str(other) in str(wrong.value)
    assert str(folder / "my_kinds" / "drills" / "towing.py") in str(wrong.value)


def test_a_folder_named_twice_is_one(folder):
    sim.kinds(folder / "my_kinds", folder / "my_kinds" / ".." / "my_kinds")
    assert outside.named() == (str(folder / "my_kinds"),)


NO_FOLDER = {
    "nowhere": "no such folder of kinds",
    "my_kinds/drills": "is no folder of kinds; it holds none of drills,",
}


@pytest.mark.parametrize("said", NO_FOLDER)
def test_what_is_no_folder_of_kinds_is_told(folder, said, monkeypatch):
    monkeypatch.chdir(folder)
    with pytest.raises(KindsError) as wrong:
        sim.kinds(said)
    assert str(wrong.value).startswith(f"{said}: {NO_FOLDER[said]}")


def test_so_it_is_where_the_environment_says_it(folder):
    code, _, wrong = navdrill(folder, "show", "drills", NAVDRILL_KINDS="nowhere")
    assert code == 2
    assert "NAVDRILL_KINDS: " in wrong
    assert "Traceback" not in wrong


def test_an_installed_package_can_bring_kinds(folder):
    """By an entry point of the group; installed as a folder on the path with its metadata. Its files use it by its name."""
    package = folder / "site" / "sea_kinds"
    package.parent.mkdir()
    (folder / "my_kinds").rename(package)
    (package / "__init__.py").write_text("WHY = 'Made up.'\n", "utf-8")
    towing = package / "drills" / "towing.py"
    towing.write_text(
        towing.read_text("utf-8").replace("from sim.log", "from .. import WHY  # noqa: F401\nfrom sim.log"),
        "utf-8",
    )
    metadata = folder / "site" / "sea_kinds-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: sea-kinds\nVersion: 1.0\n", "utf-8")
    (metadata / "entry_points.txt").write_text("[navdrill.kinds]\nsea = sea_kinds\n", "utf-8")
    code, said, wrong = navdrill(folder, "run", "towing_day.yaml", "-n", "2", "--workers", "2", "--out", "out",
                                 PYTHONPATH=f"{ROOT}{os.pathsep}{folder / 'site'}")  # fmt: skip
    assert code == 0, wrong
    assert said


def test_an_entry_point_to_nothing_is_told(folder):
    metadata = folder / "sea_kinds-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: sea-kinds\nVersion: 1.0\n", "utf-8")
    (metadata / "entry_points.txt").write_text("[navdrill.kinds]\nsea = sea_kinds\n", "utf-8")
    code, _, wrong = navdrill(folder, "show", "drills", PYTHONPATH=f"{ROOT}{os.pathsep}{folder}")
    assert code == 2
    assert "entry point 'sea' of navdrill.kinds: sea_kinds is no package" in wrong
