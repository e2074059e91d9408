"""The log as text: to the last bit, in order, whatever the names are."""

import csv
import json
from math import inf, isnan, nan, nextafter

import numpy as np
import pytest

from sim import records
from sim.log import Log, kind

LEAF = kind("leaf", "Nothing more to say.")
ODD = kind("odd", "Every type.", size_m="number", times="count", words="text")
NUMBERS = (
    0.1,
    -0.0,
    1e22,
    1e-7,
    5e-324,
    1.7976931348623157e308,
    nextafter(1, 2),
    inf,
    -inf,
    nan,
    123456789012345680.0,
)
NAMES = (
    None,
    "",
    "plain",
    'quoted "name"',
    "comma, name",
    "line\nbreak",
    "齐齐哈尔",
    "100 %",
    "NaN",
    "\0",
    "null",
)


@pytest.fixture
def log():
    """Two kinds in turn; each number and name somewhere."""
    made = Log()
    for number, size in enumerate(NUMBERS * len(NAMES)):
        name = NAMES[number % len(NAMES)]
        made.write(
            LEAF, number / 7, unit=name, at=(size, 2.0) if not isnan(size) else None, cause=number or None
        )
        made.write(ODD, number / 3, serial="1", other=name, at=(1.0, size) if number % 2 and not isnan(size) else None,
                   size_m=size, times=-number, words=name)  # fmt: skip
    return made


def back(log):
    lines = records.lines(records.sheets(log)).split("\n")
    assert "" == lines.pop()
    kinds = [{"word": each.word, "doc": each.doc, "columns": dict(each.columns)} for each in log.kinds()]
    return records.read_lines(json.loads(json.dumps(lines)), kinds, "folder")


def test_a_log_comes_back_to_the_last_bit(log):
    assert log.fingerprint() == back(log).fingerprint()


def test_an_empty_log_has_no_lines():
    assert "" == records.lines(records.sheets(Log()))
    assert records.parquet(records.sheets(Log())) is None


def test_lines_are_what_the_standard_library_would_write():
    made = Log()
    made.write(ODD, 1.5, serial="7", unit="Ål", at=(0.25, -3.0), size_m=0.5, times=2, words='a "b"')
    made.write(LEAF, 2.0, cause=0)
    said = [
        {"n": 0, "t": 1.5, "kind": "odd", "serial": "7", "unit": "Ål", "other": None, "at": [0.25, -3.0], "cause": None,
         "size_m": 0.5, "times": 2, "words": 'a "b"'},
        {"n": 1, "t": 2.0, "kind": "leaf", "serial": None, "unit": None, "other": None, "at": None, "cause": 0},
    ]  # fmt: skip

    assert "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in said) == records.lines(
        records.sheets(made)
    )


@pytest.mark.parametrize("column", [NUMBERS, range(3), ()])
def test_cells_of_numbers_read_back(column):
    values = np.array(column, dtype=float)

    assert values.tolist() == pytest.approx(
        [float(cell) for cell in records.cells(values)], nan_ok=True, abs=0, rel=0
    )


def test_cells_of_names_read_back():
    cells = records.cells(np.array(NAMES, dtype=object))
    rows = list(csv.reader([f"{cell},x\n" for cell in cells if "\n" not in cell]))

    assert [name or "" for name in NAMES if "\n" not in (name or "")] == [row[0] for row in rows]
    assert '"line\nbreak"' in cells
