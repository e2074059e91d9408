"""The benchmarks run, and print one table; what they find is nobody's test."""

import os
import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).parent / "bench.py"


def bench(*words):
    environment = os.environ | {"PYTHONPATH": str(BENCH.parent.parent.parent)}
    environment.pop("NAVDRILL_COMPILED", None)
    return subprocess.run(
        [sys.executable, str(BENCH), *words], check=False, capture_output=True, text=True, env=environment
    )


def test_bench_prints_its_table():
    """Machine and date first, a row of five cells for each thing measured, and not a word beside it."""
    done = bench("--quick")
    lines = done.stdout.splitlines()

    assert ("", 0) == (done.stderr, done.returncode)
    assert ["| # | what | wanted | measured | met |", "|---|---|---|---|---|"] == lines[:2]
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines[2:]]
    assert {5} == {len(row) for row in cells}
    assert ["machine", "Python", "packages", "date"] == [row[1] for row in cells[:4]]
    assert {"P1", "P7", "P8", "P9", "P10"} <= {row[0] for row in cells}
    assert {"", "yes", "NO"} >= {row[4] for row in cells}
    for what in ("contacts, 200 units", "memory of a run", "writing the run folder", "navdrill --help"):
        assert any(row[1].startswith(what) for row in cells), what


def test_contacts_are_not_missed():
    """What a stepped detector sees, the exact one has, and no later."""
    told = [
        line for line in bench("--quick", "--only", "contacts").stdout.splitlines() if "contacts," in line
    ]

    assert 3 == len(told)
    assert all("exact 0 missed, 0 late | yes |" in line for line in told)


def test_only_what_there_is():
    """A name of no part is refused with those there are."""
    done = bench("--only", "contact")

    assert 2 == done.returncode
    assert "contacts" in done.stderr
