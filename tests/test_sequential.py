"""Playing until a measure is known well enough: where it stops, why, and that it does not hang on the workers."""

import pytest

from sim.errors import UnknownKind
from sim.scenario.read import read
from sim.sequential import asked, resume_until, value_of
from sim.stopping import Precision
from sim.worker import Row


@pytest.fixture(scope="module")
def plan():
    return read("communications")


def test_what_is_asked_is_read_and_slips_are_told():
    assert asked("serials_completed ±2%") == ("serials_completed", Precision(0.02, True))
    assert asked("hit-rate +-0.01") == ("hit_rate", Precision(0.01))
    with pytest.raises(
        UnknownKind, match=r"--until: no measure called 'serials_complete'\. Did you mean 'serials_completed'"
    ):
        asked("serials_complete ±2%")
    with pytest.raises(UnknownKind, match="--until: no measure called 'lateness'"):
        asked("lateness ±2%")  # of each serial, not of the exercise


def test_it_stops_at_the_same_run_whoever_plays(plan, tmp_path):
    how = ("cooperation_delay", Precision(0.05, True), 200)
    rows, stopping = resume_until(plan, 3, *how, tmp_path / "one")
    again, _ = resume_until(plan, 3, *how, tmp_path / "two", workers=2, chunk=7)
    assert [row.fingerprint for row in rows] == [row.fingerprint for row in again]
    assert 20 <= len(rows) < 200
    assert stopping.half <= 0.05
    assert "<= 5 %" in stopping.why


def test_the_budget_ends_it(plan, tmp_path):
    rows, stopping = resume_until(plan, 3, "cooperation_delay", Precision(0.0001, True), 25, tmp_path)
    assert len(rows) == 25
    assert stopping.why.startswith("budget of 25 spent")


def test_a_measure_is_found_by_its_name_with_or_without_its_unit():
    row = Row(0, measures={"hit_rate_share": 0.4, "hit_rates": 9.0, "lateness_min": {"1": 2.0}})
    assert value_of(row, "hit_rate") == 0.4
    assert value_of(row, "lateness") != value_of(row, "lateness")
