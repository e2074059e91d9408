"""Two plans compared in pairs: what differs, and how surely; and what has no pairs."""

from math import isclose

import pytest

from sim.archive import resume
from sim.comparison import compare, read_side, telling, told
from sim.errors import FolderError
from sim.scenario.read import read
from sim.worker import Row


def row(number, value, result="completed", late=0.0):
    return Row(number, "f", {"hit_rate_share": value, "lateness_min": {"4": late}}, {"4": (result, "")})


def test_what_pairs_share_takes_no_part_in_the_interval():
    """Luck from 0 to 90, a difference of 2 or 3: the interval is of the differences alone."""
    ones = [row(number, 10.0 * number) for number in range(10)]
    others = [row(number, 10.0 * number + 2.0 + number % 2) for number in range(10)]
    found = next(each for each in compare(ones, others) if each.name == "hit_rate_share")
    assert found.difference.value == 2.5
    assert 2.0 < found.difference.low < found.difference.high < 3.0
    assert found.is_sure
    assert found.one.high - found.one.low > 40.0


def test_a_serial_is_compared_by_its_chances():
    """Late in 6 of 10, then in none: -0.6 of punctuality the other way round."""
    ones = [row(number, 0.0, late=20.0 if number < 6 else 3.0) for number in range(10)]
    others = [row(number, 0.0) for number in range(10)]
    found = {each.name: each for each in compare(ones, others)}
    assert isclose(found["4 began on time"].difference.value, 0.6)
    assert found["4 began on time"].is_sure
    assert found["4 carried out"].difference.value == 0.0
    assert not found["4 carried out"].is_sure
    assert ["hit rate share", "lateness min.4", "4 began on time"] == [
        told(each)[0] for each in telling(compare(ones, others))
    ]
    assert 5 > len(telling(compare(ones, others))) < len(telling(compare(ones, others), everything=True))


def test_runs_that_one_lacks_are_left_out():
    ones = [row(1, 1.0), row(2, 2.0), Row(3, fault="broke")]
    others = [row(2, 5.0), row(3, 9.0), row(4, 9.0)]
    assert compare(ones, others)[0].difference.value == 3.0
    with pytest.raises(FolderError, match="no replication in common"):
        compare(ones, [row(7, 1.0)])


def test_folders_are_read_by_what_they_hold(tmp_path):
    plan = read("communications")
    resume(plan, 3, 4, tmp_path / "one")
    title, rows = read_side(str(tmp_path / "one"))
    assert title == plan.exercise
    assert [each.replication for each in rows] == [0, 1, 2, 3]
    assert all(each.difference.value == 0.0 for each in compare(rows, rows))
    with pytest.raises(FolderError, match="holds no replications"):
        read_side(str(tmp_path))
