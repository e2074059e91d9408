"""Studies played: the same table from anyone, interrupted or not; and what is refused."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import series_players
from small_study import TEXT, study

from sim.crews import InTurn
from sim.errors import FolderError, NavdrillError
from sim.executors import executing
from sim.runs import play
from sim.studies.results import load
from sim.studies.sweep import sweep
from sim.studies.table import CSV

ROOT = Path(__file__).parents[2]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="sends a POSIX signal")
CHILD = """\
import sys
sys.path[:0] = sys.argv[2:]
from series_players import slow
from small_study import study
from sim.studies.sweep import sweep

if __name__ == "__main__":
    sweep(study(replications=125), sys.argv[1], workers=2, chunk=2, play=slow, finished=lambda done: print(done, flush=True))
"""


def coast(plan, seed, replication):
    """Never ends."""
    while True:
        pass


@pytest.mark.parametrize("how", [{"executor": InTurn()}, {"workers": 2}, {"workers": 4, "chunk": 1},
                                 {"executor": ThreadPoolExecutor(3), "workers": 3}], ids=["serial", "two", "four", "threads"])  # fmt: skip
def test_the_table_is_the_same_to_the_last_byte_whoever_plays(played, tmp_path, how):
    table = sweep(study(), tmp_path, **how)
    assert table.csv() == played[1]
    assert (tmp_path / CSV).read_text(encoding="utf-8") == played[1]


def test_dask_plays_the_same(played, tmp_path):
    """Two worker processes on loopback."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster, \
            executing(f"dask:{cluster.scheduler_address}", None) as how:  # fmt: skip
        assert how["workers"] == 2
        assert sweep(study(), tmp_path, **how).csv() == played[1]


def test_nobody_at_the_address_is_told(monkeypatch):
    monkeypatch.setattr("sim.executors.PATIENCE", 0.2)
    with (
        pytest.raises(NavdrillError, match="no Dask scheduler answers at tcp://127"),
        executing("dask:tcp://127.0.0.1:9", None),
    ):
        pass


def test_workers_of_another_version_are_refused(monkeypatch):
    from sim import executors

    with pytest.raises(
        NavdrillError, match=r"worker tcp://x has Python 2\.7 and navdrill 0\.0; here it is Python 3"
    ):
        executors._same_everywhere({"tcp://x": ("2.7", "0.0")})


def test_words_nobody_knows_are_refused():
    with (
        pytest.raises(NavdrillError, match=r"no 'procesess'.*Did you mean 'processes'"),
        executing("procesess", None),
    ):
        pass


def test_a_run_of_a_study_is_that_run_alone(played, found):
    made = study()
    for point in (0, 3):
        row = next(row for number, row in found.table.rows if number == point and row.replication == 4)
        assert row.fingerprint == play(made.plan(made.points[point]), 3, 4).fingerprint


def test_points_share_their_luck(found):
    """Sea state changes nothing in an exchange of signals but the speed of ships; delays are the same draws, stretched."""
    assert found.table.at(0, "signals_in_time.1") != found.table.at(1, "signals_in_time.1")
    assert found.table.at(0, "signals_in_time.1") == found.table.at(2, "signals_in_time.1")


def test_what_is_done_is_not_played_again(played, tmp_path):
    seen = []

    def watched(plan, seed, replication):
        seen.append(replication)
        return play(plan, seed, replication)

    sweep(study(replications=2), tmp_path, play=watched)
    assert len(seen) == 8
    done = []
    assert sweep(study(), tmp_path, play=watched, finished=done.append).csv() == played[1]
    assert len(seen) == 24
    assert (done[0], done[-1]) == (8, 24)


def test_points_that_are_one_scenario_are_played_once(tmp_path):
    (tmp_path / "points.csv").write_text("sea_state,delay\n1,1 min\n1,1 min\n")
    seen = []

    def watched(plan, seed, replication):
        seen.append(replication)
        return play(plan, seed, replication)

    table = sweep(
        study(design=f"{{csv: {tmp_path / 'points.csv'}}}", replications=3), tmp_path / "out", play=watched
    )
    assert seen == [0, 1, 2]
    assert table.at(0, "signals_in_time.1") == table.at(1, "signals_in_time.1")


def test_another_study_is_refused_and_nothing_is_lost(played, tmp_path):
    sweep(study(replications=1), tmp_path)
    with pytest.raises(FolderError, match="holds replications of another study, 'Signals' as it was then"):
        sweep(study(seed=99), tmp_path)
    assert sweep(study(), tmp_path).csv() == played[1]


def test_one_that_breaks_is_set_aside_and_the_others_go_on(tmp_path):
    table = sweep(study(), tmp_path, play=series_players.breaks)
    assert [(point, row.replication) for point, row in table.faults] == [(0, 5), (1, 5), (2, 5), (3, 5)]
    assert "point 2, seed 3, replication 5" in table.faults[2][1].fault
    assert load(tmp_path).missing == 4


def test_one_that_hangs_is_ended(tmp_path):
    table = sweep(study(replications=1, limit="0.3 s"), tmp_path, play=coast)
    assert all("took more than 0.3 s and was ended" in row.fault for _, row in table.faults)
    assert len(table.faults) == 4


def test_one_that_kills_its_worker_is_set_aside(tmp_path):
    table = sweep(
        study(factors="{sea: {path: environment.sea_state, levels: [1, 2]}}"),
        tmp_path,
        workers=2,
        play=series_players.kills,
    )
    assert [(point, row.replication) for point, row in table.faults] == [(0, 5), (1, 5)]
    assert "ended its worker 2 times (point 1, seed 3, replication 5)" in table.faults[1][1].fault


def interrupted(folder, moments):
    """Plays the study of 500 runs in a process that is killed at some moments, and goes on each time."""
    for moment in moments:
        child = subprocess.Popen([sys.executable, "-c", CHILD, str(folder), str(ROOT / "tests"), str(ROOT / "tests" / "studies")],
                                 stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)})  # fmt: skip
        assert child.stdout is not None
        child.stdout.readline()  # it has opened the folder
        time.sleep(moment)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
    return sweep(study(replications=125), folder).csv()


@POSIX
def test_killed_and_gone_on_with_nothing_is_lost_or_doubled(tmp_path):
    whole = sweep(study(replications=125), tmp_path / "whole").csv()
    assert interrupted(tmp_path / "killed", (0.3, 1.1)) == whole


@POSIX
@pytest.mark.slow
@pytest.mark.timeout(1800)  # fifty interpreters begin
def test_killed_fifty_times_nothing_is_lost_or_doubled(tmp_path):
    whole = sweep(study(replications=125), tmp_path / "whole").csv()
    assert interrupted(tmp_path / "killed", [0.05 + 0.731 * number % 1.3 for number in range(50)]) == whole


def test_two_at_once_are_told(tmp_path):
    def second(plan, seed, replication):
        with pytest.raises(FolderError, match="another navdrill is at work"):
            sweep(study(), tmp_path)
        return play(plan, seed, replication)

    sweep(
        study(replications=1, factors="{sea: {path: environment.sea_state, levels: [1, 2]}}"),
        tmp_path,
        play=second,
    )


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(FolderError, match="file"):
        sweep(study(replications=1), tmp_path / "file" / "study")


def test_the_text_of_the_study_is_what_it_says():
    assert TEXT.startswith("experiment: Signals")
