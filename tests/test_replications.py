"""Many replications: the same rows from anyone, and what happens when one breaks, dies or is stopped."""

import gc
import multiprocessing
import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
import series_players
from series_players import BAD

from sim import replications
from sim.crews import THREADS, InTurn
from sim.errors import NavdrillError, UnknownKind
from sim.replications import replicate
from sim.runs import play
from sim.scenario.read import read

SEED, COUNT = 3, 12
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="sends a POSIX signal")


@pytest.fixture(scope="module")
def plan():
    return read("gunnery_day")


@pytest.fixture(scope="module")
def rows(plan):
    """As this process plays them, one after the other."""
    return replicate(plan, SEED, COUNT)


def told(rows):
    """Rows as text: what is not a number equals nothing, itself included."""
    return [repr(row) for row in rows]


def test_a_row_says_what_its_run_says(plan, rows):
    run = play(plan, SEED, 7)
    row = rows[7]

    assert (7, run.fingerprint, None) == (row.replication, row.fingerprint, row.fault)
    assert {
        serial: (record.details["result"], record.details["reason"] or "")
        for serial, record in run.outcomes.items()
    } == row.outcomes
    assert run.measures("serials_completed")["serials_completed"] == row.measures["serials_completed"]
    assert run.measures("score")["score"] == row.measures["score_share"]
    assert {"cooperation_delay_s", "hit_rate_share", "lateness_min"} <= set(row.measures)


@pytest.mark.parametrize("how", [
    {"workers": 2}, {"workers": 2, "chunk": 5}, {"workers": 1, "chunk": 4}, {"executor": InTurn()},
])  # fmt: skip
def test_the_same_rows_from_anyone(plan, rows, how):
    assert told(rows) == told(replicate(plan, SEED, COUNT, **how))


def test_the_same_rows_from_an_executor_lent(plan, rows):
    with ThreadPoolExecutor(1) as executor:
        assert told(rows) == told(replicate(plan, SEED, COUNT, executor=executor, workers=1))

        assert 4 == executor.submit(lambda: 4).result(), "it is left open"


def test_some_may_be_left_out(plan, rows):
    came = []
    found = replicate(plan, SEED, COUNT, skip=range(0, COUNT, 2), chunk=4, finished=came.append)

    assert told(rows[1::2]) == told(found)
    assert [4, 2] == [len(each) for each in came]
    assert told(found) == told(row for each in came for row in each)


def test_chunks_shrink_towards_the_end(plan):
    """So that all workers end together."""
    sizes = []
    replicate(plan, SEED, 40, finished=lambda rows: sizes.append(len(rows)), executor=InTurn(), workers=1,
              play=series_players.breaks, skip=range(20))  # fmt: skip

    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1] == 1


def test_only_what_is_asked_for(plan):
    row = replicate(plan, SEED, 1, measures=["hit-rate", "sorties"])[0]

    assert ["hit_rate_share", "sorties"] == list(row.measures)


def test_an_unknown_measure_is_refused_before_the_first_is_played(plan):
    with pytest.raises(UnknownKind, match=r"no measure called 'hit_rat'. Did you mean 'hit_rate'"):
        replicate(plan, SEED, 1, measures=["hit_rat"], play=series_players.kills_always)


@pytest.mark.parametrize("workers", [1, 2])
def test_one_that_breaks_is_told_and_the_others_go_on(plan, rows, workers):
    found = replicate(plan, SEED, COUNT, workers=workers, play=series_players.breaks, chunk=4)

    assert told(rows[:BAD] + rows[BAD + 1 :]) == told(row for row in found if row.fault is None)
    assert f"broke (seed {SEED}, replication {BAD}): ZeroDivisionError: no wind" == found[BAD].fault


@POSIX
def test_a_killed_worker_loses_nothing(plan, rows):
    """What it had in hand is played by another."""
    killed = []

    def kill(_):
        if not killed:
            worker = multiprocessing.active_children()[0]
            killed.append(worker.pid)
            os.kill(worker.pid, signal.SIGKILL)

    found = replicate(plan, SEED, COUNT, workers=2, chunk=2, play=series_players.slow, finished=kill)

    assert killed
    assert told(rows) == told(found)


@POSIX
def test_one_that_kills_its_workers_is_set_aside(plan, rows):
    found = replicate(plan, SEED, COUNT, workers=2, play=series_players.kills)

    assert told(rows[:BAD] + rows[BAD + 1 :]) == told(row for row in found if row.fault is None)
    assert f"ended its worker 2 times (seed {SEED}, replication {BAD})" == found[BAD].fault


@POSIX
def test_workers_that_never_live_are_not_started_for_ever(plan, monkeypatch):
    monkeypatch.setattr(replications, "BARREN", 3)
    with pytest.raises(NavdrillError, match="3 times the workers ended before one replication was played"):
        replicate(plan, SEED, COUNT, workers=2, play=series_players.kills_always)


def test_ctrl_c_stops_and_leaves_no_worker(plan):
    def stop(_):
        raise KeyboardInterrupt

    before = set(multiprocessing.active_children())
    with pytest.raises(KeyboardInterrupt):
        replicate(plan, SEED, 200, workers=2, chunk=2, finished=stop)

    assert before == set(multiprocessing.active_children())


def test_workers_count_on_one_processor_each(plan, monkeypatch):
    """And the environment is as it was afterwards."""
    for name in THREADS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(THREADS[0], "3")
    seen = replicate(plan, SEED, 2, workers=2, play=series_players.threads)

    assert {f"OMP_NUM_THREADS=3 OPENBLAS_NUM_THREADS=1 (seed {SEED}, replication {row.replication})"
            for row in seen} == {row.fault for row in seen}  # fmt: skip
    assert THREADS[1] not in os.environ
    assert "3" == os.environ[THREADS[0]]


@pytest.mark.slow
def test_a_thousand_replications_do_not_grow(plan):
    """What is kept from the hundredth to the thousandth in one process: less than 1 MiB; a run alone takes more."""
    tracemalloc = pytest.importorskip("tracemalloc")
    replicate(plan, SEED, 100)
    tracemalloc.start()
    try:
        replicate(plan, SEED, 110, skip=range(100))
        gc.collect()  # else a run that has not been cleared away yet counts as kept
        before = tracemalloc.get_traced_memory()[0]
        replicate(plan, SEED, 1000, skip=range(110))
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()

    assert grown < 2**20
