"""Replications are played again from their folder alone, and are the same runs or none."""

import sqlite3

import pytest
from small_study import study

import sim
from sim.archive import FILE, resume
from sim.errors import FolderError, NavdrillError
from sim.plots._style import save
from sim.scenario.overrides import read_with
from sim.studies import again
from sim.studies.sweep import sweep


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Six replications of a lesson."""
    found = tmp_path_factory.mktemp("again") / "series"
    resume(read_with("communications", ()), 5, 6, found, workers=1)
    return found


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    """A study of four points."""
    found = tmp_path_factory.mktemp("again") / "study"
    sweep(study(replications=2), found, workers=1)
    return found


def test_runs_are_those_of_the_rows(folder):
    found = again.series(folder)
    runs = again.again(found, 4)
    assert [run.fingerprint for run in runs] == [row.fingerprint for row in found.rows[:4]]
    assert [run.seed for run in runs] == [5] * 4
    assert [run.fingerprint for run in sim.load_runs(folder, 2)] == [run.fingerprint for run in runs[:2]]


def test_they_are_the_same_by_any_number_of_workers(folder, tmp_path):
    """To the last byte of a picture, and in the order of their rows."""
    found, drawn = again.series(folder), {}
    for workers in (1, 2, 3):
        told = []
        runs = again.again(found, 6, told.append, workers=workers)
        assert [row.fingerprint for row in found.rows] == [run.fingerprint for run in runs]
        assert 6 == told[-1]
        path = tmp_path / f"{workers}.png"
        drawn[workers] = [
            save(sim.draw(kind, runs), path).read_bytes() for kind in ("timeline", "cooperation")
        ]

    assert drawn[1] == drawn[2] == drawn[3]


def test_one_that_breaks_when_it_is_played_again_is_told(folder, monkeypatch):
    def broken(*_):
        raise NavdrillError("broke 5 s into the exercise")

    monkeypatch.setattr("sim.runs.play", broken)
    with pytest.raises(NavdrillError, match="broke 5 s into the exercise"):
        again.again(again.series(folder), 2)


def test_a_point_of_a_study_is_played_with_its_values(swept):
    found = again.series(f"{swept}@2")
    assert "sea_state 4" in found.title
    assert found.plan.digest != again.series(f"{swept}@0").plan.digest
    (run,) = again.again(found, 1)
    assert run.fingerprint == found.rows[0].fingerprint
    assert run.seed == 3


@pytest.mark.parametrize("said", ["", "@4", "@x"])
def test_a_study_wants_a_point_it_has(swept, said):
    with pytest.raises(FolderError, match=r"say which, like .*@0|holds no replications"):
        again.series(f"{swept}{said}")


def test_a_run_that_comes_out_otherwise_is_refused(folder, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / FILE).write_bytes((folder / FILE).read_bytes())
    with sqlite3.connect(other / FILE) as database:
        database.execute("UPDATE replications SET fingerprint = 'f00' WHERE replication = 1")
    database.close()
    with pytest.raises(FolderError, match=r"replication 1 comes out otherwise .* was f00"):
        again.again(again.series(other))


def test_a_scenario_that_was_changed_is_refused(folder, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / FILE).write_bytes((folder / FILE).read_bytes())
    with sqlite3.connect(other / FILE) as database:
        (title,) = database.execute("SELECT value FROM about WHERE key = 'title'").fetchone()
        database.execute(
            "UPDATE about SET value = replace(value, ?, 'Silence') WHERE key = 'scenario'", [title]
        )
    database.close()
    with pytest.raises(FolderError, match="reads otherwise than when it was played"):
        again.series(other)
