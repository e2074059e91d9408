"""The log: typed columns, causes, and a fingerprint of it all."""

import pickle
from math import isnan, nan

import numpy as np
import pytest

from sim.log import Log, kind

SHOT = kind("shot", "A shot.", gun="text", range_m="number", hit="count")
NOTE = kind("note", "Anything.")


def write(log, **changes):
    """One shot, as stated or changed."""
    said = {"time": 1.0, "serial": "1", "unit": "Alpha", "other": "Golf", "at": (1.0, 2.0), "cause": None,
            "gun": "a", "range_m": 5.0, "hit": 1} | changes  # fmt: skip
    return log.write(SHOT, said.pop("time"), **said)


def two(**changes):
    """A log of a note and a shot that it caused."""
    log = Log()
    log.write(NOTE, 0.0)
    write(log, **{"cause": 0} | changes)
    return log


def test_a_record_comes_back_as_it_was_written():
    """With its number, its kind's word and its own columns by name."""
    record = two()[1]

    assert (1, 1.0, "shot", "1", "Alpha", "Golf") == (
        record.number, record.time, record.kind, record.serial, record.unit, record.other)  # fmt: skip
    assert (1.0, 2.0) == record.at
    assert 0 == record.cause
    assert {"gun": "a", "range_m": 5.0, "hit": 1} == record.details


def test_what_is_left_out_is_none():
    """No serial, unit, other, place or cause."""
    record = two()[0]

    assert (None,) * 5 == (record.serial, record.unit, record.other, record.at, record.cause)
    assert {} == record.details


@pytest.mark.parametrize("name", ["number", "time", "cause", "x", "kind", "at"])
def test_a_kind_cannot_take_the_name_of_a_common_column(name):
    """Else its own numbers would stand where the log keeps those of the records, and a run folder would be torn."""
    with pytest.raises(ValueError, match=f"record 'torn' cannot have a column '{name}'"):
        kind("torn", "Never made.", **{name: "count"})


def test_a_column_missing_or_unknown_is_refused_and_leaves_no_trace():
    """A fault of the code that writes; the log stays as it was."""
    log = two()
    before = log.fingerprint()

    with pytest.raises(KeyError, match="hit"):
        log.write(SHOT, 1.0, gun="a", range_m=1.0)
    with pytest.raises(KeyError, match="colour"):
        log.write(SHOT, 1.0, gun="a", range_m=1.0, hit=0, colour="red")
    assert (2, before) == (len(log), log.fingerprint())


def test_columns_are_typed():
    """A count is whole; a text may be nothing; a number may be not a number."""
    log = two(gun=None, range_m=nan)

    with pytest.raises(TypeError):
        write(log, hit=0.5)
    assert log[1].details["gun"] is None
    assert isnan(log[1].details["range_m"])


def test_a_chain_goes_back_to_the_root():
    """A record first, then what caused it."""
    log = two()
    last = log.write(NOTE, 2.0, cause=1)

    assert [2, 1, 0] == [record.number for record in log.chain(last)]
    assert [0] == [record.number for record in log.chain(0)]


def test_records_of_some_kinds_come_in_order():
    """In the order written, whatever the order asked for; unknown words give none."""
    log = two()
    log.write(NOTE, 2.0)

    assert [0, 1, 2] == [record.number for record in log.of("shot", "note")]
    assert [1] == [record.number for record in log.of("shot")]
    assert [] == list(log.of("unheard"))
    assert ["note", "shot"] == [each.word for each in log.kinds()]
    assert [0, 1, 2] == [record.number for record in log]


def test_a_table_has_the_columns_of_a_kind():
    """The common ones and its own, row by row as the records."""
    log = two()
    write(log, gun="b", at=None, cause=1)
    table = log.table("shot")

    assert ["number", "time", "serial", "unit", "other", "x", "y", "cause", "gun", "range_m", "hit"] == list(
        table
    )
    assert [1, 2] == list(table["number"])
    assert ["a", "b"] == list(table["gun"])
    assert [0, 1] == list(table["cause"])
    assert isnan(table["x"][1])
    assert np.int64 == table["hit"].dtype
    assert {} == log.table("unheard")


@pytest.mark.parametrize("change", [{"time": 1.0000000000000002}, {"serial": "2"}, {"unit": "Bravo"}, {"other": None},
                                    {"at": (1.0, 2.5)}, {"at": None}, {"cause": None}, {"gun": "b"}, {"range_m": 5.5},
                                    {"range_m": nan}, {"hit": 0}])  # fmt: skip
def test_any_change_changes_the_fingerprint(change):
    """Time to the last bit, every name, the place, the cause, every detail."""
    assert two().fingerprint() != two(**change).fingerprint()


def test_order_and_kind_change_the_fingerprint():
    """The same records in another order, or one more, are another log."""
    one, other = Log(), Log()
    for log, names in ((one, ("Alpha", "Bravo")), (other, ("Bravo", "Alpha"))):
        for name in names:
            write(log, unit=name)
    more = two()
    more.write(NOTE, 1.0)

    assert one.fingerprint() != other.fingerprint()
    assert two().fingerprint() != more.fingerprint()


def test_names_cannot_be_cut_another_way():
    """Two names are not one with whatever sign stands between them."""
    one, other = Log(), Log()
    one.write(NOTE, 0.0, unit="a\x1fb")
    other.write(NOTE, 0.0, unit="a")
    other.codes(["b"])

    assert one.fingerprint() != other.fingerprint()


def test_reading_changes_nothing():
    """Neither one by one, nor as tables, nor by asking for what is not there."""
    log = two()
    before = log.fingerprint()
    list(log)
    log.table("shot")
    log.chain(1)
    list(log.of("unheard"))

    assert before == log.fingerprint()


def test_a_log_pickles():
    """A worker gives it back whole, and it can be written on."""
    log = two(range_m=nan)
    back = pickle.loads(pickle.dumps(log))

    assert log.fingerprint() == back.fingerprint()
    assert 2 == write(back)


def test_a_negative_number_is_refused():
    """The end of a chain is not the last record."""
    with pytest.raises(IndexError):
        two()[-1]


def test_records_brought_in_later_take_their_places_by_time():
    """Those of one moment stay after the ones that were written as it happened; causes follow their records."""
    log = Log()
    log.write(NOTE, 0.0, unit="a")
    log.write(NOTE, 5.0, unit="b")
    last = log.write(NOTE, 9.0, unit="c", cause=1)
    gun, alpha = log.codes(["g", "Alpha"])
    log.extend(SHOT, {"time": [5.0, 2.0, 20.0], "unit": [alpha] * 3, "gun": [gun] * 3, "range_m": [1.0, 2.0, 3.0],
                      "hit": [0, 1, 0], "cause": [-1, -1, last]})  # fmt: skip
    log.seal()

    assert [0.0, 2.0, 5.0, 5.0, 9.0, 20.0] == [record.time for record in log]
    assert ["a", "Alpha", "b", "Alpha", "c", "Alpha"] == [record.unit for record in log]
    assert [None, None, None, None, 2, 4] == [record.cause for record in log]
    assert [2.0, 1.0, 3.0] == [record.details["range_m"] for record in log.of("shot")]
    assert log[1].at is None
    assert [0, 1, 2, 3, 4, 5] == [record.number for record in log.of("shot", "note")]


def test_sealing_what_is_in_order_changes_nothing():
    """Nor does sealing twice."""
    log = two()
    before = log.fingerprint()
    log.seal()

    assert before == log.fingerprint()


def test_a_time_is_read_without_the_rest():
    """Of any record, by its number."""
    log = two(time=7.5)

    assert [0.0, 7.5] == [log.time(number) for number in range(2)]


def test_a_record_takes_few_bytes():
    """A leg, the most frequent record, fewer than 64."""
    log = Log()
    leg = kind("log-test-leg", "A leg.", vx="number", vy="number")
    for _ in range(1000):
        log.write(leg, 0.0, unit="Alpha", at=(1.0, 2.0), vx=0.0, vy=0.0)

    assert 64 > len(pickle.dumps(log)) / 1000
