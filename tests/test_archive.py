"""Replications in a folder: kept whole, gone on with, exported; and what is refused."""

import csv
import dataclasses
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim import archive
from sim.archive import FILE, TABLE, Archive, about, resume, table
from sim.errors import FolderError
from sim.replications import replicate
from sim.scenario.read import read

ROOT = Path(__file__).parent.parent
SEED, COUNT = 3, 8
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="sends a POSIX signal")
SERIES = """\
import sys
from series_players import slow
from sim.archive import resume
from sim.scenario.read import read

if __name__ == "__main__":
    resume(read("gunnery_day"), 3, 400, sys.argv[1], workers=2, chunk=2, play=slow,
           finished=lambda done: print(done, flush=True))
"""


@pytest.fixture(scope="module")
def plan():
    return read("gunnery_day")


@pytest.fixture(scope="module")
def rows(plan):
    return replicate(plan, SEED, COUNT)


def told(rows):
    return [repr(row) for row in rows]


def test_what_comes_back_is_what_was_played(plan, rows, tmp_path):
    assert told(rows) == told(resume(plan, SEED, COUNT, tmp_path / "new"))
    assert told(rows) == told(resume(plan, SEED, COUNT, tmp_path / "new"))


def test_what_is_done_is_not_played_again(plan, rows, tmp_path):
    """Also when more are asked for, and when fewer are."""
    seen, told_of = [], []

    def watched(plan, seed, replication):
        from sim.runs import play

        seen.append(replication)
        return play(plan, seed, replication)

    for count in (3, COUNT, 5):
        found = resume(plan, SEED, count, tmp_path, play=watched, finished=told_of.append)
        assert told(rows[:count]) == told(found)

    assert list(range(COUNT)) == seen
    assert [0, 3, COUNT, 5] == [told_of[0], told_of[3], told_of[-2], told_of[-1]], told_of


def test_one_that_failed_is_tried_again(plan, rows, tmp_path):
    def broken(plan, seed, replication):
        raise ZeroDivisionError("no wind")

    failed = resume(plan, SEED, 2, tmp_path, play=broken)
    assert 2 == sum("no wind" in row.fault for row in failed)

    assert told(rows[:2]) == told(resume(plan, SEED, 2, tmp_path))


def test_seeds_and_measures_are_series_of_their_own(plan, rows, tmp_path):
    resume(plan, SEED + 1, 2, tmp_path)
    found = resume(plan, SEED, 2, tmp_path, measures=["sorties"])

    assert [{"sorties"}] * 2 == [set(row.measures) for row in found]
    assert told(rows[:2]) == told(resume(plan, SEED, 2, tmp_path))


def test_another_version_plays_anew(plan, tmp_path, monkeypatch):
    resume(plan, SEED, 2, tmp_path)
    monkeypatch.setattr(archive.outside, "own_version", lambda: "99.0")
    with Archive(tmp_path, *about(plan)) as held:
        series = held.series(plan.digest, SEED)
        assert set() == held.done(series, 2)


def test_the_table_has_a_row_for_each(plan, rows, tmp_path):
    resume(plan, SEED, COUNT, tmp_path)
    with (tmp_path / TABLE).open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))

    assert [str(row.replication) for row in rows] == [row["replication"] for row in found]
    assert [row.measures["score_share"]["2"] for row in rows] == [
        float(row["score_share.2"]) for row in found
    ]
    assert [row.outcomes["3"][0] for row in rows] == [row["result.3"] for row in found]
    assert {str(SEED)} == {row["seed"] for row in found}
    assert [TABLE, FILE] == sorted(each.name for each in tmp_path.iterdir())
    assert table(rows, SEED) == (tmp_path / TABLE).read_text("utf-8")


def test_the_archive_opens_in_any_sqlite(plan, rows, tmp_path):
    resume(plan, SEED, COUNT, tmp_path)
    with sqlite3.connect(tmp_path / FILE) as database:
        mean = database.execute(
            "SELECT avg(value) FROM measures WHERE measure = 'serials_completed'"
        ).fetchone()[0]
        said = dict(database.execute("SELECT key, value FROM about"))
    database.close()

    assert sum(row.measures["serials_completed"] for row in rows) / COUNT == mean
    assert plan.digest == said["scenario_digest"]


def test_another_scenario_is_refused(plan, tmp_path):
    resume(plan, SEED, 1, tmp_path)
    other = plan.model_copy(update={"exercise": "Another day", "serials": plan.serials[:1]})

    with pytest.raises(
        FolderError, match="holds replications of another scenario, 'Gunnery day' as it was then"
    ):
        resume(other, SEED, 1, tmp_path)


def test_a_foreign_folder_is_refused_and_left_alone(plan, tmp_path):
    (tmp_path / "thesis.tex").write_text("x")

    with pytest.raises(FolderError, match="is not empty and holds no replications; choose another --out"):
        resume(plan, SEED, 1, tmp_path)

    assert ["thesis.tex"] == [each.name for each in tmp_path.iterdir()]


def test_a_foreign_database_is_refused(plan, tmp_path):
    database = sqlite3.connect(tmp_path / FILE)
    database.execute("CREATE TABLE songs (name)")
    database.commit()
    database.close()

    with pytest.raises(FolderError, match="is not navdrill's; choose another --out"):
        resume(plan, SEED, 1, tmp_path)


def test_an_archive_of_a_later_format_is_refused(plan, tmp_path):
    resume(plan, SEED, 1, tmp_path)
    database = sqlite3.connect(tmp_path / FILE)
    database.execute("PRAGMA user_version = 3")
    database.close()

    with pytest.raises(FolderError, match="has format 3; this navdrill reads 2"):
        resume(plan, SEED, 1, tmp_path)


def test_what_is_no_database_is_told(plan, tmp_path):
    (tmp_path / FILE).write_text("x" * 2000)

    with pytest.raises(FolderError, match=r"runs.sqlite cannot be read: file is not a database"):
        resume(plan, SEED, 1, tmp_path)


def test_a_second_writer_is_refused(plan, tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "PATIENCE", 0.1)
    with (
        Archive(tmp_path, *about(plan)),
        pytest.raises(
            FolderError, match=r"another navdrill is at work in .*; wait for it, or choose another --out"
        ),
    ):
        resume(plan, SEED, 1, tmp_path)

    assert 1 == len(resume(plan, SEED, 1, tmp_path))


def test_a_place_that_cannot_be_written_is_told(plan, tmp_path):
    (tmp_path / "file").write_text("x")

    with pytest.raises(FolderError, match=r"cannot write the replications to .*: Not a directory"):
        resume(plan, SEED, 1, tmp_path / "file" / "series")


def test_a_read_only_folder_is_told(plan, tmp_path, monkeypatch):
    """As SQLite finds it when it can make no file there; root may write anywhere."""

    def unable(path, **more):
        raise sqlite3.OperationalError("unable to open database file")

    monkeypatch.setattr(archive.sqlite3, "connect", unable)
    with pytest.raises(FolderError, match=r"cannot write the replications to .*unable to open database file"):
        resume(plan, SEED, 1, tmp_path)


def test_a_read_only_archive_is_told(plan, tmp_path, monkeypatch):
    """As SQLite refuses it; to root, who may write anywhere, nothing else would be refused."""
    resume(plan, SEED, 1, tmp_path)
    connect = sqlite3.connect

    def reading(path, **more):
        return connect(f"file:{path}?mode=ro", uri=True, **more)

    monkeypatch.setattr(archive.sqlite3, "connect", reading)
    with pytest.raises(FolderError, match=r"cannot write the replications to .*readonly database"):
        resume(plan, SEED, 2, tmp_path)


def test_rows_go_to_disk_all_or_none(plan, rows, tmp_path):
    bad = rows[1].__class__(1, "f", {"score_share": "no number"}, {})
    with Archive(tmp_path, *about(plan)) as held:
        series = held.series(plan.digest, SEED)
        with pytest.raises(TypeError):
            held.add(series, [rows[0], bad])
        assert [] == held.rows(series, COUNT)
        held.add(series, rows[:1])
        assert told(rows[:1]) == told(held.rows(series, COUNT))


@POSIX
def test_killed_in_the_middle_it_goes_on_from_there(plan, rows, tmp_path):
    """SIGKILL of the one who hands out work: its workers end too, and no row is lost or torn."""
    (tmp_path / "series.py").write_text(SERIES)
    out = tmp_path / "out"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])}
    with subprocess.Popen([sys.executable, str(tmp_path / "series.py"), str(out)], env=environment, text=True,
                          stdout=subprocess.PIPE) as process:  # fmt: skip
        try:
            done = next(int(line) for line in process.stdout if int(line) >= 4)
        finally:
            process.kill()
        assert process.stdout.read() is not None, (
            "ends when the last worker, who holds the pipe too, has ended"
        )
    assert -signal.SIGKILL == process.returncode

    with Archive(out, *about(plan)) as held:
        series = held.series(plan.digest, SEED)
        kept = held.done(series, 400)
    assert done <= len(kept) < 400
    assert told(rows) == told(resume(plan, SEED, COUNT, out))


def test_ctrl_c_keeps_what_was_played(plan, rows, tmp_path):
    def stop(done):
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        resume(plan, SEED, COUNT, tmp_path, finished=stop, chunk=3)

    with Archive(tmp_path, *about(plan)) as held:
        series = held.series(plan.digest, SEED)
        assert {0, 1, 2} == held.done(series, COUNT)


def test_it_costs_less_than_a_millisecond_a_run(plan, rows, tmp_path):
    """Keeping a row, in the mean over a hundred, beside the run itself."""
    many = [row.__class__(number, row.fingerprint, row.measures, row.outcomes)
            for number, row in enumerate(rows * 13)]  # fmt: skip
    with Archive(tmp_path, *about(plan)) as held:
        series = held.series(plan.digest, SEED)
        began = time.process_time()
        for at in range(0, len(many), 4):
            held.add(series, many[at : at + 4])
        taken = time.process_time() - began

    assert taken / len(many) < 1e-3


def test_a_full_disk_is_told_and_nothing_is_lost(plan, rows, tmp_path, monkeypatch):
    """What was kept before is there, whole, and the same call goes on when there is room again."""
    resume(plan, SEED, 2, tmp_path)
    connect = sqlite3.connect

    def cramped(*given, **named):
        database = connect(*given, **named)
        database.execute("PRAGMA max_page_count = 1")  # no page more than there are
        return database

    monkeypatch.setattr(archive.sqlite3, "connect", cramped)
    many = [dataclasses.replace(rows[2], replication=number) for number in range(2, 400)]
    with Archive(tmp_path, *about(plan)) as held:
        series = held.series(plan.digest, SEED)
        with pytest.raises(FolderError, match=r"cannot write the replications to .*full"):
            held.add(series, many)
        assert {0, 1} == held.done(series, 400)
    monkeypatch.undo()
    assert told(rows) == told(resume(plan, SEED, COUNT, tmp_path))
